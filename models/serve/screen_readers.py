"""What screen-reader add-ons ask in English, in the words the bundled Korean model was taught.

The default prompts of NVDA's Vision Assistant Pro and AI Content Describer are English paragraphs that come
down to «describe this». A large model takes them as they are; the bundled one knows the Korean question.
"""

from __future__ import annotations

import re

from models import pointing

DESCRIBE = pointing.DESCRIBE["normal"]
_HANGUL = re.compile("[\uac00-\ud7a3]")
_DESCRIBING = re.compile(
    r"\b(describe|description|caption|analy[sz]e|what(?:'s| is) (?:in|on|this))\b", re.IGNORECASE
)


def in_korean(prompt: str) -> str:
    """The Korean question for an English prompt that asks for a description; any other text as it is."""
    if _HANGUL.search(prompt) or not _DESCRIBING.search(prompt):
        return prompt
    return DESCRIBE
