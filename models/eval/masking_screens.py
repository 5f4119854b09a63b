"""Small screens with private numbers on them, and with numbers that are nobody's secret: drawn, so that the truth is known.

Every number is made up by a seeded generator. Forms as Korean programs have them: label and number in one line, in two
cells, the number below its label, in fields of its own for each group, bare in a table, or broken over two lines.
"""

from __future__ import annotations

import itertools
import random
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from assistant.frames import Box
from assistant.private_numbers import Secret, luhn

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIZE = (600, 470)
ROW = 52
FACES = (
    "/usr/share/fonts/truetype/nanum/NanumGothic.ttf", "/usr/share/fonts/truetype/nanum/NanumBarunGothic.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/nanum/NanumMyeongjo.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
)  # fmt: skip
KOREAN = 1
"""number of the Korean face in Noto's collections"""
DASHES = ("-", "-", "-", "–", " - ", " ", "")


@dataclass(frozen=True)
class Piece:
    """A part of a number as it stands on the screen."""

    text: str
    box: Box


@dataclass(frozen=True)
class Number:
    """A number, or a decoy (`kind` None), and the pieces it is drawn in."""

    kind: Secret | None
    text: str
    form: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, eq=False)
class Screen:
    image: np.ndarray
    """(h, w, 3) uint8 RGB"""
    ink: np.ndarray
    """(h, w) bool: where letters are"""
    numbers: tuple[Number, ...] = field(default=())
    labels: tuple[Piece, ...] = field(default=())


def screens(count: int, seed: int) -> Iterator[Screen]:
    """Errors: `SystemExit` where no Korean typeface is installed."""
    faces = [face for face in FACES if Path(face).exists()]
    if not faces:
        raise SystemExit("no Korean typeface: install fonts-nanum or fonts-noto-cjk")
    for number in range(count):
        yield _screen(random.Random(f"{seed}-{number}"), faces)


def _screen(chance: random.Random, faces: Sequence[str]) -> Screen:
    dark = chance.random() < 0.3
    paper, ink = ((30, 32, 36), (230, 230, 232)) if dark else ((250, 250, 250), (24, 24, 28))
    image = Image.new("RGB", SIZE, paper)
    face = chance.choice(faces[: max(1, len(faces) - 1)] if chance.random() < 0.9 else faces)
    font = ImageFont.truetype(
        face, chance.choice((12, 13, 14, 15, 16, 18, 20)), index=KOREAN * face.endswith("ttc")
    )
    kinds = [*chance.sample(list(_SECRETS), 5), *[None] * 3]
    chance.shuffle(kinds)
    pen = ImageDraw.Draw(image)
    latin = "DejaVu" in face
    numbers, labels = [], []
    for row, kind in enumerate(kinds):
        number, label = _drawn(pen, font, ink, 14 + ROW * row, kind, chance, latin)
        numbers.append(number)
        labels += label
    pixels = np.asarray(image)
    far = np.abs(pixels.astype(int) - np.array(paper)).max(axis=2) > 60
    return Screen(pixels, far, tuple(numbers), tuple(labels))


def _drawn(  # noqa: PLR0917 - a pen and where it writes
    pen: ImageDraw.ImageDraw, font: FreeTypeFont, ink: tuple, y: int, kind: Secret | None,
    chance: random.Random, latin: bool,
) -> tuple[Number, list[Piece]]:  # fmt: skip
    label, text = _SECRETS[kind](chance) if kind is not None else _decoy(chance)
    groups = text.replace("–", "-").split("-")
    forms = ["line", "line", "cells", "below"]
    if kind in (Secret.CARD, Secret.RESIDENT, Secret.PHONE) and len(groups) > 1 and " " not in text:
        forms.append("fields")
    if kind in (Secret.CARD, Secret.ACCOUNT) and len(groups) > 2 and " " not in text:
        forms.append("broken")
    form = chance.choice(forms)
    if latin:
        label, form = {"": ""}.get(label, _ENGLISH.get(kind, "No.")), "line"
    at, labels = [15, y], []
    if label:
        told = (
            label + chance.choice((": ", " : ") if kind is Secret.PASSWORD else (" ", ": ", " : "))
            if form == "line"
            else label
        )
        labels.append(Piece(told.strip(), _box(pen, font, at, told.strip())))
        pen.text((15, y), told, font=font, fill=ink)
        at[0] += round(pen.textlength(told, font=font))
    match form:
        case "cells":
            at[0] = max(at[0] + 12, 130)
        case "below":
            at = [15, y + 22]
        case "fields" | "broken":
            at[0] += 14
    pieces = []
    for part, gap in _parts(text, groups, form):
        pieces.append(Piece(part, _box(pen, font, at, part)))
        pen.text(tuple(at), part, font=font, fill=ink)
        at = [at[0] + round(pen.textlength(part, font=font)) + gap, at[1]] if gap >= 0 else [15, at[1] + 22]
    return Number(kind, text, form, tuple(pieces)), labels


