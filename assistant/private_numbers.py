"""Numbers and words that must not be kept: how each kind is recognised in Korean and English text.

Errs on the side of hiding: a false alarm costs a few dots in the history, a miss keeps somebody's resident number on
the disk. OCR's usual mistakes with digits (O for 0, l for 1) are allowed for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum


class Secret(Enum):
    """What is masked."""

    RESIDENT = "resident number"
    """주민등록번호, and the foreigners' number of the same form"""
    CARD = "card"
    ACCOUNT = "account"
    PHONE = "phone"
    KEY = "key"
    """API keys, tokens, private keys"""
    PASSWORD = "password"  # noqa: S105
    """what stands behind «비밀번호:»"""
    PASSPORT = "passport"
    CVC = "cvc"


ALWAYS = frozenset(Secret) - {Secret.PHONE}
"""telephone numbers are asked about too often to be hidden unasked"""


@dataclass(frozen=True)
class Found:
    """A secret in a text: characters `start` to `end`."""

    kind: Secret
    start: int
    end: int


_DASH = r"[-–—‐‑‒―−ㅡ一~∼·.\s\u200b\u2060]"
_STROKE = "[-–—‐‑―ㅡ一]"
"""a dash, or what OCR makes of one"""
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}
"""full-width signs as the narrow ones, one for one"""
# What OCR makes of digits in these numbers. Letters count only where digits stand around them.
_DIGITS = str.maketrans("OoQDlI|!SsB/", "000011115587")
_DIGIT = r"[0-9OoQDlI|!SsB/]"
_EDGE = r"(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
_RESIDENT = re.compile(
    rf"{_EDGE}{_DIGIT}{{2}}[ ]?{_DIGIT}{{2}}[ ]?{_DIGIT}{{2}}[ ]?{_DASH}{{0,3}}[ ]?"
    rf"(?:{_DIGIT}(?:[ ]?{_DIGIT}){{6}}|[1-8][*•xX●]{{6}}){_END}"
)
_CARD = re.compile(
    rf"{_EDGE}(?:{_DIGIT}{{4}}{_DASH}{{1,3}}{_DIGIT}{{4}}{_DASH}{{1,3}}{_DIGIT}{{4}}{_DASH}{{1,3}}{_DIGIT}{{1,7}}"
    rf"|{_DIGIT}{{4}}{_DASH}{{1,3}}{_DIGIT}{{6}}{_DASH}{{1,3}}{_DIGIT}{{4,5}}|{_DIGIT}{{13,19}}){_END}"
)
_LOOSE_CARD = re.compile(rf"{_EDGE}{_DIGIT}(?:[ -]?{_DIGIT}){{12,18}}{_END}")
"""where OCR has lost blanks: called a card, and the sum must fit"""
_CARD_WORDS = re.compile(r"카드|card|visa|master|비자", re.IGNORECASE)
_ACCOUNT = re.compile(rf"{_EDGE}\d{{2,6}}(?:{_STROKE}\d{{1,8}}){{1,4}}{_END}")
_ACCOUNT_WORDS = re.compile(
    r"계\s?좌|입금|이체|송금|예금주|통장|account|IBAN|국민|신한|우리|하나|농협|기업은행|카카오|토스|새마을|우체국|신협|은행|뱅크",
    re.IGNORECASE,
)
_LOOSE_ACCOUNT = re.compile(rf"{_EDGE}\d(?:[\dOoIl|/]|[-–—‐ .]{{1,3}}(?=[\d/])){{8,24}}")
"""what OCR makes of an account: a blank too many, a dash with a dot, a 7 like a slash"""
_SPACED_ACCOUNT = re.compile(rf"{_EDGE}\d{{2,12}}(?: {{1,2}}\d{{2,8}}){{1,4}}{_END}")
_SURELY_ACCOUNT = re.compile(
    r"(?:계\s?좌|입금|이체|송금|account|IBAN)"
    r"|(?:국민|신한|우리|하나|농협|기업|카카오\s?뱅크|토스\s?뱅크|새마을\s?금고|우체국|신협|수협|은행)\W{0,4}$",
    re.IGNORECASE,
)
"""before groups that blanks hold apart: a bank's name alone must stand right before them"""
_HARMLESS = re.compile(
    r"(?:송장|운송장|주문|접수|문서|승인|예약|관리|사건|학번|사번|품번|모델|일련|우편|고객|order|invoice|tracking|serial)"
    r"\s?(?:번호|number|no\.?|#)?\s*[:：=]?\s*$",
    re.IGNORECASE,
)
"""right before a number that looks like an account and is none"""
_DATED = re.compile(r"(?:19|20)\d{2}\s?[-–—‐.]\s?\d{1,2}\s?[-–—‐.]")
_BARE_ACCOUNT = re.compile(rf"{_EDGE}\d{{10,14}}{_END}")
_PHONE = re.compile(
    rf"{_EDGE}(?:\+?82{_DASH}{{0,3}}\(?0?\)?{_DASH}{{0,2}}|[0O])(?:1[016789]|2|[3-6]\d|70|80|50\d?)"
    rf"(?:{_DASH}|,){{0,3}}[\dOoIl|/]{{3,4}}(?:{_DASH}|,){{0,3}}[\dOoIl|/]{{4}}{_END}"
)
_NOT_ACCOUNTS = re.compile(
    r"(?:19|20)\d{2}[-–—‐](?:0?[1-9]|1[0-2])(?:[-–—‐](?:0?[1-9]|[12]\d|3[01]))?"  # dates
    r"|\d{3}-\d{2}-\d{5}"  # a firm's registration number, which is public
    r"|1[568]\d{2}-\d{4}"  # a firm's telephone number
)
_KEY = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\b(?:sk|pk|rk)[-_](?:live|test|proj|ant|or)[-_A-Za-z0-9]{12,}|\bsk-\S{16,}"
    r"|\b(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9.|/]{16,}|\bgithub_pat_[A-Za-z0-9_]{20,}|\bglpat-[A-Za-z0-9_-]{16,}"
    r"|\bhf_[A-Za-z0-9]{20,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bAIza[A-Za-z0-9_-]{30,}|\bA[KS][I1l|]A[A-Z0-9/|이]{14,18}(?![A-Za-z0-9])"
    r"|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}|\bnpm_[A-Za-z0-9]{20,}|\bpypi-[A-Za-z0-9_-]{20,}"
    r"|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\bya29\.[A-Za-z0-9_-]{20,}"
)
_LONG_WORD = re.compile(r"(?<![\w-])[A-Za-z0-9_\-\[\]|!'/.$(]{24,}")
_KEY_GOES_ON = re.compile(
    r" (?:(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Z])[A-Za-z0-9_-]{4,}|(?=[a-z]*[A-Z][A-Z]*[a-z])[A-Za-z]{12,})(?![\w-])"
)
"""a blank that OCR put into a key"""
_NAMED_KEY = re.compile(
    r"(?:api[\s_-]?key|secret[\s_-]?key|secret|access[\s_-]?(?:key|token)|client[\s_-]?secret|auth[\s_-]?token|token"
    r"|인증키|비밀키|시크릿\s?키|액세스\s?토큰|API\s?키)[\"']?\s*[:=：]\s*[\"']?(?P<value>[A-Za-z0-9_\-+/=.]{12,})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b(?:bearer|basic)\s+(?P<value>[A-Za-z0-9_\-+/=.]{12,})", re.IGNORECASE)
