"""`nunchi models pull|bundle|import`: getting a model and passing it on, with the person's consent and a bar."""

from __future__ import annotations

import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BadInput, ModelMissing
from desktop.command.models import print_json, say, told_size

if TYPE_CHECKING:
    from argparse import Namespace

    from models.bundle import Contents
    from models.fetch import Progress
    from models.manifest import Manifest
    from models.offers import Offer

INTERRUPTED = 130
_OFFLINE = ("NUNCHI_OFFLINE", "HF_HUB_OFFLINE")
_EVERY = 0.5  # seconds between two lines of --json


def run(arguments: Namespace) -> int:
    """Errors: NunchiError. Ctrl+C ends with 130; what has arrived is kept for the next pull."""
    actions = {"pull": _pull, "bundle": _bundle, "import": _import}
    try:
        return actions[arguments.action](arguments)
    except KeyboardInterrupt:
        print(f"\n{say('stopped')}", file=sys.stderr)
        return INTERRUPTED


def _pull(arguments: Namespace) -> int:
    from models import offers
    from models.fetch import Wanted, pull
    from models.store import models_folder

    offered = offers.offer(arguments.name)
    source = offers.source(offered, arguments.engine)
    folder = models_folder()
    manifest = None if arguments.again else _whole(folder / offered.name)
    fetched = manifest is None
    if manifest is None:
        _agree(Terms.of_offer(offered), arguments)
        wanted = Wanted(
            name=offered.name,
            repo=source.repo,
            patterns=source.patterns,
            licence=offered.licence,
            revision=source.revision,
            code=offered.code,
            origin=offered.origin,
        )
        show = Shown(arguments.json, say("fetching", title=offered.title, repo=source.repo))
        manifest = pull(wanted, folder, progress=show.pulled, offline=_offline())
        show.close()
    there = folder / offered.name
    if arguments.json:
        more = {"repo": source.repo, "convert": source.convert, "fetched": fetched}
        print_json({**_done(manifest, there, offered.notice), **more})
        return 0
    print(_told_done("fetched" if fetched else "already", offered.title, manifest))
    if source.convert:
        print(say("convert", folder=there))
    if offered.notice:
        print(offered.notice)
    return 0


def _done(manifest: Manifest, folder: Path, notice: str) -> dict[str, object]:
    """The last line of --json."""
    return {
        "event": "done",
        "name": manifest.name,
        "revision": manifest.revision,
        "size": manifest.size,
        "files": len(manifest.files),
        "folder": str(folder),
        "notice": notice,
    }


def _told_done(word: str, title: str, manifest: Manifest) -> str:
    return say(word, title=title, size=told_size(manifest.size), revision=manifest.revision[:12] or "-")


def _whole(folder: Path) -> Manifest | None:
    """What is installed in `folder`, if it is whole."""
    from models.manifest import verify

    try:
        return verify(folder, full=False)
    except ModelMissing:
        return None


def _offline() -> bool:
    return any(os.environ.get(name, "").lower() in ("1", "true", "yes", "on") for name in _OFFLINE)


def _bundle(arguments: Namespace) -> int:
    from models.bundle import pack
    from models.catalogue import find

    entry = find(arguments.name)
    show = Shown(arguments.json, say("packing", name=entry.name))
    path = pack(entry.folder, Path(arguments.out), progress=show.copied)
    show.close()
    size = path.stat().st_size
    if arguments.json:
        print_json({"event": "done", "name": entry.name, "path": str(path), "size": size})
    else:
        print(say("packed", path=path, size=told_size(size)))
    return 0


def _import(arguments: Namespace) -> int:
    from models.bundle import look_into, unpack
    from models.store import models_folder

    path, folder = Path(arguments.file), models_folder()
    found = look_into(path)
    terms = Terms.of_bundle(found)
    _agree(terms, arguments)
    show = Shown(arguments.json, say("unpacking", name=terms.title))
    manifest = unpack(path, folder, allow_code=terms.code, progress=show.copied)
    show.close()
    if arguments.json:
        print_json(_done(manifest, folder / manifest.name, found.notice))
        return 0
    print(_told_done("fetched", terms.title, manifest))
    if found.notice:
        print(found.notice)
    return 0


