"""Made-up texts that screens are full of and corpora are not: numbers, dates, money, paths, code, rare syllables."""

from __future__ import annotations

import random
from collections.abc import Callable

from models.train.screen_text.charset import JAMO, SYMBOLS


def words(text: str) -> list[str]:
    return text.split()


STEMS = words(
    "보고서 매출 회의록 사진 문서 계획 예산 견적서 이력서 명단 설정 다운로드 바탕화면 프로젝트 자료 백업 최종 수정본 "
    "report data image main index config notes draft final setup backup photo test README invoice screen"
)
EXTENSIONS = words(
    "txt pdf docx xlsx pptx hwp hwpx png jpg jpeg zip tar.gz mp4 mp3 py js ts html css json xml csv md log ini exe "
    "deb iso svg"
)
UNITS = words(
    "KB MB GB TB kB B ms s px pt % °C ℃ km cm mm kg g dB Hz GHz Mbps fps 개 건 명 원 회 시간 분 초 일 장 쪽 배 점"
)
KEYS = words(
    "Ctrl Shift Alt Super Esc Tab Enter Del Home End F1 F2 F5 F11 F12 PgUp PgDn ← → ↑ ↓ A C S V X Z N O P Q + -"
)
WORDS = words(
    "return if else for while import from class def self None True False value name text index width height items "
    "print open read write file path user result data key error new var let const function async await this null "
    "void int float str list size count type get set add remove update"
)
DOMAINS = words(
    "example.com naver.com daum.net github.com google.com mail.co.kr gov.kr debian.org localhost python.org"
)
MENU = words(
    "File Edit View Insert Format Tools Window Help Cancel Close Save Open Copy Cut Paste Undo Redo Select All Zoom Out In "
    "Search Options Settings Properties Preferences Print Export Import Version Update Size Color Opacity Scale Snap Mouse "
    "Sound Video Audio Source Output Input Show Hide Sort Group Columns Rows Custom Standard Normal Unknown Untitled Close "
    "Sum Average Page Slide Style Sheet1 Sheet2 Calc Writer Impress Chrome Console Code Cookies Cloud Contacts Workspace"
)
DAYS = "월화수목금토일"


def number(r: random.Random) -> str:
    digits = r.choice((1, 2, 3, 4, 5, 6, 7, 9))
    value = r.randrange(10**digits)
    return r.choice((
        lambda: str(value), lambda: f"{value:,}", lambda: f"{value / 100:.2f}", lambda: f"-{value:,}",
        lambda: f"+{value / 10:.1f}%", lambda: f"{value % 101}%", lambda: f"{value:,}원", lambda: f"₩{value:,}",
        lambda: f"${value:,}.{r.randrange(100):02d}", lambda: f"({value})", lambda: f"{value}/{value + r.randrange(50)}",
        lambda: f"{value:05d}", lambda: f"#{value}", lambda: f"{value:x}", lambda: f"0x{value:08X}",
        lambda: f"{value} {r.choice(UNITS)}", lambda: f"{value / 10}{r.choice(UNITS)}", lambda: f"{value}만 원",
        lambda: f"{value % 13}월", lambda: f"{value % 5}분기", lambda: f"{value % 100}위", lambda: f"€{value / 100:.2f}",
    ))()  # fmt: skip


def accelerator(r: random.Random, text: str) -> str:
    """A Korean menu label with its access key: 파일(F)"""
    return f"{text.rstrip('.…')}({r.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}){r.choice(('', '', '...', ':'))}"


CLOCKS = (
    "{hour:02d}:{minute:02d}", "{half} {twelve}:{minute:02d}", "{half} {twelve}시 {minute}분", "{hour}시",
    "{hour:02d}:{minute:02d}:{second:02d}", "{twelve}:{minute:02d} {english}",
)  # fmt: skip
DATES = (
    "{year}-{month:02d}-{day:02d}", "{year}년 {month}월 {day}일", "{year}. {month}. {day}.", "{month}월 {day}일",
    "{year}/{month:02d}/{day:02d}", "{year}.{month:02d}.{day:02d}", "{month}/{day}", "{day}일", "{year}년",
    "{month}월 {day}일 ({weekday})", "{year}년 {month}월 {day}일 {weekday}요일",
)  # fmt: skip


