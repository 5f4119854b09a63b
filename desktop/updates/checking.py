"""Asking for a new version and bringing its installer, each proved by TUF before anything of it counts.

TUF refuses what is signed by nobody we know, older than what was seen before, expired, or of another length or hash.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tuf.api import exceptions
from tuf.ngclient import Updater, UpdaterConfig

from assistant.errors import Stopped
from desktop.updates.fetching import Fetcher
from desktop.updates.release import LARGEST_LIST, LIST, Release, newer
from desktop.updates.source import Source
from models.fetch.hub import Hub
from models.fetch.line import Line
from models.fetch.patience import Patience
from models.fetch.problems import DownloadFailed, DownloadRefused
from models.store import storage_errors

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile

LARGEST = 400_000_000
"""bytes of an installer; three times what the largest has"""
PATIENCE = Patience(connect=10.0, read=20.0)
_NEAR = 99
"""names beside one that is taken already: «file (99).exe»"""
log = logging.getLogger(__name__)


class Asking:
    """One visit to `source`. `state` is where TUF remembers what it has seen: without it an old answer could be played back.

    Errors of both calls: `DownloadRefused`, `DownloadFailed`, `StoreFailed`, `Stopped`.
    """

    def __init__(self, source: Source, state: Path, patience: Patience = PATIENCE) -> None:
        self._source, self._state, self._patience = source, state, patience
        self._line: Line | None = None
        self._lock = threading.Lock()
        self._stopped = False

    def stop(self) -> None:
        """From any thread: the visit ends at once."""
        with self._lock:
            self._stopped = True
            if self._line is not None:
                self._line.cut()

    def newer(self, installed_as: str, version: str) -> Release | None:
        """The newest release, where it is newer than `version`."""
        with self._visit(self._state) as (updater, _fetcher):
            target = _wanted(updater, LIST, LARGEST_LIST)
            updater.download_target(target)
            return newer((self._state / LIST).read_bytes(), installed_as, version)

    def bring(
        self, release: Release, into: Path, progress: Callable[[float], None] = lambda _part: None
    ) -> Path:
        """The release's installer, whole and proved, under a name in `into` that was free. Not made executable, not started."""
        with self._visit(into) as (updater, fetcher):
            target = _wanted(updater, release.path, LARGEST)
            fetcher.progress = lambda come: progress(come / target.length)
            if there := updater.find_cached_target(target, str(into / release.file)):
                return Path(there)
            part = into / f".{release.file}.part"
            try:
                updater.download_target(target, str(part), self._source.installers)
                goal = _free(into / release.file)
                os.replace(part, goal)  # noqa: PTH105 - over a file that somebody put there meanwhile: it is the same name
            finally:
                part.unlink(missing_ok=True)
            return goal

    @contextmanager
    def _visit(self, room: Path) -> Iterator[tuple[Updater, Fetcher]]:
        hub = Hub(self._source.endpoint, self._source.hosts)
        with storage_errors(room), Line(hub, self._patience) as line:
            with self._lock:
                self._line = line
                if self._stopped:
                    raise Stopped()
            room.mkdir(parents=True, exist_ok=True)
            self._state.mkdir(parents=True, exist_ok=True)
            fetcher = Fetcher(line, room)
            try:
                updater = Updater(
                    str(self._state), self._source.metadata, str(self._state), f"{self._source.metadata}targets/", fetcher,
                    UpdaterConfig(prefix_targets_with_hash=False, max_root_rotations=64), bootstrap=self._source.root,
                )  # fmt: skip
                yield updater, fetcher
            except exceptions.ExpiredMetadataError as error:
                raise DownloadRefused("update_expired") from error
            except exceptions.RepositoryError as error:
                log.warning("what %s tells of new versions is not to be trusted: %s", hub.host, error)
                raise DownloadRefused("update_not_trusted", host=hub.host) from error
            except exceptions.DownloadLengthMismatchError as error:
                raise DownloadRefused("update_not_trusted", host=hub.host) from error
            except exceptions.DownloadError as error:
                reason = str(getattr(error, "status_code", "") or type(error).__name__)
                raise DownloadFailed("update_unreachable", host=hub.host, reason=reason) from error


def _wanted(updater: Updater, path: str, largest: int) -> TargetFile:
    """What the signed metadata says about a file. Errors: `DownloadRefused`."""
    target = updater.get_targetinfo(path)
    if target is None or not 0 < target.length <= largest:
        raise DownloadRefused("update_list_broken")
    return target


def _free(wanted: Path) -> Path:
    """`wanted`, or a name beside it that nobody has."""
    names = (f"{wanted.stem} ({number}){wanted.suffix}" for number in range(2, _NEAR))
    return next(
        (path for path in (wanted, *(wanted.with_name(name) for name in names)) if not path.exists()), wanted
    )
