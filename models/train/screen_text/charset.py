"""Which characters the reader knows, and how odd ones are folded into them.

Hangul: all 2,350 syllables of KS X 1001, plus every other syllable seen at least `LEAST` times in the training
text. Everything else is listed here by hand, because symbols are too rare in text to be counted.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

LEAST = 10
ASCII = "".join(chr(code) for code in range(32, 127))
JAMO = "".join(chr(code) for code in range(0x3131, 0x3164))
SYMBOLS = (
    "…·•→←↑↓↔↗↩▶◀▼▲▷◁▽△✓✔✕✖×÷±©®™℃°₩€£¥¢“”‘’«»‹›–—─│"
    "■□●○◎◆◇★☆♥♡♪♬※§¶№㎡㎝㎏㎞㎖㎜µΩ∞≤≥≠√∑½¼¾²³¹"
    "「」『』《》〈〉【】〔〕、。～①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮ⅠⅡⅢⅣⅤ㈜"
    "⌘⌥⇧⌃⏎⌫☰⋮⋯⚠⚙↻⟳☎✎"
    "éèêëáàâäãåæíìîïóòôöõøúùûüñçßýÉÁÄÅÖØÜÇÑαβγδεθλμπσφωΔΣΦ"
)
FOLDED = str.maketrans({
    "∙": "·", "⋅": "·", "ㆍ": "·", "・": "·", "‧": "·", "―": "—", "−": "-", "‐": "-", "‑": "-", "‥": "…",
    "▸": "▶", "►": "▶", "▹": "▷", "◂": "◀", "◄": "◀", "▾": "▼", "▴": "▲", "✗": "✕", "✘": "✖", "⨯": "×",
    "\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "ㅤ": " ", "\t": " ",
    "μ": "µ", "⚫": "●", "⚪": "○", "․": ".", "，": ",", "！": "!", "？": "?", "：": ":", "；": ";",
    "（": "(", "）": ")", "／": "/", "％": "%", "＋": "+", "＝": "=", "＆": "&", "￦": "₩", "″": '"', "′": "'",
    "\u200b": "", "\u200e": "", "\u200f": "", "\u2068": "", "\u2069": "", "\ufeff": "", "\ufe0f": "", "\u00ad": "",
})  # fmt: skip


def folded(text: str) -> str:
    """The text in NFC with look-alike characters made one and all white space single, stripped."""
    return " ".join(unicodedata.normalize("NFC", text).translate(FOLDED).split())


def ks_x_1001() -> list[str]:
    """The 2,350 syllables of KS X 1001, in its order."""
    rows = (bytes([row, cell]).decode("euc-kr") for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF))
    return list(rows)


def build(texts: Iterable[str]) -> str:
    """The characters of the reader, each once, sorted in its group: ASCII, symbols, jamo, syllables."""
    syllables = set(ks_x_1001())
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(text)
    seen = {c for c, n in counted.items() if "가" <= c <= "힣" and n >= LEAST}
    symbols = "".join(dict.fromkeys(SYMBOLS.translate(FOLDED)))
    return ASCII + symbols + JAMO + "".join(sorted(syllables | seen))


def coverage(characters: str, texts: Iterable[str]) -> float:
    """The share of characters of the folded `texts` that are in `characters`."""
    known = set(characters)
    total = found = 0
    for text in texts:
        clean = folded(text)
        total += len(clean)
        found += sum(c in known for c in clean)
    return found / max(1, total)


def save(characters: str, path: Path) -> None:
    path.write_text(characters, encoding="utf-8")


def load(path: Path) -> str:
    """Class n of the network is character n - 1; class 0 is CTC's blank."""
    return path.read_text(encoding="utf-8")
