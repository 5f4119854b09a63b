"""One inference at a time, a short line behind it, and nobody beyond: the answer to the rest comes at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import closing, suppress
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from models.serve.refusals import Refusal

_T = TypeVar("_T")
Receive = Callable[[], Awaitable[Any]]


class Gone(Exception):
    """The client closed its connection; there is nobody to answer."""


class Turnstile:
    """`waiting` may stand in line behind the one inside. Lives on one event loop."""

    def __init__(self, waiting: int) -> None:
        self._waiting = waiting
        self._inside = asyncio.Lock()
        self.standing = 0
        """how many wait in line"""

    @property
    def free(self) -> bool:
        return not self._inside.locked()

    async def enter(self) -> None:
        """In order of arrival. Errors: Refusal busy, without waiting, where the line is full."""
        if self._inside.locked() and self.standing >= self._waiting:
            raise Refusal("busy")
        self.standing += 1
        try:
            await self._inside.acquire()
        finally:
            self.standing -= 1

    def leave(self) -> None:
        self._inside.release()


class Caller:
    """Notices when the client of a request hangs up. Use after the body has been read."""

    def __init__(self, receive: Receive) -> None:
        self._watch = asyncio.ensure_future(_hung_up(receive))

    async def or_gone(self, work: Awaitable[_T]) -> _T:
        """The result of `work`; it is cancelled and `Gone` raised when the client leaves first."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task, self._watch}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            raise Gone
        finally:
            if not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError, Refusal):
                    await task

    async def close(self) -> None:
        self._watch.cancel()
        with suppress(asyncio.CancelledError):
            await self._watch


class Job(Generic[_T]):
    """Something slow in a thread of its own, inside the turnstile until that thread has really ended.

    `work(cancel)` yields; what it yields, and the error that ends it, come out of `next` on the event loop.
    """

    _END = object()

    def __init__(self, turnstile: Turnstile, work: Callable[[Event], Generator[_T, None, None]]) -> None:
        self._turnstile = turnstile
        self._loop = asyncio.get_running_loop()
        self._work = work
        self._items: asyncio.Queue[Any] = asyncio.Queue()
        self._cancel = Event()
        Thread(target=self._run, name="nunchi-serve-job", daemon=True).start()

    async def next(self) -> _T | None:
        """What came next, None at the end. Errors: whatever `work` raised."""
        item = await self._items.get()
        if item is self._END:
            self._items.put_nowait(item)
            return None
        if isinstance(item, BaseException):
            raise item
        return item

    def stop(self) -> None:
        """Tell the work to end; the turnstile opens when it has."""
        self._cancel.set()

    def _run(self) -> None:
        last: object = self._END
        try:
            with closing(self._work(self._cancel)) as items:
                for item in items:
                    self._tell(item)
                    if self._cancel.is_set():
                        break
        except BaseException as error:
            last = error
        self._tell(last)
        self._tell(self._END)
        with suppress(RuntimeError):  # the loop has closed: the server is going down
            self._loop.call_soon_threadsafe(self._turnstile.leave)

    def _tell(self, item: object) -> None:
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._items.put_nowait, item)


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
