"""install the .deb in a clean Debian, use it there without a network, remove it, and compare

Needs root, mmdebstrap, Xvfb, openbox, xdotool and ImageMagick's import. The clean Debian is made once (build/clean-root.tar)
from the usual mirror; each try unpacks it anew. What is printed is what was seen; it fails where a question is not answered or
a file is left behind.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from contents import BUILD, DIST, ROOT, version

ARCHIVE = BUILD / "clean-root.tar"
CLEAN = BUILD / "clean-root"
SUITE = "bookworm"
DISPLAY = ":96"
PERSON = 1000
HOME = "/home/person"
FIRST_WINDOW, ANSWERED = BUILD / "clean-root-first.png", BUILD / "clean-root-answered.png"
_HANG = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication(sys.argv)
label = QLabel()
label.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.FramelessWindowHint)
label.setPixmap(QPixmap(sys.argv[1]))
label.move(0, 0)
label.show()
label.lower()
application.exec()
"""
"""puts a picture behind all windows"""
ENGINES = "run-engines"
"""what the process that holds the models is started with"""
_VOLATILE = (
    "/var/lib/apt/", "/var/cache/apt/", "/var/log/", "/var/cache/debconf/", "/var/lib/dpkg/", "/tmp/", "/var/tmp/",
    "/var/cache/ldconfig/", "/var/cache/man/", "/var/cache/fontconfig/", "/run/", "/dev/", "/etc/ld.so.cache",
)  # fmt: skip
"""books that the package manager keeps itself"""


def main() -> int:
    package = DIST / f"nunchi_{version()}_amd64.deb"
    make_root(package)
    bare = files()
    print(f"    · clean Debian {SUITE}: {len(bare)} files")
    inside("apt-get", "update", "-qq")
    needed = subprocess.run(
        ["dpkg-deb", "-f", str(package), "Depends"], check=True, capture_output=True, text=True
    ).stdout
    inside("apt-get", "satisfy", "-y", "-qq", "--no-install-recommends", needed.strip())
    before = files()
    inside("dpkg", "--install", f"/{package.name}")
    installed = files() - before
    print(f"    · its dependencies: {len(before - bare)} files; nunchi itself: {len(installed)} files")
    try:
        use()
    finally:
        inside("dpkg", "--purge", "nunchi")
    left = {name for name in files() - before if not name.startswith(HOME)}
    theirs = sorted(name for name in files() - before if name.startswith(HOME))
    print(f"    · left by the package after its removal: {len(left)} files {sorted(left)[:5]}")
    print(f"    · left in the person's own folders: {theirs}")
    shutil.rmtree(CLEAN)
    return 1 if left else 0


def make_root(package: Path) -> None:
    if not ARCHIVE.exists():
        command = ["mmdebstrap", "--quiet", "--variant=minbase", "--mode=root", SUITE, str(ARCHIVE)]
        subprocess.run(command, check=True)
    shutil.rmtree(CLEAN, ignore_errors=True)
    CLEAN.mkdir()
    subprocess.run(["tar", "-xf", str(ARCHIVE), "-C", str(CLEAN)], check=True)
    shutil.copyfile("/etc/resolv.conf", CLEAN / "etc" / "resolv.conf")
    shutil.copyfile(package, CLEAN / package.name)
    shutil.copytree(ROOT / "examples", CLEAN / "examples")
    (CLEAN / "tmp" / ".X11-unix").mkdir(mode=0o1777, exist_ok=True)
    inside("useradd", "--uid", str(PERSON), "--create-home", "--home-dir", HOME, "person")


def files() -> set[str]:
    """Every file of the clean root, without what the package manager itself writes."""
    found = set()
    for folder, _folders, names in os.walk(CLEAN):
        place = "/" + os.path.relpath(folder, CLEAN).removeprefix(".")
        found |= {
            path
            for name in names
            if not (path := f"{place.rstrip('/')}/{name}".replace("//", "/")).startswith(_VOLATILE)
        }
    return found


def inside(*command: str) -> None:
    """As root in the clean Debian, with a network: only the package manager gets this."""
    told = subprocess.run(
        chroot(*command), check=False, capture_output=True, text=True, env=clean_environment()
    )
    if told.returncode:
        print(told.stdout[-2000:], told.stderr[-2000:], sep="\n")
        raise SystemExit(1)


def chroot(*command: str) -> list[str]:
    mounts = f"mount -t proc proc {CLEAN}/proc; mount --bind /tmp/.X11-unix {CLEAN}/tmp/.X11-unix; "
    devices = "".join(
        f"touch {CLEAN}/dev/{one}; mount --bind /dev/{one} {CLEAN}/dev/{one}; " for one in ("null", "urandom")
    )
    return [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "sh",
        "-c",
        f'{mounts}{devices}exec chroot {CLEAN} "$@"',
        "sh",
        *command,
    ]


def person(*command: str) -> list[str]:
    """As a person in the clean Debian, with no network at all: not even loopback is up."""
    alone = [
        "setpriv",
        f"--reuid={PERSON}",
        f"--regid={PERSON}",
        "--clear-groups",
        "--no-new-privs",
        *command,
    ]
    return ["unshare", "--net", *chroot(*alone)]


def clean_environment(**more: str) -> dict[str, str]:
    return {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "DEBIAN_FRONTEND": "noninteractive",
    } | more


