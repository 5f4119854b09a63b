"""The whole app with this X server's keys, a stand-in camera and voice, and a model that says one thing. Prints what happens."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication

from assistant.ask import Ports
from desktop.app import App
from desktop.hotkeys.backend import open_backend
from desktop.immortal import keep_constants
from desktop.notices import Notice, StateChanged
from desktop.parts import Parts
from tests.desktop_app.standins import StandInScreen, StandInVoice
from tests.fakes import FakeModel, FakeReader, FakeTranscriber

keep_constants()
qt = QApplication(sys.argv[:1])
qt.setQuitOnLastWindowClosed(False)
model, reader, transcriber, voice = (
    FakeModel(),
    FakeReader(),
    FakeTranscriber(),
    StandInVoice(talks_alone=True),
)
transcriber.enqueue(*["이게 뭐야?"] * 9)
for _ in range(9):
    model.say("상자예요.")
app = App(
    Parts(Ports(model, reader, transcriber), StandInScreen, lambda level: lambda: voice, open_backend),
    composited=False,
)
show = app.show_notice


def tell(notice: Notice) -> None:
    show(notice)
    if isinstance(notice, StateChanged):
        frame = model.received[-1][0] if model.received else None
        seen = f"{frame.source} {frame.width}x{frame.height} {frame.title}" if frame is not None else ""
        print(notice.state.value, seen, "held" if voice.held[-1:] == [True] else "", flush=True)


app._bridge._hear = tell
app.keys.changed.connect(lambda: print("keys", flush=True))
qt.exec()
