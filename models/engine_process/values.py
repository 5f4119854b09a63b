"""The core's values as JSON and back. What comes from the engine process is checked: it may run foreign code.

Every reading function raises `BadMessage` for what the value cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant import errors
from assistant.frames import Box, ScreenText, Segment, TextLine, Transcript
from assistant.ports import AnswerTimings, LookTimings, Turn
from models.engine_process.wire import BadMessage

LONGEST_TEXT = 20_000
LONGEST_PIECE = 4_000
MOST_LINES = 4_000
MOST_SEGMENTS = 4_000
MOST_FOUND = 1_000
LARGEST = 1_000_000
"""pixels, either way"""
_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KINDS = {
    kind.__name__: kind
    for kind in (errors.BadInput, errors.ModelMissing, errors.DeviceFailed, errors.EngineFailed)
}


def text(value: object, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise BadMessage("a text that is none")
    return value


def optional_text(value: object, longest: int = 200) -> str | None:
    return None if value is None else text(value, longest)


def whole(value: object, least: int = -LARGEST, most: int = LARGEST) -> int:
    if type(value) is not int or not least <= value <= most:
        raise BadMessage("a number that is none")
    return value


def number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        raise BadMessage("a number that is none")
    return float(value)


def several(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise BadMessage("a list that is none")
    return value


def record(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadMessage("an object that is none")
    return value


def box(value: object) -> Box:
    sides = several(value, 4)
    if len(sides) != 4:
        raise BadMessage("a box that is none")
    return Box(*(whole(side) for side in sides))


def screen_text_told(screen_text: ScreenText) -> dict[str, Any]:
    lines = [
        [one.text, list(map(int, one.box)), float(one.score), one.role, one.state, one.ink, one.paper]
        for one in screen_text.lines
    ]
    return {"lines": lines, "ms": float(screen_text.milliseconds), "source": screen_text.source}


def screen_text(value: object) -> ScreenText:
    told = record(value)
    lines = tuple(_line(one) for one in several(told.get("lines"), MOST_LINES))
    return ScreenText(lines, number(told.get("ms")), text(told.get("source"), 40))


def _line(value: object) -> TextLine:
    parts = several(value, 7)
    if len(parts) != 7:
        raise BadMessage("a line that is none")
    words, place, score, *kinds = parts
    return TextLine(text(words), box(place), number(score), *(optional_text(kind, 60) for kind in kinds))


def transcript_told(transcript: Transcript) -> dict[str, Any]:
    segments = [[float(s.start), float(s.end), s.text, float(s.confidence)] for s in transcript.segments]
    return {"text": transcript.text, "segments": segments, "ms": float(transcript.milliseconds)}


def transcript(value: object) -> Transcript:
    told = record(value)
    segments = []
    for one in several(told.get("segments"), MOST_SEGMENTS):
        parts = several(one, 4)
        if len(parts) != 4:
            raise BadMessage("a segment that is none")
        segments.append(Segment(number(parts[0]), number(parts[1]), text(parts[2]), number(parts[3])))
    return Transcript(text(told.get("text"), 10 * LONGEST_TEXT), tuple(segments), number(told.get("ms")))


def turns_told(turns: Sequence[Turn]) -> list[list[str]]:
    return [[turn.question, turn.answer] for turn in turns]


def turns(value: object) -> tuple[Turn, ...]:
    return tuple(Turn(text(one[0]), text(one[1], 10 * LONGEST_TEXT)) for one in several(value, 100))


def look_timings_told(timings: LookTimings) -> dict[str, Any]:
    return asdict(timings)


def look_timings(value: object) -> LookTimings:
    told = record(value)
    tokens = (whole(told.get(name, 0)) for name in ("image_tokens", "fresh_tokens", "tokens"))
    return LookTimings(number(told.get("encode_ms")), number(told.get("prefill_ms")), *tokens)


def answer_timings_told(timings: AnswerTimings) -> dict[str, Any]:
    return {name: float(value) for name, value in asdict(timings).items()}


def answer_timings(value: object) -> AnswerTimings:
    told = record(value)
    return AnswerTimings(
        number(told.get("first_token_ms")),
        int(number(told.get("tokens"))),
        number(told.get("tokens_per_s")),
        int(number(told.get("prompt_tokens"))),
    )


def error_told(error: errors.NunchiError) -> dict[str, Any]:
    """Kind, code and the values its message needs; values that are no plain ones become text."""
    plain = {
        name: value if isinstance(value, str | int | float | bool | None) else str(value)
        for name, value in error.values.items()
    }
    kind = next((name for name, kind in _KINDS.items() if isinstance(error, kind)), "NunchiError")
    return {"kind": kind, "code": error.code, "values": {name: _short(one) for name, one in plain.items()}}


def error(value: object) -> errors.NunchiError:
    """The error that the engine process told."""
    told = record(value)
    code = text(told.get("code"), 64)
    if not _CODE.fullmatch(code):
        raise BadMessage("a code that is none")
    if code == "stopped":
        return errors.Stopped()
    kind = _KINDS.get(text(told.get("kind"), 40), errors.NunchiError)
    values = record(told.get("values"))
    if len(values) > 20:
        raise BadMessage("too many values")
    kept = {
        text(name, 40): _short(one)
        for name, one in values.items()
        if name not in ("self", "code") and isinstance(one, str | int | float | bool | None)
    }
    return kind(code, **kept)


def _short(value: Any) -> Any:
    return value[:2_000] if isinstance(value, str) else value
