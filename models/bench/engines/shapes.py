"""Models of well-known shapes with random weights: what time and memory depend on, and no download.

`python -m models.bench shapes NAME … --out FOLDER` writes, for each name, `FOLDER/NAME/checkpoint` (safetensors, bfloat16),
`FOLDER/NAME/openvino` (int8 as `models.convert --recipe int8-ptq` makes it, but not compared: random weights agree about
nothing) and `FOLDER/NAME/gguf` (the language model in Q8_0, the vision tower in F16: gguf_files.py). For nunchi-mini, which has
weights, `openvino` and `checkpoint` are links to the bundled ones, and `genai` adds the tokenizers' graphs that VLMPipeline wants.
Needs the extras torch and convert; the GGUF files need the package `gguf`, `genai` needs `openvino-tokenizers`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import NunchiError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUNDLED_NAME = "nunchi-mini"
SMOL_VISION = {
    "hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12,
    "image_size": 512, "patch_size": 16,
}  # fmt: skip
SHAPES: dict[str, dict] = {
    "smolvlm-256m": {
        "family": "smolvlm", "scale_factor": 4, "vocabulary": 49280, "vision": SMOL_VISION,
        "text": {
            "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30, "num_attention_heads": 9,
            "num_key_value_heads": 3, "head_dim": 64, "rope_theta": 100000.0, "max_position_embeddings": 8192,
        },
    },
    "smolvlm-500m": {
        "family": "smolvlm", "scale_factor": 4, "vocabulary": 49280, "vision": SMOL_VISION,
        "text": {
            "hidden_size": 960, "intermediate_size": 2560, "num_hidden_layers": 32, "num_attention_heads": 15,
            "num_key_value_heads": 5, "head_dim": 64, "rope_theta": 100000.0, "max_position_embeddings": 8192,
        },
    },
    "qwen3vl-2b": {
        "family": "qwen3_vl", "vocabulary": 151936, "tied": True,
        "vision": {
            "depth": 24, "hidden_size": 1024, "intermediate_size": 4096, "num_heads": 16, "patch_size": 16,
            "out_hidden_size": 2048, "deepstack_visual_indexes": [5, 11, 17], "num_position_embeddings": 2304,
            "spatial_merge_size": 2, "temporal_patch_size": 2,
        },
        "text": {
            "hidden_size": 2048, "intermediate_size": 6144, "num_hidden_layers": 28, "num_attention_heads": 16,
            "num_key_value_heads": 8, "head_dim": 128, "rope_theta": 5000000.0, "max_position_embeddings": 262144,
            "rope_scaling": {"rope_type": "default", "mrope_interleaved": True, "mrope_section": [24, 20, 20]},
        },
    },
}  # fmt: skip
"""As the published config.json files have them."""
WHISPER = {
    "whisper-tiny": (384, 4, 6), "whisper-base": (512, 6, 8), "whisper-small": (768, 12, 12),
}  # fmt: skip
"""width, layers on each side, heads; 80 mel bands; the bundled tokenizer has fewer tokens than theirs, which spares the decoder a little"""
SPECIAL = {
    "smolvlm": (
        "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<fake_token_around_image>", "<image>", "<end_of_utterance>",
        "<global-img>", *(f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)),
    ),
    "qwen3_vl": (
        "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>",
        "<|video_pad|>",
    ),
}  # fmt: skip


def main(argv: list[str]) -> int:
    made = argparse.ArgumentParser(prog="python -m models.bench shapes", description=__doc__)
    made.add_argument("names", nargs="+", choices=[BUNDLED_NAME, *sorted(SHAPES), *WHISPER])
    made.add_argument("--out", type=Path, required=True)
    made.add_argument("--recipe", default="int8-ptq", help="of models.convert (default: int8-ptq)")
    made.add_argument("--pictures", type=int, default=2, help="to calibrate the encoder's activations with")
    arguments = made.parse_args(argv)
    try:
        for name in arguments.names:
            if name == BUNDLED_NAME:
                make_bundled(arguments.out / name)
            elif name in WHISPER:
                write_whisper(*WHISPER[name], arguments.out / name)
            else:
                make(name, arguments.out / name, arguments.recipe, arguments.pictures)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    return 0


def make(name: str, folder: Path, recipe: str, pictures: int) -> None:
    """Write what is not there yet. Errors: `EngineFailed` of export and quantization."""
    checkpoint, exported = folder / "checkpoint", folder / "openvino"
    if not (checkpoint / "model.safetensors").exists():
        write_checkpoint(SHAPES[name], checkpoint)
    if not exported.exists():
        write_openvino(checkpoint, exported, recipe, pictures)
    write_gguf(SHAPES[name], checkpoint, folder / "gguf")


def make_bundled(folder: Path) -> None:
    """nunchi-mini for every engine: links to its files, a GGUF of its language model's shape, tokenizers for VLMPipeline."""
    from models.catalogue import BUNDLED, CHECKPOINT
    from models.runtimes.qwen3vl_folder import read_json

    bundled = BUNDLED / BUNDLED_NAME
    folder.mkdir(parents=True, exist_ok=True)
    for name, place in (("openvino", bundled), ("checkpoint", bundled / CHECKPOINT)):
        if not (folder / name).exists() and place.is_dir():
            (folder / name).symlink_to(place, target_is_directory=True)
    written = read_json(bundled / "config.json")
    shape = {"family": "qwen3_vl", "text": written["text_config"]}
    write_gguf(shape, bundled, folder / "gguf")
    if not (folder / "genai" / "openvino_tokenizer.xml").exists():
        try:
            write_genai(bundled, folder / "genai")
        except ImportError as missing:
            print(f"{BUNDLED_NAME}: not for VLMPipeline, because {missing}", file=sys.stderr)


