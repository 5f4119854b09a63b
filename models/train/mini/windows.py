"""A window around a page: its title, menus, tools, browser tabs and address; and what program it is."""

# ruff: noqa: E501, PLR0917  (lists of Korean strings, where a syllable counts double; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import bars, menus, pages, programs, values
from models.train.mini import widgets as w
from models.train.mini.canvas import Canvas, Item, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.programs import Program

WINDOW_KEYS = ("알림", "경고", "오류", "확인", "정보", "질문", "저장할까요?", "덮어쓸까요?")
NAMED = {"options": ("설정", "환경 설정", "기본 설정", "옵션", "선택 사항"), "printing": ("인쇄", "출력"), "about": ("정보", "프로그램 정보"), "saving": ("다른 이름으로 저장", "파일 저장", "파일 열기", "열기"), "finding": ("찾기", "바꾸기", "찾아 바꾸기"), "unpacking": ("압축 풀기", "꺼내기"), "new": ("새 그림", "새 이미지 만들기", "새 문서"), "pointer": ("마우스", "키보드", "디스플레이", "소리", "전원 관리"), "properties": ("속성", "파일 정보"), "wizard": ("설치", "처음 설정", "계정 추가", "시작하기"), "form": (), "settings": ("설정", "환경 설정")}  # fmt: skip
GROUNDS = {
    "spreadsheet": ("xlsx", "ods", "csv"),
    "editor": ("txt", "md", "odt", "hwp", "docx", "py"),
    "archive": ("zip", "7z"),
    "gallery": ("",),
}


def _document(c: Canvas, p: Pools, page: str) -> str:
    """What a program of that page has open."""
    rng = c.rng
    if page in GROUNDS and GROUNDS[page] != ("",):
        return f"{rng.choice(values.FILE_WORDS)}{rng.choice(('', '_최종', f' {rng.randint(1, 12)}월', '2'))}.{rng.choice(GROUNDS[page])}"
    if page in ("files", "gallery"):
        return rng.choice(values.FOLDERS)
    if page == "mail":
        return rng.choice(("받은 편지함", "보낸 편지함", "받은 메일"))
    if page == "terminal":
        return f"user@{rng.choice(('laptop', 'debian', 'server'))}: ~"
    return rng.choice((rng.choice(p.headings)[:18], "", ""))


def program_of(c: Canvas, page: str) -> Program | None:
    """A program that shows such a page; None where pages of that sort belong to any program."""
    kinds = programs.PAGE_PROGRAMS.get(page)
    return c.rng.choice(programs.BY_WHAT[c.rng.choice(kinds)]) if kinds else None


def _title(c: Canvas, p: Pools, page: str) -> tuple[str, str, int]:
    """(title, what the program is for, 0 a program, 1 a web page, 2 a dialog)."""
    rng = c.rng
    if page == "dialog":
        return rng.choice((*WINDOW_KEYS, values.label(p, rng), rng.choice(programs.PROGRAMS).name)), "", 2
    if page in NAMED:
        name = rng.choice(NAMED[page] or (values.label(p, rng),))
        owner = rng.choice(programs.PROGRAMS)
        kind = rng.random()
        if kind < 0.5:
            return name, "", 2
        return rng.choice((f"{name} - {owner.name}", f"{owner.name} {name}", f"{owner.name} - {name}")), "", 2
    found = program_of(c, page) or rng.choice(programs.PROGRAMS)
    thing = _document(c, p, page)
    what = found.what if page in programs.PAGE_PROGRAMS or rng.random() < 0.7 else ""
    forms = (
        f"{thing} - {found.name}",
        f"{thing} — {found.name}",
        found.name,
        f"{found.name} - {thing}",
        f"*{thing} - {found.name}",
    )
    return rng.choice(forms).strip(" -—*") if thing else found.name, what, 0


