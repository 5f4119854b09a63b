"""dmgbuild's settings: the program, and a way to the Applications folder. It is run by dmgbuild, which gives `defines`."""

from __future__ import annotations

app: str = defines["app"]  # type: ignore[name-defined]  # noqa: F821
format = "UDZO"
filesystem = "APFS"
files = [app]
symlinks = {"Applications": "/Applications"}
icon_locations = {"Nunchi.app": (160, 170), "Applications": (480, 170)}
badge_icon: str = defines["icon"]  # type: ignore[name-defined]  # noqa: F821
background = "builtin-arrow"
window_rect = ((200, 200), (640, 380))
default_view = "icon-view"
show_status_bar = False
show_toolbar = False
icon_size = 112
text_size = 13
