"""Makes random checkpoints of 0.1 M parameters, each in the real class and file layout of a family of the catalogue.

    python tests/models/data/make_tiny_families.py FOLDER gemma3|internvl|llava|llava_next|qwen2_vl|qwen2_5_vl

needs torch and transformers 4.57. The tokenizer is the one of `tiny-qwen3vl/` with the family's own marks added;
chat templates say what the published ones say, for one picture and some text.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TOKENIZER = Path(__file__).resolve().parent / "tiny-qwen3vl" / "tokenizer.json"
TEXT = {
    "hidden_size": 48, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 3,
    "num_key_value_heads": 1, "head_dim": 16, "max_position_embeddings": 4096, "rope_theta": 100000.0,
}  # fmt: skip
TOWER = {
    "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 64,
    "patch_size": 16,
}  # fmt: skip
MARKS = {
    "gemma3": (
        "<bos>",
        "<eos>",
        "<start_of_turn>",
        "<end_of_turn>",
        "<start_of_image>",
        "<end_of_image>",
        "<image_soft_token>",
    ),
    "internvl": ("<img>", "</img>", "<IMG_CONTEXT>"),
    "llava": ("<image>", "</s>"),
    "llava_next": ("<image>", "</s>"),
    "qwen2_vl": (),
    "qwen2_5_vl": (),
}
PLACES = {
    "gemma3": "<start_of_image>",
    "internvl": "<IMG_CONTEXT>\n",
    "llava": "<image>\n",
    "llava_next": "<image>\n",
    "qwen2_vl": "<|vision_start|><|image_pad|><|vision_end|>",
    "qwen2_5_vl": "<|vision_start|><|image_pad|><|vision_end|>",
}


def make(folder: Path, family: str) -> Path:
    """Write the checkpoint of `family` into `folder`."""
    import torch
    from transformers import AutoModelForImageTextToText

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(family)
    torch.manual_seed(8)
    config = _config(family, tokenizer)
    model = AutoModelForImageTextToText.from_config(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0.0, 0.15)
            parameter.copy_(parameter.half().float())
        if (
            family == "gemma3"
        ):  # its tied, enlarged embeddings would make a random model repeat its last word for ever
            model.get_input_embeddings().weight.mul_(0.0625)
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.save_pretrained(folder)
    (folder / "chat_template.json").write_text(json.dumps({"chat_template": _template(family)}))
    for name, values in _processors(family).items():
        (folder / name).write_text(json.dumps(values, indent=1))
    return folder


def _tokenizer(family: str) -> Any:
    import transformers

    ends = {"gemma3": "<end_of_turn>", "llava": "</s>", "llava_next": "</s>"}
    named = {
        "gemma3": {"boi_token": "<start_of_image>", "eoi_token": "<end_of_image>", "image_token": "<image_soft_token>"},
        "internvl": {"start_image_token": "<img>", "end_image_token": "</img>", "context_image_token": "<IMG_CONTEXT>",
                     "video_token": "<|video_pad|>"},
    }.get(family)  # fmt: skip
    kind = "Qwen2TokenizerFast" if family.startswith("qwen") else "PreTrainedTokenizerFast"
    return getattr(transformers, kind)(
        tokenizer_file=str(TOKENIZER),
        additional_special_tokens=list(MARKS[family]),
        eos_token=ends.get(family, "<|im_end|>"),
        pad_token="<|endoftext|>",
        chat_template=_template(family),
        clean_up_tokenization_spaces=False,
        model_input_names=[
            "input_ids",
            "attention_mask",
        ],  # none of these classes takes token types from a tokenizer
        **({"extra_special_tokens": named} if named else {}),
        **({"bos_token": "<bos>"} if family == "gemma3" else {}),
    )


def _template(family: str) -> str:
    """Text parts as they are, a picture as the family's mark; content may also be one string, as OpenVINO GenAI gives it."""
    body = (
        "{% if m.content is string %}{{ m.content }}{% else %}{% for part in m.content %}{% if part.type == 'image' %}"
        + PLACES[family]
        + "{% else %}{{ part.text }}{% endif %}{% endfor %}{% endif %}"
    )
    if family == "gemma3":
        turn = (
            "<start_of_turn>{{ 'model' if m.role == 'assistant' else m.role }}\n" + body + "<end_of_turn>\n"
        )
        return f"<bos>{{% for m in messages %}}{turn}{{% endfor %}}{{% if add_generation_prompt %}}<start_of_turn>model\n{{% endif %}}"
    if family.startswith("llava"):
        turn = "{{ m.role | upper }}: " + body + " "
        return f"{{% for m in messages %}}{turn}{{% endfor %}}{{% if add_generation_prompt %}}ASSISTANT:{{% endif %}}"
    turn = "<|im_start|>{{ m.role }}\n" + body + "<|im_end|>\n"
    return f"{{% for m in messages %}}{turn}{{% endfor %}}{{% if add_generation_prompt %}}<|im_start|>assistant\n{{% endif %}}"


