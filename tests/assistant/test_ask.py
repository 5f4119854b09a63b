"""The run: these inputs, this list of events. Every run ends in exactly one of Finished, Stopped, Failed."""

from __future__ import annotations

import logging
import threading
import time

import numpy as np
import pytest

from assistant import errors
from assistant.ask import Conversation, Ports, Question, ask
from assistant.errors import BadInput, DeviceFailed, EngineFailed, ModelMissing
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
)  # fmt: skip
from assistant.frames import Box, Frame, ScreenText, Segment, Transcript
from assistant.ports import Turn
from assistant.prompts import NOT_ON_SCREEN
from tests.fakes import (
    Asked,
    FakeMicrophone,
    FakeModel,
    FakeReader,
    FakeTranscriber,
    Gate,
    UntilCancelled,
    a_frame,
    a_screen,
    a_speech,
)  # fmt: skip

ENDS = (Finished, Stopped, Failed)
SCREEN = a_screen("파일 저장", "이름: 보고서.hwp", "저장", "취소")

pytestmark = pytest.mark.usefixtures("no_threads_left")


def run(question, ports, **more):
    """All events of a run, with the rule about its end checked."""
    events = list(ask(question, ports, **more))
    assert [isinstance(event, ENDS) for event in events] == [False] * (len(events) - 1) + [True]
    return events


def kinds(events):
    return [type(event) for event in events]


def test_a_typed_question_goes_through_all_stages(model, reader):
    reader.enqueue(SCREEN)
    model.say("파일 이름은 ", "<|n", "2|>", "입니다.")
    events = run(Question(a_frame(), "파일 이름이 뭐야?"), Ports(model, reader), run_id=7)

    assert kinds(events)[:3] == [Captured, Read, Thinking]
    assert set(kinds(events)[3:-1]) == {Said, Pointed}
    assert all(event.run == 7 for event in events)
    answer = events[-1].answer
    assert answer.text == "파일 이름은 이름: 보고서.hwp입니다."
    assert "".join(event.piece for event in events if isinstance(event, Said)) == answer.text
    assert [line.text for line in answer.evidence] == ["이름: 보고서.hwp"]
    assert answer.raw == "파일 이름은 <|n2|>입니다."
    assert (answer.model, answer.engine, answer.device) == ("fake-model", "fake", "CPU")
    assert answer.question == "파일 이름이 뭐야?" and answer.heard is None and not answer.abstained
    assert model.looks[0].closed


def test_timings_are_the_engines_own_and_the_rest_is_measured(model, reader):
    reader.enqueue(SCREEN)
    model.say("네", "입니다")
    timings = run(Question(a_frame, "보여?"), Ports(model, reader))[-1].answer.timings
    assert (timings.encode_ms, timings.prefill_ms, timings.first_token_ms) == (12.0, 34.0, 5.0)
    assert (timings.tokens, timings.tokens_per_s, timings.screen_text_ms) == (2, 100.0, 7.0)
    assert timings.capture_ms >= 0 and timings.total_ms > 0
    assert timings.transcribe_ms is None and timings.endpoint_ms is None


def test_a_spoken_question_is_heard_with_the_words_of_the_screen(model, reader, transcriber):
    """GIVEN the screen was read before the speech ended, THEN its words help the transcriber."""
    gate = Gate()
    reader.enqueue(SCREEN)

    class Microphone(FakeMicrophone):
        def record(self, cancel=None):
            assert reading_done.wait(5)
            return super().record(cancel)

    reading_done = threading.Event()
    model.enqueue(gate)  # the look is slow, the reading before it is not
    transcriber.enqueue(Transcript("저장 버튼 어디 있어?", (Segment(0.0, 1.0, "저장 버튼 어디 있어?", 0.9),)))
    model.say("<|n3|> 버튼은 아래쪽에 있어요.")
    events = []
    for event in ask(Question(a_frame(), speech=Microphone()), Ports(model, reader, transcriber)):
        events.append(event)
        if isinstance(event, Listening):
            assert gate.reached.wait(5)
            reading_done.set()
        if isinstance(event, Read):
            gate.open.set()
    assert kinds(events)[:5] == [Captured, Listening, Heard, Read, Thinking]
    answer = events[-1].answer
    assert answer.heard == answer.question == "저장 버튼 어디 있어?"
    assert answer.box == Box(10, 40, 16, 20)
    assert answer.timings.transcribe_ms is not None
    assert {"저장", "취소", "보고서"} <= set(transcriber.received[0][1])


