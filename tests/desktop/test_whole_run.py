"""The whole way on a real desk, with the bundled models: pressed, captured, spoken, heard, answered, outlined; and what may go wrong.

A key pressed in another program, a Korean settings window, two monitors of different scale, a panel, a compositor, PulseAudio and
espeak-ng: `desktop/bench/tour.py` walks, and this looks at what came of it.
"""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from assistant.frames import Box
from desktop.bench import tour
from desktop.bench.tray import SIZE
from models.eval.speech import errors
from tests.desktop.conftest import need

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="X11 and PulseAudio are for Linux"
)
TAB = Box(112, 140, 44, 28)
"""where «일반» stands on the left monitor: the window is at (60, 120); outlines may be a line's height off"""
MOST_WAITING = 4.0
"""of the machine's load for each core: beyond that other programs are tested, and models count as hanging"""


@pytest.fixture(scope="module")
def walked() -> tour.Tour:
    need(
        "Xvfb",
        "openbox",
        "dbus-daemon",
        "xdotool",
        "xrandr",
        "pulseaudio",
        "pactl",
        "paplay",
        "parec",
        "espeak-ng",
    )
    pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)
    pytest.importorskip("faster_whisper", reason="there is no ctranslate2 wheel for this system")
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    if waiting > MOST_WAITING:
        pytest.skip(f"the machine is too busy: {waiting:.0f} programs wait for each core")
    return tour.walk()


def heard(step: tour.Step, question: str) -> bool:
    return errors(question, step.words("heard"))[0] <= 2


def test_a_spoken_question_is_heard_answered_and_outlined_where_it_stands(walked: tour.Tour) -> None:
    step = walked.steps["spoken"]
    assert heard(step, tour.Questions.spoken) and "일반" in step.words("ended"), walked.log
    assert step.cited[0].iou(TAB) > 0.3, step.cited
    stages = [one.stage for one in step.told]
    assert stages.index("key") < stages.index("frozen") < stages.index("heard") < stages.index("ended")


def test_a_follow_up_is_about_the_same_screen(walked: tour.Tour) -> None:
    step = walked.steps["follow-up"]
    assert heard(step, tour.Questions.follow_up) and "저장" in step.words("ended"), walked.log
    assert "frozen" not in [one.stage for one in step.told], "the frame of the first question is kept"
    assert step.cited


def test_it_stops_at_once(walked: tour.Tour) -> None:
    step = walked.steps["stopped"]
    assert step.words("ended") == "stopped"
    asked = next(one.at for one in reversed(step.told) if one.stage == "key")
    assert step.told[-1].at - asked < 1.0


def test_a_question_can_be_typed_instead(walked: tour.Tour) -> None:
    step = walked.steps["typed"]
    assert "3월 2일" in step.words("ended") and step.cited, walked.log


def test_a_microphone_that_is_pulled_out_and_put_back_still_hears_the_question(walked: tour.Tour) -> None:
    step = walked.steps["microphone lost"]
    assert heard(step, tour.Questions.spoken) and "일반" in step.words("ended"), walked.log


def test_the_other_monitor_has_its_outline_at_its_own_scale(walked: tour.Tour) -> None:
    step = walked.steps["other monitor"]
    assert heard(step, tour.Questions.spoken) and "일반" in step.words("ended"), walked.log
    there = Box(SIZE[0] // 2 + TAB.x, TAB.y, TAB.width, TAB.height)
    assert step.cited[0].iou(there) > 0.2, step.cited


def test_the_camera_is_asked_about_its_picture(walked: tour.Tour) -> None:
    step = walked.steps["camera"]
    assert heard(step, tour.Questions.camera) and "글꼴" in step.words("ended"), walked.log


def test_the_panel_is_given_the_menu(walked: tour.Tour) -> None:
    if not (shutil.which("xfce4-panel") and shutil.which("gdbus")):
        pytest.skip("xfce4-panel or gdbus is not installed")
    assert all(words in walked.menu for words in ("글로 묻기", "설정…", "끝내기")), walked.menu
