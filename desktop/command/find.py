"""`nunchi find WHAT`: the boxes of the lines the model points at when it is asked where something is.

A model that was trained to find things in pictures (ports.Pointing) is asked for its own boxes instead.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from assistant.ask import Question, ask
from assistant.events import Failed, Finished
from assistant.frames import ScreenText, TextLine
from assistant.images import open_image
from desktop.command.ask import failure, interruptible
from desktop.command.engines import ports

if TYPE_CHECKING:
    from argparse import Namespace

    from assistant.frames import Box
    from assistant.ports import VisionModel


def run(arguments: Namespace) -> int:
    """0 when something was found or nothing is there; errors as `ask`. Errors: NunchiError."""
    engines = ports(arguments)
    if arguments.model and getattr(model := engines.model(), "points", False):
        _show_boxes(_seen(model, arguments), arguments.json)
        return 0
    question = Question(
        frame=lambda: open_image(arguments.image),
        text=f"{arguments.what} 어디 있어?",
        text_from=arguments.text_from,
    )
    with interruptible() as cancel:
        for event in ask(question, engines, cancel=cancel):
            match event:
                case Finished(answer=answer):
                    lines = [] if answer.abstained else list(answer.evidence)
                    _show(lines, arguments.json)
                    return 0
                case Failed():
                    return failure(event, arguments.json)
                case _:
                    pass
    return 130


def _seen(model: VisionModel, arguments: Namespace) -> list[Box]:
    """What the model itself finds in the picture, which needs no screen text."""
    look = model.look(open_image(arguments.image), ScreenText(source="none"))
    try:
        return list(look.find(arguments.what))
    finally:
        look.close()


def _show_boxes(boxes: list[Box], as_json: bool) -> None:
    _show([TextLine("", box) for box in boxes], as_json)


def _show(lines: list, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"boxes": [list(line.box) for line in lines]}))
        return
    for line in lines:
        print(f"{list(line.box)}  {line.text}".rstrip())
    if not lines:
        print("화면에서 찾을 수 없어요.")
