"""`nunchi models …`: checking and removing. What is there is told by models_listing.py, getting is in models_getting.py."""

from __future__ import annotations

import functools
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import BadInput, ModelMissing
from desktop.command.main import language

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Errors: NunchiError."""
    if arguments.action in ("pull", "bundle", "import"):
        from desktop.command import models_getting

        return models_getting.run(arguments)
    if arguments.action in ("list", "show"):
        from desktop.command import models_listing

        return models_listing.run(arguments)
    return {"verify": _verify, "remove": _remove}[arguments.action](arguments)


def say(word: str, **values: object) -> str:
    """What models.toml has for `word`, in the person's language."""
    return _words()[language()][word].format(**values)


@functools.cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("models.toml").read_text(encoding="utf-8"))


def told_size(count: float) -> str:
    """Bytes as people read them on a download page: decimal, two or three digits."""
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= size:
            return f"{count / size:.{1 if count < 100 * size else 0}f} {unit}"
    return f"{count:.0f} B"


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def _verify(arguments: Namespace) -> int:
    """All models or one; every byte with --full. The status is that of the first one that is not whole."""
    from models import manifest
    from models.catalogue import find, installed

    entries = [find(arguments.name)] if arguments.name else list(installed())
    status, told = 0, []
    for entry in entries:
        result: dict[str, Any] = {"name": entry.name, "full": arguments.full, "problem": None}
        try:
            checked = manifest.verify(entry.folder, full=arguments.full)
            assert checked is not None
            result |= {"files": len(checked.files), "size": checked.size, "revision": checked.revision}
        except ModelMissing as error:
            result |= {"problem": error.code, "path": str(error.values.get("path", ""))}
            status = error.exit_status
        told.append(result)
        if not arguments.json:
            print(_told_check(result))
    if arguments.json:
        print_json({"models": told})
    return status


def _told_check(result: dict[str, Any]) -> str:
    from assistant.messages import message

    if result["problem"]:
        words = message(result["problem"], language(), path=result["path"], model=result["name"])
        return f"✗ {result['name']}: {words}"
    how = say("all_bytes") if result["full"] else ""
    return say("whole", name=result["name"], files=result["files"], size=told_size(result["size"]), how=how)


def _remove(arguments: Namespace) -> int:
    """One model of the person's, or what was left of unfinished downloads."""
    from models import store
    from models.catalogue import installed

    folder = store.models_folder()
    if not arguments.name and not arguments.leftovers:
        raise BadInput("model_name_refused", name="")
    removed: list[tuple[str, int]] = []
    if arguments.name:
        mine = (folder / arguments.name).is_dir() or store.partials(
            folder, store.checked_name(arguments.name)
        )
        if not mine and any(entry.name == arguments.name and entry.bundled for entry in installed()):
            raise BadInput("model_not_removable", name=arguments.name)
        removed.append((arguments.name, store.remove(folder, arguments.name)))
    swept = store.sweep(folder, older_than=0.0) if arguments.leftovers else []
    if arguments.json:
        named = [{"name": name, "size": size} for name, size in (*removed, *swept)]
        print_json({"removed": named})
        return 0
    for word, done in (("removed", removed), ("swept", swept)):
        for name, size in done:
            print(say(word, name=name.strip("."), size=told_size(size)))
    if not removed and not swept:
        print(say("nothing_swept"))
    return 0
