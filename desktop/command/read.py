"""`nunchi read`: the text of a picture, line by line in reading order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from assistant.images import open_image
from assistant.results import screen_text_json
from desktop.command.ask import interruptible
from desktop.command.engines import reader

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Errors: NunchiError."""
    with interruptible() as cancel:
        text = reader().read(open_image(arguments.image), cancel)
    if arguments.json:
        print(json.dumps(screen_text_json(text), ensure_ascii=False))
    else:
        print("\n".join(line.text for line in text.lines))
    return 0
