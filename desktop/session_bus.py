"""One D-Bus connection in a thread of its own, for code that is not asynchronous: portals and the accessibility bus.

A portal answers a call through a `Response` signal of a request object; `request` hides that.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.errors import DeviceFailed
from desktop.local_asyncio import asyncio

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

log = logging.getLogger(__name__)
T = TypeVar("T")
PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"
BUS = "org.freedesktop.DBus"
CONNECT_SECONDS = 5.0


class SessionBus:
    """`address` None: the session bus of this session. Errors: `DeviceFailed("dbus_unreachable")`."""

    def __init__(self, address: str | None = None) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="session-bus", daemon=True)
        self._thread.start()
        try:
            self.bus: MessageBus = self.run(_connected(address), CONNECT_SECONDS)
        except Exception as reason:
            self._end_loop()
            raise DeviceFailed("dbus_unreachable", reason=str(reason)) from reason
        asyncio.run_coroutine_threadsafe(_watched(self.bus), self._loop)

    def run(self, job: Coroutine[Any, Any, T], seconds: float | None) -> T:
        """Run `job` on the bus's thread and wait. Errors: the job's own, `TimeoutError`."""
        answer = asyncio.run_coroutine_threadsafe(job, self._loop)
        try:
            return answer.result(seconds)
        except TimeoutError:
            answer.cancel()
            raise

    @property
    def alive(self) -> bool:
        """Whether the bus is still there."""
        return self._thread.is_alive() and self.bus.connected

    def call(
        self, *where: str, signature: str = "", body: list[Any] | None = None, seconds: float = 5.0
    ) -> list[Any]:
        """As the function `call`. Errors: `DeviceFailed("dbus_error")`, `TimeoutError`."""
        return self.run(call(self.bus, *where, signature=signature, body=body), seconds)

    def close(self) -> None:
        if self._thread.is_alive():
            self.run(self._disconnected(), CONNECT_SECONDS)
            self._end_loop()

    async def _disconnected(self) -> None:
        self.bus.disconnect()
        with contextlib.suppress(OSError, EOFError):  # it had gone before
            await self.bus.wait_for_disconnect()

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CONNECT_SECONDS)
        if not self._loop.is_running():
            self._loop.close()


async def _connected(address: str | None) -> MessageBus:
    from dbus_fast.aio import MessageBus

    return await MessageBus(bus_address=address).connect()


async def _watched(bus: MessageBus) -> None:
    """Takes note of the bus's end, which asyncio would complain about otherwise."""
    try:
        await bus.wait_for_disconnect()
    except (OSError, EOFError) as reason:
        log.warning("the D-Bus connection is lost: %s", type(reason).__name__)


async def call(bus: MessageBus, *where: str, signature: str = "", body: list[Any] | None = None) -> list[Any]:
    """Call `where` = (service, path, interface, method); variants come unpacked.

    Errors: `DeviceFailed` with dbus_error or dbus_unreachable.
    """
    from dbus_fast import Message, MessageType, unpack_variants

    service, path, interface, method = where
    message = Message(service, path, interface, method, signature=signature, body=body or [])
    if not bus.connected:
        raise DeviceFailed("dbus_unreachable", reason="disconnected")
    try:
        reply = await bus.call(message)
    except (OSError, EOFError) as reason:
        raise DeviceFailed("dbus_unreachable", reason=type(reason).__name__) from reason
    if reply is None or reply.message_type is MessageType.ERROR:
        error = reply.error_name if reply else "no reply"
        raise DeviceFailed("dbus_error", error=error, method=f"{interface}.{method}")
    return unpack_variants(reply.body)


async def listen(
    bus: MessageBus, rule: str, on_message: Callable[[Message], None]
) -> Callable[[], Coroutine[Any, Any, None]]:
    """Give `on_message` every signal that fits the match `rule`; returns what ends it, to be awaited."""

    async def stop() -> None:
        bus.remove_message_handler(on_message)
        with contextlib.suppress(DeviceFailed):
            await call(bus, BUS, "/org/freedesktop/DBus", BUS, "RemoveMatch", signature="s", body=[rule])

    await call(bus, BUS, "/org/freedesktop/DBus", BUS, "AddMatch", signature="s", body=[rule])
    bus.add_message_handler(on_message)
    return stop


async def request(
    bus: MessageBus, interface: str, method: str, *, signature: str, body: list[Any], options: dict[str, Any],
    seconds: float,
) -> tuple[int, dict[str, Any]]:  # fmt: skip
    """Call a portal method whose last argument is `options`; its response code (0 yes, 1 no, 2 other) and results.

    We listen at the request's path before calling, so that a quick answer is not missed. Errors: `TimeoutError`,
    `DeviceFailed("dbus_error")`.
    """
    from dbus_fast import MessageType, Variant, unpack_variants

    token = f"nunchi{secrets.token_hex(8)}"  # not to be guessed: any program may send a signal
    sender = str(bus.unique_name).removeprefix(":").replace(".", "_")
    paths = {f"{PORTAL_PATH}/request/{sender}/{token}"}
    answer: asyncio.Future[tuple[int, dict[str, Any]]] = asyncio.get_running_loop().create_future()

    def take(message: Message) -> None:
        fits = message.message_type is MessageType.SIGNAL and message.member == "Response"
        if fits and message.interface == REQUEST and message.path in paths and not answer.done():
            code, results = message.body
            answer.set_result((code, unpack_variants(results)))

    stop = await listen(bus, f"type='signal',interface='{REQUEST}',member='Response'", take)
    try:
        options = {**options, "handle_token": Variant("s", token)}
        where = (PORTAL, PORTAL_PATH, interface, method)
        handle = await call(bus, *where, signature=signature, body=[*body, options])
        paths.add(handle[0])  # portals before 0.9 made up a path of their own
        return await asyncio.wait_for(answer, seconds)
    finally:
        await stop()
