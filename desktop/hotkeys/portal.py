"""Hot keys under Wayland: the desktop's own GlobalShortcuts portal (KDE 6, GNOME 48, Hyprland).

The desktop asks the person and may give other keys than those we would like; `Bound.trigger` says which. A session's
shortcuts can be bound only once, so each change makes a new session with all of them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.errors import DeviceFailed
from desktop.hotkeys.backend import (
    Bound,
    Conflict,
    HotkeyPressed,
    HotkeyReleased,
    OnHotkey,
    Reason,
    own_conflict,
)
from desktop.hotkeys.chord import Chord, Modifier
from desktop.session_bus import PORTAL, PORTAL_PATH, SessionBus, call, listen, request

if TYPE_CHECKING:
    from dbus_fast import Message

log = logging.getLogger(__name__)
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
SESSION = "org.freedesktop.portal.Session"
REGISTRY = "org.freedesktop.host.portal.Registry"
APP_ID = "io.github.nunchi_desktop.Nunchi"
_WRITTEN = (
    (Modifier.CTRL, "CTRL"),
    (Modifier.ALT, "ALT"),
    (Modifier.SHIFT, "SHIFT"),
    (Modifier.META, "LOGO"),
)


class PortalHotkeys:
    """`descriptions` are shown by the desktop when it asks (action → words); `address` is for tests.

    Errors: `DeviceFailed("dbus_unreachable")`, `DeviceFailed("hotkeys_unavailable")` without such a portal.
    """

    name = "portal"

    def __init__(
        self,
        on_event: OnHotkey,
        descriptions: Mapping[str, str] | None = None,
        address: str | None = None,
        answer_seconds: float = 120.0,
    ) -> None:
        self._on_event = on_event
        self._descriptions = dict(descriptions or {})
        self._answer_seconds = answer_seconds
        self._chords: dict[str, Chord] = {}
        self._session = ""
        self._held: set[str] = set()
        self._binding = threading.Lock()
        self._bus = SessionBus(address)
        try:
            self._bus.run(self._start(), 10.0)
        except (DeviceFailed, TimeoutError) as reason:
            self._bus.close()
            raise DeviceFailed("hotkeys_unavailable", tried=["PORTAL"]) from reason

    def bind(self, action: str, chord: Chord) -> Bound | Conflict:
        return self.bind_all({action: chord})[action]

    def bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        with self._binding:
            return self._bind_all(chords)

    def unbind(self, action: str) -> None:
        """The person's desktop keeps the keys until the next session; we stop listening to them now."""
        with self._binding:
            self._chords.pop(action, None)
        self._release(action)

    def close(self) -> None:
        for action in list(self._held):
            self._release(action)
        if self._session:
            self._close_session(self._session)
        self._bus.close()

    def _bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        results: dict[str, Bound | Conflict] = {}
        wanted = dict(self._chords)
        for action, chord in chords.items():
            if conflict := own_conflict(action, chord, wanted):
                results[action] = conflict
            else:
                wanted[action] = chord
        try:
            triggers, session = self._bus.run(self._bound(wanted), self._answer_seconds + 5.0)
        except (DeviceFailed, TimeoutError) as reason:
            log.warning("the desktop did not bind the shortcuts: %s", reason)
            refused = {a: Conflict(a, c, Reason.REFUSED) for a, c in chords.items() if a not in results}
            return results | refused
        old, self._session = self._session, session
        if old:
            self._close_session(old)
        self._chords = {action: chord for action, chord in wanted.items() if action in triggers}
        for action in chords.keys() - results.keys():
            chord = chords[action]
            got = action in triggers
            results[action] = (
                Bound(action, chord, trigger=triggers[action])
                if got
                else Conflict(action, chord, Reason.REFUSED)
            )
        return results

    async def _start(self) -> None:
        """Is there such a portal? Tell it who we are (newer portals want that), and listen."""
        where = (PORTAL, PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get")
        version = await call(self._bus.bus, *where, signature="ss", body=[SHORTCUTS, "version"])
        log.info("global shortcuts portal, version %s", version[0])
        try:
            where = (PORTAL, PORTAL_PATH, REGISTRY, "Register")
            await call(self._bus.bus, *where, signature="sa{sv}", body=[APP_ID, {}])
        except DeviceFailed as reason:
            log.info("the portal keeps no registry of programs: %s", reason)
        await listen(self._bus.bus, f"type='signal',interface='{SHORTCUTS}'", self._take)

    async def _bound(self, chords: Mapping[str, Chord]) -> tuple[dict[str, str], str]:
        """Makes a session with `chords`; what the desktop bound (action → its words for the keys) and the session."""
        from dbus_fast import Variant

        bus = self._bus.bus
        token = {"session_handle_token": Variant("s", f"nunchi{time.monotonic_ns()}")}
        code, results = await request(
            bus, SHORTCUTS, "CreateSession", signature="a{sv}", body=[], options=token, seconds=10.0
        )
        if code:
            raise DeviceFailed("portal_denied", response=code)
        session = results["session_handle"]
        wanted = [[action, self._wish(action, chord)] for action, chord in chords.items()]
        code, results = await request(
            bus, SHORTCUTS, "BindShortcuts", signature="oa(sa{sv})sa{sv}", body=[session, wanted, ""], options={},
            seconds=self._answer_seconds,
        )  # fmt: skip
        if code:
            await call(bus, PORTAL, session, SESSION, "Close")
            raise DeviceFailed("portal_denied", response=code)
        return {
            action: told.get("trigger_description", "") for action, told in results.get("shortcuts", [])
        }, session

    def _wish(self, action: str, chord: Chord) -> dict[str, Any]:
        from dbus_fast import Variant

        return {
            "description": Variant("s", self._descriptions.get(action, action)),
            "preferred_trigger": Variant("s", trigger(chord)),
        }

    def _close_session(self, session: str) -> None:
        try:
            self._bus.call(PORTAL, session, SESSION, "Close")
        except (DeviceFailed, TimeoutError) as reason:
            log.info("the portal's session was closed already: %s", reason)

    def _take(self, message: Message) -> None:
        """Runs on the bus's thread."""
        if message.interface != SHORTCUTS or message.member not in {"Activated", "Deactivated"}:
            return
        session, action = message.body[:2]
        if session != self._session or action not in self._chords:
            return
        if message.member == "Deactivated":
            self._release(action)
        elif action not in self._held:
            self._held.add(action)
            self._on_event(HotkeyPressed(action, time.monotonic()))

    def _release(self, action: str) -> None:
        if action in self._held:
            self._held.discard(action)
            self._on_event(HotkeyReleased(action, time.monotonic()))


def trigger(chord: Chord) -> str:
    """A chord in the XDG shortcuts syntax: «CTRL+ALT+n»."""
    return "+".join([*(word for modifier, word in _WRITTEN if modifier in chord.modifiers), chord.key.keysym])
