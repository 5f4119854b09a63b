"""Random Qt windows on the X display, with PySide6 or PyQt5, whichever the Python has.

Run: python qt.py --out DIR --texts POOL --count N --seed S. The truth is what the widgets themselves tell.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time

from content import Element, Texts, arguments, write
from qt_names import GENERATION, QtGui, QtWidgets
from qt_parts import Window, build
from qt_scenes import SCENES, scene
from qt_sheets import sheet
from qt_truth import actions, rect_of, widgets_under

FONTS = ("Noto Sans CJK KR", "Noto Sans CJK KR", "NanumGothic", "NanumSquare", "NanumBarunGothic", "Pretendard",
         "Baekmuk Gulim", "NanumSquareRound", "DejaVu Sans")  # fmt: skip


def settle(app: QtWidgets.QApplication, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.01)


PALETTES = (
    ("#f0f0f0", "#ffffff", "#000000", "#0078d7"), ("#efefef", "#ffffff", "#101010", "#308cc6"),
    ("#fafafa", "#ffffff", "#222222", "#3584e4"), ("#353535", "#2a2a2a", "#f0f0f0", "#2a82da"),
    ("#1e1e1e", "#151515", "#dddddd", "#0a84ff"), ("#2e3440", "#3b4252", "#eceff4", "#88c0d0"),
    ("#fdf6e3", "#fffbf0", "#586e75", "#268bd2"), ("#f5f5f5", "#ffffff", "#333333", "#8e44ad"),
    ("#e8e8e8", "#ffffff", "#000000", "#3daee9"), ("#31363b", "#232629", "#eff0f1", "#3daee9"))  # fmt: skip


def palette(rng: random.Random) -> QtGui.QPalette:
    window, base, ink, accent = rng.choice(PALETTES)
    if rng.random() < 0.4:
        accent = QtGui.QColor.fromHsv(rng.randrange(360), rng.randint(90, 230), rng.randint(110, 230)).name()
    made = QtGui.QPalette(QtGui.QColor(window), QtGui.QColor(window))
    role = QtGui.QPalette.ColorRole
    group = QtGui.QPalette.ColorGroup
    bright = QtGui.QColor(accent).lightness() > 150
    for name, colour in ((role.WindowText, ink), (role.Text, ink), (role.ButtonText, ink), (role.Base, base),
                         (role.AlternateBase, window), (role.Highlight, accent),
                         (role.HighlightedText, "#000000" if bright else "#ffffff"), (role.Link, accent)):  # fmt: skip
        made.setColor(name, QtGui.QColor(colour))
    grey = QtGui.QColor(ink)
    grey.setAlpha(rng.randint(80, 130))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, name, grey)
    if rng.random() < 0.3:
        made.setColor(group.Inactive, role.Highlight, QtGui.QColor(window).darker(115))
        made.setColor(group.Inactive, role.HighlightedText, QtGui.QColor(ink))
    return made


def look(app: QtWidgets.QApplication, rng: random.Random, wanted: str) -> str:
    names = [name for name in QtWidgets.QStyleFactory.keys() if "gtk" not in name.lower()]  # noqa: SIM118
    weights = [4 if name.lower() in ("breeze", "fusion") else 1 for name in names]
    style = wanted or rng.choices(names, weights)[0]
    app.setStyleSheet("")
    app.setStyle(QtWidgets.QStyleFactory.create(style))
    if rng.random() < 0.6 or style.lower() in ("fusion", "windows"):
        app.setPalette(palette(rng))
    else:
        app.setPalette(app.style().standardPalette())
    font = QtGui.QFont(rng.choice(FONTS))
    font.setPointSizeF(rng.choice((8, 9, 9, 10, 10, 10, 11, 12)))
    app.setFont(font)
    if rng.random() < 0.45:
        name, text = sheet(rng)
        app.setStyleSheet(text)
        style += "+" + name
    return style


def draw(app: QtWidgets.QApplication, options, number: int) -> None:  # noqa: ANN001
    rng = random.Random(f"{options.seed}-{number}")
    style = look(app, rng, options.look)
    w = Window(Texts.read(options.texts, rng))
    subprocess.run(["xsetroot", "-solid", f"#{rng.randrange(1 << 24):06x}"], check=False)
    window = scene(w) if w.texts.chance(SCENES) else build(w)
    window.move(rng.randint(0, 160), rng.randint(20, 90))
    window.show()
    window.raise_()
    window.activateWindow()
    settle(app, 0.2)
    for step in w.after:
        step()
    opened = None
    if window.menuBar().actions() and w.texts.chance(0.6):
        action = rng.choice(window.menuBar().actions())
        opened = action.menu()
        opened.popup(window.menuBar().mapToGlobal(window.menuBar().actionGeometry(action).bottomLeft()))
        able = [a for a in opened.actions() if a.isEnabled() and not a.isSeparator()]
        if able:
            opened.setActiveAction(rng.choice(able))
    elif w.texts.chance(0.3):
        window.clearFocus()
        other = QtWidgets.QDialog(None)
        other.setGeometry(1200, 740, 80, 40)
        other.show()
        other.activateWindow()
    settle(app, 0.15)
    elements = list(widgets_under(window))
    frame, inner = window.frameGeometry(), window.geometry()
    if inner.top() - frame.top() > 8:
        ratio = window.devicePixelRatioF()
        bar = (frame.left(), frame.top(), frame.width(), inner.top() - frame.top())
        elements.insert(0, Element("title", tuple(round(v * ratio) for v in bar)))  # type: ignore[arg-type]
    if opened is not None and opened.isVisible():
        x, y, width, height = rect_of(opened)
        elements = [
            e for e in elements
            if not (x <= e.box[0] + e.box[2] / 2 < x + width and y <= e.box[1] + e.box[3] / 2 < y + height)
        ]  # fmt: skip
        elements += actions(opened)
    path = options.out / f"{GENERATION}-{options.seed}-{number:05}.png"
    app.primaryScreen().grabWindow(0).save(str(path), quality=80)
    write(path, elements, GENERATION, style)


def main() -> None:
    options = arguments(__doc__ or "")
    app = QtWidgets.QApplication(sys.argv[:1])
    for number in range(options.count):
        try:
            draw(app, options, number)
        except Exception as error:  # one odd window is no loss
            print(f"{GENERATION} {number}: {type(error).__name__}: {error}", file=sys.stderr)
        for left in app.topLevelWidgets():
            left.close()
            left.deleteLater()
        settle(app, 0.03)


if __name__ == "__main__":
    main()
