"""Whether words sound like a whole question or request, so that the wait after them can be short.

Korean says so at its end: what follows the stem of the last word closes a sentence («있어», «뭐야», «알려 줘»), leads on («있고»,
«눌러서»), or is a noun that a particle may still follow. Only the first kind counts, and of it only what people do not pause behind to
go on: «해», «돼» and «보여» may be followed by «줘», «어디» by «있어».
"""

from __future__ import annotations

import re

_CLOSING = re.compile(
    "(?:[가-힣]죠|나요|[은는한인된난]가요|[이예에세해돼줘봐려켜여아어와워까네군데지래]요|니다|십시오|줘|줄래|봐|[하되있없이보]니|같[아애대]|[뭐거겠]지)$"
)
_YA = re.compile("(?<![분시평광심전해아어여가사쳐셔러와워돼봐줘져켜려내서라자드])야$")
"""«뭐야», «설정이야»; neither «분야» nor «해야» and «눌러야», which lead on"""
_NOT = re.compile("(?:중요|필요|수요|월요|목요|금요|토요|일요|화요|개요|주요|가요|동요|소요|오빠야)$")
_MARKS = " .?!,…~\"'“”‘’"
_SS, _P, _L = 20, 17, 8
"""ㅆ, ㅂ and ㄹ among the final consonants, as Unicode numbers them: «있», «합», «할»"""
_AFTER_SS = "어니다지대네나"


def sounds_finished(text: str) -> bool:
    """Whether `text` ends as a sentence does. «저장 버튼 어디 있어» does, «저장 버튼은» and «눌러서» do not."""
    words = text.strip(_MARKS)
    if len(words) < 2 or _NOT.search(words):
        return False
    last, before = words[-1], _final_consonant(words[-2])
    if words.endswith("니까"):  # «습니까», «합니까», but not «하니까»
        return len(words) > 2 and (words[-3] == "습" or _final_consonant(words[-3]) == _P)
    if last == "까":
        return before == _L
    if last in _AFTER_SS and before == _SS:
        return True
    return bool(_CLOSING.search(words) or _YA.search(words))


def _final_consonant(syllable: str) -> int:
    """Its number, 0 for none; −1 for what is no Hangul syllable."""
    place = ord(syllable) - ord("가")
    return place % 28 if 0 <= place < 11172 else -1
