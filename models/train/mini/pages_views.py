"""Windows that show something: pictures, slides, code, two files beside each other, a server."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools


def viewer(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A picture or a document page with its place among the others and the zoom."""
    rng = c.rng
    total = rng.randint(3, 60)
    at, zoom = rng.randint(1, total), rng.choice((25, 33, 50, 75, 100, 125, 150, 200))
    c.box(
        Rect(r.x + r.width // 6, r.y + 20, r.width * 2 // 3, max(20, r.height - 70)),
        fill=rng.choice(((120, 170, 220), (200, 180, 140), (110, 150, 90), (235, 235, 230))),
    )
    sort = rng.choice(("사진", "쪽"))
    form = rng.choice((f"{at} / {total}", f"{total}개 중 {at}번째", f"{at}/{total}"))
    item = put(c, t, r.x + 16, r.bottom - t.size - 12, form, role="text")
    if sort == "사진":
        c.ask(
            "lookup",
            (
                "몇 번째 사진을 보는 중이야",
                "사진이 모두 몇 장이야",
                "몇 장 중에 몇 번째 거 보고 있어",
                "몇 번째 그림이야",
            ),
            item,
        )
    else:
        c.ask(
            "lookup",
            ("지금 몇 쪽이야", "몇 페이지 보고 있어", "전부 몇 쪽이야", "몇 쪽 중에 몇 쪽이야"),
            item,
        )
    shown = put(
        c, t, r.x + r.width // 2, r.bottom - t.size - 12, f"{zoom}%", role=rng.choice(("combo", "text"))
    )
    c.ask(
        "lookup",
        ("몇 퍼센트로 보고 있어", "확대가 얼마로 돼 있어", "배율이 몇이야", "화면을 얼마나 키워 놨어"),
        shown,
    )
    size = put(
        c,
        t,
        r.right - 220,
        r.bottom - t.size - 12,
        f"{rng.choice((640, 1024, 1920, 4000))} × {rng.choice((480, 768, 1080, 3000))} {rng.choice(('픽셀', ''))}".strip(),
        role="text",
    )
    c.ask("lookup", ("사진이 가로세로 몇 픽셀이야", "가로세로가 얼마야", "해상도가 얼마야"), size)
    names = rng.sample(
        ("이전", "다음", "회전", "확대", "축소", "삭제", "인쇄", "공유", "자르기", "전체 화면"),
        rng.randint(0, 4),
    )
    if names:
        w.button_row(c, t, Rect(r.x + 8, r.y + 2, r.width - 16, t.size + 16), names)


def slides(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Slides at the left, one of them large, notes and a status line."""
    rng = c.rng
    total = rng.randint(2, 14)
    at = rng.randint(1, total)
    c.box(Rect(r.x, r.y, 150, r.height), fill=t.panel)
    for n in range(1, total + 1):
        top = r.y + 8 + (n - 1) * 84
        if top + 80 > r.bottom - 30:
            break
        c.box(Rect(r.x + 30, top, 110, 66), fill=(255, 255, 255), outline=t.accent if n == at else t.line)
        put(c, t, r.x + 8, top + 20, str(n), role="list", state="selected" if n == at else None)
    title = put(
        c,
        t,
        r.x + 190,
        r.y + 50,
        rng.choice(p.headings)[:20],
        size=t.size + 14,
        role="heading",
        limit=r.width - 220,
    )
    c.fact("heading", title)
    c.ask("read", ("이 슬라이드 제목이 뭐야", "발표 제목이 뭐야", "큰 글씨로 뭐라고 써 있어"), title)
    y = r.y + 110 + t.size
    for _ in range(rng.randint(1, 5)):
        if y + t.size + 40 > r.bottom:
            break
        c.fact(
            "line",
            put(c, t, r.x + 210, y, f"• {rng.choice(p.sentences)[:34]}", role="text", limit=r.width - 240),
        )
        y += t.size + 18
    state = put(
        c,
        t,
        r.x + 170,
        r.bottom - t.size - 8,
        rng.choice(
            (f"슬라이드 {at} / {total}", f"{total}장 중 {at}번째 슬라이드", f"슬라이드 {total} 중 {at}")
        ),
        role="text",
    )
    c.ask(
        "selected",
        ("몇 번째 장을 보고 있어", "지금 몇 번 슬라이드야", "슬라이드가 몇 번째로 골라져 있어"),
        state,
        answer="{}입니다.",
    )
    c.ask("lookup", ("슬라이드가 다 해서 몇 장이야", "전부 몇 장짜리야", "몇 장 중에 몇 번째야"), state)
