"""Coloured windows of another program: a process with one window whose place, title, class and colour are known."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from assistant.frames import Box
from tests.desktop.conftest import Desk, Running

PROGRAM = """
import sys, os, Xlib.Xatom
from Xlib import X, Xutil, display
title, program, x, y, w, h, colour, shadow = sys.argv[1:]
x, y, w, h, colour, shadow = int(x), int(y), int(w), int(h), int(colour, 16), int(shadow)
d = display.Display()
win = d.screen().root.create_window(x, y, w, h, 0, X.CopyFromParent, background_pixel=colour,
                                    event_mask=X.ExposureMask | X.StructureNotifyMask | X.FocusChangeMask)
def put(name, kind, format, data):
    win.change_property(d.intern_atom(name), kind, format, data)
put("_NET_WM_NAME", d.intern_atom("UTF8_STRING"), 8, title.encode())
put("_NET_WM_PID", Xlib.Xatom.CARDINAL, 32, [os.getpid()])
if shadow:
    put("_GTK_FRAME_EXTENTS", Xlib.Xatom.CARDINAL, 32, [shadow] * 4)
    put("_MOTIF_WM_HINTS", d.intern_atom("_MOTIF_WM_HINTS"), 32, [2, 0, 0, 0, 0])
win.set_wm_class(program.lower(), program)
win.set_wm_normal_hints(flags=Xutil.USPosition | Xutil.PPosition | Xutil.USSize)
win.map()
while True:
    e = d.next_event()
    if e.type == X.FocusIn:
        win.clear_area()
        d.sync()
        at = win.translate_coords(d.screen().root, 0, 0)
        print("shown", win.id, -at.x, -at.y, flush=True)
"""


@dataclass
class Painted:
    """A window on the screen: `inside` is its client area, in pixels of the desktop."""

    program: Running
    handle: int
    inside: Box

    def close(self) -> None:
        self.program.stop()


def paint(
    desk: Desk, title: str, box: Box, colour: int, program: str = "Painter", shadow: int = 0
) -> Painted:  # fmt: skip
    """Shows a window and waits until it has the focus. `colour` is 0xRRGGBB; `shadow` a GTK shadow's width."""
    words = (title, program, *map(str, box), f"{colour:06x}", str(shadow))
    running = desk.start(sys.executable, "-c", PROGRAM, *words)
    _, handle, x, y = running.line().split()
    return Painted(running, int(handle), Box(int(x), int(y), box.width, box.height))
