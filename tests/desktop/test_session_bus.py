"""The D-Bus connection in its thread: answers, errors, and a bus that goes away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.accessibility.atspi import AtspiReader
from desktop.session_bus import BUS, SessionBus
from tests.desktop.conftest import Desk, Running, need, until

HELLO = (BUS, "/org/freedesktop/DBus", BUS, "GetId")


@pytest.fixture
def own_bus(desk: Desk) -> Iterator[tuple[str, Running]]:
    """A bus that a test may kill."""
    need("dbus-daemon")
    daemon = desk.start("dbus-daemon", "--session", "--nofork", "--print-address=1")
    yield daemon.line(), daemon
    daemon.stop()


def test_a_call_and_an_error(desk: Desk) -> None:
    bus = SessionBus(desk.bus)
    try:
        assert len(bus.call(*HELLO)[0]) == 32
        with pytest.raises(DeviceFailed, match="dbus_error"):
            bus.call("org.example.Nobody", "/", "org.example.Nobody", "Hello")
        assert bus.alive
    finally:
        bus.close()
    assert not bus.alive


def test_a_bus_that_goes_away_is_said(own_bus: tuple[str, Running]) -> None:
    address, daemon = own_bus
    bus = SessionBus(address)
    daemon.stop()
    until(lambda: not bus.alive, 3, "the end of the bus")
    with pytest.raises(DeviceFailed, match="dbus_unreachable"):
        bus.call(*HELLO)
    bus.close()


def test_no_bus_at_that_address() -> None:
    with pytest.raises(DeviceFailed, match="dbus_unreachable"):
        SessionBus("unix:path=/nowhere/bus")


def test_the_reader_connects_again_when_its_bus_has_gone(desk: Desk) -> None:
    """As after at-spi2 was restarted."""
    reader = AtspiReader(desk.bus)
    try:
        before = reader._bus
        before.close()
        text = reader.read(Box(0, 0, 100, 100), [], 2000)
        assert text.source == "accessibility"
        assert reader._bus is not before
    finally:
        reader.close()
