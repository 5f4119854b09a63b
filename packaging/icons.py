"""Draws the program's icon in every size that systems ask for, from two drawings: packaging/icons/*.svg."""

from __future__ import annotations

import os
import re
import shutil
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from contents import BUILD, ROOT
from PIL import Image
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QLinearGradient, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWINGS = ROOT / "packaging" / "icons"
SIZES = (16, 20, 22, 24, 32, 40, 48, 64, 96, 128, 256, 512)
SMALL = 24
"""up to here the simpler drawing is sharper"""
FOLDER = BUILD / "icons"


def drawn(side: int) -> Image.Image:
    """`side` × `side` RGBA."""
    drawing = DRAWINGS / ("nunchi-small.svg" if side <= SMALL else "nunchi.svg")
    image = QImage(side, side, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.read_bytes())).render(painter)
    painter.end()
    return Image.frombytes(
        "RGBA", (side, side), bytes(image.constBits()), "raw", "RGBA", image.bytesPerLine()
    )


def side_picture() -> Image.Image:
    """164 × 314 RGB, for the first and last page of the Windows installer: the icon's eye on its colours, falling darker."""
    width, height, scale = 164, 314, 3
    image = QImage(width * scale, height * scale, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = QLinearGradient(0, 0, 0, height * scale)
    colours.setColorAt(0, QColor("#7484ff"))
    colours.setColorAt(1, QColor("#2a3399"))
    painter.fillRect(image.rect(), colours)
    eye = (DRAWINGS / "nunchi.svg").read_text("utf-8")
    eye = re.sub(r'<rect [^>]*fill="url\(#tile\)"/>', "", eye)  # without its tile
    side = 150 * scale
    QSvgRenderer(QByteArray(eye.encode())).render(
        painter, QRectF((width * scale - side) / 2, 60 * scale, side, side)
    )
    painter.end()
    size = (image.width(), image.height())
    drawn_big = Image.frombytes("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())
    return drawn_big.resize((width, height), Image.Resampling.LANCZOS)


def main() -> int:
    application = QGuiApplication.instance() or QGuiApplication([])
    FOLDER.mkdir(parents=True, exist_ok=True)
    icons = {side: drawn(side) for side in SIZES}
    for side, icon in icons.items():
        icon.save(FOLDER / f"nunchi-{side}.png", optimize=True)
    in_ico = [side for side in SIZES if side <= 256]
    icons[256].save(
        FOLDER / "nunchi.ico", sizes=[(side, side) for side in in_ico],
        append_images=[icons[side] for side in in_ico if side != 256],
    )  # fmt: skip
    big = drawn(1024)
    big.save(FOLDER / "nunchi.icns", append_images=[icons[side] for side in (512, 256, 128, 64, 32)])
    side_picture().save(FOLDER / "installer-side.bmp")
    shutil.copy2(DRAWINGS / "nunchi.svg", FOLDER / "nunchi.svg")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
