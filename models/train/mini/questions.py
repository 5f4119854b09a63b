"""Questions about a screen with their raw answers, as nunchi-mini shall give them: lines are cited, not spelled.

`ask` draws from everything that is true about a screen, in proportions of its own. Answers need no josa choice and use
`<|n12|>` for the text of line 12. What cannot be known from what the model is shown is not asked.
"""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from assistant import colours, prompts
from models.train.mini import values, wording
from models.train.mini.canvas import Fact, Item
from models.train.mini.corpus import Pools
from models.train.mini.mentions import Names, bare, mention, packed
from models.train.mini.screens import Screen

YES, NO = "네, 있습니다. {}", "아니요, 보이지 않습니다."
ANSWER_SAMPLES = (
    "입니다.", "네, 있습니다. ", NO, "개입니다.", "색입니다.", "라고 적혀 있습니다.", "라는 뜻입니다.", "네, 켜져 있습니다. ", "아니요, 꺼져 있습니다. ",
    "아니요, 켜져 있습니다. ", "네, 꺼져 있습니다. ", " 버튼을 누르세요.", " 창입니다.", " 등이 보입니다.", "아니요, 지금은 누를 수 없습니다. ",
    "네, 누를 수 있습니다. ", "체크된 항목이 없습니다.", *prompts.ABSTENTIONS, *(f"{name}입니다." for name in colours.KOREAN.values()),
    *(f" {side}에 있습니다." for side in ("왼쪽 위", "위쪽 가운데", "오른쪽 위", "왼쪽 가운데", "한가운데", "오른쪽 가운데", "왼쪽 아래", "아래쪽 가운데", "오른쪽 아래")),
)  # fmt: skip
SIDES = (
    ("왼쪽 위", "위쪽 가운데", "오른쪽 위"),
    ("왼쪽 가운데", "한가운데", "오른쪽 가운데"),
    ("왼쪽 아래", "아래쪽 가운데", "오른쪽 아래"),
)
SPOKEN_COLOURS = {
    "red": ("빨간색", "빨간", "붉은색"), "orange": ("주황색", "주황"), "yellow": ("노란색", "노란"), "green": ("초록색", "녹색", "초록"),
    "cyan": ("하늘색", "청록색"), "blue": ("파란색", "파란", "푸른색"), "purple": ("보라색",), "pink": ("분홍색", "핑크색"),
    "grey": ("회색",), "white": ("흰색", "하얀색"), "black": ("검은색", "까만색"), "brown": ("갈색",),
}  # fmt: skip


@dataclass(frozen=True)
class QA:
    """One question and its raw answer; `kind` is one of the evaluation's question types."""

    kind: str
    question: str
    answer: str
    entries: tuple[tuple[str, str], ...] = ()
    """glossary entries (English, Korean) that are shown behind the question"""


