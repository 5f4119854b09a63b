"""Recognises an answer that says «I cannot tell from this screen» instead of answering."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant import prompts

_PHRASES = re.compile(
    r"찾을 ?수 ?(?:가 ?)?(?:없|업)|찾지 ?못|"
    r"(?:보이|나와 ?있|나타나|나오|표시되(?:어 ?있)?|적혀 ?있|쓰여 ?있|제공되|언급되|포함되(?:어 ?있)?)지 ?않|"
    r"(?:알|확인할|판단할|답할|대답할|답변할|읽을|말씀드릴) ?수 ?(?:가 ?)?없|알기 ?어렵|확인하기 ?어렵|확인되지 ?않|"
    r"(?:화면|사진|그림|이미지|여기)(?:에는?|에서는?|상에는?)? ?(?:(?:그런|해당|관련|그) ?)?"
    r"(?:[가-힣]+(?:은|는|이|가)? ?){0,3}없(?:습니다|어요|네요|는 ?것 ?같)|"
    r"(?:정보|내용|항목|답)(?:은|는|이|가)? ?(?:화면에 ?)?없(?:습니다|어요|네요)|"
    r"(?:잘 ?)?모르겠|더 ?큰 ?모델이 ?필요|"
    r"cannot (?:find|see|determine|tell|answer)|can't (?:find|see|determine|tell|answer)|"
    r"not (?:visible|shown|present|found) (?:on|in) the (?:screen|image)|i don'?t know",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(r"^(?:네|예|응|아니[요오]?|아뇨|아닙니다)(?:[,.!\s]|$)")
_QUOTED = re.compile(r"[\"“'‘「『《<\[][^\"”'’」』》>\]]{1,200}[\"”'’」』》>\]]")
_LONGEST = 160
"""characters; what is longer has told something besides"""


def abstains(shown: str, lines: Iterable[str] = ()) -> bool:
    """Whether the shown answer is an abstention.

    `lines` are texts on the screen: «파일을 찾을 수 없습니다» read from a dialog is an answer, and so is a
    plain yes or no.
    """
    shown = prompts.plain(shown)
    if not shown or shown in prompts.ABSTENTIONS:
        return True
    if len(shown) > _LONGEST or _YES_OR_NO.match(shown):
        return False
    for line in map(prompts.plain, lines):
        if _PHRASES.search(line):
            shown = shown.replace(line.rstrip("."), " ")
    return bool(_PHRASES.search(_QUOTED.sub(" ", shown)))
