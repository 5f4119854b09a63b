"""Which words of the screen a transcriber should expect to hear."""

from __future__ import annotations

import re

from assistant.frames import ScreenText

MOST = 60
_WORD = re.compile(r"[가-힣]{2,12}|[A-Za-z][A-Za-z0-9]{2,15}")


def hotwords(screen_text: ScreenText, most: int = MOST) -> tuple[str, ...]:
    """Up to `most` distinct words, those of short lines first: labels and names are what people say aloud."""
    lines = sorted(screen_text.lines, key=lambda line: len(line.text))
    words = (word for line in lines for word in _WORD.findall(line.text))
    return tuple(dict.fromkeys(words))[:most]
