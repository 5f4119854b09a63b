"""Windows of everyday programs: options, wizards, printing, about, properties, calculator, calendar, games, settings."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import bars, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme, side_of
from models.train.mini.corpus import Pools
from models.train.mini.pages_files import icons


def about(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """About a program: name, version, who made it, links."""
    rng = c.rng
    name = rng.choice(values.APPS)
    wide = r.width - 40
    head = put(c, t, r.x + 20, r.y + 90, name, size=t.size + 8, centre=wide, role="heading")
    bars.icon(c, t, Rect(r.x + r.width // 2 - 30, r.y + 16, 60, 60))
    c.fact("heading", head)
    version = f"{rng.randint(0, 60)}.{rng.randint(0, 20)}{rng.choice(('', f'.{rng.randint(0, 30)}'))}"
    shown = put(
        c,
        t,
        r.x + 20,
        r.y + 122,
        rng.choice((version, f"버전 {version}", f"판 {version}")),
        centre=wide,
        role="text",
    )
    c.ask(
        "lookup",
        (
            "버전이 뭐야",
            "몇 버전이야",
            "이 프로그램 몇 판이야",
            "버전 번호 읽어 줘",
            "설치된 게 몇 버전이에요",
        ),
        shown,
    )
    what = put(
        c,
        t,
        r.x + 20,
        r.y + 150,
        rng.choice(
            (
                "쉽고 가벼운 편집기",
                "사진을 정리하는 프로그램",
                "누구나 쓰는 사무용 프로그램",
                "빠르고 안전한 브라우저",
                "자유 소프트웨어입니다",
                "음악을 듣고 모으는 프로그램",
            )
        ),
        centre=wide,
        role="text",
    )
    c.ask(
        "read", ("이름 밑에 뭐라고 설명해 놨어", "어떤 프로그램이라고 써 있어", "설명이 뭐라고 돼 있어"), what
    )
    maker = put(
        c,
        t,
        r.x + 20,
        r.y + 176,
        f"저작권 © {rng.randint(2001, 2026)} {values.person(p, rng)}",
        centre=wide,
        ink=t.faint,
        role="text",
    )
    c.ask("lookup", ("누가 만들었어", "만든 사람이 누구야", "저작권이 누구한테 있어"), maker)
    for n, link in enumerate(
        rng.sample(("누리집", "사용권", "만든 사람들", "후원하기", "문제 알리기"), rng.randint(1, 3))
    ):
        c.fact("press", put(c, t, r.x + 40 + n * 110, r.y + 210, link, ink=t.accent, role="link"))
    w.button_row(
        c,
        t,
        Rect(r.x + 16, r.bottom - t.size - 24, r.width - 32, t.size + 16),
        rng.choice((["닫기"], ["만든 이", "사용권", "닫기"], ["확인"])),
    )


def properties(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Properties of a file, sometimes beside the picture it shows."""
    rng = c.rng
    name = f"{rng.choice(('여행', '단체', '꽃', '강아지', '바다', '졸업', '생일', '저녁 하늘', '운동회', '안내문', '도면', '포스터'))}{rng.choice(('', '_1', '2', ' 사본'))}.{rng.choice(('png', 'jpg', 'pdf', 'txt', 'hwp', 'zip'))}"
    high = (
        bars.tabs(
            c,
            t,
            r,
            rng.sample(
                ("일반", "기본 정보", "권한", "그림 정보", "연결 프로그램", "자세히", "세부 정보"),
                rng.randint(2, 4),
            ),
        )
        if rng.random() < 0.6
        else 0
    )
    folder = rng.choice(values.FOLDERS)
    rows = [("이름", name), ("종류", rng.choice(("PNG 그림", "JPEG 사진", "PDF 문서", "일반 텍스트", "한글 문서", "ZIP 압축"))), ("위치", f"/home/user/{folder}"), ("크기", f"{rng.randint(1, 99)}.{rng.randint(0, 9)} {rng.choice(('KB', 'MB', 'KiB', 'MiB'))}"),
            ("너비", f"{rng.choice((640, 800, 1024, 1280, 1920, 3000))} 픽셀"), ("높이", f"{rng.choice((480, 600, 768, 720, 1080, 2000))} 픽셀"), ("수정한 날짜", values.date(rng)), ("만든 날짜", values.date(rng)), ("소유자", values.value("id", p, rng)), ("카메라", rng.choice(("캐논", "니콘", "소니", "휴대전화"))), ("촬영한 때", values.date(rng))]  # fmt: skip
    picked = [rows[0]] + [rows[i] for i in sorted(rng.sample(range(1, len(rows)), rng.randint(3, 9)))]
    y = r.y + high + 16
    for label, value in picked:
        if y + t.size + 10 > r.bottom - 40:
            break
        left, right = (
            put(c, t, r.x + 20, y, label + ":", ink=t.faint, role="label"),
            put(c, t, r.x + 150, y, value, role="text", limit=max(60, r.width - 170)),
        )
        sort = {"크기": "number", "수정한 날짜": "date", "만든 날짜": "date", "촬영한 때": "date"}.get(
            label, "text"
        )
        c.fact("value", left, right, names=(label,), value=sort)
        ready = {"위치": ("어느 폴더에 있는 파일이야", "이거 어디에 있는 거야", "파일이 어디에 저장돼 있어"), "크기": ("이 파일 용량이 얼마야", "파일이 얼마나 커", "몇 메가짜리야"), "이름": ("무슨 파일이야", "파일 이름이 뭐야", "이 파일 이름 읽어 줘"), "종류": ("이거 무슨 형식이야", "어떤 종류 파일이야"),
                 "너비": ("가로가 몇 픽셀이야", "가로 길이가 얼마야"), "높이": ("세로가 몇 픽셀이야", "세로 길이가 얼마야"), "카메라": ("어떤 카메라로 찍었어", "뭐로 찍은 사진이야"), "촬영한 때": ("언제 찍은 사진이야", "찍은 날이 언제야")}  # fmt: skip
        if label in ready:
            c.ask("lookup", ready[label], right)
        y += t.size + rng.choice((10, 14))
    if all(label != "카메라" for label, _ in picked):
        c.ask(
            "absent",
            ("어떤 카메라로 찍은 사진이야", "누가 찍은 사진이야", "어디서 찍은 거야"),
            answer="화면에서 찾을 수 없어요.",
        )
    w.button_row(
        c,
        t,
        Rect(r.x + 16, r.bottom - t.size - 22, r.width - 32, t.size + 16),
        rng.choice((["닫기"], ["도움말", "닫기"], ["이전", "다음", "닫기"])),
    )


