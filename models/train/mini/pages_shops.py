"""Shops and headlines."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import topics, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Item, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.pages_web import web_head


def shop(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Products with prices, or one product with all about it."""
    rng = c.rng
    web_head(
        c,
        t,
        r,
        rng.choice(p.companies) + rng.choice(("몰", "마켓", "샵", "스토어", "상점")),
        (
            "홈",
            "베스트",
            "신상품",
            "특가",
            "이벤트",
            "고객센터",
            "장바구니",
            "마이페이지",
            "로그인",
            "패션",
            "식품",
            "가전",
            "생활",
        ),
        chosen=rng.random() < 0.4,
    )
    y = r.y + t.size * 2 + 60
    if rng.random() < 0.5:
        row = w.button_row(
            c,
            t,
            Rect(r.x + 10, y, min(r.width - 20, 420), t.size + 16),
            rng.sample(("낮은 가격순", "인기순", "최신순", "무료 배송만", "리뷰 많은 순"), rng.randint(2, 3)),
        )
        del row
        y += t.size + 30
    across, wide = max(1, r.width // 230), 230
    products = rng.sample(values.PRODUCTS, min(len(values.PRODUCTS), across * max(1, (r.bottom - y) // 215)))
    cards: list[tuple[Item | None, Item | None, int]] = []
    sold_out = 0
    for n, name in enumerate(products):
        x, top = r.x + 16 + n % across * wide, y + n // across * 215
        if top + 205 > r.bottom:
            break
        c.box(Rect(x, top, 190, 100), fill=rng.choice((t.bar, t.soft, (200, 190, 170), (170, 190, 210))))
        label = put(c, t, x, top + 106, name, role="text", limit=200)
        cost = rng.randint(10, 990) * 100
        price = put(
            c,
            t,
            x,
            top + 110 + t.size,
            f"{cost:,}원",
            ink=rng.choice((t.ink, (220, 40, 40), t.accent)),
            size=t.size + 2,
            role="text",
        )
        c.fact("value", label, price, names=(name,), value="money")
        c.ask(
            "lookup",
            ("{a} 값이 얼마야", "{a} 사려면 얼마야", "{a} 얼마짜리야", "{a} 가격 좀", "{a}[은는] 얼마래"),
            price,
            a=label,
        )
        cards.append((label, price, cost))
        if rng.random() < 0.5:
            stars = put(
                c,
                t,
                x,
                top + 120 + t.size * 2,
                f"★ {rng.randint(30, 50) / 10} ({rng.randint(1, 9999):,})",
                ink=t.faint,
                size=t.size - 1,
            )
            c.ask(
                "lookup",
                ("{a} 별점이 얼마야", "{a} 평이 어때 몇 점이야", "{a} 후기 점수 몇 점이야"),
                stars,
                a=label,
            )
        if rng.random() < 0.2:
            put(
                c,
                t,
                x + 130,
                top + 110 + t.size,
                rng.choice(("품절", "품절")),
                ink=(150, 150, 150),
                role="text",
            )
            sold_out += 1
        elif rng.random() < 0.3:
            c.fact("press", w.button(c, t, x, top + 168, rng.choice(("장바구니 담기", "구매하기", "찜하기"))))
    if len(cards) > 1 and all(label and price for label, price, _ in cards):
        costs = [cost for _, _, cost in cards]
        labels = [label for label, _, _ in cards]
        if costs.count(max(costs)) == 1:
            c.ask(
                "chart",
                ("제일 비싼 물건이 뭐야", "뭐가 제일 비싸", "가장 비싼 상품 알려줘"),
                labels[costs.index(max(costs))],
            )
        if costs.count(min(costs)) == 1:
            c.ask(
                "chart",
                (
                    "제일 싼 물건이 뭐야",
                    "뭐가 제일 싸",
                    "가장 저렴한 상품이 뭐야",
                    "돈 제일 적게 드는 거 뭐야",
                ),
                labels[costs.index(min(costs))],
            )
        c.fact("group", *labels, value="상품")
    out = [i for i in c.items if i.text == "품절"]
    if out and len(out) == sold_out:
        c.ask(
            "count",
            ("품절된 게 몇 개야", "다 팔린 물건이 몇 가지야", "품절 표시가 몇 개 있어"),
            *out,
            answer=f"{sold_out}개입니다.",
        )


def product(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """One product: prices before and after, delivery, stars, sizes to choose, how many, buttons."""
    rng = c.rng
    web_head(
        c,
        t,
        r,
        rng.choice(p.companies) + rng.choice(("몰", "마켓", "상점", "홈쇼핑")),
        ("홈", "베스트", "특가", "고객센터", "장바구니", "마이페이지", "로그인", "찜 목록"),
    )
    held = rng.randint(0, 9)
    if rng.random() < 0.6:
        basket = put(c, t, r.right - 150, r.y + 12, f"장바구니 ({held})", role="link")
        c.ask("lookup", ("장바구니에 몇 개 담았어", "카트에 든 게 몇 개야", "담아 둔 물건이 몇 개래"), basket)
    y, x = r.y + t.size * 2 + 64, r.x + min(300, r.width // 3) + 30
    c.box(
        Rect(r.x + 16, y, min(300, r.width // 3), min(300, max(20, r.bottom - y - 20))),
        fill=rng.choice((t.bar, (200, 190, 170), (170, 190, 210))),
    )
    name = put(c, t, x, y, rng.choice(values.PRODUCTS), size=t.size + 6, role="heading")
    c.fact("heading", name)
    y += t.size + 24
    full, cut = rng.randint(20, 900) * 100, rng.choice((10, 15, 20, 30, 40))
    lower = full * (100 - cut) // 100
    if rng.random() < 0.8:
        old = put(c, t, x, y, f"{full:,}원", ink=t.faint, role="text")
        share = put(c, t, x + 120, y, f"{cut}%", ink=(220, 40, 40), role="text")
        c.ask(
            "lookup", ("원래 얼마였어", "할인하기 전 값이 얼마야", "깎기 전에는 얼마야", "정가가 얼마래"), old
        )
        c.ask("lookup", ("몇 퍼센트 깎아 줘", "할인을 얼마나 해", "몇 프로 세일이야"), share)
        y += t.size + 12
    price = put(
        c, t, x, y, f"{lower:,}원", size=t.size + 8, ink=rng.choice((t.ink, (220, 40, 40))), role="text"
    )
    c.ask(
        "lookup",
        (
            "지금 사면 얼마야",
            "{a} 얼마에 팔아",
            "할인해서 얼마야",
            "{a} 값이 지금 얼마래",
            "내야 하는 돈이 얼마야",
        ),
        price,
        a=name,
    )
    y += t.size + 26
    for label, value, questions in rng.sample((
        ("배송비", rng.choice(("무료", "3,000원", "2,500원")), ("배송비 내야 돼", "택배비가 얼마야", "배송은 공짜야")), ("도착 예정", f"{rng.randint(1, 12)}월 {rng.randint(1, 28)}일", ("언제 받을 수 있어", "며칠에 온대", "물건이 언제 도착한대")),
        ("평점", f"{rng.randint(30, 50) / 10}", ("별점이 몇이야", "평점이 몇 점이래", "사람들이 몇 점 줬어")), ("후기", f"{rng.randint(3, 9000):,}개", ("후기가 몇 개나 있어", "리뷰 얼마나 달렸어")), ("판매자", rng.choice(p.companies), ("누가 파는 거야", "어느 가게 물건이야", "파는 데가 어디야")), ("적립금", f"{rng.randint(1, 99) * 10}원", ("포인트 얼마 줘", "적립이 얼마나 돼")),
    ), rng.randint(2, 5)):  # fmt: skip
        if y + t.size + 90 > r.bottom:
            break
        left, right = (
            put(c, t, x, y, label, ink=t.faint, role="label"),
            put(c, t, x + 120, y, value, role="text"),
        )
        c.fact("value", left, right, names=(label,), value="text")
        c.ask("lookup", questions, right)
        y += t.size + 12
    if y + 3 * t.size + 90 < r.bottom:
        head, names = rng.choice(
            (
                ("크기", ["작은 것", "중간", "큰 것"]),
                ("색", ["검정", "하양", "남색"]),
                ("사이즈", ["S", "M", "L", "XL"]),
                ("구성", ["한 개", "두 개 묶음", "세 개 묶음"]),
            )
        )
        y = w.radios(c, t, Rect(x, y + 6, r.right - x - 10, r.bottom - y - 60), head, names) + 6
    out = rng.random() < 0.25
    names = ["장바구니 담기", "품절" if out else "바로구매"]
    row = w.button_row(
        c,
        t,
        Rect(x, r.bottom - t.size - 28, r.right - x - 20, t.size + 16),
        names,
        loud=rng.randint(0, 1),
        off=1 if out else -1,
    )
    if len(row) == 2:
        no = "아니요, 지금은 누를 수 없습니다." if out else "네, 누를 수 있습니다."
        c.ask(
            "exists",
            ("지금 살 수 있어", "{a} 아직 팔아", "이거 주문되나", "{a} 지금 구매돼"),
            row[1],
            answer=f"{no} {{}}",
            a=name,
        )


def news(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Headlines with papers and times, and what was read most."""
    rng = c.rng
    web_head(
        c,
        t,
        r,
        rng.choice(
            (
                "오늘의 뉴스",
                "새벽일보",
                "지식 나눔",
                "도움말 센터",
                "마을 소식",
                "한빛신문",
                "새 소식",
                "들녘뉴스",
            )
        ),
        ("정치", "경제", "사회", "문화", "스포츠", "날씨", "연예", "구독", "로그인", "검색", "세계", "과학"),
        chosen=rng.random() < 0.5,
    )
    y, number = r.y + t.size * 2 + 66, 0
    side = r.width > 760 and rng.random() < 0.6
    wide = r.width - (300 if side else 0) - 40
    while y + 60 < r.bottom:
        line = put(
            c,
            t,
            r.x + 16,
            y,
            rng.choice(p.sentences),
            size=t.size + rng.choice((0, 2)),
            limit=wide,
            role="link",
        )
        c.fact("line", line)
        paper, hours = rng.choice(p.companies) + "신문", f"{rng.randint(1, 23)}시간 전"
        under = put(
            c, t, r.x + 16, y + t.size + 10, f"{paper} · {hours}", ink=t.faint, size=max(10, t.size - 2)
        )
        c.ask(
            "lookup",
            (
                "{a} 기사 어느 신문이야",
                "{a} 언제 올라온 기사야",
                "{a} 어디서 쓴 기사야",
                "{a} 몇 시간 전 거야",
            ),
            under,
            a=line,
        )
        number += 1
        y += t.size * 2 + rng.choice((22, 34))
        if number > rng.randint(3, 20):
            break
    if side:
        x, top, shown = r.right - 280, r.y + t.size * 2 + 66, []
        put(
            c,
            t,
            x,
            top,
            rng.choice(("많이 본 기사", "인기 글", "지금 뜨는 소식", "오늘의 순위")),
            size=t.size + 1,
            role="text",
        )
        for n in range(1, rng.randint(4, 9)):
            top += t.size + 16
            if top + t.size + 4 > r.bottom:
                break
            shown.append(put(c, t, x, top, f"{n}. {rng.choice(topics.POSTS)}", role="link", limit=260))
        c.ask(
            "count",
            ("오른쪽 순위에 몇 개 있어", "많이 본 게 몇 개 나와 있어", "순위가 몇 위까지 있어"),
            *shown,
            answer=f"{len(shown)}개입니다.",
        )
        if shown:
            c.ask("read", ("제일 많이 본 게 뭐야", "일 위가 뭐야", "순위 맨 위에 있는 거 읽어 줘"), shown[0])
