"""Calendars and clocks."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

import calendar as almanac

from models.train.mini import amounts, bars
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools


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
