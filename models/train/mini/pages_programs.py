"""Windows of everyday programs: options, wizards, printing, about, properties, calculator, calendar, games, settings."""

# ruff: noqa: E501  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

import calendar as almanac

from models.train.mini import amounts, bars, menus, tables, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme, side_of
from models.train.mini.corpus import Pools
from models.train.mini.pages_tables import icons

CHECKS = ("줄 번호 보이기", "자동 저장", "맞춤법 검사", "시작할 때 업데이트 확인", "다시 묻지 않음", "숨긴 파일 보기", "알림 소리 내기", "현재 줄 강조", "자동 들여쓰기", "괄호 짝 표시", "백업 파일 만들기", "빈 줄 지우기", "상태 표시줄 보이기", "도구 모음 보이기", "시작할 때 창 복원", "최근 파일 기억", "파일 지울 때 확인", "휴지통 쓰기", "미리 보기 만들기", "두 번 눌러 열기",
          "화면 보호기 쓰기", "잠자기 전에 잠그기", "쿠키 허용", "추적 금지 보내기", "팝업 막기", "암호 저장", "자동 로그인", "밤에 색 따뜻하게", "움직임 줄이기", "큰 글자", "키 소리", "위치 정보 쓰기", "블루투스", "와이파이", "비행기 모드", "방해 금지", "자동 재생", "반복", "하드웨어 가속", "어두운 테마 쓰기", "오른쪽 끝에서 줄 바꾸기", "탭 대신 빈칸", "대소문자 구분", "정규식", "온전한 낱말만", "처음부터 다시 찾기")  # fmt: skip
CHOICES = (
    ("작업 방식", ("왼쪽", "가운데", "오른쪽")), ("페이지 방향", ("세로", "가로")), ("테마", ("밝게", "어둡게", "시스템 따름")), ("시작할 때", ("빈 화면", "마지막 창", "홈페이지")), ("인쇄 범위", ("모든 쪽", "현재 쪽", "쪽 지정")), ("내려받기 전에", ("항상 묻기", "정해진 폴더에 저장")), ("보기 방식", ("아이콘", "목록", "자세히")),
    ("연결 방식", ("자동", "직접 설정", "프록시 사용")), ("글자 크기", ("작게", "보통", "크게")), ("소리 출력", ("내장 스피커", "헤드폰", "HDMI")), ("마우스 주 단추", ("왼쪽 단추", "오른쪽 단추")), ("시간 형식", ("12시간제", "24시간제")), ("정렬 기준", ("이름", "크기", "날짜")), ("회전", ("없음", "왼쪽으로 90도", "오른쪽으로 90도")), ("난이도", ("초급", "중급", "고급")),
)  # fmt: skip
SIDES = ("일반", "모양", "글꼴", "언어", "보안", "개인 정보", "네트워크", "알림", "소리", "디스플레이", "마우스", "키보드", "전원", "단축키", "업데이트", "계정", "저장소", "접근성", "시작 프로그램", "기본 프로그램", "편집기", "보기", "인쇄", "경로", "연결", "플러그인", "고급", "색", "메모리", "사용자 정보", "날짜 및 시간", "프린터", "블루투스", "배경")  # fmt: skip


