"""Several check boxes or radio buttons that were read as one line are parted, other lines are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from assistant.frames import Box, TextLine
from models.runtimes.screen_widgets_parting import with_marks_parted


def row(*things: str) -> tuple[np.ndarray, Box]:
    """A picture of words, rings ("○") and squares ("□") side by side, and the box around them all."""
    picture = Image.new("RGB", (600, 60), "white")
    draw = ImageDraw.Draw(picture)
    x = 20
    for thing in things:
        if thing == "○":
            draw.ellipse((x, 20, x + 14, 34), outline="black")
            x += 22
        elif thing == "□":
            draw.rectangle((x, 20, x + 14, 34), outline="black")
            x += 22
        else:
            draw.text((x, 18), thing, fill="black", font_size=16)
            x += round(draw.textlength(thing, font_size=16)) + 9
    return np.array(picture), Box(19, 18, x - 26, 18)


@pytest.mark.parametrize(("mark", "read"), [("○", "○"), ("○", "O"), ("□", "□")])
def test_a_second_mark_begins_a_line_of_its_own(mark: str, read: str) -> None:
    image, box = row("Right now", mark, "Later today")
    first, second = with_marks_parted(image, [TextLine(f"Right now {read} Later today", box, score=0.9)])
    assert (first.text, second.text) == ("Right now", f"{read} Later today")
    assert first.box.right < second.box.x
    assert first.box.x == box.x
    assert second.box.right == box.right
    assert abs(second.box.x - (box.x + 77)) < 12
    assert second.score == pytest.approx(0.9)


def test_a_ring_that_is_part_of_a_word_or_not_there_parts_nothing() -> None:
    image, box = row("Model", "Beta", "three")
    for text in ("Model Oeta three", "Model O three", "ModelO three", "Model three"):
        line = TextLine(text, box)
        assert with_marks_parted(image, [line]) == [line], text


def test_the_first_mark_of_a_line_stays_with_its_text() -> None:
    image, box = row("□", "One", "□", "Two")
    parts = with_marks_parted(image, [TextLine("□ One □ Two", box)])
    assert [part.text for part in parts] == ["□ One", "□ Two"]
