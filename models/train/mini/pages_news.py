"""Web pages to read: a notice with the facts of an event, the weather, help, a page that fails."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import tables, topics, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.pages_web import site_above

EVENTS = (
    "가을 운동회",
    "동네 벼룩시장",
    "봄맞이 대청소",
    "주민 노래자랑",
    "독서 모임",
    "직원 연수",
    "입학 설명회",
    "바자회",
    "걷기 대회",
    "김장 나눔",
    "송년회",
    "건강 검진",
    "컴퓨터 교실",
    "작품 전시회",
)


SPOTS = (
    "체육관",
    "강당",
    "운동장",
    "시민 공원",
    "1층 로비",
    "대회의실",
    "도서관 앞마당",
    "구민 회관",
    "놀이터",
    "본관 3층",
    "별관 지하",
    "교육실",
)


def notice(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A post on a board: who, when, read how often, then the facts of an event in sentences or points."""
    rng = c.rng
    if rng.random() < 0.7:
        owner = rng.choice(p.cities) + rng.choice(
            (" 도서관", " 구청", " 주민센터", " 복지관", "마을 관리사무소", "초등학교", " 문화원", " 체육회")
        )
        r = site_above(
            c, t, r, owner, ("공지사항", "소개", "자료실", "신청", "오시는 길", "질문과 답", "일정", "사진첩")
        )
    event = rng.choice(EVENTS)
    title = put(
        c,
        t,
        r.x + 20,
        r.y + 14,
        rng.choice((f"{event} 안내", f"{event} 알림", f"[공지] {event}", f"{event}에 오세요")),
        size=t.size + 6,
        role="heading",
    )
    c.fact("heading", title)
    who, day, views = values.person(p, rng), values.date(rng), f"{rng.randint(3, 2000):,}"
    x, y = r.x + 20, r.y + t.size + 36
    for name, value, sort in (("작성자", who, "writer"), ("등록일", day, "made"), ("조회수", views, "views")):
        if rng.random() < 0.8:
            label = put(c, t, x, y, name, ink=t.faint, role="label")
            item = put(c, t, x + c.width_of(name, t.size, t.font) + 10, y, value, role="text")
            c.fact(
                "value",
                label,
                item,
                names=(name,),
                value={"writer": "person", "made": "date"}.get(sort, "number"),
            )
            x = (item.box.right if item else x) + 30
    y += t.size + 24
    spot, rain, hour = (
        rng.choice(SPOTS),
        rng.choice(SPOTS),
        f"{rng.choice(('오전', '오후'))} {rng.randint(1, 11)}시{rng.choice(('', ' 30분'))}",
    )
    month, d = rng.randint(1, 12), rng.randint(1, 28)
    due = f"{rng.randint(1, 12)}월 {rng.randint(1, 28)}일"
    fee, limit = values.money(rng), rng.randint(5, 200)
    bring = rng.sample(
        ("물", "모자", "편한 신발", "수건", "필기구", "장갑", "우산", "도시락", "돗자리", "신분증"),
        rng.randint(2, 3),
    )
    phone = values.value("phone", p, rng)
    facts = (
        (
            "때",
            f"{month}월 {d}일 {'월화수목금토일'[d % 7]}요일 {hour}",
            "lookup",
            (
                "언제 해",
                "며칠에 하는 거야",
                "몇 시에 시작해",
                "언제 모이래",
                "행사가 언제야",
                "무슨 요일에 해",
            ),
        ),
        (
            "곳",
            spot,
            "lookup",
            ("어디서 해", "어디로 가면 돼", "장소가 어디야", "어디서 모여", "모이는 데가 어디래"),
        ),
        (
            "비",
            f"{'비가 오면' if rng.random() < 0.6 else '비가 올 때는'} {rain}에서 합니다."
            if rain != spot
            else "비가 오면 다음 주로 미룹니다.",
            "lookup",
            ("비가 오면 어떻게 해", "비 올 때는 어디로 가", "비 오면 어떻게 된대", "날이 궂으면 어떡해"),
        ),
        (
            "신청",
            f"{due}까지 {rng.choice(('사무실', '누리집', '담임 선생님', '총무'))}에 신청해 주세요.",
            "lookup",
            (
                "신청은 언제까지야",
                "언제까지 내야 돼",
                "며칠까지 신청하래",
                "어디에 신청해",
                "신청 마감이 언제야",
            ),
        ),
        (
            "돈",
            f"참가비 {fee}" if rng.random() < 0.6 else f"참가비는 {fee}입니다.",
            "lookup",
            ("돈 내야 돼 얼마야", "참가비가 얼마야", "얼마 내래", "내는 돈이 얼마야"),
        ),
        (
            "준비",
            f"{rng.choice(('준비물:', '챙길 것:', '가져올 것:'))} {', '.join(bring)}",
            "lookup",
            ("뭐 가져가야 돼", "준비할 게 뭐야", "뭘 챙겨 오래", "가져갈 거 알려줘"),
        ),
        (
            "사람",
            f"선착순 {limit}명",
            "lookup",
            ("몇 명까지 받아", "몇 명이나 갈 수 있어", "정원이 몇 명이야", "몇 사람 뽑아"),
        ),
        (
            "전화",
            f"문의 {phone}",
            "lookup",
            ("어디로 물어보면 돼", "전화는 몇 번이야", "문의 번호가 뭐야", "궁금하면 어디로 전화해"),
        ),
    )
    chosen = rng.sample(facts, rng.randint(3, len(facts)))
    mark = rng.choice(("- ", "• ", "", "○ ", "▶ "))
    put(
        c,
        t,
        r.x + 20,
        y,
        rng.choice(
            (
                "아래와 같이 행사를 엽니다.",
                "많이 참여해 주세요.",
                "함께해 주시면 고맙겠습니다.",
                "다음 내용을 확인해 주세요.",
            )
        ),
        role="text",
    )
    y += t.size + 16
    labelled = rng.random() < 0.4
    names = {
        "때": "일시",
        "곳": "장소",
        "비": "우천 시",
        "신청": "신청",
        "돈": "참가비",
        "준비": "준비물",
        "사람": "모집 인원",
        "전화": "문의",
    }
    for key, text, kind, questions in chosen:
        if y + t.size + 8 > r.bottom - 50:
            break
        shown = (
            f"{mark}{names[key]}: {text}"
            if key in ("때", "곳") or (labelled and key not in ("준비", "전화", "돈"))
            else mark + text
        )
        item = put(c, t, r.x + 24, y, shown, role="text", limit=r.width - 40)
        c.ask(kind, questions, item)
        y += t.size + rng.choice((8, 12))
    missing = [f for f in facts if f not in chosen and f[0] in ("비", "준비", "돈", "사람")]
    for key, _, _, questions in missing[:1]:
        c.ask("absent", questions, answer="화면에서 찾을 수 없어요.")
        del key
    w.button_row(
        c,
        t,
        Rect(r.x + 20, r.bottom - t.size - 20, r.width - 40, t.size + 16),
        rng.sample(("목록", "수정", "삭제", "글쓰기", "인쇄", "신청하기", "공유"), rng.randint(1, 3)),
    )


