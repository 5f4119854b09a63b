"""One Qt application without a display for all tests here, and waiting that lets windows work meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

from desktop.immortal import keep_constants
from tests.desktop_app.window_standins import desk, shut  # noqa: F401 - fixtures for all tests here

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PATIENCE = 20.0
"""seconds; only a test that fails waits that long"""


@pytest.fixture(scope="session")
def qt() -> Iterator[object]:
    widgets = pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    keep_constants()
    application = widgets.QApplication.instance() or widgets.QApplication(["nunchi-tests"])
    application.setQuitOnLastWindowClosed(False)
    yield application
    application.processEvents()


@pytest.fixture
def until(qt: object) -> Callable[[Callable[[], object]], object]:
    """The first true value of a check, with Qt's events handled until then."""
    from PySide6.QtCore import QEventLoop, QTimer

    def wait(check: Callable[[], object], what: str = "it") -> object:
        end = time.monotonic() + PATIENCE
        while not (value := check()):
            assert time.monotonic() < end, f"{what} did not happen"
            moment = QEventLoop()
            QTimer.singleShot(10, moment.quit)
            moment.exec()
        return value

    return wait
