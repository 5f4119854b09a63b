"""Windows that show something: pictures, slides, code, two files beside each other, a server."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import bars, tables, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.topics import Column, Topic


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


CODE = (
    "def total(prices):",
    "    return sum(prices)",
    "import json",
    "for name in names:",
    "    print(name)",
    "class Order:",
    "    def __init__(self, count):",
    "        self.count = count",
    "if count > 10:",
    "    fee = 0",
    "else:",
    "    fee = 3000",
    "with open(path) as file:",
    "    data = json.load(file)",
    "# 배송비를 더한다",
    "# 이름순으로 늘어놓는다",
    "return round(total * 0.9)",
    "while not done:",
    "    step()",
    "const items = [];",
    "function add(a, b) {",
    "  return a + b;",
    "}",
    "int main(void) {",
    "    return 0;",
)


def code(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Source code with line numbers, files as tabs, a status line with the language."""
    rng = c.rng
    names = list(
        dict.fromkeys(
            f"{rng.choice(('main', 'order', 'utils', 'test', 'report', 'shop', 'config', '주소록', '계산기'))}{rng.choice(('.py', '.js', '.c', '.md', '.json', '.html'))}"
            for _ in range(rng.randint(1, 4))
        )
    )
    high = bars.tabs(c, t, r, names, noun="파일 탭")
    y, step, first, shown = r.y + high + 6, t.size + 6, rng.choice((1, 1, rng.randint(2, 300))), []
    for n in range(rng.randint(6, 40)):
        if y + step > r.bottom - 30:
            break
        c.text(r.x + 6, y, str(first + n), size=t.size, ink=t.faint, paper=t.paper, font_path=t.mono)
        line = c.text(
            r.x + 52,
            y,
            rng.choice(CODE),
            size=t.size,
            ink=t.ink,
            paper=t.paper,
            font_path=t.mono,
            limit=r.width - 60,
            role="text",
        )
        shown.append((first + n, line))
        y += step
    if shown:
        number, line = rng.choice(shown)
        c.ask(
            "read",
            (f"{number}번 줄에 뭐라고 써 있어", f"{number}행 읽어 줘", f"{number}번째 줄 코드가 뭐야"),
            line,
            answer="{}라고 적혀 있습니다.",
        )
    at = put(
        c,
        t,
        r.x + 12,
        r.bottom - t.size - 8,
        rng.choice(
            (
                f"{rng.randint(1, 200)}행, {rng.randint(1, 80)}열",
                f"줄 {rng.randint(1, 200)}, 칸 {rng.randint(1, 60)}",
            )
        ),
        role="text",
    )
    c.ask("lookup", ("커서가 몇 번째 줄에 있어", "지금 몇 행 몇 열이야", "몇 줄에 있는 거야"), at)
    language = put(
        c,
        t,
        r.right - 110,
        r.bottom - t.size - 8,
        rng.choice(("Python", "JavaScript", "C", "Markdown", "JSON", "HTML", "일반 텍스트")),
        role="button",
    )
    c.ask(
        "read",
        ("오른쪽 밑에 무슨 언어라고 나와", "무슨 언어로 된 코드야", "프로그래밍 언어가 뭐로 잡혀 있어"),
        language,
    )
    coding = put(
        c, t, r.right - 200, r.bottom - t.size - 8, rng.choice(("UTF-8", "EUC-KR", "UTF-16")), role="button"
    )
    c.ask("lookup", ("인코딩이 뭐야", "글자 인코딩이 뭐로 돼 있어", "문자 부호화 방식이 뭐야"), coding)


PAIRS = (("방 두 칸", "방 세 칸"), ("보증금 500만 원", "보증금 800만 원"), ("주차 한 대", "주차 두 대"), ("월요일 시작", "화요일 시작"), ("이름: 초안", "이름: 최종"), ("점심 제공", "점심 없음"), ("정원 20명", "정원 30명"), ("회비 1만 원", "회비 2만 원"), ("장소: 강당", "장소: 교실"), ("기간: 한 달", "기간: 두 달"))  # fmt: skip


