"""Korean speech to text with OpenVINO GenAI's WhisperPipeline (extra `genai`), from a folder on disk.

Silence gives an empty `Transcript`, and so does what Whisper is known to invent on silence: the same voice detector and the same
list as transcriber_whisper.py. GenAI tells no probability of silence, so a sentence is doubted by its text and compression alone.
Hotwords stand before it as earlier speech. Speech is cut into windows of 30 s where the voice detector hears silence, and decoded
without time tokens: so each token looks at `cancel` (the pipeline refuses a streamer otherwise); times are the voice detector's.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant import prompts
from assistant.cancelling import check
from assistant.errors import DeviceFailed, EngineFailed, ModelMissing
from assistant.frames import Segment, Transcript
from assistant.sound import RATE, resample
from models.runtimes.openvino_graphs import check_whole
from models.runtimes.transcriber_whisper import MOST_HOTWORDS, invented, takes_hotwords, voiced

if TYPE_CHECKING:
    from assistant.frames import Speech
    from assistant.ports import Cancel

GRAPHS = ("encoder_model", "decoder_model", "tokenizer", "detokenizer")
WINDOW = 30.0
"""seconds that Whisper hears at once"""


class OpenVinoWhisper:
    """A `Transcriber`. Errors on opening: `ModelMissing`, `EngineFailed`, `DeviceFailed`.

    `silence_ms` of silence part two stretches of speech; one hypothesis is followed, at temperature 0.
    """

    engine = "openvino"

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        silence_ms: int = 600,
    ) -> None:
        folder = Path(folder)
        if not folder.is_dir():
            raise ModelMissing("model_file_missing", path=str(folder), model=folder.name)
        for graph in GRAPHS:
            check_whole(folder / f"openvino_{graph}.xml")
        self.name, self.device = name or folder.name, device
        self._silence_ms = silence_ms
        self._prompted = not (folder / "config.json").is_file() or takes_hotwords(folder)
        self._pipeline: Any = _load(folder, device, threads)
        if not self._pipeline.get_generation_config().is_multilingual:
            raise EngineFailed("model_unsupported", path=str(folder), model=self.name)

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript:
        """What was said; an empty text where nobody spoke. `hotwords` are words to expect.

        Errors: `EngineFailed`, `Stopped`.
        """
        if self._pipeline is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        started = time.perf_counter()
        check(cancel)
        samples = resample(speech.samples, speech.rate, RATE)
        segments = self._segments(samples, voiced(samples, self._silence_ms), hotwords, cancel)
        text = " ".join(segment.text for segment in segments)
        return Transcript(text, segments, (time.perf_counter() - started) * 1000)

    draft = transcribe
    """the same: one hypothesis is all there is"""

    def clocked(self, samples: np.ndarray, tokens: int) -> float:
        """Seconds of hearing `samples` (16 kHz) and decoding exactly so many tokens, whatever they are."""
        began = time.perf_counter()
        self._generate(samples, max_new_tokens=tokens, ignore_eos=True)
        return time.perf_counter() - began

    def close(self) -> None:
        self._pipeline = None

    def _segments(
        self,
        samples: np.ndarray,
        stretches: list[tuple[int, int]],
        hotwords: Sequence[str],
        cancel: Cancel | None,
    ) -> tuple[Segment, ...]:
        if not stretches:
            return ()
        given: dict[str, object] = {}
        words = hotwords[:MOST_HOTWORDS] if self._prompted else ()
        if expected := " ".join(prompts.plain(word) for word in words):
            given["hotwords"] = expected
        found = []
        for window in windows(stretches):
            spoken = np.concatenate([samples[first:last] for first, last in window])
            told = self._generate(spoken, cancel, **given)
            check(cancel)
            text = prompts.plain(told.texts[0])
            if not invented(text, 0.0, 0.0, compression(text)):
                found.append(Segment(window[0][0] / RATE, window[-1][1] / RATE, text, 1.0))
        return tuple(found)

    def _generate(self, samples: np.ndarray, cancel: Cancel | None = None, **given: object) -> Any:
        import openvino_genai

        status = openvino_genai.StreamingStatus

        def piece(_text: str) -> object:
            return status.CANCEL if cancel is not None and cancel.is_set() else status.RUNNING

        if cancel is not None:
            given["streamer"] = piece
        try:
            return self._pipeline.generate(
                np.ascontiguousarray(samples, np.float32), language="<|ko|>", task="transcribe", **given
            )
        except (RuntimeError, ValueError) as error:
            raise EngineFailed("engine_failed", engine=self.engine, reason=str(error)) from error


def compression(text: str) -> float:
    """Whisper's own measure of a loop: bytes of `text` by those that zlib needs."""
    written = text.encode()
    return len(written) / len(zlib.compress(written)) if written else 0.0


def windows(stretches: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Stretches of speech put together into what Whisper hears at once, in samples; one that is longer is cut."""
    longest, made, room = int(WINDOW * RATE), [], 0
    for start, last in stretches:
        for first in range(start, last, longest):
            piece = (first, min(last, first + longest))
            if piece[1] - piece[0] > room:
                made.append([])
                room = longest
            made[-1].append(piece)
            room -= piece[1] - piece[0]
    return made


def _load(folder: Path, device: str, threads: int) -> Any:
    """A `WhisperPipeline`. Errors: `EngineFailed` engine_not_installed, engine_load_failed, `DeviceFailed` device_failed."""
    try:
        import openvino_genai
    except ImportError as error:
        raise EngineFailed("engine_not_installed", engine="openvino-genai", extra="genai") from error
    options = {"INFERENCE_NUM_THREADS": threads} if device == "CPU" else {}
    try:
        return openvino_genai.WhisperPipeline(str(folder.resolve()), device, **options)
    except (RuntimeError, ValueError) as error:
        if device != "CPU":
            raise DeviceFailed("device_failed", device=device, reason=str(error)) from error
        raise EngineFailed(
            "engine_load_failed", engine="openvino", device=device, path=str(folder), reason=str(error)
        ) from error
