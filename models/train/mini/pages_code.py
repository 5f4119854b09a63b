"""Source code, two files beside each other, files sent to a server."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import bars, tables, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.topics import Column, Topic

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
