"""A Korean question spoken by espeak-ng, through PulseAudio, the microphone and the bundled models, to the outline on the screen.

Nothing is downloaded and nothing is faked but the screen, which is a real picture of examples/.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.ask import Ports
from assistant.endpointing import Rules
from assistant.frames import Box
from desktop.capture.values import ScreenFrame
from models import catalogue
from models.eval.speech import errors
from models.runtimes.voice_activity import SileroVoice
from tests.desktop.conftest import Sound, need, sound, sound_server  # noqa: F401 - fixtures
from tests.desktop_app.standins import StandInKeys, StandInScreen

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PulseAudio is for Linux")
pytest.importorskip("faster_whisper", reason="there is no ctranslate2 wheel for this system")
PICTURE = Path(__file__).parents[2] / "examples" / "appearance.png"
QUESTION = "지금 어느 탭이 열려 있어?"
CITED = "글꼴"
KEY = "Ctrl+Alt+N"


class Listener:
    """The app with its real ears, eyes and model."""

    def __init__(self, until: Callable) -> None:
        from desktop.app import App
        from desktop.microphone import SpeechMicrophone
        from desktop.parts import Parts
        from models.runtimes.screen_reader import ScreenTextReader

        pixels = np.asarray(Image.open(PICTURE).convert("RGB"))
        place = Box(0, 0, pixels.shape[1], pixels.shape[0])
        self.until = until
        self.screen = StandInScreen(ScreenFrame(pixels, source="screen", place=place))
        self.microphone = SpeechMicrophone(SileroVoice().stream, Rules(silence_ms=500))
        self.keys: StandInKeys | None = None
        ports = Ports(  # loaded here: nobody waits 20 s for a question on a busy machine
            catalogue.open_vision(catalogue.BUNDLED / "nunchi-mini"),
            ScreenTextReader(),
            catalogue.open_transcriber(catalogue.BUNDLED / catalogue.SYNTHETIC),
        )
        self.app = App(
            Parts(ports, lambda: self.screen, lambda level: lambda: self.microphone, self._keys),
            composited=True,
        )
        until(lambda: self.app.keys.backend is not None, "the keys")

    def _keys(self, on_event: Callable) -> StandInKeys:
        self.keys = StandInKeys(on_event)
        return self.keys

    def hears(self, loudspeaker: Sound, path: Path) -> None:
        """The key is pressed, the words are played, and the card ends."""
        self.keys.press(KEY)
        self.until(lambda: self.microphone.is_open and self.microphone.wait_ready(0.0), "the microphone")
        loudspeaker.play(path)
        self.until(lambda: self.app.card.answer and not self.app.card._running, "an answer")


@pytest.fixture
def loudspeaker(sound: Sound) -> Sound:  # noqa: F811
    return sound


@pytest.fixture
def listener(qt: object, until: Callable, loudspeaker: Sound, no_threads_left: None) -> Iterator[Listener]:
    listener = Listener(until)
    yield listener
    listener.app.close()
    listener.microphone.close()


def test_a_spoken_question_is_heard_answered_and_outlined(
    listener: Listener, loudspeaker: Sound, tmp_path: Path
) -> None:
    need("espeak-ng")
    path = tmp_path / "question.wav"
    subprocess.run(["espeak-ng", "-v", "ko", "-s", "160", "-w", str(path), QUESTION], check=True)
    listener.hears(loudspeaker, path)
    card = listener.app.card
    assert errors(QUESTION, card.heard_text)[0] <= 2, card.heard_text
    assert CITED in card.answer
    wanted = listener.app.pointing.outlines[0].box
    assert card.cited and wanted.width > 0 and wanted.height > 0