def compared(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Two versions of a text beside each other; some lines differ."""
    rng, half = c.rng, r.width // 2
    names = (f"{rng.choice(values.FILE_WORDS)}_1.txt", f"{rng.choice(values.FILE_WORDS)}_2.txt")
    for n, name in enumerate(names):
        head = put(c, t, r.x + n * half + 12, r.y + 6, name, role="combo", limit=half - 24)
        c.ask(
            "read",
            (
                f"{('왼쪽', '오른쪽')[n]} 파일 이름이 뭐야",
                f"{('왼쪽', '오른쪽')[n]}에는 무슨 파일이 열려 있어",
            ),
            head,
        )
    y, changed = r.y + t.size + 26, 0
    for pair in rng.sample(PAIRS, rng.randint(4, len(PAIRS))):
        if y + t.size + 10 > r.bottom:
            break
        differs = rng.random() < 0.5
        paper = t.soft if differs else t.paper
        if differs:
            c.box(Rect(r.x, y - 3, r.width, t.size + 10), fill=paper)
            changed += 1
        left, right = (
            put(c, t, r.x + 12, y, pair[0], paper=paper, role="text"),
            put(c, t, r.x + half + 12, y, pair[1] if differs else pair[0], paper=paper, role="text"),
        )
        word = pair[0].split()[0].rstrip(":")
        c.ask(
            "chart",
            (
                f"{word} 부분이 두 파일에서 달라",
                f"두 파일에서 {word}[이가] 바뀌었어",
                f"{word}[은는] 양쪽이 똑같지 않아",
            ),
            left,
            right,
            answer="네, 그렇습니다." if differs else "아니요, 그렇지 않습니다.",
        )
        c.ask(
            "lookup",
            (f"왼쪽에는 {word}[이가] 어떻게 돼 있어", f"왼쪽 파일에는 {word}[이가] 뭐라고 써 있어"),
            left,
        )
        c.ask(
            "lookup",
            (f"오른쪽에는 {word}[이가] 어떻게 돼 있어", f"오른쪽 파일에는 {word}[이가] 뭐라고 써 있어"),
            right,
        )
        y += t.size + 12


def transfer(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Sending files to a server: host, user, port, messages, two lists."""
    rng, y, x = c.rng, r.y + 10, r.x + 10
    for name, value in (
        ("호스트:", values.value("host", p, rng)),
        ("사용자:", values.value("id", p, rng)),
        ("포트:", str(rng.choice((21, 22, 990, 2222)))),
    ):
        label = put(c, t, x, y, name, role="label")
        item = put(c, t, x + c.width_of(name, t.size, t.font) + 10, y, value, role="field")
        c.fact("value", label, item, names=(name.rstrip(":"),), value="text")
        x = (item.box.right if item else x) + 30
        if x > r.right - 220:
            x, y = r.x + 10, y + t.size + 18
    c.fact("press", w.button(c, t, x, y - 6, "연결"))
    y += t.size + 24
    on = rng.random() < 0.5
    lines = (
        ("상태: 서버에 연결했습니다", "상태: 로그인했습니다", "상태: 폴더 목록을 받았습니다")
        if on
        else ("상태: 서버 주소를 찾는 중", "오류: 연결하지 못했습니다", "상태: 연결이 끊어졌습니다")
    )[: rng.randint(1, 3)]
    for text in lines:
        item = put(
            c, t, r.x + 10, y, text, ink=(200, 40, 40) if text.startswith("오류") else t.ink, role="text"
        )
        if text.startswith("오류"):
            c.ask(
                "read",
                ("오류가 뭐라고 나와", "왜 연결이 안 된대", "빨간 글씨가 뭐야"),
                item,
                answer="{}라고 적혀 있습니다.",
            )
            c.ask("colour", ("오류 줄이 무슨 색이야", "오류 글자 색이 뭐야"), item, answer="빨간색입니다.")
        y += t.size + 8
    if on or len(lines) > 1:
        c.ask(
            "exists",
            ("서버에 연결됐어", "접속된 상태야", "지금 서버에 붙어 있어", "연결이 돼 있는 거야"),
            answer="네, 그렇습니다." if on else "아니요, 그렇지 않습니다.",
        )
    half = r.width // 2
    for n in range(2):
        title = put(c, t, r.x + 10 + n * half, y + 4, ("로컬 사이트:", "원격 사이트:")[n], role="label")
        path = put(
            c,
            t,
            r.x + 110 + n * half,
            y + 4,
            values.value("path", p, rng) if n == 0 or on else "/",
            role="combo",
            limit=half - 130,
        )
        c.fact("value", title, path, names=(("로컬 사이트", "원격 사이트")[n],), value="text")
    about = Topic(
        "파일",
        "파일 이름",
        "",
        (Column("크기", "bytes"), Column("수정한 날짜", "date"))[: 1 if half < 380 else 2],
    )
    tables.table(
        c,
        t,
        p,
        Rect(r.x + 10, y + t.size + 18, half - 20, r.bottom - y - t.size - 26),
        about,
        list(dict.fromkeys(values.file_name(p, rng) for _ in range(rng.randint(2, 10)))),
        lined=False,
    )