def as_person(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = clean_environment(HOME=HOME, DISPLAY=DISPLAY, NUNCHI_LANGUAGE="ko", **more)
    return subprocess.run(
        person(*command), check=False, capture_output=True, text=True, env=environment, timeout=600
    )


def use() -> None:
    """No network; the doctor, a question, and the tray program on a virtual screen."""
    routes = as_person("cat", "/proc/net/dev").stdout.splitlines()[2:]
    print(f"    · network of the person: {[line.split(':')[0].strip() for line in routes]}, all down")
    told = json.loads(as_person("nunchi", "doctor", "--json").stdout)
    print(
        f"    · doctor: exit {told['exit_status']}, damaged {told['program']['damaged']}, missing {told['missing']}"
    )
    example = json.loads((ROOT / "examples" / "examples.jsonl").read_text("utf-8").splitlines()[0])
    started = time.monotonic()
    asked = as_person(
        "nunchi", "ask", example["question"], "--image", f"/examples/{example['image']}", "--json"
    )
    answer = json.loads(asked.stdout)
    print(
        f"    · «{example['question']}» → «{answer['answer']}» ({time.monotonic() - started:.0f} s, busy machine)"
    )
    if (
        told["exit_status"]
        or asked.returncode
        or not any(text in answer["answer"] for text in example["answers"])
    ):
        raise SystemExit(f"    ✗ not answered: {asked.stdout} {asked.stderr}")
    with screen(ROOT / "examples" / example["image"]):
        with tray() as program:
            windows = wait_for_window(program)
            print(f"    · windows on the virtual screen: {windows}")
            picture(FIRST_WINDOW)
            if not windows:
                raise SystemExit("    ✗ no first window")
        settings = '{"first_run_done": true, "history": true}'
        as_person(
            "sh", "-c", f"mkdir -p ~/.config/nunchi && echo '{settings}' >~/.config/nunchi/settings.json"
        )
        with tray() as program:
            ask_by_typing(program, example)


@contextmanager
def screen(shown: Path) -> Iterator[None]:
    """A virtual screen as large as a picture that lies on it, with a window manager."""
    from PIL import Image

    width, height = Image.open(shown).size
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", f"{width}x{height}x24", "-ac"], stderr=subprocess.DEVNULL
    )
    manager = hung = None
    try:
        time.sleep(3)
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=on_display(), stderr=subprocess.DEVNULL)
        time.sleep(2)
        hung = subprocess.Popen([sys.executable, "-c", _HANG, str(shown)], env=on_display())
        time.sleep(5)
        yield
    finally:
        for one in (hung, manager):
            if one:
                one.terminate()
                one.wait()
        server.terminate()
        server.wait()


@contextmanager
def tray() -> Iterator[subprocess.Popen[str]]:
    """The tray program of the person, which has to quit when told, with nothing of it left running."""
    environment = clean_environment(HOME=HOME, DISPLAY=DISPLAY, NUNCHI_LANGUAGE="ko", NUNCHI_INSTANCE="clean")
    program = subprocess.Popen(person("nunchi"), env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield program
        quitting = as_person("nunchi", "trigger", "quit", NUNCHI_INSTANCE="clean")
        print(
            f"    · told to quit: exit {quitting.returncode}; ended with {program.wait(60)}; engines left: {engines()}"
        )
        if program.returncode or engines():
            raise SystemExit(f"    ✗ the tray program: {program.stderr.read()[-1000:]}")
    finally:
        program.kill()


def ask_by_typing(program: subprocess.Popen[str], example: dict[str, Any]) -> None:
    """The screen, a typed question, the card; what was answered is read from the history that the person turned on."""
    asked = ("nunchi", "trigger", "type")
    until = time.monotonic() + 120
    while as_person(*asked, NUNCHI_INSTANCE="clean").returncode:
        if time.monotonic() > until or program.poll() is not None:
            raise SystemExit("    ✗ the tray program does not listen")
        time.sleep(1)
    wait_for_window(program)
    subprocess.run(["xdotool", "type", "--delay", "150", example["question"]], env=on_display(), check=True)
    subprocess.run(["xdotool", "key", "Return"], env=on_display(), check=True)
    kept: list[dict[str, Any]] = []
    until = time.monotonic() + 180
    while not kept and time.monotonic() < until:
        time.sleep(2)
        kept = json.loads(as_person("nunchi", "history", "search", "--json").stdout)["entries"]
    picture(ANSWERED)
    told = [(one["question"], one["answer"]) for one in kept]
    print(f"    · asked in the tray: {told}; engine processes: {engines()}")
    if not kept or not any(text in kept[0]["answer"] for text in example["answers"]) or engines() != 1:
        raise SystemExit("    ✗ not answered by a process of its own")


def engines() -> int:
    """How many processes hold models."""
    told = subprocess.run(["ps", "-eo", "args"], check=True, capture_output=True, text=True).stdout
    return sum(line.startswith("/usr/lib/nunchi/nunchi") and ENGINES in line for line in told.splitlines())


def picture(target: Path) -> None:
    subprocess.run(["import", "-window", "root", str(target)], env=on_display(), check=False)
    print(f"    · picture: {target.relative_to(ROOT)}")


def on_display() -> dict[str, str]:
    return os.environ | {"DISPLAY": DISPLAY}


def wait_for_window(tray: subprocess.Popen[str]) -> list[str]:
    """Names of our windows, as soon as there is one; waits two minutes at most."""
    until = time.monotonic() + 120
    while time.monotonic() < until and tray.poll() is None:
        told = subprocess.run(
            ["xwininfo", "-display", DISPLAY, "-root", "-tree"], check=False, capture_output=True, text=True
        )
        seen = [line.strip() for line in told.stdout.splitlines() if "unchi" in line or "눈치" in line]
        if any("1x1" not in line and "3x3" not in line for line in seen):
            time.sleep(3)
            return seen
        time.sleep(1)
    return []


if __name__ == "__main__":
    sys.exit(main())
