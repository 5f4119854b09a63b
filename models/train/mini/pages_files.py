"""Files: a file manager, icons, what is in an archive."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import bars, menus, tables, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.topics import Column, Topic

PLACES = (
    "문서",
    "다운로드",
    "사진",
    "음악",
    "비디오",
    "바탕 화면",
    "휴지통",
    "홈",
    "최근 파일",
    "네트워크",
    "파일 시스템",
    "공개",
    "즐겨찾기",
    "내 컴퓨터",
    "USB 드라이브",
    "백업",
    "업무",
    "클라우드",
)


def files(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Places at the left, a path, files as a table or as icons, a status line."""
    rng = c.rng
    body = r
    if r.width > 420 and rng.random() < 0.85:
        wide = min(200, r.width // 4)
        menus.side_list(c, t, Rect(r.x, r.y, wide, r.height), rng.sample(PLACES, rng.randint(5, 12)), "폴더")
        body = Rect(r.x + wide, r.y, r.width - wide, r.height)
    body = body.inset(8)
    if rng.random() < 0.65:
        c.fact(
            "path", put(c, t, body.x, body.y, values.value("path", p, rng), role="field", limit=body.width)
        )
        body = Rect(body.x, body.y + t.size + 18, body.width, body.height - t.size - 18)
    names = list(dict.fromkeys(_thing(p, c) for _ in range(rng.randint(3, 26))))
    if rng.random() < 0.5:
        names.sort(key=lambda n: "." in n)
    if body.height > 200 and rng.random() < 0.6:
        chosen = rng.choice(
            (
                f"항목 {len(names)}개",
                f"{len(names)}개 항목",
                f"항목 {len(names)}개, 남은 공간 {rng.randint(2, 400)}.{rng.randint(0, 9)} GB",
                f"{len(names)}개 ({rng.randint(1, 900)} MB)",
            )
        )
        c.fact("status", put(c, t, body.x, body.bottom - t.size - 2, chosen, ink=t.faint, role="text"))
        if "남은 공간" in chosen:
            c.ask(
                "read",
                ("공간이 얼마나 비었다고 나와", "남은 용량이 얼마래", "얼마나 더 넣을 수 있어"),
                c.items[-1] if c.items else None,
            )
        c.ask(
            "count",
            ("이 폴더에 몇 개 들어 있어", "항목이 모두 몇 개래", "여기 몇 개 있다고 나와"),
            c.items[-1] if c.items else None,
            answer=f"{len(names)}개입니다.",
        )
        body = Rect(body.x, body.y, body.width, body.height - t.size - 12)
    if rng.random() < 0.6:
        columns = (
            Column("크기", "bytes"),
            Column("종류", "type", ("문서", "폴더", "그림", "스프레드시트", "압축 파일", "텍스트")),
            Column(rng.choice(("수정한 날짜", "바뀐 날짜", "수정일")), "date"),
        )
        about = Topic(
            "파일", rng.choice(("이름", "파일 이름")), "", columns[: max(1, min(3, body.width // 150 - 1))]
        )
        tables.table(c, t, p, body, about, names, lined=False, select=0.5)
        return
    icons(c, t, body, names, "파일")


def _thing(p: Pools, c: Canvas) -> str:
    return (
        c.rng.choice((*PLACES[:5], "프로젝트", "여행", "회의", "2024", "2025", "영수증 모음", "가족"))
        if c.rng.random() < 0.2
        else values.file_name(p, c.rng)
    )


def icons(c: Canvas, t: Theme, body: Rect, names: list[str], noun: str) -> None:
    """Icons with their names below, perhaps one of them chosen."""
    cell, shown, chosen = c.rng.choice((110, 120, 140)), [], c.rng.randrange(len(names) * 2)
    for n, name in enumerate(names):
        x, y = body.x + n % max(1, body.width // cell) * cell, body.y + n // max(1, body.width // cell) * 96
        if y + 90 > body.bottom:
            break
        on = n == chosen
        paper = t.accent if on else t.paper
        bars.icon(c, t, Rect(x + 40, y + 6, 40, 40))
        if on:
            c.box(Rect(x + 2, y + 54, cell - 6, t.size + 10), fill=paper)
        ink = t.on_accent if on else t.ink
        item = put(
            c,
            t,
            x + 4,
            y + 58,
            name,
            paper=paper,
            ink=ink,
            centre=cell - 10,
            role="file",
            state="selected" if on else None,
        )
        c.fact("press", item)
        shown.append(item)
    if chosen < len(shown):
        c.fact("chosen", shown[chosen], value=noun)
    c.fact("group", *shown, value=noun)


def archive(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """What is in a packed file, with what to do with it."""
    rng = c.rng
    names = rng.sample(
        ("압축 풀기", "추가", "삭제", "열기", "새로 만들기", "검사", "찾기"), rng.randint(2, 4)
    )
    w.button_row(
        c, t, Rect(r.x + 8, r.y + 6, r.width - 16, t.size + 16), names, off=rng.choice((-1, len(names) - 1))
    )
    columns = (
        Column("크기", "bytes"),
        Column("종류", "type", ("문서", "그림", "텍스트", "폴더")),
        Column("수정한 날짜", "date"),
    )
    about = Topic("파일", "이름", "", columns[: max(1, min(3, r.width // 160 - 1))])
    files_in = list(dict.fromkeys(values.file_name(p, rng) for _ in range(rng.randint(3, 18))))
    tables.table(
        c,
        t,
        p,
        Rect(r.x + 8, r.y + t.size + 36, r.width - 16, r.height - t.size - 40),
        about,
        files_in,
        lined=False,
        select=0.3,
    )
