"""The one owner of the app's state: every press, release, question and stop goes through one thread.

Knows nothing of Qt, hot keys or engines. Blocking work is done elsewhere: the capture in a thread of its own, so that
no frame waits for an earlier question to end; everything with a `Conversation` in one worker, in order.

    press → frame → [spoken: ask at once | typed: wait for `ask`] → events → follow-ups → dismiss
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from assistant.ask import Conversation, Ports
from assistant.errors import BadInput, NunchiError
from assistant.events import Event, Failed, Finished, Heard, Stopped, Thinking
from assistant.frames import Frame
from assistant.hearing import Pace
from assistant.ports import Cancel
from desktop.notices import (
    CameraWanted,
    Dismissed,
    FollowUpWanted,
    Frozen,
    Hushed,
    Notice,
    RegionWanted,
    State,
    StateChanged,
    state_after,
)
from desktop.preparing import Opened, Prepared, Screen, Voice, prepare

TAP_SECONDS = 0.35
"""a key that is down for less was tapped: silence ends the question; longer, and letting go ends it"""
END_SECONDS = 5.0
CAPTURES = ("screen", "window", "region")
log = logging.getLogger(__name__)


@dataclass
class _Run:
    """The current question, or the capture before it."""

    number: int
    cancel: Cancel
    hold: bool = False
    """its key is down: only letting go ends the question"""
    released: bool = False
    """its key went up, after long enough to be no tap"""
    listens: bool = False
    """to a microphone, open by now or not"""
    microphone: Opened | None = None
    spoken: bool = False
    """somebody may be speaking: not yet all heard"""
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
        self._pace = Pace()
        self._frame: Frame | None = None
        self._pending = ""
        """a question that was typed before there was a frame"""
        self._pressed: tuple[str, float] | None = None
        """the action of the last key that began a question, and when"""
        self._last_finished = self._closed = False
        self._state, self._device = State.READY, ""
        self._inbox: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=_work_off, args=(box,), name=f"nunchi-{name}", daemon=True)
            for name, box in (("coordinator", self._inbox), ("worker", self._jobs))
        ]
        for thread in self._threads:
            thread.start()

    def press(self, action: str, at: float | None = None, *, held: bool = False) -> None:
        """`action`: screen, window, region, camera, again, type or stop. `at`: `time.monotonic()` of the key press.

        `held`: a `release` will follow; until then no silence ends the question.
        """
        moment = self._clock() if at is None else at
        self._inbox.put(lambda: self._on_press(action, moment, held))

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
        """A frame from elsewhere, such as a chosen region, or the camera."""
        self._inbox.put(lambda: self._on_look_at(frame))

    def fail(self, error: Exception) -> None:
        """A frame that was wanted from elsewhere cannot be had."""
        self._inbox.put(lambda: self._on_fail(error))

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
        self._closed = True
        _work_off_rest(self._inbox)

    # In the coordinator's thread ------------------------------------------------------------------------------------

    def _on_press(self, action: str, at: float, held: bool = False) -> None:
        if action == "stop":
            self._on_stop()
            return
        self._tell(Hushed())
        if self._run is not None and self._run.spoken and self._is_pressed(action):
            self._run.microphone.voice.release()  # tapped to start, tapped again to end
        elif action == "again":
            self._again(at, held)
        elif action == "type":
            self._type()
        elif action == "camera":
            self._leave_frame()
            self._show(State.CAMERA)
            self._tell(CameraWanted())
        elif action in CAPTURES:
            self._leave_frame()
            self._pressed = (action, at)
            run = self._begin(hold=held)
            self._show(State.THINKING)
            if action == "region":
                self._prepare(run, lambda: self._screen.freeze("desktop"), self._region, listens=False)
            else:
                self._prepare(run, lambda: self._screen.freeze(action), self._look)
        else:
            self._fail(self._begin(), BadInput("capture_unknown", what=action))

    def _on_release(self, action: str, at: float) -> None:
        """Let go at once, it was a tap; later, the question ends."""
        run = self._run
        if run is not None and self._is_pressed(action):
            run.hold = False
            run.released = run.released or at - self._pressed[1] >= TAP_SECONDS
            self._sync(run)

    def _sync(self, run: _Run) -> None:
        """Tell the microphone, once there is one, what the key has done."""
        if run.microphone is None or not run.spoken:
            return
        if run.released:
            run.microphone.voice.release()
        elif not run.hold:
            run.microphone.voice.tap()

    def _again(self, at: float, held: bool) -> None:
        frame = self._frame
        if frame is None:
            self._on_press("screen", at, held)
            return
        self._end_run()
        self._pressed = ("again", at)
        run = self._begin(hold=held)
        run.waiting = True
        self._prepare(run, lambda: frame, self._follow_up)

    def _type(self) -> None:
        """Nobody is to be listened to: a box to type in, about the present frame or about the screen of now."""
        frame = self._frame
        if frame is None:
            self._leave_frame()
            run = self._begin()
            self._show(State.THINKING)
            self._prepare(run, lambda: self._screen.freeze("screen"), self._look, listens=False)
            return
        self._end_run()
        self._show(State.READY)
        self._tell(FollowUpWanted(frame))

    def _on_prepared(
        self, run: _Run, frame: Frame, listens: bool, then: Callable[[_Run, Frame], None]
    ) -> None:
        if run is self._run:
            run.listens = listens
            then(run, frame)

    def _on_opened(self, run: _Run, opened: Opened | None) -> None:
        """The microphone of a run whose frame is there."""
        if run is self._run and run.listens:
            run.microphone = opened
            self._question(run)
        elif opened is not None:
            opened.let_go()

    def _region(self, run: _Run, frame: Frame) -> None:
        self._run = None
        self._show(State.READY)
        self._tell(RegionWanted(run.number, frame))

    def _follow_up(self, run: _Run, frame: Frame) -> None:
        if not run.listens:
            self._run = None
            self._show(State.READY)
            self._tell(FollowUpWanted(frame))

    def _on_look_at(self, frame: Frame) -> None:
        self._leave_frame()
        self._pressed = (frame.source, self._clock())
        self._show(State.THINKING)
        self._prepare(self._begin(), lambda: frame, self._look)

    def _on_fail(self, error: Exception) -> None:
        self._leave_frame()
        self._fail(self._begin(), error)

    def _look(self, run: _Run, frame: Frame) -> None:
        """Begin to read and look; a question that is already there is asked, else it is heard or waited for."""
        self._frame = frame
        self._conversation = conversation = Conversation(frame, self._ports, pace=self._pace)
        self._jobs.put(lambda: self._start(run, conversation))
        pending, self._pending = self._pending, ""
        run.listens = run.listens and not pending
        self._tell(Frozen(run.number, frame, question_wanted=not pending and not run.listens))
        if pending:
            self._question(run, pending)
        elif not run.listens:
            run.waiting = True  # a look that fails is told as this run's failure
            self._show(State.READY)

    def _on_ask(self, text: str, instead: bool = False) -> None:
        if self._conversation is None:
            self._pending = text
            if self._run is None:
                self._on_press("screen", self._clock())
            return
        self._tell(Hushed())
        forget = instead and self._last_finished
        self._end_run()
        self._question(self._begin(), text, forget=forget)

    def _question(self, run: _Run, text: str = "", *, forget: bool = False) -> None:
        """A typed question, or one that the run's microphone hears."""
        conversation, microphone = self._conversation, run.microphone
        run.spoken, run.waiting = microphone is not None, False
        self._last_finished = False
        self._show(State.LISTENING if run.spoken else State.THINKING)
        self._sync(run)

        def job() -> None:
            if forget:
                conversation.earlier = conversation.earlier[:-1]
            given = {"text": text} if microphone is None else {"speech": microphone.voice}
            try:
                for event in conversation.ask(**given, run_id=run.number, cancel=run.cancel):
                    self._inbox.put(lambda event=event: self._on_event(run, event))
            finally:
                if microphone is not None:
                    microphone.let_go()  # where it was stopped before anybody listened

        self._jobs.put(job)

    def _on_event(self, run: _Run, event: Event) -> None:
        """Tell the event, unless it comes late, from a run that is no longer the current one."""
        if run is not self._run:
            return
        state, device = state_after(event), self._device
        if isinstance(event, Thinking):
            device = event.device
        if isinstance(event, Finished):
            device = event.answer.device or device  # another one, where the first failed on the way
        if isinstance(event, Heard) and event.final:
            run.spoken = False
        if isinstance(event, Finished | Stopped | Failed):
            self._run = None
            self._last_finished = isinstance(event, Finished)
        self._tell(event)
        if state is not None:
            self._show(state, device)

    def _on_stop(self) -> None:
        self._tell(Hushed())
        if self._end_run() or self._state in (State.CAMERA, State.PROBLEM, State.MODEL_MISSING):
            self._show(State.READY)

    def _on_dismiss(self) -> None:
        self._leave_frame()
        self._pending = ""
        self._tell(Hushed())
        self._show(State.READY)
        self._tell(Dismissed())

    def _leave_frame(self) -> None:
        self._end_run()
        conversation, self._conversation, self._frame = self._conversation, None, None
        if conversation is not None:
            conversation.abandon()  # at once: the worker may be busy with an earlier one, and cores are wanted now
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

    def _begin(self, hold: bool = False) -> _Run:
        self._run = _Run(next(self._numbers), Cancel(), hold)
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

    def _is_pressed(self, action: str) -> bool:
        return self._pressed is not None and self._pressed[0] == action

    def _prepare(
        self,
        run: _Run,
        freeze: Callable[[], Frame],
        then: Callable[[_Run, Frame], None],
        listens: bool = True,
    ) -> None:
        """Have the frame taken and the microphone opened, then go on here with `then`."""

        def put(job: Callable[[], None]) -> None:
            self._inbox.put(job)
            if self._closed:
                _work_off_rest(self._inbox)  # it came too late, and its microphone must not stay open

        tell = Prepared(
            frame=lambda frame, listened: put(lambda: self._on_prepared(run, frame, listened, then)),
            microphone=lambda opened: put(lambda: self._on_opened(run, opened)),
            failed=lambda error: put(lambda: self._fail(run, error)),
        )
        prepare(freeze, self._voice_of if listens else None, lambda: run.hold, tell)

    # In the worker --------------------------------------------------------------------------------------------------

    def _start(self, run: _Run, conversation: Conversation) -> None:
        """In the worker: the look begins while the person is still typing or speaking."""
        if run.cancel.is_set():
            return
        try:
            conversation.start()
        except Exception as error:
            failure = error  # without a question nobody else would tell it
            self._inbox.put(lambda: self._fail(run, failure))


def _work_off(box: SimpleQueue[Callable[[], None] | None]) -> None:
    """Run what is put into the box until None comes."""
    while (job := box.get()) is not None:
        _run(job)
        del job  # or a frame that it knows is kept until the next one comes


def _work_off_rest(box: SimpleQueue[Callable[[], None] | None]) -> None:
    """What was put in after the end."""
    with contextlib.suppress(Empty):
        while True:
            if job := box.get_nowait():
                _run(job)


def _run(job: Callable[[], None]) -> None:
    """A job that fails must neither end the thread nor keep the others from being done."""
    try:
        job()
    except Exception:
        log.exception("a job of the app failed")
