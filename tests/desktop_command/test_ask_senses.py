"""`nunchi ask` with the camera, the screen, the microphone and a voice. What needs Qt runs in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from assistant.errors import DeviceFailed
from desktop.command import ask as verb
from desktop.command import looking
from desktop.command.main import main
from tests.fakes import FakeMicrophone, FakeModel, FakeReader, FakeTranscriber, a_frame

SHOT = """
from desktop.command.looking import camera_frame
from assistant.errors import DeviceFailed
try:
    frame = camera_frame()
    print(frame.width, frame.height, frame.source, frame.title, tuple(int(c) for c in frame.image[1, 2]))
except DeviceFailed as error:
    print(error.code)
"""


def shot(**environment: str) -> str:
    pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "NUNCHI_CAMERA"}}
    done = subprocess.run(
        [sys.executable, "-c", SHOT],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.strip()


def test_a_picture_is_taken_and_the_camera_of_the_settings_used(tmp_path: Path) -> None:
    for name, colour in (("one", "#0a141e"), ("two", "#28323c")):
        Image.new("RGB", (64, 48), colour).save(tmp_path / f"{name}.png")
    (tmp_path / "settings.json").write_text('{"camera": "two"}')
    both = os.pathsep.join(str(tmp_path / f"{name}.png") for name in ("one", "two"))
    told = shot(NUNCHI_CAMERA=both, NUNCHI_CONFIG=str(tmp_path))
    assert told == "64 48 camera two (40, 50, 60)"


def test_no_camera_has_its_code(tmp_path: Path) -> None:
    """On a machine with a camera there is nothing to see here."""
    told = shot(NUNCHI_CONFIG=str(tmp_path))
    assert told == "camera_missing" or " camera " in told


def test_the_frame_is_what_is_asked_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], model: FakeModel, reader: FakeReader
) -> None:
    from assistant.ask import Ports

    monkeypatch.setattr(verb, "ports", lambda *_given, **_how: Ports(model, reader))
    monkeypatch.setattr(looking, "camera_frame", lambda: a_frame(80, 60))
    model.say("상자예요.")
    assert main(["ask", "이게 뭐야?", "--camera"]) == 0
    assert capsys.readouterr().out.startswith("상자예요.")
    assert model.received[0][0].width == 80


def test_a_camera_that_fails_ends_with_status_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], model: FakeModel
) -> None:
    from assistant.ask import Ports

    def broken() -> None:
        raise DeviceFailed("camera_denied")

    monkeypatch.setattr(verb, "ports", lambda *_given, **_how: Ports(model))
    monkeypatch.setattr(looking, "camera_frame", broken)
    assert main(["ask", "이게 뭐야?", "--camera"]) == 4
    assert "camera_denied" in capsys.readouterr().err


def test_a_part_of_the_screen_without_what_the_settings_exclude(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: FakeModel, reader: FakeReader
) -> None:
    from assistant.ask import Ports
    from desktop.capture import screen

    opened: list[object] = []

    class Screen:
        def __init__(self, is_excluded: object) -> None:
            opened.append(is_excluded)

        def freeze(self, what: str, region: object = None) -> object:
            opened.append((what, region))
            return a_frame(80, 60)

    (tmp_path / "settings.json").write_text('{"programs_added": ["비밀장부"]}')
    monkeypatch.setenv("NUNCHI_CONFIG", str(tmp_path))
    monkeypatch.setattr(screen, "open_screen", Screen)
    monkeypatch.setattr(verb, "ports", lambda *_given, **_how: Ports(model, reader))
    for way, wanted in (
        (["--screen"], ("screen", None)), (["--window"], ("window", None)), (["--region", "1,2,30,40"], ("region", (1, 2, 30, 40))),
    ):  # fmt: skip
        model.say("표예요.")
        assert main(["ask", "이게 뭐야?", *way]) == 0
        assert opened[-1] == wanted and opened[-2]("", "비밀장부")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--region", "1,2,3"], "region_wrong"), (["--region", "1,2,0,4"], "region_wrong"), (["--region", "가,2,3,4"], "region_wrong"),
        (["--screen", "--window"], "image_twice"), (["--screen", "--mic"], "question_twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(capsys: pytest.CaptureFixture[str], arguments: list[str], code: str) -> None:
    assert main(["ask", "뭐야?", *arguments, "--json"]) == 2
    assert f'"{code}"' in capsys.readouterr().out


def test_the_microphone_asks(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    model: FakeModel,
    reader: FakeReader,
    transcriber: FakeTranscriber,
) -> None:
    from assistant.ask import Ports

    Image.new("RGB", (64, 48), "#ffffff").save(tmp_path / "a.png")
    microphone = FakeMicrophone()
    monkeypatch.setattr(verb, "open_microphone", lambda: microphone)
    monkeypatch.setattr(verb, "ports", lambda *_given, **_how: Ports(model, reader, transcriber))
    transcriber.enqueue("이게 뭐야?")
    model.say("상자예요.")
    assert main(["ask", "--image", str(tmp_path / "a.png"), "--mic"]) == 0
    assert "상자예요." in capsys.readouterr().out and len(microphone.received) == 1


def test_the_microphone_is_the_one_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.command.microphone import open_microphone

    (tmp_path / "settings.json").write_text('{"microphone": "USB 마이크", "silence_ms": 900}')
    monkeypatch.setenv("NUNCHI_CONFIG", str(tmp_path))
    microphone = open_microphone()
    assert microphone.device == "USB 마이크" and microphone.rules.silence_ms == 900 and not microphone.is_open


ALOUD = """
import sys
from PySide6.QtCore import QLocale
import desktop.speaking_voice as module
real = module.SpeakingVoice
module.SpeakingVoice = lambda device="": real(QLocale.Language[sys.argv[1]], device, ["mock"])
from assistant.errors import DeviceFailed
from desktop.command.aloud import Aloud
try:
    with Aloud() as aloud:
        words, say = [], aloud._voice.say
        aloud._voice.say = lambda text: (words.append(text), say(text))
        for piece in ("one ", "two. ", "account 110-234-567890 ", "end"):
            aloud.push(piece)
        aloud.end()
        print("|".join(words), aloud._voice.is_speaking)
