"""Pages that are mostly tables: sheets, spreadsheets, file managers, archives, process lists, music, mail folders."""

from __future__ import annotations

from models.train.mini import bars, menus, tables, topics, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.topics import Column, Topic


def sheet(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A table, perhaps with a heading and buttons."""
    rng = c.rng
    inside, y = r.inset(14), r.y + 14
    about = topics.topic(p, rng)
    if rng.random() < 0.6:
        text = rng.choice(about.titles) if about.titles and rng.random() < 0.8 else values.label(p, rng)
        if rng.random() < 0.3:
            text = f"{rng.randint(2022, 2026)}년 {text}"
        c.fact("heading", put(c, t, inside.x, y, text, size=t.size + 5, role="heading"))
        y += t.size + 24
    about = about._replace(columns=about.columns[: max(1, inside.width // 110 - 1)])
    count = rng.randint(2, max(3, min(24, (inside.bottom - y) // (t.size + 12) - 1)))
    wide = inside.width if rng.random() < 0.6 else min(inside.width, 150 * (1 + len(about.columns)))
    names = topics.row_names(about.names, count, p, rng)
    y = tables.table(
        c, t, p, Rect(inside.x, y, wide, inside.bottom - y), about, names, totals=rng.random() < 0.25
    )
    if inside.bottom - y > t.size + 24 and rng.random() < 0.5:
        w.button_row(
            c,
            t,
            Rect(inside.x, y + 8, inside.width, t.size + 16),
            rng.sample(bars.BUTTONS, rng.randint(1, 3)),
        )


def spreadsheet(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Column letters, row numbers, a cell reference, a formula, a table in the cells, sheet tabs, a status line."""
    rng = c.rng
    step, wide, left = t.size + rng.choice((6, 9, 12)), rng.choice((90, 110, 130)), 40
    columns = max(2, min(16, (r.width - left) // wide))
    bottom = r.bottom - t.size - 20 if rng.random() < 0.8 and r.height > 300 else r.bottom
    rows = max(2, min(44, (bottom - r.y) // step - 2))
    first_row = rng.choice((0, 0, 1, 2))
    about = topics.topic(p, rng)
    about = about._replace(columns=about.columns[: columns - 1])
    names = topics.row_names(about.names, rng.randint(2, max(2, min(28, rows - first_row - 2))), p, rng)
    at = rng.randrange(columns), rng.randrange(rows)
    place = f"{chr(65 + at[0])}{at[1] + 1}"
    box = put(c, t, r.x + 8, r.y + 3, place, role="combo" if rng.random() < 0.5 else "field")
    c.ask(
        "selected",
        (
            "지금 어느 칸에 있어",
            "어느 셀이 선택돼 있어",
            "커서가 어느 칸이야",
            "지금 어떤 셀이야",
            "선택된 셀 이름이 뭐야",
            "현재 셀이 어디야",
        ),
        box,
    )
    top = r.y + step
    c.box(Rect(r.x, top, r.width, step), fill=t.bar)
    for n in range(columns):
        put(
            c,
            t,
            r.x + left + n * wide,
            top + 3,
            chr(65 + n),
            paper=t.soft if n == at[0] else t.bar,
            centre=wide,
            role="header",
        )
    lefts = [r.x + left + n * wide for n in range(len(about.columns) + 2)]
    y = top + step
    for n in range(rows):
        put(
            c,
            t,
            r.x + 6,
            y + n * step + 3,
            str(n + 1),
            paper=t.soft if n == at[1] else t.bar,
            ink=t.faint,
            centre=left - 12,
            role="header",
        )
    if first_row and about.titles:
        title = (
            f"{rng.randint(2022, 2026)}년 {rng.choice(about.titles)}"
            if rng.random() < 0.6
            else rng.choice(about.titles)
        )
        shown = put(c, t, lefts[0] + 4, y + 3, title, role="cell", size=t.size + rng.choice((0, 2)))
        c.ask(
            "read",
            ("표 제목이 뭐야", "이 표 이름이 뭐야", "표 위에 뭐라고 써 있어", "무슨 표야 제목 읽어 줘"),
            shown,
        )
    y += first_row * step
    tops = tables._heads(
        c,
        t,
        Rect(lefts[0], y, lefts[-1] - lefts[0], step),
        [about.head, *(col.head for col in about.columns)],
        lefts,
    )
    body = Rect(lefts[0], y + step, lefts[-1] - lefts[0], max(0, (rows - first_row - 1) * step))
    tables.table(
        c,
        t,
        p,
        body,
        about,
        names,
        totals=rng.random() < 0.4,
        select=0.0,
        tops=tops,
        lefts=lefts,
        step=step,
        plain=True,
    )
    if bottom < r.bottom:
        sheets = rng.sample(
            (
                "메모",
                "요약",
                "자료",
                "그래프",
                "원본",
                "1월",
                "2월",
                "상반기",
                "하반기",
                "목록",
                "지출",
                "통계",
            ),
            rng.randint(0, 3),
        )
        names = [*(f"{rng.choice(('Sheet', '시트'))}{n}" for n in range(1, rng.randint(2, 4))), *sheets]
        bars.tabs(c, t, Rect(r.x, bottom, min(r.width, 700), r.bottom - bottom), names, noun="시트")


def monitor(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Tabs, then processes; or how much of the machine is in use."""
    rng = c.rng
    high = bars.tabs(
        c,
        t,
        r,
        rng.sample(
            ("프로세스", "자원", "파일 시스템", "성능", "시작 프로그램", "사용자", "서비스"),
            rng.randint(3, 5),
        ),
    )
    inside = Rect(r.x, r.y + high, r.width, r.height - high).inset(10)
    if rng.random() < 0.6:
        about = next(a for a in topics.TOPICS if a.noun == "프로세스")
        about = about._replace(columns=about.columns[: max(1, min(5, inside.width // 130 - 1))])
        body = Rect(inside.x, inside.y, inside.width, inside.height - t.size - 30)
        tables.table(
            c, t, p, body, about, topics.row_names("process", rng.randint(5, 20), p, rng), lined=False
        )
        w.button_row(
            c,
            t,
            Rect(inside.x, inside.bottom - t.size - 16, inside.width, t.size + 16),
            ["프로세스 끝내기"],
            off=rng.choice((-1, 0)),
        )
        return
    y = inside.y
    for name, sort in rng.sample(
        (
            ("CPU1", "percent"),
            ("CPU2", "percent"),
            ("CPU3", "percent"),
            ("CPU4", "percent"),
            ("메모리", "bytes"),
            ("스왑", "bytes"),
            ("받는 중", "speed"),
            ("보내는 중", "speed"),
            ("GPU", "percent"),
            ("디스크", "percent"),
        ),
        rng.randint(3, 8),
    ):
        value = (
            f"{rng.randint(0, 99)}.{rng.randint(0, 9)} KiB/s"
            if sort == "speed"
            else values.value(sort, p, rng)
        )
        if sort == "bytes":
            value = f"{rng.randint(1, 8)}.{rng.randint(0, 9)} GiB ({rng.randint(5, 90)}%) / {rng.choice((8, 16, 32))} GiB"
        if y + t.size + 12 > inside.bottom:
            break
        label, item = (
            put(c, t, inside.x + 20, y, name, role="label"),
            put(c, t, inside.x + 200, y, value, role="text"),
        )
        c.fact("value", label, item, names=(name,), value="number")
        c.ask("lookup", ("{a} 얼마나 쓰고 있어", "{a} 사용률이 얼마야", "{a} 지금 얼마나 돼"), item, a=label)
        y += t.size + rng.choice((12, 20, 30))


def music(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Songs, what is playing, buttons below, sources at the left."""
    rng = c.rng
    body = r
    if r.width > 480:
        sources = rng.sample(
            (
                "음악",
                "라디오",
                "재생 목록",
                "최근 재생",
                "즐겨 듣는 곡",
                "앨범",
                "가수",
                "장르",
                "팟캐스트",
                "대기열",
                "내려받은 곡",
            ),
            rng.randint(4, 8),
        )
        menus.side_list(c, t, Rect(r.x, r.y, 160, r.height), sources, "항목")
        body = Rect(r.x + 160, r.y, r.width - 160, r.height)
    foot = body.bottom - 64
    about = Topic(
        "노래",
        rng.choice(("제목", "곡")),
        "song",
        (Column("가수", "person"), Column("앨범", "label"), Column("길이", "lasting"))[
            : max(1, min(3, body.width // 150 - 1))
        ],
    )
    names = topics.row_names("song", rng.randint(3, 16), p, rng)
    tables.table(
        c,
        t,
        p,
        Rect(body.x + 8, body.y + 8, body.width - 16, foot - body.y - 12),
        about,
        names,
        lined=False,
        select=0.5,
    )
    if rng.random() < 0.7:
        song, singer = rng.choice(topics.SONGS), values.person(p, rng)
        now = put(c, t, body.x + 16, foot + 4, f"{song} - {singer}", role="text")
        c.ask(
            "lookup",
            (
                "지금 무슨 노래 나와",
                "지금 뭐 틀어져 있어",
                "나오고 있는 곡이 뭐야",
                "지금 재생 중인 노래 이름이 뭐야",
                "이 노래 누가 부른 거야 지금 나오는 거",
            ),
            now,
        )
        clock = put(
            c,
            t,
            body.x + 16,
            foot + t.size + 12,
            f"{rng.randint(0, 3)}:{rng.randint(0, 59):02} / {rng.randint(3, 6)}:{rng.randint(0, 59):02}",
            ink=t.faint,
        )
        c.ask("lookup", ("지금 몇 분까지 들었어", "얼마나 재생됐어", "노래 어디까지 나왔어"), clock)
    w.button_row(
        c,
        t,
        Rect(body.x + body.width // 2, foot + 10, body.width // 2 - 10, t.size + 16),
        rng.sample(("재생", "이전 곡", "다음 곡", "반복", "무작위", "일시 정지"), 3),
    )
