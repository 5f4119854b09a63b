"""install, upgrade and remove the Windows program under Wine, and compare registry and files

Needs wine64, Xvfb, xdotool and ImageMagick, and a payload from packaging/windows/stage.py. Everything happens in a Wine
prefix of its own (build/windows/prefix). Prints what was seen; fails where something is missing or left behind.
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

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from contents import BUILD, ROOT
from installer import compiled

WORK = BUILD / "windows"
PREFIX = WORK / "prefix"
PICTURES = WORK / "pictures"
DISPLAY = ":97"
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Nunchi"
OURS = (
    "HKCU\\Software\\Nunchi",
    RUN,
    UNINSTALL,
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\nunchi.exe",
)


def main() -> int:
    setups = [WORK / "nunchi-0.1.0.exe", WORK / "nunchi-0.1.1.exe"]
    for setup, version in zip(setups, ("0.1.0", "0.1.1"), strict=True):
        compiled(WORK / "nunchi", setup, version, quick=True)
    shutil.rmtree(PREFIX, ignore_errors=True)
    PICTURES.mkdir(exist_ok=True)
    with screen():
        wine("wineboot", "-i")
        wine("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        settle()
        before, keys_before = files(), registry()
        for language, locale in (("ko", "ko_KR.UTF-8"), ("en", "C.UTF-8")):
            look_at_pages(setups[0], language, locale)
        expect(files() == before, "looking at the pages and cancelling leaves nothing")

        expect(wine(str(setups[0]), "/S", "/LOGIN").returncode == 0, "silent installation")
        show("files after the installation", sorted(files() - before), 4)
        show("registry", [line for line in registry() if line not in keys_before], 20)
        look_at_shortcut()
        use()

        settings = user_folder() / "AppData" / "Local" / "nunchi" / "settings.json"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text('{"first_run_done": true}')
        stale = program() / "_internal" / "of_an_earlier_version.py"
        stale.write_text("")
        expect(wine(str(setups[1]), "/S").returncode == 0, "upgrade in place")
        expect(value(UNINSTALL, "DisplayVersion") == "0.1.1", "the entry tells the new version")
        expect(not stale.exists(), "files of the earlier version are gone")
        look_at_shortcut()
        expect(
            settings.exists() and "nunchi-tray.exe" in value(RUN, "Nunchi"),
            "settings and start at login were kept",
        )

        uninstall("/S")
        left = files() - before
        ours = sorted(name for name in left if "AppData/Local/nunchi/" in name)
        expect(len(ours) >= 1 and left == set(ours), f"left: the person's own files only: {ours}")
        expect(registry() == keys_before, "the registry is as it was")

        expect(wine(str(setups[1]), "/S").returncode == 0, "installed again")
        uninstall("/S", "/DATA")
        expect(files() == before, "with /DATA nothing at all is left")
        expect(registry() == keys_before, "and the registry is as it was")
    return 0


def look_at_shortcut() -> None:
    """In the start menu: one, with its name in Korean, that starts the tray program."""
    menu = user_folder() / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    found = sorted(menu.glob("*.lnk"))
    expect(
        [path.name for path in found] == ["눈치.lnk"], f"in the start menu: {[path.name for path in found]}"
    )
    told = found[0].read_bytes()
    expect(told[:4] == b"L\0\0\0", "it is a shortcut")
    goal = "Programs\\Nunchi\\nunchi-tray.exe"
    expect(goal.encode("utf-16-le") in told or goal.encode() in told, f"it starts …\\{goal}")


def use() -> None:
    """The installed program itself, as far as Wine goes."""
    told = wine(str(program() / "nunchi.exe"), "--version")
    print(f"    · nunchi.exe --version: {told.stdout.strip()}")
    doctor = wine(str(program() / "nunchi.exe"), "doctor", "--json")
    found = next((json.loads(line) for line in doctor.stdout.splitlines() if line.startswith("{")), None)
    if found is None:
        print(f"    · doctor under Wine: {(doctor.stdout + doctor.stderr).strip()[-300:]}")
    else:
        lost = found["program"]["damaged"]
        print(f"    · doctor under Wine: damaged {lost}, missing {found['missing']}, speed {found['speed']}")
    example = json.loads((ROOT / "examples" / "examples.jsonl").read_text("utf-8").splitlines()[0])
    image = "Z:" + str(ROOT / "examples" / example["image"]).replace("/", "\\")
    asked = wine(str(program() / "nunchi.exe"), "ask", example["question"], "--image", image)
    print(f"    · «{example['question']}» under Wine: {(asked.stdout or asked.stderr).strip()[-300:]}")


def look_at_pages(setup: Path, language: str, locale: str) -> None:
    """A picture of each page up to the one that would begin, then cancels."""
    shown = subprocess.Popen(
        ["wine", str(setup)], env=environment(LC_ALL=locale, LANG=locale), stderr=subprocess.DEVNULL
    )
    try:
        window = wait_for_window("눈치" if language == "ko" else "Nunchi")
        for number, page in enumerate(("welcome", "licence", "components", "folder"), 1):
            time.sleep(6)
            picture = PICTURES / f"{language}-{number}-{page}.png"
            subprocess.run(["import", "-display", DISPLAY, "-window", window, str(picture)], check=True)
            if page != "folder":  # there it would begin
                subprocess.run(
                    ["xdotool", "windowactivate", "--sync", window, "key", "Return"],
                    check=False,
                    env=environment(),
                )
        print(f"    · pictures of {number} pages, {language}", flush=True)
    finally:
        subprocess.run(["wineserver", "-k"], check=False, env=environment())
        shown.wait(60)


def wait_for_window(title: str) -> str:
    """Its number. Errors: `SystemExit` after two minutes."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        told = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], check=False, capture_output=True,
                              text=True, env=environment())  # fmt: skip
        if numbers := told.stdout.split():
            return numbers[-1]
        time.sleep(1)
    raise SystemExit(f"    ✗ no window named {title}")


