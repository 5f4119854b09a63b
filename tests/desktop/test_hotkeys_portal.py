"""The Wayland portal's shortcuts, against a portal service on the private bus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dbus_fast import Variant

from assistant.errors import DeviceFailed
from desktop.hotkeys.backend import Backend, Bound, Conflict, Reason, open_backend
from desktop.hotkeys.chord import Chord
from desktop.hotkeys.portal import PortalHotkeys, trigger
from tests.desktop.conftest import Desk
from tests.desktop.listening import Heard
from tests.desktop.portal import FakePortal, all_bound, session_of

ASK, CAMERA = Chord.parse("Ctrl+Alt+N"), Chord.parse("Ctrl+Alt+C")


@pytest.fixture
def portal(desk: Desk) -> Iterator[FakePortal]:
    service = FakePortal(desk.bus)
    service.answers = {"CreateSession": session_of, "BindShortcuts": all_bound}
    yield service
    service.close()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def keys(desk: Desk, portal: FakePortal, heard: Heard) -> Iterator[PortalHotkeys]:
    backend = PortalHotkeys(heard, {"screen": "화면에 대해 묻기"}, desk.bus, answer_seconds=3)
    yield backend
    backend.close()


def test_both_actions_are_asked_for_once(portal: FakePortal, keys: PortalHotkeys, heard: Heard) -> None:
    """The desktop sees Korean words and our wish, and says what it made of it."""
    assert keys.bind_all({"screen": ASK, "camera": CAMERA}) == {
        "screen": Bound("screen", ASK, trigger="CTRL+ALT+n"),
        "camera": Bound("camera", CAMERA, trigger="CTRL+ALT+c"),
    }
    portal.next("CreateSession")
    session, wanted, parent, _ = portal.next("BindShortcuts")
    assert parent == ""
    assert list(wanted[0]) == [
        "screen",
        {"description": "화면에 대해 묻기", "preferred_trigger": "CTRL+ALT+n"},
    ]
    portal.send("Activated", session, "screen")
    portal.send("Activated", session, "screen")
    portal.send("Activated", "/another/session", "camera")
    portal.send("Deactivated", session, "screen")
    heard.pressed("screen")
    heard.released("screen")
    assert heard.nothing_more


def test_the_person_says_no(portal: FakePortal, keys: PortalHotkeys) -> None:
    """The chord is refused, the unused session closed, the earlier binding kept."""
    keys.bind("screen", ASK)
    portal.answers["BindShortcuts"] = (1, {})
    assert keys.bind("camera", CAMERA) == Conflict("camera", CAMERA, Reason.REFUSED)
    assert len(portal.closed) == 1
    portal.next("CreateSession")
    assert portal.next("BindShortcuts")[0] not in portal.closed


def test_the_desktop_gives_only_some(portal: FakePortal, keys: PortalHotkeys) -> None:
    told = [["screen", {"trigger_description": Variant("s", "Super+J")}]]
    portal.answers["BindShortcuts"] = (0, {"shortcuts": Variant("a(sa{sv})", told)})
    assert keys.bind_all({"screen": ASK, "camera": CAMERA}) == {
        "screen": Bound("screen", ASK, trigger="Super+J"),
        "camera": Conflict("camera", CAMERA, Reason.REFUSED),
    }


def test_a_change_replaces_the_session(portal: FakePortal, keys: PortalHotkeys, heard: Heard) -> None:
    """A portal binds a session once: the second session carries both actions, the first is closed and deaf."""
    keys.bind("screen", ASK)
    keys.bind("camera", CAMERA)
    portal.next("CreateSession")
    first = portal.next("BindShortcuts")[0]
    portal.next("CreateSession")
    second, wanted, _, _ = portal.next("BindShortcuts")
    assert [name for name, _ in wanted] == ["screen", "camera"]
    assert portal.closed == [first]
    portal.send("Activated", first, "screen")
    portal.send("Activated", second, "camera")
    heard.pressed("camera")


def test_our_own_chord_is_a_conflict(keys: PortalHotkeys) -> None:
    keys.bind("screen", ASK)
    assert keys.bind("camera", ASK) == Conflict("camera", ASK, Reason.OURS, "screen")


def test_closing_while_held_releases(desk: Desk, portal: FakePortal, heard: Heard) -> None:
    keys = PortalHotkeys(heard, {}, desk.bus)
    keys.bind("screen", ASK)
    portal.next("CreateSession")
    session = portal.next("BindShortcuts")[0]
    portal.send("Activated", session, "screen")
    heard.pressed("screen")
    keys.close()
    heard.released("screen")
    assert portal.closed == [session]


def test_a_bus_without_a_portal_is_said(desk: Desk) -> None:
    with pytest.raises(DeviceFailed, match="hotkeys_unavailable"):
        PortalHotkeys(Heard(), {}, desk.bus)


def test_under_wayland_the_portal_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """And X grabs are not tried, because there they would see XWayland's windows only."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("sys.platform", "linux")
    assert [backend for backend in Backend if backend.fits] == [Backend.PORTAL, Backend.FALLBACK]


def test_no_back_end_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """As over ssh: no display of any kind."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(DeviceFailed, match="hotkeys_unavailable"):
        open_backend(Heard())


def test_a_portal_that_does_not_work_gives_way_to_the_next(
    on_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN Wayland without the portal THEN the listener, which sees XWayland's programs at least."""
    pytest.importorskip("pynput", reason="pynput is not installed")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    backend = open_backend(Heard())
    assert backend.name == "fallback"
    backend.close()


@pytest.mark.parametrize(
    ("chord", "written"),
    [("Ctrl+Alt+N", "CTRL+ALT+n"), ("Meta+Shift+Space", "SHIFT+LOGO+space"), ("Ctrl+Left", "CTRL+Left"),
     ("Ctrl+1", "CTRL+1"), ("F9", "F9")],
)  # fmt: skip
def test_the_portals_way_of_writing(chord: str, written: str) -> None:
    assert trigger(Chord.parse(chord)) == written
