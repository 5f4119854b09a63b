"""The whole question state machine under any order of asking, stepping, cancelling, closing and failing ports.

`python -m pytest tests/assistant/test_conversation_machine.py --hypothesis-profile long` walks 50,000 steps.
"""

from __future__ import annotations

import threading

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.ask import Conversation, Ports
from assistant.errors import EngineFailed
from assistant.events import (
    Captured,
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
from tests.fakes import FakeModel, FakeReader, FakeTranscriber, a_frame, a_screen, a_speech

ORDER = {
    Captured: 0,
    Listening: 1,
    Heard: 2,
    Read: 3,
    Thinking: 4,
    Said: 5,
    Pointed: 5,
    Finished: 6,
    Stopped: 6,
    Failed: 6,
}
ENDS = (Finished, Stopped, Failed)


class Talking(RuleBasedStateMachine):
    """One conversation after the other, at most one question at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.model, self.reader, self.transcriber = FakeModel(), FakeReader(), FakeTranscriber()
        self.events, self.seen, self.cancel, self.spoken = None, [], threading.Event(), False
        self.answered = 0
        self.open_frame()

    def open_frame(self) -> None:
        self.answered = 0
        self.conversation = Conversation(a_frame(), Ports(self.model, self.reader, self.transcriber))

    @precondition(lambda self: self.events is None)
    @rule(spoken=st.booleans(), question=st.sampled_from(["뭐야?", "저장 버튼 어디 있어?", "", "가" * 3000]))
    def ask(self, spoken: bool, question: str) -> None:
        self.cancel, self.seen, self.spoken = threading.Event(), [], spoken
        self.reader.enqueue(a_screen("저장", "취소"))
        self.transcriber.enqueue(question)
        self.model.say("여기 ", "<|n1|>", " 버튼", "이에요.")
        given = {"speech": a_speech()} if spoken else {"text": question}
        self.events = self.conversation.ask(**given, cancel=self.cancel)

    @precondition(lambda self: self.events is not None)
    @rule(count=st.integers(1, 12))
    def step(self, count: int) -> None:
        for _ in range(count):
            event = next(self.events, None)
            if event is None:
                self.ended()
                return
            self.seen.append(event)

    @precondition(lambda self: self.events is not None)
    @rule()
    def press_escape(self) -> None:
        self.cancel.set()

    @precondition(lambda self: self.events is not None)
    @rule()
    def walk_away(self) -> None:
        self.events.close()
        self.answered += any(isinstance(event, Finished) for event in self.seen)
        self.clear()

    @precondition(lambda self: self.events is None)
    @rule()
    def look_at_once(self) -> None:
        self.conversation.start()

    @precondition(lambda self: self.events is None)
    @rule()
    def look_elsewhere(self) -> None:
        self.conversation.close()
        self.open_frame()

    @rule(where=st.sampled_from(["reader", "model", "transcriber"]), known=st.booleans())
    def break_a_port(self, where: str, known: bool) -> None:
        getattr(self, where).enqueue(EngineFailed("engine_failed") if known else RuntimeError("boom"))

    def ended(self) -> None:
        ends = [event for event in self.seen if isinstance(event, ENDS)]
        assert len(ends) == 1 and self.seen[-1] is ends[0]
        if isinstance(ends[0], Stopped):
            assert self.cancel.is_set()
        self.answered += isinstance(ends[0], Finished)
        self.clear()

    def clear(self) -> None:
        self.events, self.seen = None, []
        for port in (self.reader, self.transcriber):
            port._queue.clear()
        self.model.answers.clear()

    @invariant()
    def events_come_in_order(self) -> None:
        ranks = [ORDER[type(event)] for event in self.seen]
        assert ranks == sorted(ranks)
        assert len({event.run for event in self.seen}) <= 1
        assert self.spoken or not any(isinstance(event, Listening | Heard) for event in self.seen)

    @invariant()
    def what_was_said_is_the_answer(self) -> None:
        if self.seen and isinstance(self.seen[-1], Finished):
            said = "".join(event.piece for event in self.seen if isinstance(event, Said))
            assert said == self.seen[-1].answer.text != ""

    @invariant()
    def only_finished_answers_are_remembered(self) -> None:
        running = any(isinstance(event, Finished) for event in self.seen)
        assert len(self.conversation.earlier) == min(6, self.answered + running)

    @invariant()
    def at_most_one_look_is_open(self) -> None:
        assert sum(not look.closed for look in self.model.looks) <= 1

    def teardown(self) -> None:
        if self.events is not None:
            self.events.close()
        self.conversation.close()
        assert all(look.closed for look in self.model.looks)
        assert not [t for t in threading.enumerate() if t.name.startswith("nunchi-seeing")]


TestTalking = Talking.TestCase
if settings.get_current_profile_name() != "long":
    TestTalking.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
