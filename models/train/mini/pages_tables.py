"""Pages that are mostly tables: sheets, spreadsheets, file managers."""

from __future__ import annotations

from collections.abc import Callable

from models.train.mini import bars, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools

WORDS = (
    "requests",
    "numpy",
    "total",
    "name",
    "build",
    "config",
    "server",
    "client",
    "test",
    "user",
    "price",
    "index",
    "load",
    "save",
    "report",
    "pandas",
)


def _columns(p: Pools, c: Canvas) -> tuple[list[tuple[str, str]], Callable[[], str], str]:
    """Column heads with their types, a maker of row names, and what a row is called."""
    rng = c.rng
    kinds = (
        (
            [
                ("지점", ""),
                ("1분기", "number"),
                ("2분기", "number"),
                ("3분기", "number"),
                ("4분기", "number"),
                ("합계", "number"),
            ],
            lambda: rng.choice(p.cities) + "점",
            "지점",
        ),
        (
            [("이름", ""), ("부서", "dept"), ("직급", "rank"), ("연락처", "phone"), ("입사일", "date")],
            lambda: values.person(p, rng),
            "사람",
        ),
        (
            [("품목", ""), ("수량", "number"), ("단가", "money"), ("금액", "money"), ("비고", "status")],
            lambda: rng.choice(values.PRODUCTS),
            "품목",
        ),
        (
            [("과목", ""), ("중간", "number"), ("기말", "number"), ("과제", "number"), ("담당", "person")],
            lambda: rng.choice(values.SUBJECTS),
            "과목",
        ),
        (
            [("날짜", ""), ("내용", "product"), ("출금", "money"), ("입금", "money"), ("잔액", "money")],
            lambda: values.date(rng),
            "거래",
        ),
        (
            [
                ("출발", ""),
                ("도착", "place"),
                ("출발 시각", "time"),
                ("도착 시각", "time"),
                ("요금", "money"),
            ],
            lambda: rng.choice(p.cities),
            "열차",
        ),
        (
            [("도시", ""), ("인구", "number"), ("면적", "number"), ("기온", "number"), ("날씨", "weather")],
            lambda: rng.choice(p.cities),
            "도시",
        ),
        (
            [("프로세스", ""), ("CPU", "percent"), ("메모리", "bytes"), ("상태", "status"), ("사용자", "id")],
            lambda: rng.choice(WORDS) + rng.choice(("", "d", ".exe", "-helper")),
            "프로세스",
        ),
        (
            [
                ("주문 번호", ""),
                ("상품", "product"),
                ("받는 사람", "person"),
                ("상태", "status"),
                ("결제 금액", "money"),
            ],
            lambda: values.value("code", p, rng),
            "주문",
        ),
        (
            [("회의", ""), ("시간", "time"), ("장소", "place"), ("담당자", "person"), ("상태", "status")],
            lambda: rng.choice(values.DEPARTMENTS) + " 회의",
            "회의",
        ),
    )
    heads, maker, noun = rng.choice(kinds)
    keep = sorted(rng.sample(range(1, len(heads)), rng.randint(1, len(heads) - 1)))
    heads = [heads[0], *(heads[i] for i in keep)]
    if rng.random() < 0.35:
        extra = values.distinct_fields(p, rng, 2)
        taken = {name for name, _ in heads}
        heads += [e for e in extra if e[0] not in taken]
    if rng.random() < 0.2:

        def maker() -> str:
            return values.label(p, rng, 10)

        noun = "항목"
    return heads, maker, noun


