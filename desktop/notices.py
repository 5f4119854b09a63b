"""What the coordinator tells the windows, and the states of the tray. Values that import nothing of the desktop's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from assistant.events import (
    Captured,
    Event,
    Failed,
    Finished,
    Heard,
    Listening,
    Pointed,
    Read,
    Restarted,
    Said,
    Stopped,
    Thinking,
)
from assistant.frames import Frame


class State(Enum):
    """What the tray shows."""

    READY = "ready"
    CAMERA = "camera-open"
    LISTENING = "listening"
    THINKING = "thinking"
    ANSWERING = "answering"
    PROBLEM = "problem"
    MODEL_MISSING = "model-missing"

    @property
    def busy(self) -> bool:
        return self in (State.CAMERA, State.LISTENING, State.THINKING, State.ANSWERING)


@dataclass(frozen=True)
class Frozen:
    """A frame was taken: from now on our own windows may show."""

    run: int
    frame: Frame
    question_wanted: bool
    """whether a question is to be typed: nobody listens, and none is there yet"""


@dataclass(frozen=True)
class RegionWanted:
    """The whole desktop, frozen: a part of it is to be chosen and handed to `look_at`."""

    run: int
    frame: Frame


@dataclass(frozen=True)
class CameraWanted:
    """The camera is to be opened, or the picture taken where it is open already; it is handed to `look_at`."""


@dataclass(frozen=True)
class FollowUpWanted:
    """The person wants to ask about the same frame, and to type or nobody listens: a box to type in, please."""

    frame: Frame


@dataclass(frozen=True)
class StateChanged:
    state: State
    device: str = ""
    """where the model ran last, such as CPU"""


@dataclass(frozen=True)
class Hushed:
    """The person pressed a key, asked, or went away: what is being read aloud ends."""


@dataclass(frozen=True)
class Dismissed:
    """The person is done: everything about the frame goes away."""


Notice = Event | Frozen | RegionWanted | CameraWanted | FollowUpWanted | StateChanged | Hushed | Dismissed
"""what the listener is told: the core's events of the current run, and the app's own"""


def state_after(event: Event) -> State | None:
    """The state an event leads to; None where it stays as it is."""
    match event:
        case Listening():
            return State.LISTENING
        case Thinking():
            return State.THINKING
        case Heard():
            return State.THINKING if event.final else None
        case Said():
            return State.ANSWERING
        case Finished() | Stopped():
            return State.READY
        case Failed():
            return State.MODEL_MISSING if event.exit_status == 3 else State.PROBLEM
        case Captured() | Read() | Restarted() | Pointed():
            return None
