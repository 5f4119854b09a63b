"""Where the packaged program starts, and the one place that turns its children into what they are.

A packaged program has no `python -m`: a child is the program itself with a word in front, which is looked up here
before anything of ours is loaded (the picture decoder must stay small).
"""

from __future__ import annotations

import io
import os
import sys
from typing import BinaryIO


def decode_pictures() -> int:
    """assistant/images.py starts it; it has no window, so a windowed program may have given it no streams either."""
    from assistant.decoding import main

    main(_stream(sys.stdin, 0, "rb"), _stream(sys.stdout, 1, "wb"))
    return 0


def run_engines() -> int:
    """models/engine_process/process.py starts it: the process that holds the models."""
    from models.engine_process.child import main

    return main()


CHILDREN = {"decode-pictures": decode_pictures, "run-engines": run_engines}


def _stream(known: io.TextIOBase | None, number: int, mode: str) -> BinaryIO:
    return known.buffer if known is not None else os.fdopen(number, mode)


def start() -> int:
    child = CHILDREN.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if child is not None:
        return child()
    from desktop.command.main import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
