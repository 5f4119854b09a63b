"""Renders icons of the installed themes into one array. Run: /usr/bin/python3 icons.py OUT.npy [COUNT]

Icons left of a text are what is most easily taken for a check box, so training pastes them there (training.py).
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import gi
import numpy as np

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf, GLib  # noqa: E402

THEMES = Path("/usr/share/icons")
SIZE = 20
KINDS = (
    "places",
    "mimetypes",
    "mimes",
    "apps",
    "actions",
    "devices",
    "status",
    "categories",
    "emblems",
    "panel",
)


def files(rng: random.Random, count: int) -> list[Path]:
    """Icon files of all themes and kinds, at random."""
    found = [
        path
        for theme in ("Papirus", "Papirus-Dark", "Adwaita", "breeze", "breeze-dark")
        for path in (THEMES / theme).rglob("*")
        if path.suffix in (".svg", ".png") and any(kind in path.parts for kind in KINDS)
    ]
    return rng.sample(sorted(found), min(len(found), count))


def pixels(path: Path) -> np.ndarray:
    """(SIZE, SIZE, 4) uint8 RGBA."""
    image = GdkPixbuf.Pixbuf.new_from_file_at_scale(str(path), SIZE, SIZE, False)
    if not image.get_has_alpha():
        image = image.add_alpha(False, 0, 0, 0)
    rows = np.frombuffer(image.get_pixels(), dtype=np.uint8)
    whole = np.zeros(image.get_rowstride() * SIZE, dtype=np.uint8)
    whole[: len(rows)] = rows
    return whole.reshape(SIZE, -1)[:, : SIZE * 4].reshape(SIZE, SIZE, 4)


def main() -> None:
    made = []
    for path in files(random.Random(1), int(sys.argv[2]) if len(sys.argv) > 2 else 900):
        try:
            icon = pixels(path)
        except GLib.Error:  # a theme may hold files that the loader cannot read
            continue
        if (icon[..., 3] > 60).mean() > 0.15:
            made.append(icon)
    np.save(sys.argv[1], np.stack(made))


if __name__ == "__main__":
    main()
