"""The tray's menu: its windows, and what is offered first while a model is missing."""

from __future__ import annotations

from desktop.notices import State
from desktop.tray import GET_A_MODEL, MENU, OWN_WINDOWS


def test_the_menu_opens_the_windows(qt: object) -> None:
    from desktop.tray import Tray

    done: list[str] = []
    tray = Tray(done.append)
    texts = [
        action.text() for action in tray.menu.actions() if not action.isSeparator() and action.isVisible()
    ]
    assert texts[-4:] == ["기록…", "설정…", "눈치에 대하여", "끝내기"] and len(texts) == 1 + len(MENU) + 4
    for action in OWN_WINDOWS:
        tray.actions[action].trigger()
    assert done == list(OWN_WINDOWS)
    tray.close()


def test_a_missing_model_is_offered_in_the_menu(qt: object) -> None:
    from desktop.tray import Tray

    done: list[str] = []
    tray = Tray(done.append, "en")
    for state in State:
        tray.show_state(state)
        assert tray.actions[GET_A_MODEL].isVisible() is (state is State.MODEL_MISSING)
    assert tray.actions[GET_A_MODEL].text() == "Get a model…"
    tray.actions[GET_A_MODEL].trigger()
    assert done == ["settings:models"]
    tray.close()


def test_relabelling_keeps_state_and_place(qt: object) -> None:
    from desktop.tray import Tray

    tray = Tray(lambda _action: None, "ko")
    tray.show_state(State.THINKING, "GPU")
    tray.relabel("en", {"screen": "F9"})
    assert tray.tool_tip == "Nunchi · Thinking · Running on GPU" and tray.where == "Running on GPU"
    assert tray.actions["screen"].text() == "Ask about the screen\tF9" and tray.actions["stop"].isEnabled()
    tray.close()


def test_an_open_microphone_is_seen_in_every_state(qt: object) -> None:
    """A dot on the icon and words: nobody is listened to unseen."""
    from desktop.tray import Tray, state_icon

    tray = Tray(lambda _action: None, "ko")
    tray.show_open_microphone(True)
    for state in State:
        tray.show_state(state)
        assert "마이크가 켜져 있어요" in tray.tool_tip
        plain, dotted = (state_icon(state, on).pixmap(64).toImage() for on in (False, True))
        assert plain != dotted and dotted.pixelColor(50, 50).name() == "#e0533d"
    tray.show_open_microphone(False)
    assert "마이크" not in tray.tool_tip
    tray.close()


def test_a_device_that_is_made_ready_shows_and_can_be_given_up(qt: object) -> None:
    from desktop.notices import State
    from desktop.tray import STOP_TRYING, Tray
    from models.engine_process.progress import Progress

    done: list[str] = []
    tray = Tray(done.append, "ko")
    tray.show_state(State.READY, "CPU")
    assert tray.trying == "" and not tray.actions[STOP_TRYING].isVisible()
    tray.show_trying(Progress("NPU", 3, 5, 125.0))
    assert tray.trying == "NPU 준비 중 · 3/5 · 약 2분 남음"
    assert tray.tool_tip == "눈치 · 준비됐어요 · CPU에서 실행 중 · NPU 준비 중 · 3/5 · 약 2분 남음"
    tray.show_state(State.THINKING, "CPU")
    assert "3/5" in tray.tool_tip
    tray.relabel("en", {})
    assert tray.trying == "Getting NPU ready · 3/5 · about 2 min left"
    tray.actions[STOP_TRYING].trigger()
    assert done == [STOP_TRYING]
    tray.show_trying(Progress("NPU", 1, 0, 20.0))
    assert tray.trying == "Getting NPU ready · done soon"
    tray.show_trying(None)
    assert tray.trying == "" and "ready ·" not in tray.tool_tip and not tray.actions[STOP_TRYING].isVisible()
    tray.close()