def _config(family: str, tokenizer: Any) -> Any:
    from transformers import AutoConfig

    number = tokenizer.convert_tokens_to_ids
    text = TEXT | {"vocab_size": len(tokenizer), "eos_token_id": tokenizer.eos_token_id}
    if family == "gemma3":
        return AutoConfig.for_model(
            family,
            text_config=text
            | {"model_type": "gemma3_text", "sliding_window": 512, "query_pre_attn_scalar": 16, "bos_token_id": number("<bos>"),
               "layer_types": ["sliding_attention", "full_attention"], "rope_local_base_freq": 10000.0},
            vision_config=TOWER | {"model_type": "siglip_vision_model", "vision_use_head": False},
            mm_tokens_per_image=4,
            boi_token_index=number("<start_of_image>"), eoi_token_index=number("<end_of_image>"),
            image_token_index=number("<image_soft_token>"), eos_token_id=tokenizer.eos_token_id,
        )  # fmt: skip
    if family == "internvl":
        return AutoConfig.for_model(
            family,
            text_config=text | {"model_type": "qwen2"},
            vision_config=TOWER | {"image_size": [64, 64], "patch_size": [16, 16], "model_type": "internvl_vision"},
            image_token_id=number("<IMG_CONTEXT>"), image_seq_length=4, downsample_ratio=0.5,
        )  # fmt: skip
    if family.startswith("llava"):
        more = {"image_grid_pinpoints": [[64, 128], [128, 64], [128, 128]]} if family == "llava_next" else {}
        return AutoConfig.for_model(
            family,
            text_config=text | {"model_type": "llama"},
            vision_config=TOWER | {"model_type": "clip_vision_model", "projection_dim": 32},
            image_token_index=number("<image>"), image_seq_length=16, vision_feature_layer=-2, **more,
        )  # fmt: skip
    sections = {"rope_type": "default", "type": "default", "mrope_section": [4, 2, 2]}
    tower = {
        "qwen2_vl": {"depth": 2, "embed_dim": 32, "hidden_size": 48, "num_heads": 2, "mlp_ratio": 2, "patch_size": 14},
        "qwen2_5_vl": {"depth": 2, "hidden_size": 32, "intermediate_size": 48, "num_heads": 2, "patch_size": 14,
                       "out_hidden_size": 48, "window_size": 56, "fullatt_block_indexes": [1]},
    }[family]  # fmt: skip
    marks = {"image_token_id": "<|image_pad|>", "video_token_id": "<|video_pad|>",
             "vision_start_token_id": "<|vision_start|>", "vision_end_token_id": "<|vision_end|>"}  # fmt: skip
    return AutoConfig.for_model(
        family,
        **(text | {"rope_scaling": sections, "hidden_act": "silu"}),
        vision_config=tower,
        **{name: number(mark) for name, mark in marks.items()},
    )


def _processors(family: str) -> dict[str, dict[str, Any]]:
    """preprocessor_config.json, and processor_config.json where the processor has settings of its own."""
    half = {"image_mean": [0.5] * 3, "image_std": [0.5] * 3, "do_rescale": True, "rescale_factor": 1 / 255,
            "do_normalize": True, "do_resize": True, "resample": 3, "do_convert_rgb": True}  # fmt: skip
    square = {"height": 64, "width": 64}
    if family == "gemma3":
        return {
            "preprocessor_config.json": half
            | {"image_processor_type": "Gemma3ImageProcessor", "processor_class": "Gemma3Processor", "size": square,
               "do_pan_and_scan": False, "resample": 2, "image_seq_length": 4},
            "processor_config.json": {"processor_class": "Gemma3Processor", "image_seq_length": 4},
        }  # fmt: skip
    if family == "internvl":
        return {
            "preprocessor_config.json": half
            | {"image_processor_type": "GotOcr2ImageProcessor", "processor_class": "InternVLProcessor", "size": square,
               "crop_to_patches": False, "max_patches": 4, "min_patches": 1},
            "processor_config.json": {"processor_class": "InternVLProcessor", "image_seq_length": 4},
        }  # fmt: skip
    if family.startswith("llava"):
        kinds = {
            "llava": ("CLIPImageProcessor", "LlavaProcessor"),
            "llava_next": ("LlavaNextImageProcessor", "LlavaNextProcessor"),
        }
        image, whole = kinds[family]
        more = {"image_grid_pinpoints": [[64, 128], [128, 64], [128, 128]]} if family == "llava_next" else {}
        return {
            "preprocessor_config.json": half
            | {"image_processor_type": image, "processor_class": whole, "size": {"shortest_edge": 64}, "crop_size": square,
               "do_center_crop": True} | more,
            "processor_config.json": {"processor_class": whole, "patch_size": 16, "image_token": "<image>",
                                      "vision_feature_select_strategy": "default", "num_additional_image_tokens": 1},
        }  # fmt: skip
    whole = "Qwen2VLProcessor" if family == "qwen2_vl" else "Qwen2_5_VLProcessor"
    return {
        "preprocessor_config.json": half
        | {"image_processor_type": "Qwen2VLImageProcessor", "processor_class": whole, "min_pixels": 3136,
           "max_pixels": 50176, "patch_size": 14, "temporal_patch_size": 2, "merge_size": 2},
    }  # fmt: skip


if __name__ == "__main__":
    made = make(Path(sys.argv[1]), sys.argv[2])
    for path in sorted(made.iterdir()):
        print(f"{path.stat().st_size:>8} {path.name}")
