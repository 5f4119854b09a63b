"""What the windows with a frame work on: settings, keys, history, models, devices. Tests give stand-ins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.frames import Frame
from desktop.bound_keys import BoundKeys
from desktop.devices import Devices
from desktop.downloads import Downloads
from desktop.history import History
from desktop.keeping import Keeping
from desktop.model_shelf import Shelf
from desktop.settings import shown_language
from desktop.start_at_login.item import LoginItem, open_login_item
from desktop.trying import Trying
from desktop.updates.minding import Updates


@dataclass
class Desk:
    keeping: Keeping
    keys: BoundKeys
    history: History
    downloads: Downloads
    shelf: Shelf = field(default_factory=Shelf)
    devices: Devices = field(default_factory=Devices)
    login: Callable[[], LoginItem] = open_login_item
    updates: Updates | None = None
    """None where new versions come another way"""
    trying: Trying = field(default_factory=Trying)
    """the device that is being made ready, if one is"""
    look: Callable[[], Frame] | None = None
    """takes the screen once, off the windows"""
    show: Callable[[str], None] = lambda window: None
    """opens another window: settings, history, about, first_run; «settings:models» at a section"""
    system_language: str = "ko"

    @property
    def language(self) -> str:
        return shown_language(self.keeping.settings, self.system_language)
