"""What a Qwen3-VL folder says about its model: shapes, token ids, image rules, tokenizer, prompt style.

Shared by both engines of this family, so that they put the same ids before the same weights.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant import prompts
from assistant.errors import BadInput, EngineFailed, ModelMissing
from assistant.frames import Frame, ScreenText
from assistant.shortlist import Asked, Shortlister
from models.glossary import bundled_glossary
from models.runtimes.qwen3vl_image import ImageRules

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from assistant.ports import Turn

MODEL_TYPE = "qwen3_vl"
STOPS = ("<|im_end|>", "<|endoftext|>")
MOST_PIXELS = 1280 * 704
"""Our own cap on a picture: 880 tokens; small print comes through the screen text."""
LARGEST = 2048 * 1152
"""no picture gets more pixels than that, whatever a model allows: 2304 tokens"""
MOST_PROMPT_TOKENS = 8192
AGAINST_GIVING_UP = 2.0
"""nats taken from the first token of an abstention"""
ROOM_FOR_QUESTION = 1024
"""Tokens kept free after the look for earlier turns, the question and its answer."""


@dataclass(frozen=True, eq=False)
class Qwen3VLFolder:
    """A folder read, its weights not yet. `style` is the prompt style its tokenizer knows (see prompts)."""

    path: Path
    tokenizer: Tokenizer
    style: str
    rules: ImageRules
    image_token: int
    stops: frozenset[int]
    head_size: int
    """of the vision encoder's attention"""
    side: int
    """of the square grid of learned places"""
    width: int
    """of the text model's embeddings"""
    deepstack: int
    """how many layers of the encoder feed the text model besides the last"""
    longest: int
    """tokens a prompt may have"""
    largest: int = 0
    """pixels that the model itself allows a picture; `rules` may allow fewer"""
    shortlists: bool = False
    """whether it was trained to be shown a shortlist of lines behind the question"""

    def rules_for(self, image_tokens: int | None) -> ImageRules:
        """How a picture is cut that may become so many tokens; None: as `rules`. Never more than the model allows."""
        if image_tokens is None:
            return self.rules
        block = self.rules.patch * self.rules.merge
        most = max(block * block, min(image_tokens * block * block, self.largest or self.rules.max_pixels))
        return replace(self.rules, min_pixels=min(self.rules.min_pixels, most), max_pixels=most)

    def encode(self, text: str) -> np.ndarray:
        """Token ids, int64. Special tokens written in `text` become themselves: callers pass prompts only."""
        return np.array(self.tokenizer.encode(text, add_special_tokens=False).ids, np.int64)

    def decode(self, ids: list[int]) -> str:
        """The text of `ids`, special tokens as they are written, so that citations stay."""
        return self.tokenizer.decode(ids, skip_special_tokens=False)

    def look_ids(
        self,
        screen_text: ScreenText,
        size: tuple[int, int],
        image_tokens: int,
        shortlister: Shortlister | None = None,
    ) -> np.ndarray:
        """Ids of all that stands before the question, the picture's place widened to `image_tokens`.

        `shortlister` is the screen's own, for models that know such lists. Lines at the end are left out where the
        model cannot hold them all; the numbers of the others stay.
        """
        lines = prompts.shown_lines(screen_text)
        arranged = shortlister.places if shortlister else None
        room = self.longest - ROOM_FOR_QUESTION - image_tokens
        while True:
            ids = self.encode(prompts.before_question(ScreenText(lines), size, self.style, arranged))
            if len(ids) <= room or not lines:
                break
            lines = lines[: min(len(lines) - 1, len(lines) * room // len(ids))]
        places = np.flatnonzero(ids == self.image_token)
        if len(places) != 1:
            raise EngineFailed("model_unsupported", path=str(self.path), model=self.path.name)
        return np.concatenate(
            [ids[: places[0]], np.full(image_tokens, self.image_token, np.int64), ids[places[0] + 1 :]]
        )

    def shortlister(self, screen_text: ScreenText, frame: Frame) -> Shortlister | None:
        """What picks the lines shown behind a question, for models that were trained with such lists."""
        if not self.shortlists:
            return None
        size = frame.width, frame.height
        return Shortlister(prompts.shown_lines(screen_text), size, bundled_glossary(), frame.image)

    def leaning(self, logits: np.ndarray, asked: Asked) -> np.ndarray:
        """Logits of an answer's first token, a little against giving up where a shortlist is shown: on real screens nunchi-mini
        gave up on more answerable questions (14 %) than it should (10 %)."""
        if not asked.picks:
            return logits
        leaned = logits.copy()
        leaned[int(self.encode(prompts.NOT_ON_SCREEN)[0])] -= AGAINST_GIVING_UP
        return leaned

    def unshown(self, asked: Asked) -> list[int]:
        """Tokens that would cite a line or a value that does not stand behind the question."""
        lines = [prompts.citation(n) for n in (0, *range(len(asked.picks) + 1, prompts.MAX_LINES + 1))]
        values = [f"<|d{n}|>" for n in range(len(asked.values) + 1, prompts.MAX_VALUES + 1)]
        found = (self.tokenizer.token_to_id(token) for token in lines + values)
        return [token for token in found if token is not None]

    def question_ids(
        self, question: str, earlier: Sequence[Turn], looked: int, most_tokens: int,
        asked: Asked | None = None,
    ) -> np.ndarray:  # fmt: skip
        """Ids of what follows a look of `looked` tokens; the oldest turns go where all would not fit.

        Errors: `BadInput` question_too_long.
        """
        room = self.longest - looked - most_tokens
        noted, earlier = (asked.noted, asked.earlier) if asked else ("", earlier)
        for first in range(len(earlier) + 1):
            ids = self.encode(prompts.after_look(question, earlier[first:], noted))
            if len(ids) <= room:
                return ids
        raise BadInput("question_too_long", longest=max(0, room), length=len(question))


def read_folder(path: Path, most_pixels: int = MOST_PIXELS) -> Qwen3VLFolder:
    """Read configuration and tokenizer of `path`.

    Errors: `ModelMissing` model_file_missing or model_file_altered naming the file, `EngineFailed`
    model_unsupported for another family.
    """
    path = Path(path)
    config = read_json(path / "config.json")
    if config.get("model_type") != MODEL_TYPE:
        raise EngineFailed("model_unsupported", path=str(path), model=path.name)
    tokenizer = read_tokenizer(path / "tokenizer.json")
    written, where = read_json(path / "preprocessor_config.json"), path / "preprocessor_config.json"
    rules = _rules(written, most_pixels, where)
    try:
        vision, text = config["vision_config"], config["text_config"]
        return Qwen3VLFolder(
            path=path,
            tokenizer=tokenizer,
            style="mini" if tokenizer.token_to_id("<|n1|>") is not None else "chat",
            rules=rules,
            largest=_rules(written, LARGEST, where).max_pixels,
            image_token=int(config["image_token_id"]),
            stops=frozenset(number for stop in STOPS if (number := tokenizer.token_to_id(stop)) is not None),
            head_size=vision["hidden_size"] // vision["num_heads"],
            side=round(vision["num_position_embeddings"] ** 0.5),
            width=text["hidden_size"],
            deepstack=len(vision["deepstack_visual_indexes"]),
            longest=min(MOST_PROMPT_TOKENS, text["max_position_embeddings"]),
            shortlists=tokenizer.token_to_id("<|lines|>") is not None,
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise _altered(path / "config.json") from error


def read_json(path: Path) -> dict:
    """A JSON object. Errors: `ModelMissing` model_file_missing, model_file_altered."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(path), model=path.parent.name) from error
    except (ValueError, RecursionError) as error:
        raise _altered(path) from error
    if not isinstance(value, dict):
        raise _altered(path)
    return value


def read_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in one `tokenizer.json`. Errors: `ModelMissing`."""
    from tokenizers import Tokenizer

    try:
        written = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(path), model=path.parent.name) from error
    except ValueError as error:
        raise _altered(path) from error
    try:
        return Tokenizer.from_str(written)
    except Exception as error:  # tokenizers raises bare Exception for every kind of broken file
        raise _altered(path) from error


def _rules(written: dict, most_pixels: int, path: Path) -> ImageRules:
    """`size` (newer) or `min_pixels`/`max_pixels` (older) of a preprocessor_config.json, capped."""
    default = ImageRules()
    try:
        size = written.get("size") or {}
        smallest = written.get("min_pixels") or size.get("shortest_edge") or default.min_pixels
        largest = written.get("max_pixels") or size.get("longest_edge") or default.max_pixels
        largest = min(int(largest), most_pixels)
        return ImageRules(
            patch=int(written.get("patch_size", default.patch)),
            merge=int(written.get("merge_size", default.merge)),
            temporal=int(written.get("temporal_patch_size", default.temporal)),
            min_pixels=min(int(smallest), largest),
            max_pixels=largest,
            mean=tuple(float(level) for level in written.get("image_mean", default.mean)),
            std=tuple(float(level) for level in written.get("image_std", default.std)),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise _altered(path) from error


def _altered(path: Path) -> ModelMissing:
    return ModelMissing("model_file_altered", path=str(path), model=path.parent.name)
