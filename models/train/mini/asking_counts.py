"""How many there are, which one is the third, whether there is a file of a kind."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import speech, wording
from models.train.mini.asking import QA, Asker
from models.train.mini.canvas import Fact

HOW_MANY = {"탭": ("탭이 몇 개야", "탭 몇 개 열려 있어", "위에 탭이 모두 몇 개예요", "탭 몇 개나 보여"), "버튼": ("버튼이 몇 개야", "아래 버튼 몇 개 있어", "누를 수 있는 버튼이 모두 몇 개야", "버튼이 다 해서 몇 개 있나요"),
            "메뉴": ("메뉴가 몇 개야", "위에 메뉴 몇 개 있어", "메뉴 줄에 모두 몇 개 있어"), "메뉴 항목": ("메뉴에 항목이 몇 개야", "열린 메뉴에 몇 가지 있어", "고를 수 있는 메뉴가 몇 개야"), "체크 상자": ("체크 상자가 몇 개야", "체크하는 칸이 모두 몇 개야", "네모 칸 몇 개 있어", "켜고 끄는 게 몇 개 있어"),
            "라디오 버튼": ("고를 수 있는 게 몇 가지야", "선택지가 몇 개야", "몇 가지 중에 고르는 거야"), "파일": ("파일이 몇 개 있어", "파일 모두 몇 개야", "여기 파일 몇 개 들어 있어", "이 폴더에 몇 개 있어"), "메일": ("메일이 몇 통 왔어", "편지가 모두 몇 통이야", "메일 몇 통 있어"),
            "노래": ("노래가 모두 몇 곡이야", "몇 곡 들어 있어", "곡이 몇 개 있어"), "열": ("칸이 몇 개야 가로로", "열이 모두 몇 개야", "표에 열이 몇 개 있어"), "창": ("창이 몇 개 떠 있어", "창 모두 몇 개 열려 있어", "창이 몇 개야"), "상품": ("상품이 몇 개 나와 있어", "물건이 모두 몇 가지야"),
            "지점": ("지점이 몇 군데야", "지점이 모두 몇 곳이야"), "사람": ("모두 몇 명이야", "사람이 몇 명 나와 있어", "명단에 몇 명 있어"), "열차": ("열차가 몇 편이야", "기차가 모두 몇 대 있어"), "글": ("글이 몇 개 올라와 있어", "글 모두 몇 개야"), "폴더": ("폴더가 몇 개야", "폴더 몇 개 보여")}  # fmt: skip


OF_FILES = (
    "{n} 몇 개 있어",
    "{n}[이가] 모두 몇 개야",
    "여기 {n} 몇 개야",
    "{n}[은는] 몇 개나 돼",
    "이 중에 {n}[이가] 몇 개야",
)


ANY_FILES = ("{n}도 있어", "여기 {n} 있어", "{n} 있나", "혹시 {n}[은는] 없어", "{n}[이가] 들어 있어")


ALIKE = {
    "버튼": ("button", "task"),
    "탭": ("tab",),
    "체크 상자": ("check", "toggle"),
    "라디오 버튼": ("radio",),
    "메뉴": ("menu",),
}
"""groups that share their role with whatever else has it"""


def group(asker: Asker, fact: Fact) -> QA | None:
    """How many of a group there are; where others of the same role stand elsewhere, nobody could say."""
    roles = ALIKE.get(fact.value)
    if roles and sum(item.role in roles for item in asker.screen.items) != len(fact.targets):
        return None
    if fact.value == "메뉴" and any(f.value == "메뉴 항목" for f in asker.facts["group"]):
        return None
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
