"""Vision models that OpenVINO GenAI has a pipeline for: Gemma 3, InternVL, Qwen2-VL and 2.5, LLaVA and more (extra `genai`).

`VLMPipeline` does all of it: it scales the picture, writes the picture's place and the chat template, runs the graphs.
It takes picture, lines and question together and encodes the picture anew for each question (measured), so a look costs
nothing here and an answer everything; families with a pipeline of our own (vision_openvino.py,
vision_openvino_smolvlm.py) do better. It offers no way to bar tokens, so Chinese characters cannot be kept out.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import prompts
from assistant.cancelling import check
from assistant.errors import BadInput, EngineFailed
from assistant.ports import AnswerTimings, LookTimings
from models.runtimes import answer_text, npu_language
from models.runtimes.device_split import NPU
from models.runtimes.genai_folder import BY_PIXELS, PICTURE, PIXELS_A_TOKEN, GenAiFolder, read_folder
from models.runtimes.openvino_graphs import device_options
from models.runtimes.picture_size import MOST_PIXELS, fitted

if TYPE_CHECKING:
    import openvino_genai as genai

    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel, Turn

TICK = 0.02
"""seconds between two looks at cancel"""
_END = None


class GenAiModel:
    """A `VisionModel`. Errors on opening: `ModelMissing`, `EngineFailed`, `DeviceFailed`.

    `precision="f32"` asks for exact arithmetic; a picture of more than `most_pixels` is scaled down first.
    """

    engine = "openvino"
    style = "chat"

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        precision: str | None = None,
        cache_folder: Path | None = None,
        most_pixels: int = MOST_PIXELS,
        most_tokens: int = answer_text.MOST_TOKENS,
    ) -> None:
        self.folder: GenAiFolder = read_folder(Path(folder))
        options = device_options(device, threads, precision, cache_folder)
        if device == NPU:
            limits = npu_language.budget(self.folder.family, self.folder.path)
            most_tokens = min(most_tokens, npu_language.RESPONSE)
            most_pixels = min(most_pixels, limits.most_pixels or most_pixels)
            self.folder = replace(self.folder, longest=limits.text + most_tokens)
            options = npu_language.pipeline_options(cache_folder)
        self.name = name or self.folder.path.name
        self.device = device
        self.most_pixels = most_pixels
        self.image_tokens: int | None = None
        """what a picture may become from now on, where its size decides; None: `most_pixels` (see image_budget.py)"""
        self.most_tokens = most_tokens
        self.turn = threading.Lock()
        self.pipeline: genai.VLMPipeline | None = self._open(options)

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> GenAiLook:
        """Only scales and keeps the frame. Errors: `EngineFailed` engine_closed, `Stopped`."""
        from PIL import Image

        if self.pipeline is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        check(cancel)
        picture = fitted(Image.fromarray(frame.image), self._pixels())
        look = GenAiLook(self, picture, screen_text)
        if self.folder.family in BY_PIXELS:
            tokens = max(1, round(picture.width * picture.height / PIXELS_A_TOKEN))
            look.timings = LookTimings(image_tokens=tokens, fresh_tokens=tokens)
        return look

    def _pixels(self) -> int:
        """That a picture may have: on an NPU never more than it was compiled for, elsewhere what the prompt has room for."""
        if self.image_tokens is None or self.folder.family not in BY_PIXELS:
            return self.most_pixels
        most = self.most_pixels if self.device == NPU else PICTURE * PIXELS_A_TOKEN
        return min(most, self.image_tokens * PIXELS_A_TOKEN)

    def close(self) -> None:
        """Give the memory back once an answer that is still under way has ended."""
        self.pipeline = None

    def _open(self, options: dict[str, object]) -> genai.VLMPipeline:
        try:
            import openvino_genai
        except ImportError as error:
            raise EngineFailed("engine_not_installed", engine="openvino-genai", extra="genai") from error
        try:
            # Not with ATTENTION_BACKEND="SDPA": with that Gemma 3 soon leaves what transformers says (2026.4.1).
            return openvino_genai.VLMPipeline(str(self.folder.path), self.device, **options)
        except (RuntimeError, ValueError) as error:
            raise EngineFailed(
                "engine_load_failed",
                engine=self.engine,
                device=self.device,
                path=str(self.folder.path),
                reason=str(error),
            ) from error


class GenAiLook:
    """A `Look` that keeps its picture and lines for every question."""

    def __init__(self, model: GenAiModel, picture: Any, screen_text: ScreenText) -> None:
        self.timings = LookTimings()
        self.last_answer = AnswerTimings()
        self._model = model
        self._picture: Any | None = picture
        self._lines = prompts.shown_lines(screen_text)

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """See `Look.answer`. Errors: `EngineFailed`, `BadInput` question_too_long."""
        started = time.perf_counter()
        timings = self.last_answer = AnswerTimings()
        if self._picture is None or self._model.pipeline is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        generation = _Generation(self._model, self.messages(question, earlier), self._picture, cancel)
        pieces = answer_text.PieceMaker(self._model.folder.decode)
        first = started
        try:
            for made, token in enumerate(generation.tokens(), 1):
                now = time.perf_counter()
                if made == 1:
                    first, timings.first_token_ms = now, (now - started) * 1000
                elif now > first:
                    timings.tokens_per_s = (made - 1) / (now - first)
                timings.tokens = made
                if piece := pieces.add(token):
                    yield piece
            if rest := pieces.rest():
                yield rest
            timings.prompt_tokens = generation.prompt_tokens
        finally:
            generation.leave()

    def close(self) -> None:
        self._picture = None

    def messages(self, question: str, earlier: Sequence[Turn] = ()) -> list[dict[str, str]]:
        """The conversation: the picture goes with the last message, and so do the screen's lines.

        Where it is too long for the model the oldest turns go first, then lines at the end. Errors: `BadInput`.
        """
        folder, room = self._model.folder, self._model.folder.longest - self._model.most_tokens
        turns, lines = list(earlier), self._lines
        while True:
            told = [
                message
                for turn in turns
                for message in (_said("user", folder.plain(turn.question)), _said("assistant", folder.plain(turn.answer)))
            ]  # fmt: skip
            asked = [*told, _said("user", folder.asked(lines, question))]
            if folder.count("\n".join(message["content"] for message in asked)) <= room:
                return asked
            if turns:
                turns = turns[1:]
            elif lines:
                lines = lines[: len(lines) * 3 // 4]
            else:
                raise BadInput("question_too_long", longest=max(0, room), length=len(question))


class _Generation:
    """`generate` in a thread of its own, its tokens in a queue.

    A stopped one ends at its next token; nobody waits for it but the next question.
    """

    def __init__(
        self, model: GenAiModel, messages: list[dict[str, str]], picture: Any, cancel: Cancel | None
    ) -> None:
        self.prompt_tokens = 0
        self._model, self._messages, self._picture, self._cancel = model, messages, picture, cancel
        self._left = threading.Event()
        self._queue: queue.Queue[int | Exception | None] = queue.Queue()
        self._made: list[int] = []
        self._thread = threading.Thread(target=self._run, name="genai-generate", daemon=True)

    def tokens(self) -> Iterator[int]:
        self._thread.start()
        while True:
            try:
                token = self._queue.get(timeout=TICK)
            except queue.Empty:
                if self._stopped():
                    return
                continue
            if token is _END or self._stopped():
                return
            if isinstance(token, Exception):
                raise EngineFailed("engine_failed", engine=self._model.engine, reason=str(token)) from token
            yield token

    def leave(self) -> None:
        self._left.set()

    def _stopped(self) -> bool:
        return self._left.is_set() or (self._cancel is not None and self._cancel.is_set())

    def _run(self) -> None:
        try:
            with self._model.turn:
                pipeline = self._model.pipeline
                if pipeline is not None and not self._stopped():
                    self.prompt_tokens = self._generate(pipeline)
        except Exception as error:  # handed over and raised where the answer is read
            self._queue.put(error)
        finally:
            self._queue.put(_END)

    def _generate(self, pipeline: genai.VLMPipeline) -> int:
        """Returns how many tokens stood before the answer."""
        import numpy as np
        import openvino
        import openvino_genai

        made, put, stopped = self._made, self._queue.put, self._stopped
        status = openvino_genai.StreamingStatus

        class Streamer(openvino_genai.StreamerBase):
            def write(self, given: int | Sequence[int]) -> openvino_genai.StreamingStatus:
                for token in (given,) if isinstance(given, int) else given:
                    made.append(token)
                    put(token)
                return status.CANCEL if stopped() or answer_text.looping(made) else status.RUNNING

            def end(self) -> None:
                pass

        settings = pipeline.get_generation_config()
        settings.do_sample, settings.num_beams = False, 1
        settings.max_new_tokens = self._model.most_tokens
        # A history of its own each time: one that is kept would be continued, with the old picture in it.
        told = pipeline.generate(
            openvino_genai.ChatHistory(self._messages),
            images=[openvino.Tensor(np.ascontiguousarray(self._picture))],
            generation_config=settings,
            streamer=Streamer(),
        )
        return int(told.perf_metrics.get_num_input_tokens())


def _said(role: str, text: str) -> dict[str, str]:
    return {"role": role, "content": text}
