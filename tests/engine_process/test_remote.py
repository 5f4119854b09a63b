"""The reader and the transcriber through the pipe: equal to those in this process, and made again where they die."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from assistant.errors import EngineFailed, Stopped
from assistant.frames import Frame, Speech
from models.engine_process.host import EngineHost, Trouble
from models.engine_process.patience import Patience
from models.engine_process.remote import RemoteReader, RemoteTranscriber

Hosted = Callable[..., EngineHost]


def a_picture() -> Frame:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (260, 80), (250, 250, 250))
    ImageDraw.Draw(image).text((15, 20), "Nunchi 2026", fill=(20, 20, 20), font_size=36)
    return Frame(np.asarray(image))


def test_the_screen_is_read_as_in_this_process(hosted: Hosted) -> None:
    from models.runtimes.screen_reader import ScreenTextReader

    frame = a_picture()
    there, here = RemoteReader(hosted()).read(frame), ScreenTextReader().read(frame)
    assert there.lines == here.lines and there.lines[0].text == "Nunchi 2026"
    assert there.milliseconds > 0


def test_speech_arrives_as_it_was(hosted: Hosted) -> None:
    transcriber = RemoteTranscriber(hosted()).open()
    speech = Speech(np.linspace(-0.5, 0.25, 32_000).astype(np.float32))
    assert transcriber.name == "scripted"
    for told in (transcriber.transcribe(speech, ("저장",)), transcriber.draft(speech, ("저장",))):
        assert told.text == "2.00 초, 0.50, 저장"


def test_a_process_that_dies_is_replaced_in_the_middle(hosted: Hosted) -> None:
    host = hosted()
    transcriber = RemoteTranscriber(host).open()
    host.process().end("crashed")
    host.process().end("crashed")
    assert transcriber.transcribe(Speech(np.zeros(16_000, np.float32))).text.startswith("1.00")
    assert host.troubles == [] or host.troubles == [Trouble("engine_restarted")]


def test_a_process_that_always_dies_is_an_error_with_its_code(hosted: Hosted) -> None:
    host = hosted()
    reader = RemoteReader(host, Patience({"read": 0.0}, 0.0))
    with pytest.raises(EngineFailed) as failed:
        reader.read(a_picture())
    assert failed.value.code == "engine_hung" and host.starts == 2
    assert host.troubles == [Trouble("engine_restarted")]


def test_a_cancelled_reading_ends(hosted: Hosted) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Stopped):
        RemoteReader(hosted()).read(a_picture(), cancel)
