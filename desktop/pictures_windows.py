"""The windows with a frame as pictures.py draws them: with devices, entries and a machine that are examples."""

from __future__ import annotations

import dataclasses
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import Stopped
from assistant.events import Answer, Evidence
from assistant.frames import Box, ScreenText, TextLine
from assistant.private_numbers import ALWAYS
from desktop.model_shelf import Shelf

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from desktop.desk import Desk
    from desktop.offer_row import OfferRow
    from desktop.updates.minding import Updates
    from models.catalogue import Entry
    from models.fetch import Progress
    from models.image_budget import Budget
    from models.machine import Machine
    from models.offers import Offer

SCREENS = Path(__file__).resolve().parents[1] / "tests" / "screens"
GIB = 1 << 30
NOON = time.mktime((2026, 11, 10, 12, 10, 0, 0, 0, -1))
LINE = TextLine("저장(S)", Box(651, 492, 116, 34))
KEPT = (
    ("gnome-calendar", "캘린더", "다음 약속이 언제야?", "화면에서 찾을 수 없어요."),
    ("calc-sales", "매출.ods", "여기 적힌 계좌 110-234-567890 맞아?", "네, 110-234-567890이라고 쓰여 있어요."),
    ("mousepad-save", "Mousepad", "고친 걸 남기려면 뭘 눌러야 해?",
     "오른쪽 아래의 저장(S) 단추를 누르면 돼요. 저장하지 않으면 바뀐 내용을 모두 잃는다고 쓰여 있어요."),
)  # fmt: skip
"""screen, title, question and answer; examples, not a model's"""


class ExampleDevices:
    def microphones(self) -> list[str]:
        return ["내장 마이크", "USB 마이크"]

    def speakers(self) -> list[str]:
        return ["내장 스피커"]

    def cameras(self) -> list[str]:
        return ["내장 카메라"]

    def speaker_counts(self) -> bool:
        return True


