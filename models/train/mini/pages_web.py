"""Web pages with something to do: sign up, pay, look for trains, read a notice, a week's lessons, a page that fails."""

# ruff: noqa: E501, PLR0917  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import tables, values
from models.train.mini import widgets as w
from models.train.mini.bars import paragraph, put
from models.train.mini.canvas import Canvas, Item, Rect, Theme
from models.train.mini.corpus import Pools

RED = (210, 36, 36)
MISTAKES = {
    "비밀번호": ("비밀번호는 9자 이상이어야 합니다.", "영문과 숫자를 섞어 주세요.", "비밀번호가 너무 짧습니다.", "특수 문자를 하나 이상 넣어 주세요."), "비밀번호 확인": ("비밀번호가 서로 다릅니다.", "두 비밀번호가 맞지 않습니다."),
    "아이디": ("이미 쓰고 있는 아이디입니다.", "아이디는 영문으로 시작해야 합니다.", "쓸 수 없는 아이디입니다."), "이메일": ("이메일 주소 형식이 올바르지 않습니다.", "이메일에 @가 빠졌습니다."), "휴대전화": ("숫자만 넣어 주세요.", "전화번호를 다시 확인해 주세요."),
    "이름": ("이름을 입력해 주세요.", "이름은 한글로 적어 주세요."), "생년월일": ("날짜를 여덟 자리로 적어 주세요.", "만 14세 이상만 가입할 수 있습니다."),
}  # fmt: skip


def web_head(
    c: Canvas, t: Theme, r: Rect, name: str, menu: tuple[str, ...], chosen: bool = False
) -> Item | None:
    """The site's name and its row of links; one link may be the page that is open."""
    rng = c.rng
    band = rng.choice((t.paper, t.paper, t.accent, (40, 120, 80), (50, 70, 140)))
    bright = sum(band) > 480
    ink = (20, 20, 20) if bright else (255, 255, 255)
    if band != t.paper:
        c.box(Rect(r.x, r.y, r.width, t.size + 22), fill=band)
    else:
        ink = rng.choice((t.accent, t.ink))
    site = put(c, t, r.x + 16, r.y + 8, name, size=t.size + 6, ink=ink, paper=band, role="heading")
    c.fact("heading", site)
    if site:
        site.role = "heading"
    x, shown = r.x + 16, []
    names = rng.sample(menu, rng.randint(min(3, len(menu)), min(8, len(menu))))
    at = rng.randrange(len(names)) if chosen else -1
    for n, text in enumerate(names):
        ground = t.accent if n == at else t.paper
        item = put(
            c,
            t,
            x,
            r.y + 32 + t.size,
            text,
            role="link",
            paper=ground,
            ink=t.on_accent if n == at else t.ink,
            state="selected" if n == at else None,
        )
        if item is None:
            break
        c.fact("press", item)
        shown.append(item)
        x = item.box.right + rng.choice((18, 26))
    c.fact("group", *shown, value="메뉴")
    if 0 <= at < len(shown):
        c.fact("chosen", shown[at], value="메뉴")
    return site


