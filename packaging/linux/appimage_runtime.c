/* What an AppImage of ours begins with: mounts the squashfs that lies behind this program's own end, and starts AppRun in it.
 *
 * Written for Nunchi after the AppImage specification (type 2), because the usual one could not be had where this was built.
 * Where nothing can be mounted (no FUSE) everything is unpacked for one run.
 *
 *   --appimage-offset           where the squashfs begins
 *   --appimage-extract          unpack into ./squashfs-root
 *   --appimage-mount            mount, say where, and wait for Ctrl+C
 *   --appimage-extract-and-run  unpack for this run only (or APPIMAGE_EXTRACT_AND_RUN=1)
 *
 * Linked statically with squashfuse (BSD-2-Clause) and libfuse (LGPL-2.1): packaging/linux/appimage.py has the command, with
 * which anybody can link it anew with another libfuse.
 */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 30
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <squashfuse/ll.h>
#include <squashfuse/file.h>
#include <squashfuse/traverse.h>
#include <squashfuse/util.h>

#define BLOCK (1 << 20)

/* squashfuse asks for LZO, whose library is under the GPL; our files are packed with zstd, so nobody gets here. */
int lzo1x_decompress_safe(void);
int lzo1x_decompress_safe(void) { return -1; }

static char own_path[PATH_MAX], place[PATH_MAX];
static sqfs_ll_chan channel;
static pthread_t serving;
static int in_use; /* read end of a pipe that the program holds open while it runs */

static void fail(const char *what) {
    fprintf(stderr, "Nunchi.AppImage: %s: %s\n", what, strerror(errno));
    exit(127);
}

/* The end of this ELF file, which is where its section headers end. */
static size_t squashfs_offset(void) {
    Elf64_Ehdr head;
    int file = open(own_path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || pread(file, &head, sizeof head, 0) != sizeof head) fail(own_path);
    close(file);
    return head.e_shoff + (size_t)head.e_shentsize * head.e_shnum;
}

static void *unmount_when_unused(void *nothing) {
    char byte;
    while (read(in_use, &byte, 1) < 0 && errno == EINTR) {}
    fuse_session_exit(channel.session);
    for (;;) { /* the loop may be just about to wait: once more, until it has seen it */
        pthread_kill(serving, SIGUSR1);
        usleep(20000);
    }
    return nothing;
}

static void wake(int number) { (void)number; }

/* In a process of its own. Tells `told` one byte once the files are there; ends when nobody holds the pipe any more. */
static int serve(size_t offset, int told) {
    struct fuse_lowlevel_ops ops = {
        .getattr = sqfs_ll_op_getattr, .opendir = sqfs_ll_op_opendir, .releasedir = sqfs_ll_op_releasedir,
        .readdir = sqfs_ll_op_readdir, .lookup = sqfs_ll_op_lookup, .open = sqfs_ll_op_open, .create = sqfs_ll_op_create,
        .release = sqfs_ll_op_release, .read = sqfs_ll_op_read, .readlink = sqfs_ll_op_readlink,
        .listxattr = sqfs_ll_op_listxattr, .getxattr = sqfs_ll_op_getxattr, .forget = sqfs_ll_op_forget,
        .statfs = stfs_ll_op_statfs,
    };
    char *words[] = {"nunchi", "-o", "ro,nodev,nosuid,fsname=Nunchi.AppImage,subtype=squashfuse", NULL};
    struct fuse_args arguments = FUSE_ARGS_INIT(3, words);
    sqfs_ll *files = sqfs_ll_open(own_path, offset);
    if (!files || sqfs_ll_mount(&channel, place, &arguments, &ops, sizeof ops, files) != SQFS_OK) return 1;
    signal(SIGINT, SIG_IGN); /* Ctrl+C is for the program; we end after it */
    signal(SIGHUP, SIG_IGN);
    sigaction(SIGUSR1, &(struct sigaction){.sa_handler = wake}, NULL); /* without SA_RESTART: a wait ends */
    serving = pthread_self();
    pthread_t waiting;
    if (write(told, "1", 1) != 1 || pthread_create(&waiting, NULL, unmount_when_unused, NULL)) return 1;
    close(told);
    fuse_session_loop(channel.session);
    sqfs_ll_unmount(&channel, place);
    rmdir(place);
    return 0;
}

