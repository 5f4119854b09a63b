"""Tries a device out before it is first used: opens the model there, looks at a picture, answers a question. In a process of its own.

What comes of it is remembered (`known.py`), a crash and a hang too. The process stands back behind everything else; a first
compilation for an NPU may take ten minutes, while another device answers. What is compiled stays for the real thing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from assistant.cancelling import check
from assistant.errors import NunchiError, Stopped
from assistant.frames import Box, Frame, ScreenText, TextLine
from assistant.ports import Cancel
from models.engine_process import values
from models.engine_process.child import BEHIND
from models.engine_process.compiled import Compiled
from models.engine_process.known import Known, Probed
from models.engine_process.ladder import LAST, is_the_devices
from models.engine_process.patience import FIRST
from models.engine_process.process import EngineProcess, Gone, command

QUESTION = "이 창 제목이 뭐야?"
ROWS = 12
log = logging.getLogger(__name__)


def start_behind() -> EngineProcess:
    return EngineProcess([*command(), BEHIND])


def probe(
    model: str,
    device: str,
    known: Known,
    compiled: Compiled,
    *,
    cancel: Cancel | None = None,
    progress: Callable[[str, int, int], None] = lambda stage, compiled, graphs: None,
    start: Callable[[], EngineProcess] = start_behind,
) -> Probed:
    """What was found, by now remembered; `progress` is told open, compile (NPU), look and answer as they begin, and
    while compiling how many graphs of how many are ready.

    Errors: `Stopped`, and nothing is remembered; what is wrong with the model itself.
    """
    try:
        found = _tried(model, device, compiled, cancel=cancel, progress=progress, start=start)
    except Gone as gone:
        if compiled.empty(device):  # an older driver's, that did not say it is another one
            return probe(model, device, known, compiled, cancel=cancel, progress=progress, start=start)
        found = Probed(fault=gone.reason)
    except Stopped:
        raise
    except NunchiError as error:
        if not is_the_devices(error):
            raise
        found = Probed(fault=error.code)
    log.info("%s on %s: %s", model, device, found.fault or f"a question in {found.question_ms:.0f} ms")
    known.keep(device, model, found)
    return found


def _tried(
    model: str,
    device: str,
    compiled: Compiled,
    *,
    cancel: Cancel | None,
    progress: Callable[[str, int, int], None],
    start: Callable[[], EngineProcess],
) -> Probed:
    check(cancel)
    process = start()
    try:
        progress("open", 0, 0)
        began, cache = time.monotonic(), compiled.folder(device)
        given = {
            "name": model,
            "engine": None,
            "device": device,
            "cache": cache and str(cache),
            "whole": device.partition(".")[0] != "NPU",
        }
        number = process.call("open_vision", given, cancel=cancel, seconds=FIRST["open"])["model"]
        if (
            device.partition(".")[0] == "NPU"
        ):  # its encoder is compiled behind the model, and kept for the next start
            _settled(process, number, progress, cancel)
        opened = time.monotonic()
        progress("look", 0, 0)
        text = values.screen_text_told(screen_text())
        for shade in (
            245,
            235,
        ):  # the first one also makes memory and kernels ready; a picture seen before would not be encoded
            frame, began_look = picture(shade), time.monotonic()
            look = process.call(
                "look", {"model": number, "text": text}, frame=frame, cancel=cancel, seconds=FIRST["look"]
            )
        looked = time.monotonic()
        progress("answer", 0, 0)
        stream = process.pieces(
            "answer", {"look": look["look"], "question": QUESTION, "earlier": []}, cancel=cancel,
            seconds=FIRST["first"],
        )  # fmt: skip
        first, timings = None, None
        while timings is None:
            try:
                next(stream)
                first = first or time.monotonic()
            except StopIteration as end:
                timings = process.understood(lambda told: values.answer_timings(told["timings"]), end.value)
        return Probed(
            load_ms=1000 * (opened - began), look_ms=1000 * (looked - began_look),
            first_token_ms=1000 * ((first or time.monotonic()) - looked), tokens_per_s=timings.tokens_per_s,
        )  # fmt: skip
    finally:
        process.close()


def _settled(
    process: EngineProcess, model: int, progress: Callable[[str, int, int], None], cancel: Cancel | None
) -> None:
    """Wait until everything is compiled, and tell of each graph. Errors: `Gone`, `Stopped`, EngineFailed."""
    stream = process.pieces(
        "settle", {"model": model}, cancel=cancel, seconds=FIRST["open"], between=FIRST["open"]
    )
    for told, ready in stream:
        graphs = process.understood(lambda told: int(told["graphs"]), {"graphs": told})
        progress("compile", ready, graphs)


def probe_transcriber(
    model: str,
    known: Known,
    *,
    cancel: Cancel | None = None,
    start: Callable[[], EngineProcess] = start_behind,
) -> Probed:
    """How fast a form of a speech model hears on the CPU, remembered as its first token; a fault where it does not.

    Errors: `Stopped`, and nothing is remembered.
    """
    check(cancel)
    process = start()
    try:
        told = process.call("open_transcriber", {"name": model}, cancel=cancel, seconds=FIRST["open"])
        told = process.call(
            "clock_transcriber", {"transcriber": told["transcriber"]}, cancel=cancel, seconds=FIRST["open"]
        )
        found = Probed(first_token_ms=process.understood(lambda told: values.number(told["ms"]), told))
    except Gone as gone:
        found = Probed(fault=gone.reason)
    except Stopped:
        raise
    except NunchiError as error:
        found = Probed(fault=error.code)
    finally:
        process.close()
    log.info("%s hears: %s", model, found.fault or f"three seconds in {found.first_token_ms:.0f} ms")
    known.keep(LAST, model, found)
    return found


def screen_text() -> ScreenText:
    return ScreenText(
        tuple(
            TextLine(f"Nunchi line {row + 1}: 0123456789", Box(60, 40 + 50 * row, 420, 24))
            for row in range(ROWS)
        )
    )


def picture(shade: int = 245) -> Frame:
    """A 1280 × 720 picture with the lines of `screen_text` in Pillow's own font, on a grey of that level."""
    import numpy as np
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1280, 720), (shade, shade, shade))
    draw: Any = ImageDraw.Draw(image)
    for line in screen_text().lines:
        draw.text((line.box.x, line.box.y), line.text, fill=(20, 20, 20), font_size=22)
    return Frame(np.asarray(image))