def moment(r: random.Random) -> str:
    hour, minute = r.randrange(24), r.randrange(60)
    values = {
        "year": r.randint(1990, 2035), "month": r.randint(1, 12), "day": r.randint(1, 31), "weekday": r.choice(DAYS),
        "hour": hour, "minute": minute, "second": r.randrange(60), "twelve": hour % 12 or 12,
        "half": "오전" if hour < 12 else "오후", "english": "AM" if hour < 12 else "PM",
    }  # fmt: skip
    clock, date = r.choice(CLOCKS).format(**values), r.choice(DATES).format(**values)
    until = f"{hour:02d}:{(minute * 7) % 60:02d}"
    return r.choice(
        (
            clock,
            date,
            f"{date} {clock}",
            f"{clock} ~ {until}",
            f"{date} ~ {values['month']}월 {r.randint(1, 31)}일",
        )
    )


def file_name(r: random.Random) -> str:
    n = r.randrange(100)
    stem = r.choice(STEMS) + r.choice(("", "", f"_{n}", f"({n % 9})", f" {n % 30}", f"-{2000 + n % 30}"))
    for _ in range(r.choice((0, 0, 1, 1, 2))):
        stem += r.choice(("_", "_", " ", "-", "")) + r.choice(STEMS)
    return f"{stem}.{r.choice(EXTENSIONS)}"


PATHS = (
    "/home/user/{a}/{b}", "C:\\Users\\{a}\\{b}", "~/{a}/{b}", "https://{domain}/{a}/{b}", "www.{domain}", "{word}{n}@{domain}",
    "/usr/share/{word}", "/usr/lib/{word}/{a}", "{a} > {b}", "{a} › {b}", "{a}/{b}", "D:\\{a}", "https://{domain}",
)  # fmt: skip


def path(r: random.Random) -> str:
    return r.choice(PATHS).format(
        a=r.choice(STEMS),
        b=r.choice(STEMS),
        n=r.randrange(99),
        word=r.choice(WORDS),
        domain=r.choice(DOMAINS),
    )


CODE = (
    "{a} = {b}({c}, {n})", "def {a}_{b}(self, {c}):", "if {a} == {n}:", "{a}.{b}[{n}] += {c}", 'print("{a} {b}")',
    "import {a}.{b}", "for {a} in {b}:", "return {a} - {b} * {n}", "$ {a} --{b}={c}", "sudo apt install {a}-{b}",
    "<{a} {b}='{c}'>", "// {a} {b}", "{a}{B}{C}", "{a}_{b}_{c}", "{{'{a}': {n}}}", "{a} != {b} && {c}", "v{i}.{j}.{n}",
    "{j}.{i}.{j}-{a}{i}", "{i}.{n}.{j}.{i}", "[{n}] {a}: {b}", "{a}|{b}|{c}", "user@{a}:~$ {b} -{i}", "#{a} @{b}", "{a}({n})",
    "Line {n}, Col {i}", 'if __{a}__ == "__{b}__":', "def __{a}__(self, {b}):", "self.__{a}__", "{a}__{b}", "_{a}", "{{{a}}}, {{{b}}}",
)  # fmt: skip


def code(r: random.Random) -> str:
    a, b, c = (r.choice(WORDS) for _ in range(3))
    n, i, j = r.randrange(1000), r.randrange(30), r.randrange(10)
    return r.choice(CODE).format(a=a, b=b, c=c, B=b.title(), C=c.title(), n=n, i=i, j=j)


def keys(r: random.Random) -> str:
    return "+".join([*r.sample(KEYS[:5], r.randint(1, 2)), r.choice(KEYS[6:])])


def digits(r: random.Random) -> str:
    return " ".join(str(r.randrange(10 ** r.randint(1, 5))) for _ in range(r.randint(2, 8)))


def phone(r: random.Random) -> str:
    return r.choice((f"010-{r.randrange(10**4):04d}-{r.randrange(10**4):04d}", f"02-{r.randrange(1000):03d}-{r.randrange(10**4):04d}",
                     f"1588-{r.randrange(10**4):04d}", f"{r.randrange(10**5):05d}"))  # fmt: skip


def letters(r: random.Random) -> str:
    """ASCII of no language, for serial numbers, passwords, base64."""
    pool = r.choice(
        (
            "abcdefghijklmnopqrstuvwxyz",
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            "".join(chr(c) for c in range(33, 127)),
        )
    )
    return "".join(r.choice(pool) for _ in range(r.randint(1, 12)))


def jamo(r: random.Random) -> str:
    if r.random() < 0.4:
        return r.choice("ㅋㅎㅠㅜ") * r.randint(2, 5)
    return "".join(r.choice(JAMO) for _ in range(r.randint(1, 5)))


