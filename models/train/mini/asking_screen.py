"""Questions about places, colours, words and the screen as a whole: where, is there, what does it say, what is this."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import re

from assistant import prompts
from models.train.mini import wording
from models.train.mini.asking import QA, Asker
from models.train.mini.canvas import Fact, Item
from models.train.mini.mentions import bare, packed

WHAT_FOR = (
    "이 프로그램은 뭐 하는 거야",
    "뭐 하는 창이야",
    "이건 뭐 할 때 쓰는 거야",
    "무슨 종류 프로그램이야",
    "이 프로그램으로 뭐 해",
    "뭐 하는 화면이야",
    "이거 뭐 하는 거야",
    "어떤 용도야 이 창은",
)
SITE = (
    "여기가 무슨 사이트예요",
    "어느 홈페이지야",
    "무슨 웹 페이지야",
    "여기 어느 사이트예요",
    "지금 들어온 데가 어디야",
    "이 페이지 어디 거야",
    "무슨 사이트에 들어와 있어",
)
BEHIND = (
    "뒤에 있는 창이 뭐야",
    "뒤에 띄워 둔 게 무슨 프로그램이야",
    "뒤쪽 창은 무슨 프로그램이야",
    "아래 깔린 창 이름이 뭐야",
    "뒤에는 뭐가 떠 있어",
)
DIALOG = (
    "뭘 설정하는 창이야",
    "무슨 설정을 하는 데야",
    "설정 창 이름이 뭐야",
    "지금 뜬 창이 뭐야",
    "이 작은 창 이름이 뭐야",
    "무슨 창이 떴어",
    "떠 있는 창 제목이 뭐야",
    "방금 나온 창 이름 읽어 줘",
    "대화 상자 제목이 뭐야",
)
MAKES = {"title": wording.TITLE, "heading": wording.HEADING, "clock": ("지금 몇 시야", "몇 시예요", "시계에 몇 시라고 나와", "현재 시간 알려줘", "시각이 어떻게 돼"),
         "address": ("주소창에 뭐라고 되어 있어", "웹 주소가 뭐야", "사이트 주소 알려줘", "주소 줄에 뭐라고 적혀 있어", "URL이 뭐야", "주소창 읽어 줘"),
         "path": ("지금 어느 폴더야", "경로가 어떻게 돼", "주소창에 뭐라고 나와", "어느 폴더 보고 있어", "현재 위치 읽어 줘"),
         "status": ("맨 아래 상태 줄에 뭐라고 써 있어", "아래쪽 상태 표시줄 읽어 줘", "밑에 조그맣게 뭐라고 나와", "상태 표시줄에 뭐라고 돼 있어")}  # fmt: skip
SAYS = {"message": (*wording.MESSAGE, "뭐라고 물어봐", "뭘 물어보는 거야", "무슨 말이 떴어"), "error": (*wording.ERROR, "왜 안 된대", "오류가 왜 났대", "뭐가 잘못됐대", "빨간 글씨로 뭐라고 해"),
        "prompted": ("마지막 줄에 뭐라고 나와", "터미널 맨 끝에 뭐라고 떴어", "제일 마지막에 나온 말 읽어 줘")}  # fmt: skip


def told(asker: Asker, fact: Fact) -> QA | None:
    """A line that has a name of its own: title, heading, clock, address, status line."""
    if sum(f.kind == fact.kind for f in asker.screen.facts) > 1 and fact.kind != "title":
        return None
    answer = asker.cite(*fact.targets)
    return QA("read", asker.say(MAKES[fact.kind]), f"{answer}입니다.") if answer else None


def says(asker: Asker, fact: Fact) -> QA | None:
    """A message, an error, a last line."""
    if len(asker.facts[fact.kind]) > 1:
        return None
    answer = asker.cite(*fact.targets)
    return QA("read", asker.say(SAYS[fact.kind]), f"{answer}라고 적혀 있습니다.") if answer else None


def line(asker: Asker, fact: Fact) -> QA | None:
    """A line of text of which a part is said."""
    answer = asker.cite(*fact.targets)
    a = asker.name(fact.targets[0].text)
    if not answer or not a or len(a) >= len(fact.targets[0].text):
        return None
    return QA("read", asker.say(wording.FULL, a=a), f"{answer}라고 적혀 있습니다.")


def said(asker: Asker, fact: Fact) -> QA | None:
    """What somebody wrote in a chat."""
    words, who = fact.targets
    answer = asker.cite(words)
    templates = (
        "{a}[이가] 뭐라고 했어",
        "{a}[이가] 보낸 메시지 읽어 줘",
        "{a} 뭐래",
        "{a}[은는] 뭐라고 말했나요",
        "{a} 메시지가 뭐야",
        "{a}[이가] 뭐라고 써 놨어",
        "{a} 말한 거 읽어 줘",
    )
    if not answer or asker.names.exact(who.text) != 1:
        return None
    return QA(
        "read", asker.say(templates, a=asker.name(who.text) or who.text), f"{answer}라고 적혀 있습니다."
    )


def english(asker: Asker, fact: Fact) -> QA | None:
    """What an English message means."""
    return (
        QA("meaning", asker.say(wording.MEANS_THIS), f"‘{fact.names[0]}’라는 뜻입니다.")
        if asker.cite(*fact.targets)
        else None
    )


def meaning(asker: Asker) -> QA | None:
    """What an English word on the screen means."""
    known = [i for i in asker.read_items if i.text.rstrip(".") in asker.p.meaning]
    if not known:
        return None
    item = asker.rng.choice(known)
    return QA(
        "meaning",
        asker.say(wording.MEANS, a=bare(item.text)),
        f"‘{asker.p.meaning[item.text.rstrip('.')]}’라는 뜻입니다.",
    )


def app(asker: Asker, fact: Fact) -> QA | None:
    """What program, site or dialog this is: its title, what it is for, or both."""
    title = fact.targets[0] if fact.targets else None
    answer, what = asker.cite(title) if title else None, fact.value
    if title and not answer:
        return None
    if fact.number == 1:
        return QA("app", asker.say(SITE), f"{answer}입니다.") if answer else None
    if fact.number == 2:
        return QA("app", asker.say(DIALOG + wording.APP[1:2]), f"{answer} 창입니다.") if answer else None
    if not what:
        return QA("app", asker.say(wording.APP), f"{answer} 창입니다.")
    templates = WHAT_FOR if asker.rng.random() < 0.45 else wording.APP
    return QA("app", asker.say(templates), f"{what}입니다. {answer}" if answer else f"{what}입니다.")


def behind(asker: Asker, fact: Fact) -> QA | None:
    """The window behind, where there is one only."""
    if len(asker.facts["behind"]) != 1:
        return None
    answer = asker.cite(*fact.targets)
    return (
        QA("app", asker.say(BEHIND), f"{fact.value}입니다. {answer}" if fact.value else f"{answer} 창입니다.")
        if answer
        else None
    )


def asked(asker: Asker, fact: Fact) -> QA | None:
    """Questions that a page brought with it."""
    cited = [asker.cite(t) for t in fact.targets]
    if not all(cited):
        return None
    slots = {}
    for name, slot in fact.slots.items():
        said_so = slot if isinstance(slot, str) else asker.name(slot.text)
        if not said_so:
            return None
        slots[name] = said_so
    answer = (
        fact.answer.format(*cited)
        if re.search(r"\{\d\}", fact.answer)
        else fact.answer.replace("{}", asker.cite(*fact.targets) or "")
    )
    return QA(fact.value, asker.say(fact.names, **slots), answer)


# --- anything on the screen ----------------------------------------------------------------------------------------


def ends(asker: Asker) -> QA | None:
    """The first or last line."""
    first = asker.rng.random() < 0.5
    number = 1 if first else len(asker.screen.reading.lines)
    return QA(
        "read",
        asker.say(wording.FIRST if first else wording.LAST),
        f"{prompts.citation(number)}라고 적혀 있습니다.",
    )


def spell_start(asker: Asker) -> QA | None:
    """Read a line of which a part is said."""
    item = asker.rng.choice(asker.read_items)
    a, answer = asker.name(item.text), asker.cite(item)
    if not a or not answer or packed(a) == packed(item.text):
        return None
    return QA("read", asker.say(wording.FULL, a=a), f"{answer}라고 적혀 있습니다.")


def describe(asker: Asker) -> QA | None:
    """What kind of screen it is, its title, and two to four main things."""
    shown: list[Item] = []
    for kind in ("title", "heading", "message", "error", "chosen", "group"):
        for fact in asker.facts.get(kind, ()):
            if len(shown) < 4:
                shown += [
                    t
                    for t in fact.targets[:2]
                    if asker.screen.reading.of(t) and t not in shown and len(t.text) < 60
                ]
    answers = [a for item in shown[:4] if (a := asker.cite(item))]
    if not answers:
        return None
    return QA(
        "describe",
        asker.say(wording.DESCRIBE),
        f"{asker.screen.page}입니다. {', '.join(answers)} 등이 보입니다.",
    )
