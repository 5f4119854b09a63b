"""Our settings' window with the keys of this X server, for tests with a real keyboard. Prints what happens to keys."""

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.bound_keys import BoundKeys
from desktop.desk import Desk
from desktop.downloads import Downloads
from desktop.history import History
from desktop.hotkeys.backend import open_backend
from desktop.immortal import keep_constants
from desktop.keeping import Keeping
from desktop.model_shelf import Shelf
from desktop.settings import KEYS
from desktop.settings_window.window import SettingsWindow

keep_constants()
app = QApplication(sys.argv[:1])
keys = BoundKeys(lambda action, _at: print("pressed", action, flush=True), lambda *_key: None, lambda: None)
keeping, shelf = Keeping(), Shelf()
keeping.change(language="ko")
folder = Path(tempfile.mkdtemp())
desk = Desk(keeping, keys, History(folder / "history.sqlite3"), Downloads(shelf), shelf)
keeping.changed.connect(lambda _before, now: print("keys", now.keys["window"] or "none", flush=True))
window = SettingsWindow(desk, sys.argv[1])
window.move(60, 60)


def begin() -> None:
    """The field of the second action waits; each press of Enter lets it wait again."""
    keys.changed.disconnect(begin)
    page = window.page("keys")
    field = page.fields["window"]
    field.waiting.connect(lambda on: print("waiting" if on else "rests", flush=True))
    tell = page._tell
    page._tell = lambda action, text, alarm=False: (
        tell(action, text, alarm),
        alarm and print("said", text, flush=True),
    )
    window.show()
    window.activateWindow()
    field.setFocus()
    print("ready", flush=True)


keys.changed.connect(begin)
keys.open(open_backend, KEYS)
app.exec()
