"""From token ids to an answer's text while it is made: which token is next, when to stop, what may be shown.

One loop for every engine that hands out logits. A Korean syllable split over byte tokens is held back until it
is whole; a stop token, a length cap, a loop of repeating tokens or `cancel` ends the answer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from assistant.drafts import Drafts
    from assistant.ports import AnswerTimings, Cancel

MOST_TOKENS = 384
LONGEST_LOOP = 64
BROKEN = "\ufffd"
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HALF_IDEOGRAPH = range(0xE4, 0xEA)
"""First bytes of UTF-8 that (nearly) only ideographs have; Hangul syllables start with EA…ED."""


class PieceMaker:
    """Turns ids into pieces of text that never end inside a character. `decode` turns ids into text."""

    def __init__(self, decode: Callable[[list[int]], str]) -> None:
        self._decode = decode
        self._ids: list[int] = []
        self._from, self._shown = 0, 0

    def add(self, token: int) -> str:
        """The text that became whole with `token`, often empty."""
        self._ids.append(token)
        piece = self._waiting()
        if not piece or piece.endswith(BROKEN):
            return ""
        self._from, self._shown = self._shown, len(self._ids)
        return piece.replace(BROKEN, "")

    def rest(self) -> str:
        """What was still held back at the end, without its broken half."""
        return self._waiting().replace(BROKEN, "")

    def _waiting(self) -> str:
        told = self._decode(self._ids[self._from : self._shown])
        return self._decode(self._ids[self._from :])[len(told) :]


class Source(Protocol):
    """What makes logits, token by token."""

    def feed(self, tokens: Sequence[int]) -> np.ndarray:
        """Run `tokens` after all that was fed; logits (tokens, vocabulary) behind each of them."""
        ...

    def take_back(self, count: int) -> None:
        """The last `count` tokens fed were wrong guesses: what comes next must not see them."""
        ...


def stream(
    logits: np.ndarray,
    source: Source,
    *,
    decode: Callable[[list[int]], str],
    stops: frozenset[int],
    barred: np.ndarray | None = None,
    drafts: Drafts | None = None,
    cancel: Cancel | None = None,
    timings: AnswerTimings,
    started: float,
    most_tokens: int = MOST_TOKENS,
) -> Iterator[str]:
    """Greedy decoding as text. `logits` (vocabulary,) are for the first token; `source` feeds them on.

    `barred` marks ids that must not come. `drafts` guesses what comes, to check several tokens at once. `started` is when
    the question arrived (`time.perf_counter`); `timings` are filled on the way.
    """
    pieces, made = PieceMaker(decode), []
    first = started
    for token in chosen(logits, source, made, barred, drafts):
        now = time.perf_counter()
        if not made:
            first = now
            timings.first_token_ms = (first - started) * 1000
        elif now > first:
            timings.tokens_per_s = len(made) / (now - first)
        if token in stops:
            break
        made.append(token)
        timings.tokens = len(made)
        if piece := pieces.add(token):
            yield piece
        if looping(made) or len(made) >= most_tokens or (cancel and cancel.is_set()):
            break
    if rest := pieces.rest():
        yield rest


def chosen(
    logits: np.ndarray,
    source: Source,
    made: Sequence[int],
    barred: np.ndarray | None = None,
    drafts: Drafts | None = None,
) -> Iterator[int]:
    """The likeliest token, then the likeliest after it, and so on; `made` must hold all that were taken before the next."""
    token = likeliest(logits, barred)
    while True:
        yield token
        guesses = drafts.after(made) if drafts else []
        rows = source.feed([token, *guesses])
        token, kept = likeliest(rows[0], barred), 0
        while kept < len(guesses) and token == guesses[kept]:
            yield token
            kept += 1
            token = likeliest(rows[kept], barred)
        if guesses:
            source.take_back(len(guesses) - kept)
            drafts.judge(len(guesses), kept, len(made))


def likeliest(logits: np.ndarray, barred: np.ndarray | None = None) -> int:
    """The most likely token that is not barred. `logits` (vocabulary,)."""
    best = int(np.argmax(logits))
    if barred is None or not barred[best]:
        return best
    return int(np.argmax(np.where(barred, -np.inf, logits)))


def looping(ids: list[int]) -> bool:
    """Whether the answer ends in one stretch repeated at least four times and over 32 tokens or more."""
    for period in range(1, min(LONGEST_LOOP, len(ids) // 4) + 1):
        span = max(4 * period, 32)
        if len(ids) >= span and ids[-span:-period] == ids[period - span :]:
            return True
    return False


def also_barred(mask: np.ndarray | None, tokens: Sequence[int], size: int) -> np.ndarray | None:
    """A mask (size,) that bars `tokens` too; None where nothing is barred."""
    if not tokens:
        return mask
    both = np.zeros(size, bool) if mask is None else mask.copy()
    both[list(tokens)] = True
    return both


def ideograph_mask(tokenizer: Tokenizer, size: int) -> np.ndarray:
    """(size,) bool: tokens that write a CJK ideograph or the beginning of one."""
    mask = np.zeros(size, bool)
    for token, number in tokenizer.get_vocab(with_added_tokens=False).items():
        if number < size:
            raw = _bytes_of(token)
            mask[number] = has_ideograph(raw.decode("utf-8", "ignore")) or _ends_in_half(raw)
    return mask


def has_ideograph(text: str) -> bool:
    return _IDEOGRAPH.search(text) is not None


def _ends_in_half(raw: bytes) -> bool:
    """Whether `raw` breaks off inside a character that starts like an ideograph."""
    for byte in reversed(raw[-2:]):
        if byte in _HALF_IDEOGRAPH:
            return True
        if byte < 0x80 or byte > 0xBF:
            return False
    return False


def _bytes_of(token: str) -> bytes:
    """The bytes a byte-level token stands for (a token of another kind is taken as it is written)."""
    try:
        return bytes(_BYTE_OF[sign] for sign in token)
    except KeyError:
        return token.encode("utf-8")


def _byte_alphabet() -> dict[str, int]:
    """GPT-2's printable stand-ins for the 256 bytes."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + n): byte for n, byte in enumerate(others)}


_BYTE_OF = _byte_alphabet()
