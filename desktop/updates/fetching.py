"""How TUF's client gets its bytes: over the connections that models come over, which check every address."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx2
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import FetcherInterface

from assistant.errors import Stopped
from models.fetch.answers import setback_of
from models.fetch.line import Line
from models.fetch.problems import DownloadFailed, DownloadRefused, Setback
from models.fetch.transfer import Pace

CHUNK = 1 << 18


class Fetcher(FetcherInterface):
    """One question each, without repeating it: who asks once a day can wait. `room` holds what has not been proved yet.

    Errors of all calls: `DownloadRefused`, `DownloadFailed`, `Stopped`, TUF's `DownloadHTTPError`.
    """

    def __init__(self, line: Line, room: Path) -> None:
        self._line = line
        self._room = room
        self.progress: Callable[[int], None] = lambda _bytes: None
        """told how much of the present file has come"""

    def _fetch(self, url: str) -> Iterator[bytes]:
        pace = Pace(self._line.patience)
        host = self._line.hub.host
        try:
            with self._line.client.stream("GET", url) as answer:
                if answer.status_code != 200:
                    raise DownloadHTTPError(f"{answer.status_code} for {url}", answer.status_code)
                for chunk in answer.iter_raw(CHUNK):
                    if self._line.stop.is_set():
                        raise Stopped()
                    if pace.too_slow(len(chunk)):
                        raise Setback("update_unreachable", host=host)
                    yield chunk
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            if self._line.stop.is_set():
                raise Stopped() from error
            reason = setback_of(error, host)
            raise DownloadFailed("update_unreachable", host=host, reason=reason.code) from error
        except Setback as slow:
            raise DownloadFailed(slow.code, **slow.values) from slow

    @contextmanager
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        """As TUF's own, but beside its goal instead of in the system's small folder for temporary files, and measured."""
        come = 0
        with tempfile.TemporaryFile(dir=self._room) as file:
            for chunk in self.fetch(url):
                come += len(chunk)
                if come > max_length:
                    raise DownloadRefused("update_wrong_file", file=url.rpartition("/")[2])
                file.write(chunk)
                self.progress(come)
            file.seek(0)
            yield file
