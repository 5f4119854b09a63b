"""Opens the loopback socket and serves until told to stop. Any other address is refused, whoever asks for it."""

from __future__ import annotations

import ipaddress
import logging
import socket
from threading import Thread
from typing import TYPE_CHECKING

from assistant.errors import BadInput, DeviceFailed
from models.serve.access_token import TokenFile
from models.serve.engines import Engines
from models.serve.limits import Limits
from models.serve.office import Office

if TYPE_CHECKING:
    import uvicorn

PORT = 9797
HOST = "127.0.0.1"
STOP_SECONDS = 3


class Server:
    """Listening from the moment it is made; `port` is the real one where 0 was asked for.

    Errors: BadInput serve_not_loopback, port_out_of_range; DeviceFailed port_taken, and the token file's.
    """

    def __init__(
        self,
        engines: Engines,
        token: TokenFile,
        *,
        host: str = HOST,
        port: int = PORT,
        limits: Limits | None = None,
    ) -> None:
        self.token = token
        token.current()  # a file that cannot be trusted must not be found out by the first client
        self._socket = listen(host, port)
        self.port = self._socket.getsockname()[1]
        self.host = loopback(host)
        self.office = Office(engines, limits or Limits())
        self._uvicorn = _uvicorn(self.office, token, self.port)
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    def run(self) -> None:
        """Serve in this thread until a signal or `stop`."""
        try:
            self._uvicorn.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def start(self) -> None:
        """Serve in a thread of its own; `stop` ends it."""
        self._thread = Thread(target=self.run, name="nunchi-serve", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the connections and, where `start` was used, wait for the thread."""
        self._uvicorn.should_exit = True
        if self._thread is not None:
            self._thread.join(STOP_SECONDS + 5)


def loopback(host: str) -> str:
    """The numeric loopback address meant by `host`. Errors: BadInput serve_not_loopback."""
    if host == "localhost":
        return HOST
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError as error:
        raise BadInput("serve_not_loopback", host=host) from error
    if str(address) not in (HOST, "::1"):
        raise BadInput("serve_not_loopback", host=host)
    return str(address)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on loopback. Errors: BadInput, DeviceFailed port_taken."""
    address = loopback(host)
    if not 0 <= port <= 65_535:
        raise BadInput("port_out_of_range", port=port)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # Named TCP, because asyncio turns Nagle's delay off only then: 40 ms a reply on kept connections otherwise.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows lets another program share a port otherwise
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((address, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise DeviceFailed("port_taken", port=port) from error
    return opened


def _uvicorn(office: Office, token: TokenFile, port: int) -> uvicorn.Server:
    import uvicorn

    from models.serve.app import build
    from models.serve.connections import impatient_protocol

    logging.getLogger("python_multipart").setLevel(logging.ERROR)  # it warns with bytes of what was sent
    config = uvicorn.Config(
        build(office, port=port, token=token),
        http=impatient_protocol(office.limits),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",  # lower ones write paths with their queries, and headers with the token
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=office.limits.head_bytes,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    return uvicorn.Server(config)
