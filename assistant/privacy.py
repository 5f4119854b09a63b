"""What must not be looked at, and what must not be kept: excluded windows, and secrets masked in a text.

The lists are the person's to edit; these are the first ones. What counts as a secret is in private_numbers.py; a whole
screen is masked by masking.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.private_numbers import ALWAYS, Secret, find

MASK = "•"
HIDDEN = re.compile(r"[^\s\-–—‐·.]")
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
        pieces += [text[at : one.start], HIDDEN.sub(MASK, text[one.start : one.end])]
        at = one.end
    return "".join([*pieces, text[at:]])
