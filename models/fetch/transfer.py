"""Bringing one file of a plan onto the disk: resumed, measured, hashed while it arrives, stopped at any chunk."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from assistant.errors import Stopped
from models.fetch.answers import setback_of, worth_retrying
from models.fetch.hub import Plan, RemoteFile
from models.fetch.line import Line
from models.fetch.patience import Patience, persist
from models.fetch.problems import DownloadRefused, Setback
from models.fetch.progress import Meter
from models.store import flush, storage_errors

if TYPE_CHECKING:
    import httpx2

CHUNK = 1 << 20  # bytes read at once
BUFFER = 1 << 18  # bytes held back before they are written: what a killed pull loses of a file
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class Arriving:
    """One file on its way: what is on the disk so far, and the hashes of exactly that."""

    def __init__(self, path: Path, file: RemoteFile, meter: Meter, stop: threading.Event) -> None:
        self.path = path
        self.file = file
        self.have = 0
        self.resumed = False
        self._meter = meter
        self._stop = stop
        self._begin()

    def take_up(self) -> None:
        """Hash what an earlier pull has left. Errors: `Stopped`."""
        if not self.path.exists():
            return
        if self.path.stat().st_size > self.file.size:
            self.path.unlink()
            return
        with self.path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                if self._stop.is_set():
                    raise Stopped()
                self._count(chunk)
                self._meter.found(self.file.path, len(chunk))
        self.resumed = self.have > 0

    def take(self, chunk: bytes, stream: IO[bytes]) -> None:
        """Errors: `DownloadRefused` when more comes than the hub announced; OSError of the disk."""
        if self.have + len(chunk) > self.file.size:
            raise DownloadRefused("download_wrong_size", file=self.file.path)
        write(stream, chunk)
        self._count(chunk)
        self._meter.received(self.file.path, len(chunk))

    def restart(self) -> None:
        """Forget everything that came."""
        self._meter.found(self.file.path, -self.have)
        self.path.unlink(missing_ok=True)
        self.resumed = False
        self._begin()

    def right(self) -> bool:
        """Whether the whole file has the hash the hub keeps for it."""
        if self.file.sha256:
            return self.sha256 == self.file.sha256
        return self._git.hexdigest() == self.file.git_sha1

    @property
    def whole(self) -> bool:
        return self.have == self.file.size

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()

    def _begin(self) -> None:
        self.have = 0
        self._sha256 = hashlib.sha256()
        self._git = hashlib.sha1(f"blob {self.file.size}\0".encode(), usedforsecurity=False)

    def _count(self, chunk: bytes) -> None:
        self.have += len(chunk)
        self._sha256.update(chunk)
        if not self.file.sha256:
            self._git.update(chunk)


def write(stream: IO[bytes], chunk: bytes) -> None:
    """The one place where downloaded bytes meet the disk."""
    stream.write(chunk)


def fetch(line: Line, plan: Plan, file: RemoteFile, into: Path, meter: Meter) -> str:
    """Bring `file` into the staged folder `into`; returns its SHA-256.

    Errors: `DownloadRefused` (nothing of the file is kept), `DownloadFailed` (kept), `StoreFailed`, `Stopped`.
    """
    path = into.joinpath(*file.path.split("/"))
    with storage_errors(into, needed=file.size):
        path.parent.mkdir(parents=True, exist_ok=True)
        arriving = Arriving(path, file, meter, line.stop)
        arriving.take_up()
        while True:
            if not arriving.whole or not path.exists():
                persist(lambda: _attempt(line, plan, arriving), line.patience, line.stop)
            if arriving.right():
                flush(path)
                meter.finished(file.path)
                return arriving.sha256
            if not arriving.resumed:
                arriving.restart()
                raise DownloadRefused("download_wrong_bytes", file=file.path)
            arriving.restart()  # what lay on the disk may have been torn by a crash: once more, from the start


def _attempt(line: Line, plan: Plan, arriving: Arriving) -> None:
    """One request, from where we are to the end of the file. Errors: `Setback` and those of `fetch`."""
    import httpx2

    if line.stop.is_set():
        raise Stopped()
    before = arriving.have
    headers = {"Range": f"bytes={before}-"} if before else {}
    if line.token:
        headers["Authorization"] = f"Bearer {line.token}"
    url = line.hub.file_url(plan.repo, plan.commit, arriving.file.path)
    try:
        with line.client.stream("GET", url, headers=headers) as response:
            _check_answer(line, plan, arriving, response)
            _receive(line, arriving, response)
    except DownloadRefused as refusal:
        if refusal.code == "download_wrong_size":
            arriving.restart()
        raise
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        if line.stop.is_set():
            raise Stopped() from error
        raise setback_of(error, line.hub.host, progressed=arriving.have > before) from error
    if not arriving.whole:
        raise Setback("hub_cut_off", host=line.hub.host, progressed=arriving.have > before)


def _check_answer(line: Line, plan: Plan, arriving: Arriving, response: httpx2.Response) -> None:
    """Refuse an answer about another commit, another file or another place in it."""
    file = arriving.file
    if response.status_code in (401, 403) and response.history:  # the CDN: its addresses expire
        raise Setback("hub_said_no", host=line.hub.host, status=response.status_code)
    if response.status_code in (401, 403):
        _ask_for_token(line, plan, refused=response.request.headers.get("Authorization", ""))
    if response.status_code == 404:
        raise DownloadRefused("hub_file_missing", file=file.path, repo=plan.repo)
    if response.status_code == 416:
        arriving.restart()
        raise Setback("hub_cut_off", host=line.hub.host)
    worth_retrying(response, line.hub.host)
    for answer in (*response.history, response):
        commit = answer.headers.get("X-Repo-Commit", plan.commit)
        etag = answer.headers.get("X-Linked-Etag", "").removeprefix("W/").strip('"')
        size = answer.headers.get("X-Linked-Size", str(file.size))
        if commit != plan.commit or (etag and file.sha256 and etag != file.sha256):
            raise DownloadRefused("download_wrong_bytes", file=file.path)
        if size != str(file.size):
            raise DownloadRefused("download_wrong_size", file=file.path)
    if response.status_code == 206:
        place = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
        if not place or int(place[1]) != arriving.have or int(place[3]) != file.size:
            raise DownloadRefused("download_wrong_size", file=file.path)
    elif response.headers.get("Content-Length", str(file.size)) != str(file.size):
        raise DownloadRefused("download_wrong_size", file=file.path)


def _ask_for_token(line: Line, plan: Plan, refused: str) -> None:
    """A gated model: send the person's own token, if there is one, from now on; `refused` was sent already."""
    from huggingface_hub import get_token

    token = get_token()
    if not token or refused:
        raise DownloadRefused("hub_login_needed", repo=plan.repo, address=f"{line.hub.endpoint}/{plan.repo}")
    line.token = token
    raise Setback("hub_login_needed", after=0.0, progressed=True, repo=plan.repo)


def _receive(line: Line, arriving: Arriving, response: httpx2.Response) -> None:
    """Write the body where it belongs."""
    if arriving.have and response.status_code == 200:
        arriving.restart()  # a hub or proxy that knows no ranges
    pace = Pace(line.patience)
    with arriving.path.open("ab", buffering=BUFFER) as stream:
        for chunk in response.iter_raw():  # as it comes: collecting it would hide a drip from `pace`
            if line.stop.is_set():
                raise Stopped()
            arriving.take(chunk, stream)
            if pace.too_slow(len(chunk)):
                raise Setback("hub_slow", host=line.hub.host)


class Pace:
    """Whether bytes come at all: a drip that never times out would hold a place for days."""

    def __init__(self, patience: Patience, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._clock = clock
        self._since = clock()
        self._bytes = 0

    def too_slow(self, count: int) -> bool:
        self._bytes += count
        spent = self._clock() - self._since
        if spent < self._patience.slow_after:
            return False
        slow = self._bytes < self._patience.slowest * spent
        self._since, self._bytes = self._clock(), 0
        return slow
