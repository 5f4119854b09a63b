"""Everything that may go wrong for the person, as codes; the words are in messages.py.

One base class means «this may be shown to the user». `exit_status` is what the command line ends with:
2 bad input, 3 no model for it, 4 device or permission, 1 anything else.
"""

from __future__ import annotations


class NunchiError(Exception):
    """Carries a stable code and the values its message needs. `str()` is for logs, not for people."""

    exit_status = 1

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code if not values else f"{code}: {values}")
        self.code = code
        self.values = values


class BadInput(NunchiError):
    """The image, sound, question, file or option that came in cannot be used."""

    exit_status = 2


class ModelMissing(NunchiError):
    """No model for this, or its folder is incomplete or altered."""

    exit_status = 3


class DeviceFailed(NunchiError):
    """A device, driver or permission said no."""

    exit_status = 4


class EngineFailed(NunchiError):
    """An engine failed while it was loading or answering."""

    exit_status = 4


class Stopped(NunchiError):
    """The person stopped the run. Not a failure: ends a run with the `Stopped` event."""

    exit_status = 1

    def __init__(self) -> None:
        super().__init__("stopped")
