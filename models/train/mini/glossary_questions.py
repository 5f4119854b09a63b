"""Questions about what English means, with the glossary entries that the model is shown beside them.

The entries are found by the same functions as at run time (`english_in`, `Glossary.explain`), also as if the exact entry were
missing, so that the model learns to say what a text is about from its parts, and to say so when nothing is known.
"""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from assistant import english, prompts
from assistant.frames import Box, TextLine
from assistant.glossary import Entry, Glossary, english_in
from models.glossary import bundled_glossary
from models.train.mini import wording
from models.train.mini.corpus import Pools

THIS = (
    "이게 무슨 뜻이야", "이거 무슨 말이야", "이 메시지 무슨 뜻이야", "이 메시지가 무슨 말이야", "이 영어 무슨 뜻이야", "이 영어 뭐라는 거야", "영어로 뭐라고 하는 거야",
    "뭐라고 하는 거야 영어라서 모르겠어", "영어라서 못 읽겠어 무슨 말이야", "이 창이 무슨 말이야", "이 창 뭐라고 하는 거야", "이 문장 한국어로 뭐야", "이거 한국어로 번역해 줘",
    "이 메시지 우리말로 알려줘", "무슨 소리야 이게", "이 안내가 무슨 뜻이에요", "화면에 뜬 영어 무슨 뜻이에요", "방금 뜬 메시지 무슨 뜻이야", "이 글 번역 좀 해 줘", "이거 해석해 줘",
    "여기 영어로 써 있는 거 무슨 의미야", "뭐라고 써 있는 거야 무슨 뜻이야", "이 알림이 무슨 뜻이야", "이 내용이 무슨 뜻인지 알려줘", "이 문구 뜻이 뭐야", "쉽게 말하면 무슨 뜻이야",
    "이 줄 무슨 뜻이야", "나한테 뭐라고 하는 거야 이 영어", "우리말로 하면 뭐야", "이 영어 문장 뜻 좀 알려 줄래",
)  # fmt: skip
TROUBLE = (
    "이 오류 무슨 뜻이야", "오류가 무슨 말이야", "에러 메시지 무슨 뜻이야", "이 에러가 무슨 뜻이에요", "왜 안 열리는 거야", "왜 안 되는 거야", "왜 이러는 거야", "뭐가 잘못된 거야",
    "무슨 문제가 생긴 거야", "왜 실패했어", "뭐 때문에 안 되는 거야", "이 경고가 무슨 뜻이야", "무슨 일이 난 거야", "마지막 오류가 무슨 뜻이야", "마지막 메시지 무슨 뜻이야", "이 에러 한국어로 설명해 줘",
    "왜 멈췄는지 알려줘", "빨간 글씨가 무슨 말이야",
)  # fmt: skip
QUOTED = (
    "{a}[이가] 무슨 뜻이야", "{a} 뜻이 뭐야", "{a}[은는] 무슨 의미예요", "{a} 한국어로 뭐야", "{a}라는 말이 무슨 뜻이야", "{a} 번역해 줘", "{a}[은는] 우리말로 뭐예요", "{a}[이가] 무슨 말이야",
    "{a} 무슨 뜻인지 알려줘", "여기 {a}[은는] 무슨 뜻이야", "{a}라고 써 있는데 무슨 뜻이야", "{a} 이게 무슨 뜻이야", "{a}[이가] 뭐라는 거야", "{a}[은는] 영어로 뭐라고 하는 거야", "{a} 해석해 줘", "{a}[이가] 뭐예요 무슨 뜻이죠",
)  # fmt: skip
BUTTON = (
    "{a} 버튼은 뭐 하는 거야", "{a} 버튼 누르면 어떻게 돼", "{a} 버튼 무슨 뜻이야", "{a} 메뉴는 뭐 하는 거야", "{a}[은는] 뭐 하는 버튼이야", "{a} 누르면 뭐가 돼", "{a} 버튼이 무슨 버튼이에요", "{a} 메뉴가 무슨 뜻이야",
    "{a}[은는] 무슨 기능이야", "{a} 항목은 무슨 뜻이야",
)  # fmt: skip
STARTING = ("{a}[으로로] 시작하는 메시지 무슨 뜻이야", "{a} 메시지 무슨 뜻이야", "{a} 나오는 줄 무슨 뜻이야", "{a} 어쩌고 하는 문장이 무슨 말이야", "{a} 오류가 무슨 뜻이야")  # fmt: skip
NAMES = ("report.txt", "main.py", "photo_01.jpg", "/home/user/data", "budget.xlsx", "example.com", "backup.tar.gz", "localhost", "notes.md", "setup.exe", "Office Printer",
         "USB Drive", "music.mp3", "192.168.0.7", "config.yaml", "MyPhone")  # fmt: skip
