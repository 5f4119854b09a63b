"""What `--json` prints: the fields of an answer and of an error, a contract for other programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.errors import NunchiError
from assistant.messages import message

if TYPE_CHECKING:
    from assistant.events import Answer, Failed
    from assistant.frames import ScreenText


def answer_json(answer: Answer) -> dict[str, Any]:
    """The object of `nunchi ask --json`. Boxes are [x, y, width, height] in image pixels."""
    return {
        "answer": answer.text,
        "question": answer.question,
        "heard": answer.heard,
        "box": list(answer.box) if answer.box else None,
        "evidence": [{"text": line.text, "box": list(line.box)} for line in answer.evidence],
        "model": answer.model,
        "engine": answer.engine,
        "device": answer.device,
        "abstained": answer.abstained,
        "timings": {name: _short(value) for name, value in asdict(answer.timings).items()},
    }


def screen_text_json(screen_text: ScreenText) -> dict[str, Any]:
    """The object of `nunchi read --json`: role and state only where they are known."""
    lines = []
    for line in screen_text.lines:
        shown: dict[str, Any] = {"text": line.text, "box": list(line.box), "score": round(line.score, 4)}
        shown |= {key: value for key in ("role", "state") if (value := getattr(line, key)) is not None}
        lines.append(shown)
    return {"lines": lines, "timings": {"screen_text_ms": _short(screen_text.milliseconds)}}


def error_json(error: NunchiError | Failed, language: str = "ko") -> dict[str, str]:
    """{"code", "message"} of an error or of a run's last event."""
    return {"code": error.code, "message": message(error.code, language, **error.values)}


def _short(value: float | None) -> float | None:
    return round(value, 1) if isinstance(value, float) else value
