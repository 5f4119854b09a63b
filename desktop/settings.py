"""What a person can set, as one frozen value with checked fields. Knows nothing of files (settings_file.py) or windows.

A value that is not allowed is replaced by the first one, and named; the rest counts. The lists of excluded programs
and titles are kept as what was added and taken away, so that a newer program's longer lists still protect.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

from assistant.errors import BadInput
from assistant.privacy import PROGRAMS, TITLES, Exclusions
from assistant.private_numbers import ALWAYS, Secret
from desktop.hotkeys.chord import Chord

VERSION = 1
KEYS: Mapping[str, str] = MappingProxyType(
    {
        "screen": "Ctrl+Alt+N",
        "window": "Ctrl+Alt+W",
        "region": "Ctrl+Alt+R",
        "camera": "Ctrl+Alt+C",
        "again": "Ctrl+Alt+A",
        "type": "Ctrl+Alt+K",
        "stop": "Ctrl+Alt+S",
    }
)
"""bound by place on the keyboard; none of them is taken in LibreOffice, Firefox, VS Code or 한글 as they come"""
LANGUAGES = ("system", "ko", "en")
THEMES = ("system", "light", "dark")
TEXT_SIZES = (90, 100, 115, 130, 150)
"""per cent"""
PLACES = ("left", "pointer", "top-right", "bottom-right")
"""where the answer shows: where it was left (at first near the pointer), near the pointer, in a corner of the screen"""
DAYS = (1, 7, 30, 90, 0)
"""how long answers are kept; 0: until they are deleted"""
SILENCES = (400, 600, 900, 1300)
"""milliseconds of silence that end a question"""
AUTO = "AUTO"
DEVICES = (AUTO, "CPU", "GPU", "NPU")
"""AUTO: the one on which this machine's own probe was quickest"""
IDLE_MINUTES = (1, 5, 15, 60, 0)
"""after which the models' memory is given back; 0: never"""
LOOK_SECONDS = (1.5, 0.7, 4.0)
"""that seeing a picture may take: as a question takes to say, quick, detailed"""
LONGEST_ENTRY = 200
MOST_ENTRIES = 500


@dataclass(frozen=True)
class Settings:
    """All of them, as they come. Names of devices and models may be of some that are not there now."""

    language: str = "system"
    theme: str = "system"
    text_size: int = 100
    answer_place: str = "left"
    first_run_done: bool = False
    keys: Mapping[str, str] = field(default_factory=lambda: dict(KEYS))
    """action → chord as written; "" for an action without a key"""
    vision_model: str = ""
    """name of an installed model; "" takes the one the program prefers"""
    speech_model: str = ""
    device: str = AUTO
    idle_minutes: int = 5
    look_seconds: float = 1.5
    programs_added: tuple[str, ...] = ()
    programs_removed: tuple[str, ...] = ()
    titles_added: tuple[str, ...] = ()
    titles_removed: tuple[str, ...] = ()
    mask_numbers: bool = True
    """hide private numbers before anything is kept"""
    mask_phones: bool = False
    history: bool = False
    history_days: int = 7
    microphone: str = ""
    """name of a device; "" is the system's own choice"""
    speaker: str = ""
    camera: str = ""
    voice_answers: bool = False
    silence_ms: int = 600
    hold: bool = True
    """while a key is held down, pauses do not end the question"""
    updates: bool = False
    """ask once a day whether there is a new version; off, nothing connects"""
    pre_roll: bool = False
    """keep the microphone open and remember the last moment, so that a question may begin before the key"""

    @property
    def programs(self) -> tuple[str, ...]:
        """Excluded programs: ours without what was removed, then the person's own."""
        return _edited(PROGRAMS, self.programs_added, self.programs_removed)

    @property
    def titles(self) -> tuple[str, ...]:
        return _edited(TITLES, self.titles_added, self.titles_removed)

    @property
    def exclusions(self) -> Exclusions:
        return Exclusions(programs=self.programs, titles=self.titles)

    @property
    def masked_kinds(self) -> frozenset[Secret]:
        """Which secrets are hidden in what is kept; empty where the person turned that off."""
        if not self.mask_numbers:
            return frozenset()
        return ALWAYS | ({Secret.PHONE} if self.mask_phones else frozenset())

    def with_programs(self, wanted: Iterable[str]) -> Settings:
        """With exactly these excluded programs. Errors: `BadInput("setting_refused")`."""
        added, removed = _difference(PROGRAMS, _checked_list("programs", wanted))
        return replace(self, programs_added=added, programs_removed=removed)

    def with_titles(self, wanted: Iterable[str]) -> Settings:
        """With exactly these excluded titles. Errors: `BadInput("setting_refused")`."""
        added, removed = _difference(TITLES, _checked_list("titles", wanted))
        return replace(self, titles_added=added, titles_removed=removed)


