"""Makes a SmolVLM-256M-shaped checkpoint of random numbers: the tower and connector at full size, one text layer.

Compilers and quantizers look at shapes and operators, so random weights tell what a compiler takes and how long it needs;
they tell nothing about answers. Needs the extra `torch`.
"""

from __future__ import annotations

from pathlib import Path

SIDE, PATCH, FACTOR = 512, 16, 4
"""a tile of 32 × 32 patches becomes 64 tokens"""
VISION = {
    "hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12,
    "image_size": SIDE, "patch_size": PATCH,
}  # fmt: skip
TEXT = {
    "model_type": "llama", "vocab_size": 512, "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 1,
    "num_attention_heads": 9, "num_key_value_heads": 3, "head_dim": 64, "max_position_embeddings": 8192,
    "rope_theta": 100000.0,
}  # fmt: skip


def make(folder: Path, vision: dict[str, int] | None = None, seed: int = 11) -> Path:
    """Write config.json and model.safetensors into `folder`; the same numbers every time.

    Weights are drawn so that activations keep a standard deviation near one through the blocks, with a few channels that are
    twenty times larger, as trained towers have them: those are what makes 8-bit activations hard.
    """
    import torch
    from transformers import AutoConfig, AutoModelForImageTextToText

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    config = AutoConfig.for_model(
        "smolvlm",
        image_token_id=4,
        scale_factor=FACTOR,
        tie_word_embeddings=False,
        vision_config=dict(vision or VISION),
        text_config=dict(TEXT),
    )
    model = AutoModelForImageTextToText.from_config(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.ndim > 1:
                parameter.normal_(0.0, float(parameter[0].numel()) ** -0.5)
            elif name.endswith("bias"):
                parameter.normal_(0.0, 0.02)
            elif "norm" in name:
                parameter.normal_(1.0, 0.1)
                parameter[:: max(1, len(parameter) // 4)] *= 20.0
    model.save_pretrained(folder, safe_serialization=True)
    return folder
