"""The app's one owner of state, with fakes: what is pressed and typed, and what it tells."""

from __future__ import annotations

import gc
import itertools
import threading
import time
import weakref
from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.ask import Ports
from assistant.errors import DeviceFailed, EngineFailed, ModelMissing
from assistant.events import Captured, Failed, Finished, Heard, Listening, Said, Stopped
from desktop.coordinator import Coordinator
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
)
from tests.desktop_app.standins import StandInScreen, StandInVoice, a_screen_frame
from tests.fakes import FakeModel, FakeReader, FakeTranscriber, UntilCancelled

PATIENCE = 20.0
ENDS = (Finished, Stopped, Failed)


class Told:
    """What the coordinator told, and waiting for it without sleeping."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self._changed = threading.Condition()

    def tell(self, notice: Notice) -> None:
        with self._changed:
            self.notices.append(notice)
            self._changed.notify_all()

    def wait(self, check: Callable[[list[Notice]], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.notices and check(self.notices), PATIENCE), (
                self.notices
            )

    def count(self, kind: type | tuple[type, ...]) -> int:
        return sum(isinstance(notice, kind) for notice in self.notices)

    def wait_count(self, kind: type | tuple[type, ...], count: int = 1) -> None:
        self.wait(lambda _notices: self.count(kind) >= count)

    @property
    def states(self) -> list[State]:
        return [notice.state for notice in self.notices if isinstance(notice, StateChanged)]

    @property
    def answers(self) -> list[str]:
        return [notice.answer.text for notice in self.notices if isinstance(notice, Finished)]


class Desk:
    def __init__(self, voice: StandInVoice | None = None) -> None:
        self.model, self.reader, self.transcriber = FakeModel(), FakeReader(), FakeTranscriber()
        self.screen, self.voice, self.told = StandInScreen(), voice, Told()
        ports = Ports(self.model, self.reader, self.transcriber)
        self.coordinator = Coordinator(ports, self.screen, self.told.tell, lambda: voice)


@pytest.fixture
def desk(no_threads_left: None):
    desk = Desk()
    yield desk
    desk.coordinator.close()


@pytest.fixture
def spoken(no_threads_left: None):
    desk = Desk(StandInVoice())
    yield desk
    desk.coordinator.close()


def test_a_press_freezes_the_screen_and_waits_for_a_typed_question(desk: Desk) -> None:
    desk.model.say("저장을 ", "누르세요.")
    desk.coordinator.press("screen")
    desk.told.wait_count(Frozen)
    assert desk.told.notices[-2].question_wanted or desk.told.notices[-1].question_wanted
    desk.coordinator.ask("뭘 눌러?")
    desk.told.wait_count(Finished)
    desk.told.wait(lambda notices: isinstance(notices[-1], StateChanged))
    assert desk.told.answers == ["저장을 누르세요."]
    assert desk.told.states == [
        State.THINKING,
        State.READY,
        State.THINKING,
        State.THINKING,
        State.ANSWERING,
        State.READY,
    ]
    assert desk.told.notices[-1].device == "CPU"


def test_nothing_holds_a_frame_that_was_dismissed(desk: Desk) -> None:
    """Megabytes that would stay until the next question."""
    desk.screen.frame = frame = a_screen_frame()
    gone = weakref.ref(frame)
    desk.coordinator.press("screen")
    desk.told.wait_count(Frozen)
    desk.coordinator.ask("뭘 눌러?")
    desk.told.wait_count(Finished)
    desk.coordinator.dismiss()
    desk.told.wait_count(Dismissed)
    desk.told.notices.clear()
    desk.model.received.clear()
    desk.reader.received.clear()
    desk.screen.frame = frame = a_screen_frame()
    end = time.monotonic() + PATIENCE
    while gone() is not None and time.monotonic() < end:
        gc.collect()
        time.sleep(0.01)
    assert gone() is None


def test_a_follow_up_reuses_the_look_and_remembers(desk: Desk) -> None:
    desk.model.say("하나."), desk.model.say("둘.")
    desk.coordinator.press("window")
    desk.coordinator.ask("첫째?")  # typed before the frame was there: it waits for it
    desk.told.wait_count(Finished)
    desk.coordinator.press("again")
    desk.told.wait_count(FollowUpWanted)
    desk.coordinator.ask("둘째?")
    desk.told.wait_count(Finished, 2)
    assert len(desk.model.looks) == 1 and desk.screen.received == ["window"]
    assert [turn.question for turn in desk.model.asked[1].earlier] == ["첫째?"]


def test_a_correction_forgets_the_wrong_question(spoken: Desk) -> None:
    spoken.voice.talks_alone = True
    spoken.transcriber.enqueue("이개 뭐야")
    spoken.model.say("모르겠어요."), spoken.model.say("메모장이에요.")
    spoken.coordinator.press("screen")
    spoken.told.wait_count(Finished)
    spoken.coordinator.correct("이게 뭐야")
    spoken.told.wait_count(Finished, 2)
    assert spoken.model.asked[1].question == "이게 뭐야" and spoken.model.asked[1].earlier == ()


def test_who_cannot_speak_types_about_the_same_frame_and_nobody_listens_any_more(spoken: Desk) -> None:
    spoken.model.say("메모장이에요.")
    spoken.coordinator.press("screen")
    spoken.told.wait_count(Listening)
    spoken.coordinator.press("type")
    spoken.told.wait_count(FollowUpWanted)
    until(lambda: not spoken.voice.is_open)
    spoken.coordinator.ask("이게 뭐야?")
    spoken.told.wait_count(Finished)
    assert spoken.screen.received == ["screen"] and spoken.told.count(Stopped) == 1
    assert spoken.told.answers == ["메모장이에요."]


def test_the_key_to_type_takes_the_screen_where_there_is_none(spoken: Desk) -> None:
    spoken.coordinator.press("type")
    spoken.told.wait_count(Frozen)
    assert any(isinstance(one, Frozen) and one.question_wanted for one in spoken.told.notices)
    assert spoken.screen.received == ["screen"] and not spoken.voice.recordings


def test_holding_the_key_records_until_it_is_let_go(spoken: Desk) -> None:
    spoken.transcriber.enqueue("이게 뭐야")
    spoken.model.say("메모장이에요.")
    spoken.voice.talks_alone = True  # and pauses at once, which ends nothing
    spoken.coordinator.press("screen", at=100.0, held=True)
    spoken.told.wait_count(Listening)
    assert spoken.voice.held == [True] and spoken.told.count(Heard) == 0
    spoken.coordinator.release("screen", at=102.0)
    spoken.told.wait_count(Finished)
    assert not spoken.voice.is_open and State.LISTENING in spoken.told.states
    assert spoken.told.count(Heard) == 1
    assert spoken.told.states[:2] == [State.THINKING, State.LISTENING], "the tray does not flicker"


def test_a_tap_leaves_the_microphone_open_and_a_second_tap_ends_it(spoken: Desk) -> None:
    spoken.transcriber.enqueue("이게 뭐야")
    spoken.model.say("메모장이에요.")
    spoken.coordinator.press("screen", at=100.0)
    spoken.told.wait_count(Listening)
    spoken.coordinator.release("screen", at=100.1)
    spoken.coordinator.press("screen", at=103.0)
    spoken.told.wait_count(Finished)
    assert spoken.screen.received == ["screen"] and spoken.voice.recordings == 1


def test_a_tap_leaves_the_end_to_silence(spoken: Desk) -> None:
    """GIVEN the key went up at once, even before the microphone was open THEN a pause ends the question."""
    spoken.voice.talks_alone = True
    spoken.transcriber.enqueue("이게 뭐야")
    spoken.model.say("메모장이에요.")
    spoken.screen.gate.clear()
    spoken.coordinator.press("screen", at=100.0, held=True)
    assert spoken.voice.opened.wait(PATIENCE)
    spoken.coordinator.release("screen", at=100.1)
    spoken.screen.gate.set()
    spoken.told.wait_count(Finished)
    assert spoken.voice.held == [True] and spoken.voice.tapped == 1


def test_a_key_let_go_before_the_frame_was_there_ends_the_question(spoken: Desk) -> None:
    spoken.transcriber.enqueue("이게 뭐야")
    spoken.model.say("메모장이에요.")
    spoken.screen.gate.clear()
    spoken.coordinator.press("screen", at=100.0, held=True)
    assert spoken.voice.opened.wait(PATIENCE)
    spoken.coordinator.release("screen", at=101.0)
    spoken.screen.gate.set()
    spoken.told.wait_count(Finished)


def test_the_microphone_opens_with_the_key_not_after_the_frame(spoken: Desk) -> None:
    spoken.screen.gate.clear()
    spoken.coordinator.press("screen")
    assert spoken.voice.opened.wait(PATIENCE) and spoken.told.count(Frozen) == 0
    spoken.screen.gate.set()
    spoken.told.wait_count(Listening)
    assert spoken.voice.presses == 1


@pytest.mark.parametrize("way", ["fails", "stopped", "typed", "closed"])
def test_a_microphone_that_nobody_needs_is_given_back(spoken: Desk, way: str) -> None:
    """GIVEN it is open already WHEN there is no frame, or no wish to speak any more."""
    spoken.screen.gate.clear()
    spoken.coordinator.press("screen")
    assert spoken.voice.opened.wait(PATIENCE)
    if way == "fails":
        spoken.screen.fails = DeviceFailed("capture_black")
    elif way == "stopped":
        spoken.coordinator.stop()
    elif way == "typed":
        spoken.coordinator.ask("뭐야?")
    else:
        spoken.coordinator.close()
    spoken.screen.gate.set()
    until(lambda: not spoken.voice.is_open)
    assert spoken.voice.recordings == 0


def test_the_camera_is_opened_elsewhere_and_its_picture_looked_at(desk: Desk) -> None:
    desk.model.say("택배 상자예요.")
    desk.coordinator.press("camera")
    desk.told.wait_count(CameraWanted)
    assert desk.told.states == [State.CAMERA] and State.CAMERA.busy and desk.screen.received == []
    desk.coordinator.look_at(desk.screen.frame)
    desk.coordinator.ask("이게 뭐야?")
    desk.told.wait_count(Finished)
    assert desk.told.answers == ["택배 상자예요."] and desk.screen.received == []


@pytest.mark.parametrize("way", ["stop", "dismiss", "fail"])
def test_an_open_camera_is_left(desk: Desk, way: str) -> None:
    """The state says so, which is what closes it."""
    desk.coordinator.press("camera")
    desk.told.wait_count(CameraWanted)
    if way == "fail":
        desk.coordinator.fail(DeviceFailed("camera_missing"))
    else:
        getattr(desk.coordinator, way)()
    desk.told.wait_count(StateChanged, 2)
    assert desk.told.states[-1] is (State.PROBLEM if way == "fail" else State.READY)


def test_every_press_hushes_what_is_read_aloud(desk: Desk) -> None:
    desk.model.say("하나.")
    desk.coordinator.press("screen")
    desk.coordinator.ask("뭐야?")
    desk.told.wait_count(Finished)
    for number, action in enumerate(("stop", "again", "window", "camera"), desk.told.count(Hushed) + 1):
        desk.coordinator.press(action)
        desk.told.wait_count(Hushed, number)


def until(check: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_stop_is_told_at_once_and_what_comes_late_is_not(desk: Desk) -> None:
    waits = UntilCancelled()
    desk.model.say("하나 ", waits, "둘")
    desk.coordinator.press("screen")
    desk.coordinator.ask("뭐야?")
    assert waits.reached.wait(PATIENCE)
    desk.coordinator.press("stop")
    desk.told.wait_count(Stopped)
    desk.told.wait(lambda notices: isinstance(notices[-1], StateChanged))
    assert desk.told.states[-1] is State.READY
    desk.model.say("셋.")
    desk.coordinator.ask("다시")
    desk.told.wait_count(Finished)
    assert desk.told.count(Stopped) == 1 and desk.told.answers == ["셋."]


def test_a_new_press_drops_the_old_question_and_gives_its_look_back(desk: Desk) -> None:
    waits = UntilCancelled()
    desk.model.say("하나 ", waits)
    desk.model.say("새 답.")
    desk.coordinator.press("screen")
    desk.coordinator.ask("뭐야?")
    assert waits.reached.wait(PATIENCE)
    desk.coordinator.press("screen")
    desk.told.wait_count(Frozen, 2)
    desk.coordinator.ask("이건?")
    desk.told.wait_count(Finished)
    desk.coordinator.dismiss()
    desk.told.wait_count(Dismissed)
    desk.coordinator.close()
    assert [look.closed for look in desk.model.looks] == [True, True]


@pytest.mark.parametrize(
    ("error", "code", "state"),
    [
        (DeviceFailed("capture_black"), "capture_black", State.PROBLEM),
        (RuntimeError("boom"), "internal", State.PROBLEM),
    ],
)
def test_a_screen_that_cannot_be_taken_is_told_with_its_code(
    desk: Desk, error: Exception, code: str, state: State
) -> None:
    desk.screen.fails = error
    desk.coordinator.press("screen")
    desk.told.wait(lambda notices: isinstance(notices[-1], StateChanged) and notices[-1].state is state)
    assert [notice.code for notice in desk.told.notices if isinstance(notice, Failed)] == [code]


def test_a_missing_model_has_a_state_of_its_own(desk: Desk) -> None:
    desk.model.enqueue(ModelMissing("no_vision_model"))
    desk.coordinator.press("screen")
    desk.coordinator.ask("뭐야?")
    desk.told.wait(lambda notices: isinstance(notices[-1], StateChanged) and desk.told.count(Failed))
    assert desk.told.states[-1] is State.MODEL_MISSING


def test_a_region_is_chosen_outside_and_then_looked_at(desk: Desk) -> None:
    desk.model.say("표예요.")
    desk.coordinator.press("region")
    desk.told.wait_count(RegionWanted)
    assert desk.screen.received == ["desktop"]
    desk.coordinator.look_at(desk.screen.frame)
    desk.told.wait_count(Frozen)
    desk.coordinator.ask("이게 뭐야?")
    desk.told.wait_count(Finished)
    assert desk.told.answers == ["표예요."]


def test_closing_while_somebody_speaks_ends_in_time(spoken: Desk) -> None:
    spoken.coordinator.press("screen")
    spoken.told.wait_count(Listening)
    spoken.coordinator.close()
    assert not spoken.voice.is_open and not any(thread.is_alive() for thread in spoken.coordinator._threads)


class Pressing(RuleBasedStateMachine):
    """Anything in any order: what is told stays legal, and everything ends."""

    def __init__(self) -> None:
        super().__init__()
        self.voice = StandInVoice()
        self.desk = Desk(self.voice)
        self.desk.coordinator._voice_of = lambda: self.voice if self.speaks else None
        self.speaks = False
        self.clock = 0.0

    @rule(
        action=st.sampled_from(["screen", "window", "region", "camera", "again", "type", "stop", "nonsense"]),
        held=st.floats(0, 1),
        down=st.booleans(),
    )
    def press(self, action: str, held: float, down: bool) -> None:
        self.clock += 10.0
        self.desk.transcriber.enqueue("이게 뭐야")
        self.desk.model.say("하나 ", "둘.")
        self.desk.coordinator.press(action, self.clock, held=down)
        self.desk.coordinator.release(action, self.clock + held)

    @rule(text=st.sampled_from(["뭐야?", "", "가" * 3000]), instead=st.booleans())
    def type_a_question(self, text: str, instead: bool) -> None:
        self.desk.model.say("하나 ", "둘.")
        (self.desk.coordinator.correct if instead else self.desk.coordinator.ask)(text)

    @rule()
    def choose_a_region(self) -> None:
        self.desk.coordinator.look_at(self.desk.screen.frame)

    @rule(speaks=st.booleans())
    def plug_the_microphone(self, speaks: bool) -> None:
        self.speaks = speaks

    @rule()
    def let_go_of_everything(self) -> None:
        self.desk.coordinator.dismiss()

    @rule(broken=st.booleans())
    def break_the_screen(self, broken: bool) -> None:
        self.desk.screen.fails = DeviceFailed("capture_failed") if broken else None

    @rule()
    def break_the_model(self) -> None:
        self.desk.model.enqueue(EngineFailed("engine_failed"))

    @precondition(lambda self: not self.speaks)
    @rule()
    def wait_for_quiet(self) -> None:
        """Dismissing answers whatever is under way within moments."""
        before = self.desk.told.count(Dismissed)
        self.desk.coordinator.dismiss()
        self.desk.told.wait_count(Dismissed, before + 1)

    @invariant()
    def each_run_ends_at_most_once_and_nothing_follows(self) -> None:
        ended: set[int] = set()
        for notice in list(self.desk.told.notices):
            run = getattr(notice, "run", None)
            if run is None or isinstance(notice, RegionWanted | Frozen):
                continue
            assert run not in ended, (run, self.desk.told.notices)
            if isinstance(notice, ENDS):
                ended.add(run)

    @invariant()
    def runs_never_go_back(self) -> None:
        runs = [
            n.run for n in list(self.desk.told.notices) if isinstance(n, Captured | Listening | Said | Frozen)
        ]
        assert runs == sorted(runs)

    @invariant()
    def states_are_told_once(self) -> None:
        told = [n for n in list(self.desk.told.notices) if isinstance(n, StateChanged)]
        assert all(one != other for one, other in itertools.pairwise(told))

    def teardown(self) -> None:
        self.desk.coordinator.close()
        assert not any(thread.is_alive() for thread in self.desk.coordinator._threads), "it hangs"
        assert all(look.closed for look in self.desk.model.looks)
        until(lambda: not self.voice.is_open)


TestPressing = Pressing.TestCase
if settings.get_current_profile_name() != "long":
    TestPressing.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