class Asker:
    """Everything askable about one screen."""

    def __init__(self, screen: Screen, p: Pools, rng: random.Random) -> None:
        self.screen, self.p, self.rng = screen, p, rng
        self.names = Names(screen.items)
        self.sees = screen.image is not None
        self.usual = prompts.usual_colours(screen.reading.lines)
        self.read_items = [item for item in screen.items if screen.reading.of(item)]

    def cite(self, *items: Item) -> str | None:
        """The citations of items, in order, each line once; None when one was not read."""
        found: dict[int, None] = {}
        for item in items:
            numbers = self.screen.reading.of(item)
            if not numbers:
                return None
            found.update(dict.fromkeys(numbers))
        return " ".join(prompts.citation(n) for n in found)

    def say(self, templates: tuple[str, ...], **slots: str) -> str:
        return wording.spoken(self.rng.choice(templates), self.rng, **slots)

    def name(self, text: str) -> str | None:
        return mention(text, self.names, self.rng, self.p)

    def noun(self, item: Item) -> str:
        return self.rng.choice(wording.NOUNS.get(item.role or "", wording.PLAIN_NOUNS))

    def shows(self, item: Item) -> bool:
        """Whether the model can tell that this item is the chosen or checked one."""
        lines = [self.screen.reading.lines[n - 1] for n in self.screen.reading.of(item)]
        if any(line.state for line in lines):
            return True
        return self.sees or (
            item.role not in ("check", "radio")
            and any(line.paper and line.paper != self.usual[1] for line in lines)
        )

    # --- facts -------------------------------------------------------------------------------------------------

    def about(self, fact: Fact) -> QA | None:
        """A question about one fact."""
        maker: Callable[[Fact], QA | None] | None = getattr(self, f"_{fact.kind}", None)
        return maker(fact) if maker else None

    def _value(self, fact: Fact) -> QA | None:
        label, value = fact.targets
        a, answer = self.name(label.text), self.cite(value)
        if not a or not answer:
            return None
        free = wording.FREE.get(fact.names[0])
        if free and self.rng.random() < 0.4 and sum(f.names == fact.names for f in self.screen.facts) == 1:
            return QA("lookup", self.say(free), f"{answer}입니다.")
        return QA("lookup", self.say(wording.VALUE[fact.value], a=a), f"{answer}입니다.")

    def _joined(self, fact: Fact) -> QA | None:
        """Label and value stand in one line: it is cited whole."""
        answer, a = self.cite(*fact.targets), fact.names[0]
        if not answer or self.names.holding(a) != 1:
            return None
        templates = wording.FREE.get(a) if self.rng.random() < 0.3 else None
        return QA("lookup", self.say(templates or wording.VALUE[fact.value], a=a), f"{answer}입니다.")

    def _keys(self, fact: Fact) -> QA | None:
        keys, entry = fact.targets
        answer, a = self.cite(keys), self.name(entry.text)
        return QA("lookup", self.say(wording.KEYS, a=a), f"{answer}입니다.") if a and answer else None

    def _cell(self, fact: Fact) -> QA | None:
        cell, row, head = fact.targets
        answer = self.cite(cell)
        if not answer or self.names.exact(row.text) != 1 or self.names.exact(head.text) > 1:
            return None
        if self.rng.random() < 0.12 and self.names.exact(cell.text) == 1:
            found = self.cite(row)
            return (
                QA(
                    "lookup",
                    self.say(wording.REVERSE, a=bare(cell.text), b=bare(head.text)),
                    f"{found}입니다.",
                )
                if found
                else None
            )
        a = self.name(row.text) or bare(row.text)
        return QA("lookup", self.say(wording.CELL[fact.value], a=a, b=bare(head.text)), f"{answer}입니다.")

    def _title(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        return QA("read", self.say(wording.TITLE), f"{answer}입니다.") if answer else None

    def _heading(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        return QA("read", self.say(wording.HEADING), f"{answer}입니다.") if answer else None

    def _app(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        return QA("app", self.say(wording.APP), f"{answer} 창입니다.") if answer else None

    def _message(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        return QA("read", self.say(wording.MESSAGE), f"{answer}라고 적혀 있습니다.") if answer else None

    def _error(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        return QA("read", self.say(wording.ERROR), f"{answer}라고 적혀 있습니다.") if answer else None

    def _line(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        a = self.name(fact.targets[0].text)
        if not answer or not a or len(a) >= len(fact.targets[0].text):
            return None
        return QA("read", self.say(wording.FULL, a=a), f"{answer}라고 적혀 있습니다.")

    def _said(self, fact: Fact) -> QA | None:
        words, who = fact.targets
        answer = self.cite(words)
        templates = (
            "{a}[이가] 뭐라고 했어",
            "{a}[이가] 보낸 메시지 읽어 줘",
            "{a} 뭐래",
            "{a}[은는] 뭐라고 말했나요",
            "{a} 메시지가 뭐야",
        )
        return (
            QA("read", self.say(templates, a=who.text), f"{answer}라고 적혀 있습니다.")
            if answer and self.names.exact(who.text) == 1
            else None
        )

    def _clock(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        return (
            QA(
                "read",
                self.say(("지금 몇 시야", "몇 시예요", "시계에 몇 시라고 나와", "현재 시간 알려줘")),
                f"{answer}입니다.",
            )
            if answer
            else None
        )

    def _address(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        asked = self.say(
            (
                "주소창에 뭐라고 되어 있어",
                "웹 주소가 뭐야",
                "사이트 주소 알려줘",
                "지금 어느 사이트야",
                "URL이 뭐야",
            )
        )
        return QA("read", asked, f"{answer}입니다.") if answer else None

    def _group(self, fact: Fact) -> QA | None:
        if len(fact.targets) < 2 or any(
            not self.screen.reading.of(t) or id(t) in self.screen.reading.shared for t in fact.targets
        ):
            return None
        kind = self.rng.random()
        if kind < 0.45:
            return QA("count", self.say(wording.COUNT, n=fact.value), f"{len(fact.targets)}개입니다.")
        if kind < 0.8 or len(fact.targets) > 6:
            at = self.rng.randrange(min(len(fact.targets), len(wording.ORDINALS)))
            order, target = wording.ORDINALS[at], fact.targets[at]
            if self.rng.random() < 0.25:
                order, target = "마지막", fact.targets[-1]
            return QA("read", self.say(wording.ORDINAL, o=order, n=fact.value), f"{self.cite(target)}입니다.")
        listed = ", ".join(self.cite(t) or "" for t in fact.targets)
        return QA("read", self.say(wording.LISTED, n=fact.value), f"{listed}입니다.")

    def _chosen(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        if not answer or not self.shows(fact.targets[0]):
            return None
        templates = wording.OPEN_TAB if fact.value == "탭" and self.rng.random() < 0.6 else wording.CHOSEN
        return QA("selected", self.say(templates, n=fact.value), f"{answer}입니다.")

    def _choice(self, fact: Fact) -> QA | None:
        answer, a = self.cite(fact.targets[0]), self.name(fact.targets[1].text)
        if not answer or not a or not self.shows(fact.targets[0]):
            return None
        return QA("selected", self.say(wording.CHOICE, a=a), f"{answer}입니다.")

    def _checked(self, fact: Fact) -> QA | None:
        answer = ", ".join(self.cite(t) or "" for t in fact.targets)
        if not self.sees or sum(f.kind == "checked" for f in self.screen.facts) != 1 or len(fact.targets) > 5:
            return None
        if self.rng.random() < 0.2:
            asked = self.say(wording.COUNT, n=self.rng.choice(("체크된 항목", "켜진 항목", "체크 표시")))
            return QA("count", asked, f"{len(fact.targets)}개입니다.")
        return QA(
            "selected",
            self.say(wording.CHECKED_ONES),
            f"{answer}입니다." if answer else "체크된 항목이 없습니다.",
        )

    def _state(self, fact: Fact) -> QA | None:
        item = fact.targets[0]
        answer, a = self.cite(item), self.name(item.text)
        if not answer or not a or not self.shows(item):
            return None
        asked = self.say(wording.STATE, a=a)
        on = fact.value == "on"
        yes = on != ("꺼져" in asked)
        return QA(
            "selected", asked, f"{'네' if yes else '아니요'}, {'켜져' if on else '꺼져'} 있습니다. {answer}"
        )

    def _press(self, fact: Fact) -> QA | None:
        item = fact.targets[0]
        answer, verbs = self.cite(item), wording.VERBS.get(bare(item.text))
        if not answer or self.names.exact(item.text) != 1:
            return None
        if self.rng.random() < 0.2 and (a := self.name(item.text)):
            return QA(
                "exists",
                self.say(wording.PRESSABLE, a=a, n=self.noun(item)),
                f"네, 누를 수 있습니다. {answer}",
            )
        if verbs is None:
            return None
        return QA("next", self.say(wording.TO_DO, v=self.rng.choice(verbs)), f"{answer} 버튼을 누르세요.")

    def _off(self, fact: Fact) -> QA | None:
        item = fact.targets[0]
        answer, a = self.cite(item), self.name(item.text)
        if not answer or not a or not (self.sees or self.shows(item)):
            return None
        return QA(
            "exists",
            self.say(wording.PRESSABLE, a=a, n=self.noun(item)),
            f"아니요, 지금은 누를 수 없습니다. {answer}",
        )

    def _next(self, fact: Fact) -> QA | None:
        answer = self.cite(*fact.targets)
        return QA("next", self.say(wording.NEXT), f"{answer} 버튼을 누르세요.") if answer else None

    def _english(self, fact: Fact) -> QA | None:
        return (
            QA("meaning", self.say(wording.MEANS_THIS), f"‘{fact.names[0]}’라는 뜻입니다.")
            if self.cite(*fact.targets)
            else None
        )

    # --- anything on the screen -----------------------------------------------------------------------------------

    def where(self) -> QA | None:
        item = self.rng.choice(self.read_items)
        a, answer = self.name(item.text), self.cite(item)
        if not a or not answer:
            return None
        x, y = item.box.centre
        side = SIDES[min(2, int(3 * y / self.screen.size[1]))][min(2, int(3 * x / self.screen.size[0]))]
        return QA("where", self.say(wording.WHERE, a=a, n=self.noun(item)), f"{answer} {side}에 있습니다.")

    def exists(self) -> QA | None:
        item = self.rng.choice(self.read_items)
        a, answer = self.name(item.text), self.cite(item)
        return (
            QA("exists", self.say(wording.EXISTS, a=a, n=self.noun(item)), YES.format(answer))
            if a and answer
            else None
        )

    def colour(self) -> QA | None:
        item = self.rng.choice(self.read_items)
        line = self.screen.reading.lines[self.screen.reading.of(item)[0] - 1]
        ink, paper = colours.nearest(*item.ink), colours.nearest(*item.paper)
        if (line.ink is None and not self.sees) or id(item) in self.screen.reading.shared:
            return None
        odd = paper != self.usual[1] or item.role == "button"
        templates, answer = (wording.PAPER, paper) if odd and self.rng.random() < 0.7 else (wording.INK, ink)
        plain_one = answer == (self.usual[1] if templates is wording.PAPER else self.usual[0])
        if plain_one and self.rng.random() < 0.75:
            return None
        if self.rng.random() < 0.4 and not plain_one:
            which = (
                (lambda i: colours.nearest(*i.paper))
                if templates is wording.PAPER
                else (lambda i: colours.nearest(*i.ink))
            )
            same = [i for i in self.read_items if which(i) == answer]
            if len(same) <= 2 and (found := self.cite(*same)):
                asked = wording.BY_PAPER if templates is wording.PAPER else wording.BY_INK
                return QA(
                    "colour", self.say(asked, c=self.rng.choice(SPOKEN_COLOURS[answer])), f"{found}입니다."
                )
        a = self.name(item.text)
        return (
            QA("colour", self.say(templates, a=a, n=self.noun(item)), f"{colours.KOREAN[answer]}입니다.")
            if a
            else None
        )

    def meaning(self) -> QA | None:
        known = [i for i in self.read_items if i.text.rstrip(".") in self.p.meaning]
        if not known:
            return None
        item = self.rng.choice(known)
        return QA(
            "meaning",
            self.say(wording.MEANS, a=bare(item.text)),
            f"‘{self.p.meaning[item.text.rstrip('.')]}’라는 뜻입니다.",
        )

    def neighbour(self) -> QA | None:
        item = self.rng.choice(self.read_items)
        box = item.box
        way = self.rng.choice(("right", "below", "below", "left", "above"))
        best, least = None, 1e9
        for other in self.screen.items:
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
        if best is None or least > (self.screen.size[0] // 2 if way in ("right", "left") else 5 * box.height):
            return None
        a, answer = self.name(item.text), self.cite(best)
        if not a or not answer or self.screen.reading.of(best) == self.screen.reading.of(item):
            return None
        templates = {
            "right": wording.BESIDE,
            "left": wording.LEFT,
            "below": wording.BELOW,
            "above": wording.ABOVE,
        }[way]
        return QA("read", self.say(templates, a=a), f"{answer}입니다.")

    def ends(self) -> QA | None:
        first = self.rng.random() < 0.5
        number = 1 if first else len(self.screen.reading.lines)
        return QA(
            "read",
            self.say(wording.FIRST if first else wording.LAST),
            f"{prompts.citation(number)}라고 적혀 있습니다.",
        )

    def spell_start(self) -> QA | None:
        """Read a line of which a part is said."""
        item = self.rng.choice(self.read_items)
        a, answer = self.name(item.text), self.cite(item)
        if not a or not answer or packed(a) == packed(item.text):
            return None
        return QA("read", self.say(wording.FULL, a=a), f"{answer}라고 적혀 있습니다.")

    def describe(self) -> QA | None:
        shown: list[Item] = []
        for kind in ("title", "heading", "message", "error", "chosen", "group"):
            for fact in self.screen.facts:
                if fact.kind == kind and len(shown) < 4:
                    shown += [t for t in fact.targets[:2] if self.screen.reading.of(t) and t not in shown]
        answers = [a for item in shown[:4] if (a := self.cite(item))]
        if not answers:
            return None
        return QA(
            "describe",
            self.say(wording.DESCRIBE),
            f"{self.screen.page}입니다. {', '.join(answers)} 등이 보입니다.",
        )

    # --- what is not there -----------------------------------------------------------------------------------------

    def _missing_name(self) -> str | None:
        rng = self.rng
        name = rng.choice(
            (
                rng.choice(values.FIELDS)[0],
                values.label(self.p, rng),
                rng.choice(values.PRODUCTS),
                values.person(self.p, rng),
            )
        )
        if rng.random() < 0.35 and self.read_items:
            words = bare(rng.choice(self.read_items).text).split()[:3]
            if len(words) > 1:
                words[rng.randrange(len(words))] = rng.choice(values.label(self.p, rng).split())
                name = " ".join(words)
                return name if self.names.holding(name) == 0 else None
        return name if self.names.absent(name) else None

    def absent(self) -> QA | None:
        name = self._missing_name()
        if not name:
            return None
        noun = self.rng.choice((" 버튼", "", "", " 메뉴", " 탭", " 항목"))
        kind = self.rng.random()
        if kind < 0.3:
            return QA("exists", self.say(wording.EXISTS, a=name, n=noun), NO)
        if kind < 0.6:
            return QA("absent", self.say(wording.WHERE, a=name, n=noun), prompts.NOT_ON_SCREEN)
        templates = wording.VALUE[self.rng.choice(list(wording.VALUE))]
        cells = [f for f in self.screen.facts if f.kind == "cell"]
        if kind < 0.75 and cells:
            fact = self.rng.choice(cells)
            row, head = fact.targets[1], fact.targets[2]
            pair = (name, bare(head.text)) if self.rng.random() < 0.6 else (bare(row.text), name)
            return QA(
                "absent", self.say(wording.CELL[fact.value], a=pair[0], b=pair[1]), prompts.NOT_ON_SCREEN
            )
        if kind < 0.8:
            templates = wording.STATE
        elif kind < 0.9:
            templates = wording.BESIDE + wording.BELOW + wording.FULL
        return QA("absent", self.say(templates, a=name), prompts.NOT_ON_SCREEN)

    def bigger(self) -> QA | None:
        item = self.rng.choice(self.read_items)
        return QA("chart", self.say(wording.BIGGER, a=bare(item.text)[:20]), prompts.NEEDS_BIGGER_MODEL)


ANYTHING = ("where", "where", "exists", "colour", "colour", "meaning", "neighbour", "neighbour", "ends", "spell_start", "spell_start", "describe",
            "absent", "absent", "absent", "bigger")  # fmt: skip
FACT_WEIGHTS = {
    "value": 4.0,
    "joined": 4.0,
    "keys": 1.5,
    "cell": 4.0,
    "title": 0.6,
    "app": 0.8,
    "heading": 0.6,
    "clock": 0.5,
    "address": 0.5,
    "group": 1.5,
    "state": 1.5,
    "press": 1.5,
}
POINTING = ("where", "exists", "spell_start", "spell_start", "where", "absent")
POINTING_FACTS = ("value", "cell", "line", "press", "said", "joined", "keys")


def ask(screen: Screen, p: Pools, rng: random.Random, count: int, simple: bool = False) -> list[QA]:
    """Up to `count` different questions about a screen; `simple` keeps to naming, looking up and pointing."""
    asker = Asker(screen, p, rng)
    if not asker.read_items:
        return []
    by_kind: dict[str, list[Fact]] = {}
    for fact in screen.facts:
        if simple and fact.kind not in POINTING_FACTS:
            continue
        by_kind.setdefault(fact.kind, []).append(fact)
    found: dict[str, QA] = {}
    for _ in range(count * 4):
        if len(found) >= count:
            break
        if by_kind and rng.random() < 0.55:
            kinds = list(by_kind)
            qa = asker.about(
                rng.choice(by_kind[rng.choices(kinds, [FACT_WEIGHTS.get(k, 1.0) for k in kinds])[0]])
            )
        else:
            qa = getattr(asker, rng.choice(POINTING if simple else ANYTHING))()
        if qa and qa.question not in found:
            found[qa.question] = qa
    return list(found.values())
