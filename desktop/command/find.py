"""`nunchi find WHAT`: where something is; with --points its middle, with --gaze where a person in the picture looks.

A model that was trained to find things in pictures (ports.Pointing) gives its own places. Of any other the lines say
it that it cites when it is asked where something is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.ask import Question, ask
from assistant.errors import BadInput
from assistant.events import Failed, Finished
from assistant.frames import TextLine
from assistant.images import open_image, warm
from desktop.command.ask import failure, interruptible
from desktop.command.engines import ports
from desktop.command.main import language
from models.pointing import can_point, pointing

if TYPE_CHECKING:
    from argparse import Namespace

    from assistant.ports import VisionModel

NOTHING = {"ko": "화면에서 찾을 수 없어요.", "en": "Not found in the picture."}
OUTSIDE = {"ko": "그림 밖을 보고 있어요.", "en": "Looking out of the picture."}


def run(arguments: Namespace) -> int:
    """0 when something was found or nothing is there; errors as `ask`. Errors: NunchiError."""
    if (arguments.what is None) == (arguments.gaze is None):
        raise BadInput("question_empty" if arguments.what is None else "question_twice")
    warm()  # the child that decodes pictures starts while the model loads
    engines = ports(arguments)
    if arguments.gaze is not None or (arguments.model and can_point(engines.model())):
        return _seen(engines.model(), arguments)
    question = Question(
        frame=lambda: open_image(arguments.image),
        text=f"{arguments.what} 어디 있어?",
        text_from=arguments.text_from,
    )
    with interruptible() as cancel:
        for event in ask(question, engines, cancel=cancel):
            match event:
                case Finished(answer=answer):
                    _show([] if answer.abstained else answer.evidence, arguments)
                    return 0
                case Failed():
                    return failure(event, arguments.json)
                case _:
                    pass
    return 130


def _seen(model: VisionModel, arguments: Namespace) -> int:
    """What the model itself finds in the picture. Errors: `ModelMissing` ability_missing."""
    with interruptible() as cancel, pointing(model, open_image(arguments.image), cancel) as look:
        if arguments.gaze is not None:
            _show_gaze(look.gaze(arguments.gaze), arguments.json)
        elif arguments.points:
            _show_points(look.point(arguments.what), arguments.json)
        else:
            _show([TextLine("", box) for box in look.find(arguments.what)], arguments)
    return 0


def _show(lines: Sequence[TextLine], arguments: Namespace) -> None:
    if arguments.points:
        boxes = [line.box for line in lines]
        _show_points([(box.x + box.width // 2, box.y + box.height // 2) for box in boxes], arguments.json)
        return
    if arguments.json:
        print(json.dumps({"boxes": [list(line.box) for line in lines]}))
        return
    for line in lines:
        print(f"{list(line.box)}  {line.text}".rstrip())
    if not lines:
        print(NOTHING[language()])


def _show_points(points: Sequence[tuple[int, int]], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"points": [list(point) for point in points]}))
        return
    print("\n".join(str(list(point)) for point in points) or NOTHING[language()])


def _show_gaze(point: tuple[int, int] | None, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"gaze": list(point) if point else None}))
        return
    print(list(point) if point else OUTSIDE[language()])
