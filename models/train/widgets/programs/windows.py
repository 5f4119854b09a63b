"""The X server's windows: what covers a point, which of them a program means, and their titles."""

from __future__ import annotations

from typing import Any

from Xlib import X, display

from models.train.widgets.programs.truth import Box, Line


class Windows:
    """The X server's windows from the top down, to say what covers a point."""

    def __init__(self, server: display.Display) -> None:
        self.display, self.root = server, server.screen().root
        whole = self.root.get_geometry()
        self.size = (whole.width, whole.height)
        self.tops: list[dict[str, Any]] = []
        for window in reversed(self.root.query_tree().children):
            try:
                attributes, g = window.get_attributes(), window.get_geometry()
                if attributes.map_state != X.IsViewable or g.width <= 4 or g.height <= 4:
                    continue
                client = self._client(window)
            except Exception:
                continue
            self.tops.append(
                {
                    "box": (g.x, g.y, g.width, g.height), "popup": bool(attributes.override_redirect),
                    "client": client[0], "title": client[1], "id": client[2] or window.id,
                }
            )  # fmt: skip

    def _client(self, frame: Any) -> tuple[Box | None, str | None, int | None]:
        title, utf8 = self.display.intern_atom("_NET_WM_NAME"), self.display.intern_atom("UTF8_STRING")
        state = self.display.intern_atom("WM_STATE")
        stack = [frame]
        while stack:
            window = stack.pop()
            if window.get_full_property(state, X.AnyPropertyType):
                g, at = window.get_geometry(), window.translate_coords(self.root, 0, 0)
                name = window.get_full_property(title, utf8)
                text = bytes(name.value).decode("utf8", "replace") if name else (window.get_wm_name() or "")
                return (-at.x, -at.y, g.width, g.height), str(text), window.id
            stack += window.query_tree().children
        return None, None, None

    def at(self, x: float, y: float) -> dict[str, Any] | None:
        for top in self.tops:
            bx, by, bw, bh = top["box"]
            if bx <= x < bx + bw and by <= y < by + bh:
                return top
        return None

    def of(self, box: Box) -> dict[str, Any] | None:
        """The window whose client area is nearest to an accessible window's box."""

        best = min(self.tops, key=lambda top: apart(top, box), default=None)
        return best if best and apart(best, box) < 140 else None

    def far(self, box: Box | None) -> int:
        """How far the nearest window is from being this box."""
        return min((apart(top, box) for top in self.tops), default=0) if box else 0


def apart(top: dict[str, Any], box: Box) -> int:
    return sum(abs(p - q) for p, q in zip(top["client"] or top["box"], box, strict=True))


def titles(windows: Windows) -> list[Line]:
    """Title bars drawn by the window manager: the strip above each client area, when its middle is not covered."""
    lines: list[Line] = []
    for top in windows.tops:
        client, (fx, fy, fw, _) = top["client"], top["box"]
        if client and top["title"] and client[1] - fy >= 12:
            strip = [fx, fy, fw, client[1] - fy]
            if windows.at(fx + fw / 2, fy + strip[3] / 2) is top:
                lines.append({"text": top["title"], "box": strip, "role": "title", "kind": "title"})
    return lines
