"""The ports that a command asks for, loaded when the run first needs them and only once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from assistant.ask import Ports

if TYPE_CHECKING:
    from argparse import Namespace

    from assistant.ports import ScreenReader, Transcriber, VisionModel


def ports(arguments: Namespace, *, speech: bool = False) -> Ports:
    """Model, reader and (when `speech`) transcriber as loaders for one command's arguments."""

    @functools.cache
    def model() -> VisionModel:
        from models.catalogue import open_vision

        return open_vision(arguments.model, arguments.engine, arguments.device)

    @functools.cache
    def transcriber() -> Transcriber:
        from models.catalogue import open_transcriber

        return open_transcriber(getattr(arguments, "stt", None))

    return Ports(model=model, reader=reader, transcriber=transcriber if speech else None)


@functools.cache
def reader() -> ScreenReader:
    """The bundled screen reader."""
    from models.runtimes.screen_reader import ScreenTextReader

    return ScreenTextReader()