def sheet(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A table, perhaps with a heading and buttons."""
    rng = c.rng
    inside, y = r.inset(14), r.y + 14
    if rng.random() < 0.5:
        c.fact(
            "heading",
            put(
                c,
                t,
                inside.x,
                y,
                rng.choice(p.headings)[:20] if rng.random() < 0.5 else values.label(p, rng),
                size=t.size + 5,
                role="heading",
            ),
        )
        y += t.size + 24
    heads, maker, noun = _columns(p, c)
    count = rng.randint(2, max(3, min(30, (inside.bottom - y) // (t.size + 12) - 1)))
    names = list(dict.fromkeys(maker() for _ in range(count)))
    heads = heads[: max(2, inside.width // 110)]
    wide = inside.width if rng.random() < 0.6 else min(inside.width, 150 * len(heads))
    y = w.table(c, t, p, Rect(inside.x, y, wide, inside.bottom - y), heads, names, noun=noun)
    if inside.bottom - y > t.size + 24 and rng.random() < 0.5:
        w.button_row(
            c,
            t,
            Rect(inside.x, y + 8, inside.width, t.size + 16),
            rng.sample(bars.BUTTONS, rng.randint(1, 3)),
        )


def spreadsheet(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Calc or Excel: column letters, row numbers, a table in the cells."""
    rng = c.rng
    step, wide, left = t.size + 10, rng.choice((90, 110, 130)), 40
    letters = "ABCDEFGHIJKLMNOP"
    columns = max(2, min(len(letters), (r.width - left) // wide))
    rows = max(2, min(40, r.height // step - 2))
    put(c, t, r.x + 8, r.y + 3, f"{rng.choice(letters[:columns])}{rng.randint(1, rows)}", role="field")
    top = r.y + step
    c.box(Rect(r.x, top, r.width, step), fill=t.bar)
    for n in range(columns):
        put(c, t, r.x + left + n * wide, top + 3, letters[n], paper=t.bar, centre=wide, role="header")
    heads, maker, _noun = _columns(p, c)
    heads = heads[:columns]
    used = list(dict.fromkeys(maker() for _ in range(rng.randint(2, max(2, rows - 2)))))
    tops = [
        put(c, t, r.x + left + n * wide + 4, top + step + 3, h, limit=wide - 6, role="header")
        for n, (h, _) in enumerate(heads)
    ]
    for n in range(rows - 1):
        y = top + step * (n + 1)
        put(c, t, r.x + 6, y + 3, str(n + 1), paper=t.bar, ink=t.faint, centre=left - 12)
        if n == 0 or n > len(used):
            continue
        first = put(c, t, r.x + left + 4, y + 3, used[n - 1], limit=wide - 6, role="cell")
        for m, (head, kind) in enumerate(heads[1:], 1):
            value = values.value(kind, p, rng)
            more = {"right": wide - 8} if kind in ("money", "number", "percent") else {"limit": wide - 6}
            cell = put(c, t, r.x + left + m * wide + 4, y + 3, value, role="cell", **more)
            c.fact(
                "cell",
                cell,
                first,
                tops[m],
                names=(used[n - 1], head),
                value=values.ASKED_AS.get(kind, "text"),
            )
    if r.bottom - top - rows * step > step:
        bars.tabs(
            c,
            t,
            Rect(r.x, r.bottom - t.size - 18, r.width, t.size + 18),
            [f"Sheet{n}" for n in range(1, rng.randint(2, 5))],
        )


def files(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Places at the left, files as a table or as icons."""
    rng = c.rng
    body = r
    if r.width > 420 and rng.random() < 0.8:
        wide = min(200, r.width // 4)
        w.side_list(
            c, t, Rect(r.x, r.y, wide, r.height), rng.sample(values.FOLDERS, rng.randint(4, 10)), "폴더"
        )
        body = Rect(r.x + wide, r.y, r.width - wide, r.height)
    body = body.inset(8)
    if rng.random() < 0.5:
        put(c, t, body.x, body.y, values.value("path", p, rng), role="field")
        body = Rect(body.x, body.y + t.size + 18, body.width, body.height - t.size - 18)
    names = list(dict.fromkeys(values.file_name(p, rng) for _ in range(rng.randint(2, 24))))
    if rng.random() < 0.6:
        heads = [("이름", ""), ("크기", "bytes"), ("종류", "label"), ("수정한 날짜", "date")]
        w.table(c, t, p, body, heads[: max(2, min(4, body.width // 130))], names, lined=False, noun="파일")
        return
    cell, shown, chosen = 120, [], rng.randrange(len(names))
    for n, name in enumerate(names):
        x, y = body.x + n % max(1, body.width // cell) * cell, body.y + n // max(1, body.width // cell) * 96
        if y + 90 > body.bottom:
            break
        on = n == chosen
        paper = t.accent if on else t.paper
        bars.icon(c, t, Rect(x + 40, y + 6, 40, 40))
        if on:
            c.box(Rect(x + 2, y + 54, cell - 6, t.size + 10), fill=paper)
        shown.append(
            put(
                c,
                t,
                x + 4,
                y + 58,
                name,
                paper=paper,
                ink=t.on_accent if on else t.ink,
                centre=cell - 10,
                role="file",
                state="selected" if on else None,
            )
        )
    if chosen < len(shown):
        c.fact("chosen", shown[chosen], value="파일")
    c.fact("group", *shown, value="파일")
