"""Asks an engine every question of a set: one look per picture, each question answered afresh."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from assistant.ask import Conversation, Ports
from assistant.errors import BadInput
from assistant.events import Answer, Failed, Finished
from assistant.frames import ScreenText
from assistant.images import open_image
from models.eval.scoring import Given, Item

log = logging.getLogger(__name__)


def load_set(path: Path) -> list[Item]:
    """The items of a questions.jsonl, or of one part of it (`questions.jsonl:b`), ordered by picture.

    Errors: BadInput set_broken with the line; with line 0 when the file has no such part.
    """
    name, _, part = path.name.partition(":")
    items = []
    for number, line in enumerate(path.with_name(name).read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                items.append(Item.from_json(json.loads(line)))
            except (KeyError, ValueError, TypeError) as error:
                raise BadInput("set_broken", name=path.name, line=number, reason=str(error)) from error
    if part:
        items = [item for item in items if item.set == part]
        if not items:
            raise BadInput("set_broken", name=path.name, line=0, reason=f"no part {part!r}")
    return sorted(items, key=lambda item: item.image)


def answers(
    items: Sequence[Item], folder: Path, ports: Ports, progress: Callable[[int, int], None] | None = None
) -> Iterator[tuple[Item, Given, Answer | None, ScreenText]]:
    """Every item with what was given for it and the text that was read from its picture.

    An item whose run fails counts as answered with nothing (and is logged), so that it is wrong.
    """
    done = 0
    for image, asked in groupby(items, key=lambda item: item.image):
        conversation = Conversation(open_image(folder / image), ports)
        try:
            conversation.start()
            for item in asked:
                answer = _answer(conversation, item)
                text = conversation.screen_text or ScreenText(source="none")
                yield item, _given(answer), answer, text
                done += 1
                if progress:
                    progress(done, len(items))
        finally:
            conversation.close()


def _answer(conversation: Conversation, item: Item) -> Answer | None:
    for event in conversation.ask(item.question, remember=False):
        if isinstance(event, Finished):
            return event.answer
        if isinstance(event, Failed):
            log.error("%s failed: %s %s", item.id, event.code, event.values)
    return None


def _given(answer: Answer | None) -> Given:
    if answer is None:
        return Given("")
    box = answer.box or (answer.evidence[0].box if answer.evidence else None)
    return Given(answer.text, box, answer.abstained, tuple(line.text for line in answer.evidence))
