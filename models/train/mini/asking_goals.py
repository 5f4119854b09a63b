"""What to press for a purpose, and whether it can be pressed."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import goals, wording
from models.train.mini.asking import QA, Asker
from models.train.mini.canvas import Fact, Item
from models.train.mini.mentions import bare

CAN_PRESS = ("{a}{n} 지금 돼", "{a}{n} 눌러져", "{a}{n} 누를 수 있어", "{a}{n} 지금 쓸 수 있어", "{a} 할 수 있어", "{a}{n} 활성화돼 있어", "{a}{n} 눌러도 돼", "지금 {a} 되나", "{a}{n} 클릭돼", "{a}{n} 쓸 수 있는 상태야")  # fmt: skip


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
