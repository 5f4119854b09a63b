"""Capture screens: `/usr/bin/python3 -m collect [SCENE…]` from tests/screens, as an ordinary user (see README.md)."""

from __future__ import annotations

import sys
import traceback

from . import scenes_more, scenes_office, scenes_second, scenes_tools, scenes_web
from .desk import Desk

SCENES = (
    scenes_tools.SCENES | scenes_office.SCENES | scenes_web.SCENES | scenes_more.SCENES | scenes_second.SCENES
)


def main(names: list[str]) -> None:
    for name in names or SCENES:
        look, scene = SCENES[name]
        try:
            with Desk(look) as desk:
                try:
                    scene(desk)
                except Exception:
                    desk.shot(f"failed-{name}", name, "failed")
                    raise
        except Exception:  # noqa: BLE001  (the other captures go on)
            traceback.print_exc()


if __name__ == "__main__":
    main(sys.argv[1:])
