"""Which one is chosen, what is on, what can be pressed, how many there are, what to press for a purpose."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import goals, speech, wording
from models.train.mini.asking import QA, Asker
from models.train.mini.canvas import Fact, Item
from models.train.mini.mentions import bare, packed

EITHER = ("{x}[이야야] {y}[이야야]", "지금 {x}[이야야] {y}[이야야]", "{x}[으로로] 돼 있어 {y}[으로로] 돼 있어", "{x} {y} 중에 뭐로 돼 있어", "{x}[이랑랑] {y} 중에 뭐가 골라져 있어", "{x}[이야야] 아니면 {y}[이야야]")  # fmt: skip
HAS_STATE = ("{a} 걸려 있어", "{a} 쓰고 있어", "{a} 체크돼 있나", "{a} 하게 돼 있어", "{a} 체크했어", "{a} 표시돼 있어", "{a} 골라져 있어", "{a}에 체크 표시 있어", "{a} 켜 놨어", "{a} 되어 있는 거야", "{a} 활성화돼 있어", "{a} 설정했나",
             "{a} 지금 쓰는 중이야", "{a} 사용하게 돼 있어", "{a} 허용돼 있어")  # fmt: skip
HAS_NOT = (
    "{a} 안 하게 돼 있어",
    "{a} 꺼 놨어",
    "{a} 체크 안 돼 있어",
    "{a} 꺼져 있는 거 맞아",
    "{a} 안 쓰고 있어",
    "{a} 해제돼 있어",
    "{a} 빠져 있어",
)
IS_CHOSEN = (
    "{a}[으로로] 돼 있어",
    "{a} 골라져 있어",
    "{a}[이가] 선택된 거야",
    "지금 {a}[을를] 보고 있는 거 맞아",
    "{a} 선택돼 있어",
    "{a}[으로로] 골랐어",
)
SEEING = ("지금 어떤 {n} 보고 있어", "어느 {n}[이가] 열려 있어", "어느 {n}에 들어와 있어", "지금 {n}[은는] 어디야", "현재 보고 있는 {n} 이름이 뭐야", "무슨 {n} 열어 놨어", "지금 어떤 {n}[이야야]", "왼쪽에서 뭐가 골라져 있어", "파랗게 표시된 {n}[이가] 뭐야", "색칠된 {n} 뭐야")  # fmt: skip
ROW_CHOSEN = ("어떤 {n}[이가] 골라져 있어", "어느 {n} 고른 거야", "지금 고른 {n}[이가] 뭐야", "줄이 색칠된 {n}[은는] 뭐야", "어떤 {n}[을를] 보고 있는 거야", "지금 선택한 {n} 이름 좀", "누가 골라져 있어 목록에서", "어느 줄이 선택돼 있어")  # fmt: skip
HOW_MANY = {"탭": ("탭이 몇 개야", "탭 몇 개 열려 있어", "위에 탭이 모두 몇 개예요", "탭이 몇 개 보여"), "버튼": ("버튼이 몇 개야", "아래 버튼 몇 개 있어", "누를 수 있는 버튼이 모두 몇 개야", "버튼이 다 해서 몇 개 있나요"),
            "메뉴": ("메뉴가 몇 개야", "위에 메뉴 몇 개 있어", "메뉴 줄에 모두 몇 개 있어"), "메뉴 항목": ("메뉴에 항목이 몇 개야", "열린 메뉴에 몇 가지 있어", "고를 수 있는 메뉴가 몇 개야"), "체크 상자": ("체크 상자가 몇 개야", "체크하는 칸이 모두 몇 개야", "네모 칸 몇 개 있어", "켜고 끄는 게 몇 개 있어"),
            "라디오 버튼": ("고를 수 있는 게 몇 가지야", "선택지가 몇 개야", "몇 가지 중에 고르는 거야"), "파일": ("파일이 몇 개 있어", "파일 모두 몇 개야", "여기 파일 몇 개 들어 있어", "이 폴더에 몇 개 있어"), "메일": ("메일이 몇 통 왔어", "편지가 모두 몇 통이야", "메일 몇 통 있어"),
            "노래": ("노래가 모두 몇 곡이야", "몇 곡 들어 있어", "곡이 몇 개 있어"), "열": ("칸이 몇 개야 가로로", "열이 모두 몇 개야", "표에 열이 몇 개 있어"), "창": ("창이 몇 개 떠 있어", "창 모두 몇 개 열려 있어", "창이 몇 개야"), "상품": ("상품이 몇 개 나와 있어", "물건이 모두 몇 가지야"),
            "지점": ("지점이 몇 군데야", "지점이 모두 몇 곳이야"), "사람": ("모두 몇 명이야", "사람이 몇 명 나와 있어", "명단에 몇 명 있어"), "열차": ("열차가 몇 편이야", "기차가 모두 몇 대 있어"), "글": ("글이 몇 개 올라와 있어", "글 모두 몇 개야"), "폴더": ("폴더가 몇 개야", "폴더 몇 개 보여")}  # fmt: skip
ON_COUNT = (
    "체크된 게 몇 개야",
    "켜진 게 몇 개야",
    "체크 표시가 몇 개 있어",
    "몇 개나 켜져 있어",
    "체크된 항목 수가 몇이야",
    "체크한 게 모두 몇 개예요",
)
OFF_COUNT = ("체크 안 된 게 몇 개야", "꺼져 있는 게 몇 개야", "체크 안 한 칸이 몇 개야")
CAN_PRESS = ("{a}{n} 지금 돼", "{a}{n} 눌러져", "{a}{n} 누를 수 있어", "{a}{n} 지금 쓸 수 있어", "{a} 할 수 있어", "{a}{n} 활성화돼 있어", "{a}{n} 눌러도 돼", "지금 {a} 되나", "{a}{n} 클릭돼", "{a}{n} 쓸 수 있는 상태야")  # fmt: skip
OF_FILES = (
    "{n} 몇 개 있어",
    "{n}[이가] 모두 몇 개야",
    "여기 {n} 몇 개야",
    "{n}[은는] 몇 개나 돼",
    "이 중에 {n}[이가] 몇 개야",
)
ANY_FILES = ("{n}도 있어", "여기 {n} 있어", "{n} 있나", "혹시 {n}[은는] 없어", "{n}[이가] 들어 있어")


def on_off(item: Item, on: bool, yes: bool, cited: str) -> str:
    """The answer to a yes/no question about a switch; long labels are not repeated."""
    tail = f" {cited}" if len(item.text) <= 14 else ""
    return f"{'네' if yes else '아니요'}, {'켜져' if on else '꺼져'} 있습니다.{tail}"


def state(asker: Asker, fact: Fact) -> QA | None:
    """Is a check box or switch on."""
    item = fact.targets[0]
    answer, a = asker.cite(item), asker.name(item.text)
    if not answer or not a or not asker.shows(item):
        return None
    on = fact.value == "on"
    if item.role == "radio":
        return QA(
            "selected",
            asker.say(IS_CHOSEN, a=a),
            f"{'네, 선택되어' if on else '아니요, 선택되어 있지 않습니다.'}{' 있습니다.' if on else ''}",
        )
    negated = asker.rng.random() < 0.15
    templates = HAS_NOT if negated else wording.STATE + HAS_STATE
    asked = asker.say(templates, a=a)
    yes = on != (negated or "꺼져" in asked)
    return QA("selected", asked, on_off(item, on, yes, answer))


def checked(asker: Asker, fact: Fact) -> QA | None:
    """All that are on, or how many are."""
    every = [i for f in asker.facts.get("boxes", ()) for i in f.targets]
    if (
        len(asker.facts["checked"]) != 1
        or not every
        or not asker.apart(every)
        or not all(map(asker.shows, every))
    ):
        return None
    if asker.rng.random() < 0.55:
        off = asker.rng.random() < 0.25
        number = fact.number - len(fact.targets) if off else len(fact.targets)
        return QA("count", asker.say(OFF_COUNT if off else ON_COUNT), f"{number}개입니다.")
    if len(fact.targets) > 5:
        return None
    return QA(
        "selected",
        asker.say(wording.CHECKED_ONES),
        f"{asker.listed(fact.targets)}입니다." if fact.targets else "체크된 항목이 없습니다.",
    )


def chosen(asker: Asker, fact: Fact) -> QA | None:
    """The open tab, the chosen row, the entry of a side list."""
    answer = asker.cite(*fact.targets)
    if not answer or not asker.shows(fact.targets[0]):
        return None
    rivals = [f for f in asker.facts["chosen"] if f is not fact]
    if rivals and any(f.value == fact.value for f in rivals):
        return None
    if not rivals and asker.rng.random() < 0.1:
        return QA(
            "selected",
            asker.say(
                (
                    "뭐가 선택돼 있어",
                    "선택된 게 뭐야",
                    "지금 뭐가 골라져 있어",
                    "어떤 항목을 보고 있어",
                    "뭐 골랐어",
                )
            ),
            f"{answer}입니다.",
        )
    kind = asker.rng.random()
    if fact.value == "탭" and kind < 0.5:
        templates = wording.OPEN_TAB
    elif fact.targets[0].role == "cell":
        templates = tuple(t for t in ROW_CHOSEN if fact.value in ("사람", "직원", "학생") or "누가" not in t)
    elif kind < 0.75:
        templates = tuple(t for t in SEEING if asker.colour_fits(t, fact.targets[0]))
    else:
        templates = wording.CHOSEN
    return QA("selected", asker.say(templates, n=fact.value), f"{answer}입니다.")


def choice(asker: Asker, fact: Fact) -> QA | None:
    """Which of some radio buttons, or what a combo box holds."""
    target, head = fact.targets[:2]
    answer, a = asker.cite(target), asker.name(head.text)
    others = fact.targets[2:]
    if not answer or (not asker.shows(target) and target.role == "radio"):
        return None
    if others and asker.rng.random() < 0.45:
        other = asker.rng.choice(others)
        pair = [bare(target.text), bare(other.text)]
        if asker.cite(other) and packed(pair[0]) != packed(pair[1]) and all(len(x) <= 16 for x in pair):
            asker.rng.shuffle(pair)
            return QA(
                "selected",
                asker.say(EITHER, x=speech.aloud(pair[0], asker.rng), y=speech.aloud(pair[1], asker.rng)),
                f"{answer}입니다.",
            )
    if not a:
        return None
    return QA("selected", asker.say(wording.CHOICE, a=a), f"{answer}입니다.")


def either_tab(asker: Asker, fact: Fact) -> QA | None:
    """This or that tab, entry or view."""
    at = [i for i in fact.targets if i.state == "selected"]
    if len(at) != 1 or len(fact.targets) < 2 or not asker.shows(at[0]):
        return None
    other = asker.rng.choice([i for i in fact.targets if i is not at[0]])
    pair = [bare(at[0].text), bare(other.text)]
    if (
        not asker.cite(*at)
        or not asker.cite(other)
        or packed(pair[0]) == packed(pair[1])
        or any(len(x) > 14 for x in pair)
    ):
        return None
    if asker.rng.random() < 0.4:
        item = asker.rng.choice((at[0], other))
        a = asker.name(item.text)
        if not a or item.role == "cell":
            return None
        asked = asker.say(
            ("{a} 탭이 열려 있어", "지금 {a} 탭이야", "{a} 탭 보고 있는 거야")
            if item.role == "tab"
            else IS_CHOSEN,
            a=a,
        )
        return QA(
            "selected",
            asked,
            f"네, 선택되어 있습니다. {asker.cite(item)}"
            if item is at[0]
            else f"아니요, {asker.cite(at[0])}입니다.",
        )
    asker.rng.shuffle(pair)
    return QA(
        "selected", asker.say(EITHER[:2] + EITHER[3:], x=pair[0], y=pair[1]), f"{asker.cite(at[0])}입니다."
    )


def group(asker: Asker, fact: Fact) -> QA | None:
    """How many of a group there are."""
    if len(fact.targets) < 2 or not asker.apart(fact.targets):
        return None
    if sum(f.value == fact.value for f in asker.facts["group"]) > 1:
        return None
    templates = HOW_MANY.get(fact.value, ()) if asker.rng.random() < 0.7 else wording.COUNT
    return QA("count", asker.say(templates or wording.COUNT, n=fact.value), f"{len(fact.targets)}개입니다.")


def ordinal(asker: Asker, fact: Fact) -> QA | None:
    """The third tab, the last song, or all of them."""
    if (
        len(fact.targets) < 2
        or not asker.apart(fact.targets)
        or sum(f.value == fact.value for f in asker.facts["group"]) > 1
    ):
        return None
    if asker.rng.random() < 0.75 or len(fact.targets) > 6:
        at = asker.rng.randrange(min(len(fact.targets), len(wording.ORDINALS)))
        order, target = (
            asker.rng.choice((wording.ORDINALS[at], wording.ORDINALS[at], f"{at + 1}번째")),
            fact.targets[at],
        )
        if asker.rng.random() < 0.3:
            order, target = asker.rng.choice(
                (
                    ("마지막", -1),
                    ("맨 끝", -1),
                    ("맨 처음", 0),
                    ("제일 위", 0) if fact.value not in ("탭", "버튼", "메뉴", "열") else ("제일 왼쪽", 0),
                )
            )
            target = fact.targets[target]
        return QA("read", asker.say(wording.ORDINAL, o=order, n=fact.value), f"{asker.cite(target)}입니다.")
    return QA("read", asker.say(wording.LISTED, n=fact.value), f"{asker.listed(fact.targets)}입니다.")


def files(asker: Asker, fact: Fact) -> QA | None:
    """How many files of a type, or whether there is one."""
    if fact.value not in ("파일", "첨부 파일") or not asker.apart(fact.targets):
        return None
    noun = asker.rng.choice(list(speech.GROUPS_OF_FILES))
    endings = speech.GROUPS_OF_FILES[noun]
    found = [i for i in fact.targets if i.text.rsplit(".", 1)[-1].lower() in endings]
    if any(i.text.endswith("…") for i in fact.targets):
        return None
    if asker.rng.random() < 0.5 and (found or asker.rng.random() < 0.4):
        return QA("count", asker.say(OF_FILES, n=noun), f"{len(found)}개입니다.")
    if found:
        return QA(
            "exists",
            asker.say(ANY_FILES[:3] + ANY_FILES[4:], n=noun),
            f"네, 있습니다. {asker.cite(found[0])}",
        )
    return QA("exists", asker.say(ANY_FILES[:3] + ANY_FILES[4:], n=noun), "아니요, 보이지 않습니다.")


def pressable(asker: Asker, fact: Fact) -> QA | None:
    """Whether a button or menu entry can be pressed."""
    item = fact.targets[0]
    answer, a = asker.cite(item), asker.name(item.text)
    if not answer or not a or asker.names.exact(item.text) != 1:
        return None
    asked = asker.say(CAN_PRESS + wording.PRESSABLE, a=a, n=asker.noun(item))
    if fact.kind == "off":
        return (
            QA("exists", asked, f"아니요, 지금은 누를 수 없습니다. {answer}")
            if asker.told(item) == "disabled"
            else None
        )
    return QA("exists", asked, f"네, 누를 수 있습니다. {answer}") if asker.told(item) != "disabled" else None


def press(asker: Asker, fact: Fact) -> QA | None:
    """What to press for a purpose."""
    item = fact.targets[0]
    answer, name = asker.cite(item), bare(item.text)
    if not answer or asker.names.exact(item.text) != 1:
        return None
    if item.role == "menu":
        ready = goals.MENU_GOALS.get(name)
        return QA("next", asker.say(ready), f"{answer}{ending(item)}") if ready else None
    wanted = goals.GOALS.get(name)
    menu = item.role == "entry"
    if wanted is None and item.role in ("list", "tab", "icon", "link"):
        return _go(asker, item, name)
    if wanted is None:
        stem = next((g for g in goals.GOALS if len(g) > 1 and name.endswith(" " + g)), None)
        if not stem:
            return None
        return (
            QA(
                "next",
                asker.say(
                    goals.TO_DO,
                    v=f"{name.removesuffix(stem).strip()} {goals.wish(asker.rng.choice(goals.GOALS[stem]), asker.rng)}",
                ),
                f"{answer}{ending(item)}",
            )
            if stem in ("추가", "삭제", "편집", "열기", "저장", "설치", "인쇄", "복사", "찾기", "검색")
            else None
        )
    goal = asker.rng.choice(wanted)
    if _rival(asker, item, goal):
        return None
    asked = asker.say(goals.TO_DO_IN_MENU if menu else goals.TO_DO, v=goals.wish(goal, asker.rng))
    return QA("next", asked, f"{answer}{ending(item)}")


def _rival(asker: Asker, item: Item, goal: str) -> bool:
    """Whether another thing on the screen serves the same goal."""
    return any(i is not item and goal in goals.GOALS.get(bare(i.text), ()) for i in asker.screen.items)


def ending(item: Item) -> str:
    """How the advice to press an item ends."""
    return " 버튼을 누르세요." if item.role == "button" else " 쪽을 누르세요."


def _go(asker: Asker, item: Item, name: str) -> QA | None:
    """Where to go for a topic."""
    known = goals.TOPICS.get(name)
    if known and asker.rng.random() < 0.75:
        goal = asker.rng.choice(known)
        if any(i is not item and goal in goals.TOPICS.get(bare(i.text), ()) for i in asker.screen.items):
            return None
        return QA(
            "next", asker.say(goals.TO_GO, v=goals.wish(goal, asker.rng)), f"{asker.cite(item)}{ending(item)}"
        )
    if len(name) > 12 or item.state == "selected" or asker.rng.random() < 0.75:
        return None
    a = asker.name(item.text)
    return QA("next", asker.say(goals.ABOUT_PLACE, a=a), f"{asker.cite(item)}{ending(item)}") if a else None


def following(asker: Asker, fact: Fact) -> QA | None:
    """What to do at a dialog."""
    answer = asker.cite(*fact.targets)
    return QA("next", asker.say(wording.NEXT), f"{answer} 버튼을 누르세요.") if answer else None