/* Mounts at `place`. Returns the pipe's end that keeps it mounted, or -1. */
static int mounted(size_t offset) {
    int used[2], told[2];
    char byte;
    if (access("/dev/fuse", R_OK | W_OK) || pipe(used) || pipe(told)) return -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        close(used[1]);
        close(told[0]);
        in_use = used[0];
        setsid();
        _exit(serve(offset, told[1]));
    }
    close(used[0]);
    close(told[1]);
    ssize_t there = child < 0 ? 0 : read(told[0], &byte, 1);
    close(told[0]);
    if (there == 1) return used[1];
    close(used[1]);
    if (child > 0) waitpid(child, NULL, 0);
    return -1;
}

static void write_file(sqfs *fs, sqfs_inode *inode, const char *path, mode_t mode) {
    static char block[BLOCK];
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) fail(path);
    uint64_t size = inode->xtra.reg.file_size;
    for (uint64_t at = 0; at < size;) {
        sqfs_off_t count = BLOCK;
        if (sqfs_read_range(fs, inode, (sqfs_off_t)at, &count, block) || count <= 0 || write(file, block, (size_t)count) != count)
            fail(path);
        at += (uint64_t)count;
    }
    if (fchmod(file, mode & 0755) || close(file)) fail(path);
}

/* Everything into `root`, which is made. */
static void unpack(size_t offset, const char *root) {
    sqfs fs;
    sqfs_traverse walk;
    sqfs_err error = SQFS_OK;
    char path[PATH_MAX], goal[PATH_MAX];
    if (sqfs_open_image(&fs, own_path, offset) || sqfs_traverse_open(&walk, &fs, sqfs_inode_root(&fs))) fail(own_path);
    if (mkdir(root, 0755) && errno != EEXIST) fail(root);
    while (sqfs_traverse_next(&walk, &error)) {
        sqfs_inode inode;
        if (walk.dir_end) continue;
        if (snprintf(path, sizeof path, "%s/%s", root, walk.path) >= (int)sizeof path) { errno = ENAMETOOLONG; fail(root); }
        if (sqfs_inode_get(&fs, &inode, walk.entry.inode)) fail(path);
        mode_t mode = inode.base.mode;
        if (S_ISDIR(mode)) {
            if (mkdir(path, 0755) && errno != EEXIST) fail(path);
        } else if (S_ISLNK(mode)) {
            size_t length = sizeof goal;
            if (sqfs_readlink(&fs, &inode, goal, &length) || symlink(goal, path)) fail(path);
        } else if (S_ISREG(mode)) {
            write_file(&fs, &inode, path, mode);
        }
    }
    if (error) fail(own_path);
    sqfs_traverse_close(&walk);
    sqfs_destroy(&fs);
}

static int away(const char *path, const struct stat *what, int kind, struct FTW *at) {
    (void)what, (void)kind, (void)at;
    return remove(path);
}

static void start(char **words) {
    char program[PATH_MAX], here[PATH_MAX];
    snprintf(program, sizeof program, "%s/AppRun", place);
    setenv("APPIMAGE", own_path, 1);
    setenv("APPDIR", place, 1);
    setenv("ARGV0", words[0], 1);
    if (getcwd(here, sizeof here)) setenv("OWD", here, 1);
    execv(program, words);
    fail(program);
}

static int run_unpacked(size_t offset, char **words) {
    unpack(offset, place);
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) start(words);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    nftw(place, away, 16, FTW_DEPTH | FTW_PHYS);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int count, char **words) {
    ssize_t length = readlink("/proc/self/exe", own_path, sizeof own_path - 1);
    if (length < 0) fail("/proc/self/exe");
    own_path[length] = '\0';
    size_t offset = squashfs_offset();
    const char *wanted = count > 1 ? words[1] : "";
    if (!strcmp(wanted, "--appimage-offset")) return printf("%zu\n", offset) < 0;
    if (!strcmp(wanted, "--appimage-extract")) {
        unpack(offset, "squashfs-root");
        return 0;
    }
    const char *temporary = getenv("TMPDIR");
    snprintf(place, sizeof place, "%s/.mount_nunchiXXXXXX", temporary && *temporary == '/' ? temporary : "/tmp");
    if (!mkdtemp(place)) fail(place);
    int unpacking = getenv("APPIMAGE_EXTRACT_AND_RUN") != NULL;
    if (!strcmp(wanted, "--appimage-extract-and-run")) {
        unpacking = 1;
        words[1] = words[0];
        words++;
    }
    if (unpacking || mounted(offset) < 0) return run_unpacked(offset, words);
    if (!strcmp(wanted, "--appimage-mount")) {
        printf("%s\n", place);
        fflush(stdout);
        pause();
    }
    start(words);
}
