"""nunchi-mini as a transformers model: Qwen3-VL at a tiny size, made from a few numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import prompts
from models.train.mini.starting import put_habits

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

ROPE_THETA = 10_000.0


@dataclass(frozen=True)
class Size:
    """Widths and depths. Heads have 64 numbers in the text model."""

    hidden: int = 256
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    inner: int = 704
    sight: int = 192
    sight_layers: int = 5
    sight_heads: int = 3
    sight_inner: int = 576
    deepstack: tuple[int, ...] = (1, 3)


V0 = Size()
TINY = Size(
    hidden=64,
    layers=2,
    heads=2,
    kv_heads=1,
    inner=96,
    sight=32,
    sight_layers=2,
    sight_heads=2,
    sight_inner=48,
    deepstack=(0,),
)


def make_config(tokenizer: Tokenizer, size: Size = V0) -> Qwen3VLConfig:
    """A `Qwen3VLConfig` for a tokenizer (its vocabulary and special token ids)."""
    from transformers import Qwen3VLConfig

    ids = {
        name: tokenizer.token_to_id(f"<|{name}|>")
        for name in ("image_pad", "video_pad", "vision_start", "vision_end")
    }
    vocabulary = -(-tokenizer.get_vocab_size() // 64) * 64
    text = {
        "vocab_size": vocabulary, "hidden_size": size.hidden, "intermediate_size": size.inner, "num_hidden_layers": size.layers,
        "num_attention_heads": size.heads, "num_key_value_heads": size.kv_heads, "head_dim": 64, "hidden_act": "silu",
        "max_position_embeddings": 8192, "rope_theta": ROPE_THETA, "tie_word_embeddings": False, "attention_bias": False,
        "rope_scaling": {"rope_type": "default", "mrope_section": [12, 10, 10], "mrope_interleaved": True},
        "bos_token_id": None, "eos_token_id": tokenizer.token_to_id("<|im_end|>"), "pad_token_id": tokenizer.token_to_id("<|endoftext|>"),
    }  # fmt: skip
    vision = {
        "depth": size.sight_layers, "hidden_size": size.sight, "intermediate_size": size.sight_inner, "num_heads": size.sight_heads,
        "patch_size": 16, "spatial_merge_size": 2, "temporal_patch_size": 2, "in_channels": 3, "out_hidden_size": size.hidden,
        "num_position_embeddings": 576, "deepstack_visual_indexes": list(size.deepstack), "hidden_act": "gelu_pytorch_tanh",
    }  # fmt: skip
    return Qwen3VLConfig(
        text_config=text, vision_config=vision, tie_word_embeddings=False, image_token_id=ids["image_pad"],
        video_token_id=ids["video_pad"], vision_start_token_id=ids["vision_start"], vision_end_token_id=ids["vision_end"],
    )  # fmt: skip


def make_model(tokenizer: Tokenizer, size: Size = V0, seed: int = 0) -> Qwen3VLForConditionalGeneration:
    """A fresh model with the habits of `starting` put in. What the picture adds starts at zero, so that text learned
    without pictures keeps its meaning.
    """
    import torch
    from transformers import Qwen3VLForConditionalGeneration

    torch.manual_seed(seed)
    model = Qwen3VLForConditionalGeneration(make_config(tokenizer, size))
    with torch.no_grad():
        for merger in (model.model.visual.merger, *model.model.visual.deepstack_merger_list):
            merger.linear_fc2.weight.zero_()
            merger.linear_fc2.bias.zero_()
        for layer in model.model.language_model.layers:
            layer.self_attn.o_proj.weight.mul_(0.5)
            layer.mlp.down_proj.weight.mul_(0.5)
    put_habits(model, tokenizer, prompts.MAX_LINES)
    begin_pictures(model)
    return model


def begin_pictures(model: Qwen3VLForConditionalGeneration) -> None:
    """Let every picture token start as the embedding of its placeholder.

    As zeros, which would add nothing either, they blow gradients up a thousandfold in every norm (measured: a norm of
    614,830 at the first step with pictures, and pointing lost within three).
    """
    import torch

    with torch.no_grad():
        placeholder = model.model.language_model.embed_tokens.weight[model.config.image_token_id]
        model.model.visual.merger.linear_fc2.bias.copy_(placeholder)


def preprocessor_settings(max_pixels: int, min_pixels: int) -> dict:
    """preprocessor_config.json for transformers' Qwen2-VL image processor (torch-free class)."""
    return {
        "image_processor_type": "Qwen2VLImageProcessor", "processor_class": "Qwen3VLProcessor", "do_convert_rgb": True,
        "do_resize": True, "do_rescale": True, "do_normalize": True, "rescale_factor": 1 / 255, "resample": 3,
        "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "patch_size": 16, "temporal_patch_size": 2, "merge_size": 2,
        "min_pixels": min_pixels, "max_pixels": max_pixels,
        "size": {"shortest_edge": min_pixels, "longest_edge": max_pixels},
    }  # fmt: skip


def describe(size: Size) -> dict:
    """A size as plain data, for the model card and checkpoints."""
    return asdict(size)


def save_settings(folder: Path, max_pixels: int, min_pixels: int) -> None:
    """Write preprocessor_config.json."""
    import json

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "preprocessor_config.json").write_text(
        json.dumps(preprocessor_settings(max_pixels, min_pixels), indent=1)
    )
