"""HTTP connections that do not wait forever: uvicorn alone has no limit on how slowly a request head may come."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from models.serve.limits import Limits

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol


def impatient_protocol(limits: Limits) -> type[H11Protocol]:
    """uvicorn's h11 protocol with a time-out for the head, and a bound on connections that have not sent one."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    unsent: dict[H11Protocol, asyncio.TimerHandle] = {}  # in order of arrival

    class ImpatientProtocol(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            if len(self.connections) > limits.connections:
                transport.abort()
                return
            self._wait_for_head()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.transport.is_closing():
                return
            if self.cycle is None or self.cycle.response_complete:
                self._wait_for_head()
            else:
                self._head_came()

        def connection_lost(self, exc: Exception | None) -> None:
            self._head_came()
            super().connection_lost(exc)

        def _wait_for_head(self) -> None:
            """Starts the clock; more bytes of an unfinished head do not start it anew."""
            if self in unsent:
                return
            unsent[self] = self.loop.call_later(limits.head_seconds, self._give_up)
            if len(unsent) > limits.unsent_heads:
                next(iter(unsent))._give_up()

        def _head_came(self) -> None:
            timer: Any = unsent.pop(self, None)
            if timer is not None:
                timer.cancel()

        def _give_up(self) -> None:
            self._head_came()
            self.transport.abort()

    return ImpatientProtocol
