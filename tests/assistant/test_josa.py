"""Particles agree with what is read aloud before them, and nothing else is touched."""

from __future__ import annotations

import pytest

from assistant.josa import Agreement, agreeing, ending


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("저장", "consonant"),
        ("보고서", "vowel"),
        ("파일", "rieul"),
        ("저장(S)", "consonant"),
        ("계속할까요?", "vowel"),
        ("‘열기’", "vowel"),
        ("3", "consonant"),
        ("12,548", "rieul"),
        ("10 %", "vowel"),
        ("25", "vowel"),
        ("report.txt", None),
        ("…", None),
        ("", None),
    ],
)
def test_how_a_text_ends_when_read_aloud(text: str, how: str | None) -> None:
    assert ending(text) == how


@pytest.mark.parametrize(
    ("word", "particle", "right"),
    [
        ("저장", "라는", "이라는"),
        ("열기", "이라는", "라는"),
        ("파일", "으로", "로"),
        ("저장", "로", "으로"),
        ("파일", "는", "은"),
        ("문서", "을", "를"),
        ("서울", "와", "과"),
        ("Wi-Fi", "을", "을"),
        ("저장", "입니다", "입니다"),
    ],
)
def test_the_form_that_fits(word: str, particle: str, right: str) -> None:
    assert agreeing(particle, ending(word)) == right


@pytest.mark.parametrize(
    ("word", "then", "shown"),
    [
        ("저장", "를 누르세요", "을 누르세요"),
        ("저장", "’라는 뜻", "’이라는 뜻"),
        ("저장", " 를 누르세요", " 를 누르세요"),
        ("저장", "가격", "가격"),
        ("저장", "로그인", "로그인"),
        ("문서", "이에요.", "예요."),
        ("문서", "이라는데요", "이라는데요"),
        ("문서", "’’’은", "’’’은"),
    ],
)
def test_only_a_whole_particle_right_behind_the_word_changes(word: str, then: str, shown: str) -> None:
    for pieces in ([then], list(then)):
        agreement = Agreement()
        agreement.quoted(word)
        assert "".join(agreement.push(piece) for piece in pieces) + agreement.settle() == shown


def test_at_most_a_particle_is_held_back() -> None:
    agreement = Agreement()
    agreement.quoted("저장")
    assert agreement.push("’이라") == ""
    assert agreement.push("는 ") == "’이라는 "
    assert agreement.push("를") == "를"
