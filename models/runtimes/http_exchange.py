"""One HTTP request, read in a thread, so that whoever waits for it can leave at any moment.

http.client of the standard library: it follows no redirects, knows no proxies and lets us choose the address to
connect to; a library that does those things for us would have to be taught not to.
"""

from __future__ import annotations

import http.client
import json
import queue
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.cancelling import check
from assistant.errors import EngineFailed, NunchiError
from models.runtimes.http_address import Resolve, ServerAddress

TICK = 0.02
"""seconds between two looks at cancel"""
LONGEST_LINE = 1 << 20
LARGEST_REPLY = 4 << 20
AHEAD = 256
"""lines read ahead of whoever takes them"""


@dataclass(frozen=True)
class Patience:
    """Seconds. `first` runs from the sent question to the first byte: a large model on a CPU needs minutes."""

    connect: float = 3.0
    first: float = 180.0
    between: float = 60.0


@dataclass(frozen=True)
class Server:
    """Where and how to ask. `ca_file` is the certificate of a team's own authority, for https."""

    address: ServerAddress
    api_key: str | None = field(default=None, repr=False)
    ca_file: Path | None = None
    patience: Patience = Patience()
    resolve: Resolve | None = None


@dataclass(frozen=True)
class Head:
    status: int
    kind: str
    """the content type without parameters, in lower case"""


class Exchange:
    """A request under way. `close` hangs up, which is how a server is told to stop generating."""

    def __init__(self, server: Server, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        self._server = server
        self._method, self._path = method, path
        self._body = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        self._items: queue.Queue[Head | bytes | BaseException | None] = queue.Queue(AHEAD)
        self._socket: socket.socket | None = None
        self._closed = threading.Event()
        threading.Thread(target=self._work, name="nunchi-http", daemon=True).start()

    def head(self, cancel: threading.Event | None = None) -> Head:
        """Waits for the answer to begin. Errors: `Stopped`; `EngineFailed`; `BadInput` for its address."""
        item = self._take(cancel)
        assert isinstance(item, Head)
        return item

    def lines(self, cancel: threading.Event | None = None) -> Iterator[bytes]:
        """The lines of the body with their ends. Errors as `head`."""
        while (item := self._take(cancel)) is not None:
            assert isinstance(item, bytes)
            yield item

    def whole(self, cancel: threading.Event | None = None) -> bytes:
        """The body, up to LARGEST_REPLY."""
        return b"".join(self.lines(cancel))

    def close(self) -> None:
        self._closed.set()
        opened = self._socket
        if opened is not None:
            with suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)

    def _take(self, cancel: threading.Event | None) -> Head | bytes | None:
        while True:
            check(cancel)
            try:
                item = self._items.get(timeout=TICK)
            except queue.Empty:
                continue
            if isinstance(item, BaseException):
                raise item
            return item

    def _work(self) -> None:
        last: BaseException | None = None
        try:
            self._talk()
        except NunchiError as error:
            last = error
        except (OSError, http.client.HTTPException, ValueError) as error:
            last = EngineFailed(self._what_failed(error), server=self._server.address.shown)
            last.__cause__ = error
        self._put(last)

    def _what_failed(self, error: Exception) -> str:
        if isinstance(error, ssl.SSLCertVerificationError):
            return "server_untrusted"
        if self._socket is None:
            return "server_down"
        return "server_slow" if isinstance(error, TimeoutError) else "server_broke_off"

    def _talk(self) -> None:
        patience = self._server.patience
        connection = _Connection(self._server, self._server.address.checked(self._server.resolve))
        connection.connect()
        opened = self._socket = connection.sock  # http.client lets go of it when the server will close
        with closing(connection):
            if self._closed.is_set():
                return
            opened.settimeout(patience.first)
            connection.request(
                self._method, self._server.address.path + self._path, self._body, self._headers()
            )
            with connection.getresponse() as reply:
                self._read(reply, opened)

    def _read(self, reply: http.client.HTTPResponse, opened: socket.socket) -> None:
        """Head and lines of the reply. The first line of a stream may take as long as a head may."""
        kind = (reply.getheader("content-type") or "").partition(";")[0].strip().lower()
        self._put(Head(reply.status, kind))
        if kind != "text/event-stream":
            opened.settimeout(self._server.patience.between)
        read = 0
        while not self._closed.is_set() and (line := reply.readline(LONGEST_LINE)):
            read += len(line)
            if read > LARGEST_REPLY or (len(line) == LONGEST_LINE and not line.endswith(b"\n")):
                raise EngineFailed("server_error", server=self._server.address.shown, reason="too long")
            self._put(line)
            opened.settimeout(self._server.patience.between)

    def _headers(self) -> dict[str, str]:
        headers = {
            "Accept": "text/event-stream, application/json",
            "User-Agent": "nunchi",
            "Connection": "close",
        }
        if self._body is not None:
            headers["Content-Type"] = "application/json"
        if self._server.api_key:
            headers["Authorization"] = f"Bearer {self._server.api_key}"
        return headers

    def _put(self, item: Head | bytes | BaseException | None) -> None:
        """Waits while the taker is behind; gives up when it has hung up."""
        while not self._closed.is_set():
            with suppress(queue.Full):
                self._items.put(item, timeout=0.2)
                return


class _Connection(http.client.HTTPConnection):
    """Connects to one of the checked numeric addresses, whatever the host's name is."""

    def __init__(self, server: Server, addresses: list[str]) -> None:
        super().__init__(server.address.host, server.address.port, timeout=server.patience.connect)
        self._server = server
        self._addresses = addresses

    def connect(self) -> None:
        """Errors: OSError of the last address tried."""
        for last, numeric in enumerate(self._addresses, 1 - len(self._addresses)):
            try:
                opened = socket.create_connection((numeric, self.port), self.timeout)
                break
            except OSError:
                if last == 0:
                    raise
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._server.address.scheme == "https":
            context = ssl.create_default_context(cafile=self._server.ca_file)
            opened = context.wrap_socket(opened, server_hostname=self.host)
        self.sock = opened
