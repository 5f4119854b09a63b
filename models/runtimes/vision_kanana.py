"""Kanana-1.5-v through its makers' own code (see published_code.py): a Korean model of Kakao's, tiles of Qwen2-VL's encoder.

Its processor takes a conversation and pictures of its own form (`batch_encode_collate`), where `<image>` is a picture's
place; the screen's lines go before the question, as every chat model gets them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant import prompts
from assistant.errors import EngineFailed
from models.runtimes.picture_size import MOST_PIXELS, fitted
from models.runtimes.transformers_chat import ChatLook
from models.runtimes.vision_transformers_published import PublishedModel

if TYPE_CHECKING:
    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel, Turn

SYSTEM = "The following is a conversation between a curious human and AI assistant."
"""as on its model card"""
LONGEST = 8192
_PLACE = re.compile(r"<\s*image\s*>", re.IGNORECASE)


class Kanana(PublishedModel):
    """A `VisionModel`; see PublishedModel."""

    auto = "AutoModelForVision2Seq"

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> KananaLook:
        """Only keeps the frame: their `generate` takes picture and question together."""
        if self.weights is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        return KananaLook(self, frame, screen_text, self._ideographs)


class KananaLook(ChatLook):
    """A `Look` that only remembers its frame and lines."""

    def conversation(self, question: str, earlier: Sequence[Turn] = ()) -> list[dict[str, str]]:
        """The turns as their processor takes them."""
        told = [_said("system", SYSTEM), _said("user", "<image>")]
        asked = [*(turn.question for turn in earlier), question]
        for number, text in enumerate(asked):
            lines = self._lines if number == 0 else ""
            told.append(_said("user", _PLACE.sub(" ", lines + prompts.plain(text))))
            if number < len(earlier):
                told.append(_said("assistant", _PLACE.sub(" ", earlier[number].answer)))
        return told

    def inputs(self, question: str, earlier: Sequence[Turn]) -> dict[str, Any]:
        from PIL import Image

        picture = fitted(Image.fromarray(self._frame.image), MOST_PIXELS)
        sample = {"image": [picture], "conv": self.conversation(question, earlier)}
        device = self._model.weights.device
        try:
            inputs = self._model.processor.batch_encode_collate(
                [sample], padding_side="left", add_generation_prompt=True, max_length=LONGEST
            )
            return {
                name: value.to(device) if hasattr(value, "to") else value for name, value in inputs.items()
            }
        except Exception as error:  # foreign code may fail in any way
            raise EngineFailed("engine_failed", engine=self._model.engine, reason=str(error)) from error


def _said(role: str, text: str) -> dict[str, str]:
    return {"role": role, "content": text}
