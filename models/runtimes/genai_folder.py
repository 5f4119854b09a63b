"""What a folder for OpenVINO GenAI says about its model: family, tokenizer, special tokens, how long a prompt may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import prompts
from assistant.errors import EngineFailed, ModelMissing
from assistant.frames import ScreenText, TextLine
from models.runtimes.openvino_graphs import check_whole
from models.runtimes.qwen3vl_folder import MOST_PROMPT_TOKENS, read_json, read_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL_TYPES = (
    "gemma3", "internvl_chat", "llava", "llava_next", "llava-qwen2", "minicpmv", "phi3_v", "qwen2_vl", "qwen2_5_vl", "qwen3_5",
)  # fmt: skip
"""families that VLMPipeline 2026.4 loads and that a laptop may want; Qwen3-VL and SmolVLM have pipelines of our own"""
BY_PIXELS = ("qwen2_vl", "qwen2_5_vl", "qwen3_5")
"""families whose pictures become as many tokens as they have pixels"""
PIXELS_A_TOKEN = 28 * 28
PICTURE = 1300
"""tokens kept free for the picture: 0.9 megapixels are 1,150 of 28 × 28 pixels"""
_TAG = re.compile(r"<ov_genai_(?:image|video|audio)_\d*>?", re.IGNORECASE)
_OPENING = f"<|im_start|>user\n{prompts.IMAGE}"


@dataclass(frozen=True, eq=False)
class GenAiFolder:
    """A folder read, its weights not yet."""

    path: Path
    family: str
    tokenizer: Tokenizer
    longest: int
    """tokens that lines, turns and question may have together with the answer"""
    markers: re.Pattern[str]
    """how the tokenizer's special tokens are written: text from outside may not contain them"""

    def decode(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=True)

    def count(self, text: str) -> int:
        """Tokens of `text`."""
        return len(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def plain(self, text: str) -> str:
        """`text` without what the pipeline or the tokenizer would take for a picture's place or the end of a turn."""
        text = prompts.plain(text)
        while self.markers.search(text) or _TAG.search(text):
            text = _TAG.sub(" ", self.markers.sub(" ", text))
        return text

    def asked(self, lines: Sequence[TextLine], question: str) -> str:
        """The instruction, the numbered lines and the question, as every chat model gets them."""
        written = prompts.before_question(ScreenText(tuple(lines)), (0, 0), "chat").removeprefix(_OPENING)
        listed = "\n".join(self.plain(line) for line in written.split("\n"))
        return f"{listed}{self.plain(question)}"


def read_folder(path: Path) -> GenAiFolder:
    """Read configuration and tokenizer of `path` and see that its graphs are whole.

    Errors: `ModelMissing` model_file_missing or model_file_altered naming the file, `EngineFailed` model_unsupported.
    """
    path = Path(path)
    config = read_json(path / "config.json")
    family = str(config.get("model_type"))
    if family not in MODEL_TYPES:
        raise EngineFailed("model_unsupported", path=str(path), model=path.name)
    graphs = {"language", "text_embeddings", "vision_embeddings"}
    found = {
        file.name.removeprefix("openvino_").removesuffix("_model.xml")
        for file in path.glob("openvino_*_model.xml")
    }
    for graph in sorted(graphs | found):
        check_whole(path / f"openvino_{graph}_model.xml")
    for part in ("tokenizer", "detokenizer"):
        check_whole(path / f"openvino_{part}.xml")
    tokenizer = read_tokenizer(path / "tokenizer.json")
    marks = [
        token.content for token in tokenizer.get_added_tokens_decoder().values() if token.content.strip()
    ]
    return GenAiFolder(
        path=path,
        family=family,
        tokenizer=tokenizer,
        longest=min(MOST_PROMPT_TOKENS, _places(config, path)) - PICTURE,
        markers=re.compile("|".join(re.escape(mark) for mark in marks) or r"(?!)"),
    )


def _places(config: dict[str, Any], path: Path) -> int:
    """How many tokens the language model can hold. Errors: `ModelMissing` model_file_altered."""
    for part in ("text_config", "llm_config", "language_config"):
        inner = config.get(part)
        if isinstance(inner, dict) and "max_position_embeddings" in inner:
            config = inner
            break
    places = config.get("max_position_embeddings", 4096)
    if type(places) is not int or places < PICTURE:
        raise ModelMissing("model_file_altered", path=str(path / "config.json"), model=path.name)
    return places
