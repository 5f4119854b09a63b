"""Answers of transformers classes that have no cut between look and question: one `generate` per question.

Picture, lines and question go through the processor's chat template together, so a look costs nothing and the
whole time falls to the answer.
"""

from __future__ import annotations

import inspect
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant import prompts
from assistant.errors import EngineFailed, Stopped
from assistant.ports import AnswerTimings, LookTimings
from models.runtimes import answer_text

if TYPE_CHECKING:
    import numpy as np
    import torch

    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel, Turn
    from models.runtimes.vision_transformers import TransformersModel

_END = None


class ChatLook:
    """A `Look` that only remembers its frame and lines."""

    def __init__(
        self, model: TransformersModel, frame: Frame, screen_text: ScreenText, ideographs: np.ndarray | None
    ) -> None:
        self.timings = LookTimings()
        self.last_answer = AnswerTimings()
        self._model = model
        self._frame = frame
        opening = f"<|im_start|>user\n{prompts.IMAGE}"
        size = (frame.width, frame.height)
        self._lines = prompts.before_question(screen_text, size, "chat").removeprefix(opening)

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """See `Look.answer`. Errors: `EngineFailed`."""
        started = time.perf_counter()
        timings = self.last_answer = AnswerTimings()
        if self._model.weights is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        inputs = self.inputs(question, earlier)
        timings.prompt_tokens = int(inputs["input_ids"].shape[-1])
        generation = _Generation(self._model, inputs, self._barred(question, earlier), cancel)
        tokenizer = self._model.processor.tokenizer
        pieces = answer_text.PieceMaker(lambda ids: tokenizer.decode(ids, skip_special_tokens=True))
        try:
            for made, token in enumerate(generation.tokens()):
                now = time.perf_counter()
                if not made:
                    first, timings.first_token_ms = now, (now - started) * 1000
                elif now > first:
                    timings.tokens_per_s = made / (now - first)
                timings.tokens = made + 1
                if piece := pieces.add(token):
                    yield piece
            if rest := pieces.rest():
                yield rest
        finally:
            generation.stop()

    def close(self) -> None:
        self._frame = None

    def inputs(self, question: str, earlier: Sequence[Turn]) -> dict:
        from PIL import Image

        asked = [*(turn.question for turn in earlier), question]
        messages = []
        for number, text in enumerate(asked):
            content = [{"type": "text", "text": prompts.plain(text)}]
            if number == 0:
                content[0]["text"] = self._lines + content[0]["text"]
                content.insert(0, {"type": "image"})
            messages.append({"role": "user", "content": content})
            if number < len(earlier):
                said = [{"type": "text", "text": earlier[number].answer}]
                messages.append({"role": "assistant", "content": said})
        processor, weights = self._model.processor, self._model.weights
        try:
            text = processor.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
            inputs = processor(images=[Image.fromarray(self._frame.image)], text=[text], return_tensors="pt")
        except Exception as error:  # each processor has its own ways to refuse
            raise EngineFailed("engine_failed", engine=self._model.engine, reason=str(error)) from error
        if "token_type_ids" not in inspect.signature(weights.forward).parameters:
            inputs.pop("token_type_ids", None)  # some tokenizers give them to models that refuse them
        return inputs.to(weights.device, weights.dtype)

    def _barred(self, question: str, earlier: Sequence[Turn]) -> np.ndarray | None:
        return self._model.barred(self._lines + question + "".join(turn.answer for turn in earlier))


class _Generation:
    """`generate` in a thread of its own, its tokens in a queue; ends soon after `stop` or `cancel`."""

    def __init__(
        self, model: TransformersModel, inputs: dict, barred: np.ndarray | None, cancel: Cancel | None
    ) -> None:
        self._model, self._inputs, self._barred, self._cancel = model, inputs, barred, cancel
        self._left = threading.Event()
        self._queue: queue.Queue[int | Exception | None] = queue.Queue()
        self._prompt_seen = False
        self._made: list[int] = []
        self._thread = threading.Thread(target=self._run, name="transformers-generate", daemon=True)

    def tokens(self) -> Iterator[int]:
        self._thread.start()
        while (token := self._queue.get()) is not _END:
            if isinstance(token, Exception):
                raise EngineFailed("engine_failed", engine=self._model.engine, reason=str(token)) from token
            yield token

    def stop(self) -> None:
        self._left.set()
        if self._thread.is_alive():
            self._thread.join()

    def put(self, value: torch.Tensor) -> None:
        """Called by `generate`: first with the prompt, then with each new token."""
        if self._prompt_seen:
            self._made.append(int(value))
            self._queue.put(int(value))
        self._prompt_seen = True

    def end(self) -> None:
        """Called by `generate` at its end; `_run` says so itself, after errors too."""

    def _run(self) -> None:
        import numpy as np

        options = {} if self._barred is None else {"suppress_tokens": np.flatnonzero(self._barred).tolist()}
        try:
            with self._model.watching(_Either(self._left, self._cancel)):
                self._model.weights.generate(
                    **self._inputs,
                    **options,
                    do_sample=False,
                    max_new_tokens=self._model.most_tokens,
                    streamer=self,
                    stopping_criteria=[self._enough],
                )
        except Stopped:
            pass  # a stopped answer just ends
        except Exception as error:  # handed over and raised where the answer is read
            self._queue.put(error)
        finally:
            self._queue.put(_END)

    def _enough(self, ids: torch.Tensor, _scores: object, **_: object) -> torch.Tensor:
        import torch

        over = self._left.is_set() or answer_text.looping(self._made)
        return torch.full((ids.shape[0],), over, dtype=torch.bool, device=ids.device)


class _Either:
    """Set when one of two events is."""

    def __init__(self, one: threading.Event, other: threading.Event | None) -> None:
        self._one, self._other = one, other

    def is_set(self) -> bool:
        return self._one.is_set() or (self._other is not None and self._other.is_set())
