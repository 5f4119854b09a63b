"""What a bundle really holds, read from the bundle itself: packages, native libraries, models, fonts."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

from contents import ROOT, version

LICENCES = ROOT / "packaging" / "licences"
PAPER = re.compile(r"(LICEN[CS]E|NOTICE|COPYING|AUTHORS|OFL|ThirdParty|third-party)", re.IGNORECASE)
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Part:
    """Something that ships. `texts` are its licence papers, each (title, text)."""

    kind: str
    """package, native, model, data or font"""
    name: str
    version: str
    licence: str
    source: str
    texts: tuple[tuple[str, str], ...] = ()


def parts(inside: Path) -> list[Part]:
    """Everything in the bundle's `_internal` (macOS: the app's Contents/Frameworks), except our own code."""
    return [*packages(inside), *natives(inside), *models(inside), *fonts(inside)]


def packages(inside: Path) -> list[Part]:
    found = []
    for folder in sorted(inside.glob("*.dist-info"), key=lambda path: path.name.lower()):
        told: Distribution = PathDistribution(folder)
        name = told.metadata["Name"]
        if name == "nunchi-desktop":
            continue
        papers = [path for path in sorted(folder.rglob("*")) if path.is_file() and PAPER.search(path.name)]
        if (inside / name).is_dir():  # onnxruntime keeps them beside its code
            papers += [
                path
                for path in sorted((inside / name).glob("*"))
                if path.is_file() and PAPER.search(path.name)
            ]
        texts = [(path.name, path.read_text("utf-8", "replace")) for path in papers]
        texts = texts or [(path.name, path.read_text("utf-8")) for path in _ours(name, _licence(told))]
        source = f"https://pypi.org/project/{name}/{told.version}/"
        found.append(Part("package", name, told.version, _licence(told), source, tuple(texts)))
    return found


def natives(inside: Path) -> list[Part]:
    """Libraries that are in the bundle without being packages, by packaging/licences/natives.toml."""
    found = []
    for entry in tomllib.loads((LICENCES / "natives.toml").read_text("utf-8"))["native"]:
        if not _matches(inside, entry["files"]):
            continue
        texts = [(name, (LICENCES / name).read_text("utf-8")) for name in entry["texts"]]
        found.append(Part("native", entry["name"], "", entry["licence"], entry["source"], tuple(texts)))
    return found


def models(inside: Path) -> list[Part]:
    found = []
    for folder in sorted((inside / "models" / "bundled").iterdir()):
        manifest = folder / "manifest.json"
        told = json.loads(manifest.read_text("utf-8")) if manifest.exists() else {}
        papers = [path for path in sorted(folder.iterdir()) if PAPER.search(path.name)]
        papers = papers or sorted(
            folder.glob("README.md")
        )  # the card names what it was made from, and whose that is
        texts = tuple((path.name, path.read_text("utf-8")) for path in papers)
        licence = told.get("licence") or (
            "MPL-2.0" if "MPL" in "".join(text for _name, text in texts) else ""
        )
        if licence == "MPL-2.0":
            texts += (("MPL-2.0.txt", (LICENCES / "MPL-2.0.txt").read_text("utf-8")),)
        found.append(
            Part(
                "model" if told else "data",
                folder.name,
                str(told.get("version", version())),
                licence,
                "in this package",
                texts,
            )
        )
    return found


def fonts(inside: Path) -> list[Part]:
    found = []
    for path in sorted((inside / "desktop").rglob("*")):
        if path.suffix.lower() in {".ttf", ".otf", ".ttc", ".woff2"}:
            papers = [one for one in sorted(path.parent.iterdir()) if PAPER.search(one.name)]
            texts = tuple((one.name, one.read_text("utf-8")) for one in papers)
            licence = "OFL-1.1" if "Open Font License" in "".join(text for _name, text in texts) else ""
            found.append(Part("font", path.name, "", licence, "in this package", texts))
    return found


def _matches(inside: Path, pattern: str) -> bool:
    if pattern.startswith("../"):
        return any(inside.parent.glob(pattern[3:]))
    return any(inside.glob(pattern))


def _ours(name: str, licence: str) -> list[Path]:
    """A text that the wheel forgot: packaging/licences/NAME.txt; Qt's wheels are under Qt's licence."""
    if "Apache" in licence:
        return [ROOT / "LICENSE"]
    if name.lower().startswith(("pyside6", "shiboken6")):
        return [LICENCES / "LGPL-3.0.txt", LICENCES / "GPL-3.0.txt"]
    return [path for path in [LICENCES / f"{name}.txt"] if path.exists()]


def _licence(told: Distribution) -> str:
    told_licence = told.metadata.get("License-Expression") or ""
    if not told_licence:
        written = (told.metadata.get("License") or "").strip().splitlines()
        told_licence = written[0] if written and len(written[0]) < 80 else ""
    if not told_licence:
        classified = [one.removeprefix(_CLASSIFIER) for one in told.metadata.get_all("Classifier") or ()
                      if one.startswith(_CLASSIFIER)]  # fmt: skip
        told_licence = " AND ".join(classified)
    return told_licence
