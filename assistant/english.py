"""English as it stands on screens: its words with their places, their plain forms, and which text a question means.

Knows nothing about Korean counterparts (see glossary.py) and nothing about models.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from assistant.frames import TextLine

_LETTERS = "A-Za-z\u00c0-\u024f"
_WORD = re.compile(rf"[{_LETTERS}0-9]+(?:[-'’./_@\\+#][{_LETTERS}0-9]+)*[+#]*|\*\d")
_CLAUSE_END = re.compile(r"(?<=[.!?;:…])\s+|\s[-–—|·]\s|\s*[\r\n]+\s*")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_SHAPES = str.maketrans("1l|058ce", "iiiosbee")
_LOOK_ALIKE = {
    "0": ("o",), "1": ("l", "i", "t"), "5": ("s",), "8": ("b",), "9": ("g",), "l": ("i", "t", "f"), "i": ("l", "t", "j"), "t": ("f", "l", "r"),
    "f": ("t",), "j": ("i",), "o": ("c", "e", "a"), "c": ("e", "o"), "e": ("c", "o"), "a": ("o", "e"), "u": ("v", "n"), "v": ("u", "y"),
    "n": ("u", "h", "r"), "h": ("n", "b"), "b": ("h",), "g": ("q",), "q": ("g",), "r": ("n",), "m": ("rn", "nn"), "rn": ("m",), "nn": ("m",),
    "w": ("vv",), "vv": ("w",), "d": ("cl",), "cl": ("d",), "s": ("5",), "y": ("v",),
}  # fmt: skip

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those it its it's he she they them their there here i i'm i've you your you're you've we our
    us my me be is isn't are aren't was wasn't were been being am do does doesn't did didn't don't have haven't has hasn't
    had having will won't would wouldn't can can't cannot could couldn't should shouldn't may might must shall of to in on at
    by for from with without into onto over under about as than then so and or but nor if because while when where which
    who whom whose what how why not no yes any some all each every both either neither such very too also just only own
    same more most other another again further once up down out off after before between during through until against
    let's please via per etc like able sure
    """.split()  # noqa: SIM905
)
"""Words that say little alone; they are not explained one by one."""
DETERMINERS = frozenset(("the", "a", "an", "this", "that", "these", "those", "your", "any"))
NEGATIONS = frozenset(
    """
    no not never none without cannot can't don't doesn't didn't isn't aren't wasn't won't wouldn't couldn't shouldn't
    haven't hasn't unable disable disabled failed fail fails failure invalid missing denied
    """.split()  # noqa: SIM905
)


class Word(NamedTuple):
    """One word in lower case, and where it stands in the text it came from."""

    text: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The English words, numbers, paths and codes of `text`; `*1` of a glossary key is a word too."""
    return tuple(Word(m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(text))


def key(text: str) -> str:
    """The form in which English is looked up: its words in lower case, one blank between them."""
    return " ".join(word.text for word in words(text))


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the sentences and the parts around colons and dashes."""
    start = 0
    for gap in _CLAUSE_END.finditer(text):
        if words(text[start : gap.start()]):
            yield start, gap.start()
            start = gap.end()
    if words(text[start:]):
        yield start, len(text)


def plain_forms(word: str) -> Iterator[str]:
    """Forms a word may be listed under: libraries → library, stopped → stop, loading → load."""
    if word.endswith("'s"):
        yield word[:-2]
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith("es") and len(word) > 4:
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        yield word[:-1]
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith("ly") and len(word) > 5:
        yield word[:-2]


def shape(word: str) -> str:
    """`word` with letters that look alike made one: what two readings of the same print share."""
    return word.replace("rn", "m").translate(_SHAPES)


def misreadings(word: str) -> Iterator[str]:
    """What `word` may have been before a letter was taken for one that looks like it, or, in a long word, was lost or added."""
    for wrong, rights in _LOOK_ALIKE.items():
        for at in (m.start() for m in re.finditer(re.escape(wrong), word)):
            for right in rights:
                yield word[:at] + right + word[at + len(wrong) :]
    for wrong, right in (("0", "o"), ("1", "l"), ("1", "i")):
        yield word.replace(wrong, right)
    if len(word) >= 7:
        for i in range(len(word) + 1):
            yield word[:i] + word[i + 1 :]
            yield from (word[:i] + letter + word[i:] for letter in _ALPHABET)


def parted(word: str, known: Container[str]) -> tuple[str, str] | None:
    """The two known words that were read as one, if there are such: nothingto → nothing, to."""
    for i in range(len(word) - 2, 1, -1):
        two = word[:i], word[i:]
        if all(part in known and (len(part) > 3 or part in FUNCTION_WORDS) for part in two):
            return two
    return None


def mostly_english(text: str) -> bool:
    """Whether most letters of `text` are Latin, and there are at least two of them."""
    letters = [char for char in text if char.isalpha()]
    latin = sum(char < "\u0250" for char in letters)
    return latin >= 2 and latin * 10 >= len(letters) * 7


def tells_trouble(text: str) -> bool:
    """Whether `text` tells of an error or a warning."""
    return _TROUBLE.search(text) is not None


