"""What may go wrong on the way to the hub and back: the two answers a person can get, and a setback to retry."""

from __future__ import annotations

from assistant.errors import DeviceFailed


class DownloadRefused(DeviceFailed):
    """Something came that must not be trusted: another host, plain http, wrong bytes, an unsafe name."""


class DownloadFailed(DeviceFailed):
    """The network or the hub gave up; what has arrived is kept and the next pull goes on from there."""


class Setback(Exception):
    """One attempt failed and another may work. `after` is how long the hub asked us to wait, in seconds."""

    def __init__(
        self, code: str, *, after: float | None = None, progressed: bool = False, **values: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.after = after
        self.progressed = progressed
        self.values = values