def signup(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Sign up or log in: fields, choices, mistakes in red."""
    rng = c.rng
    login = rng.random() < 0.3
    head = put(
        c,
        t,
        r.x + 24,
        r.y + 14,
        rng.choice(("로그인", "회원 로그인"))
        if login
        else rng.choice(("회원가입", "회원 정보 입력", "가입 신청", "내 정보 고치기")),
        size=t.size + 8,
        role="heading",
    )
    c.fact("heading", head)
    y, x = r.y + t.size + 44, r.x + 24
    wrong = []
    names = (
        ("아이디", "비밀번호")
        if login
        else ("아이디", "비밀번호", "비밀번호 확인", "이름", "생년월일", "이메일", "휴대전화", "주소")[
            : rng.randint(4, 8)
        ]
    )
    must = rng.choice(("", " *"))
    for name in names:
        if y + 60 > r.bottom:
            break
        label = put(c, t, x, y, name + must, role="label")
        sort = {
            "이름": "person",
            "생년월일": "date",
            "이메일": "email",
            "휴대전화": "phone",
            "주소": "address",
            "아이디": "id",
        }.get(name, "")
        empty = rng.random() < 0.15
        value = "●" * rng.randint(4, 10) if "비밀번호" in name else values.value(sort, p, rng)
        bad = name in MISTAKES and rng.random() < 0.25
        c.box(Rect(x + 140, y - 5, 280, t.size + 12), fill=t.paper, outline=RED if bad else t.line)
        if not empty:
            item = put(c, t, x + 146, y, value, role="field", limit=270)
            if sort:
                c.fact("value", label, item, names=(name,), value=values.ASKED_AS.get(sort, "text"))
            elif name == "비밀번호":
                c.ask(
                    "absent",
                    (
                        "비밀번호가 뭐야",
                        "비밀번호 뭐라고 썼는지 알려줘",
                        "암호가 뭐로 돼 있어",
                        "비번 좀 읽어 줘",
                    ),
                    answer="화면에서 찾을 수 없어요.",
                )
        if name == "아이디" and not login:
            c.fact("press", w.button(c, t, x + 430, y - 8, "중복 검사"))
        y += t.size + 18
        if bad:
            message = put(
                c, t, x + 146, y - 4, rng.choice(MISTAKES[name]), ink=RED, size=t.size - 1, role="text"
            )
            wrong.append((name, label, message))
            y += t.size + 8
    for name, label, message in wrong:
        c.ask(
            "read",
            (
                "{a}[이가] 왜 안 된대",
                "{a} 뭐가 잘못됐대",
                "{a} 칸 밑에 뭐라고 나와",
                "{a} 오류가 뭐야",
                "{a} 어떻게 고치래",
            ),
            message,
            a=label,
        )
        if len(wrong) == 1:
            c.ask(
                "next",
                ("가입하려면 뭘 고쳐야 돼", "어디가 틀렸어", "뭘 다시 써야 돼", "왜 안 넘어가"),
                label,
                answer="{}을 고치세요." if name == "비밀번호 확인" else "{} 칸을 고치세요.",
            )
            c.ask(
                "colour",
                ("오류 글씨가 무슨 색이야", "틀렸다는 글자 색이 뭐야", "안내 글자가 무슨 색으로 떠"),
                answer="빨간색입니다.",
            )
    if wrong and len({n for n, _, _ in wrong}) == len(wrong):
        c.ask(
            "count",
            ("잘못 쓴 칸이 몇 개야", "오류가 몇 군데야", "고쳐야 할 데가 몇 개야"),
            *(m for _, _, m in wrong),
            answer=f"{len(wrong)}개입니다.",
        )
    if not login and y + 120 < r.bottom:
        if rng.random() < 0.6:
            pick = rng.choice(
                (
                    ("소식 받기", ["문자", "전자 편지", "받지 않음"]),
                    ("성별", ["남자", "여자"]),
                    ("회원 종류", ["개인", "단체", "기업"]),
                )
            )
            y = w.radios(c, t, Rect(x, y, 400, r.bottom - y - 60), pick[0], list(pick[1])) + 6
        y = w.checks(
            c,
            t,
            p,
            Rect(x, y, 460, max(30, r.bottom - 50 - y)),
            rng.sample(
                (
                    "이용 약관 동의",
                    "개인정보 수집 동의",
                    "광고 문자 받기",
                    "만 14세 이상입니다",
                    "모두 동의",
                    "이벤트 소식 받기",
                ),
                rng.randint(1, 4),
            ),
        )
    elif login:
        y = w.checks(
            c, t, p, Rect(x, y, 300, 40), [rng.choice(("로그인 유지", "아이디 저장", "자동 로그인"))]
        )
    w.button_row(
        c,
        t,
        Rect(x, r.bottom - t.size - 20, min(420, r.width - 40), t.size + 16),
        (["로그인", "회원가입", "비밀번호 찾기"] if login else ["가입하기", "취소"])[: rng.randint(1, 3)],
        loud=0,
    )


def bank(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A bank: accounts, a transfer form, recent payments."""
    rng = c.rng
    name = rng.choice(p.companies) + rng.choice(("은행", "뱅크", "저축은행", "금고"))
    web_head(
        c,
        t,
        r,
        name,
        ("조회", "이체", "공과금", "예금", "대출", "카드", "환전", "고객센터", "인증 센터"),
        chosen=True,
    )
    y = r.y + t.size * 2 + 60
    about = tables.Topic(
        "통장",
        "통장",
        "",
        (tables.Column("계좌번호", "code"), tables.Column("잔액", "money"))[: 1 if r.width < 420 else 2],
    )
    kinds = rng.sample(
        (
            "생활비 통장",
            "월급 통장",
            "적금",
            "비상금",
            "여행 모으기",
            "청약 저축",
            "모임 통장",
            "카드 결제 통장",
        ),
        rng.randint(2, 4),
    )
    y = (
        tables.table(
            c, t, p, Rect(r.x + 16, y, min(640, r.width - 32), r.height // 3), about, kinds, select=0.2
        )
        + 16
    )
    rows = [
        ("출금 계좌", "code"),
        ("받는 은행", "bank"),
        ("받는 분", "person"),
        ("보낼 금액", "money"),
        ("출금 가능 금액", "money"),
        ("수수료", "money"),
        ("내 통장 표시", "person"),
        ("이체 한도", "money"),
    ]
    picked = [rows[i] for i in sorted(rng.sample(range(len(rows)), rng.randint(3, 7)))]
    y = w.fields(c, t, p, Rect(r.x + 20, y, min(560, r.width - 40), r.bottom - y - 90), picked)
    if rng.random() < 0.5:
        w.radios(c, t, Rect(r.x + 20, y, 300, r.bottom - y - 40), "보내는 때", ["바로", "예약"])
    w.button_row(
        c,
        t,
        Rect(r.x + 20, r.bottom - t.size - 20, min(500, r.width - 40), t.size + 16),
        ["이체하기", "취소"],
        loud=0,
    )


def trains(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Trains between two towns, each with a button."""
    rng = c.rng
    here, there = rng.sample(p.cities, 2)
    head = put(
        c,
        t,
        r.x + 16,
        r.y + 10,
        rng.choice((f"{here} → {there}", f"{here}에서 {there}까지", f"{here} - {there} 열차 조회")),
        size=t.size + 6,
        role="heading",
    )
    c.fact("heading", head)
    c.ask("lookup", ("어디서 어디로 가는 거야", "어디 가는 기차야", "출발이랑 도착이 어디야"), head)
    day = put(c, t, r.x + 16, r.y + t.size + 26, values.date(rng), ink=t.faint)
    c.ask("lookup", ("며칠 기차야", "언제 가는 거야", "무슨 날짜로 찾은 거야"), day)
    y = w.checks(
        c,
        t,
        p,
        Rect(r.x + 16, r.y + t.size * 2 + 40, 400, 60),
        rng.sample(("직통만", "빈자리만", "할인 좌석만", "특실만", "왕복"), rng.randint(1, 2)),
    )
    about = next(a for a in tables.TOPICS if a.noun == "열차")
    about = about._replace(columns=about.columns[: max(2, min(5, r.width // 130 - 2))])
    rows = tables.row_names("train", rng.randint(3, 10), p, rng)
    wide = r.width - 120
    step = t.size + 22
    end = tables.table(
        c,
        t,
        p,
        Rect(r.x + 16, y, wide, min(r.bottom - y - 40, step * (len(rows) + 1))),
        about,
        rows,
        step=step,
        select=0.0,
    )
    for n in range(len(rows)):
        line = y + step * (n + 1)
        if line + step > end:
            break
        w.button(c, t, r.x + wide + 26, line + 3, rng.choice(("예매", "예매", "매진")), wide=70)
    note = rng.choice(
        (
            "결제는 출발 30분 전까지 해 주세요.",
            "좌석은 10분 동안만 잡아 둡니다.",
            "할인은 회원만 받을 수 있습니다.",
            "취소 수수료는 출발 하루 전부터 붙습니다.",
        )
    )
    shown = put(c, t, r.x + 16, min(end + 10, r.bottom - t.size - 8), note, ink=t.faint, role="text")
    c.ask(
        "read",
        ("아래 안내에 뭐라고 써 있어", "주의할 게 뭐래", "밑에 조그만 글씨 읽어 줘", "안내 문구가 뭐야"),
        shown,
    )


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
            ("뭐 가져가야 돼", "준비물이 뭐야", "뭘 챙겨 오래", "가져갈 거 알려줘"),
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


FAILS = (
    ("페이지를 열 수 없습니다", "{h}에서 응답하는 데 시간이 너무 오래 걸립니다.", "ERR_TIMED_OUT"), ("인터넷에 연결되어 있지 않음", "케이블과 공유기를 살펴보세요.", "ERR_INTERNET_DISCONNECTED"), ("서버를 찾을 수 없음", "{h} 서버의 주소를 찾지 못했습니다.", "DNS_PROBE_FINISHED_NXDOMAIN"),
    ("연결이 거부됨", "{h}에서 연결을 거부했습니다.", "ERR_CONNECTION_REFUSED"), ("이 연결은 안전하지 않습니다", "{h}의 인증서를 믿을 수 없습니다.", "ERR_CERT_AUTHORITY_INVALID"), ("찾는 페이지가 없습니다", "주소가 바뀌었거나 지워졌습니다.", "404 Not Found"), ("접근이 막혔습니다", "이 페이지를 볼 권한이 없습니다.", "403 Forbidden"), ("잠시 후 다시 오세요", "서버에 사람이 몰려 있습니다.", "503 Service Unavailable"),
)  # fmt: skip


def blocked(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A page that could not be opened: what happened, a code, what to try."""
    rng = c.rng
    big, why, code = rng.choice(FAILS)
    host = rng.choice(("shop", "news", "mail", "portal", "school")) + rng.choice(
        (".example", ".test", ".invalid")
    )
    x, y = r.x + rng.choice((30, r.width // 6)), r.y + min(80, r.height // 6)
    head = put(c, t, x, y, big, size=t.size + 9, role="heading")
    c.fact("heading", head)
    reason = put(c, t, x, y + t.size + 34, why.format(h=host), role="text")
    c.ask(
        "read",
        ("왜 안 열려", "왜 안 된대", "뭐가 문제래", "이유가 뭐라고 나와", "어째서 못 연대"),
        reason,
        answer="{}라고 적혀 있습니다.",
    )
    c.ask(
        "read",
        ("큰 글씨로 뭐라고 떴어", "화면에 크게 뭐라고 나와", "뭐라고 떠 있어"),
        head,
        answer="{}라고 적혀 있습니다.",
    )
    tips = rng.sample(
        (
            "주소를 잘못 쓰지 않았는지 보세요.",
            "방화벽 설정을 확인하세요.",
            "잠시 뒤에 다시 시도하세요.",
            "공유기를 껐다 켜 보세요.",
            "관리자에게 문의하세요.",
        ),
        rng.randint(1, 3),
    )
    y += t.size * 2 + 60
    for tip in tips:
        item = put(c, t, x + 16, y, f"• {tip}", role="text")
        y += t.size + 10
    if len(tips) == 1:
        c.ask(
            "read",
            ("어떻게 해 보래", "뭘 해 보라고 나와", "해결하려면 어떻게 하래"),
            item,
            answer="{}라고 적혀 있습니다.",
        )
    shown = put(c, t, x, y + 8, code, ink=t.faint, size=t.size - 1, role="text")
    c.ask(
        "read",
        (
            "오류 번호가 뭐야",
            "에러 코드 읽어 줘",
            "무슨 코드라고 나와",
            "영어로 된 오류 이름이 뭐야",
            "오류 코드 알려줘",
        ),
        shown,
    )
    w.button_row(
        c,
        t,
        Rect(x, y + t.size + 30, min(500, r.right - x - 10), t.size + 16),
        rng.choice((["다시 시도"], ["다시 불러오기"], ["뒤로", "다시 시도"], ["자세히", "다시 불러오기"])),
        loud=0,
    )


def school(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A week's lessons: days across, hours down."""
    rng = c.rng
    grade, room = rng.randint(1, 6), rng.randint(1, 9)
    web_head(
        c,
        t,
        r,
        rng.choice(p.cities) + rng.choice(("초등학교", "중학교", "고등학교")),
        ("학교 소개", "시간표", "급식", "가정 통신문", "방과 후", "자료실", "공지사항", "오시는 길"),
        chosen=True,
    )
    y = r.y + t.size * 2 + 56
    head = put(
        c,
        t,
        r.x + 16,
        y,
        f"{grade}학년 {room}반 {rng.choice(('시간표', '수업 시간표', '주간 시간표'))}",
        size=t.size + 4,
        role="heading",
    )
    c.ask("read", ("몇 학년 몇 반 시간표야", "어느 반 시간표야", "무슨 표야"), head)
    y += t.size + 24
    days, hours = [f"{d}{rng.choice(('', '요일'))}" for d in "월화수목금"], rng.randint(4, 7)
    wide, step = min(150, (r.width - 120) // 5), t.size + rng.choice((12, 18))
    tone = rng.choice((t.bar, t.accent, t.soft))
    tops = [
        put(
            c,
            t,
            r.x + 90 + n * wide,
            y,
            d,
            role="header",
            paper=tone,
            ink=t.on_accent if tone == t.accent else t.ink,
            limit=wide,
        )
        for n, d in enumerate(days)
    ]
    for hour in range(1, hours + 1):
        y += step
        if y + step > r.bottom:
            break
        left = put(c, t, r.x + 16, y, f"{hour}교시", role="header")
        for n, day in enumerate("월화수목금"):
            if hour > 4 and rng.random() < 0.15:
                continue
            item = put(c, t, r.x + 90 + n * wide, y, rng.choice(values.SUBJECTS), role="cell", limit=wide - 6)
            if item and left and tops[n]:
                c.ask(
                    "lookup",
                    (
                        f"{day}요일 {hour}교시 뭐야",
                        f"{day}요일 {hour}교시에 뭐 배워",
                        f"{day}요일 {hour}교시 수업이 뭐야",
                        f"{day}요일 {'일이삼사오육칠'[hour - 1]}교시는 무슨 시간이야",
                        f"{hour}교시 {day}요일 과목 알려줘",
                    ),
                    item,
                )
    c.ask(
        "absent",
        ("토요일 1교시는 뭐야", "오늘 급식 뭐야", "영어 선생님이 누구야", "체육복 입고 가야 돼"),
        answer="화면에서 찾을 수 없어요.",
    )


def weather(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Today's weather large, the week below."""
    rng = c.rng
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
    about = next(a for a in tables.TOPICS if a.noun == "요일")
    about = about._replace(columns=about.columns[: max(1, min(4, r.width // 140 - 1))])
    tables.table(
        c,
        t,
        p,
        Rect(r.x + 20, y + 14, r.width - 40, r.bottom - y - 20),
        about,
        tables.row_names("weekday", 7, p, rng),
        select=0.0,
    )


def paragraph_page(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Help: headings and paragraphs."""
    rng, y = c.rng, r.y + 12
    while y + 90 < r.bottom:
        head = put(c, t, r.x + 20, y, rng.choice(p.headings), size=t.size + 5, role="heading")
        if y == r.y + 12:
            c.fact("heading", head)
        y += t.size + 20
        for _ in range(rng.randint(1, 3)):
            shown = paragraph(
                c,
                t,
                Rect(r.x + 20, y, r.width - 50, max(0, r.bottom - y - 10)),
                rng.choice(p.sentences),
                role="text",
            )
            if shown and len(shown) == 1:
                c.fact("line", shown[0])
            y += len(shown) * (t.size + 8) + 10
        if rng.random() < 0.15:
            break
