"""Wrong answers as a picture."""

import json
from pathlib import Path

from PIL import Image

from models.eval import failures
from models.eval.scoring import Item

FONT = Path(__file__).parents[2] / "desktop" / "fonts" / "Pretendard-Regular.otf"


def answer(number: int, kind: str, right: bool, box: list[int] | None = None) -> dict:
    return {
        "id": f"q{number}", "type": kind, "image": "one.png", "question": "이게 뭐야?", "answer": "몰라요" * 40, "right": right,
        "box": box,
    }  # fmt: skip


def test_kinds_take_turns_and_right_answers_are_left_out() -> None:
    told = [
        answer(1, "read", False),
        answer(2, "read", False),
        answer(3, "count", False),
        answer(4, "app", True),
    ]
    assert [row["id"] for row in failures.chosen(told, 3)] == ["q1", "q3", "q2"]
    assert len(failures.chosen(told, 99)) == 3


def test_a_card_shows_the_screen_the_outline_and_the_words(tmp_path: Path) -> None:
    Image.new("RGB", (1200, 800), "white").save(tmp_path / "one.png")
    told = [answer(1, "read", False, [600, 400, 80, 20]), answer(2, "absent", False)]
    (tmp_path / "answers.json").write_text(json.dumps({"answers": told}), encoding="utf-8")
    items = [
        Item("q1", "one.png", "이게 뭐야?", "read", ("저장",)),
        Item("q2", "one.png", "이게 뭐야?", "absent"),
    ]
    out = tmp_path / "wrong.png"
    assert failures.write(tmp_path / "answers.json", items, tmp_path, font=FONT, out=out, count=9) == 2
    with Image.open(out) as drawn:
        colours = {colour for _, colour in drawn.convert("RGB").getcolors(1 << 24) or []}
    assert (215, 0, 21) in colours and (36, 138, 61) in colours
