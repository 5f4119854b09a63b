"""Which one is chosen, what is on, what can be pressed, how many there are, what to press for a purpose."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import speech, wording
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
ON_COUNT = (
    "체크된 게 몇 개야",
    "켜진 게 몇 개야",
    "체크 표시가 몇 개 있어",
    "몇 개나 켜져 있어",
    "체크된 항목 수가 몇이야",
    "체크한 게 모두 몇 개예요",
)
OFF_COUNT = ("체크 안 된 게 몇 개야", "꺼져 있는 게 몇 개야", "체크 안 한 칸이 몇 개야")


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
