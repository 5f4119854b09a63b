"""Korean text in a stream: never broken on the way, never different at the end."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.korean import Runaway, TextFlow, inert, normalise, numerals, repeats

KOREAN = st.text(
    st.one_of(
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
        st.sampled_from("가각 a<=>e\u0301\u0323\u0338\u3099か😀\u200d\n1ㄱ\ufffd한글\u09c7\u09be"),
        st.characters(exclude_categories=["Cs"]),
    )
)


def flowed(pieces) -> list[str]:
    flow = TextFlow()
    return [*(flow.push(piece) for piece in pieces), flow.end()]


def cut(data, text):
    """`text` cut at places that Hypothesis chooses."""
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]


@given(st.data(), KOREAN)
def test_any_cut_of_any_text_comes_out_as_its_nfc(data, text):
    assert "".join(flowed(cut(data, text))) == unicodedata.normalize("NFC", text)


@given(st.data(), KOREAN)
def test_any_cut_of_its_bytes_comes_out_as_its_nfc(data, text):
    pieces = flowed(cut(data, text.encode()))
    assert "".join(pieces) == unicodedata.normalize("NFC", text)


@given(st.data(), st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)))
def test_korean_cut_anywhere_is_never_shown_broken(data, text):
    decomposed = unicodedata.normalize("NFD", text)
    for pieces in (cut(data, text.encode()), cut(data, decomposed), cut(data, decomposed.encode())):
        shown = flowed(pieces)
        assert "".join(shown) == text
        assert all("가" <= char <= "힣" for piece in shown for char in piece)


@given(KOREAN)
def test_at_most_one_visible_character_waits(text):
    flow, shown = TextFlow(), ""
    for char in text:
        shown += flow.push(char)
    waiting = unicodedata.normalize("NFC", text)[len(shown) :].rstrip("\ufffd")
    assert sum(unicodedata.category(c)[0] != "M" and not 0x1160 <= ord(c) <= 0x11FF for c in waiting) <= 1


def test_a_syllable_split_over_byte_tokens_waits_for_its_rest():
    first, second = "값".encode()[:2], "값".encode()[2:]
    assert flowed([first, second, b"!"]) == ["", "값", "!", ""]


def test_a_decoder_that_rewrites_its_tail_is_followed():
    flow = TextFlow()
    shown = [flow.follow(whole) for whole in ("오\ufffd", "오늘", "오늘은 \ufffd\ufffd", "오늘은 맑음")]
    assert "".join(shown) + flow.end() == "오늘은 맑음"
    assert "\ufffd" not in "".join(shown)


def test_jamo_split_over_pieces_become_one_syllable():
    assert flowed(["ᄒ", "ᅡ", "ᆫ", "ᄀ", "ᅳ", "ᆯ"]) == ["", "", "", "한", "", "", "글"]


def test_nothing_is_lost_at_the_end():
    assert flowed(["끝\ufffd"]) == ["끝", "\ufffd"]
    assert flowed([b"\xea\xb0"]) == ["", "\ufffd"]


def test_lone_surrogates_can_be_written_anywhere():
    assert "".join(flowed(["가\ud800", "나"])).encode() == "가\ufffd나".encode()


@pytest.mark.parametrize("hidden", ["\x1b[31m", "\u202e", "\u2066", "\x07", "\x9b", "\ufeff", "\u200f", "\r"])
def test_terminal_and_direction_controls_are_taken_out(hidden):
    assert not set(inert(f"가{hidden}나")) & set("\x1b\u202e\u2066\x07\x9b\ufeff\u200f\r")


def test_line_feeds_tabs_and_joined_emoji_stay():
    assert inert("가\n\t👨‍👩‍👧") == "가\n\t👨‍👩‍👧"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("저장 버튼", "저장버튼"),
        ("Firefox", "FIREFOX"),
        ("'확인'", "확인."),
        ("세 개", "3개"),
        ("열두 명", "12 명"),
        ("스물한 줄입니다", "21줄입니다"),
        ("12,500원", "12500원"),
        ("Ｆｕｌｌ", "full"),
        (unicodedata.normalize("NFD", "한글"), "한글"),
        ("**굵게**", "굵게"),
        ("1,234,567", "1234567"),
        ("오후 3:05", "오후3:05"),
    ],
)
def test_same_answers_look_the_same(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5", "15"),
        ("3:05", "305"),
        ("-5도", "5도"),
        ("50%", "50"),
        ("C#", "C"),
        ("1/2", "12"),
        ("세 개", "네 개"),
        ("2024-01", "202401"),
        ("a@b.kr", "ab.kr"),
    ],
)
def test_different_answers_stay_different(one, other):
    assert normalise(one) != normalise(other)


@given(st.text())
def test_case_and_outer_blanks_never_matter(text):
    folded = normalise(text)
    assert not any(char.isspace() for char in folded)
    assert normalise(f" «{text}!» ") == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("탭이 세 개 있어요", "탭이 3개 있어요"),
        ("스무 살", "20살"),
        ("서른네 번", "34번"),
        ("전세 개월", "전세 개월"),
        ("두 번째", "2번째"),
        ("한 달", "1달"),
        ("한글 문서", "한글 문서"),
        ("열 줄", "10줄"),
    ],
)
def test_korean_counts_become_digits(text, expected):
    assert numerals(text) == expected


@pytest.mark.parametrize(
    "loop",
    [
        "저장 ",
        "ㅋ",
        "<|n12|>",
        "<|n1|>, <|n2|>, ",
        "같은 문장이 계속해서 반복되고 있습니다. ",
        "가나다라마바사아자차" * 19,
    ],
)
def test_a_loop_is_noticed_however_it_is_cut(loop):
    for size in (1, 3, 7, len(loop), 10_000):
        text, runaway = "처음에는 괜찮았어요. " + loop * 100, Runaway(10**6)
        stops = [runaway.stops_at(text[i : i + size]) for i in range(0, len(text), size)]
        assert any(stops)
        if size < 10:
            assert stops.index(True) * size < 20 + max(5 * len(loop), 60)


@pytest.mark.parametrize(
    "text",
    [
        "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ",
        "-" * 40,
        "1. 파일\n2. 편집\n3. 보기\n4. 삽입\n5. 서식\n6. 도구\n7. 표\n8. 창\n9. 도움말\n",
        "<|n1|>, <|n2|>, <|n3|>, <|n4|>, <|n5|>, <|n6|>, <|n7|>, <|n8|>, <|n9|>",
        "네, 네, 네, 알겠습니다.",
    ],
)
def test_ordinary_answers_are_not_loops(text):
    runaway = Runaway()
    assert not any(runaway.stops_at(char) for char in text)


def test_the_length_cap_counts_characters():
    runaway = Runaway(longest=10)
    assert [runaway.stops_at("가나다라"), runaway.stops_at("마바사아"), runaway.stops_at("자차카")] == [
        False,
        False,
        True,
    ]


def test_repeats_needs_four_copies():
    unit = "이 창을 닫으시겠습니까? 예, 아니요"
    assert not repeats(unit * 3)
    assert repeats(unit * 4)
