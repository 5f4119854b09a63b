"""Latin letters as Koreans say them."""

import pytest

from assistant.asked import chains
from assistant.spelled import spelled


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("시피유", "cpu"),
        ("에이치티엠엘", "html"),
        ("피아이디", "pid"),
        ("아이피", "ip"),
        ("유알엘", "url"),
        ("더블유", None),
        ("파일", None),
        ("", None),
    ],
)
def test_words_that_spell_letters(said: str, meant: str | None) -> None:
    assert spelled(said) == meant


def test_the_letters_stand_beside_the_word_not_in_its_place() -> None:
    assert {"오이", "oe"} <= chains("오이가 얼마야?")
