"""Where things are, what colour they have, what stands beside them."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from assistant import colours
from models.train.mini import goals, wording
from models.train.mini.asking import QA, Asker
from models.train.mini.canvas import side_of
from models.train.mini.mentions import bare

SPOKEN_COLOURS = {
    "red": ("빨간색", "빨간", "붉은색"), "orange": ("주황색", "주황"), "yellow": ("노란색", "노란"), "green": ("초록색", "녹색", "초록"),
    "cyan": ("하늘색", "청록색"), "blue": ("파란색", "파란", "푸른색"), "purple": ("보라색",), "pink": ("분홍색", "핑크색"),
    "grey": ("회색",), "white": ("흰색", "하얀색"), "black": ("검은색", "까만색"), "brown": ("갈색",),
}  # fmt: skip


GO_WHERE = (
    "{v} 어디를 눌러",
    "{v} 어디서 해",
    "{v} 어디로 가야 해",
    "{v} 버튼이 어디 있어",
    "{v} 어디 있는 거 눌러야 돼",
    "어디서 {v} 돼",
)


LIGHT_OR_DARK = (
    "밝은 테마야 어두운 테마야",
    "화면이 밝아 어두워",
    "다크 모드야",
    "어두운 모드로 돼 있어",
    "배경이 어두운 색이야 밝은 색이야",
    "지금 테마가 밝은 거야 어두운 거야",
    "이 창 바탕이 어두워 밝아",
)


GROUND = (
    "바탕색이 뭐야",
    "배경이 무슨 색이야",
    "이 창 배경색이 뭐야",
    "화면 바탕 무슨 색이야",
    "뒤에 깔린 색이 뭐야",
    "글자 뒤 배경이 무슨 색이에요",
)


HEADS = (
    "표 머리글 색이 뭐야",
    "표 제목 줄이 무슨 색이야",
    "표 맨 윗줄 색깔이 뭐야",
    "표 머리 부분 배경이 무슨 색이야",
    "제일 윗줄 칸들이 무슨 색이에요",
)


RED_TEXT = (
    "오류 글씨가 무슨 색이야",
    "경고 문구 색이 뭐야",
    "에러 메시지가 무슨 색으로 떠",
    "안내 글자 색깔이 뭐야",
)


def where(asker: Asker) -> QA | None:
    """Where something is; one time in four it is called by what it is for."""
    liked = [
        i
        for i in asker.read_items
        if i.role in ("button", "tab", "menu", "list", "check", "radio", "link", "icon", "entry", "file")
    ]
    item = asker.rng.choice(liked if liked and asker.rng.random() < 0.75 else asker.worded)
    answer = asker.cite(item)
    if not answer:
        return None
    place = f"{answer} {side_of(item, asker.screen.size)}에 있습니다."
    wanted = goals.GOALS.get(bare(item.text))
    if wanted and asker.rng.random() < 0.3 and asker.names.exact(item.text) == 1:
        goal = asker.rng.choice(wanted)
        if any(i is not item and goal in goals.GOALS.get(bare(i.text), ()) for i in asker.screen.items):
            return None
        return QA("where", asker.say(GO_WHERE[:-1], v=goals.wish(goal, asker.rng)), place)
    a = asker.name(item.text)
    return QA("where", asker.say(wording.WHERE, a=a, n=asker.noun(item)), place) if a else None


def exists(asker: Asker) -> QA | None:
    """Something that is there."""
    item = asker.rng.choice(asker.worded)
    a, answer = asker.name(item.text), asker.cite(item)
    return (
        QA("exists", asker.say(wording.EXISTS, a=a, n=asker.noun(item)), f"네, 있습니다. {answer}")
        if a and answer
        else None
    )


def colour(asker: Asker) -> QA | None:
    """Colours of letters and grounds; mostly of things that stand out."""
    odd_ones = [
        i
        for i in asker.worded
        if colours.nearest(*i.paper) != asker.usual[1] or colours.nearest(*i.ink) != asker.usual[0]
    ]
    item = asker.rng.choice(odd_ones if odd_ones and asker.rng.random() < 0.85 else asker.worded)
    seen = asker.screen.reading.lines[asker.screen.reading.of(item)[0] - 1]
    ink, paper = colours.nearest(*item.ink), colours.nearest(*item.paper)
    if id(item) in asker.screen.reading.shared:
        return None
    odd = paper != asker.usual[1] or item.role == "button"
    ground = odd and asker.rng.random() < 0.75
    templates, answer = (wording.PAPER, paper) if ground else (wording.INK, ink)
    if (seen.paper if ground else seen.ink) != answer:
        return None
    plain_one = answer == (asker.usual[1] if ground else asker.usual[0])
    if plain_one and asker.rng.random() < 0.75:
        return None
    if asker.rng.random() < 0.35 and not plain_one:
        same = [i for i in asker.read_items if colours.nearest(*(i.paper if ground else i.ink)) == answer]
        if len(same) <= 2 and (found := asker.cite(*same)):
            by = wording.BY_PAPER if ground else wording.BY_INK
            by = by if item.role == "button" or not ground else tuple(t for t in by if "버튼" not in t)
            return QA("colour", asker.say(by, c=asker.rng.choice(SPOKEN_COLOURS[answer])), f"{found}입니다.")
    if item.role == "header" and ground and asker.rng.random() < 0.6:
        heads = {colours.nearest(*i.paper) for i in asker.screen.items if i.role == "header"}
        if len(heads) == 1:
            return QA("colour", asker.say(HEADS), f"{colours.KOREAN[answer]}입니다.")
    a = asker.name(item.text)
    return (
        QA("colour", asker.say(templates, a=a, n=asker.noun(item)), f"{colours.KOREAN[answer]}입니다.")
        if a
        else None
    )


def theme(asker: Asker) -> QA | None:
    """Light or dark, or the ground most lines have."""
    papers = [line.paper for line in asker.screen.reading.lines if line.paper]
    if not papers or not asker.usual[1] or papers.count(asker.usual[1]) * 10 < len(papers) * 6:
        return None
    if asker.rng.random() < 0.4:
        return QA("colour", asker.say(GROUND), f"{colours.KOREAN[asker.usual[1]]}입니다.")
    if asker.usual[1] not in ("white", "black", "grey"):
        return None
    dark = sum(sum(i.paper) for i in asker.read_items) / max(1, len(asker.read_items)) < 300
    question = asker.say(LIGHT_OR_DARK)
    if "다크" in question or "어두운 모드" in question:
        return QA("colour", question, "네, 어두운 테마입니다." if dark else "아니요, 밝은 테마입니다.")
    return QA("colour", question, "어두운 테마입니다." if dark else "밝은 테마입니다.")


def neighbour(asker: Asker) -> QA | None:
    """What stands beside, above or below something."""
    item = asker.rng.choice(asker.read_items)
    box = item.box
    way = asker.rng.choice(("right", "below", "below", "left", "above"))
    best, least = None, 1e9
    for other in asker.screen.items:
        o = other.box
        level = min(box.bottom, o.bottom) - max(box.y, o.y) > 0.5 * min(box.height, o.height)
        over = min(box.right, o.right) - max(box.x, o.x) > 0.3 * min(box.width, o.width)
        gap = {
            "right": o.x - box.right,
            "left": box.x - o.right,
            "below": o.y - box.bottom,
            "above": box.y - o.bottom,
        }[way]
        if other is not item and (level if way in ("right", "left") else over) and -4 <= gap < least:
            best, least = other, gap
    if best is None or least > (asker.screen.size[0] // 2 if way in ("right", "left") else 5 * box.height):
        return None
    a, answer = asker.name(item.text), asker.cite(best)
    if not a or not answer or asker.screen.reading.of(best) == asker.screen.reading.of(item):
        return None
    templates = {
        "right": wording.BESIDE,
        "left": wording.LEFT,
        "below": wording.BELOW,
        "above": wording.ABOVE,
    }[way]
    return QA("read", asker.say(templates, a=a), f"{answer}입니다.")
