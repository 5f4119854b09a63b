"""What runs along a window's edge (title, menus, tools, tabs), and the putting of words every other part needs."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini.canvas import Canvas, Colour, Item, Rect, Theme
from models.train.mini.corpus import Pools

MENUS = (
    "파일",
    "편집",
    "보기",
    "삽입",
    "서식",
    "도구",
    "창",
    "도움말",
    "표",
    "데이터",
    "검색",
    "이동",
    "북마크",
    "실행",
    "터미널",
    "그림",
    "재생",
    "설정",
)


MENUS_EN = (
    "File",
    "Edit",
    "View",
    "Insert",
    "Format",
    "Tools",
    "Window",
    "Help",
    "Search",
    "Run",
    "Terminal",
    "Go",
    "Selection",
)


MEANINGS = {"File": "파일", "Edit": "편집", "View": "보기", "Help": "도움말", "Tools": "도구", "Window": "창", "Search": "검색", "Run": "실행",
            "Insert": "삽입", "Format": "서식", "Selection": "선택 영역", "Go": "이동", "Terminal": "터미널"}  # fmt: skip


TITLE_HIGH = 36
BUTTONS = ("저장", "취소", "확인", "삭제", "닫기", "적용", "추가", "편집", "열기", "검색", "다음", "이전", "복사", "찾아보기", "새로 고침", "업데이트",
           "다운로드", "설치", "로그인", "도움말", "종료", "실행", "무시", "다시 시도", "보내기", "인쇄", "예", "아니요", "나중에", "동의", "붙여넣기")  # fmt: skip


def put(c: Canvas, t: Theme, x: int, y: int, text: str, **more: object) -> Item | None:
    """Text in the theme's usual font and colours."""
    settings: dict = {"size": t.size, "ink": t.ink, "paper": t.paper, "font_path": t.font} | more
    return c.text(x, y, text, **settings)


def icon(c: Canvas, t: Theme, rect: Rect) -> None:
    """A small picture that means nothing."""
    colour = c.rng.choice((t.accent, t.faint, t.ink, (220, 160, 60), (90, 160, 220), (120, 180, 90)))
    if c.rng.random() < 0.5:
        c.box(rect, fill=colour, radius=2)
    else:
        c.round(rect, outline=colour)


def title_bar(c: Canvas, t: Theme, r: Rect, title: str) -> Item | None:
    """A title bar of `TITLE_HIGH` pixels over the window `r`; the title may be centred, buttons stand at one end."""
    high = TITLE_HIGH
    paper = c.rng.choice((t.bar, t.bar, t.accent, t.panel))
    ink = t.on_accent if paper == t.accent else t.ink
    bar = Rect(r.x, r.y, r.width, high)
    c.box(bar, fill=paper)
    room = max(60, r.width - 150)
    where = {"centre": room} if c.rng.random() < 0.5 else {"limit": room}
    line = put(
        c,
        t,
        r.x + (60 if "centre" in where else 14),
        r.y + (high - t.size) // 2 - 1,
        title,
        ink=ink,
        paper=paper,
        role="title",
        **where,
    )
    for n in range(3):
        icon(c, t, Rect(r.right - 28 * (n + 1), r.y + high // 2 - 6, 12, 12))
    c.fact("title", line)
    return line


def menu_bar(c: Canvas, t: Theme, r: Rect) -> int:
    """A row of menus."""
    english = c.rng.random() < 0.12
    source = MENUS_EN if english else MENUS
    count = c.rng.randint(3, min(9, len(source)))
    names = [source[i] for i in sorted(c.rng.sample(range(len(source)), count))]
    high, x, shown = t.size + 14, r.x + 10, []
    c.box(Rect(r.x, r.y, r.width, high), fill=t.panel)
    letters = c.rng.random() < 0.35
    for name in names:
        text = f"{name}({c.rng.choice('FEVITSHDWOX')})" if letters and not english else name
        item = put(c, t, x, r.y + 6, text, paper=t.panel, role="menu")
        if item is None or item.box.right > r.right:
            break
        item.korean = MEANINGS.get(name) if english else None
        shown.append(item)
        x = item.box.right + t.size + 4
    for item in shown:
        c.fact("press", item)
    c.fact("group", *shown, value="메뉴")
    return high


def tool_bar(c: Canvas, t: Theme, p: Pools, r: Rect) -> int:
    """Icons, some of them with words."""
    high, x = t.size + 20, r.x + 8
    c.box(Rect(r.x, r.y, r.width, high), fill=t.bar)
    for _ in range(c.rng.randint(4, 16)):
        icon(c, t, Rect(x, r.y + 8, high - 16, high - 16))
        x += high - 8
        if c.rng.random() < 0.3:
            item = put(
                c, t, x, r.y + high // 2 - t.size // 2 - 2, c.rng.choice(BUTTONS), paper=t.bar, role="button"
            )
            c.fact("press", item)
            x = (item.box.right if item else x) + 12
        if x > r.right - 90:
            break
    return high


def tabs(c: Canvas, t: Theme, r: Rect, names: list[str], noun: str = "탭") -> int:
    """Tabs with one of them open."""
    high, x = t.size + 18, r.x
    c.box(Rect(r.x, r.y, r.width, high), fill=t.bar)
    chosen, shown = c.rng.randrange(len(names)), []
    loud = c.rng.random() < 0.3
    for n, name in enumerate(names):
        wide = c.width_of(name, t.size, t.font) + 28
        if x + wide > r.right:
            break
        on = n == chosen
        paper: Colour = (t.accent if loud else t.paper) if on else t.bar
        if on:
            c.box(Rect(x, r.y, wide, high), fill=paper)
            c.box(Rect(x, r.y + (0 if loud else high - 3), wide, 3), fill=t.accent)
        ink = t.on_accent if on and loud else t.ink if on else t.faint
        shown.append(
            put(
                c,
                t,
                x + 14,
                r.y + 8,
                name,
                ink=ink,
                paper=paper,
                role="tab",
                state="selected" if on else None,
            )
        )
        x += wide
    if chosen < len(shown):
        c.fact("chosen", shown[chosen], value=noun)
    for item in shown:
        c.fact("press", item)
    c.fact("group", *shown, value=noun)
    return high


def wrap(c: Canvas, t: Theme, text: str, width: int, size: int) -> list[str]:
    """Break a sentence at blanks to lines of at most `width` frame pixels."""
    rows, row = [], ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if row and c.width_of(longer, size, t.font) > width:
            rows.append(row)
            row = word
        else:
            row = longer
    return [*rows, row] if row else rows


def paragraph(c: Canvas, t: Theme, r: Rect, text: str, **more: object) -> list:
    """A wrapped sentence; its items come back."""
    size = int(more.get("size", t.size))  # type: ignore[call-overload]
    shown, y = [], r.y
    for row in wrap(c, t, text, r.width, size):
        if y + size + 4 > r.bottom:
            break
        shown.append(put(c, t, r.x, y, row, **more))
        y += size + 8
    return shown
