"""How written numbers are said in Korean: 2분기 → 이분기, 3번째 → 세번째, 1,234,000원 → 백이십삼만사천원.

A word stays one word, so that what is heard can be matched to what is written.
"""

from __future__ import annotations

import random
import re

_DIGITS = "영일이삼사오육칠팔구"
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_COUNTERS = re.compile(
    r"(개(?!월)|번째|명|시(?!트)|살|마리|장(?!절)|권|대|가지|곳|줄|칸|군데|시간|사람|잔|벌|송이|곡|채|켤레|달)"
)
_TEN_THOUSANDS = ("", "만", "억", "조")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+")
_PHONE = re.compile(r"\d{2,4}(?:-\d{3,4}){1,2}")


def sino(number: int) -> str:
    """A whole number below 10¹⁶ in Sino-Korean words (이천이십육)."""
    parts: list[str] = []
    for size in _TEN_THOUSANDS:
        number, four = divmod(number, 10_000)
        if four:
            words = "".join(
                ("" if digit == 1 and unit else _DIGITS[digit]) + unit
                for place, unit in ((1000, "천"), (100, "백"), (10, "십"), (1, ""))
                if (digit := four // place % 10)
            )
            parts.append(("" if words == "일" and size == "만" else words) + size)
        if not number:
            break
    return "".join(reversed(parts)) or "영"


def native(number: int) -> str:
    """1 … 99 as said before a counter (한, 스물두)."""
    if number == 20:
        return "스무"
    return _TENS[number // 10] + _ONES[number % 10]


def digit_by_digit(digits: str) -> str:
    return "".join("공" if d == "0" else _DIGITS[int(d)] for d in digits)


def aloud(text: str, rng: random.Random) -> str:
    """`text` with its numbers, % and signs in Korean words, as many words (eojeol) as before."""
    text = _PHONE.sub(lambda m: "".join(map(digit_by_digit, m[0].split("-"))), text)

    def say(match: re.Match[str]) -> str:
        number, behind = match[0].replace(",", ""), text[match.end() :]
        whole, _, part = number.partition(".")
        if part:
            return sino(int(whole)) + "점" + "".join(_DIGITS[int(d)] for d in part)
        counter = _COUNTERS.match(behind.lstrip() if behind[:1] == " " else behind)
        most = 12 if counter and counter[0] == "시" else 99
        if counter and 0 < int(whole) <= most and not behind.lstrip().startswith("대로"):
            return native(int(whole))
        if whole.startswith("0") and len(whole) > 1:
            return digit_by_digit(whole)
        if behind.startswith("월") and whole in ("6", "10"):
            return {"6": "유", "10": "시"}[whole]
        return sino(int(whole))

    text = _NUMBER.sub(say, text)
    return text.replace("%", rng.choice(("퍼센트", "프로"))).replace("-", "").replace("+", "플러스")
