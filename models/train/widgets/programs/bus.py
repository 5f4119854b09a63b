"""Asks programs over the accessibility bus, everything at once: each question waits for its answer, none for the others.

On a busy machine a question and its answer take tens of milliseconds; a tree asked node by node would take a minute.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from gi.repository import Gio, GLib

Question = tuple[str, str, str, str, GLib.Variant | None]
"""bus name, object, interface, method, arguments"""
Talk = Generator[Sequence[Question], list[Any], None]
"""asks several questions at once, gets their answers (tuples; None where there was none)"""
ACCESSIBLE = "org.a11y.atspi.Accessible"
PATIENCE = 2500
"""milliseconds for one answer"""


class Bus:
    """The accessibility bus of this session."""

    def __init__(self) -> None:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 8000
        )
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address.unpack()[0], flags, None, None)
        self.loop = GLib.MainLoop()
        self.talking = 0

    def run(self, talk: Talk, seconds: float) -> bool:
        """Hold a conversation and those it begins; whether all ended in time."""
        late: list[bool] = []

        def over() -> bool:
            late.append(True)
            self.loop.quit()
            return False

        timer = GLib.timeout_add(round(1000 * seconds), over)
        self.begin(talk)
        if self.talking:
            self.loop.run()
        if not late:
            GLib.source_remove(timer)
        self.talking = 0
        return not late

    def begin(self, talk: Talk) -> None:
        self.talking += 1
        self._go_on(talk, None)

    def _go_on(self, talk: Talk, answers: list[Any] | None) -> None:
        try:
            questions = talk.send(answers) if answers is not None else next(talk)
            while not questions:
                questions = talk.send([])
        except StopIteration:
            self.talking -= 1
            if self.talking == 0:
                self.loop.quit()
            return
        got: list[Any] = [None] * len(questions)
        left = [len(questions)]

        def answered(connection: Gio.DBusConnection, result: Gio.AsyncResult, number: int) -> None:
            try:
                got[number] = connection.call_finish(result).unpack()
            except GLib.Error:
                got[number] = None
            left[0] -= 1
            if left[0] == 0:
                self._go_on(talk, got)

        for number, (name, path, interface, method, arguments) in enumerate(questions):
            self.connection.call(
                name, path, interface, method, arguments, None, 0, PATIENCE, None, answered, number
            )


def prop(name: str, path: str, interface: str, key: str) -> Question:
    """The question for a property."""
    return name, path, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (interface, key))


def ask(name: str, path: str, interface: str, method: str, kinds: str = "", *values: object) -> Question:
    return (
        name,
        path,
        f"org.a11y.atspi.{interface}",
        method,
        GLib.Variant(f"({kinds})", values) if kinds else None,
    )