_PASSWORD = re.compile(
    r"(?:비밀\s?번호|패스워드|암호|password|passwd|\bpwd|\bPIN(?:\s?번호)?|OTP(?:\s?번호)?|인증\s?번호|보안\s?코드)"
    r"(?:은|는|이|가)?\s*[:=：]\s*(?P<value>[^\s,;]{3,64}(?: [^\s가-힣]{1,6}(?=\s*$))?)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:[MSRODG]\d{8}|[MSRODG]\d{3}[A-Z]\d{4})(?![0-9A-Za-z])")
_CVC = re.compile(
    r"\b(?:C[VW][VCW]2?|CID|카드\s?확인\s?코드)\s*(?:번호)?\s*[:=：]?\s*(?P<value>[0-9OolI|]{3,4})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_BARE_PASSWORD = re.compile(
    r"(?:비밀\s?번호|패스워드|password|passwd)\s+(?P<value>(?=[^\s가-힣]*[\d!@#$%^&*])[^\s가-힣,;:=~]{6,64})\s*$",
    re.IGNORECASE,
)
"""where OCR has lost the colon"""
_NEAR_KEY = re.compile(
    r"(?:api[\s_-]?(?:key|키)|token|토큰|secret|시크릿(?:\s?키)?)\W{1,4}"
    r"(?P<value>(?=[A-Za-z_\-+/=]*\d)[A-Za-z0-9_\-+/=.|!$()\[\]]{16,})",
    re.IGNORECASE,
)


