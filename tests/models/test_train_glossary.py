"""Making the glossary: strings put into one form, one Korean text chosen, and the questions asked with it."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import pytest

from assistant.evidence import Citations
from assistant.frames import ScreenText
from assistant.glossary import Entry, Glossary
from assistant.phrases import Phrases
from assistant.prompts import NEEDS_BIGGER_MODEL
from models.glossary import BUNDLED, bundled_glossary
from models.train.glossary.__main__ import build
from models.train.glossary.choosing import by_hand, chosen, with_words
from models.train.glossary.pairs import Pair, tidy
from models.train.glossary.words import Bond, bonds
from models.train.mini.glossary_questions import meaning_questions, raw_answer
from tests.models.mini_pools import POOLS


@pytest.mark.parametrize(
    ("source", "korean", "pair"),
    [
        ("Save _As...", "다른 이름으로 저장(A)...", ("save as", "다른 이름으로 저장")),
        ("&Open:", "열기(&O):", ("open", "열기")),
        (
            "Could not open “%s”.",
            "“%s”을(를) 열 수 없습니다.",
            ("could not open *1", "“*1”을(를) 열 수 없습니다"),
        ),
        ("Copy {0} to {1}", "{1}에 {0} 복사", ("copy *1 to *2", "*2에 *1 복사")),
        ("$1 was saved", "$1이/가 저장되었습니다", ("*1 was saved", "*1이(가) 저장되었습니다")),
        ("Don't save", "저장 안 함", ("don't save", "저장 안 함")),
        ("%s", "%s", None),
        ("%s of %s", "%s 중 %s", None),
        ("{count, plural, one {file} other {files}}", "{count, plural, other {파일}}", None),
        ("Chrome", "Chrome", None),
        ("x" * 91, "긴 글", None),
        ("Value", "", None),
    ],
)
def test_strings_are_put_into_one_form(source: str, korean: str, pair: tuple[str, str] | None) -> None:
    assert tidy(source, korean) == pair


def test_the_korean_that_most_programs_use_is_chosen() -> None:
    pairs = [
        Pair("save", korean, source, "MIT")
        for korean, source in (("세이브", "a"), ("저장", "b"), ("저장", "c"))
    ]
    assert chosen(pairs, ()) == {"save": "저장"}
    odd = [Pair("low", "약", "a", "MIT"), Pair("low", "낮음", "b", "MIT")]
    assert chosen(odd, [Bond("low", "낮다", 0.4, 9.0)]) == {"low": "낮음"}


def test_counted_words_fill_gaps_only_and_deny_nothing() -> None:
    firm = [
        Bond("slow", "느리다", 0.4, 9),
        Bond("save", "구하다", 0.9, 9),
        Bond("invalid", "유효", 0.5, 9),
        Bond("vague", "모호", 0.01, 9),
    ]
    assert with_words({"save": "저장"}, firm) == {"save": "저장", "slow": "느리다"}


def test_words_are_counted_together() -> None:
    pytest.importorskip("kiwipiepy")
    texts = [
        ("save the file", "파일을 저장합니다"),
        ("open the file", "파일을 엽니다"),
        ("save the picture", "그림을 저장합니다"),
        ("open the picture", "그림을 엽니다"),
    ]
    found = {bond.english: bond.korean for bond in bonds([Pair(e, k, "a", "MIT") for e, k in texts * 6])}
    assert found == {"file": "파일", "picture": "그림", "save": "저장", "open": "열다"}


def test_a_glossary_is_built_from_a_data_folder_the_same_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "ui-strings-permissive"
    folder.mkdir()
    rows = [
        {"en": "Zany widget", "ko": "별난 위젯", "src": "a/b", "lic": "MIT"},
        {"ko": "영어 없음", "src": "a", "lic": "MIT"},
    ]
    with lzma.open(folder / "ui_ko.jsonl.xz", "wt", encoding="utf-8") as stream:
        stream.write("".join(json.dumps(row) + "\n" for row in rows))
    for name in ("a.npz", "b.npz"):
        build(tmp_path, tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert Glossary.open(tmp_path / "a.npz").explain("Zany widget")[0].korean == "별난 위젯"


def test_the_bundled_one_is_small_and_knows_our_own_entries() -> None:
    assert BUNDLED.stat().st_size < 1_500_000
    glossary = bundled_glossary()
    assert len(glossary) > 30_000
    for english, korean in by_hand().items():
        if "*" not in english:
            assert glossary.explain(english)[0].korean == korean


def entry(text: str, start: int, end: int) -> Entry:
    return Entry(text[start:end], "말", 1.0, start, end)


def test_raw_answers_tell_a_whole_from_parts() -> None:
    text = "Save the file"
    assert raw_answer(text, [entry(text, 0, 13)]) == "‘<|d1|>’라는 뜻입니다."
    assert raw_answer(text, [entry(text, 0, 4), entry(text, 9, 13)]) == "‘<|d1|>’, ‘<|d2|>’에 관한 말입니다."
    assert raw_answer(text, []) == NEEDS_BIGGER_MODEL


def test_questions_come_with_entries_that_their_answers_cite() -> None:
    glossary = Glossary(
        Phrases.of([*by_hand().items(), *((e.lower().rstrip(".?"), k) for e, k in POOLS.pairs)])
    )
    rng, again = random.Random(5), random.Random(5)
    asked = [meaning_questions(rng, POOLS, glossary) for _ in range(300)]
    assert asked == [meaning_questions(again, POOLS, glossary) for _ in range(300)]
    for one in asked:
        citations = Citations(ScreenText(), "mini", [entry.korean for entry in one.entries])
        shown = citations.push(one.answer).text + citations.end().text
        assert "<|" not in shown
        assert all(entry.korean in shown for entry in one.entries)
    assert len({one.question for one in asked}) > 100
    assert {bool(one.entries) for one in asked} == {True, False}
    assert any("관한" in one.answer for one in asked)
