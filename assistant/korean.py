"""Korean text as it streams out of a model, and as two answers are compared.

Knows Unicode and Korean number words; knows nothing about tokens, citations or screens.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

LONGEST_ANSWER = 4_000
"""characters; an answer is read in an overlay, not in a book"""

_NOT_INERT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_CJK = (0x4E00, 0x9FFF)
_SYLLABLES = (0xAC00, 0xD7A3)
_COMPLETING_JAMO = (0x1160, 0x11FF)  # vowels and final consonants; a leading consonant begins a syllable
_KIRAT_RAI = (0x16D63, 0x16D6A)  # vowels that compose although they are letters (Unicode 16)
_COMPOSES_WITH_OVERLAY = "<=>"  # U+0338 makes ≮ ≠ ≯ of them


class TextFlow:
    """Pieces of text in, displayable pieces out.

    What comes out, joined, is the NFC form of what went in, however it was cut up. Half a UTF-8 sequence,
    text ending in U+FFFD, conjoining jamo and letters that a following mark could still change wait for the
    next piece: that is at most one visible character, and `end()` gives it out.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._waiting = ""
        self._followed = 0

    def push(self, piece: str | bytes) -> str:
        """The next piece (bytes, when a token ends inside a character); returns what may be shown now."""
        self._waiting += (
            self._decoder.decode(piece) if isinstance(piece, bytes) else _without_surrogates(piece)
        )
        return self._give(_settled(self._waiting))

    def follow(self, decoded: str) -> str:
        """Everything decoded so far, for decoders that rewrite their tail; U+FFFD at its end is half a syllable."""
        whole = _without_surrogates(decoded).rstrip("\ufffd")
        fresh, self._followed = whole[self._followed :], max(self._followed, len(whole))
        return self.push(fresh)

    def end(self) -> str:
        """What was still waiting."""
        self._waiting += self._decoder.decode(b"", True)
        return self._give(len(self._waiting))

    def _give(self, until: int) -> str:
        given, self._waiting = self._waiting[:until], self._waiting[until:]
        return unicodedata.normalize("NFC", given)


def inert(text: str) -> str:
    """`text` without control characters (line feed and tab stay), bidirectional overrides and invisible marks.

    Works character by character, so it may be applied to pieces of a stream.
    """
    return _NOT_INERT.sub("", text)


def _settled(text: str) -> int:
    """How many characters of `text` no later text can change."""
    end = len(text.rstrip("\ufffd"))
    start = end
    while start > 0 and not _starts_afresh(text[start - 1]):
        start -= 1
    if start == end and start > 0 and _never_composes(text[start - 1]):
        return end
    return max(0, start - 1)


def _starts_afresh(char: str) -> bool:
    """Whether `char` never joins the character before it: not a mark, not a jamo that completes a syllable."""
    point = ord(char)
    return not (
        _COMPLETING_JAMO[0] <= point <= _COMPLETING_JAMO[1]
        or _KIRAT_RAI[0] <= point <= _KIRAT_RAI[1]
        or unicodedata.category(char)[0] == "M"
    )


def _never_composes(char: str) -> bool:
    """Whether no following mark changes `char`; in doubt False, which only means waiting for one more piece."""
    point = ord(char)
    if point < 0x80:
        return not char.isalpha() and char not in _COMPOSES_WITH_OVERLAY
    if _SYLLABLES[0] <= point <= _SYLLABLES[1]:
        return (point - _SYLLABLES[0]) % 28 != 0  # a syllable with a final consonant takes no other
    return _CJK[0] <= point <= _CJK[1]


def _without_surrogates(piece: str) -> str:
    """Lone surrogates are not text and cannot be written anywhere."""
    return re.sub("[\ud800-\udfff]", "\ufffd", piece)


class Runaway:
    """Notices that a streaming answer goes round in circles or never ends."""

    LONGEST_UNIT = 200
    COPIES = 4
    SHORTEST_LOOP = 48
    """characters; shorter runs (ㅋㅋㅋㅋ, a rule of dashes) are ordinary text"""
    _STEP = 16  # characters between two searches, which cost 0.1 ms

    def __init__(self, longest: int = LONGEST_ANSWER) -> None:
        self._longest = longest
        self._seen = 0
        self._unsearched = ""
        self._tail = ""

    def stops_at(self, piece: str) -> bool:
        """Takes the next piece of the raw answer; True once it should be stopped."""
        self._seen += len(piece)
        self._unsearched += piece
        while len(self._unsearched) >= self._STEP:
            fresh, self._unsearched = self._unsearched[: self._STEP], self._unsearched[self._STEP :]
            self._tail = (self._tail + fresh)[-(self.LONGEST_UNIT * self.COPIES) :]
            if repeats(self._tail):
                return True
        return self._seen > self._longest


def repeats(text: str) -> bool:
    """Whether `text` ends in at least four equal units, 48 characters or more in all."""
    for unit in range(1, min(Runaway.LONGEST_UNIT, len(text) // 2) + 1):
        loop = max(Runaway.COPIES * unit, Runaway.SHORTEST_LOOP)
        if loop <= len(text) and text[-(loop - unit) :] == text[-loop:-unit]:
            return True
    return False


_UNITS = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_TENS = {"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80,
         "아흔": 90}  # fmt: skip
_COUNTERS = "개|명|장|줄|칸|가지|곳|번|건|행|열|통|권|대|마리|살|시간|달|쪽|군데|사람"
_COUNTED = re.compile(
    rf"(?<![가-힣])(?:({'|'.join(_TENS)})({'|'.join(_UNITS)})?|({'|'.join(_UNITS)}))\s*(?={_COUNTERS})"
)


def numerals(text: str) -> str:
    """Native Korean counts before a counter become digits: 세 개 → 3개, 스물한 명 → 21명."""
    return _COUNTED.sub(
        lambda m: str(_TENS.get(m[1], 0) + _UNITS.get(m[2] or m[3] or "", 0)),
        unicodedata.normalize("NFC", text),
    )


_BETWEEN_DIGITS = re.compile(r"(?<=\d)[.:/-](?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SIGN = re.compile(r"(?<![\w)])[-−](?=\d)")
_KEPT_PUNCTUATION = "%#&@\ue000\ue001\ue002\ue003\ue004"


def normalise(text: str) -> str:
    """The form in which two answers are compared.

    Compatibility forms, case, blanks, punctuation and Korean counts are folded. What changes a value stays:
    a point, colon, slash or dash between digits, a minus sign, and % # & @.
    """
    text = numerals(unicodedata.normalize("NFKC", text)).casefold()
    text = _SIGN.sub("\ue004", _THOUSANDS.sub("", text))
    text = _BETWEEN_DIGITS.sub(lambda m: chr(0xE000 + ".:/-".index(m[0])), text)
    kept = (c for c in text if c in _KEPT_PUNCTUATION or unicodedata.category(c)[0] not in "PZC")
    return "".join(kept).translate({0xE000 + i: c for i, c in enumerate(".:/--")})
