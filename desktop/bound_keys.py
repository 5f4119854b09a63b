# ruff: noqa: TID253 - loaded by desktop.app only
"""The keys that work now: the chosen chords bound, presses handed on, and what another program has said at once.

Binding is done off the windows: under Wayland the desktop waits until the person has answered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.hotkeys.backend import Bound, Conflict, HotkeyBackend, HotkeyEvent, HotkeyPressed
from desktop.hotkeys.chord import Chord, Modifier
from desktop.hotkeys.keys import named
from desktop.settings import KEYS, Settings
from desktop.threads import Bridge, off_the_windows

log = logging.getLogger(__name__)
CHEAP = frozenset({"x11", "windows"})
"""back ends that bind Esc for a moment without asking anybody"""


def wanted_keys(settings: Settings) -> dict[str, str]:
    """action → chord as written, of the actions that this version has and that have keys."""
    return {action: keys for action, keys in settings.keys.items() if action in KEYS and keys}


def shown_keys(settings: Settings) -> dict[str, str]:
    """action → chord as a Korean reader writes it."""
    return {action: Chord.parse(keys).korean() for action, keys in wanted_keys(settings).items()}


class BoundKeys(QObject):
    """`press` and `release` get an action and its time, in the back end's thread; `dismiss` an Esc over the card."""

    changed = Signal()
    """what is bound has changed, or could not be"""

    def __init__(
        self,
        press: Callable[[str, float], None],
        release: Callable[[str, float], None],
        dismiss: Callable[[], None],
    ) -> None:
        super().__init__()
        self._press, self._release, self._dismiss = press, release, dismiss
        self._lent = Bridge(self._tell_borrower, self)
        self._borrower: Callable[[str], None] | None = None
        self.backend: HotkeyBackend | None = None
        self.failure: Exception | None = None
        """why there are no keys here"""
        self.results: dict[str, Bound | Conflict] = {}

    @property
    def taken(self) -> list[Conflict]:
        return [one for one in self.results.values() if isinstance(one, Conflict)]

    def open(
        self, open_them: Callable[[Callable[[HotkeyEvent], None]], HotkeyBackend], keys: Mapping[str, str]
    ) -> None:
        """Find a back end and bind `keys` (action → written chord); then `changed`."""

        def work() -> tuple[HotkeyBackend, dict[str, Bound | Conflict]]:
            backend = open_them(self._key)
            return backend, backend.bind_all(
                {action: Chord.parse(text) for action, text in keys.items() if text}
            )

        off_the_windows(work, self._opened, self)

    def rebind(
        self, chords: Mapping[str, Chord], then: Callable[[dict[str, Bound | Conflict]], None]
    ) -> None:
        """Bind each action anew. A chord that another program has leaves the earlier one as it was."""
        backend = self.backend
        if backend is None:
            then({})
            return

        def done(told: dict[str, Bound | Conflict] | Exception) -> None:
            if isinstance(told, Exception):
                log.error("binding keys failed", exc_info=told)
                told = {}
            for action, one in told.items():
                kept = isinstance(self.results.get(action), Bound) and len(chords) == 1
                if isinstance(one, Bound) or not kept:
                    self.results[action] = one
            then(told)
            self.changed.emit()

        def work() -> dict[str, Bound | Conflict]:
            if len(chords) > 1:  # two actions may exchange their chords
                for action in chords:
                    backend.unbind(action)
            return backend.bind_all(chords)

        off_the_windows(work, done, self)

    def follow(self, settings: Settings) -> None:
        """Bind what the settings want and is not bound yet, and let go of what they no longer want."""
        wanted = {action: Chord.parse(keys) for action, keys in wanted_keys(settings).items()}
        for action in [one for one in self.results if one not in wanted]:
            self.release_key(action)
        have = {action: one.chord for action, one in self.results.items()}
        missing = {action: chord for action, chord in wanted.items() if have.get(action) != chord}
        if missing and self.backend is not None:
            self.rebind(missing, lambda told: None)

    def release_key(self, action: str) -> None:
        """No key for this action any more."""
        self.results.pop(action, None)
        if self.backend is not None:
            self.backend.unbind(action)
        self.changed.emit()

    def borrow(self, hear: Callable[[str], None] | None) -> None:
        """Until `borrow(None)` a press is told to `hear` instead of being acted upon: for a page that tries keys."""
        self._borrower = hear

    def grab_escape(self, wanted: bool) -> None:
        """Esc closes the card although another program has the focus; only while it shows, only where it is cheap."""
        if self.backend is None or self.backend.name not in CHEAP:
            return
        if wanted:
            self.backend.bind("dismiss", Chord(Modifier.NONE, named("Esc")))
        else:
            self.backend.unbind("dismiss")

    def close(self) -> None:
        if self.backend is not None:
            self.backend.close()

    def _opened(self, result: tuple[HotkeyBackend, dict[str, Bound | Conflict]] | Exception) -> None:
        if isinstance(result, Exception):
            log.warning("no hot keys: %s", result)
            self.failure = result
        else:
            self.backend, self.results = result
        self.changed.emit()

    def _key(self, event: HotkeyEvent) -> None:
        """In the back end's thread."""
        pressed = isinstance(event, HotkeyPressed)
        if event.action == "dismiss":
            if pressed:
                self._dismiss()
        elif self._borrower is not None:
            if pressed:
                self._lent.tell(event.action)
        elif pressed:
            self._press(event.action, event.at)
        else:
            self._release(event.action, event.at)

    def _tell_borrower(self, action: str) -> None:
        if self._borrower is not None:
            self._borrower(action)