def window(c: Canvas, t: Theme, p: Pools, r: Rect, page: str, bare: bool = False) -> None:
    """One window: bars, then the page."""
    rng = c.rng
    c.box(r, fill=t.paper, outline=t.line)
    if p.english and rng.random() < 0.1:
        p = p.english
    top, title, what, sort = r.y, None, "", 0
    web = page in pages.WEB and (page not in ("chat", "mail") or rng.random() < 0.3)
    if not bare:
        text, what, sort = _title(c, p, page)
        if web:
            browser = rng.choice(programs.BY_WHAT["웹 브라우저"])
            text, what, sort = f"{rng.choice(p.headings)[:16]} - {browser.name}", "웹 브라우저", 1
        if sort == 0 and rng.random() < 0.12:
            top += _header_bar(c, t, r)  # no title at all, as GNOME's own programs
        else:
            title = bars.title_bar(c, t, r, text)
            top += bars.TITLE_HIGH
    elif programs.PAGE_PROGRAMS.get(page):
        what = program_of(c, page).what if page not in ("editor", "code") else ""  # type: ignore[union-attr]
    opened = _above(c, t, p, Rect(r.x, top, r.width, r.bottom - top), page, web) if not bare else (0, None)
    before = len(c.facts)
    pages.PAGES[page][0](c, t, p, Rect(r.x, top + opened[0], r.width, r.bottom - top - opened[0]))
    _who(c, title, what, sort, before)
    if sort == 2 and title is not None:
        c.ask("read", ("이 창 제목이 뭐야", "대화 상자 제목 읽어 줘", "창 이름이 뭐라고 돼 있어"), title)
    if page not in pages.SMALL and opened[1] is not None and rng.random() < 0.25:
        _open_menu(c, t, p, opened[1], top + opened[0])
    elif page in ("files", "gallery", "control", "sheet") and rng.random() < 0.12:
        menus.popup(
            c,
            t,
            p,
            r.x + rng.randint(0, max(1, r.width // 2)),
            top + rng.randint(20, max(21, (r.bottom - top) // 2)),
            "파일 메뉴",
        )


def _who(c: Canvas, title: Item | None, what: str, sort: int, before: int) -> None:
    """What program or site the window is."""
    if sort == 1:
        site = next((f for f in c.facts[before:] if f.kind == "site"), None)
        if site:
            c.fact("app", site.targets[0], number=1)
        c.ask(
            "app",
            (
                "무슨 브라우저야",
                "어떤 브라우저로 보고 있어",
                "인터넷 뭘로 보는 거야 프로그램이",
                "이 브라우저 이름이 뭐야",
            ),
            title,
            answer="{}입니다.",
        )
    elif title is not None:
        c.fact("app", title, value=what, number=sort)
    elif what:
        c.fact("app", value=what)


def _header_bar(c: Canvas, t: Theme, r: Rect) -> int:
    """A bar with icons and perhaps a view switcher instead of a title."""
    c.box(Rect(r.x, r.y, r.width, 44), fill=t.bar)
    for n in range(c.rng.randint(1, 4)):
        bars.icon(c, t, Rect(r.x + 12 + n * 34, r.y + 14, 16, 16))
    for n in range(3):
        bars.icon(c, t, Rect(r.right - 28 * (n + 1), r.y + 16, 12, 12))
    if c.rng.random() < 0.3:
        c.fact(
            "press",
            w.button(
                c, t, r.right - 220, r.y + 4, c.rng.choice(("열기", "추가", "새로 만들기", "검색", "선택"))
            ),
        )
    return 44


def _above(c: Canvas, t: Theme, p: Pools, r: Rect, page: str, web: bool) -> tuple[int, list[Item] | None]:
    """(height, menu entries) of what lies between title and page."""
    rng, top, shown = c.rng, r.y, None
    room = r.height > 240
    if web:
        if room and rng.random() < 0.8:
            top += bars.tabs(
                c, t, Rect(r.x, top, r.width, 0), [h[:14] for h in rng.sample(p.headings, rng.randint(1, 4))]
            )
        site = rng.choice(("example", "shop", "news", "help", "bank", "school", "city", "travel"))
        address = bars.put(
            c,
            t,
            r.x + 90,
            top + 8,
            f"{rng.choice(('https://', 'https://www.', '', 'www.'))}{site}.{rng.choice(('co.kr', 'example', 'or.kr', 'test'))}/{rng.choice(('', 'index', 'list', str(rng.randint(1, 999))))}",
            role="field",
        )
        c.fact("address", address)
        return top + t.size + 22 - r.y, None
    if room and page not in pages.SMALL and page not in ("options", "form") and rng.random() < 0.65:
        before = len(c.items)
        top += bars.menu_bar(c, t, Rect(r.x, top, r.width, 0))
        shown = [i for i in c.items[before:] if i.role == "menu"]
    if (
        room
        and page in ("spreadsheet", "editor", "files", "mail", "sheet", "archive", "chart", "music")
        and rng.random() < 0.6
    ):
        top += bars.tool_bar(c, t, p, Rect(r.x, top, r.width, 0))
    return top - r.y, shown


def _open_menu(c: Canvas, t: Theme, p: Pools, entries: list[Item], below: int) -> None:
    """One of the menus is open; its name is marked."""
    rng = c.rng
    entry = rng.choice(entries) if entries else None
    name = entry.text.split("(")[0] if entry else ""
    if entry is None:
        return
    before = len(c.items)
    menus.popup(c, t, p, entry.box.x, min(below, entry.box.bottom + 6), name if name in menus.ENTRIES else "")
    if len(c.items) > before and any(i is entry for i in c.items):
        entry.state = "expanded"
        c.ask(
            "selected",
            (
                "지금 무슨 메뉴가 열려 있어",
                "어떤 메뉴를 펼쳤어",
                "펼쳐진 메뉴가 뭐야",
                "어느 메뉴 열어 놓은 거야",
            ),
            entry,
        )
