# ruff: noqa: TID253 - loaded by desktop.app and the trigger command only
"""One tray for each person: others ask it for an action over a local socket, and end.

A message is one line, `trigger ACTION`; the reply is `ok` or `unknown`. Nothing else is understood, and a line may be
64 bytes long. The socket is open to its owner only.
"""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ACTIONS = ("screen", "window", "region", "camera", "again", "type", "stop", "quit")
"""`quit` is for installers, which replace a running program"""
LONGEST_LINE = 64
WAIT_MS = 3_000


def socket_name() -> str:
    """Of this person in this session; NUNCHI_INSTANCE gives tests one of their own."""
    named = os.environ.get("NUNCHI_INSTANCE")
    session = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    who = hashlib.sha256(f"{getpass.getuser()}|{session}".encode()).hexdigest()[:12]
    return f"nunchi-{named or who}"


def request(action: str, name: str | None = None) -> str | None:
    """Ask the running instance for an action: its reply, or None where none runs."""
    socket = QLocalSocket()
    socket.connectToServer(name or socket_name())
    if not socket.waitForConnected(WAIT_MS):
        return None
    socket.write(f"trigger {action}\n".encode())
    socket.waitForBytesWritten(WAIT_MS)
    while not socket.canReadLine() and socket.waitForReadyRead(WAIT_MS):
        pass
    reply = bytes(socket.readLine().data()).decode("ascii", "replace").strip()
    socket.disconnectFromServer()
    return reply or None


class Instance(QObject):
    """Held by the one running tray; `do` gets the actions others ask for."""

    def __init__(self, do: Callable[[str], None], name: str | None = None) -> None:
        super().__init__()
        self._do, self._name = do, name or socket_name()
        self._lock = QLockFile(str(Path(QDir.tempPath()) / f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)  # a lock of a process that has died is taken over
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def claim(self) -> bool:
        """Whether we are the one instance from now on."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(
            self._name
        )  # what a crash has left behind; the lock says that nobody listens
        return self._server.listen(self._name)

    def close(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)  # what has come before anybody listened

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST_LINE:
                socket.abort()
            return
        line = bytes(socket.readLine(LONGEST_LINE + 1).data()).decode("ascii", "replace").strip()
        verb, _, action = line.partition(" ")
        known = verb == "trigger" and action in ACTIONS
        socket.write(b"ok\n" if known else b"unknown\n")
        socket.flush()
        socket.disconnectFromServer()
        if known:
            self._do(action)