def write_whisper(width: int, layers: int, heads: int, folder: Path) -> None:
    """A Whisper of that shape in CTranslate2's int8 in `folder`, and in OpenVINO's beside it (NAME-openvino), with the bundled speech
    model's tokenizer: for its time, it understands nothing."""
    import tempfile

    from models.convert.speech import to_openvino
    from models.train.speech.export import to_ctranslate2

    beside = folder.with_name(f"{folder.name}-openvino")
    with tempfile.TemporaryDirectory() as scratch:
        if not (folder / "model.bin").exists() or not beside.exists():
            _whisper_checkpoint(width, layers, heads, Path(scratch))
        if not (folder / "model.bin").exists():
            to_ctranslate2(Path(scratch), folder)
        if not beside.exists():
            to_openvino(Path(scratch), beside)


def _whisper_checkpoint(width: int, layers: int, heads: int, folder: Path) -> None:
    """Random weights, the same every time."""
    import torch
    from transformers import (
        GenerationConfig,
        WhisperConfig,
        WhisperFeatureExtractor,
        WhisperForConditionalGeneration,
    )

    from models.catalogue import BUNDLED, SYNTHETIC
    from models.runtimes.qwen3vl_folder import read_json

    known = BUNDLED / SYNTHETIC / "checkpoint"
    told = read_json(known / "config.json")
    special = {
        key: told[key] for key in ("bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id")
    }
    torch.manual_seed(7)
    model = WhisperForConditionalGeneration(
        WhisperConfig(
            vocab_size=told["vocab_size"], d_model=width, encoder_layers=layers, decoder_layers=layers,
            encoder_attention_heads=heads, decoder_attention_heads=heads, encoder_ffn_dim=4 * width,
            decoder_ffn_dim=4 * width, suppress_tokens=[], begin_suppress_tokens=[], **special,
        )
    )  # fmt: skip
    written = read_json(known / "generation_config.json")
    model.generation_config = GenerationConfig(**written | {"alignment_heads": [[0, 0]]})
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(known / name, folder)
    WhisperFeatureExtractor(80).save_pretrained(folder)


def write_gguf(shape: dict, checkpoint: Path, folder: Path) -> None:
    from models.bench.engines import gguf_files

    if (folder / gguf_files.LANGUAGE).exists():
        return
    try:
        gguf_files.write(shape, *read_tokens(checkpoint), folder)
    except ImportError as missing:
        print(f"no GGUF, because {missing}", file=sys.stderr)


def write_genai(exported: Path, folder: Path) -> None:
    """Links to the graphs, and the tokenizer as graphs. Errors: ImportError without openvino-tokenizers or transformers."""
    import openvino as ov
    from openvino_tokenizers import convert_tokenizer
    from transformers import PreTrainedTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    for path in exported.iterdir():
        if path.is_file() and not (folder / path.name).exists():
            (folder / path.name).symlink_to(path)
    tokenizer = PreTrainedTokenizerFast.from_pretrained(exported, local_files_only=True)
    there, back = convert_tokenizer(tokenizer, with_detokenizer=True)
    ov.save_model(there, folder / "openvino_tokenizer.xml")
    ov.save_model(back, folder / "openvino_detokenizer.xml")


