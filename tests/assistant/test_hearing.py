"""Drafts while somebody speaks, and the last decode that begins at the pause: which decode counts, and when none begins."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import numpy as np
import pytest

from assistant import hearing
from assistant.ask import Conversation, Ports
from assistant.cancelling import LinkedCancel, check
from assistant.endpointing import SoFar
from assistant.errors import BadInput, DeviceFailed, EngineFailed, Stopped
from assistant.events import Finished, Heard
from assistant.frames import Speech, Transcript
from assistant.hearing import Hearing, Pace
from tests.fakes import Gate, a_frame


def some_speech(last: int) -> Speech:
    return Speech(np.full(last * 512, 0.1, np.float32))


class Person:
    """A live microphone: speaks up to some block, pauses, and ends when the test says so."""

    def __init__(self) -> None:
        self.last_speech_at = 0.0
        self._said = SoFar(some_speech(0), 0, False)
        self._over = threading.Event()
        self.fails: Exception | None = None
        self.given_back = False
        self.finished: list[int] = []

    def speak(self, last: int, paused: bool = False) -> None:
        self._said = SoFar(some_speech(last), last, paused)

    def end(self) -> None:
        self.last_speech_at = time.perf_counter()
        self._over.set()

    def so_far(self) -> SoFar:
        return self._said

    def finish(self, last_speech: int) -> None:
        self.finished.append(last_speech)

    def record(self, cancel: threading.Event | None = None) -> Speech:
        try:
            while not self._over.wait(0.005):
                check(cancel)
            if self.fails:
                raise self.fails
            return self._said.speech
        finally:
            self.given_back = True


class Listener:
    """A transcriber that tells what it was given: seconds of speech, and whether a draft was wanted."""

    name = "listener"

    def __init__(self) -> None:
        self.received: list[tuple[str, int]] = []
        self.gates: list[Gate] = []
        self.fails: Exception | None = None
        self.says = "{}까지"
        self.at_once = 0
        self.most_at_once = 0

    def transcribe(
        self, speech: Speech, hotwords: tuple = (), cancel: threading.Event | None = None
    ) -> Transcript:
        return self._said("last", speech, cancel)

    def draft(
        self, speech: Speech, hotwords: tuple = (), cancel: threading.Event | None = None
    ) -> Transcript:
        return self._said("draft", speech, cancel)

    def _said(self, kind: str, speech: Speech, cancel: threading.Event | None) -> Transcript:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            blocks = len(speech.samples) // 512
            self.received.append((kind, blocks))
            if self.gates:
                self.gates.pop(0).wait(cancel)
            if self.fails:
                raise self.fails
            return Transcript(self.says.format(blocks))
        finally:
            self.at_once -= 1


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "DRAFT_EVERY", 0.0)


class Run:
    """Hears a person in a thread of its own; what it told can be waited for."""

    def __init__(self, person: Person, listener: Listener, pace: Pace | None = None) -> None:
        ready: Future = Future()
        ready.set_result(listener)
        self.cancel = LinkedCancel()
        self.heard: list[Heard] = []
        self.end: object = None
        self._hearing = Hearing(7, ready, lambda: ("저장",), pace or Pace(), self.cancel)
        self._thread = threading.Thread(target=self._go, args=(person,), daemon=True)
        self._thread.start()

    def _go(self, person: Person) -> None:
        events = self._hearing.hear(person)
        try:
            while True:
                self.heard.append(next(events))
        except StopIteration as end:
            self.end = end.value
        except Exception as error:
            self.end = error

    def wait(self, check: Callable[[], object]) -> None:
        end = time.monotonic() + 5
        while not check():
            assert time.monotonic() < end, (self.heard, self.end)
            time.sleep(0.002)

    def result(self) -> object:
        self._thread.join(5)
        assert not self._thread.is_alive()
        return self.end


def test_drafts_come_while_somebody_speaks(person: Person, listener: Listener) -> None:
    run = Run(person, listener)
    person.speak(30)
    run.wait(lambda: any(one.transcript.text == "30까지" for one in run.heard))
    person.speak(60)
    run.wait(lambda: any(one.transcript.text == "60까지" for one in run.heard))
    person.end()
    assert run.result().transcript.text == "60까지"
    assert [one.final for one in run.heard[:-1]] == [False] * (len(run.heard) - 1) and run.heard[-1].final
    assert listener.received[-1] == ("last", 60) and {kind for kind, _ in listener.received[:-1]} == {"draft"}


def test_the_decode_that_began_at_the_pause_counts(person: Person, listener: Listener) -> None:
    """GIVEN nobody speaks on THEN nothing is decoded after the end, and the wait for the text is the wait for the end."""
    run = Run(person, listener)
    person.speak(40, paused=True)
    run.wait(lambda: run.heard)
    person.end()
    understood = run.result()
    assert understood.transcript.text == "40까지" and listener.received == [("last", 40)]
    assert 0 <= understood.endpoint_ms <= understood.transcribe_ms
    assert run.heard[-1].final and not run.heard[0].final


def test_the_microphone_learns_that_a_sentence_is_whole(person: Person, listener: Listener) -> None:
    listener.says = "저장 버튼 어디 있어"
    run = Run(person, listener)
    person.speak(40, paused=True)
    run.wait(lambda: person.finished)
    assert set(person.finished) == {40}
    person.end()
    assert run.result().transcript.text == listener.says


def test_half_a_sentence_is_not_told_as_whole(person: Person, listener: Listener) -> None:
    run = Run(person, listener)
    person.speak(40, paused=True)
    run.wait(lambda: run.heard)
    person.end()
    run.result()
    assert not person.finished


def test_it_is_waited_for_where_the_end_comes_first(person: Person, listener: Listener) -> None:
    gate = Gate()
    listener.gates = [gate]
    run = Run(person, listener)
    person.speak(40, paused=True)
    assert gate.reached.wait(5)
    person.end()
    gate.open.set()
    assert run.result().transcript.text == "40까지" and listener.received == [("last", 40)]


def test_speaking_on_throws_the_early_decode_away(person: Person, listener: Listener) -> None:
    run = Run(person, listener, Pace())
    person.speak(40, paused=True)
    run.wait(lambda: run.heard)
    person.speak(80)
    person.end()
    assert run.result().transcript.text == "80까지"
    assert listener.received[0] == ("last", 40) and listener.received[-1] == ("last", 80)


def test_a_decode_that_came_too_early_is_cancelled(person: Person, listener: Listener) -> None:
    from tests.fakes import UntilCancelled

    wait = UntilCancelled()
    listener.gates = [wait]
    run = Run(person, listener)
    person.speak(40, paused=True)
    assert wait.reached.wait(5)
    person.speak(60)
    run.wait(lambda: listener.at_once == 0 or len(listener.received) > 1)
    person.end()
    assert run.result().transcript.text == "60까지"


def test_a_transcriber_does_one_thing_at_a_time(person: Person, listener: Listener) -> None:
    gate = Gate()
    listener.gates = [gate]
    run = Run(person, listener)
    person.speak(30)
    assert gate.reached.wait(5)
    person.speak(40, paused=True)
    person.end()
    gate.open.set()
    assert run.result().transcript.text == "40까지" and listener.most_at_once == 1


@pytest.mark.parametrize(
    ("seconds", "received"),
    [(0.8, [("last", 90)]), (1.5, [("last", 90)]), (0.1, [("draft", 30), ("last", 90)])],
)
def test_a_slow_machine_shows_no_drafts(
    person: Person, listener: Listener, seconds: float, received: list
) -> None:
    pace = Pace(seconds)
    run = Run(person, listener, pace)
    person.speak(30)
    if len(received) > 1:
        run.wait(lambda: len(listener.received) == 1 and run.heard)
    person.speak(90, paused=seconds < 1)
    if seconds < 1:
        run.wait(lambda: ("last", 90) in listener.received)
    person.end()
    run.result()
    assert listener.received == received
    assert pace.seconds < seconds, "it learns that decoding has become quick"


def test_a_draft_that_fails_is_no_failure_and_a_last_decode_that_fails_is(
    person: Person, listener: Listener
) -> None:
    listener.fails = EngineFailed("engine_failed")
    run = Run(person, listener)
    person.speak(30)
    run.wait(lambda: listener.received)
    listener.fails = None
    person.end()
    assert run.result().transcript.text == "30까지"
    listener.fails = EngineFailed("engine_failed")
    run = Run(Spoken(40), listener)
    assert run.result() is listener.fails


class Spoken(Person):
    def __init__(self, last: int) -> None:
        super().__init__()
        self.speak(last, paused=True)
        self.end()


def test_a_lost_microphone_is_the_failure(person: Person, listener: Listener) -> None:
    person.fails = DeviceFailed("microphone_lost")
    run = Run(person, listener)
    person.speak(30)
    person.end()
    assert run.result() is person.fails


def test_nothing_understood_is_said(person: Person) -> None:
    class Deaf(Listener):
        def _said(self, *_given: object) -> Transcript:
            return Transcript("")

    run = Run(person, Deaf())
    person.speak(40, paused=True)
    person.end()
    error = run.result()
    assert isinstance(error, BadInput) and error.code == "no_speech"
    assert run.heard == []


def test_a_cancel_gives_the_microphone_back(person: Person, listener: Listener) -> None:
    run = Run(person, listener)
    person.speak(30)
    run.cancel.set()
    assert isinstance(run.result(), Stopped) and person.given_back


@pytest.fixture
def conversation(person: Person, listener: Listener, model: object) -> Iterator[Conversation]:
    model.say("여기예요.")
    conversation = Conversation(a_frame(), Ports(model, None, listener))
    yield conversation
    conversation.close()


def test_the_run_tells_drafts_and_when_the_question_was_over(
    person: Person, conversation: Conversation, no_threads_left: None
) -> None:
    person.speak(40, paused=True)
    events = []
    for event in conversation.ask(speech=person):
        events.append(event)
        if isinstance(event, Heard) and not event.final:
            person.end()
    heard = [event for event in events if isinstance(event, Heard)]
    assert [event.final for event in heard] == [False, True]
    assert isinstance(events[-1], Finished)
    timings = events[-1].answer.timings
    assert 0 <= timings.endpoint_ms <= timings.transcribe_ms


def test_a_run_that_is_closed_gives_the_microphone_back(
    person: Person, conversation: Conversation, no_threads_left: None
) -> None:
    person.speak(40)
    events = conversation.ask(speech=person)
    while not isinstance(next(events), Heard):
        pass
    events.close()
    assert person.given_back
