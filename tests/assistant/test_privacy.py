"""What is never looked at, and what is masked before it is kept."""

from __future__ import annotations

import itertools
import re
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.frames import Box, ScreenText, TextLine
from assistant.masking import masked_screen
from assistant.privacy import MASK, PROGRAMS, TITLES, Exclusions, is_excluded, masked
from assistant.private_numbers import ALWAYS, Secret, find, luhn

EXCLUDED = [
    ("KB국민은행 개인뱅킹 - Chrome", "chrome.exe"), ("신한 인터넷뱅킹", "msedge"), ("우리WON뱅킹 : 계좌이체", "firefox"),
    ("공동인증서 로그인", "whale.exe"), ("금융인증서 - 인증서 암호 입력", ""), ("홈택스 - 국세청", "chrome"),
    ("비밀번호 변경 - 네이버", "chrome"), ("Vault — Bitwarden", ""), ("", "KeePassXC"), ("", r"C:\Apps\KeePass.exe"),
    ("무엇이든", "/usr/bin/keepassxc"), ("무엇이든", "org.keepassxc.KeePassXC"), ("1Password", "1Password.exe"),
    ("새 시크릿 탭 - Chrome(시크릿)", "chrome.exe"), ("새 InPrivate 탭 - Microsoft Edge", "msedge.exe"),
    ("Mozilla Firefox (사생활 보호 모드)", "firefox"), ("Private Browsing — Mozilla Firefox", "firefox-esr"),
    ("Chase Online Banking", "safari"), ("Bank of America | Sign in", "chrome"), ("PayPal: 결제하기", "chrome"),
    ("", "MagicLine4NX.exe"), ("ＫＥＥＰＡＳＳ", ""), ("Enter  your   PASSWORD", ""),
]  # fmt: skip
SEEN = [
    ("2분기 보고서.hwp - 한글", "Hwp.exe"), ("은행나무 길 사진", "viewer"), ("Bankruptcy law - notes", "winword.exe"),
    ("받은 편지함 - 네이버 메일", "chrome.exe"), ("혈액은행 소개", "chrome"), ("Git - Branching", "firefox"),
    ("시크릿 가든 1화", "vlc"), ("embankment.png", "gimp"), ("설정", "SystemSettings.exe"), ("", ""),
    ("pass the word", "notepad.exe"), ("엑셀 함수 정리.xlsx", "EXCEL.EXE"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "program"), EXCLUDED)
def test_never_looked_at(title: str, program: str) -> None:
    assert is_excluded(title, program)


@pytest.mark.parametrize(("title", "program"), SEEN)
def test_may_be_looked_at(title: str, program: str) -> None:
    assert not is_excluded(title, program)


@settings(deadline=None)
@given(st.sampled_from(TITLES), st.text(max_size=20), st.text(max_size=20))
def test_a_title_entry_counts_anywhere_between_blanks(word: str, before: str, after: str) -> None:
    """Whatever stands around it, in any letter case."""
    assert Exclusions(allowed=()).is_excluded(f"{before} {word} {after}")
    assert Exclusions(allowed=()).is_excluded(f"{before} {word.upper()} {after}")


@settings(deadline=None)
@given(
    st.sampled_from(PROGRAMS), st.sampled_from(["{}", "{}.exe", "C:\\Program Files\\x\\{}.EXE", "/opt/x/{}"])
)
def test_a_program_entry_counts_however_the_system_tells_it(program: str, form: str) -> None:
    assert is_excluded("제목", form.format(program))


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_an_empty_list_excludes_nothing(title: str, program: str) -> None:
    assert not Exclusions((), ()).is_excluded(title, program)


def test_the_lists_are_the_persons() -> None:
    own = Exclusions(programs=("Kakaotalk",), titles=("연봉",))
    assert own.is_excluded("2026 연봉 계약서", "Hwp.exe")
    assert own.is_excluded("친구 목록", "KakaoTalk.exe")
    assert not own.is_excluded("인터넷뱅킹", "chrome")


