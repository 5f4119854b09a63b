"""Moondream: answer, describe, find, point, follow a gaze. Version 2 through its makers' own code, 0.5B in onnxruntime.

`encode_image` keeps a picture, `query` and `caption` stream text, `detect`, `point` and `detect_gaze` give places in
shares of the picture: of the makers' class in torch (see published_code.py), or of ours over the graphs of their `.mf`
file (moondream_onnx.py). Here those become a `Look` and pixels. English models with 2,048 places: as much screen text
as fits stands before the question.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import prompts
from assistant.cancelling import check
from assistant.errors import DeviceFailed, EngineFailed, ModelMissing, NunchiError
from assistant.frames import Box, Frame, ScreenText
from assistant.ports import AnswerTimings, LookTimings
from models.pointing import DESCRIBE
from models.runtimes import answer_text
from models.runtimes.moondream_file import find_file, read_file
from models.runtimes.moondream_onnx import PLACES, MoondreamOnnx
from models.runtimes.published_code import loaded_modules, published_class
from models.runtimes.qwen3vl_folder import read_tokenizer
from models.runtimes.vision_transformers import torch_device, torch_offline

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from assistant.ports import Cancel, Turn

PICTURE = 730
"""places a picture takes: the beginning and 27 × 27 patches"""


class Moondream:
    """A `VisionModel` over something with the makers' methods, whatever runs it."""

    engine = ""
    style = "chat"
    points = True
    """its looks are `Pointing` too"""
    name: str
    device: str
    most_tokens: int
    tokenizer: Tokenizer
    published: Any
    """has their methods; None once it is closed"""

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> MoondreamLook:
        """Encode the picture; their code keeps its key-value cache. Errors: `EngineFailed`, `Stopped`."""
        from PIL import Image

        check(cancel)
        started = time.perf_counter()
        encoded = self.call("encode_image", Image.fromarray(frame.image))
        check(cancel)
        look = MoondreamLook(self, encoded, (frame.width, frame.height), screen_text)
        look.timings = LookTimings(encode_ms=(time.perf_counter() - started) * 1000)
        return look

    def call(self, name: str, *given: object, **more: object) -> Any:
        """Their method of that name.

        Errors: `EngineFailed` engine_closed, engine_failed with its words; `ModelMissing` ability_missing.
        """
        if self.published is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        if not hasattr(self.published, name):
            raise ModelMissing("ability_missing", ability=name, model=self.name)
        try:
            return getattr(self.published, name)(*given, **more)
        except NunchiError:
            raise
        except Exception as error:  # foreign code may fail in any way
            raise EngineFailed("engine_failed", engine=self.engine, reason=str(error)) from error

    def close(self) -> None:
        self.published = None


class MoondreamModel(Moondream):
    """Version 2. Errors on opening: `BadInput` code_not_allowed, `ModelMissing`, `EngineFailed`, `DeviceFailed`."""

    engine = "transformers"

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        most_tokens: int = answer_text.MOST_TOKENS,
    ) -> None:
        folder = Path(folder)
        self.name = name or folder.name
        self.device = device
        self.most_tokens = most_tokens
        torch = torch_offline(threads)
        kind = published_class(folder, "AutoModelForCausalLM")
        self.tokenizer = read_tokenizer(folder / "tokenizer.json")
        self._keep_from_the_network(folder)
        try:
            made = kind.from_pretrained(folder, use_safetensors=True, local_files_only=True)
            self.published = made.eval().to(torch_device(torch, device))
        except Exception as error:  # foreign code may fail in any way
            raise EngineFailed(
                "engine_load_failed",
                engine=self.engine,
                device=device,
                path=str(folder),
                reason=str(error),
            ) from error

    def _keep_from_the_network(self, folder: Path) -> None:
        """Their constructor fetches its tokenizer by name; give it the one that lies in the folder."""
        tokenizer = self.tokenizer

        class LocalTokenizer:
            @staticmethod
            def from_pretrained(*_: object, **__: object) -> Tokenizer:
                return tokenizer

        for module in loaded_modules(folder):
            if hasattr(module, "Tokenizer"):
                module.Tokenizer = LocalTokenizer


class MoondreamOnnxModel(Moondream):
    """0.5B, from its `.mf` file, on the CPU. Errors on opening: `ModelMissing`, `EngineFailed`, `DeviceFailed`."""

    engine = "onnxruntime"

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        most_tokens: int = answer_text.MOST_TOKENS,
    ) -> None:
        if device.upper() != "CPU":
            raise DeviceFailed("device_missing", device=device)
        self.name = name or Path(folder).name
        self.device = "CPU"
        self.most_tokens = most_tokens
        file = read_file(find_file(Path(folder)), threads)
        self.tokenizer = file.tokenizer
        self.published = MoondreamOnnx(file)


