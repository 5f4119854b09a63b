"""What the windows say: both languages say everything, the compiled files are up to date, and Qt's own words follow."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.words import FOLDER, LANGUAGES, shown, written

DESKTOP = Path(__file__).resolve().parents[2] / "desktop"
IN_KOREAN = {"voice_sample"}
"""what the voice says to show how it sounds: answers are Korean in every language of the windows"""
KEY = re.compile(r"""(?:\bshown|self\._word|self\._words?)\(\s*["']([a-z][\w-]*)["']""")


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    korean, english = (list(written(language)) for language in LANGUAGES)
    assert korean == english and len(set(korean)) == len(korean) > 250


def test_every_word_has_the_same_places_in_both_languages_and_is_in_its_own() -> None:
    for key, korean in written("ko").items():
        english = written("en")[key]
        places = re.findall(r"{(\w+)}", korean)
        assert korean and english and sorted(places) == sorted(re.findall(r"{(\w+)}", english)), key
        assert re.search("[가-힣]", korean) or places, key
        assert key in IN_KOREAN or not re.search("[가-힣]", english), key


def test_every_key_that_the_code_asks_for_is_there() -> None:
    asked = {key for path in DESKTOP.rglob("*.py") for key in KEY.findall(path.read_text("utf-8"))}
    assert len(asked) > 100 and asked <= set(written("ko"))


def test_the_compiled_files_are_up_to_date(tmp_path: Path) -> None:
    """Else: python -m desktop.translations."""
    pytest.importorskip("PySide6")
    from desktop.translations.__main__ import compile_into

    for made in compile_into(tmp_path):
        assert made.read_bytes() == (FOLDER / made.name).read_bytes(), made.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_windows_say_what_the_translation_files_say(qt: object, language: str) -> None:
    for key, words in written(language).items():
        values = dict.fromkeys(re.findall(r"{(\w+)}", words), "…")
        assert shown(key, language, **values) == words.format(**values)


def test_a_key_that_there_is_not_is_an_error(qt: object) -> None:
    with pytest.raises(KeyError):
        shown("no such words")


def test_a_command_says_its_words_without_qt() -> None:
    code = "import sys; from desktop.words import shown; print(shown('history_nothing', 'en')); assert 'PySide6' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == written("en")["history_nothing"]


def test_qts_own_words_follow_the_language(qt: object, until: Callable) -> None:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtWidgets import QLineEdit

    from desktop.words import tell_qt

    def cancel() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    def menu() -> str:
        line = QLineEdit("글")
        return line.createStandardContextMenu().actions()[0].text()

    try:
        tell_qt("ko")
        assert cancel() == "취소" and re.search("[가-힣]", menu())
        tell_qt("en")
        assert cancel() == "Cancel" and not re.search("[가-힣]", menu())
    finally:
        tell_qt("ko")
