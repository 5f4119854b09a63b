"""The one owner of the app's state: every press, release, question and stop goes through one thread.

Knows nothing of Qt, hot keys or engines. Blocking work is done elsewhere: the capture in a thread of its own, so that
no frame waits for an earlier question to end; everything with a `Conversation` in one worker, in order.

    press → frame → [spoken: ask at once | typed: wait for `ask`] → events → follow-ups → dismiss
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from queue import SimpleQueue
from typing import Protocol

from assistant.ask import Conversation, Ports
from assistant.errors import BadInput, NunchiError
from assistant.events import (
    Captured,
    Event,
    Failed,
    Finished,
    Heard,
    Listening,
    Pointed,
    Read,
    Said,
    Stopped,
    Thinking,
)
from assistant.frames import Frame, Speech
from assistant.ports import Cancel

TAP_SECONDS = 0.35
"""a key that is down for less was tapped: silence ends the question; longer, and letting go ends it"""
END_SECONDS = 5.0
CAPTURES = ("screen", "window", "region")
log = logging.getLogger(__name__)


class State(Enum):
    """What the tray shows."""

    READY = "ready"
    LISTENING = "listening"
    THINKING = "thinking"
    ANSWERING = "answering"
    PROBLEM = "problem"
    MODEL_MISSING = "model-missing"

    @property
    def busy(self) -> bool:
        return self in (State.LISTENING, State.THINKING, State.ANSWERING)


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
class FollowUpWanted:
    """The person wants to ask again about the same frame, and nobody listens: a box to type in, please."""

    frame: Frame


@dataclass(frozen=True)
class StateChanged:
    state: State
    device: str = ""
    """where the model ran last, such as CPU"""


@dataclass(frozen=True)
class Dismissed:
    """The person is done: everything about the frame goes away."""


Notice = Event | Frozen | RegionWanted | FollowUpWanted | StateChanged | Dismissed
"""what the listener is told: the core's events of the current run, and the app's own"""


class Screen(Protocol):
    def freeze(self, what: str = ...) -> Frame: ...


class Voice(Protocol):
    """A `Microphone` that a key can end (`desktop.microphone.SpeechMicrophone`)."""

    def record(self, cancel: Cancel | None = None) -> Speech: ...

    def release(self) -> None: ...

    def close(self) -> None: ...


@dataclass
class _Run:
    """The current question, or the capture before it."""

    number: int
    cancel: Cancel
    spoken: bool = False
    waiting: bool = False
    """for a question to be typed: nothing that could be told as stopped"""


class Coordinator:
    """`tell` is called in the coordinator's thread and must only pass the notice on.

    `voice` gives the microphone, or None where nobody can understand speech: then questions are typed.
    Every public method returns at once and may be called from any thread, except `close`.
    """

    def __init__(
        self,
        ports: Ports,
        screen: Screen,
        tell: Callable[[Notice], None],
        voice: Callable[[], Voice | None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ports, self._screen, self._tell, self._voice_of, self._clock = ports, screen, tell, voice, clock
        self._numbers = itertools.count(1)
        self._run: _Run | None = None
        self._conversation: Conversation | None = None
        self._voice: Voice | None = None
        self._frame: Frame | None = None
        self._pending = ""
        """a question that was typed before there was a frame"""
        self._held: tuple[str, float] | None = None
        self._last_finished = False
        self._state, self._device = State.READY, ""
        self._inbox: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=_work_off, args=(box,), name=f"nunchi-{name}", daemon=True)
            for name, box in (("coordinator", self._inbox), ("worker", self._jobs))
        ]
        for thread in self._threads:
            thread.start()

    def press(self, action: str, at: float | None = None) -> None:
        """`action`: screen, window, region, again or stop. `at`: `time.monotonic()` of the key press."""
        moment = self._clock() if at is None else at
        self._inbox.put(lambda: self._on_press(action, moment))

    def release(self, action: str, at: float | None = None) -> None:
        """The key of `action` went up."""
        moment = self._clock() if at is None else at
        self._inbox.put(lambda: self._on_release(action, moment))

    def ask(self, text: str) -> None:
        """A typed question about the present frame; without one the screen is taken first."""
        self._inbox.put(lambda: self._on_ask(text))

    def correct(self, text: str) -> None:
        """What was heard was wrong: ask this instead. The answer to the wrong question is forgotten."""
        self._inbox.put(lambda: self._on_ask(text, instead=True))

    def look_at(self, frame: Frame) -> None:
        """A frame from elsewhere, such as a chosen region."""
        self._inbox.put(lambda: self._on_look_at(frame))

    def stop(self) -> None:
        """End what is under way; the frame stays for the next question."""
        self._inbox.put(self._on_stop)

    def dismiss(self) -> None:
        """End everything about the frame and give its memory back."""
        self._inbox.put(self._on_dismiss)

    def close(self) -> None:
        """Like dismiss, and end both threads; waits a few seconds at most."""
        self._inbox.put(self._on_dismiss)
        self._inbox.put(lambda: self._jobs.put(None))
        self._inbox.put(None)
        for thread in self._threads:
            thread.join(END_SECONDS)

    # In the coordinator's thread ------------------------------------------------------------------------------------

    def _on_press(self, action: str, at: float) -> None:
        if action == "stop":
            self._on_stop()
        elif action == "again":
            self._again(at)
        elif action not in CAPTURES:
            self._fail(self._begin(), BadInput("capture_unknown", what=action))
        elif self._run is not None and self._run.spoken and self._held_action() == action and self._voice:
            self._voice.release()  # tapped to start, tapped again to end
        else:
            self._leave_frame()
            self._held = (action, at)
            run = self._begin()
            self._show(State.THINKING)
            capture = threading.Thread(
                target=self._capture, args=(run, action), name="nunchi-capture", daemon=True
            )
            capture.start()

    def _on_release(self, action: str, at: float) -> None:
        if self._held is None or self._held[0] != action or at - self._held[1] < TAP_SECONDS:
            return
        if self._run is not None and self._run.spoken and self._voice is not None:
            self._voice.release()

    def _again(self, at: float) -> None:
        if self._conversation is None or self._frame is None:
            self._on_press("screen", at)
            return
        self._end_run()
        self._held = ("again", at)
        if self._voice is not None:
            self._question(spoken=True)
        else:
            self._show(State.READY)
            self._tell(FollowUpWanted(self._frame))

    def _on_frozen(self, run: _Run, action: str, frame: Frame, voice: Voice | None) -> None:
        if run is not self._run:
            return
        self._voice = voice
        if action == "region":
            self._run = None
            self._show(State.READY)
            self._tell(RegionWanted(run.number, frame))
        else:
            self._look(run, frame)

    def _on_look_at(self, frame: Frame) -> None:
        self._leave_frame()
        self._look(self._begin(), frame)

    def _look(self, run: _Run, frame: Frame) -> None:
        """Begin to read and look; a question that is already there is asked, else it is heard or waited for."""
        self._frame = frame
        self._conversation = conversation = Conversation(frame, self._ports)
        self._jobs.put(lambda: self._start(run, conversation))
        pending, self._pending = self._pending, ""
        spoken = self._voice is not None and not pending
        self._tell(Frozen(run.number, frame, not (spoken or pending)))
        self._run = None
        if pending or spoken:
            self._question(pending, spoken=spoken)
        else:
            run.waiting = True
            self._run = run  # a look that fails is told as this run's failure
            self._show(State.READY)

    def _on_ask(self, text: str, instead: bool = False) -> None:
        if self._conversation is None:
            self._pending = text
            if self._run is None:
                self._on_press("screen", self._clock())
            return
        forget = instead and self._last_finished
        self._end_run()
        self._question(text, forget=forget)

    def _question(self, text: str = "", *, spoken: bool = False, forget: bool = False) -> None:
        run = self._begin(spoken)
        self._last_finished = False
        conversation, voice = self._conversation, self._voice
        self._show(State.LISTENING if spoken else State.THINKING)

        def job() -> None:
            if forget:
                conversation.earlier = conversation.earlier[:-1]
            given = {"speech": voice} if spoken else {"text": text}
            for event in conversation.ask(**given, run_id=run.number, cancel=run.cancel):
                self._inbox.put(lambda event=event: self._on_event(run, event))

        self._jobs.put(job)

    def _on_event(self, run: _Run, event: Event) -> None:
        """Tell the event, unless it comes late, from a run that is no longer the current one."""
        if run is not self._run:
            return
        state, device = _state_after(event), self._device
        if isinstance(event, Thinking):
            device = event.device
        if isinstance(event, Heard):
            run.spoken = False
        if isinstance(event, Finished | Stopped | Failed):
            self._run = None
            self._last_finished = isinstance(event, Finished)
        self._tell(event)
        if state is not None:
            self._show(state, device)

    def _on_stop(self) -> None:
        if self._end_run() or self._state in (State.PROBLEM, State.MODEL_MISSING):
            self._show(State.READY)

    def _on_dismiss(self) -> None:
        self._leave_frame()
        self._pending = ""
        self._show(State.READY)
        self._tell(Dismissed())

    def _leave_frame(self) -> None:
        self._end_run()
        conversation, self._conversation, self._frame = self._conversation, None, None
        if conversation is not None:
            self._jobs.put(conversation.close)

    def _end_run(self) -> bool:
        """Cancel the current run, told as Stopped at once: what the worker still says about it comes late."""
        run, self._run = self._run, None
        if run is None:
            return False
        run.cancel.set()
        if not run.waiting:
            self._tell(Stopped(run.number))
        return True

    def _begin(self, spoken: bool = False) -> _Run:
        self._run = _Run(next(self._numbers), Cancel(), spoken)
        return self._run

    def _fail(self, run: _Run, error: Exception) -> None:
        self._pending = ""
        known = error if isinstance(error, NunchiError) else NunchiError("internal")
        self._on_event(run, Failed(run.number, known.code, known.values, known.exit_status))

    def _show(self, state: State, device: str | None = None) -> None:
        device = self._device if device is None else device
        if (state, device) != (self._state, self._device):
            self._state, self._device = state, device
            self._tell(StateChanged(state, device))

    def _held_action(self) -> str:
        return self._held[0] if self._held else ""

    # Elsewhere ------------------------------------------------------------------------------------------------------

    def _capture(self, run: _Run, action: str) -> None:
        """In a thread of its own."""
        try:
            frame = self._screen.freeze("desktop" if action == "region" else action)
            voice = self._voice_of()
        except Exception as error:
            if not isinstance(error, NunchiError):
                log.exception("taking the screen failed")
            failure = error
            self._inbox.put(lambda: self._fail(run, failure))
            return
        self._inbox.put(lambda: self._on_frozen(run, action, frame, voice))

    def _start(self, run: _Run, conversation: Conversation) -> None:
        """In the worker: the look begins while the person is still typing or speaking."""
        if run.cancel.is_set():
            return
        try:
            conversation.start()
        except Exception as error:
            failure = error  # without a question nobody else would tell it
            self._inbox.put(lambda: self._fail(run, failure))


def _state_after(event: Event) -> State | None:
    """The state an event leads to; None where it stays as it is."""
    match event:
        case Listening():
            return State.LISTENING
        case Captured() | Heard() | Thinking():
            return State.THINKING
        case Said():
            return State.ANSWERING
        case Finished() | Stopped():
            return State.READY
        case Failed():
            return State.MODEL_MISSING if event.exit_status == 3 else State.PROBLEM
        case Read() | Pointed():
            return None


def _work_off(box: SimpleQueue[Callable[[], None] | None]) -> None:
    """Run what is put into the box until None comes; a job that fails must not end the thread."""
    while (job := box.get()) is not None:
        try:
            job()
        except Exception:
            log.exception("a job of the app failed")