def calculator(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A calculator: a result above its keys, perhaps earlier sums."""
    rng = c.rng
    a, b, sign = rng.randint(2, 999), rng.randint(2, 99), rng.choice("+-×÷")
    result = {"+": f"{a + b:,}", "-": f"{a - b:,}", "×": f"{a * b:,}", "÷": f"{a / b:.6g}"}[sign]
    y = r.y + 12
    if rng.random() < 0.7:
        row = put(c, t, r.x + 20, y, f"{a} {sign} {b} =", ink=t.faint, role="text")
        c.ask("lookup", ("뭘 계산한 거야", "무슨 식이야", "어떤 계산을 했어"), row)
    y += t.size + 10
    shown = put(c, t, r.x + 20, y, result, size=t.size + 10, role="field")
    c.ask(
        "read",
        (
            "계산 결과가 얼마야",
            "답이 뭐야",
            "계산기에 뭐라고 나와",
            "얼마 나왔어",
            "결과 읽어 줘",
            "몇이라고 나와 있어",
        ),
        shown,
    )
    y += t.size + 30
    keys = (
        [*"789÷", *"456×", *"123-", *"0.=+"]
        if rng.random() < 0.6
        else ["C", "(", ")", "%", *"789÷", *"456×", *"123-", *"0.=+"]
    )
    wide, high, loud = min(90, r.width // 5), t.size + 20, rng.random() < 0.6
    for n, key in enumerate(keys):
        item = w.button(
            c,
            t,
            r.x + 16 + n % 4 * (wide + 6),
            y + n // 4 * (high + 6),
            key,
            wide=wide,
            loud=loud and key == "=",
        )
        if key == "=" and item:
            c.ask(
                "next",
                ("답을 보려면 뭐 눌러", "계산하려면 뭐 눌러야 돼", "결과 나오게 하려면"),
                item,
                answer="{} 버튼을 누르세요.",
            )
            c.ask(
                "where",
                ("등호 버튼 어디 있어", "는 버튼이 어디야"),
                item,
                answer=f"{{}} {side_of(item, (c.width, c.height))}에 있습니다.",
            )
        if key == "C" and item:
            c.ask(
                "next",
                ("다 지우고 새로 하려면", "숫자 지우려면 뭐 눌러", "처음부터 계산하려면"),
                item,
                answer="{} 버튼을 누르세요.",
            )
    mode = put(
        c, t, r.right - 110, r.y + 10, rng.choice(("기본", "공학용", "프로그래머용", "회계용")), role="combo"
    )
    c.ask("selected", ("계산기가 무슨 모드야", "어떤 계산기로 돼 있어", "모드가 뭐로 골라져 있어"), mode)


def game(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A game's first screen, or its board with time and score."""
    rng = c.rng
    name = rng.choice(
        (
            "지뢰 찾기",
            "스도쿠",
            "카드놀이",
            "사천성",
            "체스",
            "오목",
            "벽돌 깨기",
            "블록 맞추기",
            "퍼즐",
            "숫자 야구",
            "뱀 게임",
            "낱말 맞추기",
        )
    )
    head = put(c, t, r.x + 20, r.y + 20, name, size=t.size + 14, centre=r.width - 40, role="heading")
    c.fact("heading", head)
    c.ask("app", ("무슨 게임이야", "이거 무슨 게임이에요", "게임 이름이 뭐야", "뭐 하는 게임이야"), head)
    levels = rng.choice(
        (
            ("쉬움", "보통", "어려움"),
            ("초급", "중급", "고급", "사용자 지정"),
            ("1단계", "2단계", "3단계"),
            ("아주 쉬움", "쉬움", "보통", "어려움"),
        )
    )
    y, shown = r.y + t.size + 70, []
    for n, level in enumerate(levels):
        item = w.button(c, t, r.x + r.width // 2 - 80, y, level, wide=160, loud=n == 0 and rng.random() < 0.4)
        shown.append(item)
        y += t.size + 26
    c.fact("group", *shown, value="버튼")
    c.ask(
        "count",
        ("난이도가 몇 가지야", "몇 단계로 나뉘어 있어", "고를 수 있는 난이도가 몇 개야"),
        *shown,
        answer=f"{len(levels)}개입니다.",
    )
    c.ask(
        "next",
        (
            "제일 쉽게 하려면 뭐 눌러",
            "처음 해 보는데 쉬운 걸로 하려면",
            "제일 만만한 걸로 하고 싶은데 뭐 눌러",
            "초보자는 뭐 골라야 돼",
        ),
        shown[0],
        answer="{} 버튼을 누르세요.",
    )
    if levels[-1] != "사용자 지정":
        c.ask(
            "next",
            ("제일 어렵게 하려면 뭐 눌러", "제일 힘든 걸로 하려면", "가장 어려운 판 하려면 뭐 골라"),
            shown[-1],
            answer="{} 버튼을 누르세요.",
        )
    for label, value in rng.sample(
        (
            ("점수", f"{rng.randint(0, 9999):,}"),
            ("최고 점수", f"{rng.randint(100, 99999):,}"),
            ("시간", f"{rng.randint(0, 20):02}:{rng.randint(0, 59):02}"),
            ("남은 목숨", str(rng.randint(1, 5))),
            ("남은 지뢰", str(rng.randint(5, 99))),
            ("단계", str(rng.randint(1, 30))),
        ),
        rng.randint(1, 4),
    ):
        if y + t.size + 8 > r.bottom:
            break
        left, right = (
            put(c, t, r.x + r.width // 2 - 80, y, label, role="label"),
            put(c, t, r.x + r.width // 2 + 30, y, value, role="text"),
        )
        c.fact("value", left, right, names=(label,), value="number")
        y += t.size + 10


def gallery(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Pictures or documents as icons, without anything beside them."""
    rng = c.rng
    names = list(
        dict.fromkeys(
            f"{rng.choice(('봄 소풍', '제주 여행', '눈사람', '바닷가', '생일 케이크', '강아지', '운동회', '벚꽃길', '할머니 댁', '첫 등교', '야시장', '불꽃놀이', '텃밭', '기차역'))}{rng.choice(('', ' 2', '_01'))}.{rng.choice(('jpg', 'png', 'jpg', 'mp4'))}"
            for _ in range(rng.randint(3, 14))
        )
    )
    icons(c, t, r.inset(10), names, "파일")
