"""Makes `tiny-qwen3vl/`: a random Qwen3-VL of 0.1 M parameters, as safetensors and as OpenVINO IR.

Run in an environment that can export (torch 2.13, transformers 4.57, optimum-intel 2.2):

    python tests/models/data/make_tiny_qwen3vl.py

Both halves hold the same numbers (float16 ones, the safetensors stored so, the IR as float32), so that tests can
ask two engines for equal logits. An IR saved as fp16 would not do: it also rounds the rotary frequencies, which
moved these logits by 0.005. Weights are drawn wide (standard deviation 0.15), so that a wrong position or a missing deepstack input moves the logits.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TARGET = Path(__file__).resolve().parent / "tiny-qwen3vl"
sys.path.insert(0, str(ROOT))

SENTENCES = (
    "설정에서 알림을 끄려면 어디를 눌러야 하나요? 총 금액은 12,500원입니다. 저장 버튼은 오른쪽 아래에 있습니다.",
    "화면에서 찾을 수 없어요. 이 질문에는 더 큰 모델이 필요해요. 파일 편집 보기 도움말 취소 확인 적용 닫기",
    "선택된 탭은 무엇인가요? 배터리 잔량은 83%입니다. 다음 단계로 넘어가려면 계속을 누르세요.",
)


def build_tokenizer() -> object:
    """Byte-level BPE with a few Korean merges and every special token of the `mini` style."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    from assistant.prompts import SPECIAL_TOKENS

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=256 + len(SPECIAL_TOKENS) + 40,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=list(SPECIAL_TOKENS),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES, trainer)
    return tokenizer


def build_model(tokenizer: object) -> object:
    """A Qwen3-VL with 2 text and 2 vision layers and one deepstack input, every weight a float16 number."""
    import torch
    from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

    ids = {
        "image_token_id": "<|image_pad|>",
        "video_token_id": "<|video_pad|>",
        "vision_start_token_id": "<|vision_start|>",
        "vision_end_token_id": "<|vision_end|>",
    }
    config = Qwen3VLConfig(
        text_config={
            "vocab_size": tokenizer.get_vocab_size(),
            "hidden_size": 48,
            "intermediate_size": 64,
            "num_hidden_layers": 2,
            "num_attention_heads": 3,
            "num_key_value_heads": 1,
            "head_dim": 16,
            "max_position_embeddings": 4096,
            "rope_theta": 500000.0,
            "rope_scaling": {"rope_type": "default", "mrope_section": [4, 2, 2], "mrope_interleaved": True},
            "tie_word_embeddings": True,
            "eos_token_id": tokenizer.token_to_id("<|im_end|>"),
        },
        vision_config={
            "depth": 2,
            "hidden_size": 16,
            "intermediate_size": 32,
            "num_heads": 2,
            "patch_size": 16,
            "out_hidden_size": 48,
            "num_position_embeddings": 64,
            "deepstack_visual_indexes": [0],
        },
        tie_word_embeddings=True,
        **{name: tokenizer.token_to_id(token) for name, token in ids.items()},
    )
    torch.manual_seed(7)
    model = Qwen3VLForConditionalGeneration(config).eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.ndim > 1:
                parameter.normal_(0.0, 0.15)
            parameter.copy_(parameter.half().float())
    return model


def write_checkpoint(folder: Path, model: object, tokenizer: object) -> None:
    """What transformers 4.57 saves for such a model, with the small texts written by hand."""
    model.save_pretrained(folder, safe_serialization=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "eos_token": "<|im_end|>",
                "pad_token": "<|endoftext|>",
                "clean_up_tokenization_spaces": False,
            }
        )
    )
    (folder / "preprocessor_config.json").write_text(
        json.dumps(
            {
                "image_processor_type": "Qwen2VLImageProcessor",
                "size": {"shortest_edge": 4096, "longest_edge": 65536},
                "patch_size": 16,
                "temporal_patch_size": 2,
                "merge_size": 2,
                "image_mean": [0.5, 0.5, 0.5],
                "image_std": [0.5, 0.5, 0.5],
            }
        )
    )


def main() -> None:
    from safetensors.torch import load_file, save_file

    tokenizer = build_tokenizer()
    model = build_model(tokenizer)
    with tempfile.TemporaryDirectory() as scratch:
        full, exported = Path(scratch) / "full", Path(scratch) / "ir"
        write_checkpoint(full, model, tokenizer)
        subprocess.run(
            [
                str(Path(sys.executable).parent / "optimum-cli"), "export", "openvino", "--model", str(full),
                "--task", "image-text-to-text", "--weight-format", "fp32", str(exported),
            ],
            check=True,
        )  # fmt: skip
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir()
        for path in sorted(full.glob("*.json")) + sorted(exported.glob("openvino_*_model.*")):
            shutil.copy(path, TARGET / path.name)
        half = {name: tensor.half() for name, tensor in load_file(full / "model.safetensors").items()}
        save_file(half, TARGET / "model.safetensors", metadata={"format": "pt"})
    for path in sorted(TARGET.iterdir()):
        print(f"{path.stat().st_size:>8} {path.name}")


if __name__ == "__main__":
    main()
