"""What a piece of screen text looks like: a number with its unit, a key combination, a label, a total."""

from __future__ import annotations

import re

UNITS = (
    "원|만|억|천|개|명|건|회|년|월|일|시간|시|분|초|점|대|통|장|권|쪽|위|바이트|오전|오후|"
    "[KMGTkmgt]i?[Bb]|[Bb]ytes?|[Bb]|px|pt|cm|mm|km|kg|ms|g|m|s|dpi|[kMG]?Hz|[kKMG]?bps|AM|PM|am|pm"
)
NUMBER = re.compile(rf"(?=\D*\d)(?:[\d\s.,:;~\-–—+−%/()₩$€£¥×x±°℃℉≈=#'\"]|{UNITS})+")
KEYS = re.compile(
    r"(?:(?:Shift|Ctrl|Control|Alt|Super|Meta|Cmd|Option|컨트롤|시프트|알트|⌘|⇧|⌥|⌃)\s?[+\-]?\s?)+\S.{0,12}"
    r"|F\d{1,2}|Delete|Del|Insert|Ins|Esc|Enter|Return|Home|End|Tab|Space|Backspace|Print|Page (?:Up|Down)"
)
ACCESS_KEY = re.compile(r"\([A-Z]\)(?:…|\.\.\.)?$")
TOTAL = re.compile(
    r"(?:총\s*)?(?:합\s*계|총\s*계|소\s*계|누\s*계|총액|총합)|계|합|(?:grand |sub)?totals?", re.IGNORECASE
)


def number_like(text: str) -> bool:
    """A number, an amount, a size, a date or a time, with or without units."""
    return NUMBER.fullmatch(text.strip()) is not None


def key_combination(text: str) -> bool:
    """Keys as a menu shows them: "Shift+Ctrl+N", "F5"."""
    return KEYS.fullmatch(text.strip()) is not None


def label_like(text: str) -> bool:
    """A label that announces its value with a colon."""
    return text.rstrip().endswith((":", "："))


def has_access_key(text: str) -> bool:
    """A control's own name with the key that reaches it: "저장(S)", but no label "이름(N):"."""
    return ACCESS_KEY.search(text.strip()) is not None


def total_like(text: str) -> bool:
    """The head of a row of sums."""
    return TOTAL.fullmatch(text.strip()) is not None


def single_letter(text: str) -> str | None:
    """The letter of a spreadsheet's column, where the text is one."""
    letter = text.strip()
    return letter if len(letter) == 1 and "A" <= letter <= "Z" else None