@dataclass(frozen=True)
class Terms:
    """What a person has to know and agree to before a model is installed."""

    name: str
    title: str
    licence: str
    address: str
    notice: str
    accept: bool
    code: bool

    @classmethod
    def of_offer(cls, given: Offer) -> Terms:
        return cls(
            name=given.name,
            title=given.title,
            licence=given.licence,
            address=given.licence_address,
            notice=given.notice,
            accept=given.accept,
            code=given.code,
        )

    @classmethod
    def of_bundle(cls, given: Contents) -> Terms:
        return cls(
            name=given.manifest.name,
            title=given.title or given.manifest.name,
            licence=given.licence,
            address=given.licence_address,
            notice=given.notice,
            accept=given.accept,
            code=bool(given.code),
        )


def _agree(terms: Terms, arguments: Namespace) -> None:
    """Show the terms and ask, once for all of them.

    Errors: `BadInput` licence_not_accepted, code_not_allowed: the person said no, or nobody is there to ask.
    """
    licence = terms.accept and not arguments.accept_licence
    code = terms.code and not arguments.allow_code
    if not licence and not code:
        return
    if not arguments.json:
        print(_told_terms(terms), file=sys.stderr)
    asked = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() and not arguments.json
    if asked:
        print(say("agree"), end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() in (
            "y",
            "yes",
            "예",
            "네",
            "ㅛ",
        ):  # ㅛ: y on a Korean keyboard
            return
    if licence:
        raise BadInput(
            "licence_not_accepted",
            name=terms.name,
            licence=terms.licence,
            address=terms.address,
            notice=terms.notice,
        )
    raise BadInput("code_not_allowed", name=terms.name)


def _told_terms(terms: Terms) -> str:
    rows = [say("terms", title=terms.title, licence=terms.licence)]
    rows += [say("terms_at", address=terms.address)] if terms.address else []
    rows += [say("terms_notice", notice=terms.notice)] if terms.notice else []
    rows += [say("terms_code")] if terms.code else []
    return "\n".join(rows)


class Shown:
    """How far it is: a bar on a terminal, a line now and then with --json, else one line at the start."""

    def __init__(self, as_json: bool, beginning: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._json = as_json
        self._bar = not as_json and sys.stdout.isatty()
        self._clock = clock
        self._told = -_EVERY
        if not as_json:
            print(beginning, flush=True)

    def pulled(self, progress: Progress) -> None:
        """Of a download."""
        if self._json:
            if self._due(progress.bytes == progress.total):
                print_json({
                    "event": "progress", "file": progress.file, "bytes": progress.bytes, "total": progress.total,
                    "speed": round(progress.speed), "files_done": progress.files_done, "files": progress.files,
                })  # fmt: skip
        elif self._bar:
            speed = f"{told_size(progress.speed)}/s"
            self._draw(
                progress.bytes, progress.total, [speed, _told_left(progress.seconds_left), progress.file]
            )

    def copied(self, done: int, total: int) -> None:
        """Of packing or unpacking."""
        if self._json:
            if self._due(done == total):
                print_json({"event": "progress", "bytes": done, "total": total})
        elif self._bar:
            self._draw(done, total, [])

    def close(self) -> None:
        if self._bar:
            print()

    def _due(self, last: bool) -> bool:
        now = self._clock()
        if now - self._told < _EVERY and not last:
            return False
        self._told = now
        return True

    def _draw(self, done: int, total: int, facts: list[str]) -> None:
        part = done / total if total else 1.0
        bar = "█" * round(24 * part)
        amount = f"{told_size(done)} / {told_size(total)}"
        line = "  ".join([f"{bar:░<24} {part:4.0%}", amount, *filter(None, facts)])
        columns = shutil.get_terminal_size().columns - 1
        print(f"\r{fitted(line, columns)}", end="", flush=True)


def _told_left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        return say("left_seconds", seconds=round(seconds))
    return say("left", minutes=round(seconds / 60))


def fitted(line: str, columns: int) -> str:
    """`line` cut or filled to exactly that many columns of a terminal, where Hangul takes two."""
    taken, kept = 0, []
    for sign in line:
        width = 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if taken + width > columns:
            break
        taken += width
        kept.append(sign)
    return "".join(kept) + " " * (columns - taken)