def test_speech_is_not_kept_waiting_for_a_slow_reader(model, reader, transcriber):
    gate = Gate()
    reader.enqueue(gate, SCREEN)
    transcriber.enqueue("뭐라고 적혀 있어?")
    model.say("<|n1|>")
    events = []
    for event in ask(Question(a_frame(), speech=a_speech()), Ports(model, reader, transcriber)):
        events.append(event)
        if isinstance(event, Heard):
            gate.open.set()
    assert isinstance(events[-1], Finished)
    assert transcriber.received[0][1] == ()


@pytest.mark.parametrize(
    ("question", "code", "status"),
    [
        (Question(a_frame(), ""), "question_empty", 2),
        (Question(a_frame(), None), "question_empty", 2),
        (Question(a_frame(), " \u200b ?! "), "question_empty", 2),
        (Question(a_frame(), "가" * 10_000), "question_too_long", 2),
        (Question(a_frame(), "질문", a_speech()), "question_twice", 2),
        (Question(Frame(np.zeros((9, 9, 3), np.uint8)), "뭐야?"), "frame_black", 2),
        (Question(Frame(np.zeros((0, 9, 3), np.uint8)), "뭐야?"), "frame_empty", 2),
        (Question(a_frame(), "뭐야?", text_from="sky"), "text_from_unknown", 2),
        (Question(a_frame(), speech=a_speech()), "no_speech_model", 3),
    ],
)
def test_bad_input_fails_with_its_code(model, reader, question, code, status):
    end = run(question, Ports(model, reader))[-1]
    assert (end.code, end.exit_status) == (code, status)
    assert not model.asked


def test_silence_fails_as_no_speech(model, reader, transcriber):
    transcriber.enqueue("  ")
    assert (
        run(Question(a_frame(), speech=a_speech()), Ports(model, reader, transcriber))[-1].code == "no_speech"
    )


def test_no_model_at_all(reader):
    end = run(Question(a_frame(), "뭐야?"), Ports(None, reader))[-1]
    assert (end.code, end.exit_status) == ("no_vision_model", 3)


def a_failing_frame():
    raise DeviceFailed("device_missing", device="screen")


@pytest.mark.parametrize(
    "error",
    [
        EngineFailed("engine_failed", engine="fake"),
        ModelMissing("model_file_missing", path="x"),
        BadInput("no_speech"),
    ],
)
@pytest.mark.parametrize(
    "where", ["loader", "reader", "look", "first piece", "later piece", "transcriber", "frame"]
)
def test_a_ports_error_keeps_its_code_and_values(where, error):
    end = run(*broken(where, error))[-1]
    assert (end.code, end.values, end.exit_status) == (error.code, error.values, error.exit_status)


@pytest.mark.parametrize("error", [RuntimeError("boom"), TimeoutError(), KeyError("x"), MemoryError()])
@pytest.mark.parametrize(
    "where", ["loader", "reader", "look", "first piece", "later piece", "transcriber", "frame"]
)
def test_an_unknown_exception_becomes_internal_and_is_logged_with_its_traceback(where, error, caplog):
    with caplog.at_level(logging.ERROR):
        end = run(*broken(where, error))[-1]
    assert (end.code, end.exit_status) == ("internal", 1)
    assert any(record.exc_info and record.exc_info[1] is error for record in caplog.records)


def broken(where, error):
    """A question and ports of which the one at `where` raises `error`."""
    model, reader, transcriber = FakeModel(), FakeReader(), FakeTranscriber()
    model.say(*{"first piece": (error,), "later piece": ("화면", error)}.get(where, ("네",)))
    reader.enqueue(error if where == "reader" else SCREEN)
    if where == "look":
        model.enqueue(error)
    transcriber.enqueue(error if where == "transcriber" else "뭐야?")

    def fails():
        raise error

    ports = Ports(fails if where == "loader" else model, reader, transcriber)
    return Question(fails if where == "frame" else a_frame(), speech=a_speech()), ports


