"""Which servers may be asked: this machine; a private network when the person entered it; never a public one.

A name is resolved for every request, every address it has must be allowed, and the connection goes to an address
that was checked: a name that changes its mind in between (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.errors import BadInput, EngineFailed

PRIVATE = tuple(
    ipaddress.ip_network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""RFC 1918 and RFC 4193. Link-local is not in it (169.254.169.254 hands out cloud credentials), nor is 100.64/10."""
_PORTS = {"http": 80, "https": 443}
Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True)
class ServerAddress:
    """A base URL taken apart. `path` has no slash at its end: "/v1"."""

    scheme: str
    host: str
    port: int
    path: str
    allow_private: bool = False

    @property
    def shown(self) -> str:
        """host:port, for messages."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.shown}{self.path}"

    def checked(self, resolve: Resolve | None = None) -> list[str]:
        """The numeric addresses to connect to, in the order the system prefers.

        Errors: EngineFailed server_down where the name is unknown; BadInput server_address_private (allowed only
        when entered by the person), server_address_public (never).
        """
        try:
            found = (resolve or resolved)(self.host, self.port)
        except (OSError, UnicodeError) as error:
            raise EngineFailed("server_down", server=self.shown) from error
        for numeric in found:
            self._check(numeric)
        if not found:
            raise EngineFailed("server_down", server=self.shown)
        return found

    def _check(self, numeric: str) -> None:
        kind = reach(numeric)
        if kind == "loopback" or (kind == "private" and self.allow_private):
            return
        code = "server_address_private" if kind == "private" else "server_address_public"
        raise BadInput(code, server=self.shown)


def server_address(url: str, *, allow_private: bool = False) -> ServerAddress:
    """The address in `url` (http or https; /v1 is added where there is no path). Errors: BadInput.

    server_address_broken; for a numeric address at once also what `checked` refuses.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise BadInput("server_address_broken", url=url[:200]) from error
    host = parts.hostname or ""
    odd = parts.username is not None or parts.password is not None or parts.query or parts.fragment
    if parts.scheme not in _PORTS or not host or odd or any(ord(sign) <= 32 for sign in url.strip()):
        raise BadInput("server_address_broken", url=url[:200])
    address = ServerAddress(parts.scheme, host, port, parts.path.rstrip("/") or "/v1", allow_private)
    if reach(host) != "name":
        address._check(host)
    return address


def reach(numeric: str) -> str:
    """loopback, private, public (all that is neither, reserved ranges too), or name where it is no number."""
    try:
        address = ipaddress.ip_address(numeric.partition("%")[0])
    except ValueError:
        return "name"
    if "%" in numeric:
        return "public"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return "loopback"
    inside = any(address in network for network in PRIVATE if network.version == address.version)
    return "private" if inside else "public"


def resolved(host: str, port: int) -> list[str]:
    """What the system's resolver says now. Errors: OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
