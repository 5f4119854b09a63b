"""Everything the app's windows say, out of Qt's translation files: `translations/nunchi_ko.ts` and `nunchi_en.ts`.

A message's source is its key. Where Qt is loaded the compiled files are asked through QTranslator; commands, which load
no Qt, read the same .ts. After a change: `python -m desktop.translations` (docs/decisions/0012).
"""

from __future__ import annotations

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator

FOLDER = Path(__file__).with_name("translations")
CONTEXT = "nunchi"
LANGUAGES = ("ko", "en")
_QT = "nunchi-words-of-qt"


def shown(key: str, language: str = "ko", **values: object) -> str:
    """The words of `key` in Korean (`ko`) or English (`en`). Errors: `KeyError` for a key that there is not."""
    told = "ko" if language == "ko" else "en"
    text = _compiled(told).translate(CONTEXT, key) if "PySide6.QtCore" in sys.modules else written(told)[key]
    if not text:
        raise KeyError(key)
    return text.format(**values)


def tell_qt(language: str) -> None:
    """Let Qt's own words (buttons of its dialogs, menus of its fields) be in this language from now on."""
    from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

    application = QCoreApplication.instance()
    for old in application.findChildren(QTranslator, _QT):
        application.removeTranslator(old)
        old.deleteLater()
    words = QTranslator(application)
    words.setObjectName(_QT)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)


@functools.cache
def written(language: str) -> dict[str, str]:
    """Key → words, as they stand in the .ts file."""
    tree = ElementTree.parse(FOLDER / f"nunchi_{language}.ts")  # noqa: S314 - it came with the program
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in tree.iter("message")
    }


@functools.cache
def _compiled(language: str) -> QTranslator:
    from PySide6.QtCore import QTranslator

    words = QTranslator()
    if not words.load(str(FOLDER / f"nunchi_{language}.qm")):
        raise FileNotFoundError(FOLDER / f"nunchi_{language}.qm")
    return words