def uninstall(*arguments: str) -> None:
    """NSIS's uninstaller starts a copy of itself and returns: wait until the copy has done its work."""
    wine(str(program() / "uninstall.exe"), *arguments)
    settle()
    expect(not (program() / "nunchi.exe").exists(), f"uninstall {' '.join(arguments)}")


@contextmanager
def screen() -> Iterator[None]:
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", "1024x768x24", "-ac"], stderr=subprocess.DEVNULL
    )
    manager = None
    try:
        time.sleep(3)
        if shutil.which("openbox"):
            manager = subprocess.Popen(["openbox"], env=environment(), stderr=subprocess.DEVNULL)
        yield
    finally:
        subprocess.run(["wineserver", "-k"], check=False, env=environment())
        if manager:
            manager.terminate()
        server.terminate()
        server.wait()


def environment(**more: str) -> dict[str, str]:
    kept = {name: told for name, told in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
    return kept | {"WINEPREFIX": str(PREFIX), "WINEARCH": "win64", "WINEDEBUG": "-all", "DISPLAY": DISPLAY,
                   "LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8", "WINEDLLOVERRIDES": "winemenubuilder.exe,winedbg.exe=d"} | more  # fmt: skip


def wine(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["wine", *command], check=False, capture_output=True, text=True, encoding="utf-8", errors="replace",
                          env=environment(), timeout=900)  # fmt: skip


def settle() -> None:
    """Waits until Wine has nothing left to do and has written its registry."""
    subprocess.run(["wineserver", "-w"], check=False, env=environment(), timeout=300)


def user_folder() -> Path:
    return next(path for path in sorted((PREFIX / "drive_c" / "users").iterdir()) if path.name != "Public")


def program() -> Path:
    return user_folder() / "AppData" / "Local" / "Programs" / "Nunchi"


def files() -> set[str]:
    root = PREFIX / "drive_c"
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    return {name for name in found if "/Temp/" not in name and "/windows/temp/" not in name.lower()}


def registry() -> list[str]:
    """All lines of the keys that the installer may touch."""
    lines = []
    for key in OURS:
        told = wine("reg", "query", key, "/s")
        if told.returncode == 0:
            lines += [line.strip() for line in told.stdout.splitlines() if line.strip()]
    return lines


def value(key: str, name: str) -> str:
    told = wine("reg", "query", key, "/v", name)
    return told.stdout.split("REG_SZ", 1)[-1].strip()


def expect(true: bool, what: str) -> None:
    print(f"    {'✓' if true else '✗'} {what}", flush=True)
    if not true:
        raise SystemExit(1)


def show(what: str, lines: list[str], most: int) -> None:
    print(f"    · {what}: {len(lines)}", flush=True)
    print(*(f"        {line}" for line in lines[:most]), sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
