"""Help pages, and pages that could not be opened."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import widgets as w
from models.train.mini.bars import paragraph, put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools

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