_LABELLED = (
    (Secret.RESIDENT, r"(?:주민\s?(?:등록\s?)?번호|외국인\s?등록\s?번호)"),
    (Secret.CARD, r"카드\s?번호"),
    (Secret.ACCOUNT, r"계좌\s?번호"),
    (Secret.PASSPORT, r"(?:여권|면허)\s?번호"),
    (Secret.PHONE, r"(?:전화\s?(?:번호)?|휴대\s?(?:폰|전화)|연락처|\bTEL\b|\bH\.?P\b|phone|mobile)"),
)
_LABEL_PATTERNS = tuple(
    (kind, re.compile(rf"{label}\s*[:：=]?\s*(?P<value>[0-9A-Za-z/|(+][^가-힣\n]{{7,30}})"))
    for kind, label in _LABELLED
)


def find(text: str, kinds: Iterable[Secret] = ALWAYS, *, side_by_side: bool = False) -> list[Found]:
    """The secrets in `text`, in order and without overlaps (the earlier, then the longer one counts).

    `side_by_side`: `text` is made of several lines of a row, such as a table's cells, whose numbers look like the
    groups of one number; a card must then fit its check sum or be called a card.
    """
    wanted = frozenset(kinds)
    text = text.translate(_NARROW)
    found = [one for kind, search in _SEARCHES if kind in wanted for one in search(text)]
    found += _labelled(text, wanted)
    if side_by_side and not _CARD_WORDS.search(text):
        found = [
            one for one in found if one.kind is not Secret.CARD or luhn(_digits(text[one.start : one.end]))
        ]
    kept: list[Found] = []
    for one in sorted(found, key=lambda secret: (secret.start, -secret.end)):
        if kept and one.start < kept[-1].end:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, one.end))
        else:
            kept.append(one)
    return kept


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text.translate(_DIGITS)))


def _labelled(text: str, wanted: frozenset[Secret]) -> Iterator[Found]:
    """What stands behind «카드번호» and the like, however badly it was read, if digits are in it."""
    for kind, pattern in _LABEL_PATTERNS:
        for match in pattern.finditer(text) if kind in wanted else ():
            if len(_digits(match["value"])) >= 6:
                end = match.end("value") - len(match["value"]) + len(match["value"].rstrip(" \t.,;:!?)"))
                yield Found(kind, match.start("value"), end)


def _residents(text: str) -> Iterator[Found]:
    """Six digits that are a date, and seven of which the first is 0…9 as the law gives them out.

    The check digit is not asked for: numbers since October 2020 have none, and OCR errs.
    """
    for match in _RESIDENT.finditer(text):
        digits = _digits(match[0])
        if len(digits) >= 7 and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) <= 31:
            yield Found(Secret.RESIDENT, *match.span())


def _cards(text: str) -> Iterator[Found]:
    """13 to 19 digits that Luhn's sum fits, and without it what is grouped like a card and begins like one."""
    for match in _CARD.finditer(text):
        digits = _digits(match[0])
        groups = re.split(rf"{_DASH}+", match[0])
        like_a_card = [len(group) for group in groups] in ([4, 4, 4, 4], [4, 6, 5]) and digits[0] in "3456789"
        if like_a_card and not _CARD_WORDS.search(text):
            like_a_card = not _amounts(groups, match[0])
        if 13 <= len(digits) <= 19 and (luhn(digits) or like_a_card):
            yield Found(Secret.CARD, *match.span())


def _loose_cards(text: str) -> Iterator[Found]:
    for match in _LOOSE_CARD.finditer(text) if _CARD_WORDS.search(text) else ():
        digits = _digits(match[0])
        if digits[0] in "3456" and luhn(digits):
            yield Found(Secret.CARD, *match.span())