class ExampleShelf(Shelf):
    """The models that come with the program, on a laptop with 16 GB."""

    def installed(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in super().installed() if entry.bundled)

    def machine(self) -> Machine:
        from models.machine import Machine

        return Machine(16 * GIB, 200 * GIB, ("CPU", "GPU"), "Linux", "x64")

    def devices(self) -> tuple[str, ...]:
        return self.machine().devices

    def half_fetched(self, name: str) -> bool:
        return False

    def look_budget(self, chosen: str, seconds: float) -> Budget | None:
        """Of an example that sees 440 image tokens a second."""
        from models.image_budget import Budget

        return Budget(660, 1500.0) if chosen else None

    def pull(self, wanted: Offer, stop: threading.Event, progress: Callable[[Progress], None]) -> None:
        """Two fifths of it, until somebody stops."""
        from models.fetch import Progress

        size = wanted.download or wanted.size or GIB
        progress(Progress("model.bin", size * 2 // 5, size, 12e6, 2, 5))
        stop.wait()
        raise Stopped()


class ExampleLogin:
    def command(self) -> tuple[str, ...]:
        return ("nunchi",)


def framed_windows() -> dict[str, Callable[[str], QPixmap]]:
    """Name → what draws it in a language."""
    made: dict[str, Callable[[str], QPixmap]] = {}
    for section in ("general", "keys", "privacy", "models", "sound", "advanced"):
        made[f"settings-{section}"] = lambda language, section=section: _settings(language, section)
    made["settings-search"] = lambda language: _settings(language, "privacy", searched=True)
    made["settings-excluded"] = lambda language: _settings(language, "privacy", opened=True)
    made["settings-keys-conflict"] = lambda language: _settings(language, "keys", conflict=True)
    made["settings-models-running"] = lambda language: _settings(language, "models", running=True)
    made["settings-new-version"] = lambda language: _settings(language, "general", news=True)
    made["settings-models-offers"] = lambda language: _settings(language, "models", fetching=True)
    made["settings-sound-camera"] = lambda language: _settings(language, "sound", low=True)
    made["first-run-3-fetching"] = lambda language: _first_run(language, 2, fetching=True)
    for number in range(3):
        made[f"first-run-{number + 1}"] = lambda language, number=number: _first_run(language, number)
    made["history"] = _history
    made["history-off"] = lambda language: _history(language, empty=True)
    made["about"] = _about
    made["about-cards"] = lambda language: _about(language, cards=True)
    return made


@contextmanager
def example_desk(language: str) -> Iterator[Desk]:
    from desktop.bound_keys import BoundKeys
    from desktop.desk import Desk
    from desktop.downloads import Downloads
    from desktop.history import History
    from desktop.keeping import Keeping
    from desktop.settings import changed

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        keeping = Keeping()
        keeping.settings = changed(keeping.settings, language=language)
        shelf = ExampleShelf()
        keys = BoundKeys(lambda *_key: None, lambda *_key: None, lambda: None)
        desk = Desk(
            keeping, keys, History(Path(folder) / "history.sqlite3"), Downloads(shelf), shelf, ExampleDevices(),
            login=ExampleLogin, look=lambda: None,
        )  # fmt: skip
        try:
            yield desk
        finally:
            desk.downloads.close()


def example_updates() -> Updates:
    """A copy that can ask, and was told of a version that there is not."""
    from desktop.updates.minding import Updates
    from desktop.updates.release import Release
    from desktop.updates.source import Source

    told = Source("https://nunchi-desktop.github.io/nunchi/updates/", "", (), b"")
    made = Updates("0.1.0", Path(), Path(), lambda: told, "linux-deb")
    made.release = Release("0.2.0", "v0.2.0/nunchi_0.2.0_amd64.deb")
    return made


def _settings(
    language: str,
    section: str,
    *,
    searched: bool = False,
    opened: bool = False,
    conflict: bool = False,
    news: bool = False,
    running: bool = False,
    low: bool = False,
    fetching: bool = False,
) -> QPixmap:
    """`low`: what stands at the end of the page."""
    from PySide6.QtCore import Qt

    from desktop.hotkeys.backend import Conflict, Reason
    from desktop.hotkeys.chord import Chord
    from desktop.settings import changed
    from desktop.settings_window.window import SettingsWindow

    with example_desk(language) as desk:
        if running:
            desk.keeping.settings = changed(desk.keeping.settings, vision_model="qwen3-vl-2b")
        if conflict:
            desk.keys.results["region"] = Conflict("region", Chord.parse("Ctrl+Alt+R"), Reason.TAKEN)
        if news:
            desk.keeping.settings = changed(desk.keeping.settings, updates=True)
            desk.updates = example_updates()
        window = SettingsWindow(desk, section)
        window.show()
        page = window.page(section)
        if fetching:
            settle()
            fetch_first(page.rows_offered)
        if news or low:
            settle()
            page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
        if running:
            settle()
            page.verticalScrollBar().setValue(
                page.device.mapTo(page.widget(), page.device.rect().topLeft()).y() - 60
            )
        if fetching:
            page.ensureWidgetVisible(next(iter(page.rows_offered.values())), 0, 220)
        if opened:
            page.programs.list.setCurrentRow(2)
            page.rows[0].control.click()
        if searched:
            window.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            window.search.setText({"ko": "기록", "en": "history"}[language])
        if conflict:
            page.fields["window"].wait(True)
        return _taken(window)


def fetch_first(rows: Mapping[str, OfferRow]) -> None:
    """The first of the models that are offered is on its way."""
    next(iter(rows.values())).begin()
    settle()


def _first_run(language: str, number: int, fetching: bool = False) -> QPixmap:
    from desktop.first_run.window import FirstRun

    with example_desk(language) as desk:
        window = FirstRun(desk)
        window.show()
        window.go(number)
        if fetching:
            settle()
            fetch_first(window.pages.currentWidget().rows)
        return _taken(window)


def _history(language: str, empty: bool = False) -> QPixmap:
    from assistant.images import open_image
    from desktop.history_window.window import HistoryWindow

    with example_desk(language) as desk:
        moments = iter(NOON + 93_000 * number for number in range(len(KEPT)))
        desk.history._clock = lambda: next(moments)
        for name, title, question, answer in () if empty else KEPT:
            frame = open_image(SCREENS / f"{name}.png", trusted=True)
            found = (Evidence(LINE.text, LINE.box),) if LINE.text in answer else ()
            told = Answer(answer, question, evidence=found, model="nunchi-mini", device="CPU")
            shown = dataclasses.replace(frame, source="window", title=title)
            desk.history.keep(told, shown, ScreenText((LINE,)), ALWAYS)
        window = HistoryWindow(desk)
        window.show()
        settle()
        if not empty:
            window.list.setCurrentIndex(window.list.entries.index(0))
        return _taken(window)


def _about(language: str, cards: bool = False) -> QPixmap:
    from desktop.about_window import AboutWindow

    with example_desk(language) as desk:
        window = AboutWindow(desk)
        window.show()
        if cards:
            window.kinds.buttons["cards"].setChecked(True)
        return _taken(window)


def _taken(window: QWidget) -> QPixmap:
    settle()
    picture = window.grab()
    window.close()
    window.deleteLater()
    return picture


def settle(rounds: int = 10) -> None:
    """Lets what is looked up off the windows arrive."""
    from PySide6.QtWidgets import QApplication

    for _ in range(rounds):
        QApplication.processEvents()
        time.sleep(0.03)


def small(path: Path) -> None:
    """The same picture with 256 colours, a third of the bytes: the usual ones as they are, rare ones as the nearest."""
    import numpy as np
    from PIL import Image

    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    pixels = np.asarray(picture).astype(np.int32)
    packed = (
        pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]
    ).ravel()  # one number a pixel sorts faster
    found, which, counts = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.uint8)
    palette = colours
    if len(colours) > 256:
        broad = picture.quantize(96, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette()
        usual = colours[np.argsort(counts)[-160:]]
        palette = np.concatenate([usual, np.array(broad[: 96 * 3], np.uint8).reshape(-1, 3)])
    far = np.abs(colours[:, None].astype(np.int16) - palette[None].astype(np.int16)).sum(axis=2)
    made = Image.fromarray(far.argmin(axis=1).astype(np.uint8)[which].reshape(pixels.shape[:2]), "P")
    made.putpalette(palette.tobytes())
    made.save(path, optimize=True)
