"""What people read when something goes wrong: each error code in Korean and English, with what helps.

The core speaks in codes; the words are in messages_ko.toml and messages_en.toml. Values come from files and
people: they are put in as plain short text and never read as a template.
"""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

from assistant.prompts import plain

LANGUAGES = ("ko", "en")
_LONGEST_VALUE = 200
_UNKNOWN = {"ko": "알 수 없는 문제예요 ({code}).", "en": "Unknown problem ({code})."}
_OPTIONAL = re.compile("⟦([^⟧]*)⟧")
_PLACE = re.compile(r"\{(\w+)\}")


def message(code: str, language: str = "ko", **values: object) -> str:
    """What happened, followed by what to do. A code without words is named, never hidden."""
    return " ".join(filter(None, (happened(code, language, **values), hint(code, language, **values))))


def happened(code: str, language: str = "ko", **values: object) -> str:
    """Only what happened, for a place that has its own way to help."""
    known = words(language).get(code)
    return _UNKNOWN[language].format(code=code) if known is None else _filled(known["what"], values)


def hint(code: str, language: str = "ko", **values: object) -> str:
    """Only what to do; empty where nothing helps or the code has no words."""
    return _filled(words(language).get(code, {}).get("hint", ""), values)


@functools.cache
def words(language: str) -> dict[str, dict[str, str]]:
    """The templates of a language: {code: {"what", "hint"?}}. Errors: KeyError for another language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return tomllib.loads(Path(__file__).with_name(f"messages_{language}.toml").read_text("utf-8"))


def _filled(template: str, values: dict[str, object]) -> str:
    known = {name: plain(str(value))[:_LONGEST_VALUE] for name, value in values.items()}

    def optional(part: re.Match[str]) -> str:
        return part[1] if all(known.get(name) for name in _PLACE.findall(part[1])) else ""

    return _PLACE.sub(lambda place: known.get(place[1], "…"), _OPTIONAL.sub(optional, template))