def _amounts(groups: list[str], text: str) -> bool:
    """Whether groups are rather a row of a table: blanks between them, and round numbers."""
    return not re.search(_STROKE, text) and sum(group.endswith("0") for group in groups) >= 3


def luhn(digits: str) -> bool:
    """Whether the check sum of card numbers fits."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _accounts(text: str) -> Iterator[Found]:
    """Groups of digits joined by dashes, 10 to 16 in all; without dashes only where a word says it is an account."""
    for match in _ACCOUNT.finditer(text):
        digits = _digits(match[0])
        known = _NOT_ACCOUNTS.fullmatch(match[0]) or _PHONE.fullmatch(match[0])
        if 10 <= len(digits) <= 16 and not known and not _HARMLESS.search(text[: match.start()]):
            yield Found(Secret.ACCOUNT, *match.span())
    for match in _SPACED_ACCOUNT.finditer(text):
        known = _PHONE.fullmatch(match[0]) or _DATED.match(match[0]) or _amounts(match[0].split(), match[0])
        called = _SURELY_ACCOUNT.search(text[: match.start()])
        if called and not known and 10 <= len(_digits(match[0])) <= 16:
            yield Found(Secret.ACCOUNT, *match.span())
    if _ACCOUNT_WORDS.search(text):
        for match in (*_BARE_ACCOUNT.finditer(text), *_LOOSE_ACCOUNT.finditer(text)):
            bare = match[0].isdigit() or re.search(r"[-–—‐]", match[0])
            known = _PHONE.fullmatch(match[0]) or _NOT_ACCOUNTS.fullmatch(match[0]) or _DATED.match(match[0])
            if bare and not known and 10 <= len(_digits(match[0])) <= 16:
                yield Found(Secret.ACCOUNT, *match.span())


def _keys(text: str) -> Iterator[Found]:
    long_words = (match.span() for match in _LONG_WORD.finditer(text) if _is_random(match[0]))
    known = (match.span() for match in _KEY.finditer(text))
    named = (
        match.span("value")
        for pattern in (_NAMED_KEY, _BEARER, _NEAR_KEY)
        for match in pattern.finditer(text)
    )
    for start, end in (*known, *long_words, *named):
        whole = end
        while more := _KEY_GOES_ON.match(text, whole):
            whole = more.end()
        yield Found(Secret.KEY, start, whole)


def _is_random(word: str) -> bool:
    """Whether a long word changes between digits, capitals and small letters as only keys do.

    Of 62 signs drawn at random 62 % differ in kind from the one before; in `getElementsByTagNameAndClass2026Id` 44 %.
    """
    kinds = ["9" if sign.isdigit() else "A" if sign.isupper() else "a" for sign in word if sign.isalnum()]
    changes = sum(one != other for one, other in itertools.pairwise(kinds))
    counts = (kinds.count("9") >= 1, kinds.count("A") >= 3, kinds.count("a") >= 3)
    return all(counts) and changes >= 0.46 * len(kinds)


def _by_pattern(kind: Secret, pattern: re.Pattern[str]) -> Callable[[str], Iterator[Found]]:
    def search(text: str) -> Iterator[Found]:
        group = "value" if "value" in pattern.groupindex else 0
        return (Found(kind, *match.span(group)) for match in pattern.finditer(text))

    return search


_SEARCHES: tuple[tuple[Secret, Callable[[str], Iterator[Found]]], ...] = (
    (Secret.RESIDENT, _residents),
    (Secret.CARD, _cards),
    (Secret.CARD, _loose_cards),
    (Secret.ACCOUNT, _accounts),
    (Secret.KEY, _keys),
    (Secret.PASSWORD, _by_pattern(Secret.PASSWORD, _PASSWORD)),
    (Secret.PASSWORD, _by_pattern(Secret.PASSWORD, _BARE_PASSWORD)),
    (Secret.CVC, _by_pattern(Secret.CVC, _CVC)),
    (Secret.PASSPORT, _by_pattern(Secret.PASSPORT, _PASSPORT)),
    (Secret.PHONE, _by_pattern(Secret.PHONE, _PHONE)),
)
