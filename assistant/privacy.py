"""What must not be looked at, and what must not be kept: excluded windows, and secrets masked in text and in boxes.

The lists are the person's to edit; these are the first ones. What counts as a secret is in private_numbers.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.frames import Box, ScreenText, TextLine
from assistant.private_numbers import ALWAYS, Found, Secret, find

MASK = "•"
_HIDDEN = re.compile(r"[^\s\-–—‐·.]")
"""of a secret: all but what holds its groups apart"""

PROGRAMS = (
    # password managers and secrets
    "KeePass", "KeePassXC", "1Password", "Bitwarden", "LastPass", "Dashlane", "Enpass", "NordPass", "RoboForm",
    "Proton Pass", "ProtonPass", "seahorse", "kwalletmanager", "gnome-keyring", "Keychain Access", "키체인 접근",
    "CredentialUIBroker", "Authy", "알패스", "AlPass",
    # certificates and banking plug-ins with windows of their own
    "AnySign", "AnySign4PC", "MagicLine", "MagicLine4NX", "CertShare", "KICA", "INISAFE", "CrossCert", "UniSign",
    "veraport", "TouchEn", "nProtect", "AhnLab Safe Transaction", "ASTx", "StSess", "XecureHSM", "YesSign",
)  # fmt: skip
TITLES = (
    # banks, cards, payment
    "인터넷뱅킹", "인터넷 뱅킹", "개인뱅킹", "기업뱅킹", "모바일뱅킹", "뱅킹", "은행", "계좌이체", "계좌 이체", "보안카드",
    "카드번호", "결제하기", "간편결제", "신용카드", "저축은행", "새마을금고", "신협", "토스뱅크", "카카오뱅크", "케이뱅크",
    "internet banking", "online banking", "netbanking", "bank", "paypal",
    # certificates and identity
    "공동인증서", "공인인증서", "금융인증서", "인증서 선택", "인증서 암호", "인증서 로그인", "전자서명", "간편인증", "본인확인",
    "본인인증", "홈택스", "정부24", "certificate password", "digital signature",
    # passwords
    "비밀번호", "패스워드", "암호 입력", "암호 관리", "비밀번호 관리자", "password", "passphrase", "passkey", "1password",
    "bitwarden", "keepass", "lastpass", "보안 키", "복구 코드", "recovery code", "recovery phrase", "seed phrase",
    "two-factor", "2단계 인증", "일회용 비밀번호",
    # private browsing
    "시크릿 모드", "시크릿 창", "시크릿 탭", "(시크릿)", "사생활 보호 모드", "사생활 보호 브라우징", "비공개 브라우징", "비공개 탐색",
    "개인정보 보호 브라우징", "inprivate", "incognito", "private browsing", "private window", "프라이빗 브라우징",
)  # fmt: skip
NOT_MEANT = (
    "은행나무",
    "은행잎",
    "은행동",
    "혈액은행",
    "문제은행",
    "blood bank",
    "river bank",
    "bankruptcy",
    "data bank",
)
"""words that hold one of the titles and mean something else"""


@dataclass(frozen=True)
class Exclusions:
    """Windows that are never looked at. An entry counts anywhere in a title, and as a program's whole name.

    An English title entry must stand at a word's edges («bank» is not in «Bankruptcy»); Korean words are joined to
    others freely, so a Korean entry may stand inside a word.
    """

    programs: tuple[str, ...] = PROGRAMS
    titles: tuple[str, ...] = TITLES
    allowed: tuple[str, ...] = NOT_MEANT
    """taken out of a title before it is judged"""

    def is_excluded(self, title: str, program: str = "") -> bool:
        """Whether a window of this title and program must not be looked at."""
        name = _program_name(program)
        if name and any(name == _program_name(one) for one in self.programs):
            return True
        shown = _plain(title)
        for word in self.allowed:
            shown = shown.replace(_plain(word), " ")
        return any(_stands_in(_plain(word), shown) for word in self.titles)


def is_excluded(title: str, program: str = "") -> bool:
    """With the first lists."""
    return Exclusions().is_excluded(title, program)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _program_name(program: str) -> str:
    """«C:\\…\\KeePassXC.exe», «/usr/bin/keepassxc», «org.keepassxc.KeePassXC» → keepassxc."""
    name = re.split(r"[\\/]", _plain(program))[-1]
    name = name.removesuffix(".exe").removesuffix(".app")
    if re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+){2,}", name):
        name = name.rsplit(".", 1)[-1]
    return re.sub(r"[\s_-]", "", name)


def _stands_in(word: str, text: str) -> bool:
    if not word:
        return False
    if re.search(r"[가-힣]", word):
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def masked(text: str, kinds: Iterable[Secret] = ALWAYS) -> str:
    """`text` with a secret's signs as •; dashes, blanks and length stay. Masking twice changes nothing."""
    pieces, at = [], 0
    for one in find(text, kinds):
        pieces += [text[at : one.start], _HIDDEN.sub(MASK, text[one.start : one.end])]
        at = one.end
    return "".join([*pieces, text[at:]])