class MoondreamLook:
    """A `Look` that also describes, finds, points and follows gazes. Boxes and points are in pixels of the frame."""

    def __init__(
        self, model: Moondream, encoded: object, size: tuple[int, int], screen_text: ScreenText
    ) -> None:
        self.timings = LookTimings()
        self.last_answer = AnswerTimings()
        self._model = model
        self._encoded: object | None = encoded
        self._size = size
        self._lines = prompts.shown_lines(screen_text)

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """See `Look.answer`. Each question stands alone: their code keeps no turns. Errors: `EngineFailed`.

        Our own questions for a description, in Korean, become a caption.
        """
        for length, asking in DESCRIBE.items():
            if question.strip() == asking:
                yield from self.describe(length, cancel)
                return
        asked = self._with_lines(prompts.plain(question))
        yield from self._streamed("query", "answer", cancel, question=asked)

    def describe(self, length: str = "normal", cancel: Cancel | None = None) -> Iterator[str]:
        """A caption, short, normal or long. Errors: `EngineFailed`."""
        yield from self._streamed(
            "caption", "caption", cancel, length=length if length in DESCRIBE else "normal"
        )

    def find(self, what: str) -> tuple[Box, ...]:
        """Boxes around everything that is `what`. Errors: `EngineFailed`."""
        found = self._told("detect", "objects", prompts.plain(what))
        return tuple(
            Box(*(self._pixels(one["x_min"], one["y_min"])), *self._extent(one)).clipped(*self._size)
            for one in found
        )

    def point(self, what: str) -> tuple[tuple[int, int], ...]:
        """The middle of everything that is `what`. Errors: `EngineFailed`."""
        return tuple(
            self._pixels(one["x"], one["y"]) for one in self._told("point", "points", prompts.plain(what))
        )

    def gaze(self, eye: tuple[int, int]) -> tuple[int, int] | None:
        """Where the person whose eye is at this pixel looks; None: out of the picture. Errors: `EngineFailed`."""
        at = (eye[0] / self._size[0], eye[1] / self._size[1])
        told = self._told("detect_gaze", "gaze", eye=at)
        return None if told is None else self._pixels(told["x"], told["y"])

    def close(self) -> None:
        self._encoded = None

    def _told(self, method: str, key: str, *given: object, **more: object) -> Any:
        if self._encoded is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        told = self._model.call(method, self._encoded, *given, **more)
        if not isinstance(told, dict) or key not in told:
            raise EngineFailed("engine_failed", engine=self._model.engine, reason=f"{method} gave no {key}")
        return told[key]

    def _streamed(self, method: str, key: str, cancel: Cancel | None, **more: object) -> Iterator[str]:
        """Their pieces as they come, counted and timed; greedy, so that an answer is the same each time."""
        started, timings = time.perf_counter(), AnswerTimings()
        self.last_answer = timings
        settings = {"temperature": 0, "max_tokens": self._model.most_tokens}
        pieces = self._told(method, key, stream=True, settings=settings, **more)
        said, first = "", started
        try:
            for piece in pieces:
                if cancel is not None and cancel.is_set():
                    return
                now = time.perf_counter()
                if not said:
                    first, timings.first_token_ms = now, (now - started) * 1000
                said += piece
                timings.tokens = len(
                    self._model.tokenizer.encode(said).ids
                )  # they hand out words, not tokens
                if now > first:
                    timings.tokens_per_s = timings.tokens / (now - first)
                yield piece
        except (RuntimeError, ValueError, TypeError, IndexError, KeyError) as error:
            raise EngineFailed("engine_failed", engine=self._model.engine, reason=str(error)) from error

    def _with_lines(self, question: str) -> str:
        """The question behind as many lines of the screen as there is room for."""
        count = self._model.tokenizer.encode
        room = PLACES - PICTURE - self._model.most_tokens - len(count(question).ids) - 64
        room -= len(count(prompts.CHAT_INSTRUCTION).ids)
        listed = []
        for number, line in enumerate(self._lines, 1):
            row = f"[{number}] {prompts.plain(line.text)}"
            room -= len(count(f"{row}\n").ids)
            if room < 0:
                break
            listed.append(row)
        return f"{prompts.CHAT_INSTRUCTION}\n\n" * bool(listed) + "\n".join([*listed, question])

    def _pixels(self, x: float, y: float) -> tuple[int, int]:
        width, height = self._size
        return min(max(round(x * width), 0), width), min(max(round(y * height), 0), height)

    def _extent(self, one: dict[str, float]) -> tuple[int, int]:
        left, top = self._pixels(one["x_min"], one["y_min"])
        right, bottom = self._pixels(one["x_max"], one["y_max"])
        return max(0, right - left), max(0, bottom - top)
