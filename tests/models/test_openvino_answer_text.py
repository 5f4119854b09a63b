"""Text while it is made: whole syllables only, stops, caps, loops, no ideographs in Korean answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import numpy as np
import pytest

from assistant.drafts import Drafts
from assistant.ports import AnswerTimings
from models.runtimes.answer_text import (
    PieceMaker,
    also_barred,
    chosen,
    has_ideograph,
    ideograph_mask,
    looping,
    stream,
)
from models.runtimes.qwen3vl_folder import read_tokenizer
from tests.models.tiny import TINY

TOKENIZER = read_tokenizer(TINY / "tokenizer.json")
END = TOKENIZER.token_to_id("<|im_end|>")
TEXTS = [
    "강릉점 2분기 매출은 <|n12|>입니다.", "뷁쀍 🎉 e\u0301 닫기(&C) 漢字 ①②③", "힣" * 8, "<|n0|><|n250|>", "a", " ",
]  # fmt: skip


def decode(ids: list[int]) -> str:
    return TOKENIZER.decode(ids, skip_special_tokens=False)


def encode(text: str) -> list[int]:
    return TOKENIZER.encode(text, add_special_tokens=False).ids


class Wanting:
    """A model that wants exactly `tokens`: after right ones the next one, after a wrong one nothing but 0."""

    def __init__(self, tokens: list[int]) -> None:
        self.tokens, self.fed, self.steps = tokens, [], 0

    def row(self, place: int) -> np.ndarray:
        right = self.fed[:place] == self.tokens[:place] and place < len(self.tokens)
        return np.eye(TOKENIZER.get_vocab_size(), dtype=np.float32)[self.tokens[place] if right else 0]

    def feed(self, tokens: list[int]) -> np.ndarray:
        self.steps += 1
        first = len(self.fed) + 1
        self.fed += tokens
        return np.stack([self.row(first + n) for n in range(len(tokens))])

    def take_back(self, count: int) -> None:
        del self.fed[len(self.fed) - count :]


def said(
    tokens: list[int],
    *,
    barred: np.ndarray | None = None,
    cancel: Event | None = None,
    most_tokens: int = 500,
    timings: AnswerTimings | None = None,
    drafts: Drafts | None = None,
) -> Iterator[str]:
    """Stream from a model that wants exactly `tokens`, one after the other."""
    model = Wanting(tokens)
    return stream(
        model.row(0),
        model,
        decode=decode,
        stops=frozenset({END}),
        barred=barred,
        drafts=drafts,
        cancel=cancel,
        timings=timings or AnswerTimings(),
        started=time.perf_counter(),
        most_tokens=most_tokens,
    )


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_add_up_and_never_end_inside_a_character(text: str) -> None:
    pieces = list(said([*encode(text), END]))
    assert "".join(pieces) == text
    assert all("\ufffd" not in piece for piece in pieces)


def test_a_syllable_over_three_byte_tokens_comes_out_once_whole() -> None:
    ids = encode("뷁")
    assert len(ids) == 3
    maker = PieceMaker(decode)
    assert [maker.add(token) for token in ids] == ["", "", "뷁"]


def test_a_half_syllable_at_the_end_is_dropped() -> None:
    assert "".join(said([*encode("저장"), *encode("뷁")[:2], END])) == "저장"


def test_a_half_syllable_before_whole_text_is_dropped() -> None:
    assert "".join(said([*encode("뷁")[:1], *encode("저장"), END])) == "저장"


def test_a_stop_token_is_not_said() -> None:
    timings = AnswerTimings()
    assert "".join(said([*encode("네"), END], timings=timings)) == "네"
    assert timings.tokens == len(encode("네"))


def test_a_length_cap_ends_the_answer() -> None:
    assert len("".join(said(encode("a b c d e f g h"), most_tokens=4))) == 4


def test_a_cancel_ends_the_answer_before_the_next_token() -> None:
    cancel = Event()
    pieces = []
    for piece in said(encode("abcdefgh"), cancel=cancel):
        pieces.append(piece)
        if len(pieces) == 3:
            cancel.set()
    assert "".join(pieces) == "abc"


@pytest.mark.parametrize("unit", ["가", "저장 버튼 ", "<|n3|>, "])
def test_a_loop_is_ended(unit: str) -> None:
    endless = (encode(unit) * 400)[:400]
    made = "".join(said(endless, most_tokens=400))
    assert 0 < len(encode(made)) < 150


@pytest.mark.parametrize(
    "text", ["0000-0000-0000-0000", "=" * 20, "하나 둘 셋 넷 다섯 여섯 일곱 여덟", "가나다라마바사" * 3]
)
def test_text_that_only_looks_repetitive_is_let_through(text: str) -> None:
    assert "".join(said([*encode(text), END])) == text


@pytest.mark.parametrize(
    ("ids", "loops"),
    [
        ([], False), ([1] * 31, False), ([1] * 32, True), ([1, 2] * 16, True), ([1, 2] * 15, False),
        (list(range(10)) * 4, True), (list(range(10)) * 3, False), ([9, 9, *[1, 2, 3, 4] * 8], True),
        (list(range(64)) * 4, True), (list(range(65)) * 4, False), ([*[1] * 31, 2], False),
    ],
)  # fmt: skip
def test_looping_needs_four_turns_and_32_tokens(ids: list[int], loops: bool) -> None:
    assert looping(ids) is loops


def test_ideographs_and_their_beginnings_are_masked_and_hangul_is_not() -> None:
    mask = ideograph_mask(TOKENIZER, TOKENIZER.get_vocab_size())
    for token in encode("확인 저장 버튼 뷁 12,500원 abc ① 「」 🎉 <|n3|>"):
        assert not mask[token]
    assert mask[encode("漢")[0]]
    assert mask[encode("金")[0]]
    assert mask.sum() == 6  # this tokenizer has no whole ideographs: the first bytes E4…E9


@pytest.mark.parametrize("text", TEXTS)
def test_guesses_right_wrong_and_half_right_change_no_answer(text: str) -> None:
    wanted = encode(f"화면에 {text} 라고 쓰여 있어요. {text}")
    lines = [encode(line) for line in (text, f"{text}도", text[:3] + "아님", "전혀 다른 말")]
    for seen in ([], *lines, [token for line in lines for token in line]):
        model = Wanting([*wanted, END])
        made = stream(
            model.row(0), model, decode=decode, stops=frozenset({END}), drafts=Drafts(seen),
            timings=AnswerTimings(), started=0.0,
        )  # fmt: skip
        assert "".join(made) == decode(wanted)
        assert model.fed[: len(wanted)] == wanted


def test_quoting_the_screen_takes_fewer_steps_than_tokens() -> None:
    wanted = encode("제목은 2026년 11월 매출 보고서 초안입니다.")
    model, drafts = Wanting([*wanted, END]), Drafts(encode("2026년 11월 매출 보고서 초안"))
    made = stream(
        model.row(0), model, decode=decode, stops=frozenset({END}), drafts=drafts,
        timings=AnswerTimings(), started=0.0,
    )  # fmt: skip
    assert "".join(made) == decode(wanted)
    assert model.steps + drafts.steps_saved == len(wanted)
    assert drafts.steps_saved > len(wanted) / 3


def test_a_barred_guess_is_not_said() -> None:
    bar = np.zeros(TOKENIZER.get_vocab_size(), bool)
    seen = encode("저장 단추 하나")
    bar[seen[-1]] = True
    model = Wanting([*seen, END])
    made = chosen(model.row(0), model, taken := [], bar, Drafts(seen))
    for token in made:
        taken.append(token)
        if len(taken) == len(seen):
            break
    assert not any(bar[token] for token in taken)


def test_a_barred_token_is_never_chosen() -> None:
    size = TOKENIZER.get_vocab_size()
    barred = np.zeros(size, bool)
    barred[encode("漢")[0]] = True
    second = encode("저")[0]
    logits = np.zeros(size, np.float32)
    logits[encode("漢")[0]], logits[second] = 9, 5
    made = stream(
        logits, Wanting([second, END]), decode=decode, stops=frozenset({END}), barred=barred,
        timings=AnswerTimings(), started=0.0,
    )  # fmt: skip
    assert "漢" not in "".join(made)


@pytest.mark.parametrize(
    ("text", "has"), [("漢字", True), ("한자", False), ("カナ", False), ("𠀀", True), ("", False)]
)
def test_what_counts_as_an_ideograph(text: str, has: bool) -> None:
    assert has_ideograph(text) is has


def test_more_tokens_can_be_barred() -> None:
    mask = np.array([False, True, False, False])
    assert also_barred(mask, [3], 4).tolist() == [False, True, False, True]
    assert mask.tolist() == [False, True, False, False]
    assert also_barred(None, [0], 2).tolist() == [True, False]
    assert also_barred(None, [], 2) is None