PREFIXES = ("Error: ", "error: ", "Warning: ", "fatal: ", "ERROR: ", "Notice: ", "Failed: ", "app: ")
_SYLLABLES = (
    "ba",
    "ze",
    "ku",
    "lo",
    "vi",
    "tra",
    "mo",
    "qui",
    "ne",
    "sha",
    "pro",
    "xi",
    "dal",
    "fen",
    "gor",
    "huv",
    "jek",
    "wim",
)


class MeaningQuestion(NamedTuple):
    """A line of English on a screen, a question about it, what the glossary shows, and the raw answer."""

    english: str
    question: str
    entries: tuple[Entry, ...]
    answer: str


def meaning_questions(rng: random.Random, pools: Pools, glossary: Glossary | None = None) -> MeaningQuestion:
    """One question. About half of the texts are known as a whole, a third in parts, the rest not or with a name in them."""
    glossary = glossary or bundled_glossary()
    line, whole = _line(rng, pools, glossary)
    question = _question(line, rng)
    asked = english_in(question, (TextLine(line, Box(0, 0, 10, 10)),)) or line
    entries = glossary.explain(asked, whole=whole)
    return MeaningQuestion(line, question, entries, raw_answer(asked, entries))


def raw_answer(asked: str, entries: Sequence[Entry]) -> str:
    """What the model should say about the English `asked` when it is shown `entries`: all of it, its parts, or nothing."""
    if not entries:
        return prompts.NEEDS_BIGGER_MODEL
    quoted = ", ".join(f"‘<|d{i}|>’" for i in range(1, len(entries) + 1))
    covered = {
        word.start
        for word in english.words(asked)
        for entry in entries
        if entry.start <= word.start < entry.end
    }
    left = [word for word in english.words(asked) if word.start not in covered]
    return f"{quoted}{'에 관한 말입니다.' if left else '라는 뜻입니다.'}"


def _line(rng: random.Random, pools: Pools, glossary: Glossary) -> tuple[str, bool]:
    """A text as it may stand on a screen, and whether its own entry may be shown."""
    kind = rng.random()
    message = rng.choice(pools.pairs)[0] if pools.pairs else "The file could not be opened."
    label = rng.choice(pools.label_pairs)[0] if pools.label_pairs else "Save"
    if kind < 0.28:
        return label, True
    if kind < 0.50:
        return message, True
    if kind < 0.66:
        return message, False
    if kind < 0.72:
        return label, False
    if kind < 0.82:
        return rng.choice(PREFIXES) + message, True
    if kind < 0.88 and (filled := _with_name(rng, glossary)):
        return filled, True
    if kind < 0.94:
        return _misread(message if rng.random() < 0.6 else label, rng), True
    return " ".join(
        "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize() for _ in range(rng.randint(1, 3))
    ), True


def _with_name(rng: random.Random, glossary: Glossary) -> str:
    """A sentence of the glossary with a name in it."""
    text = glossary.holed_sentence(rng.randrange(1 << 30))
    for hole in ("*1", "*2"):
        text = text.replace(hole, rng.choice(NAMES))
    return text[:1].upper() + text[1:]


def _misread(text: str, rng: random.Random) -> str:
    """`text` with one letter as a reader of pixels may get it wrong."""
    at = rng.randrange(len(text))
    swaps = {
        "l": "I",
        "I": "l",
        "o": "0",
        "O": "0",
        "i": "l",
        "e": "c",
        "m": "rn",
        "c": "e",
        "S": "5",
        "1": "l",
    }
    return text[:at] + swaps.get(text[at], text[at]) + text[at + 1 :]


def _question(line: str, rng: random.Random) -> str:
    found = english.words(line)
    many, kind = len(found), rng.random()
    if many <= 4 and kind < 0.45:
        return wording.spoken(rng.choice(QUOTED), rng, a=_said(line, rng))
    if many <= 3 and kind < 0.8:
        return wording.spoken(rng.choice(BUTTON), rng, a=_said(line, rng))
    if many > 4 and kind < 0.12:
        first = line[found[0].start : found[min(1, many - 1)].end]
        return wording.spoken(rng.choice(STARTING), rng, a=_said(first, rng))
    if many > 2 and kind > 0.6 and english.tells_trouble(line):
        return wording.spoken(rng.choice(TROUBLE), rng)
    return wording.spoken(rng.choice(THIS), rng)


def _said(text: str, rng: random.Random) -> str:
    """As a person types it: without the dots at the end, sometimes in small letters."""
    text = text.strip(" .:…")
    return text.lower() if rng.random() < 0.25 else text
