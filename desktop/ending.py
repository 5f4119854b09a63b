# ruff: noqa: TID253 - loaded by desktop.app only
"""How the tray program ends: on a signal, and at once where an engine does not let go."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

LEAVING_SECONDS = 2.0
log = logging.getLogger(__name__)


def leave_at_once_if_stuck(status: int) -> None:
    """An engine that is still computing would make the interpreter abort at its end: then the end comes here."""
    until = time.monotonic() + LEAVING_SECONDS
    for thread in threading.enumerate():
        if thread.name.startswith("nunchi"):
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                log.info("%s is still at work; leaving it behind", thread.name)
                sys.stderr.flush()
                os._exit(status)


def quit_on_signals(qt: QApplication) -> None:
    """Python sees a signal only when it runs: a socket wakes Qt up, which then calls into Python."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno())
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, qt)
    notifier.activated.connect(lambda: ours.recv(64))
    qt._wake_up = (ours, theirs, notifier)  # kept as long as the application
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_told: QApplication.quit())