MASKED = [
    ("주민등록번호 900101-1234567", "주민등록번호 ••••••-•••••••"),
    ("9OO1O1-l234567", "••••••-•••••••"),
    ("900101 - 2●●●●●●", None),
    ("외국인등록번호: 850315–5123456", "외국인등록번호: ••••••–•••••••"),
    ("9001011234567", "•••••••••••••"),
    ("카드 4111 1111 1111 1111", "카드 •••• •••• •••• ••••"),
    ("5500-0000-0000-0004 12/29", "••••-••••-••••-•••• 12/29"),
    ("378282246310005", "•••••••••••••••"),
    ("3782 822463 10005", "•••• •••••• •••••"),
    ("CVC 123", "CVC •••"),
    ("국민 123456-01-234567 홍길동", "국민 ••••••-••-•••••• 홍길동"),
    ("계좌번호 110-234-567890", "계좌번호 •••-•••-••••••"),
    ("입금계좌 1002123456789 우리", "입금계좌 ••••••••••••• 우리"),
    ("비밀번호: hunter2!", None),
    ("인증번호 : 493021", "인증번호 : ••••••"),
    ("여권 M12345678", "여권 •••••••••"),
    # as OCR read them from small screens
    ("카드번호 5445-290/-8454-/480", "카드번호 ••••-••••-••••-••••"),
    ("입금계좌 우리 38/1 79-92- 462368", "입금계좌 우리 •••• ••-••- ••••••"),
    ("입금계좌 국민 360297-94-.981023", "입금계좌 국민 ••••••-••-.••••••"),
    ("주민등록번호 880512-38/5804", "주민등록번호 ••••••-•••••••"),
    ("skdVm0s6x6geAZuyYZKa7sRYiLbCj2UR0b", "•" * 34),
    ("sk-0i2zaEJKrp9E0cpFr4jWssF NEHR5N6X7", "••-••••••••••••••••••••••• •••••••••"),
    ("sk-fN6vlAbjhsLKNL[BmuNgR0UvwedFi3He", "••-" + "•" * 32),
    ("주민등록번호 ９００１０１－１２３４５６７", "주민등록번호 ••••••••••••••"),
    ("계좌번호 127 02 4861094", "계좌번호 ••• •• •••••••"),
    ("카카오뱅크 3333 01 1234567", "카카오뱅크 •••• •• •••••••"),
    ("카드 3739ㅡ208267ㅡ85352", None),
    ("비밀번호 hunter2!", "비밀번호 ••••••••"),
    ("CVC O47", "CVC •••"),
    ("카드 491872 8881308893", "카드 •••••• ••••••••••"),
    ("000127 ~ 4878969", None),
    ("AK1AJTNKG7UBNRE4OSVD", "•" * 20),
    ("token ghp_2qHY2BVGGPDWqHaR2Dp lnqGaKgirFFCzeDZF", None),
    ("OPENAI_API_KEY=sk-proj-abcdefghijklmnop1234", None),
    ("token: ghp_" + "a1B2" * 9, None),
    ("AKIAIOSFODNN7EXAMPLE", "•" * 20),
    ("Authorization: Bearer eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl", None),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----", None),
]
KEPT = [
    "2026-11-24 14:05", "2026년 3월 2일 오전 10시", "합계 1,234,567원", "010-1234-5678", "02-345-6789", "1588-1234",
    "사업자등록번호 123-45-67890", "오류 코드 0x80070005", "버전 10.0.26100.2161", "1920 × 1080", "주문 3건, 12,000원",
    "송장번호 1234-5678-9012", "주문번호: 20261124-123456", "4500  5700  1100  9800", "하나 2024 1500 3000 2500",
    "2024 2025 2026", "900101", "3.14159265358979", "전화 031-123-4567",
    "비밀번호는 8자 이상이어야 합니다", "a3f5c2d1-9b7e-4c11-8a2d-0e1f2a3b4c5d", "토큰 수: 2048", "12:34:56.789",
    "IMG_20260302_ScreenShot-Final.png", "입금 2026-11-24 14:05 120,000원", "getElementsByTagNameAndClass2026Id",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "카드번호를 입력하세요 (16자리)",
    "계좌번호 확인", "https://example.kr/board/view?id=20261124&page=3",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MASKED)
def test_masked(text: str, expected: str | None) -> None:
    """None: only that the secret part is gone."""
    shown = masked(text)
    if expected is not None:
        assert shown == expected
    assert shown != text and MASK in shown
    assert len(shown) == len(text)
    assert not re.search(r"\d{4}|[A-Za-z0-9]{14}|hunter2|MIIEow", shown)


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text


def test_telephone_numbers_only_on_demand() -> None:
    assert masked("전화 010-1234-5678", ALWAYS | {Secret.PHONE}) == "전화 •••-••••-••••"
    assert masked("+82-10-1234-5678", {Secret.PHONE}) == "•••-••-••••-••••"


days = st.tuples(st.integers(0, 99), st.integers(1, 12), st.integers(1, 31))
dashes = st.sampled_from(["-", " - ", "–", "—", "-  ", "·", ""])


@settings(deadline=None)
@given(days, dashes, st.integers(1, 8), st.integers(0, 999_999), st.text("가나다 .,:()", max_size=8))
def test_every_resident_number(
    day: tuple[int, int, int], dash: str, first: int, rest: int, around: str
) -> None:
    """With any check digit and any dash, whatever stands around it."""
    number = f"{day[0]:02}{day[1]:02}{day[2]:02}{dash}{first}{rest:06}"
    shown = masked(f"{around}{number}{around}")
    assert not any(sign.isdigit() for sign in shown), shown


@settings(deadline=None)
@given(
    st.sampled_from("3456"),
    st.text(string.digits, min_size=14, max_size=14),
    st.sampled_from(["", " ", "-", "  "]),
)
def test_every_card(first: str, middle: str, gap: str) -> None:
    body = first + middle
    check = next(digit for digit in string.digits if luhn(body + digit) or len(set(body + digit)) == 1)
    digits = body + check
    shown = masked("카드번호: " + gap.join(digits[at : at + 4] for at in range(0, 16, 4)))
    assert not any(sign.isdigit() for sign in shown), shown


