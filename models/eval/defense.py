"""Defense rate: how much of a float model's score its smaller forms keep, by kind of question, with intervals.

Both answer the same questions about the same screen text, so the intervals come from a paired bootstrap: questions
are drawn again and again with replacement, and each draw gives one score for both. Nothing here knows how a model
was made smaller.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.ask import Ports
from assistant.errors import BadInput
from models.catalogue import open_vision
from models.eval.agreement import ENGINES, open_engine
from models.eval.kept import KeptAnswers, KeptReadings
from models.eval.report import Outcome, judged
from models.eval.runner import answers
from models.eval.scoring import KINDS, Given, Item
from models.manifest import NAME as MANIFEST
from models.manifest import read_manifest, write_manifest
from models.store import size_on_disk

if TYPE_CHECKING:
    from assistant.ports import ScreenReader, VisionModel

DRAWS = 10_000
REPORT = "defense.json"
_NAMED = re.compile(r"(?:(?P<engine>[a-z0-9-]+)=)?(?P<folder>.+)")


@dataclass(frozen=True)
class Contender:
    """A model folder to be asked. `engine` is one of agreement.ENGINES, or None: what the folder is for."""

    label: str
    engine: str | None
    folder: Path

    @classmethod
    def parse(cls, told: str) -> Contender:
        """`[ENGINE=]FOLDER`. Errors: `BadInput` engine_unknown."""
        found = _NAMED.fullmatch(told)
        engine, folder = (found["engine"], Path(found["folder"]).expanduser()) if found else (None, Path())
        if engine is not None and engine not in ENGINES:
            raise BadInput("engine_unknown", engine=engine)
        return cls(f"{engine}={folder.name}" if engine else folder.resolve().name, engine, folder)

    def open(self) -> VisionModel:
        return open_engine(self.engine, self.folder) if self.engine else open_vision(self.folder)


@dataclass(frozen=True)
class Answered:
    """What one model did with all questions of a set, in their order."""

    label: str
    outcomes: tuple[Outcome, ...]
    raw: tuple[str, ...]
    """the answers as the model wrote them"""
    bytes: int
    """of its folder, models inside it left out"""


@dataclass(frozen=True)
class Kept:
    """Of `count` questions: right by the float model and by the other, and the share kept (None: nothing to keep).

    `low` and `high` bound the share kept with 95 % confidence. `lost` were right before, `won` are right only now.
    Drawing cannot imagine a loss that never came: then `low` is at most 1 − 3 / right_before (the rule of three).
    """

    count: int
    right_before: int
    right: int
    lost: int
    won: int
    kept: float | None
    low: float | None
    high: float | None


def asked(
    contenders: Sequence[Contender],
    items: Sequence[Item],
    pictures: Path,
    reader: ScreenReader,
    work: Path | None = None,
) -> Iterator[Answered]:
    """Ask each model every question, one model after the other. `items` are ordered by picture.

    In `work`, where given, readings and answers are kept, and only what is missing there is asked.
    """
    shared = KeptReadings(reader, work)
    for contender in contenders:
        held = KeptAnswers(work, contender.label, contender.folder) if work else None
        given = _answers(contender, items, pictures, shared, held)
        outcomes = judged(items, [given[item.id][0] for item in items])
        raw = tuple(given[item.id][1] for item in items)
        yield Answered(contender.label, tuple(outcomes), raw, _own_bytes(contender.folder))


def _answers(
    contender: Contender,
    items: Sequence[Item],
    pictures: Path,
    reader: ScreenReader,
    held: KeptAnswers | None,
) -> dict[str, tuple[Given, str]]:
    """By the items' ids what was given, and the answer as the model wrote it."""
    known = dict(held.known) if held else {}
    missing = [item for item in items if item.id not in known]
    if missing:
        model = contender.open()
        try:
            for item, given, answer, _text in answers(missing, pictures, Ports(model=model, reader=reader)):
                known[item.id] = given, answer.raw if answer else ""
                if held:
                    held.keep(item.id, *known[item.id])
        finally:
            model.close()
    return known