def _parts(text: str, groups: list[str], form: str) -> list[tuple[str, int]]:
    """What is drawn, and how far after it the next begins; −1: in the next line."""
    if form == "fields":
        return [(group, 18) for group in groups]
    if form == "broken":
        half = (len(groups) + 1) // 2
        return [("-".join(groups[:half]) + "-", -1), ("-".join(groups[half:]), 0)]
    return [(text, 0)]


def _box(pen: ImageDraw.ImageDraw, font: FreeTypeFont, at: Sequence[int], text: str) -> Box:
    left, top, right, bottom = pen.textbbox(tuple(at), text, font=font)
    return Box(round(left), round(top), round(right - left), round(bottom - top))


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice(string.digits) for _ in range(count))


def _resident(chance: random.Random) -> tuple[str, str]:
    born = f"{chance.randint(0, 99):02}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    label = chance.choice(
        ("주민등록번호", "주민번호", "외국인등록번호", "주민등록번호(필수)", "성명/주민번호", "")
    )
    return label, born + chance.choice(DASHES) + str(chance.randint(1, 8)) + _digits(chance, 6)


def _card(chance: random.Random) -> tuple[str, str]:
    amex = chance.random() < 0.1
    body = ("37" if amex else chance.choice("3456")) + _digits(chance, 12 if amex else 14)
    number = body + next(digit for digit in string.digits if luhn(body + digit))
    cuts = (0, 4, 10, 15) if amex else (0, 4, 8, 12, 16)
    groups = [number[one:other] for one, other in itertools.pairwise(cuts)]
    label = chance.choice(("카드번호", "카드 번호", "신용카드", "결제 카드", "카드", ""))
    return label, chance.choice(("-", "-", " ", "  ", "–", "")).join(groups)


def _account(chance: random.Random) -> tuple[str, str]:
    shapes = (
        (3, 3, 6),
        (6, 2, 6),
        (4, 3, 6),
        (3, 4, 4, 2),
        (3, 2, 6),
        (3, 6, 2, 3),
        (4, 2, 7),
        (13,),
        (14,),
        (3, 6, 5),
    )
    bank = chance.choice(
        ("국민", "신한", "우리", "하나", "농협", "기업은행", "카카오뱅크", "토스뱅크", "새마을금고", "우체국")
    )
    label = chance.choice(
        ("계좌번호", f"입금계좌 {bank}", f"{bank} 계좌", f"{bank}", f"출금 계좌({bank})", "환불 계좌")
    )
    shape = chance.choice(shapes)
    return label, chance.choice(("-", "-", "-", "–", " ")).join(_digits(chance, many) for many in shape)


def _phone(chance: random.Random) -> tuple[str, str]:
    dash = chance.choice(("-", "-", "-", " ", ".", "–", ""))
    head = chance.choice(("010", "010", "010", "011", "02", "031", "051", "070", "0505", "+82 10"))
    label = chance.choice(("휴대폰", "연락처", "전화번호", "휴대전화", "TEL", "H.P", "보호자 연락처", ""))
    middle = _digits(chance, 3 if head == "02" and chance.random() < 0.5 else 4)
    joined = dash if not head.startswith("+") else dash or "-"
    return label, joined.join((head, chance.choice("23456789") + middle[1:], _digits(chance, 4)))


