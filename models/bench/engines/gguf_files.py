"""GGUF files of the bench's shapes with random numbers: what llama.cpp loads. Needs the package `gguf` (numpy only).

Written here and not by llama.cpp's converter, because that one wants a tokenizer that it knows by heart. Tensor and key names are
those of llama.cpp's `conversion/` (llama.py, qwen.py, smolvlm.py). The language model is Q8_0 with float32 norms, which is what
its `--outtype q8_0` gives; the vision tower F16 with float32 places, biases and norms, as published mmproj files have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import gguf

LANGUAGE, VISION = "language-q8_0.gguf", "mmproj-f16.gguf"
_TWO_LINES = "ĊĊ"
_TEXT, _CONTROL = 1, 3
"""token kinds of llama.cpp"""


def write(shape: dict[str, Any], tokens: Sequence[str], special: Sequence[str], folder: Path) -> None:
    """The language model, and the vision tower where `shape` is a SmolVLM. `tokens` are in the order of their numbers.

    Errors: ImportError without `gguf`.
    """
    import gguf

    folder.mkdir(parents=True, exist_ok=True)
    write_language(gguf, shape, tokens, special, folder / LANGUAGE)
    if shape["family"] == "smolvlm":
        write_vision(gguf, shape, folder / VISION)


def write_language(
    gguf: Any, shape: dict[str, Any], tokens: Sequence[str], special: Sequence[str], path: Path
) -> None:
    text = shape["text"]
    arch = "llama" if shape["family"] == "smolvlm" else "qwen3"
    if arch == "llama":
        tokens = with_two_lines(tokens, special)
    out = gguf.GGUFWriter(path, arch)
    out.add_context_length(text["max_position_embeddings"])
    out.add_embedding_length(text["hidden_size"])
    out.add_block_count(text["num_hidden_layers"])
    out.add_feed_forward_length(text["intermediate_size"])
    out.add_head_count(text["num_attention_heads"])
    out.add_head_count_kv(text["num_key_value_heads"])
    out.add_key_length(text["head_dim"])
    out.add_value_length(text["head_dim"])
    out.add_rope_dimension_count(text["head_dim"])
    out.add_rope_freq_base(text["rope_theta"])
    out.add_layer_norm_rms_eps(1e-5)
    out.add_vocab_size(len(tokens))
    out.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    out.add_tokenizer_model("gpt2")
    out.add_tokenizer_pre("smollm" if arch == "llama" else "qwen2")
    out.add_token_list(list(tokens))
    out.add_token_types([_CONTROL if token in special else _TEXT for token in tokens])
    out.add_token_merges([f"{tokens[0]} {tokens[1]}"])
    out.add_eos_token_id(list(tokens).index(special[2]))
    out.add_bos_token_id(list(tokens).index(special[0]))
    for name, size in language_tensors(shape, len(tokens), arch):
        _add(gguf, out, name, size, gguf.GGMLQuantizationType.Q8_0)
    _close(out)


def with_two_lines(tokens: Sequence[str], special: Sequence[str]) -> list[str]:
    """Two ends of line as one token: mtmd writes it before SmolVLM's overview, and aborts where there is none."""
    made = list(tokens)
    if _TWO_LINES not in made:
        made[max(n for n, token in enumerate(made) if token not in special)] = _TWO_LINES
    return made


