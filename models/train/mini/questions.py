"""Questions about a screen with their raw answers, as nunchi-mini shall give them: lines are cited, not spelled.

`ask` draws kinds in fixed shares, and for each kind from all that can be asked on the screen. Answers need no josa choice
and use `<|n12|>` for the text of line 12. What cannot be known from what the model is shown is not asked.
"""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import random
from collections.abc import Callable

from assistant import colours, prompts
from models.train.mini import (
    asking_absent,
    asking_counts,
    asking_goals,
    asking_looks,
    asking_screen,
    asking_states,
    asking_values,
)  # fmt: skip
from models.train.mini.asking import QA, Anywhere, Asker, Maker
from models.train.mini.canvas import SIDES
from models.train.mini.corpus import Pools
from models.train.mini.screens import Screen

__all__ = ["ANSWER_SAMPLES", "QA", "SHARES", "Asker", "ask"]

ANSWER_SAMPLES = (
    "입니다.", "네, 있습니다. ", asking_absent.NO, "개입니다.", "색입니다.", "라고 적혀 있습니다.", "라는 뜻입니다.", "네, 켜져 있습니다. ", "아니요, 꺼져 있습니다. ",
    "아니요, 켜져 있습니다. ", "네, 꺼져 있습니다. ", " 버튼을 누르세요.", " 창입니다.", " 등이 보입니다.", "아니요, 지금은 누를 수 없습니다. ",
    "네, 누를 수 있습니다. ", "체크된 항목이 없습니다.", *prompts.ABSTENTIONS, *(f"{name}입니다." for name in colours.KOREAN.values()),
    *(f" {side}에 있습니다." for row in SIDES for side in row),
)  # fmt: skip
SHARES = {
    "lookup": 26.0, "where": 9.0, "selected": 18.0, "read": 7.5, "exists": 7.5, "count": 9.0, "absent": 9.0, "colour": 4.5, "next": 7.5, "app": 4.0,
    "meaning": 5.0, "chart": 23.0, "describe": 2.0,
}  # fmt: skip
"""how often each kind is asked where the screen gives all of them; kinds that few screens give weigh more"""

_FROM_FACTS: dict[str, tuple[tuple[str, Maker, float], ...]] = {
    "lookup": (("value", asking_values.value, 4), ("joined", asking_values.joined, 4), ("keys", asking_values.keys, 2), ("cell", asking_values.cell, 5), ("column", asking_values.same, 0.7)),
    "selected": (("chosen", asking_states.chosen, 3), ("choice", asking_states.choice, 4), ("state", asking_states.state, 4), ("checked", asking_states.checked, 1), ("group", asking_states.either_tab, 2)),
    "read": (("title", asking_screen.told, 1.5), ("heading", asking_screen.told, 1.5), ("clock", asking_screen.told, 0.7), ("address", asking_screen.told, 0.7), ("path", asking_screen.told, 1), ("status", asking_screen.told, 0.8),
             ("message", asking_screen.says, 2), ("error", asking_screen.says, 2), ("prompted", asking_screen.says, 1), ("line", asking_screen.line, 1.5), ("said", asking_screen.said, 2), ("group", asking_counts.ordinal, 1.5)),
    "exists": (("press", asking_goals.pressable, 2), ("off", asking_goals.pressable, 3), ("group", asking_counts.files, 1.5)),
    "count": (("group", asking_counts.group, 3), ("column", asking_values.same, 2.5), ("checked", asking_states.checked, 2), ("group", asking_counts.files, 1.5), ("column", asking_values.above, 0.7)),
    "next": (("press", asking_goals.press, 4), ("next", asking_goals.following, 1)),
    "app": (("app", asking_screen.app, 4), ("behind", asking_screen.behind, 2)),
    "meaning": (("english", asking_screen.english, 1),),
    "chart": (("column", asking_values.most, 5), ("column", asking_values.versus, 3), ("across", asking_values.across, 2)),
}  # fmt: skip
_ANYWHERE: dict[str, tuple[tuple[Anywhere, float], ...]] = {
    "where": ((asking_looks.where, 1),), "exists": ((asking_looks.exists, 2), (asking_absent.no, 4)), "colour": ((asking_looks.colour, 4), (asking_looks.theme, 0.8)),
    "meaning": ((asking_screen.meaning, 1),), "read": ((asking_looks.neighbour, 1.2), (asking_screen.ends, 0.4), (asking_screen.spell_start, 1.2)), "describe": ((asking_screen.describe, 1),),
    "absent": ((asking_absent.outside, 3), (asking_absent.half, 4.5), (asking_absent.attribute, 4), (asking_absent.nowhere, 2.5), (asking_absent.bigger, 0.6)),
}  # fmt: skip
SIMPLE = {"lookup": 40.0, "where": 20.0, "read": 25.0, "exists": 8.0, "absent": 7.5}
"""shares of the first lessons: naming, looking up, pointing"""


def _choices(asker: Asker, kind: str) -> list[tuple[Callable[[], QA | None], float]]:
    """All makers that have something to ask of a kind on this screen."""
    found: list[tuple[Callable[[], QA | None], float]] = []
    for fact_kind, maker, weight in _FROM_FACTS.get(kind, ()):
        facts = asker.facts.get(fact_kind)
        if facts:
            found.append(((lambda m=maker, f=facts: m(asker, asker.rng.choice(f))), weight))  # type: ignore[misc]
    ready = [f for f in asker.facts.get("asked", ()) if f.value == kind]
    if ready:
        found.append(
            (lambda: asking_screen.asked(asker, asker.rng.choice(ready)), 4.0 if len(ready) < 4 else 7.0)
        )
    if kind == "describe" and not asker.screen.page:
        return []
    for anywhere, weight in _ANYWHERE.get(kind, ()):
        found.append(((lambda m=anywhere: m(asker)), weight))  # type: ignore[misc]
    return found


def ask(screen: Screen, p: Pools, rng: random.Random, count: int, simple: bool = False) -> list[QA]:
    """Up to `count` different questions about a screen; `simple` keeps to naming, looking up and pointing."""
    asker = Asker(screen, p, rng)
    if not asker.read_items:
        return []
    shares = SIMPLE if simple else SHARES
    makers = {kind: _choices(asker, kind) for kind in shares}
    kinds = [kind for kind in shares if makers[kind]]
    found: dict[str, QA] = {}
    for _ in range(count * 3):
        if len(found) >= count:
            break
        kind = rng.choices(kinds, [shares[k] for k in kinds])[0]
        tools = makers[kind]
        for _ in range(3):
            qa = rng.choices(tools, [w for _, w in tools])[0][0]()
            if qa and qa.question not in found:
                found[qa.question] = qa
                break
    return list(found.values())