# --- which English a question means -------------------------------------------------------------------------------

_QUOTED = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9 '’&./_+@#%,:;!?()-]*")
_WHOLE_LINE = re.compile("메시지|메세지|문장|줄|오류|에러|경고|문구|알림|안내|시작하는|대목")
_LAST = re.compile("마지막|맨 ?(?:아래|밑|끝)|제일 ?(?:아래|밑)")
_FIRST = re.compile("첫|맨 ?위|제일 ?위")
_TROUBLE = re.compile(
    r"\b(?:error|fatal|warning|fail(?:ed|ure|s)?|unable|cannot|can't|could not|couldn't|denied|refused|not found|invalid|"
    r"exception|missing|unknown|unexpected|abort(?:ed)?|critical|not permitted|no such|timed out|\w+(?:Error|Exception))\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\S+[:$#]")
_CALM = frozenset(
    ("button", "tab", "menu item", "icon", "check box", "radio button", "cell", "list item", "header", "link")
)
_COLOURS = {
    "red": "빨간|빨강|붉은", "orange": "주황", "yellow": "노란|노랑", "green": "초록|녹색", "blue": "파란|파랑", "cyan": "하늘색", "purple": "보라",
    "pink": "분홍", "grey": "회색", "black": "검은|까만", "white": "흰|하얀", "brown": "갈색",
}  # fmt: skip
_ALARM_INKS = frozenset(("red", "orange"))


def english_in(question: str, lines: Sequence[TextLine]) -> str | None:
    """The English text whose meaning `question` asks for, as it stands on the screen; None when there is none.

    Either the question quotes it, or it is the message on the screen: long sentences before labels, red ones and
    ones that tell of trouble first.
    """
    quoted = max((m[0].strip(" ,.:;!?'’&-(") for m in _QUOTED.finditer(question)), key=len, default="")
    if len(quoted) >= 2:
        return _on_screen(quoted, question, lines) or quoted
    english = [i for i, line in enumerate(lines) if _is_message(line.text)]
    named = {name for name, said in _COLOURS.items() if re.search(said, question)}
    english = [i for i in english if {lines[i].ink, lines[i].paper} & named] or english
    if not english:
        return None
    told = [i for i in english if tells_trouble(lines[i].text)] or english
    if _LAST.search(question):
        return _with_rest(told[-1], lines)
    if _FIRST.search(question):
        return _with_rest(told[0], lines)
    return _with_rest(max(english, key=lambda i: (_telling(lines[i]), -i)), lines)


def _is_message(text: str) -> bool:
    """English of at least two words that are words, not an address, a size or a file name."""
    plain = [word for word in words(text) if word.text.isalpha() and len(word.text) >= 2]
    return mostly_english(text) and len(plain) >= 2


def _on_screen(quoted: str, question: str, lines: Sequence[TextLine]) -> str | None:
    """`quoted` as the screen spells it: the whole line where the question speaks of a message or all of it is asked."""
    wanted = key(quoted)
    best: str | None = None
    for i, line in enumerate(lines):
        found = key(line.text)
        at = f" {found} ".find(f" {wanted} ") if wanted else -1
        if at < 0:
            continue
        if found == wanted and mostly_english(line.text):
            return line.text
        if found != wanted and mostly_english(line.text) and _WHOLE_LINE.search(question):
            best = _with_rest(i, lines) if best is None or _LAST.search(question) else best
        elif best is None:
            there = words(line.text)
            first = found[:at].count(" ")
            last = first + wanted.count(" ")
            best = line.text[there[first].start : there[last].end]
    return best


def _telling(line: TextLine) -> float:
    """How likely a line is the message a person means by «this English»."""
    found = words(line.text)
    odd = sum(not (char.isalnum() or char in " .,:;!?'’\"()-…") for char in line.text)
    value = min(len(found), 14) - 0.7 * odd
    value += 6 if tells_trouble(line.text) else 0
    value += 6 if line.ink in _ALARM_INKS else 0
    value -= 6 if line.role in _CALM else 0
    return value + (2 if line.text.rstrip().endswith((".", "!", "?")) else 0)


def _with_rest(at: int, lines: Sequence[TextLine]) -> str:
    """Line `at` with the lines that its sentence goes on in, above and below it."""
    first = last = at
    while last + 1 < len(lines) and last - at < 3 and _goes_on(lines[last], lines[last + 1]):
        last += 1
    while first > 0 and at - first < 3 and _goes_on(lines[first - 1], lines[first]):
        first -= 1
    return " ".join(line.text for line in lines[first : last + 1])


def _goes_on(line: TextLine, below: TextLine) -> bool:
    """Whether a wrapped sentence of `line` goes on in the line `below`."""
    a, b = line.box, below.box
    near = 0 < b.y - a.y < 2.4 * max(a.height, 1) and abs(a.x - b.x) < 3 * max(a.height, 1)
    begins = below.text[:1].islower() and mostly_english(below.text) and not _LABELLED.match(below.text)
    return near and begins and len(line.text) > 20 and not line.text.rstrip().endswith((".", "!", "?", ":"))
