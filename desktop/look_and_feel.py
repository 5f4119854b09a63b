# ruff: noqa: TID253 - loaded by desktop.app only
"""Colours, type and icons: two palettes, one accent colour, one stack of Korean typefaces."""

from __future__ import annotations

import functools
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPainterPath,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer

log = logging.getLogger(__name__)
ICONS = Path(__file__).with_name("icons")
FONTS = Path(__file__).with_name("fonts")
"""Pretendard 1.3.9 as its makers publish it, in the two weights that our windows have (its licence beside it)"""
FAMILIES = (
    "Pretendard", "Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic",
    "sans-serif",
)  # fmt: skip
RADIUS = 18
SHADOW = 36
"""logical pixels around a card for its shadow"""


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb."""

    card: str
    raised: str
    """buttons under the pointer, fields"""
    line: str
    text: str
    quiet: str
    accent: str
    warm: str
    """while the microphone listens"""
    alarm: str
    shadow: int
    """alpha of each of the shadow's rings, 0…255"""
    page: str
    """behind the cards of a window with a frame"""
    side: str
    """of its side bar"""
    well: str
    """fields and switches that are off"""


LIGHT = Palette(
    "#ffffff", "#f3f4f7", "#e6e8ed", "#1a1c21", "#5d6470", "#4a5be0", "#e0533d", "#b63124", 2,
    "#f5f6f8", "#ebedf1", "#dfe2e8",
)  # fmt: skip
DARK = Palette(
    "#22242a", "#2e3138", "#3a3e47", "#f2f3f5", "#a6adba", "#93a0ff", "#ff8d75", "#ff8f80", 4,
    "#191b1f", "#141619", "#3b3f48",
)  # fmt: skip


@dataclass
class Chosen:
    """What the person chose in the settings; windows made afterwards follow."""

    theme: str = "system"
    """system, light or dark"""
    text_size: int = 100
    """per cent"""


CHOSEN = Chosen()


def choose(theme: str, text_size: int) -> None:
    """For windows that are made from now on."""
    CHOSEN.theme, CHOSEN.text_size = theme, text_size


def palette() -> Palette:
    """Light or dark, as chosen or as the system is now; NUNCHI_THEME=light or dark overrules both."""
    wanted = os.environ.get("NUNCHI_THEME") or CHOSEN.theme
    if wanted in {"light", "dark"}:
        return DARK if wanted == "dark" else LIGHT
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


@functools.cache
def load_typeface() -> bool:
    """Make our typeface known to Qt, once; False where that fails, and the system's Korean one is used."""
    loaded = [QFontDatabase.addApplicationFont(str(path)) >= 0 for path in sorted(FONTS.glob("*.otf"))]
    if not loaded or not all(loaded):
        log.warning("the typeface in %s could not be loaded", FONTS)
        return False
    return True


def font(size: float = 15, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """`size` in logical pixels, before the text size that the person chose."""
    load_typeface()
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(round(size * CHOSEN.text_size / 100))
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def icon(name: str, colour: str) -> QIcon:
    """icons/NAME.svg with `currentColor` in `colour`, sharp at every scale."""
    made = QIcon()
    for side in (16, 20, 24, 32, 48, 64):
        made.addPixmap(icon_pixmap(name, colour, side))
    return made


def icon_pixmap(name: str, colour: str, side: int, ratio: float = 1.0) -> QPixmap:
    """`side` in logical pixels. Errors: `FileNotFoundError` for a name that has no icon."""
    drawing = (ICONS / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    pixmap = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def paint_card(painter: QPainter, size: QSize, colours: Palette, composited: bool = True) -> None:
    """A rounded card with a soft shadow, inside `SHADOW` pixels; without a compositor a plain one that fills all."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not composited:
        painter.fillRect(0, 0, size.width(), size.height(), QColor(colours.card))
        painter.setPen(QColor(colours.line))
        painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
        return
    card = QRectF(0, 0, size.width(), size.height()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    _paint_shadow(painter, card, colours.shadow)
    painter.setPen(QColor(colours.line))
    painter.setBrush(QColor(colours.card))
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def rounded(area: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    return path


def _paint_shadow(painter: QPainter, card: QRectF, darkest: int) -> None:
    """Rings that add up: nearly a gaussian, falling downwards, without an effect that renders the card twice."""
    rings = 16
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(8, 10, 24, darkest))
    for ring in range(rings):
        spread = (SHADOW - 10) * (1 - ring / rings)
        painter.drawRoundedRect(
            card.adjusted(-spread, -spread + 10, spread, spread + 10), RADIUS + spread, RADIUS + spread
        )