COUNTED = words(
    "크기 위치 너비 높이 속도 용량 남은 선택 사용 개수 줄 열 페이지 단어 글자 길이 최대 최소 배율 간격 시작 끝"
)
COMMON = "•→←↑↓×✓✕₩·…⌘%▶▼▲●○■★☆–—©℃㎜㎡①②③※☰⚠↻“”‘’"
"""symbols that interfaces are full of; the others are drawn evenly"""
SIMILAR = words("C O S U V W X Z P K c o s u v w x z p k 0 O o 1 l I i | 5 S 8 B 2 Z")
"""characters that differ in their size or a stroke only; their neighbours tell them apart"""


def mixed_case(r: random.Random) -> str:
    """English as menus write it, and made-up words of characters that look alike, with neighbours of known size."""
    if r.random() < 0.6:
        chosen = [r.choice(MENU) for _ in range(r.randint(1, 3))]
        style = r.choice((str, str, str.lower, str.upper, str.title))
        return style(r.choice((" ", " ", " / ", " & ", ": ")).join(chosen))
    made = ["".join(r.choice(SIMILAR) for _ in range(r.randint(1, 3))) for _ in range(r.randint(1, 3))]
    return " ".join(
        r.choice(("{}tion", "hel{}", "{}py", "Ad{}", "{}", "가{}", "{}d", "No{}", "{}번")).format(m)
        for m in made
    )


def spaced_signs(r: random.Random) -> str:
    """Short pieces that only a narrow space sets apart, as in status bars: 크기: 12 / 40"""
    n, m = r.randrange(1000), r.randrange(100)
    k, j = r.choice(COUNTED), r.choice(COUNTED)
    return r.choice((
        f"{k}: ; {j}: {n}", f"{k}: {n}", f"{k} : {n}; {j}", f"{m} pt", f"{m} px", f"{n} x {m}", f"{n} × {m}", f"({m} × {m})",
        f"{m}. {r.choice(MENU)}",
        f"{m} / {n}", f"{m} : {n}", f"- {n}", f"{m} %", f"{m} 개", f"{n} KB / {n + m} MB", f"{m}, {n}, {m}", f"{r.choice(MENU)} : {m}",
        f"{k} {n}.{m} GB ({m}.{n % 10}%), {m}.{n % 10} MB", f"{n}.{m} KiB/s", f"1 {r.choice(MENU)}", f"{m} - {n} / {n}", f"I {m} l {n}",
    ))  # fmt: skip


PLACES = words("창고 호 동 층 번 반 조 팀 과 점 실 관 차 권 판 호기 학년 회의실 매장 서가 구역 지점 노선")


def label(r: random.Random) -> str:
    """Korean and digits close together, as in addresses, stock lists and schedules: 1창고 가-03"""
    n, m = r.randrange(1, 500), r.randrange(100)
    letter = r.choice("가나다라마바사아ABCDEKT")
    return r.choice((
        f"{n % 20}{r.choice(PLACES)} {letter}-{m:02d}", f"{letter}-{n}", f"{letter}{n}", f"{n}{r.choice(PLACES)}", f"제{n}{r.choice(PLACES)}",
        f"{n % 30}{r.choice(PLACES)} {m}{r.choice(PLACES)}", f"{m % 12 + 1}월분", f"{n % 100}×{m}", f"{n}×{m} 픽셀", f"({n % 10}/{m})",
        f"{m % 6 + 1}학년 {n % 12}반 {m % 40}번", f"{n}명 중 {m}명", f"{m}분 {n % 60}초", f"{n}쪽 / {n + m}쪽",
    ))  # fmt: skip


MADE: tuple[tuple[int, Callable[[random.Random], str]], ...] = (
    (28, number), (24, moment), (13, file_name), (9, path), (14, code), (12, label), (6, keys), (8, digits), (4, phone), (9, letters), (4, jamo),
    (14, mixed_case), (14, spaced_signs),
)  # fmt: skip


def made_up(r: random.Random) -> str:
    """One text of a random kind."""
    makers = [maker for _, maker in MADE]
    return r.choices(makers, [weight for weight, _ in MADE])[0](r)


def rare_syllables(r: random.Random, syllables: str) -> str:
    """Words of syllables drawn evenly, so that the rare ones are learned too."""
    words = ("".join(r.choice(syllables) for _ in range(r.randint(1, 6))) for _ in range(r.randint(1, 4)))
    return " ".join(words)


def with_symbols(r: random.Random, text: str) -> str:
    """A label with symbols around it, as menus, lists and buttons have."""
    symbol = r.choice(SYMBOLS if r.random() < 0.5 else COMMON)
    return r.choice(
        (
            f"{symbol} {text}",
            f"{text} {symbol}",
            f"{symbol}{text}",
            f"{symbol} {text} {r.choice(SYMBOLS)}",
            f"{text}{symbol}",
            symbol,
        )
    )