def _key(chance: random.Random) -> tuple[str, str]:
    letters = string.ascii_letters + string.digits

    def random_letters(many: int) -> str:
        return "".join(chance.choice(letters) for _ in range(many))

    text = chance.choice(
        (
            "sk-" + random_letters(32), "ghp_" + random_letters(36), "hf_" + random_letters(34),
            "AKIA" + "".join(chance.choice(string.ascii_uppercase + string.digits) for _ in range(16)),
            "AIza" + random_letters(35), random_letters(40),
        )
    )  # fmt: skip
    return chance.choice(("API 키", "API_KEY", "token", "Secret", "")), text


def _password(chance: random.Random) -> tuple[str, str]:
    words = "".join(chance.choice(string.ascii_lowercase) for _ in range(6))
    return chance.choice(("비밀번호", "암호", "Password", "간편 비밀번호")), f"{words}{_digits(chance, 3)}!"


def _passport(chance: random.Random) -> tuple[str, str]:
    new = chance.random() < 0.5
    middle = chance.choice(string.ascii_uppercase) if new else ""
    return chance.choice(("여권번호", "여권 번호", "Passport No.", "")), (
        "M" + _digits(chance, 3) + middle + _digits(chance, 4 if new else 5)
    )


def _cvc(chance: random.Random) -> tuple[str, str]:
    return chance.choice(("CVC", "CVC 번호", "CVV", "CVC2")), _digits(chance, 3)


def _licence(chance: random.Random) -> tuple[str, str]:
    text = f"{chance.randint(11, 28)}-{_digits(chance, 2)}-{_digits(chance, 6)}-{_digits(chance, 2)}"
    return chance.choice(("운전면허번호", "면허번호")), text


def _passport_or_licence(chance: random.Random) -> tuple[str, str]:
    return _passport(chance) if chance.random() < 0.6 else _licence(chance)


def _decoy(chance: random.Random) -> tuple[str, str]:
    """Label and a number that should stay readable."""
    day = f"20{chance.randint(10, 29)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return chance.choice(
        (
            ("날짜", day), ("처리일시", f"{day} {chance.randint(10, 23)}:{_digits(chance, 2)}:{_digits(chance, 2)}"),
            ("합계", f"{chance.randint(1, 99)},{_digits(chance, 3)},{_digits(chance, 3)}원"),
            ("고객센터", f"15{chance.choice('46789')}{chance.choice('48')}-{_digits(chance, 4)}"),
            ("사업자등록번호", f"{chance.randint(101, 899)}-{_digits(chance, 2)}-{_digits(chance, 5)}"),
            ("주문번호", f"{day.replace('-', '')}-{_digits(chance, 6)}"), ("버전", f"10.0.{_digits(chance, 5)}.{_digits(chance, 4)}"),
            ("IP", f"192.168.{chance.randint(0, 255)}.{chance.randint(1, 254)}"), ("크기", f"{chance.randint(1, 9)}{_digits(chance, 3)} × 1080"),
            ("문서번호", f"{chance.randint(2015, 2026)}-{_digits(chance, 4)}"), ("수량", f"{_digits(chance, 2)}개, {_digits(chance, 3)}박스"),
            ("월별", "  ".join(f"{chance.randint(1, 9)}{_digits(chance, 1)}00" for _ in range(4))),
            ("송장번호", _digits(chance, 4) + "-" + _digits(chance, 4) + "-" + _digits(chance, 4)),
            ("우편번호", _digits(chance, 5)), ("학번", f"20{chance.randint(10, 26)}{_digits(chance, 6)}"),
        )
    )  # fmt: skip


_SECRETS = {
    Secret.RESIDENT: _resident, Secret.CARD: _card, Secret.ACCOUNT: _account, Secret.PHONE: _phone, Secret.KEY: _key,
    Secret.PASSWORD: _password, Secret.PASSPORT: _passport_or_licence, Secret.CVC: _cvc,
}  # fmt: skip
_ENGLISH = {
    Secret.CARD: "Card", Secret.ACCOUNT: "Account", Secret.PHONE: "Tel", Secret.PASSWORD: "Password",
    Secret.PASSPORT: "Passport", Secret.CVC: "CVC", Secret.KEY: "Token",
}  # fmt: skip
