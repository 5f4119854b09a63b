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

        opened = open_vision(arguments.model, arguments.engine, arguments.device)
        _budget(opened, arguments.model)
        return opened

    @functools.cache
    def transcriber() -> Transcriber:
        from models.catalogue import open_transcriber

        return open_transcriber(getattr(arguments, "stt", None))

    return Ports(model=model, reader=reader, transcriber=transcriber if speech else None)


def _budget(opened: VisionModel, wanted: str | None) -> None:
    """Let it look as long as the settings say, by what looks were measured to cost here. A command learns nothing itself: its one
    look pays for making everything ready."""
    if not hasattr(opened, "image_tokens"):
        return
    from desktop.settings_file import SettingsFile
    from models.catalogue import default_vision, find
    from models.engine_process.look_costs import LookCosts

    entry = find(wanted) if wanted else default_vision()
    found = LookCosts().budget(entry, opened.device, SettingsFile().load().look_seconds)
    opened.image_tokens = found and found.image_tokens


@functools.cache
def reader() -> ScreenReader:
    """The bundled screen reader."""
    from models.runtimes.screen_reader import ScreenTextReader

    return ScreenTextReader()