def write_checkpoint(shape: dict, folder: Path) -> None:
    """Random weights, the same every time, in transformers' own class."""
    import torch
    from transformers import AutoModelForImageTextToText

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = write_tokenizer(shape["vocabulary"], SPECIAL[shape["family"]], folder / "tokenizer.json")
    torch.manual_seed(7)
    with torch.device("cpu"):
        torch.set_default_dtype(torch.bfloat16)
        try:
            model = AutoModelForImageTextToText.from_config(config(shape, tokenizer))
        finally:
            torch.set_default_dtype(torch.float32)
    model.save_pretrained(folder, safe_serialization=True, max_shard_size="20GB")
    _write_texts(shape["family"], folder)


def config(shape: dict, tokenizer: Tokenizer) -> object:
    from transformers import AutoConfig

    number = tokenizer.token_to_id
    if shape["family"] == "smolvlm":
        return AutoConfig.for_model(
            "smolvlm",
            image_token_id=number("<image>"),
            scale_factor=shape["scale_factor"],
            pad_token_id=number("<|im_end|>"),
            tie_word_embeddings=False,
            vision_config=shape["vision"],
            text_config={"model_type": "llama", "vocab_size": shape["vocabulary"],
                         "eos_token_id": number("<end_of_utterance>"), **shape["text"]},
        )  # fmt: skip
    return AutoConfig.for_model(
        "qwen3_vl",
        image_token_id=number("<|image_pad|>"),
        video_token_id=number("<|video_pad|>"),
        vision_start_token_id=number("<|vision_start|>"),
        vision_end_token_id=number("<|vision_end|>"),
        tie_word_embeddings=True,
        vision_config=shape["vision"],
        text_config={
            "vocab_size": shape["vocabulary"],
            "eos_token_id": number("<|im_end|>"),
            **shape["text"],
        },
    )


def write_tokenizer(size: int, special: tuple[str, ...], path: Path) -> Tokenizer:
    """A byte-level tokenizer of `size` tokens without merges: each byte of text is a token, the rest are fillers."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    fillers = [f"w{number}" for number in range(size - len(alphabet) - len(special))]
    tokenizer = Tokenizer(models.BPE({token: n for n, token in enumerate([*alphabet, *fillers])}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    tokenizer.save(str(path))
    return tokenizer


def read_tokens(checkpoint: Path) -> tuple[list[str], list[str]]:
    """All tokens of a folder's tokenizer in the order of their numbers, and the special ones among them."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(checkpoint / "tokenizer.json"))
    known = tokenizer.get_vocab(with_added_tokens=True)
    return sorted(known, key=known.__getitem__), [
        token.content for token in tokenizer.get_added_tokens_decoder().values()
    ]


def write_openvino(checkpoint: Path, folder: Path, recipe: str, pictures: int) -> None:
    """Export and quantize, one after the other in place. Errors: `EngineFailed`."""
    import functools

    from models.bench.mini import drawn
    from models.convert.conversion import _samples, export
    from models.convert.families import family_of
    from models.quantize.graphs import quantize
    from models.quantize.recipes import RECIPES

    scratch = folder.with_name("openvino-scratch")
    shutil.rmtree(scratch, ignore_errors=True)
    export(checkpoint, scratch)
    family = family_of(checkpoint)
    frames = [drawn(960, 540, 40)[0]] * pictures
    quantize(scratch, RECIPES[recipe], functools.partial(_samples, family, scratch, frames), family.encoder)
    scratch.rename(folder)


def _write_texts(family: str, folder: Path) -> None:
    common = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "do_resize": True, "do_rescale": True,
              "do_normalize": True, "do_convert_rgb": True, "rescale_factor": 1 / 255}  # fmt: skip
    if family == "smolvlm":
        rules = common | {
            "image_processor_type": "SmolVLMImageProcessor", "do_image_splitting": True, "do_pad": True,
            "max_image_size": {"longest_edge": 512}, "resample": 1, "size": {"longest_edge": 2048},
        }  # fmt: skip
    else:
        rules = common | {
            "image_processor_type": "Qwen2VLImageProcessor", "patch_size": 16, "merge_size": 2,
            "temporal_patch_size": 2, "resample": 3, "size": {"shortest_edge": 65536, "longest_edge": 16777216},
        }  # fmt: skip
    stop = SPECIAL[family][5 if family == "smolvlm" else 2]
    for name, values in (
        ("preprocessor_config.json", rules),
        ("tokenizer_config.json", {
            "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": stop, "pad_token": SPECIAL[family][2],
            "clean_up_tokenization_spaces": False,
        }),
    ):  # fmt: skip
        (folder / name).write_text(json.dumps(values, indent=1), encoding="utf-8")
