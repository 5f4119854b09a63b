"""The whole way on a real desk, with the bundled models: pressed, captured, spoken, heard, answered, outlined; and what may go wrong.

A key pressed in Xfce's keyboard settings, in Korean, two monitors of different scale, a panel, a compositor, PulseAudio and espeak-ng:
`desktop/bench/tour.py` walks, and this looks at what came of it. Outlines are held against the boxes that the settings themselves
tell screen readers.
"""

from __future__ import annotations

import os
import shutil
import sys

import pytest

from assistant.frames import Box
from desktop.bench import program, tour
from desktop.bench.tray import SIZE
from models.eval.speech import errors
from tests.desktop.conftest import need

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="X11 and PulseAudio are for Linux"
)
TAB, CLOSE, HELP = "동작", "닫기", "도움말"
"""the open tab, the button at the lower right and the one at the lower left"""
AROUND = 10
"""pixels of a monitor of 100 % that an outline may stand out from the control it is drawn around"""
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
        *program.KEYBOARD,
    )
    if not program.WORDS.exists():
        pytest.skip("the Korean words of xfce4-settings are not installed")
    pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)
    pytest.importorskip("faster_whisper", reason="there is no ctranslate2 wheel for this system")
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    if waiting > MOST_WAITING:
        pytest.skip(f"the machine is too busy: {waiting:.0f} programs wait for each core")
    return tour.walk()


def heard(step: tour.Step, question: str) -> bool:
    return errors(question, step.words("heard"))[0] <= 2


def control(step: tour.Step, name: str) -> Box:
    """Where the program says that its control stands."""
    return next(box for told, box in step.controls.items() if told.startswith(name))


def lies_on(outline: Box, place: Box, scale: int = 1) -> bool:
    """The outline's middle is on the control, and none of it far from it."""
    x, y, room = outline.x + outline.width / 2, outline.y + outline.height / 2, AROUND * scale
    return (
        (place.x <= x <= place.right and place.y <= y <= place.bottom)
        and (place.x - room <= outline.x and outline.right <= place.right + room)
        and (place.y - room <= outline.y and outline.bottom <= place.bottom + room)
    )


def test_a_spoken_question_is_heard_answered_and_outlined_where_it_stands(walked: tour.Tour) -> None:
    step = walked.steps["spoken"]
    assert heard(step, tour.Questions.spoken) and TAB in step.words("ended"), walked.log
    assert lies_on(step.cited[0], control(step, TAB)), (step.cited, step.controls)
    stages = [one.stage for one in step.told]
    assert stages.index("key") < stages.index("frozen") < stages.index("heard") < stages.index("ended")


def test_a_follow_up_is_about_the_same_screen(walked: tour.Tour) -> None:
    step = walked.steps["follow-up"]
    assert heard(step, tour.Questions.follow_up) and CLOSE in step.words("ended"), walked.log
    assert "frozen" not in [one.stage for one in step.told], "the frame of the first question is kept"
    assert lies_on(step.cited[0], control(step, CLOSE)), (step.cited, step.controls)


def test_it_stops_at_once(walked: tour.Tour) -> None:
    step = walked.steps["stopped"]
    assert step.words("ended") == "stopped"
    asked = next(one.at for one in reversed(step.told) if one.stage == "key")
    assert step.told[-1].at - asked < 1.0


def test_a_question_can_be_typed_instead(walked: tour.Tour) -> None:
    step = walked.steps["typed"]
    assert HELP in step.words("ended"), walked.log
    assert lies_on(step.cited[0], control(step, HELP)), (step.cited, step.controls)


def test_a_microphone_that_is_pulled_out_and_put_back_still_hears_the_question(walked: tour.Tour) -> None:
    step = walked.steps["microphone lost"]
    assert heard(step, tour.Questions.spoken) and TAB in step.words("ended"), walked.log


def test_the_other_monitor_has_its_outline_at_its_own_scale(walked: tour.Tour) -> None:
    step = walked.steps["other monitor"]
    assert heard(step, tour.Questions.spoken) and TAB in step.words("ended"), walked.log
    there = control(step, TAB)
    assert there.x > SIZE[0] // 2 and lies_on(step.cited[0], there, scale=2), (step.cited, step.controls)


def test_the_camera_is_asked_about_its_picture(walked: tour.Tour) -> None:
    step = walked.steps["camera"]
    assert heard(step, tour.Questions.camera) and "글꼴" in step.words("ended"), walked.log


def test_the_panel_is_given_the_menu(walked: tour.Tour) -> None:
    if not (shutil.which("xfce4-panel") and shutil.which("gdbus")):
        pytest.skip("xfce4-panel or gdbus is not installed")
    assert all(words in walked.menu for words in ("글로 묻기", "설정…", "끝내기")), walked.menu
