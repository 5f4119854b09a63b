"""Web pages with something to do: sign up, pay, look for trains, read a notice, a week's lessons, a page that fails."""

# ruff: noqa: E501, PLR0917  (lists of Korean strings, where a syllable counts double; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import tables, topics, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
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
    c.fact("site", site)
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


def site_above(c: Canvas, t: Theme, r: Rect, name: str, menu: tuple[str, ...]) -> Rect:
    """A site's name and links over a page; what room is left below them."""
    if r.height < 300:
        return r
    web_head(c, t, r, name, menu, chosen=c.rng.random() < 0.6)
    high = 2 * t.size + 56
    c.facts = [f for f in c.facts if f.kind != "heading"]
    return Rect(r.x, r.y + high, r.width, r.height - high)


def signup(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Sign up or log in: fields, choices, mistakes in red."""
    rng = c.rng
    login = rng.random() < 0.3
    if rng.random() < 0.6:
        owner = rng.choice(p.companies) + rng.choice(("문화센터", " 도서관", "마켓", "카페", "포털", "학원"))
        r = site_above(c, t, r, owner, ("로그인", "회원가입", "고객센터", "장바구니", "강좌", "소식"))
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
                (
                    "다음으로 넘어가게 하려면 어디를 고쳐야 돼",
                    "어디가 틀렸어",
                    "뭘 다시 써야 돼",
                    "왜 안 넘어가",
                ),
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
    about = topics.Topic(
        "통장",
        "통장",
        "",
        (topics.Column("계좌번호", "code"), topics.Column("잔액", "money"))[: 1 if r.width < 420 else 2],
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
