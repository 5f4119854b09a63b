"""The connections of one pull: every request checked before it leaves, all of them cut in one moment."""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from models.fetch.patience import Patience
from models.fetch.problems import DownloadRefused

if TYPE_CHECKING:
    import httpx2

    from models.fetch.hub import Hub


class Line:
    """An HTTP client for one hub, with the proxies the system names and no more than five redirects in a row.

    `token` is sent once the hub has asked for one, and to the hub only. Errors: `DownloadRefused` proxy_unusable.
    """

    def __init__(self, hub: Hub, patience: Patience) -> None:
        import httpx2

        self.hub = hub
        self.patience = patience
        self.stop = threading.Event()
        self.token: str | None = None
        self._lock = threading.Lock()
        self._streams: list[Any] = []
        try:
            self.client = httpx2.Client(
                event_hooks={"request": [self._before_each]},
                follow_redirects=True,
                max_redirects=5,
                headers={"User-Agent": "nunchi", "Accept-Encoding": "identity"},
                timeout=httpx2.Timeout(patience.read, connect=patience.connect),
                verify=_trusted(),
            )
        except (ImportError, ValueError, httpx2.InvalidURL) as error:  # a SOCKS proxy, a broken HTTPS_PROXY
            raise DownloadRefused("proxy_unusable", reason=str(error)) from error

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.client.close()

    def cut(self) -> None:
        """Stop everything at once: a thread that waits for a slow hub comes back with an error."""
        with self._lock:
            self.stop.set()
            streams, self._streams = self._streams, []
        for stream in streams:
            _shut(stream)

    def _before_each(self, request: httpx2.Request) -> None:
        """Runs before every request, redirected ones too."""
        self.hub.check(str(request.url))
        request.extensions["trace"] = self._traced

    def _traced(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore tells what it does; a finished connect carries the stream, which has no other owner to ask."""
        if not event.endswith(("connect_tcp.complete", "start_tls.complete")):
            return
        with self._lock:
            if not self.stop.is_set():
                self._streams.append(info["return_value"])
                return
        _shut(info["return_value"])


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The certificates this system trusts (a company's own among them); reading them takes 25 ms each time."""
    import httpx2

    return httpx2.create_ssl_context()


def _shut(stream: Any) -> None:
    line = stream.get_extra_info("socket")
    if line is not None:
        with contextlib.suppress(OSError):  # already gone
            line.shutdown(socket.SHUT_RDWR)
