"""Questions that go on from an earlier one: "그럼 부산점은?", "3분기는?", and ones that do not in spite of it.

The earlier answer is given in words, as at run time. The second question is right for the pair alone.
"""

from __future__ import annotations

import random
from dataclasses import replace

from assistant import prompts
from models.train.mini.asking import QA, Asker
from models.train.mini.asking_states import state
from models.train.mini.asking_values import cell
from models.train.mini.canvas import Fact
from models.train.mini.corpus import Pools
from models.train.mini.mentions import bare
from models.train.mini.screens import Screen

ON = (
    "그럼 {a}[은는]", "그러면 {a}[은는]", "{a}[은는]", "{a}도 알려 줘", "그럼 {a}[은는] 어때", "{a}[은는] 어떻게 돼", "그럼 {a}[은는] 뭐야",
    "{a}[은는]요", "그럼 {a}[은는]요", "아 그럼 {a}[은는]",
)  # fmt: skip


def going_on(screen: Screen, p: Pools, rng: random.Random, asked: list[QA]) -> QA | None:
    """A question with an earlier turn about the same screen, or None where nothing suits."""
    asker = Asker(screen, p, rng)
    kind = rng.random()
    if kind < 0.5:
        found = _other_cell(asker)
    elif kind < 0.75:
        found = _other_state(asker)
    else:
        found = None
    if found is None and len(asked) >= 2:
        first, second = rng.sample(asked, 2)
        found = None if second.entries or first.entries else _after(asker, first, second)
    return found


def _after(asker: Asker, first: QA, second: QA) -> QA:
    return replace(second, earlier=((first.question, in_words(first.answer, asker.screen)),))


def in_words(answer: str, screen: Screen) -> str:
    """A raw answer with the texts of the lines it cites."""
    return prompts.MINI_CITATION.sub(lambda found: prompts.cited_text(found, screen.reading.lines), answer)


def _other_cell(asker: Asker) -> QA | None:
    """Another row of the same column, or another column of the same row."""
    facts = asker.facts.get("cell", [])
    if len(facts) < 2:
        return None
    fact = asker.rng.choice(facts)
    across = asker.rng.random() < 0.35
    others = [
        f
        for f in facts
        if f is not fact and f.targets[1 if across else 2] is fact.targets[1 if across else 2]
    ]
    first = cell(asker, fact)
    if not others or first is None:
        return None
    other = asker.rng.choice(others)
    named = other.targets[2 if across else 1]
    answer = asker.cite(other.targets[0])
    if not answer or asker.names.exact(named.text) != 1:
        return None
    second = QA("lookup", asker.say(ON, a=asker.name(named.text) or bare(named.text)), f"{answer}입니다.")
    return _after(asker, first, second)


def _other_state(asker: Asker) -> QA | None:
    """Whether another check box is on."""
    facts: list[Fact] = asker.facts.get("state", [])
    if len(facts) < 2:
        return None
    before, fact = asker.rng.sample(facts, 2)
    first, item = state(asker, before), fact.targets[0]
    answer, name = asker.cite(item), asker.name(item.text)
    if first is None or not answer or not name or item.role == "radio" or not asker.shows(item):
        return None
    told = f"네, 켜져 있습니다. {answer}" if fact.value == "on" else f"아니요, 꺼져 있습니다. {answer}"
    return _after(asker, first, QA("selected", asker.say(ON[:4] + ON[7:], a=name), told))
