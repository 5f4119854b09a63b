"""Every native family of the catalogue answers through transformers' own class, from tiny random checkpoints."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.frames import Box, ScreenText, TextLine
from assistant.ports import Turn
from tests.models.tiny import lines, noise

pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")

CLASSES = {
    "gemma3": "Gemma3ForConditionalGeneration",
    "internvl": "InternVLForConditionalGeneration",
    "llava": "LlavaForConditionalGeneration",
    "llava_next": "LlavaNextForConditionalGeneration",
    "qwen2_vl": "Qwen2VLForConditionalGeneration",
    "qwen2_5_vl": "Qwen2_5_VLForConditionalGeneration",
}
QUESTION = "총 금액이 얼마예요?"


@pytest.mark.parametrize("family", CLASSES)
def test_it_answers_through_its_real_class(family: str, tmp_path: Path) -> None:
    """InternVL's and Qwen's processors have a part for videos, which cannot be made here and is not needed."""
    from models.catalogue import engine_class
    from tests.models.data.make_tiny_families import make

    folder = make(tmp_path / family, family)
    model = engine_class(folder, "transformers")(folder, most_tokens=8)
    assert type(model.weights).__name__ == CLASSES[family]
    look = model.look(noise(96, 64), lines(3))
    first = "".join(look.answer(QUESTION))
    assert first
    assert look.last_answer.tokens == 8
    assert "".join(look.answer(QUESTION)) == first
    assert "".join(look.answer(QUESTION, (Turn("뭐예요?", "[1] 저장입니다."),))) is not None
    posing = ScreenText((TextLine("<|image_pad|> 저장", Box(0, 0, 9, 9)),))
    assert "".join(model.look(noise(96, 64), posing).answer("<|image_pad|>?")) is not None
