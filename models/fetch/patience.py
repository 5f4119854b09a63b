"""How long a download waits, how often it tries again, and what it calls too slow."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.errors import Stopped
from models.fetch.problems import DownloadFailed, Setback

T = TypeVar("T")


def rest(stop: threading.Event, seconds: float) -> None:
    """Wait, but no longer than until the person stops the download. Errors: `Stopped`."""
    if stop.wait(seconds):
        raise Stopped()


@dataclass(frozen=True)
class Patience:
    """Times in seconds. `tries` counts attempts in a row that brought nothing at all."""

    connect: float = 10.0
    read: float = 30.0
    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_request: float = 300.0  # a hub that asks for a longer pause gets its answer: later, then
    slowest: float = 1024.0  # bytes a second, over `slow_after` seconds; 1 GB would take 12 days
    slow_after: float = 60.0
    rest: Callable[[threading.Event, float], None] = rest

    def brief(self) -> Patience:
        """For the first question of a pull: somebody waits to hear that there is no network."""
        return replace(self, tries=min(self.tries, 3))


def persist(attempt: Callable[[], T], patience: Patience, stop: threading.Event) -> T:
    """Repeat `attempt` while it ends in a `Setback`. Errors: `DownloadFailed` with its code, `Stopped`."""
    in_vain = 0
    while True:
        try:
            return attempt()
        except Setback as setback:
            if stop.is_set():
                raise Stopped() from setback
            in_vain = 0 if setback.progressed else in_vain + 1
            if in_vain >= patience.tries or (setback.after or 0) > patience.longest_request:
                raise DownloadFailed(setback.code, **setback.values) from setback
            patience.rest(stop, _pause(setback, in_vain, patience))


def _pause(setback: Setback, in_vain: int, patience: Patience) -> float:
    if setback.after is not None:
        return setback.after
    doubled = patience.first_wait * 2 ** max(0, in_vain - 1)
    return min(doubled, patience.longest_wait) * random.uniform(0.75, 1.25)  # not all clients at once
