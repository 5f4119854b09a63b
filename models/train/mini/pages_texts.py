"""Pages that are mostly text: editors, terminals, web pages, chats, mail."""

# ruff: noqa: PLR0917  (drawing starts with canvas, theme, pools, rectangle)

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import values
from models.train.mini import widgets as w
from models.train.mini.bars import paragraph, put, wrap
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.pages_tables import WORDS

ERRORS = (
    "ModuleNotFoundError: No module named '{w}'", "FileNotFoundError: [Errno 2] No such file or directory: '{f}'", "ValueError: invalid literal for int() with base 10: '{w}'",
    "KeyError: '{w}'", "bash: {w}: command not found", "error: failed to push some refs to 'origin'", "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    "make: *** [Makefile:{n}: {w}] 오류 1", "IndexError: list index out of range", "Permission denied: '{f}'", "ZeroDivisionError: division by zero", "bash: {f}: 그런 파일이나 디렉터리가 없습니다",
    "E: {w} 패키지를 찾을 수 없습니다", "SyntaxError: invalid syntax", "fatal: not a git repository (or any of the parent directories): .git", "ConnectionRefusedError: [Errno 111] Connection refused",
)  # fmt: skip


def editor(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Lines of text, a status line."""
    rng = c.rng
    y, step = r.y + 8, t.size + 10
    first = put(c, t, r.x + 14, y, rng.choice(p.headings), size=t.size + 4, role="heading")
    c.fact("heading", first)
    y += step + 10
    while y + step < r.bottom - 30:
        rows = wrap(c, t, rng.choice(p.sentences), r.width - 40, t.size)[: rng.randint(1, 3)]
        shown = []
        for row in rows:
            if y + step < r.bottom - 30:
                shown.append(put(c, t, r.x + 14, y, row, role="text"))
                y += step
        c.fact("line", *shown[:1])
        if rng.random() < 0.12:
            break
    line, column = rng.randint(1, 900), rng.randint(1, 80)
    state = rng.choice(
        (
            f"{line}행 {column}열",
            f"줄 {line}, 열 {column}",
            f"{rng.randint(1, 9)}/{rng.randint(9, 40)}페이지",
            f"단어 {line}개",
            "UTF-8",
            "한국어",
        )
    )
    c.box(Rect(r.x, r.bottom - 24, r.width, 24), fill=t.bar)
    put(c, t, r.x + 12, r.bottom - 21, state, size=t.size - 1, paper=t.bar, role="status")


def terminal(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A prompt, output, perhaps an error at the end."""
    rng = c.rng
    paper, ink = rng.choice(
        (
            ((12, 12, 12), (220, 220, 220)),
            ((48, 10, 36), (238, 238, 238)),
            ((255, 255, 255), (30, 30, 30)),
            ((30, 30, 46), (205, 214, 244)),
        )
    )
    c.box(r, fill=paper)
    y, step = r.y + 8, t.size + 6
    user = f"{values.value('id', p, rng)}@{rng.choice(('debian', 'laptop', 'server', 'desktop'))}:~$"
    green = rng.choice(((80, 200, 90), ink))

    def say(text: str, colour: tuple[int, int, int]) -> object:
        nonlocal y
        item = c.text(
            r.x + 8,
            y,
            text,
            size=t.size,
            ink=colour,
            paper=paper,
            font_path=t.mono,
            limit=r.width - 16,
            role="text",
        )
        y += step
        return item

    while y + step * 9 < r.bottom:
        command = say(
            f"{user} {rng.choice(('ls', 'cat', 'python', 'git status', 'make', 'df -h', 'ps', 'grep -r', 'cd', 'npm run', 'pip install'))} {values.file_name(p, rng)}",
            green,
        )
        c.fact("line", command)
        for _ in range(rng.randint(0, 4)):
            say(
                rng.choice(
                    (
                        values.file_name(p, rng),
                        f"{values.value('bytes', p, rng)}  {values.file_name(p, rng)}",
                        rng.choice(p.english_labels),
                        rng.choice(p.messages)[:50],
                    )
                ),
                ink,
            )
        if rng.random() < 0.45:
            break
    if rng.random() < 0.7:
        if rng.random() < 0.6:
            say("Traceback (most recent call last):", ink)
            say(f'  File "{rng.choice(WORDS)}.py", line {rng.randint(1, 300)}, in <module>', ink)
        error = rng.choice(ERRORS).format(
            w=rng.choice(WORDS), f=values.file_name(p, rng), n=rng.randint(3, 90)
        )
        c.fact("error", say(error, rng.choice((ink, (240, 80, 70)))))
    say(user, green)


def shop(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Products with prices."""
    rng = c.rng
    _web_head(
        c,
        t,
        p,
        r,
        rng.choice(p.companies) + rng.choice(("몰", "마켓", "샵", "스토어")),
        ("홈", "베스트", "신상품", "특가", "이벤트", "고객센터", "장바구니", "마이페이지", "로그인"),
    )
    across = max(1, r.width // 230)
    products = rng.sample(values.PRODUCTS, min(len(values.PRODUCTS), across * max(1, (r.height - 90) // 230)))
    for n, name in enumerate(products):
        x, y = r.x + 16 + n % across * 230, r.y + 90 + n // across * 230
        if y + 200 > r.bottom:
            break
        c.box(Rect(x, y, 190, 110), fill=rng.choice((t.bar, t.soft, (200, 190, 170), (170, 190, 210))))
        label = put(c, t, x, y + 116, name, role="text", limit=200)
        red = rng.choice((t.ink, (220, 40, 40), t.accent))
        price = put(c, t, x, y + 118 + t.size + 4, values.money(rng), ink=red, size=t.size + 2, role="text")
        c.fact("value", label, price, names=(name,), value="money")
        if rng.random() < 0.4:
            put(
                c,
                t,
                x,
                y + 126 + t.size * 2 + 8,
                f"★ {rng.randint(30, 50) / 10} ({rng.randint(1, 9999):,})",
                ink=t.faint,
                size=t.size - 1,
            )
        if rng.random() < 0.3:
            c.fact(
                "press",
                w.button(c, t, x, y + 170, rng.choice(("장바구니 담기", "구매하기", "찜하기")), loud=True),
            )


def _web_head(c: Canvas, t: Theme, p: Pools, r: Rect, name: str, menus: tuple[str, ...]) -> None:
    rng = c.rng
    site = put(
        c, t, r.x + 16, r.y + 10, name, size=t.size + 8, ink=rng.choice((t.accent, t.ink)), role="heading"
    )
    c.fact("heading", site)
    x, shown = r.x + 16, []
    for menu in rng.sample(menus, rng.randint(3, min(7, len(menus)))):
        item = put(c, t, x, r.y + 30 + t.size, menu, role="link")
        if item is None:
            break
        shown.append(item)
        x = item.box.right + 22
    c.fact("group", *shown, value="메뉴")


def news(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Headlines with papers and times; or a help page."""
    rng = c.rng
    _web_head(
        c,
        t,
        p,
        r,
        rng.choice(("오늘의 뉴스", "한국일보", "지식 나눔", "도움말 센터", "공지사항", "새 소식")),
        ("정치", "경제", "사회", "문화", "스포츠", "날씨", "연예", "구독", "로그인", "검색"),
    )
    y, number = r.y + 100, 0
    columns = 2 if r.width > 900 and rng.random() < 0.5 else 1
    wide = r.width // columns - 40
    while y + 60 < r.bottom:
        for column in range(columns):
            x = r.x + 16 + column * (wide + 30)
            line = put(
                c, t, x, y, rng.choice(p.sentences), size=t.size + rng.choice((0, 2)), limit=wide, role="link"
            )
            c.fact("line", line)
            under = put(
                c,
                t,
                x,
                y + t.size + 10,
                f"{rng.choice(p.companies)}신문 · {rng.randint(1, 23)}시간 전",
                ink=t.faint,
                size=max(10, t.size - 2),
            )
            if line and under and rng.random() < 0.5:
                c.fact("below", under, line)
        number += 1
        y += t.size * 2 + rng.choice((22, 34))
        if number > rng.randint(2, 20):
            break


def chat(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Messages of a few people."""
    rng = c.rng
    people = [values.person(p, rng) for _ in range(rng.randint(2, 4))]
    head = put(
        c,
        t,
        r.x + 16,
        r.y + 10,
        rng.choice((people[0], rng.choice(values.DEPARTMENTS), "가족", "동창 모임")),
        size=t.size + 3,
        role="heading",
    )
    c.fact("heading", head)
    y = r.y + 44
    said: dict[str, int] = {}
    pending = []
    while y + t.size * 3 < r.bottom - 50:
        who = rng.choice(people)
        name = put(c, t, r.x + 20, y, who, ink=t.faint, size=t.size - 1, role="label")
        text = rng.choice(p.reviews)[:36]
        paper = rng.choice((t.panel, t.soft))
        c.box(
            Rect(
                r.x + 16,
                y + t.size + 6,
                min(r.width - 40, c.width_of(text, t.size, t.font) + 20),
                t.size + 14,
            ),
            fill=paper,
            radius=8,
        )
        words = put(c, t, r.x + 24, y + t.size + 11, text, paper=paper, role="text", limit=r.width - 140)
        if words:
            put(
                c,
                t,
                min(words.box.right + 16, r.right - 70),
                y + t.size + 12,
                values.time_of_day(rng),
                size=t.size - 2,
                ink=t.faint,
            )
        said[who] = said.get(who, 0) + 1
        pending.append((who, words, name))
        y += t.size * 2 + 34
        if rng.random() < 0.12:
            break
    for who, words, name in pending:
        if said[who] == 1:
            c.fact("said", words, name, names=(who,))
    put(c, t, r.x + 20, r.bottom - 32, "메시지를 입력하세요", ink=t.faint, role="field")
    c.fact(
        "press",
        w.button(c, t, r.right - 84, r.bottom - 42, rng.choice(("보내기", "전송")), loud=True, wide=70),
    )


def mail(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Folders, a list of letters, perhaps one of them open."""
    rng = c.rng
    body = r
    if r.width > 500:
        w.side_list(
            c,
            t,
            Rect(r.x, r.y, 150, r.height),
            rng.sample(
                (
                    "받은 편지함",
                    "보낸 편지함",
                    "임시 보관함",
                    "스팸",
                    "휴지통",
                    "중요",
                    "보관",
                    "별표",
                    "전체 메일",
                ),
                rng.randint(3, 7),
            ),
            "편지함",
        )
        body = Rect(r.x + 150, r.y, r.width - 150, r.height)
    names = list(dict.fromkeys(values.person(p, rng) for _ in range(rng.randint(2, 12))))
    y = w.table(
        c,
        t,
        p,
        Rect(body.x + 8, body.y + 8, body.width - 16, body.height // 2),
        [("보낸 사람", ""), ("제목", "label"), ("받은 시각", "time")],
        names,
        lined=False,
        noun="메일",
    )
    if body.bottom - y < 150:
        return
    subject = rng.choice(p.headings)
    head = put(c, t, body.x + 16, y + 20, subject, size=t.size + 5, role="heading", limit=body.width - 30)
    c.fact("heading", head)
    w.fields(
        c,
        t,
        p,
        Rect(body.x + 16, y + 54, body.width - 32, 90),
        [("보낸 사람", "person"), ("받는 사람", "email")][: rng.randint(1, 2)],
        boxed=False,
    )
    y += 54 + 2 * (t.size + 20)
    while y + 40 < body.bottom - 50:
        lines = paragraph(
            c, t, Rect(body.x + 16, y, body.width - 32, body.bottom - 50 - y), rng.choice(p.sentences)
        )
        y += max(1, len(lines)) * (t.size + 8) + 8
        if rng.random() < 0.3:
            break
    w.button_row(
        c,
        t,
        Rect(body.x + 16, body.bottom - t.size - 22, body.width - 32, t.size + 16),
        rng.sample(("답장", "전달", "삭제", "보관"), rng.randint(1, 3)),
    )
