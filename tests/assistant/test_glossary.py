"""The glossary finds whole sentences, sentences with names, nearly equal ones and phrases, and says where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import english
from assistant.frames import Box, TextLine
from assistant.glossary import Glossary, english_in
from assistant.phrases import Phrases

PAIRS = (
    ("save", "저장"),
    ("recent documents", "최근 문서"),
    ("music", "음악"),
    ("library", "라이브러리"),
    ("music library", "음악 라이브러리"),
    ("set up", "설정"),
    ("file not found", "파일을 찾을 수 없습니다"),
    ("connection refused", "연결이 거부되었습니다"),
    ("econnrefused", "연결이 거부되었습니다"),
    ("could not open *1", "*1을(를) 열 수 없습니다"),
    ("*1 was moved to *2", "*1이(가) *2(으)로 옮겨졌습니다"),
    ("*1 not found", "*1 없음"),
    ("signed in to *1", "'*1'에서 로그인함"),
    ("the document could not be saved", "문서를 저장할 수 없습니다"),
    ("the document could be saved", "문서를 저장할 수 있습니다"),
    ("document", "문서"),
    ("documents", "문서들"),
    ("server", "서버"),
    ("no *1", "*1 없음"),
    ("delete *1", "*1 삭제"),
    ("*1 failed", "*1 실패"),
    *((f"filler {i} document file connection library", f"채움 {i}") for i in range(5)),
)
GLOSSARY = Glossary(Phrases.of(PAIRS))


def told(text: str, **options) -> list[tuple[str, str]]:
    return [(entry.english, entry.korean) for entry in GLOSSARY.explain(text, **options)]


@pytest.mark.parametrize(
    ("text", "korean"),
    [
        ("Save", "저장"),
        ("Recent Documents…", "최근 문서"),
        ("File not found.", "파일을 찾을 수 없습니다"),
        ("Fi1e not found", "파일을 찾을 수 없습니다"),
        ("ECONNREFUSED", "연결이 거부되었습니다"),
        ("The documents could not be saved", "문서를 저장할 수 없습니다"),
        ("Could not open report.txt", "report.txt를 열 수 없습니다"),
        ("Could not open ‘보고서 초안.hwp’.", "보고서 초안.hwp를 열 수 없습니다"),
        ("Signed in to example.com", "'example.com'에서 로그인함"),
        ("notes.md was moved to Trash Can", "notes.md가 Trash Can으로 옮겨졌습니다"),
    ],
)
def test_a_whole_text_has_one_entry(text: str, korean: str) -> None:
    (entry,) = GLOSSARY.explain(text)
    assert entry.korean == korean
    assert english.key(text[entry.start : entry.end]) == english.key(text)


def test_phrases_inside_are_told_in_their_order() -> None:
    found = told("You don't have any music library set up")
    assert found == [("music library", "음악 라이브러리"), ("set up", "설정")]


def test_parts_around_a_colon_are_told_each() -> None:
    assert told("sync: Connection refused") == [("Connection refused", "연결이 거부되었습니다")]
    assert told("Could not open a.txt: File not found")[0] == (
        "Could not open a.txt",
        "a.txt를 열 수 없습니다",
    )


def test_a_missing_not_is_another_meaning() -> None:
    assert GLOSSARY.explain("The document could be saved")[0].korean == "문서를 저장할 수 있습니다"
    assert all("없습니다" not in korean for _, korean in told("The document could be saved", whole=False))


def test_a_hole_takes_names_only() -> None:
    assert told("Could not open the server") == [("server", "서버")]
    assert told("Could not open document") == [("Could not open document", "문서를 열 수 없습니다")]


@pytest.mark.parametrize(
    ("text", "korean"),
    [
        ("No documents", ["문서들 없음"]),
        ("No Recent Documents", ["최근 문서 없음"]),
        ("Delete the document", ["문서 삭제"]),
        ("Delete Quux", ["Quux 삭제"]),
        ("Server failed", ["서버 실패"]),
        ("There are no documents here", ["문서들 없음"]),
    ],
)
def test_one_word_is_said_of_a_known_phrase(text: str, korean: list[str]) -> None:
    assert [entry.korean for entry in GLOSSARY.explain(text)] == korean


def test_nothing_known_is_nothing_told() -> None:
    assert GLOSSARY.explain("Zyx qwv") == ()
    assert GLOSSARY.explain("이것은 한국어입니다 1234") == ()
    assert GLOSSARY.explain("") == ()


def test_without_the_whole_its_parts_are_told() -> None:
    assert told("music library", whole=False) == [("music", "음악"), ("library", "라이브러리")]


@given(text=st.one_of(st.text(max_size=80), st.lists(st.sampled_from([k for k, _ in PAIRS] + ["*1", "zz", ":", "not"])).map(" ".join)),
       limit=st.integers(1, 8))  # fmt: skip
def test_entries_stand_where_they_say(text: str, limit: int) -> None:
    entries = GLOSSARY.explain(text, limit)
    assert len(entries) <= limit
    for entry in entries:
        assert 0 <= entry.start < entry.end <= len(text)
        assert 0 < entry.exactness <= 1
        assert entry.korean
    assert list(entries) == sorted(entries, key=lambda entry: entry.start)


def test_a_file_holds_what_was_written_and_is_the_same_each_time(tmp_path) -> None:
    for name in ("a.npz", "b.npz"):
        Phrases.of(PAIRS).write(tmp_path / name)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    phrases = Phrases.read(tmp_path / "a.npz")
    assert [(phrases.english(i), phrases.korean(i)) for i in range(len(phrases))] == sorted(PAIRS)


@pytest.mark.parametrize(
    "spoil", [lambda raw: b"", lambda raw: raw[: len(raw) // 2], lambda raw: b"not a zip" * 40]
)
def test_a_spoilt_file_is_refused(tmp_path, spoil) -> None:
    path = tmp_path / "a.npz"
    Phrases.of(PAIRS).write(path)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(ValueError, match="glossary"):
        Glossary.open(path)


def line(text: str, y: int = 0, **more) -> TextLine:
    return TextLine(text, Box(20, y, 9 * len(text), 16), **more)


SCREEN = (
    line("파일(F)", 0),
    line("Recent Documents", 20, role="menu item"),
    line("Trusted recent changes", 40, role="button"),
    line("fatal: could not read the first object", 80),
    line("fatal: the remote end hung up", 100),
    line("The job has been put aside because the printer", 140, ink="red"),
    line("ran out of blue paper.", 160, ink="red"),
    line("저장", 200, role="button"),
    line("http://example.com/a", 220),
    line("상태: ECONNREFUSED 서버에서 연결을 거부함", 240),
    line("Wet paint here", 260, paper="yellow"),
)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Recent Documents가 무슨 뜻이에요", "Recent Documents"),
        ("recent documents 뜻이 뭐야?", "Recent Documents"),
        ("Trusted recent가 무슨 말이야", "Trusted recent"),
        ("마지막 fatal 메시지가 무슨 뜻이야", "fatal: the remote end hung up"),
        ("fatal 오류가 뭐야", "fatal: could not read the first object"),
        ("PDF가 무슨 뜻이야", "PDF"),
        ("ECONNREFUSED가 무슨 뜻이야", "ECONNREFUSED"),
        ("econnrefused 메시지가 무슨 뜻이야", "ECONNREFUSED"),
        ("노란 칸에 무슨 말이야", "Wet paint here"),
        ("이 영어 무슨 뜻이야", "The job has been put aside because the printer ran out of blue paper."),
        ("첫 번째 오류 메시지 무슨 뜻이야", "fatal: could not read the first object"),
    ],
)
def test_the_english_that_is_meant(question: str, meant: str) -> None:
    assert english_in(question, SCREEN) == meant


def test_a_korean_screen_has_no_english_to_mean() -> None:
    assert english_in("이 메시지 무슨 뜻이야", (line("저장할까요?"), line("http://example.com/a"))) is None
