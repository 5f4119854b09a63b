"""`nunchi updates`: asks whether there is a new version, where the settings allow it, and fetches its installer with --get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BadInput
from desktop import about
from desktop.command.main import language
from desktop.settings_file import SettingsFile
from desktop.updates.source import downloads_folder, installed_as, source, state_folder
from desktop.words import shown

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Errors: `BadInput` updates_not_here, updates_off (nothing was asked then), and those of `Asking`."""
    known, kind = source(), installed_as()
    if known is None or not kind:
        raise BadInput("updates_not_here")
    if not SettingsFile().load().updates:
        raise BadInput("updates_off")
    from desktop.updates.checking import Asking

    here = about.version()
    release = Asking(known, state_folder()).newer(kind, here)
    file = None
    if release is not None and arguments.get:
        into = Path(arguments.into) if arguments.into else downloads_folder()
        file = Asking(known, state_folder()).bring(release, into)
    newest = release.version if release is not None else None
    if arguments.json:
        print(
            json.dumps(
                {"version": here, "newer": newest, "file": str(file) if file else None}, ensure_ascii=False
            )
        )
    elif file is not None:
        print(shown("updates_got", language(), file=str(file)))
    elif newest is not None:
        print(shown("updates_there", language(), version=newest))
    else:
        print(shown("updates_newest", language()))
    return 0