def options(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A dialog of options: categories at the left or tabs above, then boxes, choices and fields; buttons below."""
    rng, inside = c.rng, r
    if r.width > 420 and rng.random() < 0.6:
        wide = min(220, r.width // 3)
        menus.side_list(
            c,
            t,
            Rect(r.x, r.y, wide, r.height - 44),
            rng.sample(SIDES, rng.randint(5, 14)),
            rng.choice(("항목", "분류", "메뉴")),
            icons=rng.random() < 0.5,
        )
        inside = Rect(r.x + wide, r.y, r.width - wide, r.height)
    if rng.random() < 0.6:
        high = bars.tabs(c, t, inside, rng.sample(SIDES, rng.randint(2, 6)))
        inside = Rect(inside.x, inside.y + high, inside.width, inside.height - high)
    inside = inside.inset(16)
    y, checks, choices = inside.y, list(CHECKS), list(CHOICES)
    rng.shuffle(checks)
    rng.shuffle(choices)
    for part in rng.sample(("checks", "radios", "fields", "checks", "radios"), rng.randint(2, 5)):
        room = Rect(inside.x, y, min(inside.width, 620), inside.bottom - 46 - y)
        if room.height < 70:
            break
        if part == "checks":
            count = rng.randint(2, 6)
            y = w.checks(c, t, p, room, checks[:count])
            checks = checks[count:]
        elif part == "radios" and choices:
            head, names = choices.pop()
            y = w.radios(c, t, room, head, list(names))
        else:
            y = w.fields(c, t, p, room, values.distinct_fields(p, rng, rng.randint(1, 5)))
        y += 12
    names = rng.choice(
        (
            ["확인", "취소", "적용"],
            ["도움말", "취소", "확인"],
            ["닫기"],
            ["기본값 복원", "취소", "확인"],
            ["취소", "저장"],
            ["초기화", "적용", "닫기"],
        )
    )
    off = names.index("적용") if "적용" in names and rng.random() < 0.5 else -1
    w.button_row(
        c,
        t,
        Rect(r.x + 16, r.bottom - t.size - 26, r.width - 32, t.size + 16),
        names,
        off=off,
        loud=rng.choice((-1, names.index(names[-1]))),
    )


def wizard(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """One step of several: steps at the left, choices, back and next."""
    rng = c.rng
    steps = rng.sample(
        (
            "시작",
            "언어 고르기",
            "사용권 동의",
            "설치 위치",
            "디스크 나누기",
            "사용자 만들기",
            "요약",
            "설치",
            "계정 연결",
            "동기화",
            "테마",
            "데이터 가져오기",
            "네트워크",
            "끝",
        ),
        rng.randint(3, 6),
    )
    at, left = rng.randrange(len(steps)), r.x
    if r.width > 460 and rng.random() < 0.7:
        shown, y = [], r.y + 14
        for n, name in enumerate(steps):
            on = n == at
            item = put(
                c,
                t,
                r.x + 14,
                y,
                f"{n + 1}. {name}" if rng.random() < 0.5 else name,
                ink=t.ink if on else t.faint,
                paper=t.soft if on else t.paper,
                role="list",
                state="selected" if on else None,
            )
            shown.append(item)
            y += t.size + 16
        c.fact("group", *shown, value="단계")
        c.fact("chosen", shown[at], value="단계")
        left += 190
    else:
        mark = put(
            c,
            t,
            r.x + 20,
            r.y + 8,
            f"{at + 1} / {len(steps)} 단계" if rng.random() < 0.5 else f"{len(steps)}단계 중 {at + 1}단계",
            ink=t.faint,
            role="text",
        )
        c.ask(
            "lookup",
            ("지금 몇 단계야", "몇 번째 단계까지 왔어", "어디까지 진행됐어", "몇 단계 남았는지 뭐라고 나와"),
            mark,
        )
    head = put(
        c,
        t,
        left + 20,
        r.y + 32,
        rng.choice((f"{steps[at]}", f"{steps[at]} 단계입니다", f"{steps[at]} - 아래에서 고르세요")),
        size=t.size + 6,
        role="heading",
    )
    c.fact("heading", head)
    head_pick, names = rng.choice(CHOICES)
    y = w.radios(
        c, t, Rect(left + 20, r.y + t.size + 60, r.right - left - 40, r.height // 2), head_pick, list(names)
    )
    w.checks(
        c,
        t,
        p,
        Rect(left + 20, y + 8, r.right - left - 40, max(30, r.bottom - y - 60)),
        rng.sample(CHECKS, rng.randint(1, 3)),
    )
    buttons = ["이전", "다음", "취소"] if at < len(steps) - 1 else ["이전", "마침"]
    if rng.random() < 0.3:
        buttons = ["건너뛰기", *buttons]
    row = w.button_row(
        c,
        t,
        Rect(r.x + 16, r.bottom - t.size - 26, r.width - 32, t.size + 16),
        buttons,
        off=buttons.index("이전") if at == 0 else -1,
        loud=buttons.index("다음") if "다음" in buttons else -1,
    )
    if len(row) == len(buttons):
        c.fact("next", row[buttons.index("다음" if "다음" in buttons else "마침")])


def printing(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A print dialog."""
    rng = c.rng
    high = bars.tabs(
        c, t, r, rng.sample(("일반", "쪽 설정", "작업", "고급", "그림 품질", "색", "용지"), rng.randint(2, 4))
    )
    y = r.y + high + 12
    printers = (
        "파일로 인쇄",
        "PDF로 저장",
        f"{rng.choice(('사무실', '교무실', '2층', '회의실'))} 프린터",
        f"Laser-{rng.randint(100, 990)}",
        "컬러 프린터",
    )
    about = tables.Topic(
        "프린터",
        "프린터",
        "",
        (
            tables.Column("위치", "room"),
            tables.Column("상태", "status", ("준비됨", "종이 없음", "꺼짐", "대기 중")),
        )[: 1 if r.width < 420 else 2],
    )
    y = (
        tables.table(
            c,
            t,
            p,
            Rect(r.x + 14, y, r.width - 28, (r.height - 120) // 2),
            about,
            rng.sample(printers, rng.randint(2, 4)),
            lined=False,
            select=0.9,
        )
        + 10
    )
    column = Rect(r.x + 16, y, r.width // 2 - 20, r.bottom - y - 50)
    w.radios(c, t, column, "범위", ["모든 쪽", "현재 쪽", "쪽:"][: rng.randint(2, 3)])
    w.fields(
        c,
        t,
        p,
        Rect(r.x + r.width // 2 + 10, y, r.width // 2 - 24, r.bottom - y - 50),
        [("매수", "copies"), ("용지 크기", "paper"), ("양면", "duplex"), ("방향", "direction")][
            : rng.randint(1, 4)
        ],
    )
    w.button_row(
        c,
        t,
        Rect(r.x + 16, r.bottom - t.size - 24, r.width - 32, t.size + 16),
        ["미리 보기", "취소", "인쇄"][rng.randint(0, 1) :],
        loud=-1,
    )


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


def month(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A month of a calendar, views to choose from, some events."""
    rng = c.rng
    year, number = rng.randint(2022, 2027), rng.randint(1, 12)
    head = put(
        c,
        t,
        r.x + 20,
        r.y + 10,
        rng.choice((f"{year}년 {number}월", f"{number}월 {year}", f"{year}. {number:02}")),
        size=t.size + 6,
        role="heading",
    )
    c.ask(
        "read",
        ("몇 월 달력이야", "지금 몇 년 몇 월 보고 있어", "어느 달이야", "달력이 몇 월로 돼 있어"),
        head,
    )
    tabs_at = Rect(r.x + r.width // 2, r.y, r.width // 2, t.size + 18)
    bars.tabs(
        c,
        t,
        tabs_at,
        rng.sample(("하루", "주간", "월간", "연간", "일정 목록"), rng.randint(2, 4)),
        noun="보기",
    )
    names, wide, step = "일월화수목금토", r.width // 7, max(t.size + 14, min(90, (r.height - 80) // 6))
    y = r.y + t.size + 34
    tops = [
        put(c, t, r.x + n * wide + 8, y, d, role="header", ink=(210, 40, 40) if n == 0 else t.ink)
        for n, d in enumerate(names)
    ]
    first, days = (almanac.monthrange(year, number)[0] + 1) % 7, almanac.monthrange(year, number)[1]
    y += t.size + 12
    events = dict(
        zip(
            rng.sample(range(1, days + 1), rng.randint(0, 5)),
            rng.sample(
                (
                    "치과",
                    "가족 모임",
                    "월세",
                    "회의",
                    "생일 잔치",
                    "시험",
                    "출장",
                    "김장",
                    "등산",
                    "동창회",
                    "건강 검진",
                    "이사",
                ),
                5,
            ),
            strict=False,
        )
    )
    today = rng.randint(1, days)
    for day in range(1, days + 1):
        slot = first + day - 1
        x, top = r.x + slot % 7 * wide + 8, y + slot // 7 * step
        if top + t.size + 4 > r.bottom:
            break
        on = day == today
        item = put(
            c,
            t,
            x,
            top,
            str(day),
            role="cell",
            state="selected" if on else None,
            paper=t.accent if on else t.paper,
            ink=t.on_accent if on else t.ink,
        )
        if item and tops[slot % 7]:
            if rng.random() < 0.35:
                c.ask(
                    "lookup",
                    (
                        f"{day}일은 무슨 요일이야",
                        f"{number}월 {day}일이 무슨 요일이야",
                        f"이 달 {day}일 요일 알려줘",
                        f"{day}일 무슨 날이야 요일로",
                    ),
                    item,
                    tops[slot % 7],
                    answer="{1}요일입니다.",
                )
            if on:
                c.ask(
                    "selected",
                    (
                        "며칠이 골라져 있어",
                        "어느 날짜가 선택돼 있어",
                        "색칠된 날이 며칠이야",
                        "오늘 표시된 날짜가 며칠이야",
                    ),
                    item,
                    answer="{}일입니다.",
                )
        if day in events and step > 2 * t.size + 10:
            event = put(c, t, x, top + t.size + 6, events[day], role="text", limit=wide - 12, size=t.size - 1)
            c.ask(
                "lookup",
                (
                    f"{day}일에 뭐 있어",
                    f"{day}일 일정이 뭐야",
                    f"{number}월 {day}일에 무슨 약속 있어",
                    f"{day}일에 뭐 한다고 적혀 있어",
                ),
                event,
            )
            c.ask(
                "lookup",
                ("{a}[은는] 며칠이야", "{a} 언제야", "{a} 날짜가 며칠로 돼 있어"),
                item,
                answer="{}일입니다.",
                a=event,
            )
    if not events:
        c.ask(
            "exists",
            ("이 달에 일정 있어", "약속 적어 놓은 거 있어", "무슨 일정 들어 있어"),
            answer="아니요, 보이지 않습니다.",
        )


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


def control(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """All settings as icons under headings."""
    rng, y, heads = c.rng, r.y + 8, []
    spare = rng.sample(SIDES, min(len(SIDES), 20))
    for title in rng.sample(
        ("개인", "하드웨어", "시스템", "인터넷", "꾸미기", "접근성", "기타"), rng.randint(1, 4)
    ):
        if y + 130 > r.bottom or not spare:
            break
        heads.append(put(c, t, r.x + 14, y, title, size=t.size + 2, role="text"))
        count = min(len(spare), rng.randint(2, max(2, min(7, r.width // 120))))
        group, spare = spare[:count], spare[count:]
        for n, name in enumerate(group):
            bars.icon(c, t, Rect(r.x + 40 + n * 118, y + t.size + 14, 36, 36))
            item = put(c, t, r.x + 8 + n * 118, y + t.size + 56, name, centre=110, role="icon")
            c.fact("press", item)
        y += t.size + 110
    c.fact("group", *heads, value="묶음")


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


def clock(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Clocks of towns, an alarm, a stop watch."""
    rng = c.rng
    high = bars.tabs(c, t, r, rng.sample(("세계 시각", "알람", "스톱워치", "타이머"), rng.randint(3, 4)))
    y = r.y + high + 16
    big = put(
        c,
        t,
        r.x + 20,
        y,
        f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}",
        size=t.size + 16,
        centre=r.width - 40,
        role="text",
    )
    c.ask(
        "read",
        ("시간이 얼마로 나와", "숫자로 몇 분 몇 초야", "가운데 크게 뭐라고 나와", "시계가 몇 시로 나와"),
        big,
    )
    y += t.size + 60
    for city, value in zip(
        rng.sample(p.cities, min(len(p.cities), rng.randint(2, 5))),
        amounts.column("time", 5, p, rng),
        strict=False,
    ):
        if y + t.size + 50 > r.bottom:
            break
        left, right = (
            put(c, t, r.x + 30, y, city, role="text"),
            put(c, t, r.x + r.width // 2, y, value, role="text"),
        )
        c.ask(
            "lookup",
            ("{a}[은는] 지금 몇 시야", "{a} 몇 시야", "{a} 시각 알려줘", "{a}[은는] 몇 시래"),
            right,
            a=left,
        )
        y += t.size + 16
    w.button_row(
        c,
        t,
        Rect(r.x + 16, r.bottom - t.size - 24, r.width - 32, t.size + 16),
        rng.choice((["시작", "초기화"], ["시작", "구간"], ["중지", "초기화"])),
        loud=0,
        off=rng.choice((-1, 1)),
    )