def language_tensors(
    shape: dict[str, Any], vocabulary: int, arch: str
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes (rows, columns) of the language model."""
    text = shape["text"]
    width, inner, head = text["hidden_size"], text["intermediate_size"], text["head_dim"]
    queries, keys = text["num_attention_heads"] * head, text["num_key_value_heads"] * head
    yield "token_embd.weight", (vocabulary, width)
    if not shape.get("tied"):
        yield "output.weight", (vocabulary, width)
    yield "output_norm.weight", (width,)
    for layer in range(text["num_hidden_layers"]):
        at = f"blk.{layer}."
        yield f"{at}attn_norm.weight", (width,)
        yield f"{at}attn_q.weight", (queries, width)
        yield f"{at}attn_k.weight", (keys, width)
        yield f"{at}attn_v.weight", (keys, width)
        yield f"{at}attn_output.weight", (width, queries)
        if arch == "qwen3":
            yield f"{at}attn_q_norm.weight", (head,)
            yield f"{at}attn_k_norm.weight", (head,)
        yield f"{at}ffn_norm.weight", (width,)
        yield f"{at}ffn_gate.weight", (inner, width)
        yield f"{at}ffn_up.weight", (inner, width)
        yield f"{at}ffn_down.weight", (width, inner)


def write_vision(gguf: Any, shape: dict[str, Any], path: Path) -> None:
    vision, width = shape["vision"], shape["text"]["hidden_size"]
    out = gguf.GGUFWriter(path, "clip")
    out.add_clip_has_vision_encoder(True)
    out.add_clip_projector_type(gguf.VisionProjectorType.IDEFICS3)
    out.add_vision_projection_dim(width)
    out.add_vision_image_size(vision["image_size"])
    out.add_vision_patch_size(vision["patch_size"])
    out.add_vision_embedding_length(vision["hidden_size"])
    out.add_vision_feed_forward_length(vision["intermediate_size"])
    out.add_vision_block_count(vision["num_hidden_layers"])
    out.add_vision_head_count(vision["num_attention_heads"])
    out.add_vision_image_mean([0.5] * 3)
    out.add_vision_image_std([0.5] * 3)
    out.add_vision_attention_layernorm_eps(1e-6)
    out.add_vision_projector_scale_factor(shape["scale_factor"])
    out.add_vision_use_gelu(True)
    out.add_vision_preproc_image_size(2048)
    out.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    for name, size in vision_tensors(shape):
        whole = len(size) == 1 or "embd" in name
        _add(gguf, out, name, size, gguf.GGMLQuantizationType.F32 if whole else gguf.GGMLQuantizationType.F16)
    _close(out)


def vision_tensors(shape: dict[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes of SmolVLM's vision tower (SigLIP) and its projector."""
    vision, width = shape["vision"], shape["text"]["hidden_size"]
    wide, inner, patch = vision["hidden_size"], vision["intermediate_size"], vision["patch_size"]
    yield "v.patch_embd.weight", (wide, 3, patch, patch)
    yield "v.patch_embd.bias", (wide,)
    yield "v.position_embd.weight", ((vision["image_size"] // patch) ** 2, wide)
    for layer in range(vision["num_hidden_layers"]):
        at = f"v.blk.{layer}."
        for part in ("attn_q", "attn_k", "attn_v", "attn_out"):
            yield f"{at}{part}.weight", (wide, wide)
            yield f"{at}{part}.bias", (wide,)
        for part, size in (("ffn_up", (inner, wide)), ("ffn_down", (wide, inner))):
            yield f"{at}{part}.weight", size
            yield f"{at}{part}.bias", (size[0],)
        for part in ("ln1", "ln2"):
            yield f"{at}{part}.weight", (wide,)
            yield f"{at}{part}.bias", (wide,)
    yield "v.post_ln.weight", (wide,)
    yield "v.post_ln.bias", (wide,)
    yield "mm.model.fc.weight", (width, wide * shape["scale_factor"] ** 2)


def _add(gguf: Any, out: gguf.GGUFWriter, name: str, size: tuple[int, ...], kind: Any) -> None:
    if len(size) == 1:
        out.add_tensor(name, np.full(size, 0.0 if name.endswith("bias") else 1.0, np.float32))
        return
    numbers = np.random.default_rng(sum(name.encode())).standard_normal(size, np.float32) * np.float32(0.02)
    packed = numbers if kind == gguf.GGMLQuantizationType.F32 else gguf.quants.quantize(numbers, kind)
    out.add_tensor(name, packed, raw_dtype=kind)


def _close(out: gguf.GGUFWriter) -> None:
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
