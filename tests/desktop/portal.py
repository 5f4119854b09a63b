"""A portal service on the private bus: answers as a desktop would, keeps what it was asked, sends its signals.

It speaks raw messages, so what arrives on the wire (paths, signatures, variants) is checked too.
"""

from __future__ import annotations

import queue
from typing import Any

from dbus_fast import Message, MessageType, Variant, unpack_variants
from dbus_fast.constants import RequestNameReply

from desktop.session_bus import PORTAL, PORTAL_PATH, REQUEST, SessionBus

SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
SCREENSHOT = "org.freedesktop.portal.Screenshot"


class FakePortal:
    """`answers` maps a method to (response code, results); a callable gets the call's unpacked body."""

    def __init__(self, address: str) -> None:
        self.asked: queue.SimpleQueue[tuple[str, list[Any]]] = queue.SimpleQueue()
        self.answers: dict[str, Any] = {}
        self.closed: list[str] = []
        self._connection = SessionBus(address)
        self._connection.run(self._start(), 5)

    async def _start(self) -> None:
        bus = self._connection.bus
        bus.add_message_handler(self._take)
        assert await bus.request_name(PORTAL) is RequestNameReply.PRIMARY_OWNER

    def _take(self, message: Message) -> Message | bool:
        if message.message_type is not MessageType.METHOD_CALL:
            return False
        if message.member == "Get" and message.body[0] == SHORTCUTS:
            return Message.new_method_return(message, "v", [Variant("u", 2)])
        if message.member == "Close":
            self.closed.append(str(message.path))
            return Message.new_method_return(message)
        if message.interface not in (SHORTCUTS, SCREENSHOT):
            return Message.new_error(
                message, "org.freedesktop.DBus.Error.UnknownMethod", str(message.interface)
            )
        body = unpack_variants(message.body)
        self.asked.put((str(message.member), body))
        path = f"{PORTAL_PATH}/request/{str(message.sender)[1:].replace('.', '_')}/{body[-1]['handle_token']}"
        answer = self.answers.get(str(message.member), (0, {}))
        code, results = answer(body) if callable(answer) else answer
        bus = self._connection.bus
        bus.send(Message.new_method_return(message, "o", [path]))
        told = Message.new_signal(path, REQUEST, "Response", "ua{sv}", [code, results])
        told.destination = message.sender
        bus.send(told)
        return True

    def next(self, method: str) -> list[Any]:
        """The body of the next call, which must be `method`."""
        member, body = self.asked.get(timeout=3)
        assert member == method, (member, body)
        return body

    def send(self, member: str, session: str, action: str) -> None:
        """The desktop's signal that a shortcut went down (`Activated`) or up (`Deactivated`)."""
        body = [session, action, 0, {}]
        signal = Message.new_signal(PORTAL_PATH, SHORTCUTS, member, "osta{sv}", body)

        async def sent() -> None:
            await self._connection.bus.send(signal)

        self._connection.run(sent(), 3)

    def close(self) -> None:
        self._connection.close()


def session_of(body: list[Any]) -> tuple[int, dict[str, Variant]]:
    """CreateSession's answer: the session's path, made of the token that was asked for."""
    token = body[-1]["session_handle_token"]
    return 0, {"session_handle": Variant("s", f"{PORTAL_PATH}/session/1_1/{token}")}


def all_bound(body: list[Any]) -> tuple[int, dict[str, Variant]]:
    """BindShortcuts' answer when the person agrees to everything."""
    told = [
        [name, {"trigger_description": Variant("s", wish["preferred_trigger"])}] for name, wish in body[1]
    ]
    return 0, {"shortcuts": Variant("a(sa{sv})", told)}
