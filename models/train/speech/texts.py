"""What is said: questions of nunchi-mini's generator, screen terms, numbers, everyday sentences.

Every set named here may be used for weights that ship (MIT, BSD, Apache, MPL, CC BY, CC BY-SA, Unicode).
"""

from __future__ import annotations

import random
import re
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path

from models.train.mini import corpus
from models.train.mini.questions import ask
from models.train.mini.screens import make_screen
from models.train.mini.speech import english_spoken

SHARES = {"question": 0.42, "sentence": 0.33, "term": 0.13, "number": 0.12}
"""whisper-synth-ko 0 was taught with 0.67, 0.135, 0.06 and 0.135: its errors were in sentences and terms"""
LONGEST = 42
"""characters of one sentence"""
HELD_OUT_SCREENS = 3_000_000
"""the generator's screen seeds from here on are never spoken in training"""

_DROPPED = re.compile(r"[\"'“”‘’「」『』()\[\]{}<>…·•♪~^*#]|\.{2,}")
_KEPT = re.compile(r"[가-힣A-Za-z0-9 ?.,%!-]+")
_LATIN = re.compile(r"[A-Za-z]")
_WORDS = re.compile(r"[A-Za-z]+")


def normal(text: str) -> str | None:
    """`text` as it should be transcribed, or None when it has signs that are not spoken.

    Hangul, Latin letters, digits and ? . , % ! - stay; quotes and brackets go, and so does a full stop at the end.
    """
    text = " ".join(_DROPPED.sub(" ", unicodedata.normalize("NFC", text)).split())
    text = re.sub(r" +(?=[?.,!%])", "", text).rstrip(".,- ").lstrip("-.,?! ")
    if not text or len(text) > LONGEST or not _KEPT.fullmatch(text) or " -" in text or "- " in text:
        return None
    if len(_LATIN.findall(text)) * 2 > len(text) or any(len(w) > 12 for w in _WORDS.findall(text)):
        return None
    return text


def held_out(text: str) -> bool:
    """Whether a sentence is never spoken in training (4 of 100, by its hash)."""
    return zlib.crc32(("speech" + text.replace(" ", "").rstrip("?!.")).encode()) % 100 < 4


class Texts:
    """Draws sentences; all sets are read once. Errors: FileNotFoundError without the data folder."""

    def __init__(self, data: Path, seen: Callable[[str], bool] = lambda text: not held_out(text)) -> None:
        self._pools = corpus.load_pools(data)
        self._seen = seen
        self.sentences = self._usable(_sentences(data))
        self.terms = self._usable([*self._pools.labels, *self._pools.headings, *self._pools.messages])
        self._questions: list[str] = []
        self._screen = 0

    def draw(self, rng: random.Random) -> str:
        """The next sentence, normal and not held out."""
        while True:
            kind = rng.choices(list(SHARES), list(SHARES.values()))[0]
            text = normal(self._one(kind, rng))
            if text and self._seen(text):
                return text

    def questions(self, screen: int, count: int = 20) -> list[str]:
        """Questions about the generator's screen of this number."""
        rng = random.Random(f"speech {screen}")
        page = make_screen(screen, self._pools, rng.choice((0, 1, 1, 2)), picture=False)
        return [asked.question for asked in ask(page, self._pools, rng, count)]

    def _one(self, kind: str, rng: random.Random) -> str:
        if kind == "sentence":
            return rng.choice(self.sentences)
        if kind == "term":
            return rng.choice(self.terms)
        if kind == "number":
            return number(rng)
        while not self._questions:
            self._screen = rng.randrange(1_000_000, HELD_OUT_SCREENS)
            self._questions = self.questions(self._screen)
        asked = self._questions.pop()
        return english_spoken(asked) if rng.random() < 0.5 else asked

    def _usable(self, texts: list[str]) -> list[str]:
        found = dict.fromkeys(n for text in texts if (n := normal(text)) and self._seen(n))
        return list(found)


def _sentences(data: Path) -> list[str]:
    """Everyday sentences of four sets."""
    found = [r["text"] for r in corpus.rows(data / "3i4k-intent/fci_train_val.jsonl.xz")]
    found += [r["ko"] for r in corpus.rows(data / "tatoeba-en-ko/tatoeba_en_ko.jsonl.xz")]
    found += [r["text"] for r in corpus.rows(data / "parakqc/parakqc.jsonl.xz")]
    for row in corpus.rows(data / "chatbot-songys/chatbot.jsonl.xz"):
        found += [row["q"], row["a"]]
    return found


_COUNTED = (
    "개", "명", "번째 줄", "시간", "장", "권", "대", "살", "마리", "가지", "번째", "월", "일", "분", "초", "층", "호", "번", "원", "위", "등",
    "점", "회", "차", "분기", "학년", "반", "쪽", "페이지", "킬로", "미터", "도", "퍼센트", "만 원", "천 원", "기가", "메가",
)  # fmt: skip
_AROUND = (
    "{}", "{}이야?", "{}입니다", "{}이에요", "{}인가요?", "{}까지", "{}부터", "모두 {}", "총 {}", "가격은 {}", "오늘은 {}", "합계가 {}",
    "{}로 바꿔 줘", "{} 맞아?", "약 {}", "{} 이상", "{} 남았어", "{} 전에", "그건 {}",
)  # fmt: skip


def number(rng: random.Random) -> str:
    """A date, time, price, share, count, phone number or size, as screens write it."""
    kind = rng.randrange(8)
    if kind == 0:
        month, day = rng.randint(1, 12), rng.randint(1, 31)
        year = f"{rng.randint(1980, 2035)}년 "
        said = rng.choice((f"{month}월 {day}일", f"{year}{month}월 {day}일", f"{year}{month}월"))
    elif kind == 1:
        hour = f"{rng.choice(('오전 ', '오후 ', ''))}{rng.randint(1, 12)}시"
        said = rng.choice((f"{hour} {rng.randint(1, 59)}분", hour, f"{hour} 반"))
    elif kind == 2:
        price = rng.randint(1, 999) * 10 ** rng.randint(1, 6)
        said = f"{price:,}원"
    elif kind == 3:
        said = rng.choice(
            (f"{rng.randint(1, 100)}%", f"{rng.uniform(0, 100):.1f}%", f"{rng.uniform(0, 20):.1f}")
        )
    elif kind == 4:
        said = f"{rng.randint(0, 999)}-{rng.randint(1000, 9999)}"
        said = rng.choice((f"010-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}", said.zfill(8)))
    else:
        highest = rng.choice((10, 10, 30, 100, 1000))
        said = f"{rng.randint(1, highest)}{rng.choice(_COUNTED)}"
    return rng.choice(_AROUND).format(said) if rng.random() < 0.6 else said
