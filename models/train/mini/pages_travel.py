"""Trains between two towns, and a week of lessons."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import tables, topics, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.pages_web import site_above, web_head


def trains(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Trains between two towns, each with a button."""
    rng = c.rng
    owner = rng.choice(p.companies) + rng.choice((" 철도", "레일", " 기차 예매", " 열차"))
    r = site_above(c, t, r, owner, ("승차권", "할인", "이용 안내", "고객센터", "로그인", "내 예매"))
    here, there = rng.sample(p.cities, 2)
    head = put(
        c,
        t,
        r.x + 16,
        r.y + 10,
        rng.choice((f"{here} → {there}", f"{here}에서 {there}까지", f"{here} - {there} 열차 조회")),
        size=t.size + 6,
        role="heading",
    )
    c.fact("heading", head)
    c.ask("lookup", ("어디서 어디로 가는 거야", "어디 가는 기차야", "출발이랑 도착이 어디야"), head)
    day = put(c, t, r.x + 16, r.y + t.size + 26, values.date(rng), ink=t.faint)
    c.ask("lookup", ("며칠 기차야", "언제 가는 거야", "무슨 날짜로 찾은 거야"), day)
    y = w.checks(
        c,
        t,
        p,
        Rect(r.x + 16, r.y + t.size * 2 + 40, 400, 60),
        rng.sample(("직통만", "빈자리만", "할인 좌석만", "특실만", "왕복"), rng.randint(1, 2)),
    )
    about = next(a for a in topics.TOPICS if a.noun == "열차")
    about = about._replace(columns=about.columns[: max(2, min(5, r.width // 130 - 2))])
    rows = topics.row_names("train", rng.randint(3, 10), p, rng)
    wide = r.width - 120
    step = t.size + 22
    end = tables.table(
        c,
        t,
        p,
        Rect(r.x + 16, y, wide, min(r.bottom - y - 40, step * (len(rows) + 1))),
        about,
        rows,
        step=step,
        select=0.0,
    )
    for n in range(len(rows)):
        line = y + step * (n + 1)
        if line + step > end:
            break
        w.button(c, t, r.x + wide + 26, line + 3, rng.choice(("예매", "예매", "매진")), wide=70)
    note = rng.choice(
        (
            "결제는 출발 30분 전까지 해 주세요.",
            "좌석은 10분 동안만 잡아 둡니다.",
            "할인은 회원만 받을 수 있습니다.",
            "취소 수수료는 출발 하루 전부터 붙습니다.",
        )
    )
    shown = put(c, t, r.x + 16, min(end + 10, r.bottom - t.size - 8), note, ink=t.faint, role="text")
    c.ask(
        "read",
        ("아래 안내에 뭐라고 써 있어", "주의할 게 뭐래", "밑에 조그만 글씨 읽어 줘", "안내 문구가 뭐야"),
        shown,
    )


def school(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A week's lessons: days across, hours down."""
    rng = c.rng
    grade, room = rng.randint(1, 6), rng.randint(1, 9)
    web_head(
        c,
        t,
        r,
        rng.choice(p.cities) + rng.choice(("초등학교", "중학교", "고등학교")),
        ("학교 소개", "시간표", "급식", "가정 통신문", "방과 후", "자료실", "공지사항", "오시는 길"),
        chosen=True,
    )
    y = r.y + t.size * 2 + 56
    head = put(
        c,
        t,
        r.x + 16,
        y,
        f"{grade}학년 {room}반 {rng.choice(('시간표', '수업 시간표', '주간 시간표'))}",
        size=t.size + 4,
        role="heading",
    )
    c.ask("read", ("몇 학년 몇 반 시간표야", "어느 반 시간표야", "무슨 표야"), head)
    y += t.size + 24
    days, hours = [f"{d}{rng.choice(('', '요일'))}" for d in "월화수목금"], rng.randint(4, 7)
    wide, step = min(150, (r.width - 120) // 5), t.size + rng.choice((12, 18))
    tone = rng.choice((t.bar, t.accent, t.soft))
    tops = [
        put(
            c,
            t,
            r.x + 90 + n * wide,
            y,
            d,
            role="header",
            paper=tone,
            ink=t.on_accent if tone == t.accent else t.ink,
            limit=wide,
        )
        for n, d in enumerate(days)
    ]
    for hour in range(1, hours + 1):
        y += step
        if y + step > r.bottom:
            break
        left = put(c, t, r.x + 16, y, f"{hour}교시", role="header")
        for n, day in enumerate("월화수목금"):
            if hour > 4 and rng.random() < 0.15:
                continue
            item = put(c, t, r.x + 90 + n * wide, y, rng.choice(values.SUBJECTS), role="cell", limit=wide - 6)
            if item and left and tops[n]:
                c.ask(
                    "lookup",
                    (
                        f"{day}요일 {hour}교시 뭐야",
                        f"{day}요일 {hour}교시에 뭐 배워",
                        f"{day}요일 {hour}교시 수업이 뭐야",
                        f"{day}요일 {'일이삼사오육칠'[hour - 1]}교시는 무슨 시간이야",
                        f"{hour}교시 {day}요일 과목 알려줘",
                    ),
                    item,
                )
    c.ask(
        "absent",
        ("토요일 1교시는 뭐야", "오늘 급식 뭐야", "영어 선생님이 누구야", "체육복 입고 가야 돼"),
        answer="화면에서 찾을 수 없어요.",
    )