def kept(before: Sequence[bool], after: Sequence[bool], draws: int = DRAWS, seed: int = 0) -> Kept:
    """Compare two models question by question. Errors: ValueError where they answered different numbers."""
    one, other = np.array(before, bool), np.array(after, bool)
    if one.shape != other.shape:
        raise ValueError(f"{len(one)} and {len(other)} answers")
    right, count = int(one.sum()), len(one)
    low = high = None
    if right:
        drawn = np.random.default_rng(seed).multinomial(count, _shares(one, other), size=draws)
        both, lost, won = drawn[:, 0], drawn[:, 1], drawn[:, 2]
        anything = both + lost > 0
        ratios = (both + won)[anything] / (both + lost)[anything]
        low, high = (float(bound) for bound in np.quantile(ratios, (0.025, 0.975)))
        if not (one & ~other).any():
            low = min(low, max(0.0, 1 - 3 / right))
    return Kept(
        count=count,
        right_before=right,
        right=int(other.sum()),
        lost=int((one & ~other).sum()),
        won=int((other & ~one).sum()),
        kept=int(other.sum()) / right if right else None,
        low=low,
        high=high,
    )


def by_kind(before: Answered, after: Answered) -> dict[str, Kept]:
    """`Kept` for each kind that was asked, and for all together as "overall"."""
    pairs = list(zip(before.outcomes, after.outcomes, strict=True))
    found = {}
    for kind in (*KINDS, "overall"):
        of_kind = [(a.right, b.right) for a, b in pairs if kind in (a.item.kind, "overall")]
        if of_kind:
            found[kind] = kept(*zip(*of_kind, strict=True))
    return found


def report(before: Answered, after: Answered) -> dict[str, object]:
    """What is printed with --json and written beside a model: the shares kept, sizes, equal answers."""
    same = sum(one == other for one, other in zip(before.raw, after.raw, strict=True))
    return {
        "float": before.label,
        "model": after.label,
        "float_bytes": before.bytes,
        "bytes": after.bytes,
        "equal_answers": same,
        "questions": len(after.raw),
        "kinds": {kind: vars(told) for kind, told in by_kind(before, after).items()},
    }


def table(reports: Sequence[dict[str, object]]) -> str:
    """Kinds down, models across: right before → right now, share kept with its interval."""
    width = max(30, *(len(str(told["model"])) + 2 for told in reports))
    kinds = list(reports[0]["kinds"])
    rows = [f"{'kind':10}{'n':>5}" + "".join(f"{told['model']:>{width}}" for told in reports)]
    for kind in kinds:
        cells = "".join(_cell(told["kinds"][kind]).rjust(width) for told in reports)
        rows.append(f"{kind:10}{reports[0]['kinds'][kind]['count']:>5}{cells}")
    rows.append(
        f"{'equal':15}" + "".join(f"{t['equal_answers']}/{t['questions']}".rjust(width) for t in reports)
    )
    rows.append(f"{'MB':15}" + "".join(f"{t['bytes'] / 1e6:.1f}".rjust(width) for t in reports))
    return "\n".join(rows)


def write_beside(folder: Path, told: dict[str, object]) -> None:
    """Put the report into the model's folder, and into its manifest where it has one."""
    (folder / REPORT).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if (folder / MANIFEST).exists():
        old = read_manifest(folder)
        write_manifest(folder, name=old.name, version=old.version, licence=old.licence, revision=old.revision)


def _cell(told: dict[str, float | None]) -> str:
    rights = f"{told['right_before']}→{told['right']}"
    if told["kept"] is None:
        return f"{rights}  –"
    return f"{rights}  {100 * told['kept']:.1f} % ({100 * told['low']:.0f}–{100 * told['high']:.0f})"


def _shares(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Shares of: right twice, right only before, right only now, wrong twice. Drawing these draws questions."""
    return np.array(
        [(one & other).mean(), (one & ~other).mean(), (~one & other).mean(), (~one & ~other).mean()]
    )


def _own_bytes(folder: Path) -> int:
    if not (folder / MANIFEST).exists():
        return size_on_disk(folder)
    return read_manifest(folder).size