class Counting(threading.Event):
    """A cancel flag that sets itself at its n-th look: cancels at every point of a run, one after the other."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    def is_set(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def test_cancelled_at_any_look_the_run_ends_as_stopped_or_had_finished():
    """GIVEN cancel is set at the n-th time anybody looks at it, THEN the run still ends in exactly one event."""
    ends = []
    for looks in range(60):
        model, reader, transcriber = FakeModel(), FakeReader(), FakeTranscriber()
        reader.enqueue(SCREEN)
        transcriber.enqueue("이름이 뭐야?")
        model.say("이름은 ", "<|n2|>", "이에요.")
        ports = Ports(model, reader, transcriber)
        ends.append(type(run(Question(a_frame(), speech=a_speech()), ports, cancel=Counting(looks))[-1]))
        assert all(look.closed for look in model.looks)
    assert ends[0] is Stopped and ends[-1] is Finished
    assert set(ends) == {Stopped, Finished}


@pytest.mark.parametrize("at", [Captured, Listening, Heard, Read, Thinking, Said, Pointed])
def test_cancelled_at_each_event_nothing_follows_but_stopped(at, model, reader, transcriber):
    reader.enqueue(SCREEN)
    transcriber.enqueue("이름이 뭐야?")
    model.say("이름은 ", "<|n2|>", "이에요.")
    cancel = threading.Event()
    events = []
    ports = Ports(model, reader, transcriber)
    for event in ask(Question(a_frame(), speech=a_speech()), ports, cancel=cancel):
        events.append(event)
        if isinstance(event, at):
            cancel.set()
    assert kinds(events)[-2:] == [at, Stopped]
    assert all(look.closed for look in model.looks)


@pytest.mark.parametrize("where", ["reader", "look", "answer", "transcriber", "microphone"])
def test_cancelled_while_a_port_works_it_stops_within_100_ms(where, model, reader, transcriber):
    wait, microphone = UntilCancelled(), FakeMicrophone()
    reader.enqueue(*([wait] if where == "reader" else []), SCREEN)
    transcriber.enqueue(*([wait] if where == "transcriber" else []), "이름이 뭐야?")
    if where == "look":
        model.enqueue(wait)
    if where == "microphone":
        microphone.enqueue(wait)
    model.say("이름은 ", *([wait] if where == "answer" else []), "보고서")
    cancel, pressed = threading.Event(), []

    def press_escape():
        assert wait.reached.wait(5)
        pressed.append(time.perf_counter())
        cancel.set()

    thread = threading.Thread(target=press_escape)
    thread.start()
    for event in ask(
        Question(a_frame(), speech=microphone), Ports(model, reader, transcriber), cancel=cancel
    ):
        if isinstance(event, ENDS):
            late = time.perf_counter() - pressed[0]
            assert isinstance(event, Stopped)
    thread.join()
    assert late < 0.1


def test_cancelled_before_it_starts_nothing_is_captured(model, reader):
    cancel = threading.Event()
    cancel.set()
    assert kinds(run(Question(a_frame(), "뭐야?"), Ports(model, reader), cancel=cancel)) == [Stopped]
    assert not reader.received


def test_a_port_that_ignores_cancel_does_not_hold_the_run():
    """GIVEN a look that cannot be interrupted, WHEN cancelled, THEN Stopped comes at once and the look is closed later."""
    model, reader, gate, cancel = FakeModel(), FakeReader(), Gate(), threading.Event()
    model.enqueue(gate)
    events = ask(Question(a_frame(), "뭐야?"), Ports(model, reader), cancel=cancel)
    assert kinds([next(events) for _ in range(3)]) == [Captured, Read, Thinking]
    assert gate.reached.wait(5)
    threading.Timer(0.05, cancel.set).start()
    started = time.perf_counter()
    assert isinstance(next(events), Stopped)
    assert time.perf_counter() - started < 0.3
    gate.open.set()
    assert list(events) == []
    assert model.looks[0].closed


@pytest.mark.parametrize("steps", range(9))
def test_a_generator_closed_early_stops_everything(steps, model, reader, transcriber):
    reader.enqueue(SCREEN)
    transcriber.enqueue("이름이 뭐야?")
    model.say("이름은 ", "<|n2|>", "이에요.")
    events = ask(Question(a_frame(), speech=a_speech()), Ports(model, reader, transcriber))
    for _ in range(steps):
        next(events)
    events.close()
    assert all(look.closed for look in model.looks)


def test_closing_a_run_does_not_set_the_callers_flag(model, reader):
    model.say("네", "네")
    cancel = threading.Event()
    events = ask(Question(a_frame(), "보여?"), Ports(model, reader), cancel=cancel)
    next(events)
    events.close()
    assert not cancel.is_set()


def test_ports_may_be_given_as_loaders(model, reader, transcriber):
    reader.enqueue(SCREEN)
    transcriber.enqueue("이름이 뭐야?")
    model.say("<|n2|>")
    ports = Ports(lambda: model, lambda: reader, lambda: transcriber)
    assert run(Question(a_frame(), speech=a_speech()), ports)[-1].answer.text == "이름: 보고서.hwp"


@pytest.mark.parametrize("without", ["no reader", "text_from none"])
def test_without_screen_text_the_picture_alone_is_asked(without, model, reader):
    model.say("곰이에요.")
    ports = Ports(model, None if without == "no reader" else reader)
    text_from = "none" if without == "text_from none" else "auto"
    events = run(Question(a_frame(), "뭐야?", text_from=text_from), ports)
    assert events[1].screen_text == ScreenText(source="none")
    assert events[-1].answer.timings.screen_text_ms is None
    assert not reader.received


def test_an_empty_answer_is_an_abstention(model, reader):
    model.say("<|im_end|>", " ")
    events = run(Question(a_frame(), "뭐야?"), Ports(model, reader))
    answer = events[-1].answer
    assert answer.text == NOT_ON_SCREEN == events[-2].piece
    assert answer.abstained and answer.raw == NOT_ON_SCREEN


def test_only_where_questions_get_a_box(model, reader):
    reader.enqueue(SCREEN, SCREEN)
    model.say("<|n3|> 버튼이에요.")
    assert run(Question(a_frame(), "뭐라고 적혀 있어?"), Ports(model, reader))[-1].answer.box is None
    model.say("<|n4|> 왼쪽의 <|n3|> 버튼이에요.")
    assert (
        run(Question(a_frame(), "저장 버튼은 어디에 있어?"), Ports(model, reader))[-1].answer.box
        == SCREEN.lines[2].box
    )


def test_an_endless_answer_is_ended(reader):
    """GIVEN a model that repeats itself for ever, THEN the answer stops after a few copies, well below 2 s."""

    def pieces():
        while True:
            yield "저장하시겠습니까? "

    model = FakeModel()
    model.answers.append(pieces())
    started = time.perf_counter()
    answer = run(Question(a_frame(), "뭐야?"), Ports(model, reader))[-1].answer
    assert time.perf_counter() - started < 1
    assert 4 <= answer.text.count("저장하시겠습니까?") <= 8


def test_an_answer_that_never_repeats_is_ended_at_the_cap(reader):
    def pieces():
        for n in range(10**9):
            yield f"{n}째 "

    model = FakeModel()
    model.answers.append(pieces())
    assert 3_900 < len(run(Question(a_frame(), "뭐야?"), Ports(model, reader))[-1].answer.text) <= 4_100


def test_chat_models_cite_in_brackets(reader):
    model = FakeModel(style="chat")
    reader.enqueue(SCREEN)
    model.say("이름은 보고서.hwp입니다 [", "2", "].")
    answer = run(Question(a_frame(), "이름이 뭐야?"), Ports(model, reader))[-1].answer
    assert answer.text == "이름은 보고서.hwp입니다."
    assert [line.text for line in answer.evidence] == ["이름: 보고서.hwp"]


def test_nothing_from_the_screen_or_the_person_is_logged(model, reader, transcriber, caplog):
    """Logs hold no transcript, no answer and no screen text, also when an answer is cut off."""
    with caplog.at_level(logging.DEBUG):
        reader.enqueue(a_screen("카나리아화면"))
        transcriber.enqueue("카나리아질문")
        model.say(*["카나리아대답 "] * 50)
        run(Question(a_frame(), speech=a_speech()), Ports(model, reader, transcriber))
    assert caplog.records and "카나리아" not in caplog.text


class TestConversation:
    def events(self, conversation, *question, **more):
        return list(conversation.ask(*question, **more))

    def test_a_second_question_reuses_the_look_and_knows_the_first(self, model, reader):
        reader.enqueue(SCREEN)
        conversation = Conversation(a_frame(), Ports(model, reader))
        model.say("이름은 <|n2|>")
        model.say("<|n3|> 버튼")
        self.events(conversation, "이름이 뭐야?")
        second = self.events(conversation, "그럼 어디를 눌러?")
        conversation.close()
        assert kinds(second)[:3] == [Captured, Read, Thinking]
        assert len(model.looks) == len(reader.received) == 1
        assert model.asked[1] == Asked("그럼 어디를 눌러?", (Turn("이름이 뭐야?", "이름은 <|n2|>"),))
        assert model.looks[0].closed

    def test_a_stopped_look_is_taken_up_again_without_reading_twice(self, model, reader):
        reader.enqueue(SCREEN)
        model.enqueue(UntilCancelled())
        model.say("네")
        cancel = threading.Event()
        conversation = Conversation(a_frame(), Ports(model, reader))
        for event in conversation.ask("보여?", cancel=cancel):
            if isinstance(event, Thinking):
                cancel.set()
        assert isinstance(event, Stopped)
        assert isinstance(self.events(conversation, "보여?")[-1], Finished)
        conversation.close()
        assert len(reader.received) == 1 and len(model.received) == 2

    def test_a_stopped_answer_keeps_the_look(self, model, reader):
        model.say("하나", "둘", "셋")
        model.say("넷")
        conversation = Conversation(a_frame(), Ports(model, reader))
        events = conversation.ask("몇 개야?")
        while not isinstance(next(events), Said):
            pass
        events.close()
        assert self.events(conversation, "몇 개야?")[-1].answer.text == "넷"
        conversation.close()
        assert len(model.looks) == 1 and conversation.earlier == (Turn("몇 개야?", "넷"),)

    def test_unheard_speech_keeps_the_look_for_another_try(self, model, reader, transcriber):
        transcriber.enqueue("", "뭐야?")
        model.say("창")
        conversation = Conversation(a_frame(), Ports(model, reader, transcriber))
        assert self.events(conversation, speech=a_speech())[-1].code == "no_speech"
        assert isinstance(self.events(conversation, speech=a_speech())[-1], Finished)
        conversation.close()
        assert len(model.looks) == 1

    def test_a_failed_look_is_tried_again(self, model, reader):
        model.enqueue(EngineFailed("engine_failed"))
        model.say("창")
        conversation = Conversation(a_frame(), Ports(model, reader))
        assert self.events(conversation, "뭐야?")[-1].code == "engine_failed"
        assert self.events(conversation, "뭐야?")[-1].answer.text == "창"
        conversation.close()

    def test_looking_may_start_before_there_is_a_question(self, model, reader):
        gate = Gate()
        model.enqueue(gate)
        conversation = Conversation(a_frame, Ports(model, reader))
        frame = conversation.start()
        assert gate.reached.wait(5)
        gate.open.set()
        model.say("창")
        events = self.events(conversation, "뭐야?")
        conversation.close()
        assert events[0].frame is frame and len(model.looks) == 1

    def test_closed_before_any_question(self, model, reader):
        model.enqueue(UntilCancelled())
        conversation = Conversation(a_frame(), Ports(model, reader))
        conversation.start()
        conversation.close()
        conversation.close()


def test_the_transcriber_loads_while_the_person_speaks(model, reader, transcriber):
    """GIVEN a slow transcriber, THEN the microphone opens at once: no first word is lost to loading."""
    opened, transcriber_may_load = threading.Event(), threading.Event()

    class Microphone(FakeMicrophone):
        def record(self, cancel=None):
            opened.set()
            transcriber_may_load.set()
            return super().record(cancel)

    def load():
        assert transcriber_may_load.wait(5), "the microphone waited for the transcriber"
        return transcriber

    transcriber.enqueue("뭐야?")
    model.say("창")
    end = run(Question(a_frame(), speech=Microphone()), Ports(model, reader, load))[-1]
    assert opened.is_set() and end.answer.text == "창"


def test_nobody_speaks_in_vain_where_no_speech_model_is(model, reader):
    microphone = FakeMicrophone()
    assert run(Question(a_frame(), speech=microphone), Ports(model, reader))[-1].code == "no_speech_model"
    assert not microphone.received


def test_the_model_loads_while_the_text_is_read(reader):
    model, loading = FakeModel(), threading.Event()

    def load():
        loading.set()
        return model

    class Reader(FakeReader):
        def read(self, frame, cancel=None):
            assert loading.wait(5), "the model waited for the reader"
            return super().read(frame, cancel)

    model.say("창")
    assert run(Question(a_frame(), "뭐야?"), Ports(load, Reader()))[-1].answer.text == "창"


def test_a_loader_that_hangs_can_be_stopped(reader):
    """GIVEN a model that never finishes loading, WHEN cancelled, THEN the run ends at once all the same."""
    release, cancel = threading.Event(), threading.Event()
    events = ask(
        Question(a_frame(), "뭐야?"), Ports(lambda: release.wait(5) and FakeModel(), reader), cancel=cancel
    )
    assert kinds([next(events), next(events)]) == [Captured, Read]
    cancel.set()
    started = time.perf_counter()
    assert isinstance(next(events), Stopped)
    assert time.perf_counter() - started < 0.3
    assert list(events) == []
    release.set()
    for thread in threading.enumerate():
        if thread.name == "nunchi-loading":
            thread.join()


def test_an_abandoned_conversation_ends_what_is_under_way_and_begins_nothing_new(model, reader):
    """Without waiting for it: whoever abandons it has something better to do."""
    waits = UntilCancelled()
    reader.enqueue(waits)
    conversation = Conversation(a_frame(), Ports(model, reader))
    conversation.start()
    assert waits.reached.wait(5)
    conversation.abandon()
    conversation.close()
    assert model.received == []
    late = Conversation(a_frame(), Ports(model, reader))
    late.abandon()
    with pytest.raises(errors.Stopped):
        late.start()
    assert len(reader.received) == 1
    late.close()
