"""Korean speech to text with faster-whisper, from a folder on disk; a model name is never passed on.

Silence gives an empty `Transcript`, and so does what Whisper is known to invent on silence. Endpointing while
somebody still speaks is not done here.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant import prompts
from assistant.cancelling import check
from assistant.errors import DeviceFailed, EngineFailed, ModelMissing
from assistant.frames import Segment, Transcript
from assistant.sound import RATE, resample
from models.manifest import weights_kind
from models.runtimes.qwen3vl_folder import read_json

if TYPE_CHECKING:
    from assistant.frames import Speech
    from assistant.ports import Cancel

NEEDED = ("model.bin", "config.json", "tokenizer.json")
"""Without tokenizer.json faster-whisper would ask the model hub for one."""

MOST_HOTWORDS = 60
_PUNCTUATION = re.compile(r"[\s.,!?~…·'\"“”‘’♪()\[\]-]+")
_INVENTED = re.compile(
    r"(지금까지|오늘도|끝까지)?(영상)?시청(해|하여)?(주셔서|주신여러분)?(정말)?(감사|고맙)(합니다|드립니다|습니다)"
    r"|(구독|좋아요|알림설정)(과|와|및|,)?(구독|좋아요|알림설정)*(은|을|를|도|까지)?(꼭)?(부탁드립니다|부탁드려요|눌러주세요)"
    r"|(MBC|KBS|SBS|YTN|JTBC|TV조선|채널A|MBN)뉴스[가-힣]{2,4}(기자)?(입니다|이었습니다|였습니다)"
    r"|다음(영상|시간|주)(에서|에)?(또)?(만나요|뵙겠습니다|뵐게요|만나뵙겠습니다)"
    r"|(한글|영상)?자막(제공|제작|편집|by)([A-Za-z]{2,12}|[가-힣]{2,4})?(및광고를포함하고있습니다|입니다)?"
    r"|이시각세계였습니다|날씨였습니다"
)
_THIN = re.compile(r"(네|예|음|아|어|감사합니다|고맙습니다|안녕히계세요)+")
"""Short courtesies that people do say; dropped only where the model itself doubts that anybody spoke."""


TAKES_HOTWORDS = "hotwords"
"""in the model's config.json, false where it was trained without earlier text: words to expect would only confuse it"""


class WhisperTranscriber:
    """A `Transcriber`. Errors on opening: `ModelMissing`, `EngineFailed`, `DeviceFailed`.

    `silence_ms` of silence part two stretches of speech; `beam` hypotheses are followed, at temperature 0.
    """

    engine = "faster-whisper"

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        compute_type: str = "int8",
        silence_ms: int = 600,
        beam: int = 5,
    ) -> None:
        folder = Path(folder)
        _check_folder(folder)
        self.name = name or folder.name
        self.device = device
        self._silence_ms = silence_ms
        self._beam = beam
        self._model: Any = _load(folder, device, threads, compute_type)
        if not self._model.model.is_multilingual:
            raise EngineFailed("model_unsupported", path=str(folder), model=self.name)
        self._suppressed = _suppressed_tokens(self._model.hf_tokenizer)
        self._prompted = takes_hotwords(folder)

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript:
        """What was said; an empty text where nobody spoke. `hotwords` are words to expect.

        Errors: `EngineFailed`, `Stopped`.
        """
        return self._transcribe(speech, hotwords, cancel, self._beam)

    def draft(self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None) -> Transcript:
        """The same with one hypothesis only: to be shown while somebody still speaks."""
        return self._transcribe(speech, hotwords, cancel, 1)

    def _transcribe(
        self, speech: Speech, hotwords: Sequence[str], cancel: Cancel | None, beam: int
    ) -> Transcript:
        if self._model is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        started = time.perf_counter()
        check(cancel)
        samples = resample(speech.samples, speech.rate, RATE)
        segments = tuple(self._segments(samples, hotwords, cancel, beam)) if self._anybody(samples) else ()
        text = " ".join(segment.text for segment in segments)
        return Transcript(text, segments, (time.perf_counter() - started) * 1000)

    def clocked(self, samples: np.ndarray, tokens: int) -> float:
        """Seconds of hearing `samples` (16 kHz) and decoding exactly so many tokens with one hypothesis, whatever they are."""
        from faster_whisper.audio import pad_or_trim

        began, model, ids = time.perf_counter(), self._model, self._model.hf_tokenizer.token_to_id
        prompt = [
            ids(token) for token in ("<|startoftranscript|>", "<|ko|>", "<|transcribe|>", "<|notimestamps|>")
        ]
        model.model.generate(
            model.encode(pad_or_trim(model.feature_extractor(samples))), [prompt], beam_size=1,
            max_length=len(prompt) + tokens, suppress_tokens=[ids("<|endoftext|>")],
        )  # fmt: skip
        return time.perf_counter() - began

    def close(self) -> None:
        self._model = None

    def _anybody(self, samples: np.ndarray) -> bool:
        """Whether the voice detector hears speech at all: cheap beside an encoder run over 30 s of silence."""
        return bool(voiced(samples, self._silence_ms))

    def _segments(
        self, samples: np.ndarray, hotwords: Sequence[str], cancel: Cancel | None, beam: int
    ) -> Iterator[Segment]:
        seconds = len(samples) / RATE  # Whisper hears 30 s; what begins in the padding, nobody said
        words = hotwords[:MOST_HOTWORDS] if self._prompted else ()
        expected = " ".join(prompts.plain(word) for word in words)
        try:
            found, _ = self._model.transcribe(
                samples,
                language="ko",
                task="transcribe",
                beam_size=beam,
                temperature=0.0,
                condition_on_previous_text=False,
                vad_filter=True,
                vad_parameters=self._vad(),
                hotwords=expected or None,
                suppress_tokens=self._suppressed,
            )
            for segment in found:
                check(cancel)
                text = prompts.plain(segment.text)
                if segment.start < seconds and not invented(
                    text, segment.no_speech_prob, segment.avg_logprob, segment.compression_ratio
                ):
                    confidence = min(1.0, math.exp(segment.avg_logprob))
                    yield Segment(segment.start, min(segment.end, seconds), text, confidence)
        except (RuntimeError, ValueError) as error:
            raise EngineFailed("engine_failed", engine=self.engine, reason=str(error)) from error
        check(cancel)

    def _vad(self) -> dict[str, int]:
        return _voice_options(self._silence_ms)


