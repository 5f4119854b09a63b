"""The model list of an OpenAI-compatible server."""

from __future__ import annotations

import json
from dataclasses import dataclass

from assistant.prompts import plain

MOST = 1_000
LONGEST_NAME = 300


@dataclass(frozen=True)
class ListedModel:
    """`name` is what requests ask for; `owner` is `owned_by`."""

    name: str
    owner: str = ""


def parse_models(body: bytes) -> tuple[ListedModel, ...]:
    """Errors: ValueError where the body is no model list."""
    try:
        value = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    listed = value.get("data") if isinstance(value, dict) else None
    if listed is None and isinstance(value, dict) and value.get("object") == "list":
        return ()  # Ollama without models says null
    if not isinstance(listed, list):
        raise ValueError("no model list")
    names = [
        one for one in listed[:MOST] if isinstance(one, dict) and isinstance(one.get("id"), str) and one["id"]
    ]
    return tuple(
        ListedModel(one["id"][:LONGEST_NAME], plain(str(one.get("owned_by") or ""))[:LONGEST_NAME])
        for one in names
    )
