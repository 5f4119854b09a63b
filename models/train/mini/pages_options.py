"""Options, wizards, printing, settings as icons."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import bars, menus, tables, topics, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools

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
            (
                "지금 어느 단계까지 왔어",
                "몇 번째 단계까지 왔어",
                "어디까지 진행됐어",
                "몇 단계 남았는지 뭐라고 나와",
            ),
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
    about = topics.Topic(
        "프린터",
        "프린터",
        "",
        (
            topics.Column("장소", "room"),
            topics.Column("상태", "status", ("준비됨", "종이 없음", "꺼짐", "대기 중")),
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