def masked_screen(screen_text: ScreenText, kinds: Iterable[Secret] = ALWAYS) -> tuple[ScreenText, list[Box]]:
    """The screen's lines masked, and the boxes to be painted over in its picture before that is kept.

    A label and its number are often two lines side by side («계좌번호» | «110-234-567890»), and one number may be
    four fields: the lines of a row are therefore judged together as well.
    """
    wanted = frozenset(kinds)
    hidden = {n: find(line.text, wanted) for n, line in enumerate(screen_text.lines)}
    for row in _rows(screen_text.lines):
        for n, found in _found_across(screen_text.lines, row, wanted).items():
            hidden[n] = [*hidden[n], *found]
    lines, boxes = [], []
    for n, line in enumerate(screen_text.lines):
        spans = _merged(hidden[n])
        lines.append(replace(line, text=_mask_spans(line.text, spans)) if spans else line)
        boxes += [_box_of(line, start, end) for start, end in spans]
    return replace(screen_text, lines=tuple(lines)), boxes


def _rows(lines: Sequence[TextLine]) -> Iterator[list[int]]:
    """Indices of lines side by side, from the left; rows of one line are left out."""
    rows: list[list[int]] = []
    for n in sorted(range(len(lines)), key=lambda one: lines[one].box.centre[1]):
        box = lines[n].box
        last = lines[rows[-1][0]].box if rows else None
        if last is not None and abs(box.centre[1] - last.centre[1]) < 0.5 * min(box.height, last.height):
            rows[-1].append(n)
        else:
            rows.append([n])
    return (sorted(row, key=lambda one: lines[one].box.x) for row in rows if len(row) > 1)


def _found_across(
    lines: Sequence[TextLine], row: Sequence[int], wanted: frozenset[Secret]
) -> dict[int, list[Found]]:  # fmt: skip
    """Secrets of a row read as one text, given back to the lines they are in; neighbours only if they are near."""
    spans: dict[int, list[Found]] = {}
    for run in _near(lines, row):
        joined, starts = "", []
        for n in run:
            starts.append(len(joined))
            joined += lines[n].text + " "
        for one in find(joined, wanted, side_by_side=True):
            for n, start in zip(run, starts, strict=True):
                first, last = max(one.start - start, 0), min(one.end - start, len(lines[n].text))
                if first < last:
                    spans.setdefault(n, []).append(Found(one.kind, first, last))
    return spans


def _near(lines: Sequence[TextLine], row: Sequence[int]) -> Iterator[list[int]]:
    """The row cut where a gap is wider than twelve letters: what is farther apart does not belong together."""
    run = [row[0]]
    for n in row[1:]:
        gap = lines[n].box.x - lines[run[-1]].box.right
        if gap > 12 * lines[n].box.height:
            yield run
            run = []
        run.append(n)
    yield run


def _merged(found: Sequence[Found]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _mask_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + _HIDDEN.sub(MASK, text[start:end]) + text[end:]
    return text


def _box_of(line: TextLine, start: int, end: int) -> Box:
    """Where characters `start` to `end` are in the line's box.

    Letters are taken as one or two widths each, which is wrong by up to a letter or so: there is room to spare.
    """
    widths = [_width(letter) for letter in line.text]
    whole = sum(widths) or 1.0
    before, inside = sum(widths[:start]), sum(widths[start:end])
    unit = line.box.width / whole
    spare = 1.5 * unit + 0.03 * line.box.width
    left = max(0.0, before * unit - spare)
    right = min(float(line.box.width), (before + inside) * unit + spare)
    return Box(line.box.x + int(left), line.box.y, int(right - left + 0.999), line.box.height)


def _width(letter: str) -> float:
    return 2.0 if unicodedata.east_asian_width(letter) in "WF" else 1.0
