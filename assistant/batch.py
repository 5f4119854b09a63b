"""Many questions from a file of JSON lines, answered one after the other; a bad line never stops the rest."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event as Cancel
from typing import Any

from assistant.ask import Conversation, Ports
from assistant.cancelling import check
from assistant.errors import BadInput, NunchiError
from assistant.events import Failed, Finished
from assistant.frames import Speech
from assistant.images import open_image
from assistant.results import answer_json, error_json
from assistant.sound import open_wav

LONGEST_LINE = 1 << 20
"""bytes"""

log = logging.getLogger(__name__)


def answers(
    path: str | os.PathLike[str],
    ports: Ports,
    *,
    text_from: str = "auto",
    language: str = "ko",
    cancel: Cancel | None = None,
) -> Iterator[dict[str, Any]]:
    """One result for each line, in order, as soon as it is there: the fields of `ask --json` and the line's id.

    A line that fails gives {"id"?, "line", "error": {"code", "message"}}. Paths are relative to the file.
    Lines about the same picture that follow each other share one look, whose times each of them reports.
    Empty lines are passed over. Errors: BadInput batch_missing, batch_unreadable; Stopped when cancelled.
    """
    path = Path(path)
    looked_at = _SharedLook(path.parent, ports, text_from)
    try:
        for number, line in _lines(path):
            check(cancel)
            row: dict[str, Any] = {}
            try:
                row = _row(line)
                result = _answered(row, looked_at, path.parent, cancel, language)
            except NunchiError as error:
                check(cancel)
                result = {"error": error_json(_told(error, line=number), language)}
            except Exception:
                log.exception("line %d failed", number)
                result = {"error": error_json(NunchiError("internal"), language)}
            named = {"id": row["id"]} if "id" in row else {}
            yield {**named, "line": number, **result} if "error" in result else {**named, **result}
    finally:
        looked_at.close()


def _answered(
    row: dict[str, Any], looked_at: _SharedLook, folder: Path, cancel: Cancel | None, language: str
) -> dict[str, Any]:
    image = _text(row, "image")
    question, speech = _question(row, folder)
    conversation = looked_at.at(image)
    for event in conversation.ask(question, speech, cancel=cancel, remember=False):
        match event:
            case Finished(answer=answer):
                return answer_json(answer)
            case Failed():
                return {"error": error_json(event, language)}
            case _:
                pass
    check(cancel)
    raise NunchiError("internal")


class _SharedLook:
    """The conversation about the picture of the line before, kept while the picture stays the same."""

    def __init__(self, folder: Path, ports: Ports, text_from: str) -> None:
        self._folder, self._ports, self._text_from = folder, ports, text_from
        self._image: str | None = None
        self._conversation: Conversation | None = None

    def at(self, image: str) -> Conversation:
        """The conversation about `image`; a picture that cannot be opened fails its run."""
        if self._conversation is None or image != self._image:
            self.close()
            self._image = image
            self._conversation = Conversation(
                lambda: open_image(self._folder / image), self._ports, text_from=self._text_from
            )
        return self._conversation

    def close(self) -> None:
        if self._conversation is not None:
            self._conversation.close()
        self._conversation = None


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that hold something; a line above the cap comes cut, so that memory stays bounded."""
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                whole = line
                while not whole.endswith(b"\n") and (whole := file.readline(LONGEST_LINE)):
                    pass
                if line.strip(b"\xef\xbb\xbf \t\r\n"):
                    yield number, line
    except FileNotFoundError as error:
        raise BadInput("batch_missing", name=path.name) from error
    except OSError as error:
        raise BadInput("batch_unreadable", name=path.name) from error


def _row(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise BadInput("batch_line_too_long")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadInput("batch_line_not_json") from error
    if not isinstance(row, dict):
        raise BadInput("batch_line_not_object")
    return row


def _question(row: dict[str, Any], folder: Path) -> tuple[str | None, Speech | None]:
    if row.get("audio") is None:
        return _text(row, "question"), None
    if row.get("question") is not None:
        raise BadInput("question_twice")
    return None, open_wav(folder / _text(row, "audio"))


def _text(row: dict[str, Any], field: str) -> str:
    if row.get(field) is None:
        raise BadInput("batch_field_missing", field=field)
    if not isinstance(row[field], str):
        raise BadInput("batch_field_wrong", field=field)
    return row[field]


def _told(error: NunchiError, line: int) -> NunchiError:
    """The error with the number of its line among its values."""
    return type(error)(error.code, **{**error.values, "line": line}) if error.code != "stopped" else error
