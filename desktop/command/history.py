"""`nunchi history search|show|export|delete`: what was kept of earlier answers, without the tray."""

from __future__ import annotations

import base64
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import BadInput, DeviceFailed
from desktop.command.main import language
from desktop.words import shown

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.history import History, Kept

LONGEST_ROW = 60
ALL = 1_000_000


def run(arguments: Namespace) -> int:
    """Errors: `BadInput`, `DeviceFailed("history_failed")`."""
    from desktop.history import History

    actions = {"search": _search, "show": _show, "export": _export, "delete": _delete}
    return actions[arguments.action](History(), arguments)


def _search(history: History, arguments: Namespace) -> int:
    found = history.search(" ".join(arguments.words), most=arguments.most)
    if arguments.json:
        print(json.dumps({"entries": [told(entry) for entry in found]}, ensure_ascii=False))
        return 0
    for entry in found:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(entry.at))
        print(f"{entry.number:6}  {when}  {_cut(entry.question)}\n{'':26}{_cut(entry.answer)}")
    if not found:
        print(shown("history_nothing", language()))
    return 0


def _show(history: History, arguments: Namespace) -> int:
    entry = history.get(arguments.number)
    if arguments.json:
        print(json.dumps(told(entry), ensure_ascii=False))
    else:
        print(entry.question, entry.answer, *(f"  · {line}" for line in entry.evidence), sep="\n")
    return 0


def _export(history: History, arguments: Namespace) -> int:
    """All entries, oldest first, as JSON lines; pictures as base64 where asked for."""
    entries = reversed(history.search(most=ALL))
    rows = "".join(json.dumps(told(one, arguments.pictures), ensure_ascii=False) + "\n" for one in entries)
    if arguments.out is None:
        sys.stdout.write(rows)
        return 0
    try:
        Path(arguments.out).write_text(rows, "utf-8")
    except OSError as reason:
        raise DeviceFailed("history_failed", reason=reason.strerror or "", path=arguments.out) from reason
    return 0


def _delete(history: History, arguments: Namespace) -> int:
    if not arguments.all and not arguments.numbers:
        raise BadInput("history_missing", number="")
    if not arguments.all:
        for number in arguments.numbers:
            history.get(number)
    count = history.delete_all() if arguments.all else history.delete(arguments.numbers)
    print(
        json.dumps({"deleted": count})
        if arguments.json
        else shown("history_deleted", language(), count=count)
    )
    return 0


def told(entry: Kept, pictures: bool = False) -> dict[str, Any]:
    """One entry as JSON takes it."""
    fields = {name: value for name, value in vars(entry).items() if name != "picture"}
    fields["at"] = time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(entry.at))
    if pictures and entry.picture is not None:
        fields["picture_jpeg"] = base64.b64encode(entry.picture).decode("ascii")
    return fields


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_ROW else f"{line[: LONGEST_ROW - 1]}…"