def voiced(samples: np.ndarray, silence_ms: int) -> list[tuple[int, int]]:
    """(first, last) sample of each stretch in which the voice detector hears speech, `silence_ms` of silence between them."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    found = get_speech_timestamps(samples, VadOptions(**_voice_options(silence_ms)))
    return [(one["start"], one["end"]) for one in found]


def _voice_options(silence_ms: int) -> dict[str, int]:
    return {"min_silence_duration_ms": silence_ms, "speech_pad_ms": 200}


def invented(text: str, no_speech: float, mean_log_probability: float, compression: float) -> bool:
    """Whether Whisper made `text` up: a sentence it is known for, a loop, or one that it doubts itself.

    Thresholds are Whisper's own (0.6, -1.0, 2.4), stricter for courtesies.
    """
    bare = _PUNCTUATION.sub("", text)
    if not bare or _INVENTED.fullmatch(bare):
        return True
    if _THIN.fullmatch(bare) and (no_speech > 0.3 or mean_log_probability < -0.7):
        return True
    return compression > 2.4 or (no_speech > 0.6 and mean_log_probability < -1.0)


def takes_hotwords(folder: Path) -> bool:
    """Errors: `ModelMissing` where config.json is no JSON object."""
    return read_json(folder / "config.json").get(TAKES_HOTWORDS) is not False


def _suppressed_tokens(tokenizer: Any) -> list[int]:
    """faster-whisper's own list, or none for a tokenizer without merges for " -".

    There the list would hold the space itself, and every word would run into the next.
    """
    dash, space = (tokenizer.encode(text, add_special_tokens=False).ids for text in (" -", " "))
    return [] if dash[:1] == space[:1] else [-1]


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise ModelMissing("model_file_missing", path=str(folder), model=folder.name)
    if weights_kind(folder) != "ctranslate2":
        raise ModelMissing("model_format_refused", path=str(folder), model=folder.name)
    for name in NEEDED:
        if not (folder / name).is_file():
            raise ModelMissing("model_file_missing", path=str(folder / name), model=folder.name)


def _load(folder: Path, device: str, threads: int, compute_type: str) -> Any:
    """A `WhisperModel`. Errors: `EngineFailed` engine_not_installed, `ModelMissing` model_file_altered."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    places = {"CPU": "cpu", "GPU": "cuda"}
    if device not in places:
        raise DeviceFailed("device_missing", device=device)
    try:
        from faster_whisper import WhisperModel
    except ImportError as error:
        raise EngineFailed("engine_not_installed", engine="faster-whisper", extra="") from error
    try:
        return WhisperModel(
            str(folder.resolve()),
            device=places[device],
            compute_type=compute_type,
            cpu_threads=threads,
            local_files_only=True,
        )
    except Exception as error:  # ctranslate2 and tokenizers raise RuntimeError, ValueError or bare Exception
        if device != "CPU":
            raise DeviceFailed("device_failed", device=device, reason=str(error)) from error
        raise ModelMissing("model_file_altered", path=str(folder / "model.bin"), model=folder.name) from error
