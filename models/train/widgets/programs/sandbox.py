"""Programs in a sandbox where every catalogue, menu entry and kind of file has words of ours; no network, empty home.

`Wardrobe` makes the replaced files once for a seed; `run` records one run of one program.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from models.train.widgets.programs.catalogue import Words, catalogues, replaced
from models.train.widgets.programs.listing import Program

SYSTEM_PYTHON = "/usr/bin/python3"
REPOSITORY = Path(__file__).resolve().parents[4]
SHARE = Path("/usr/share")
GAMES = "/usr/games"
HOME = "/home/haneul"
"""in the sandbox; the validation screens were recorded by the same name"""
NEEDED = ("bwrap", "Xvfb", "openbox", "wmctrl", "xsetroot", "dbus-daemon")
ENTRY = re.compile(r"^(Name|GenericName|Comment|Keywords)(\[[^\]]+\])?=(.*)$", re.MULTILINE)
COMMENT = re.compile(r"\s*<comment(?: xml:lang=\"[^\"]+\")?>[^<]*</comment>")
WORDED = re.compile(
    r"(<(?:property|attribute) name=\"(?:label|title|text|tooltip[-_]text|subtitle|description|placeholder[-_]text)\"[^>]*>|"
    r"<(?:item|col)\b[^>]*>)([^<]+)(</)"
)
"""texts of GTK's interface files"""


@dataclass(frozen=True)
class Job:
    """One run of a program."""

    program: Program
    seed: int
    run: int
    display: int
    seconds: float
    most: int


