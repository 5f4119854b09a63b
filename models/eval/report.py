"""Scores as tables: by kind, with Wilson intervals, beside each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.eval.scoring import KINDS, Given, Item, folded, is_right


@dataclass(frozen=True)
class Outcome:
    """One question, what was answered, and whether it was right."""

    item: Item
    given: Given
    right: bool


def judged(items: Sequence[Item], given: Sequence[Given]) -> list[Outcome]:
    return [Outcome(item, g, is_right(item, g)) for item, g in zip(items, given, strict=True)]


def wilson(right: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927); (0, 1) when nothing was counted."""
    if not count:
        return 0.0, 1.0
    p = right / count
    middle = (p + z * z / (2 * count)) / (1 + z * z / count)
    spread = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def summary(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Accuracy overall and by kind, abstention and evidence figures."""
    by_kind = {}
    for kind in KINDS:
        of_kind = [o for o in outcomes if o.item.kind == kind]
        if of_kind:
            right = sum(o.right for o in of_kind)
            by_kind[kind] = {"right": right, "count": len(of_kind), "accuracy": right / len(of_kind)}
    right, low_high = sum(o.right for o in outcomes), wilson(sum(o.right for o in outcomes), len(outcomes))
    absent = [o for o in outcomes if o.item.kind == "absent"]
    present = [o for o in outcomes if o.item.kind != "absent"]
    looked_up = [o for o in outcomes if o.item.kind in ("read", "lookup") and o.right]
    return {
        "accuracy": right / max(1, len(outcomes)),
        "interval": low_high,
        "count": len(outcomes),
        "kinds": by_kind,
        "abstained_when_absent": _share(absent, lambda o: o.given.abstained),
        "abstained_when_present": _share(present, lambda o: o.given.abstained),
        "evidence_holds_answer": _share(looked_up, _evidence_holds),
    }


def table(columns: dict[str, dict[str, object]]) -> str:
    """Kinds down, engines across, per cent right; overall with its interval at the end."""
    names = list(columns)
    kinds = [k for k in KINDS if any(k in c["kinds"] for c in columns.values())]
    width = max(12, *(len(name) + 2 for name in names))
    rows = [f"{'kind':10} {'n':>4}" + "".join(f"{name:>{width}}" for name in names)]
    for kind in kinds:
        count = next(c["kinds"][kind]["count"] for c in columns.values() if kind in c["kinds"])
        cells = "".join(f"{100 * c['kinds'][kind]['accuracy']:>{width - 2}.1f} %" for c in columns.values())
        rows.append(f"{kind:10} {count:>4}{cells}")
    any_column = next(iter(columns.values()))
    overall = "".join(f"{100 * c['accuracy']:>{width - 2}.1f} %" for c in columns.values())
    rows.append(f"{'overall':10} {any_column['count']:>4}{overall}")
    spans = "".join(_span(c["interval"], width) for c in columns.values())
    rows.append(f"{'  95 %':10} {'':>4}{spans}")
    for key, label in (
        ("abstained_when_absent", "abstains when it is not there"),
        ("abstained_when_present", "abstains though it is there"),
        ("evidence_holds_answer", "evidence holds a right look-up"),
    ):
        cells = "".join(_percent(c[key], width) for c in columns.values())
        rows.append(f"{label:31}\n{'':15}{cells}")
    return "\n".join(rows)


def _span(interval: tuple[float, float], width: int) -> str:
    return f"{100 * interval[0]:.0f}–{100 * interval[1]:.0f} %".rjust(width)


def _percent(share: float | None, width: int) -> str:
    return ("–" if share is None else f"{100 * share:.1f} %").rjust(width)


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float | None:
    return sum(bool(holds(o)) for o in outcomes) / len(outcomes) if outcomes else None


def _evidence_holds(outcome: Outcome) -> bool:
    said = folded(" ".join(outcome.given.evidence))
    return any(folded(answer) in said for answer in outcome.item.answers)
