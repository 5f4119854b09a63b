"""The story of one pull: ask the hub what there is, bring it into a staged folder, prove it, put it in place.

The manifest is written last and the folder gets its name after that, so a pull that is killed at any moment
leaves either the model that was there before, or no model; what has arrived is found by the next pull.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from collections.abc import Callable, Collection
from concurrent import futures
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from assistant.errors import ModelMissing, NunchiError, Stopped
from models import origin, store
from models.fetch.hub import Hub, Plan, plan
from models.fetch.line import Line
from models.fetch.patience import Patience
from models.fetch.problems import DownloadRefused
from models.fetch.progress import Meter, Progress
from models.fetch.transfer import fetch
from models.manifest import NAME, Manifest, weights_kind, write_manifest
from models.names import is_code
from models.origin import Origin, write_origin

T = TypeVar("T")

_PLAN = ".plan.json"
_NEWEST = "main"
# Licence texts come along whatever the engine needs: a bundle made from the folder must carry them.
PAPERS = ("LICENSE*", "LICENCE*", "License*", "NOTICE*", "Notice*", "README.md")
_TICK = 0.1  # seconds between two looks at `stop` and two reports


@dataclass(frozen=True)
class Wanted:
    """What to pull: the files of `repo` that match `patterns`, as model `name`.

    `revision` is a commit, branch or tag; "" takes the commit an unfinished pull began with, else the newest.
    `origin` is kept beside the model (notice, licence), with the commit. `.py` files come only with `code`.
    """

    name: str
    repo: str
    patterns: tuple[str, ...]
    licence: str
    revision: str = ""
    code: bool = False
    origin: Origin = field(default_factory=Origin)


def pull(
    wanted: Wanted,
    into: Path,
    *,
    hub: Hub | None = None,
    stop: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
    patience: Patience | None = None,
    offline: bool = False,
    workers: int = 3,
) -> Manifest:
    """Bring a model into the models folder `into`, replacing an older one of its name only when complete.

    `progress` is called on this thread, about ten times a second. Setting `stop` ends the pull within a
    moment; so does KeyboardInterrupt. Errors: `ModelMissing` (offline, hub_model_not_found,
    model_format_refused), `DownloadRefused`, `DownloadFailed`, `StoreFailed`, `BadInput`, `Stopped`.
    """
    store.checked_name(wanted.name)
    if offline:
        raise ModelMissing("offline", model=wanted.name)
    hub, patience = hub or Hub.from_environment(), patience or Patience()
    stop = stop or threading.Event()
    final = into / wanted.name
    staged = store.staged(into, wanted.name)
    with store.hold(into, wanted.name), store.storage_errors(into):
        store.recover(into, wanted.name)
        store.sweep(into)
        with Line(hub, patience) as line, Watch(line, stop, progress, workers) as watch:
            asked = watch.pool.submit(_find, line, wanted, staged)
            watch.over([asked])
            found = asked.result()
            _prepare(staged, found)
            meter = Meter(found.size, len(found.files))
            hashes = _bring(line, found, staged, meter, watch)
        manifest = _complete(staged, wanted, found, hashes)
        store.put_in_place(staged, final)
    return manifest


def _find(line: Line, wanted: Wanted, staged: Path) -> Plan:
    """The files at the wanted revision; an unfinished pull goes on with its own commit if the hub has it yet."""
    patterns = (*wanted.patterns, *PAPERS)
    begun = _begun(staged, wanted.repo)
    try:
        found = plan(line, wanted.repo, wanted.revision or begun or _NEWEST, patterns)
    except ModelMissing:
        if wanted.revision or not begun:
            raise
        found = plan(line, wanted.repo, _NEWEST, patterns)
    code = [file.path for file in found.files if is_code(file.path)]
    if code and not wanted.code:
        raise DownloadRefused("download_code", file=code[0])
    return found


def _begun(staged: Path, repo: str) -> str:
    """The commit an unfinished pull of `repo` was made from, or ""."""
    try:
        noted = json.loads((staged / _PLAN).read_text(encoding="utf-8"))
        return str(noted["commit"]) if noted["repo"] == repo else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _prepare(staged: Path, found: Plan) -> None:
    """A staged folder that holds nothing but files of the plan, and room for the rest."""
    wanted = {file.path: file.size for file in found.files}
    there = 0
    if staged.is_symlink():
        staged.unlink()
    if staged.is_dir():
        for path in sorted(staged.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                with contextlib.suppress(OSError):  # not empty: it holds files of the plan
                    path.rmdir()
                continue
            inside = path.relative_to(staged).as_posix()
            size = 0 if path.is_symlink() else path.stat().st_size
            if path.is_symlink() or size > wanted.get(inside, -1):
                path.unlink()
            else:
                there += size
    elif staged.exists():
        staged.unlink()
    store.need_room(staged, found.size - there)
    staged.mkdir(parents=True, exist_ok=True)
    note = json.dumps({"repo": found.repo, "commit": found.commit})
    (staged / _PLAN).write_text(note, encoding="utf-8")


def _bring(line: Line, found: Plan, staged: Path, meter: Meter, watch: Watch) -> dict[str, str]:
    """All files of the plan, a few at a time; the first that fails stops the others. SHA-256 by path."""
    arriving = {file.path: watch.pool.submit(fetch, line, found, file, staged, meter) for file in found.files}
    watch.over(arriving.values(), meter)
    return {path: future.result() for path, future in arriving.items()}


class Watch:
    """Lets threads work while the caller's own looks at `stop`, reports, and can be interrupted."""

    def __init__(
        self, line: Line, stop: threading.Event, progress: Callable[[Progress], None] | None, workers: int
    ) -> None:
        self.pool = futures.ThreadPoolExecutor(max(1, workers), thread_name_prefix="nunchi-pull")
        self._line = line
        self._stop = stop
        self._progress = progress

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._line.cut()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def over(self, work: Collection[futures.Future[T]], meter: Meter | None = None) -> None:
        """Until all of `work` is done. Errors: the first of theirs, `Stopped`."""
        left: Collection[futures.Future[T]] = work
        while left:
            done, left = futures.wait(work, timeout=_TICK, return_when=futures.FIRST_EXCEPTION)
            if self._stop.is_set():
                raise Stopped()
            for future in done:
                future.result()
            if self._progress and meter:
                self._progress(meter.read())


def _complete(staged: Path, wanted: Wanted, found: Plan, hashes: dict[str, str]) -> Manifest:
    """Write the origin and, last, the manifest; it is taken from the disk and must say what the hub said."""
    store.flush(write_origin(staged, replace(wanted.origin, repo=found.repo, revision=found.commit)))
    try:
        weights_kind(staged)
        manifest = write_manifest(
            staged, name=wanted.name, version=found.commit[:12], licence=wanted.licence, revision=found.commit
        )
        _compare(manifest, hashes)
    except NunchiError:
        shutil.rmtree(staged)
        raise
    store.flush(staged / NAME)
    (staged / _PLAN).unlink(missing_ok=True)
    return manifest


def _compare(manifest: Manifest, hashes: dict[str, str]) -> None:
    on_disk = {file.path: file.sha256 for file in manifest.files if file.path != origin.NAME}
    for path in sorted(set(on_disk) ^ set(hashes) | {p for p in hashes if on_disk.get(p) != hashes[p]}):
        raise DownloadRefused("download_wrong_bytes", file=path)
