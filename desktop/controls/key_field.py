# ruff: noqa: TID253 - loaded by desktop.app only
"""A chord as key caps; pressed, it waits for the next chord and tells which one that was."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from assistant.errors import BadInput
from desktop import look_and_feel
from desktop.controls.buttons import RADIUS, Ringed, blend, draw_ring, line_height
from desktop.controls.text import named
from desktop.hotkeys.chord import Chord, Modifier
from desktop.look_and_feel import Palette
from desktop.words import shown

WIDTH = 232
_HELD = {
    Qt.Key.Key_Control: Modifier.CTRL, Qt.Key.Key_Alt: Modifier.ALT, Qt.Key.Key_Shift: Modifier.SHIFT,
    Qt.Key.Key_Meta: Modifier.META, Qt.Key.Key_Super_L: Modifier.META, Qt.Key.Key_Super_R: Modifier.META,
    Qt.Key.Key_AltGr: Modifier.NONE,
}  # fmt: skip
_SYSTEM = {"win32": "windows", "darwin": "mac"}.get(sys.platform, "x11")


class KeyField(Ringed, QPushButton):
    """`wanted` has the chord that was pressed, or None where the key is to be taken away; `refused` an error code."""

    wanted = Signal(object)
    refused = Signal(str)
    waiting = Signal(bool)
    """whether it listens for a chord now: the program's own keys must not act meanwhile"""

    def __init__(self, name: str, chord: Chord | None, colours: Palette, language: str) -> None:
        super().__init__()
        self._colours, self._language, self._name = colours, language, name
        self._held = Modifier.NONE
        self.is_waiting = False
        self.setFont(look_and_feel.font(13))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.clicked.connect(lambda: self.wait(not self.is_waiting))
        self.show_chord(chord)

    def show_chord(self, chord: Chord | None) -> None:
        self.chord = chord
        keys = chord.korean(_SYSTEM) if chord else shown("key_none", self._language)
        named(self, f"{self._name}: {keys}", shown("key_press_hint", self._language))
        self.update()

    def wait(self, wanted: bool) -> None:
        """Listen for the next chord, or no longer."""
        if wanted == self.is_waiting:
            return
        self.is_waiting, self._held = wanted, Modifier.NONE
        if wanted:
            self.setFocus()
            self.grabKeyboard()
        else:
            self.releaseKeyboard()
        self.waiting.emit(wanted)
        self.update()

    def take(self, chord: Chord | None) -> None:
        """The chord was pressed, here or as one of the program's own keys."""
        self.wait(False)
        self.wanted.emit(chord)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_waiting:
            super().keyPressEvent(event)
            return
        modifiers = _modifiers(event)
        if event.key() in _HELD:
            self._held = modifiers | _HELD[Qt.Key(event.key())]
            self.update()
        elif modifiers == Modifier.NONE and event.key() == Qt.Key.Key_Escape:
            self.wait(False)
        elif modifiers == Modifier.NONE and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.take(None)
        else:
            self._pressed(event, modifiers)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.is_waiting:
            self._held &= ~_HELD.get(Qt.Key(event.key()), Modifier.NONE)
            self.update()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.wait(False)
        super().focusOutEvent(event)

    def hideEvent(self, _event: object) -> None:
        self.wait(False)

    def sizeHint(self) -> QSize:
        return QSize(round(WIDTH * look_and_feel.CHOSEN.text_size / 100), line_height(13) + 18)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = self._colours
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.is_waiting or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(c.card, c.accent, 0.13) if self.is_waiting else QColor(c.raised))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.setFont(self.font())
        caps = self._caps()
        if caps:
            self._draw_caps(painter, caps)
        else:
            words = shown("key_press" if self.is_waiting else "key_none", self._language)
            painter.setPen(QColor(c.accent if self.is_waiting else c.quiet))
            room = area.adjusted(0, 0, -10, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        if self.ringed or self.is_waiting:
            draw_ring(painter, QRectF(self.rect()), RADIUS, c)
        painter.end()

    def _caps(self) -> list[str]:
        """What stands on the caps now."""
        if self.is_waiting:
            modifiers, key = self._held, ""
        elif self.chord is not None:
            modifiers, key = self.chord.modifiers, self.chord.key.shown
        else:
            return []
        names = {
            Modifier.CTRL: "Ctrl", Modifier.ALT: "Alt", Modifier.SHIFT: "Shift",
            Modifier.META: {"windows": "Win", "mac": "⌘"}.get(_SYSTEM, "Super"),
        }  # fmt: skip
        if _SYSTEM == "mac":
            names |= {Modifier.CTRL: "⌃", Modifier.ALT: "⌥", Modifier.SHIFT: "⇧"}
        return [
            *(name for one, name in names.items() if one in modifiers and modifiers),
            *([key] if key else []),
        ]

    def _draw_caps(self, painter: QPainter, caps: list[str]) -> None:
        """From the right edge leftwards, all of one height."""
        c = self._colours
        metrics = QFontMetrics(self.font())
        height = metrics.height() + 8
        widths = [max(height, metrics.horizontalAdvance(cap) + 16) for cap in caps]
        left = self.width() - 8 - sum(widths) - 5 * (len(caps) - 1)
        top = (self.height() - height) / 2
        for cap, width in zip(caps, widths, strict=True):
            area = QRectF(left, top, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(c.well, c.quiet, 0.35))
            painter.drawRoundedRect(area.translated(0, 1), 6, 6)
            painter.setBrush(blend(c.card, c.well, 0.35) if c.card == "#ffffff" else QColor(c.well))
            painter.setPen(blend(c.well, c.quiet, 0.15))
            painter.drawRoundedRect(area, 6, 6)
            painter.setPen(QColor(c.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, cap)
            left += width + 5

    def _pressed(self, event: QKeyEvent, modifiers: Modifier) -> None:
        code = event.nativeVirtualKey() if _SYSTEM == "mac" else event.nativeScanCode()
        try:
            chord = Chord.pressed(modifiers, _SYSTEM, code)
        except BadInput as error:
            self.wait(False)
            self.refused.emit(error.code)
            return
        if chord is None:
            self.wait(False)
            self.refused.emit("hotkey_no_such_key")
        else:
            self.take(chord)


def _modifiers(event: QKeyEvent) -> Modifier:
    """On a Mac Qt calls Command «Control» and Control «Meta»."""
    held = event.modifiers()
    pairs = [
        (Qt.KeyboardModifier.ControlModifier, Modifier.META if _SYSTEM == "mac" else Modifier.CTRL),
        (Qt.KeyboardModifier.AltModifier, Modifier.ALT),
        (Qt.KeyboardModifier.ShiftModifier, Modifier.SHIFT),
        (Qt.KeyboardModifier.MetaModifier, Modifier.CTRL if _SYSTEM == "mac" else Modifier.META),
    ]
    made = Modifier.NONE
    for theirs, ours in pairs:
        if held & theirs:
            made |= ours
    return made
