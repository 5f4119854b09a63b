"""Charts with their values written beside the bars, points and slices, and a legend."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import math

from assistant import colours
from models.train.mini import topics
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Colour, Item, Rect, Theme
from models.train.mini.corpus import Pools

PALETTE: tuple[Colour, ...] = ((52, 120, 220), (230, 110, 30), (60, 160, 70), (210, 50, 50), (140, 80, 190), (240, 190, 30), (40, 170, 180), (150, 100, 60), (230, 110, 170), (120, 120, 120))  # fmt: skip
SETS = (
    ("달", "month", ("월별 방문자 수", "월별 매출", "달마다 팔린 수", "월별 전기 사용량")), ("요일", "weekday", ("요일별 손님 수", "이번 주 걸음 수", "요일별 강수량", "주간 판매")), ("항목", "expense", ("지출 항목", "이달의 생활비", "예산 나눔")), ("제품", "product", ("제품별 판매", "많이 팔린 물건", "상품별 매출")),
    ("지점", "branch", ("지점별 매출", "지점별 손님", "영업점 비교")), ("도시", "city", ("도시별 인구", "도시별 강수량", "지역별 주문")), ("과목", "subject", ("과목별 평균", "과목별 점수")),
)  # fmt: skip
TOP = {"달": ("제일 높은 달이 언제야", "어느 달이 제일 많아", "언제가 제일 많아", "최고인 달이 몇 월이야"), "요일": ("무슨 요일이 제일 많아", "제일 많은 요일이 언제야"), "항목": ("제일 큰 항목이 뭐야", "어디에 제일 많이 썼어", "뭐가 제일 많아"), "제품": ("제일 많이 팔린 게 뭐야", "뭐가 제일 잘 나가"),
       "지점": ("어느 지점이 제일 많아", "제일 높은 지점이 어디야"), "도시": ("어느 도시가 제일 많아", "제일 높은 데가 어디야"), "과목": ("어떤 과목이 제일 높아", "제일 잘한 과목이 뭐야")}  # fmt: skip
LOW = {"달": ("제일 낮은 달이 언제야", "어느 달이 제일 적어", "제일 조금인 달이 몇 월이야"), "요일": ("무슨 요일이 제일 적어", "제일 적은 요일이 언제야"), "항목": ("제일 작은 항목이 뭐야", "뭐가 제일 적어"), "제품": ("제일 안 팔린 게 뭐야", "뭐가 제일 안 나가"),
       "지점": ("어느 지점이 제일 적어", "제일 낮은 지점이 어디야"), "도시": ("어느 도시가 제일 적어", "제일 낮은 데가 어디야"), "과목": ("어떤 과목이 제일 낮아", "제일 못한 과목이 뭐야")}  # fmt: skip


def chart(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """One chart: bars, a line or a pie."""
    rng = c.rng
    noun, names_kind, titles = rng.choice(SETS)
    kind = rng.choice(
        (
            "bar",
            "bar",
            "line" if noun in ("달", "요일") else "bar",
            "pie" if noun not in ("달", "요일", "과목") else "line",
        )
    )
    title = put(c, t, r.x + 20, r.y + 10, rng.choice(titles), size=t.size + 4, role="heading")
    c.fact("heading", title)
    c.ask("read", ("그래프 이름이 뭐라고 돼 있어", "차트 제목 읽어 줘", "무슨 그래프야 제목이 뭐야"), title)
    names = topics.row_names(names_kind, rng.randint(3, 7), p, rng)
    body = Rect(r.x + 20, r.y + t.size + 34, r.width - 40, r.height - t.size - 44)
    if body.width < 160 or body.height < 120 or len(names) < 2:
        return
    numbers = rng.sample(range(3, 98), len(names))
    labels, texts = (_pie if kind == "pie" else _bars if kind == "bar" else _line)(c, t, body, names, numbers)
    sort = {"bar": "막대그래프", "line": "선 그래프", "pie": "원그래프"}[kind]
    if c.image is not None:
        c.ask(
            "chart",
            (
                "이거 무슨 그래프야",
                "막대그래프야 원그래프야 선그래프야",
                "그래프 종류가 뭐야",
                "어떤 모양 차트야",
            ),
            answer=f"{sort}입니다.",
        )
    if any(i is None for i in labels):
        return
    best, least = numbers.index(max(numbers)), numbers.index(min(numbers))
    c.ask("chart", TOP[noun] + ("그래프에서 제일 높은 게 뭐야", "가장 큰 게 어느 거야"), labels[best])
    if texts[least] is not None:
        c.ask("chart", LOW[noun] + ("그래프에서 제일 낮은 게 뭐야", "가장 작은 게 어느 거야"), labels[least])
    for n, text in enumerate(texts):
        c.ask(
            "chart",
            ("{a}[은는] 얼마야", "{a} 값이 얼마야", "{a}[은는] 몇이야", "{a} 얼마나 돼"),
            text,
            a=labels[n],
        )
    one, two = rng.sample(range(len(names)), 2)
    c.ask(
        "chart",
        ("{a}[이가] {b}보다 많아", "{a}[이가] {b}보다 커", "{b}보다 {a}[이가] 더 높아"),
        answer="네, 그렇습니다." if numbers[one] > numbers[two] else "아니요, 그렇지 않습니다.",
        a=labels[one],
        b=labels[two],
    )
    c.ask(
        "chart",
        ("{a}[이랑랑] {b} 중에 뭐가 더 커", "{a} {b} 둘 중에 어느 게 더 많아"),
        labels[one] if numbers[one] > numbers[two] else labels[two],
        a=labels[one],
        b=labels[two],
    )
    if kind == "line" and len(numbers) > 2:
        up = numbers[-1] > numbers[0]
        c.ask(
            "chart",
            ("처음보다 끝이 늘었어 줄었어", "전체로 보면 늘어 줄어", "맨 처음보다 올라갔어 내려갔어"),
            answer="늘었습니다." if up else "줄었습니다.",
        )
    c.ask(
        "count",
        (
            "막대가 몇 개야" if kind == "bar" else "조각이 몇 개야" if kind == "pie" else "점이 몇 개야",
            "그래프에 항목이 몇 개야",
        ),
        *labels,
        answer=f"{len(labels)}개입니다.",
    )


def _bars(
    c: Canvas, t: Theme, r: Rect, names: list[str], numbers: list[int]
) -> tuple[list[Item | None], list[Item | None]]:
    rng = c.rng
    level = rng.random() < 0.3
    many = rng.random() < 0.4
    tone = rng.choice(PALETTE)
    scale = rng.choice((1, 1, 10, 100))
    labels, texts = [], []
    for n, (name, number) in enumerate(zip(names, numbers, strict=True)):
        fill = PALETTE[n % len(PALETTE)] if many else tone
        if level:
            high = r.height // len(names)
            y = r.y + n * high
            long = int((r.width - 180) * number / 100)
            c.box(Rect(r.x + 110, y + 2, max(4, long), max(6, high - 10)), fill=fill)
            labels.append(put(c, t, r.x, y + high // 2 - t.size // 2 - 4, name, limit=104, role="text"))
            texts.append(
                put(
                    c,
                    t,
                    r.x + 116 + long,
                    y + high // 2 - t.size // 2 - 4,
                    f"{number * scale:,}",
                    role="text",
                )
            )
        else:
            wide = r.width // len(names)
            x, tall = r.x + n * wide, int((r.height - 2 * t.size - 20) * number / 100)
            top = r.bottom - t.size - 12 - tall
            c.box(Rect(x + wide // 6, top, max(4, wide * 2 // 3), tall), fill=fill)
            labels.append(put(c, t, x + 2, r.bottom - t.size - 6, name, centre=wide - 4, role="text"))
            texts.append(
                put(c, t, x + 2, top - t.size - 4, f"{number * scale:,}", centre=wide - 4, role="text")
            )
    if not many and c.image is not None:
        c.ask(
            "colour",
            ("막대가 무슨 색이야", "막대 색이 뭐야", "그래프 막대 색깔 알려줘"),
            answer=f"{colours.KOREAN[colours.nearest(*tone)]}입니다.",
        )
    return labels, texts


def _line(
    c: Canvas, t: Theme, r: Rect, names: list[str], numbers: list[int]
) -> tuple[list[Item | None], list[Item | None]]:
    tone = c.rng.choice(PALETTE)
    wide = r.width // len(names)
    points = [
        (r.x + n * wide + wide / 2, r.bottom - 2 * t.size - 14 - (r.height - 3 * t.size - 20) * v / 100)
        for n, v in enumerate(numbers)
    ]
    c.stroke(points, tone, 3)
    labels = [
        put(c, t, r.x + n * wide + 2, r.bottom - t.size - 6, name, centre=wide - 4, role="text")
        for n, name in enumerate(names)
    ]
    texts = [
        put(
            c,
            t,
            r.x + n * wide + 2,
            max(r.y, int(y) - t.size - 8),
            f"{numbers[n]:,}",
            centre=wide - 4,
            role="text",
        )
        for n, (_, y) in enumerate(points)
    ]
    if c.image is not None:
        c.ask(
            "colour",
            ("선이 무슨 색이야", "그래프 선 색이 뭐야", "꺾은선 색깔 알려줘"),
            answer=f"{colours.KOREAN[colours.nearest(*tone)]}입니다.",
        )
    return labels, texts


def _pie(
    c: Canvas, t: Theme, r: Rect, names: list[str], numbers: list[int]
) -> tuple[list[Item | None], list[Item | None]]:
    side = min(r.height, r.width // 2)
    whole, start = sum(numbers), -90.0
    centre = (r.x + side / 2, r.y + side / 2)
    labels, texts = [], []
    for n, (name, number) in enumerate(zip(names, numbers, strict=True)):
        end = start + 360 * number / whole
        c.slice(Rect(r.x, r.y, side, side), start, end, PALETTE[n])
        middle = math.radians((start + end) / 2)
        if end - start > 24:
            spot = (
                int(centre[0] + side * 0.32 * math.cos(middle)) - 14,
                int(centre[1] + side * 0.32 * math.sin(middle)) - t.size // 2,
            )
            texts.append(
                put(
                    c,
                    t,
                    *spot,
                    f"{round(100 * number / whole)}%",
                    paper=PALETTE[n],
                    ink=(255, 255, 255),
                    role="text",
                )
            )
        else:
            texts.append(None)
        y = r.y + n * (t.size + 14)
        c.box(Rect(r.x + side + 30, y, t.size, t.size), fill=PALETTE[n])
        labels.append(
            put(
                c, t, r.x + side + 38 + t.size, y, name, role="text", limit=max(40, r.right - r.x - side - 60)
            )
        )
        start = end
        if c.image is not None and labels[-1]:
            c.ask(
                "colour",
                ("{a}[은는] 무슨 색이야", "{a} 조각이 무슨 색이야", "그래프에서 {a} 색이 뭐야"),
                answer=f"{colours.KOREAN[colours.nearest(*PALETTE[n])]}입니다.",
                a=labels[-1],
            )
    return labels, texts
