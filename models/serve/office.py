"""What all endpoints share: the engines, the limits, and the turnstile they queue at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Generator
from threading import Event
from typing import TypeVar

from models.serve.engines import Engines
from models.serve.limits import Limits
from models.serve.turnstile import Caller, Job, Receive, Turnstile

_T = TypeVar("_T")
BUNDLED = "nunchi-mini"


class Office:
    """Lives on the server's event loop."""

    def __init__(self, engines: Engines, limits: Limits) -> None:
        self.engines = engines
        self.limits = limits
        self.turnstile = Turnstile(limits.waiting)
        self._idle: asyncio.TimerHandle | None = None
        self._forgetting: asyncio.Future[None] | None = None

    @property
    def speaks_korean_only(self) -> bool:
        """Whether the model was taught Korean questions only (see screen_readers.py)."""
        return self.engines.model.startswith(BUNDLED)

    async def run(
        self, work: Callable[[Event], Generator[_T, None, None]], receive: Receive
    ) -> AsyncIterator[_T]:
        """What `work` yields, in its turn. Closing this, or the client's leaving, stops the work.

        Errors: Refusal busy; `Gone`; what the work raises.
        """
        caller = Caller(receive)
        job: Job | None = None
        try:
            await caller.or_gone(self.turnstile.enter())
            job = Job(self.turnstile, work)
            while (item := await caller.or_gone(job.next())) is not None:
                yield item
        finally:
            if job is not None:
                job.stop()
            self._forget_later()
            await caller.close()

    def _forget_later(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self.limits.idle_seconds, self._forget)

    def _forget(self) -> None:
        """Let the last picture go, in its turn like everything that touches the engines."""
        if self.turnstile.free:
            self._forgetting = asyncio.ensure_future(self._take_turn_to_forget())
        else:
            self._forget_later()

    async def _take_turn_to_forget(self) -> None:
        await self.turnstile.enter()
        Job(self.turnstile, self._forget_work)

    def _forget_work(self, _: Event) -> Generator[None, None, None]:
        self.engines.forget()
        yield from ()
