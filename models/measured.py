"""What models were measured to cost on this machine: remembered after each answer, told by `nunchi models list`.

Numbers only, never a word of a question or an answer. A few of the last runs are kept and their medians told, because
the first run of a model also pays for loading it.
"""

from __future__ import annotations

import contextlib
import json
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.catalogue import data_folder
from models.machine import peak_memory_bytes

if TYPE_CHECKING:
    from assistant.events import Answer

FILE = "measured.json"
KEPT = 5
_LARGEST = 1 << 20


@dataclass(frozen=True)
class Run:
    """One answer: milliseconds of looking and to the first token, tokens per second, bytes the whole process took at most."""

    engine: str
    device: str
    look_ms: float
    first_token_ms: float
    tokens_per_s: float
    memory: int


def note(answer: Answer, memory: int = 0) -> None:
    """Remember what `answer` cost. Where nothing can be written, nothing is remembered.

    `memory` is what the process with the model took at most, in bytes, where that is another one.
    """
    timings = answer.timings
    if not answer.model or timings.first_token_ms is None:
        return
    run = Run(
        engine=answer.engine,
        device=answer.device,
        look_ms=round((timings.encode_ms or 0.0) + (timings.prefill_ms or 0.0), 1),
        first_token_ms=round(timings.first_token_ms, 1),
        tokens_per_s=round(timings.tokens_per_s or 0.0, 2),
        memory=memory or peak_memory_bytes(),
    )
    known = _read()
    known[answer.model] = [*known.get(answer.model, ()), asdict(run)][-KEPT:]
    path = _path()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_suffix(".part")
        scratch.write_text(json.dumps(known), encoding="utf-8")
        scratch.replace(path)


def measured(model: str) -> Run | None:
    """Medians over the last runs of `model` on the engine and device of the newest; None where it was never tried."""
    runs = [run for one in _read().get(model, ()) if (run := _run(one))]
    if not runs:
        return None
    alike = [run for run in runs if (run.engine, run.device) == (runs[-1].engine, runs[-1].device)]
    speeds = [run.tokens_per_s for run in alike if run.tokens_per_s > 0]  # an answer of one token has none
    return Run(
        engine=runs[-1].engine,
        device=runs[-1].device,
        look_ms=statistics.median(run.look_ms for run in alike),
        first_token_ms=statistics.median(run.first_token_ms for run in alike),
        tokens_per_s=statistics.median(speeds) if speeds else 0.0,
        memory=max(run.memory for run in alike),
    )


def _run(one: object) -> Run | None:
    """A run as it was written; None for what somebody else wrote."""
    if not isinstance(one, dict) or set(one) != set(Run.__dataclass_fields__):
        return None
    numbers = (one[name] for name in ("look_ms", "first_token_ms", "tokens_per_s", "memory"))
    return Run(**one) if all(isinstance(number, int | float) for number in numbers) else None


def _path() -> Path:
    return data_folder() / FILE


def _read() -> dict[str, list[dict[str, object]]]:
    try:
        with _path().open("rb") as stream:
            known = json.loads(stream.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    good = isinstance(known, dict) and all(isinstance(runs, list) for runs in known.values())
    return known if good else {}
