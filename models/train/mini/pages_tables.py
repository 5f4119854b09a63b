"""Pages that are mostly tables: sheets, spreadsheets, file managers, archives, process lists, music, mail folders."""

from __future__ import annotations

from models.train.mini import bars, menus, tables, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.tables import Column, Topic


def sheet(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A table, perhaps with a heading and buttons."""
    rng = c.rng
    inside, y = r.inset(14), r.y + 14
    about = tables.topic(p, rng)
    if rng.random() < 0.6:
        text = rng.choice(about.titles) if about.titles and rng.random() < 0.8 else values.label(p, rng)
        if rng.random() < 0.3:
            text = f"{rng.randint(2022, 2026)}년 {text}"
        c.fact("heading", put(c, t, inside.x, y, text, size=t.size + 5, role="heading"))
        y += t.size + 24
    about = about._replace(columns=about.columns[: max(1, inside.width // 110 - 1)])
    count = rng.randint(2, max(3, min(24, (inside.bottom - y) // (t.size + 12) - 1)))
    wide = inside.width if rng.random() < 0.6 else min(inside.width, 150 * (1 + len(about.columns)))
    names = tables.row_names(about.names, count, p, rng)
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
    about = tables.topic(p, rng)
    about = about._replace(columns=about.columns[: columns - 1])
    names = tables.row_names(about.names, rng.randint(2, max(2, min(28, rows - first_row - 2))), p, rng)
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
        about = next(a for a in tables.TOPICS if a.noun == "프로세스")
        about = about._replace(columns=about.columns[: max(1, min(5, inside.width // 130 - 1))])
        body = Rect(inside.x, inside.y, inside.width, inside.height - t.size - 30)
        tables.table(
            c, t, p, body, about, tables.row_names("process", rng.randint(5, 20), p, rng), lined=False
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
    names = tables.row_names("song", rng.randint(3, 16), p, rng)
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
        song, singer = rng.choice(tables.SONGS), values.person(p, rng)
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