def shown_language(settings: Settings, system: str) -> str:
    """ko or en; `system` is the system's."""
    return system if settings.language == "system" else settings.language


def changed(settings: Settings, **values: Any) -> Settings:
    """`settings` with new values. Errors: `BadInput("setting_refused", name=…)`."""
    return replace(settings, **{name: _CHECKS[name](name, value) for name, value in values.items()})


def parsed(told: Mapping[str, Any]) -> tuple[Settings, list[str]]:
    """Settings out of a file's values, and the names of those that could not be used."""
    good: dict[str, Any] = {}
    bad: list[str] = []
    for name, check in _CHECKS.items():
        if name in told:
            try:
                good[name] = check(name, told[name])
            except BadInput:
                bad.append(name)
    if "keys" in bad and isinstance(told["keys"], Mapping):
        good["keys"] = _usable_keys(told["keys"])
    return Settings(**good), bad


def written(settings: Settings) -> dict[str, Any]:
    """As JSON takes it. Only what is not as it comes: a later version may then choose better first values."""
    fresh = Settings()
    told = {one.name: getattr(settings, one.name) for one in fields(Settings)}
    told["keys"] = {action: keys for action, keys in settings.keys.items() if KEYS.get(action) != keys}
    kept = {name: value for name, value in told.items() if value != getattr(fresh, name) and value != {}}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def _edited(ours: tuple[str, ...], added: tuple[str, ...], removed: tuple[str, ...]) -> tuple[str, ...]:
    gone = {one.casefold() for one in removed}
    return (*added, *(one for one in ours if one.casefold() not in gone))


def _difference(ours: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was added to ours and what was taken away, in a stable order."""
    known, kept = {one.casefold() for one in ours}, {one.casefold() for one in wanted}
    added = tuple(one for one in wanted if one.casefold() not in known)
    return added, tuple(one for one in ours if one.casefold() not in kept)


def _one_of(*allowed: Any) -> Callable[[str, Any], Any]:
    def check(name: str, value: Any) -> Any:
        if type(value) is not type(allowed[0]) or value not in allowed:
            raise BadInput("setting_refused", name=name)
        return value

    return check


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadInput("setting_refused", name=name)
    return value


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_ENTRY:
        raise BadInput("setting_refused", name=name)
    return "".join(sign for sign in value if sign.isprintable()).strip()


def _checked_list(name: str, value: Any) -> tuple[str, ...]:
    """Without empty ones and without doubles, whatever their case."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise BadInput("setting_refused", name=name)
    seen: dict[str, str] = {}
    for one in value:
        text = _text(name, one)
        if text:
            seen.setdefault(text.casefold(), text)
    if len(seen) > MOST_ENTRIES:
        raise BadInput("setting_refused", name=name)
    return tuple(seen.values())


def _keys(name: str, value: Any) -> dict[str, str]:
    """Chords by action; an action that this version does not know stays. The actions not named keep their own."""
    if not isinstance(value, Mapping):
        raise BadInput("setting_refused", name=name)
    chords = dict(KEYS)
    for action, keys in value.items():
        if not isinstance(action, str) or not isinstance(keys, str):
            raise BadInput("setting_refused", name=name)
        chords[action] = str(Chord.parse(keys)) if keys else ""
    used = [keys for keys in chords.values() if keys]
    if len(set(used)) < len(used):
        raise BadInput("setting_refused", name=name)
    return chords


def _usable_keys(told: Mapping[Any, Any]) -> dict[str, str]:
    """The chords of a file that can be used beside each other."""
    chords = dict(KEYS)
    for action, keys in told.items():
        try:
            chords = _keys("keys", {**chords, action: keys})
        except BadInput:
            continue
    return chords


def _milliseconds(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput("setting_refused", name=name)
    if not 200 <= value <= 3_000:
        raise BadInput("setting_refused", name=name)
    return round(value)


_CHECKS: Mapping[str, Callable[[str, Any], Any]] = {
    "language": _one_of(*LANGUAGES),
    "theme": _one_of(*THEMES),
    "text_size": _one_of(*TEXT_SIZES),
    "answer_place": _one_of(*PLACES),
    "first_run_done": _flag,
    "keys": _keys,
    "vision_model": _text,
    "speech_model": _text,
    "device": _one_of(*DEVICES),
    "idle_minutes": _one_of(*IDLE_MINUTES),
    "look_seconds": _one_of(*LOOK_SECONDS),
    "programs_added": _checked_list,
    "programs_removed": _checked_list,
    "titles_added": _checked_list,
    "titles_removed": _checked_list,
    "mask_numbers": _flag,
    "mask_phones": _flag,
    "history": _flag,
    "history_days": _one_of(*DAYS),
    "microphone": _text,
    "speaker": _text,
    "camera": _text,
    "voice_answers": _flag,
    "silence_ms": _milliseconds,
    "hold": _flag,
    "updates": _flag,
    "pre_roll": _flag,
}