texts = st.text(st.sampled_from("가나 -0123456789.:sk=OlAeyJ\n카드계좌비밀번호"), max_size=80)


@settings(deadline=None)
@given(texts)
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once


@settings(deadline=None)
@given(st.text(max_size=200))
def test_found_secrets_lie_in_order_inside_the_text(text: str) -> None:
    spans = [(one.start, one.end) for one in find(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


@settings(max_examples=25, deadline=None)
@given(st.text("0123456789- ", min_size=1000, max_size=2000))
def test_long_texts_take_no_time(text: str) -> None:
    """No pattern backtracks without end: a screenful costs milliseconds of this thread, however busy the machine is."""
    began = time.thread_time()
    find(text, Secret)
    assert time.thread_time() - began < 0.1


def screen(*lines: tuple[str, Box]) -> ScreenText:
    return ScreenText(tuple(TextLine(text, box) for text, box in lines))


def test_a_line_of_the_screen_and_its_box() -> None:
    """Only the number is covered, with a little to spare; the other lines stay as they are."""
    line = Box(100, 50, 330, 20)
    shown, boxes = masked_screen(
        screen(("주민등록번호 900101-1234567", line), ("이름 홍길동", Box(100, 80, 90, 20)))
    )
    assert [one.text for one in shown.lines] == ["주민등록번호 ••••••-•••••••", "이름 홍길동"]
    assert len(boxes) == 1
    number = Box(100 + 330 * 13 // 27, 50, 330 * 14 // 27, 20)
    assert boxes[0].x <= number.x and boxes[0].right >= number.right
    assert line.x < boxes[0].x and boxes[0].right <= line.right


def test_a_card_in_four_fields() -> None:
    fields = [
        (part, Box(100 + 60 * n, 50, 50, 20)) for n, part in enumerate(["4111", "1111", "1111", "1111"])
    ]
    shown, boxes = masked_screen(screen(("카드번호", Box(10, 50, 80, 20)), *fields))
    assert [one.text for one in shown.lines] == ["카드번호", "••••", "••••", "••••", "••••"]
    assert len(boxes) == 4


def test_a_label_and_its_number_side_by_side() -> None:
    shown, boxes = masked_screen(
        screen(("입금 계좌", Box(10, 50, 80, 20)), ("1099123456788", Box(110, 51, 130, 19)))
    )
    assert shown.lines[1].text == MASK * 13
    assert len(boxes) == 1


def test_a_label_far_away_says_nothing() -> None:
    label = ("입금 계좌", Box(10, 50, 80, 20))
    for there in (Box(900, 51, 130, 19), Box(10, 130, 130, 19), Box(300, 75, 130, 19)):
        assert masked_screen(screen(label, ("1099123456788", there)))[1] == []


def test_a_label_above_its_number_counts_and_the_nearest_one_wins() -> None:
    label, number = ("입금 계좌", Box(10, 50, 80, 20)), ("1099123456788", Box(10, 74, 130, 19))
    assert masked_screen(screen(label, number))[0].lines[1].text == MASK * 13
    invoice = ("송장번호", Box(10, 50, 80, 20)), ("1099-1234-5678", Box(110, 50, 130, 19))
    assert masked_screen(screen(("계좌번호", Box(10, 26, 80, 20)), *invoice))[1] == []


def test_a_number_that_goes_on_in_the_next_line() -> None:
    shown, boxes = masked_screen(
        screen(("카드번호 5337-7177-", Box(10, 50, 150, 20)), ("3945-1369", Box(10, 74, 80, 20)))
    )
    assert [one.text for one in shown.lines] == ["카드번호 ••••-••••-", "••••-••••"]
    assert len(boxes) == 2


def test_a_password_and_a_security_code_below_their_labels() -> None:
    shown, _ = masked_screen(
        screen(
            ("비밀번호", Box(10, 50, 80, 20)), ("hunter2!", Box(10, 74, 90, 20)),
            ("CVC", Box(300, 50, 40, 20)), ("047", Box(300, 74, 30, 20)),
        )
    )  # fmt: skip
    assert [one.text for one in shown.lines] == ["비밀번호", MASK * 8, "CVC", MASK * 3]


def test_numbers_of_a_table_are_no_card() -> None:
    cells = [(f"{n}500", Box(10 + 70 * n, 50, 40, 20)) for n in range(3, 7)]
    assert masked_screen(screen(*cells))[1] == []


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(texts, st.builds(Box, *[st.integers(0, 900)] * 2, *[st.integers(5, 300)] * 2)), max_size=8
    )
)
def test_a_masked_screen_holds_no_secret_any_more(lines: list[tuple[str, Box]]) -> None:
    """And every box lies inside the line it is for."""
    shown, boxes = masked_screen(screen(*lines))
    assert all(not find(one.text) for one in shown.lines)
    assert masked_screen(shown)[0] == shown
    for box in boxes:
        assert any(b.x <= box.x and box.right <= b.right and b.y == box.y for _, b in lines)