class Wardrobe:
    """Our words for all programs, as files to lay over the system's."""

    def __init__(self, folder: Path, data: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        self.words = Words.read(data)
        self.meanings = folder / "meanings.json"

    def make(self) -> None:
        """Write everything, unless it is there already (half a minute of processor time)."""
        if self.meanings.exists():
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shown = catalogues(SHARE / "locale", self.folder / "messages", self.words, self.seed)
        self._entries()
        self._kinds_of_files()
        shown |= self._qt()
        self.meanings.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")

    def overlay(self, program: Program) -> str:
        """Value of G_RESOURCE_OVERLAYS with our words in a program's own interface files, for those without catalogues."""
        binary, folder = shutil.which(program.binary), self.folder / "resources" / program.name
        if not program.unworded or binary is None:
            return ""
        if not folder.exists():
            folder.mkdir(parents=True)
            held = Path(binary).read_bytes()
            bundle = folder / "bundle"
            bundle.write_bytes(held[held.index(b"GVariant") :])
            names = subprocess.run(
                ["gresource", "list", str(bundle)], capture_output=True, text=True, check=True
            ).stdout.split()
            for name in (name for name in names if name.endswith(".ui")):
                text = subprocess.run(
                    ["gresource", "extract", str(bundle), name], capture_output=True, text=True, check=True
                ).stdout
                target = folder / name.lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(
                    WORDED.sub(lambda m: m[1] + replaced(m[2], self.words, self.seed) + m[3], text),
                    encoding="utf-8",
                )
        return ":".join(f"/{path.relative_to(folder)}={path}" for path in sorted(folder.rglob("*.ui")))

    def layers(self) -> list[str]:
        """Options of bwrap that lay our files over the system's."""
        pairs = [(self.folder / "messages", SHARE / "locale/ko/LC_MESSAGES"), (self.folder / "applications", SHARE / "applications"),
                 (self.folder / "mime", SHARE / "mime")]  # fmt: skip
        for path in sorted((self.folder / "qm").rglob("*.qm")):
            pairs.append((path, Path("/") / path.relative_to(self.folder / "qm")))
        return [
            part
            for ours, theirs in pairs
            if ours.exists() and theirs.exists()
            for part in ("--bind", str(ours), str(theirs))
        ]

    def sample(self, count: int = 400) -> list[str]:
        rng = random.Random(self.seed)
        return [self.words.some(rng.randint(2, 14), rng) for _ in range(count)]

    def _entries(self) -> None:
        target = self.folder / "applications"
        shutil.copytree(SHARE / "applications", target, symlinks=False, ignore_dangling_symlinks=True)

        def ours(found: re.Match[str]) -> str:
            return "" if found[2] else f"{found[1]}={replaced(found[3], self.words, self.seed)}"

        for path in target.rglob("*.desktop"):
            path.write_text(
                ENTRY.sub(ours, path.read_text(encoding="utf-8", errors="replace")), encoding="utf-8"
            )

    def _kinds_of_files(self) -> None:
        target = self.folder / "mime"
        shutil.copytree(SHARE / "mime", target, ignore=shutil.ignore_patterns("packages"))
        rng = random.Random(self.seed)
        for path in target.glob("*/*.xml"):
            head, *rest = COMMENT.split(path.read_text(encoding="utf-8"))
            if not rest:
                continue
            ours = f"\n  <comment>{self.words.some(rng.randint(3, 9), rng)}</comment>"
            path.write_text(head + ours + "".join(rest), encoding="utf-8")

    def _qt(self) -> dict[str, str]:
        """Qt's compiled catalogues, by way of its own tools; left as they are where those are not installed."""
        convert, release = (
            shutil.which(name) or shutil.which(name, path="/usr/lib/qt5/bin")
            for name in ("lconvert", "lrelease")
        )
        shown: dict[str, str] = {}
        if not convert or not release:
            print(
                "no lconvert: Qt's own catalogues keep their words (apt: qttools5-dev-tools)", file=sys.stderr
            )
            return shown
        for path in sorted({*SHARE.rglob("*_ko.qm"), *SHARE.rglob("*_ko_KR.qm")}):
            ts, target = self.folder / "one.ts", self.folder / "qm" / path.relative_to("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            if subprocess.run(
                [convert, "-i", str(path), "-o", str(ts)], capture_output=True, check=False
            ).returncode:
                continue
            tree = ElementTree.parse(ts)
            for message in tree.iter("message"):
                source, translation = message.find("source"), message.find("translation")
                if source is None or translation is None or not source.text:
                    continue
                ours = replaced(source.text, self.words, self.seed, "&")
                shown[ours.replace("&", "")] = source.text
                for form in list(translation):
                    translation.remove(form)
                if message.get("numerus") == "yes":
                    ElementTree.SubElement(translation, "numerusform").text = ours
                else:
                    translation.text = ours
            tree.write(ts, encoding="utf-8", xml_declaration=True)
            subprocess.run([release, str(ts), "-qm", str(target)], capture_output=True, check=False)
        return shown


def missing(program: Program) -> str | None:
    """What is not installed of what a program's run needs."""
    path = f"{os.environ.get('PATH', os.defpath)}:{GAMES}"
    return next((name for name in (*NEEDED, program.binary) if shutil.which(name, path=path) is None), None)


def record(job: Job, wardrobe: Wardrobe, out: Path) -> dict[str, object]:
    """Record a run into `out`; how many windows were saved, why others were left out, what went wrong."""
    out.mkdir(parents=True, exist_ok=True)
    program = job.program
    path = wardrobe.folder / f"job-{job.display}.json"
    path.write_text(
        json.dumps(
            {
                "name": program.name, "toolkit": program.toolkit, "command": program.run, "before": program.before,
                "more": program.more, "wait": program.wait, "seed": job.seed, "run": job.run, "display": job.display,
                "seconds": job.seconds, "most": job.most, "out": str(out), "meanings": str(wardrobe.meanings),
                "words": wardrobe.sample(), "overlay": wardrobe.overlay(program),
            },
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )  # fmt: skip
    path_there = f"{os.environ.get('PATH', os.defpath)}:{GAMES}"
    command = [
        "bwrap", "--dev-bind", "/", "/", "--proc", "/proc", "--tmpfs", "/tmp", "--tmpfs", "/home", "--dir", HOME,
        "--setenv", "HOME", HOME, "--setenv", "PATH", path_there, "--chdir", str(REPOSITORY), *wardrobe.layers(),
        "--unshare-pid", "--unshare-net", "--unshare-ipc", "--die-with-parent", "--",
        SYSTEM_PYTHON, "-B", "-m", "models.train.widgets.programs.recording", str(path),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=job.seconds + program.wait + 120,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return {
            "saved": len(list(out.glob(f"{program.name}-{job.seed}-{job.run}-*.json"))),
            "problem": "took too long",
        }
    last = done.stdout.strip().splitlines()[-1:] or ["{}"]
    if done.returncode or not last[0].startswith("{"):
        return {"saved": 0, "problem": (done.stderr or done.stdout)[-1500:]}
    return json.loads(last[0])
