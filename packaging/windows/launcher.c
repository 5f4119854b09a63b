/* nunchi.exe of the staged payload: loads _internal\python311.dll and lets it run _internal\boot.py with our arguments.
   Only for trying the installer where PyInstaller cannot make a Windows bundle (packaging/windows/stage.py). */
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

typedef int (*python_main)(int, wchar_t **);

static int start(void) {
    static wchar_t here[32768], library[32768], boot[32768];
    GetModuleFileNameW(NULL, here, 32768);
    wchar_t program[32768];
    wcscpy(program, here);
    *wcsrchr(here, L'\\') = 0;
    _snwprintf(library, 32767, L"%ls\\_internal\\python311.dll", here);
    _snwprintf(boot, 32767, L"%ls\\_internal\\boot.py", here);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (python == NULL) return 4;
    python_main run = (python_main)(void *)GetProcAddress(python, "Py_Main");
    int count;
    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);
    wchar_t **arguments = calloc((size_t)count + 5, sizeof *arguments);
    arguments[0] = program;
    arguments[1] = L"-X";
    arguments[2] = L"utf8";
    arguments[3] = boot;
    for (int i = 1; i < count; i++) arguments[i + 3] = given[i];
    return run(count + 3, arguments);
}

int main(void) { return start(); }

int WINAPI WinMain(HINSTANCE a, HINSTANCE b, LPSTR c, int d) {
    (void)a, (void)b, (void)c, (void)d;
    return start();
}
