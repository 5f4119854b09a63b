"""One value of a request at a time, its type and range checked. `null` counts as not given."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from models.serve.refusals import Refusal


def number(body: Mapping[str, Any], name: str, low: float, high: float) -> float | None:
    """A finite number low…high. Errors: Refusal field_wrong, field_out_of_range."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal("field_wrong", name)
    if isinstance(value, float) and not math.isfinite(value):
        raise Refusal("field_out_of_range", name)
    if not low <= value <= high:
        raise Refusal("field_out_of_range", name)
    return value


def whole(body: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    """A whole number low…high (2.0 counts as whole)."""
    value = number(body, name, low, high)
    if value is None:
        return None
    if value != int(value):
        raise Refusal("field_wrong", name)
    return int(value)


def flag(body: Mapping[str, Any], name: str) -> bool:
    """True or false; false where it is not given."""
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise Refusal("field_wrong", name)
    return bool(value)


def text(body: Mapping[str, Any], name: str, longest: int) -> str | None:
    """A text of at most `longest` characters."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Refusal("field_wrong", name)
    if len(value) > longest:
        raise Refusal("text_too_long", name)
    return value


def nothing(body: Mapping[str, Any], *names: str) -> None:
    """Refuses what we cannot do, where a client asks for it (an empty or false value asks for nothing)."""
    for name in names:
        if body.get(name):
            raise Refusal("field_unsupported", name)
