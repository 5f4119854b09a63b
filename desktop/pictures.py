"""Pictures of every window and state: `python -m desktop.pictures [--out docs/pictures]`.

Light and dark, Korean and English, 100 % and 200 %, drawn without a display. Each scale is a process of its own, because
Qt reads it once. The screen in them is one of tests/screens; the answers are examples, not a model's.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from assistant.events import (
    Answer,
    Captured,
    Event,
    Evidence,
    Failed,
    Finished,
    Heard,
    Listening,
    Pointed,
    Said,
    Stopped,
    Thinking,
    Timings,
)
from assistant.frames import Box, Frame, TextLine, Transcript
from desktop.immortal import keep_constants

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "tests" / "screens" / "mousepad-save.png"
PHOTOGRAPH = ROOT / "tests" / "screens" / "camera-receipt.png"
LINE = TextLine("저장(S)", Box(651, 492, 116, 34))
"""as recorded for this screen in tests/screens/questions.jsonl"""
QUESTIONS = {
    "ko": "이 창이 떴는데 고친 걸 남기려면 뭘 눌러야 해?",
    "en": "What do I press to keep my changes?",
}
ANSWERS = {
    "ko": "오른쪽 아래의 저장(S) 단추를 누르면 돼요. 저장하지 않으면 바뀐 내용을 모두 잃는다고 쓰여 있어요.",
    "en": "Press 저장(S) at the lower right. It says that all changes are lost if you do not save.",
}

NOT_FOUND = {"ko": "화면에서 찾을 수 없어요.", "en": "It is not on the screen."}


def main(argv: list[str] | None = None) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    options.add_argument("--scale", type=int, choices=[100, 200], help="only this one, in this process")
    options.add_argument("--only", default="", metavar="WORD", help="only windows with this in their name")
    chosen = options.parse_args(argv)
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.scale:
        draw_all(chosen.out, chosen.scale, chosen.only)
        return 0
    for scale in (100, 200):
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale / 100)}
        command = (sys.executable, "-m", "desktop.pictures", "--out", str(chosen.out), "--scale", str(scale))
        command += ("--only", chosen.only)
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
    return 0


def draw_all(out: Path, scale: int, wanted: str = "") -> None:
    """`wanted`: only names with this in them."""
    from PySide6.QtWidgets import QApplication

    from desktop.pictures_windows import framed_windows, small

    def keep(picture: object, path: Path) -> None:
        picture.save(str(path))
        small(path)

    keep_constants()
    application = QApplication.instance() or QApplication([])
    for scheme in ("light", "dark"):
        os.environ["NUNCHI_THEME"] = scheme
        for language in ("ko", "en"):
            if scale == 200 and language == "en":
                continue
            for name, draw in WINDOWS.items():
                if wanted not in name:
                    continue
                if not (name in ALIKE and (scheme, language) != ("light", "ko")):
                    keep(draw(language), out / f"{name}-{scheme}-{language}-{scale}.png")
            for name, draw in framed_windows().items():
                if wanted in name and not (scale == 200 and scheme == "dark"):
                    keep(draw(language), out / f"{name}-{scheme}-{language}-{scale}.png")
    application.processEvents()


STATES = (
    "listening", "drafting", "thinking", "answering", "answered", "timings", "correcting", "abstained", "stopped", "problem",
    "model-missing",
)  # fmt: skip
"""of the card"""


def _card(state: str) -> Callable[[str], object]:
    def draw(language: str) -> object:
        from desktop.overlay.card import Card

        card = Card(language, composited=True)
        frame = example_frame()
        card.show_frame(frame)
        for event in _events(state, language, frame):
            card.handle(event)
        if state in ("listening", "drafting"):
            for level in (0.35, 0.7, 0.95, 0.6, 0.3):
                card.show_level(level)
        card.show()
        _settle()
        if state == "answering":
            card._answer.finish()
            card._fit()
        if state == "timings":
            card._toggle_timings()
        if state == "correcting":
            card._correct()
        _settle()
        return _on_paper(card)

    return draw


def _events(state: str, language: str, frame: Frame) -> Iterator[Event]:
    question, answer = QUESTIONS[language], ANSWERS[language]
    yield Captured(1, frame)
    if state == "model-missing":
        yield Failed(1, "no_vision_model", {}, 3)
        return
    yield Listening(1)
    if state == "listening":
        return
    if state == "drafting":
        yield Heard(1, Transcript(" ".join(question.split()[:-2])), final=False)
        return
    if state == "problem":
        yield Failed(1, "no_speech", {}, 2)
        return
    yield Heard(1, Transcript(question))
    yield Thinking(1, "nunchi-mini", "CPU")
    if state == "thinking":
        return
    if state == "abstained":
        yield Said(1, NOT_FOUND[language])
        yield Finished(
            1,
            Answer(
                NOT_FOUND[language], question, abstained=True, device="CPU", timings=Timings(total_ms=640)
            ),
        )
        return
    yield Said(1, answer[: len(answer) // 2] if state in ("answering", "stopped") else answer)
    yield Pointed(1, LINE, LINE.box)
    if state == "stopped":
        yield Stopped(1)
    elif state != "answering":
        timings = Timings(screen_text_ms=180, encode_ms=90, prefill_ms=160, first_token_ms=70, total_ms=820)
        told = Answer(
            answer, question, evidence=(Evidence(LINE.text, LINE.box),), device="CPU", timings=timings
        )
        yield Finished(1, told)


def _quick_box(typed: bool) -> Callable[[str], object]:
    def draw(language: str) -> object:
        from desktop.overlay.quick_box import QuickBox

        box = QuickBox(language, composited=True)
        if typed:
            box.line.setText(QUESTIONS[language])
        box.show()
        _settle()
        return _on_paper(box)

    return draw


def _camera(failed: bool = False) -> Callable[[str], object]:
    def draw(language: str) -> object:
        from assistant.errors import DeviceFailed
        from desktop.camera import Source
        from desktop.overlay.camera_preview import CameraPreview

        names = {"ko": ("내장 카메라", "USB 문서 카메라"), "en": ("Built-in camera", "USB document camera")}
        seen = [Source(name, path=PHOTOGRAPH) for name in names[language]]
        window = CameraPreview(language, composited=True, sources=lambda: seen)
        window.open()
        while not window.mirror.has_picture:
            _settle()
        if failed:
            window._fail(DeviceFailed("camera_failed", device=names[language][0]))
            _settle()
        picture = _on_paper(window)
        _end(window)
        return picture

    return draw


def _menu(language: str, preparing: bool = False) -> object:
    from desktop.hotkeys.chord import Chord
    from desktop.notices import State
    from desktop.settings import KEYS
    from desktop.tray import Tray
    from models.engine_process.progress import Progress

    keys = {action: Chord.parse(text).korean() for action, text in KEYS.items()}
    tray = Tray(lambda _action: None, language, keys)
    tray.show_state(State.READY, "CPU")
    tray.show_trying(Progress("NPU", 3, 5, 125.0) if preparing else None)
    tray.menu.ensurePolished()
    tray.menu.resize(tray.menu.sizeHint())  # adjustSize stops at two thirds of the screen
    picture = tray.menu.grab()
    tray.close()
    return picture


def _icons(_language: str) -> object:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QColor, QPainter, QPixmap

    from desktop.notices import State
    from desktop.tray import state_icon

    sheet = QPixmap(QSize(len(State) * 88, 130))
    sheet.fill(QColor("#eceef2"))
    painter = QPainter(sheet)
    for column, state in enumerate(State):
        painter.drawPixmap(column * 88 + 12, 12, state_icon(state).pixmap(64, 64))
        painter.drawPixmap(column * 88 + 33, 92, state_icon(state).pixmap(22, 22))
    painter.end()
    return sheet


def _region(language: str) -> object:
    from PySide6.QtCore import QPoint

    from desktop.capture.values import ScreenFrame
    from desktop.overlay.region import RegionPane
    from desktop.pointing import screens_now

    shape = screens_now()[0]
    pixels = np.ascontiguousarray(example_frame().image[: shape.native.height, : shape.native.width])
    frame = ScreenFrame(pixels, place=Box(0, 0, pixels.shape[1], pixels.shape[0]))
    pane = RegionPane(frame, shape, language)
    pane._start, pane._at = QPoint(183, 149), QPoint(322, 292)
    pane.show()
    _settle()
    return pane.grab()


def example_frame() -> Frame:
    from assistant.images import open_image

    return open_image(EXAMPLE, trusted=True)


def _on_paper(window: object) -> object:
    """The window on a soft ground, as it would lie over another program."""
    from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPixmap

    seen = window.grab()
    paper = QPixmap(seen.size())
    paper.setDevicePixelRatio(seen.devicePixelRatio())
    painter = QPainter(paper)
    wash = QLinearGradient(0, 0, window.width(), window.height())
    dark = window.colours.card != "#ffffff"
    wash.setColorAt(0, QColor("#3b4252" if dark else "#dfe6f3"))
    wash.setColorAt(1, QColor("#2a2f3a" if dark else "#c9d3e6"))
    painter.fillRect(window.rect(), wash)
    painter.drawPixmap(0, 0, _rendered(window))
    painter.end()
    window.hide()
    return paper


def _rendered(window: object) -> object:
    """With its transparency kept, which `grab` fills."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtGui import QPixmap, QRegion

    ratio = window.devicePixelRatioF()
    pixmap = QPixmap(window.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    window.render(pixmap, QPoint(), QRegion(), window.RenderFlag.DrawChildren)
    return pixmap


def _end(window: object) -> None:
    """Now, and not when Python tidies up: a camera's session must not outlive the application."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents()


WINDOWS: dict[str, Callable[[str], object]] = {
    **{f"card-{state}": _card(state) for state in STATES},
    "quick-box-empty": _quick_box(typed=False),
    "quick-box-typed": _quick_box(typed=True),
    "camera": _camera(),
    "camera-failed": _camera(failed=True),
    "tray-menu": _menu,
    "tray-menu-preparing": lambda language: _menu(language, preparing=True),
    "tray-icons": _icons,
    "region": _region,
}

ALIKE = ("tray-icons", "tray-menu", "region")
"""looks the same in every theme, or is the system's own"""

if __name__ == "__main__":
    sys.exit(main())
