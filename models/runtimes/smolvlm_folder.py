"""What a SmolVLM folder says about its model, and how its prompt is written: SmolVLM, SmolVLM2 and Idefics3.

Shared by both engines of this family, so that they put the same ids before the same weights. Prompts follow the
chat template that these models publish: `<|im_start|>User:<image>…<end_of_utterance>⏎Assistant:`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant import prompts
from assistant.errors import BadInput, EngineFailed, ModelMissing
from assistant.frames import ScreenText
from models.runtimes.qwen3vl_folder import (
    MOST_PROMPT_TOKENS,
    ROOM_FOR_QUESTION,
    read_json,
    read_tokenizer,
)
from models.runtimes.smolvlm_image import TileRules, longest_side

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from assistant.ports import Turn

MODEL_TYPES = ("smolvlm", "idefics3")
IMAGE, AROUND, WHOLE, END = "<image>", "<fake_token_around_image>", "<global-img>", "<end_of_utterance>"
STOPS = (END, "<|im_end|>", "<|endoftext|>", "<|end_of_text|>")


@dataclass(frozen=True, eq=False)
class SmolVlmFolder:
    """A folder read, its weights not yet."""

    path: Path
    tokenizer: Tokenizer
    rules: TileRules
    image_token: int
    stops: frozenset[int]
    side: int
    """patches along a tile"""
    tile_tokens: int
    """tokens of the text model that one tile becomes"""
    longest: int
    """tokens a prompt may have"""
    markers: re.Pattern[str]
    """how the tokenizer's special tokens are written: text from outside may not contain them"""

    style = "chat"

    def rules_for(self, image_tokens: int | None, width: int, height: int) -> TileRules:
        """How a picture of that size is cut that may become so many tokens; None: as its processor does."""
        if image_tokens is None or self.rules.longest is None or not self.rules.split:
            return self.rules
        side = longest_side(image_tokens, self.tile_tokens, (width, height), self.rules)
        return replace(self.rules, longest=side)

    def encode(self, text: str) -> np.ndarray:
        """Token ids, int64. Special tokens written in `text` become themselves: callers pass prompts only."""
        return np.array(self.tokenizer.encode(text, add_special_tokens=False).ids, np.int64)

    def decode(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=True)

    def look_ids(self, screen_text: ScreenText, size: tuple[int, int], rows: int, columns: int) -> np.ndarray:
        """Ids of all that stands before the question, for a picture cut into rows × columns tiles.

        Lines at the end are left out where the model cannot hold them all; the numbers of the others stay.
        Errors: `EngineFailed` model_unsupported where the tokenizer has no places for such a picture.
        """
        lines, picture = prompts.shown_lines(screen_text), self.picture(rows, columns)
        while True:
            ids = self.encode(f"<|im_start|>User:{picture}{self._listed(ScreenText(lines), size)}")
            if len(ids) <= self.longest - ROOM_FOR_QUESTION or not lines:
                break
            lines = lines[: len(lines) * 3 // 4]
        if (ids == self.image_token).sum() != (rows * columns + 1) * self.tile_tokens:
            raise EngineFailed("model_unsupported", path=str(self.path), model=self.path.name)
        return ids

    def question_ids(
        self, question: str, earlier: Sequence[Turn], looked: int, most_tokens: int, _asked: None = None
    ) -> np.ndarray:
        """Ids of what follows a look of `looked` tokens; the oldest turns go where all would not fit.

        Errors: `BadInput` question_too_long.
        """
        room = self.longest - looked - most_tokens
        for first in range(len(earlier) + 1):
            ids = self.encode(self.after_look(question, earlier[first:]))
            if len(ids) <= room:
                return ids
        raise BadInput("question_too_long", longest=max(0, room), length=len(question))

    def after_look(self, question: str, earlier: Sequence[Turn] = ()) -> str:
        told = "".join(
            f"{self.plain(turn.question)}{END}\nAssistant: {self.plain(turn.answer)}{END}\nUser: "
            for turn in earlier
        )
        return f"{told}{self.plain(question)}{END}\nAssistant:"

    def picture(self, rows: int, columns: int) -> str:
        """The picture's place as the processor writes it: a marked place for each tile, the whole picture last."""
        seen = IMAGE * self.tile_tokens
        cut = "".join(
            "".join(f"{AROUND}<row_{row}_col_{column}>{seen}" for column in range(1, columns + 1)) + "\n"
            for row in range(1, rows + 1)
        )
        return f"{cut}{chr(10) if cut else ''}{AROUND}{WHOLE}{seen}{AROUND}"

    def plain(self, text: str) -> str:
        """`text` without anything that this tokenizer takes for one of its special tokens."""
        text = prompts.plain(text)
        while self.markers.search(text):
            text = self.markers.sub(" ", text)
        return text

    def _listed(self, screen_text: ScreenText, size: tuple[int, int]) -> str:
        written = prompts.before_question(screen_text, size, "chat")
        body = written.removeprefix(f"<|im_start|>user\n{prompts.IMAGE}")
        return "\n".join(self.plain(line) for line in body.split("\n"))


def read_folder(path: Path) -> SmolVlmFolder:
    """Read configuration and tokenizer of `path`.

    Errors: `ModelMissing` model_file_missing or model_file_altered naming the file, `EngineFailed`
    model_unsupported for another family.
    """
    path = Path(path)
    config = read_json(path / "config.json")
    if config.get("model_type") not in MODEL_TYPES:
        raise EngineFailed("model_unsupported", path=str(path), model=path.name)
    tokenizer = read_tokenizer(path / "tokenizer.json")
    rules = tile_rules(path / "preprocessor_config.json")
    try:
        vision = config["vision_config"]
        side = rules.tile // int(vision.get("patch_size", 32))
        return SmolVlmFolder(
            path=path,
            tokenizer=tokenizer,
            rules=rules,
            image_token=int(config["image_token_id"]),
            stops=frozenset(number for stop in STOPS if (number := tokenizer.token_to_id(stop)) is not None),
            side=side,
            tile_tokens=(side // int(config.get("scale_factor", 2))) ** 2,
            longest=min(MOST_PROMPT_TOKENS, config["text_config"].get("max_position_embeddings", 2048)),
            markers=re.compile(
                "|".join(
                    re.escape(token.content)
                    for token in tokenizer.get_added_tokens_decoder().values()
                    if token.content.strip()
                )
                or r"(?!)"
            ),
        )
    except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise _altered(path / "config.json") from error


def full_tile_places(side: int) -> np.ndarray:
    """(1, side²) int64: the learned place of each patch of a whole tile, 0 … side² − 1, as these models were trained.

    transformers ≥ 4.55 computes them with a factor of 1 − 1e-6 that float32 does not round away, so that each place
    but the first is one too small (huggingface/transformers#41190, #47133); in bfloat16 it gives these.
    """
    return np.arange(side * side, dtype=np.int64)[None]


def tile_rules(path: Path) -> TileRules:
    """What a preprocessor_config.json says of tiles. Errors: `ModelMissing`."""
    written = read_json(path)
    default = TileRules()
    try:
        tile = int((written.get("max_image_size") or {}).get("longest_edge", default.tile))
        longest = int((written.get("size") or {}).get("longest_edge", 4 * tile))
        return TileRules(
            longest=longest if written.get("do_resize", True) else None,
            tile=tile,
            split=bool(written.get("do_image_splitting", True)),
            resample=int(written.get("resample", default.resample)),
            mean=tuple(float(level) for level in written.get("image_mean", default.mean)),
            std=tuple(float(level) for level in written.get("image_std", default.std)),
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise _altered(path) from error


def _altered(path: Path) -> ModelMissing:
    return ModelMissing("model_file_altered", path=str(path), model=path.parent.name)
