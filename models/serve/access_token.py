"""The one secret of the local API: a token in a file that only its owner can read."""

from __future__ import annotations

import hmac
import os
import re
import secrets
import stat
from hashlib import sha256
from pathlib import Path

from assistant.errors import DeviceFailed

PREFIX = "nunchi-"
BYTES = 32
"""256 bits, as 43 URL-safe characters"""
_FORM = re.compile(re.escape(PREFIX) + r"[A-Za-z0-9_-]{43}")


FILE = "api-token"
"""its name in the person's data folder"""


class TokenFile:
    """Reads the file anew for every question, so a renewed token counts at once and the old one no longer."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    def current(self) -> str:
        """The token; made on first use. Errors: DeviceFailed token_file_exposed, token_file_broken."""
        try:
            return self._read()
        except FileNotFoundError:
            return self.renew()

    def renew(self) -> str:
        """Put a new token in place of the old one. Errors: DeviceFailed token_file_unwritable."""
        token = PREFIX + secrets.token_urlsafe(BYTES)
        part = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(token + "\n")
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(self.path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise DeviceFailed("token_file_unwritable", path=str(self.path)) from error
        return token

    def admits(self, presented: bytes) -> bool:
        """Whether `presented` is the token; takes the same time wherever they differ."""
        wanted = sha256(self.current().encode()).digest()
        return hmac.compare_digest(wanted, sha256(presented).digest())

    def _read(self) -> str:
        try:
            handle = os.open(self.path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            raise
        except OSError as error:
            raise DeviceFailed("token_file_broken", path=str(self.path)) from error
        with os.fdopen(handle, "rb") as stream:
            if os.name == "posix" and _exposed(os.fstat(stream.fileno())):
                raise DeviceFailed("token_file_exposed", path=str(self.path))
            token = stream.read(256).decode("ascii", "replace").strip()
        if not _FORM.fullmatch(token):
            raise DeviceFailed("token_file_broken", path=str(self.path))
        return token


def _exposed(status: os.stat_result) -> bool:
    """Whether others could have read or written the file."""
    return not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or bool(status.st_mode & 0o077)