def weather(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Today's weather large, the week below."""
    rng = c.rng
    if rng.random() < 0.6:
        owner = rng.choice(("오늘날씨", "맑은하늘 날씨", "새벽 기상", "하늘 예보", "구름 소식"))
        r = site_above(c, t, r, owner, ("예보", "미세먼지", "지도", "주간", "특보", "바다"))
    city = rng.choice(p.cities)
    head = put(
        c,
        t,
        r.x + 20,
        r.y + 12,
        rng.choice((city, f"{city} 날씨", f"오늘의 날씨 - {city}")),
        size=t.size + 5,
        role="heading",
    )
    c.fact("heading", head)
    c.ask("lookup", ("어디 날씨야", "어느 동네 날씨야", "지역이 어디로 돼 있어"), head)
    now = put(
        c,
        t,
        r.x + 20,
        r.y + t.size + 34,
        f"{rng.randint(-10, 35)}{rng.choice(('°', '℃', '도'))}",
        size=t.size + 16,
        role="text",
    )
    c.ask("lookup", ("지금 몇 도야", "기온이 얼마야", "지금 온도 알려줘", "얼마나 추워 지금"), now)
    sky = put(c, t, r.x + 150, r.y + t.size + 42, values.value("weather", p, rng), role="text")
    c.ask("lookup", ("하늘이 어때", "날씨가 어떻대 지금", "지금 비 와 맑아", "오늘 날씨 어때"), sky)
    rows = rng.sample(
        [
            ("습도", "percent"),
            ("바람", "wind"),
            ("미세먼지", "dust"),
            ("체감 온도", "degrees"),
            ("해 뜨는 시각", "time"),
            ("해 지는 시각", "time"),
            ("자외선", "dust"),
            ("강수 확률", "percent"),
        ],
        rng.randint(2, 6),
    )
    y = r.y + t.size * 3 + 60
    for name, sort in rows:
        value = {
            "wind": f"{rng.randint(0, 12)}.{rng.randint(0, 9)} m/s",
            "dust": rng.choice(("좋음", "보통", "나쁨", "매우 나쁨")),
            "degrees": f"{rng.randint(-12, 36)}°",
        }.get(sort) or values.value(sort, p, rng)
        label, item = (
            put(c, t, r.x + 20, y, name, ink=t.faint, role="label"),
            put(c, t, r.x + 160, y, value, role="text"),
        )
        c.fact("value", label, item, names=(name,), value="number" if sort != "time" else "time")
        y += t.size + 12
    about = next(a for a in topics.TOPICS if a.noun == "요일")
    about = about._replace(columns=about.columns[: max(1, min(4, r.width // 140 - 1))])
    tables.table(
        c,
        t,
        p,
        Rect(r.x + 20, y + 14, r.width - 40, r.bottom - y - 20),
        about,
        topics.row_names("weekday", 7, p, rng),
        select=0.0,
    )
