"""Makes a random SmolVLM (or Idefics3) of 0.1 M parameters in the real class and file layout, as safetensors.

    python tests/models/data/make_tiny_smolvlm.py FOLDER [smolvlm|idefics3]

Needs the extra `torch`. Small enough that tests make it themselves; nothing of it lies in the tree. The tokenizer has
the special tokens of the real ones, the tiles are 64 pixels and four to the long side as in SmolVLM2-256M.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

SENTENCES = (
    "설정에서 알림을 끄려면 어디를 눌러야 하나요? 총 금액은 12,500원입니다. 저장 버튼은 오른쪽 아래에 있습니다.",
    "The save button is at the bottom right. What does this dialog ask? User: Assistant: 화면에서 찾을 수 없어요.",
)
SPECIAL = (
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<fake_token_around_image>", "<image>", "<end_of_utterance>",
    "<global-img>", *(f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)),
)  # fmt: skip
TEMPLATE = (
    "<|im_start|>{% for message in messages %}{{message['role'] | capitalize}}"
    "{% if message['content'][0]['type'] == 'image' %}{{':'}}{% else %}{{': '}}{% endif %}"
    "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{line['text']}}"
    "{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}"
    "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}"
)
TILE, PATCH = 64, 8


def make(folder: Path, kind: str = "smolvlm") -> Path:
    """Write the checkpoint into `folder`; the same numbers every time."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import AutoModelForImageTextToText

    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=256 + len(SPECIAL) + 60,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            special_tokens=list(SPECIAL),
            show_progress=False,
        ),
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(11)
    model = AutoModelForImageTextToText.from_config(_config(tokenizer, kind)).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0.0, 0.15)
            parameter.copy_(parameter.half().float())
    model.save_pretrained(folder, safe_serialization=True)
    _write(
        folder / "tokenizer_config.json",
        tokenizer_class="PreTrainedTokenizerFast",
        eos_token="<end_of_utterance>",
        pad_token="<|im_end|>",
        clean_up_tokenization_spaces=False,
        chat_template=TEMPLATE,
    )
    _write(
        folder / "preprocessor_config.json",
        image_processor_type="SmolVLMImageProcessor" if kind == "smolvlm" else "Idefics3ImageProcessor",
        do_convert_rgb=True, do_image_splitting=True, do_normalize=True, do_pad=True, do_rescale=True,
        do_resize=True, image_mean=[0.5] * 3, image_std=[0.5] * 3, max_image_size={"longest_edge": TILE},
        resample=1, rescale_factor=1 / 255, size={"longest_edge": 4 * TILE},
    )  # fmt: skip
    return folder


def _config(tokenizer: object, kind: str) -> object:
    from transformers import AutoConfig

    return AutoConfig.for_model(
        kind,
        image_token_id=tokenizer.token_to_id("<image>"),
        scale_factor=2,
        pad_token_id=tokenizer.token_to_id("<|im_end|>"),
        tie_word_embeddings=False,
        vision_config={
            "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
            "image_size": TILE, "patch_size": PATCH,
        },
        text_config={
            "model_type": "llama", "vocab_size": tokenizer.get_vocab_size(), "hidden_size": 48,
            "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 3, "num_key_value_heads": 1,
            "head_dim": 16, "max_position_embeddings": 8192, "rope_theta": 100000.0,
            "eos_token_id": tokenizer.token_to_id("<end_of_utterance>"),
        },
    )  # fmt: skip


def _write(path: Path, **values: object) -> None:
    path.write_text(json.dumps(values, indent=1), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), *sys.argv[2:3])