except DeviceFailed as error:
    print(error.code)
"""


@pytest.mark.parametrize(
    ("language", "told"), [("English", "one two.|account 가린 번호 end False"), ("Korean", "voice_missing")]
)
def test_an_answer_is_said_to_its_last_word(tmp_path: Path, language: str, told: str) -> None:
    pytest.importorskip("PySide6.QtTextToSpeech", exc_type=ImportError)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "NUNCHI_CONFIG": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ALOUD, language],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.strip() == told


def test_what_is_said_is_what_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: FakeModel, reader: FakeReader
) -> None:
    """And a missing voice is told before anything is asked."""
    from assistant.ask import Ports
    from desktop.command import aloud

    said: list[str] = []

    class Voice:
        def __enter__(self) -> Voice:
            return self

        def __exit__(self, *_told: object) -> None:
            said.append("closed")

        def push(self, piece: str) -> None:
            said.append(piece)

        def end(self, _cancel: object) -> None:
            said.append("end")

    def missing() -> None:
        raise DeviceFailed("voice_missing")

    Image.new("RGB", (64, 48), "#ffffff").save(tmp_path / "a.png")
    monkeypatch.setattr(verb, "ports", lambda *_given, **_how: Ports(model, reader))
    monkeypatch.setattr(aloud, "Aloud", Voice)
    model.say("상자", "예요.")
    asked = ["ask", "이게 뭐야?", "--image", str(tmp_path / "a.png"), "--say"]
    assert main(asked) == 0
    assert said[-2:] == ["end", "closed"] and "".join(said[:-2]) == "상자예요."
    monkeypatch.setattr(aloud, "Aloud", missing)
    assert main(asked) == 4 and len(model.asked) == 1
