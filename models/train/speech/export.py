"""Ships the trained network: transformers' Whisper folder, and from it CTranslate2 with int8 weights.

The greedy text of all three (our network, transformers, CTranslate2) is compared by `python -m models.train speech export`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from models.runtimes.transcriber_whisper import TAKES_HOTWORDS
from models.train.speech import features
from models.train.speech import tokenizer as words
from models.train.speech.network import LONGEST_TEXT, POSITIONS, Network
from models.train.speech.training import GUIDED

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from models.train.speech.clips import Clip

NAME = "whisper-synth-ko"
COPIED = ("tokenizer.json", "tokenizer_config.json", "preprocessor_config.json")


def to_transformers(network: Network, tokenizer: Tokenizer, folder: Path) -> Any:
    """Write a folder that `WhisperForConditionalGeneration` loads; the model comes back."""
    from transformers import (
        GenerationConfig,
        WhisperConfig,
        WhisperFeatureExtractor,
        WhisperForConditionalGeneration,
    )

    size, id_of = network.size, tokenizer.token_to_id
    end = id_of(words.END)
    special = {
        "bos_token_id": end,
        "eos_token_id": end,
        "pad_token_id": end,
        "decoder_start_token_id": id_of(words.START),
    }
    config = WhisperConfig(
        vocab_size=tokenizer.get_vocab_size(), num_mel_bins=80, d_model=size.width,
        encoder_layers=size.encoder_layers, decoder_layers=size.decoder_layers,
        encoder_attention_heads=size.heads, decoder_attention_heads=size.heads,
        encoder_ffn_dim=size.inner, decoder_ffn_dim=size.inner, max_source_positions=POSITIONS,
        max_target_positions=LONGEST_TEXT, suppress_tokens=[], begin_suppress_tokens=[], **special,
    )  # fmt: skip
    model = WhisperForConditionalGeneration(config)
    weights = {f"model.{n}": w for n, w in network.state_dict().items() if not n.startswith("phoneme")}
    weights["proj_out.weight"] = network.decoder.embed_tokens.weight
    model.load_state_dict(weights)
    told = {
        **special, "is_multilingual": True, "suppress_tokens": [], "begin_suppress_tokens": [], "max_length": LONGEST_TEXT,
        "no_timestamps_token_id": id_of(words.NO_TIMES), "prev_sot_token_id": id_of(words.PREVIOUS), "max_initial_timestamp_index": 50,
        "lang_to_id": {f"<|{code}|>": id_of(f"<|{code}|>") for code in words.LANGUAGES},
        "task_to_id": {"transcribe": id_of(words.TRANSCRIBE), "translate": id_of(words.TRANSLATE)},
        "alignment_heads": [[layer % size.decoder_layers, head] for layer, head in GUIDED],
    }  # fmt: skip
    model.generation_config = GenerationConfig(**told)
    model.eval().save_pretrained(folder, safe_serialization=True)
    words.save(tokenizer, folder)
    WhisperFeatureExtractor(80).save_pretrained(folder)
    return model


def to_ctranslate2(folder: Path, out: Path) -> None:
    """`folder` converted with int8 weights. Errors: RuntimeError where a written file is not as a Whisper's must be."""
    from ctranslate2.converters import TransformersConverter

    TransformersConverter(str(folder), copy_files=list(COPIED)).convert(
        str(out), quantization="int8", force=True
    )
    vocabulary = json.loads((out / "vocabulary.json").read_text(encoding="utf-8"))
    config = json.loads((out / "config.json").read_text(encoding="utf-8"))
    known = words.load(folder)
    if vocabulary != [known.id_to_token(n) for n in range(known.get_vocab_size())] or "" not in vocabulary:
        raise RuntimeError("the vocabulary changed in conversion")
    if (
        config["suppress_ids"]
        or config["suppress_ids_begin"]
        or len(config["lang_ids"]) != len(words.LANGUAGES)
    ):
        raise RuntimeError("the converted config.json is not as it must be")


def windows(clips: list[Clip]) -> np.ndarray:
    """(B, 80, 3000) float32: the clips in windows of 30 s as faster-whisper fills them."""
    whole = np.zeros((len(clips), 80, 2 * POSITIONS), np.float32)
    for row, clip in zip(whole, clips, strict=True):
        mel = features.scaled(features.from_bytes(torch.from_numpy(clip.mel))[None])[0]
        row[:, : len(mel)] = mel.T.numpy()
    return whole


@torch.no_grad()
def greedy_texts(
    model: Any, ct2_folder: Path, heard_by: np.ndarray, tokenizer: Tokenizer
) -> list[tuple[str, str]]:
    """(transformers' text, CTranslate2's text) of (B, 80, 3000) features `heard_by` both, greedy, without times."""
    import ctranslate2

    prompt = [tokenizer.token_to_id(t) for t in (words.START, "<|ko|>", words.TRANSCRIBE, words.NO_TIMES)]
    end = tokenizer.token_to_id(words.END)
    ids = torch.tensor([prompt] * len(heard_by))
    heard = model.model.encoder(torch.from_numpy(heard_by))
    for _ in range(60):
        logits = model(encoder_outputs=heard, decoder_input_ids=ids).logits[:, -1]
        following = logits.argmax(-1)
        following[(ids[:, len(prompt) :] == end).any(1)] = end
        ids = torch.cat([ids, following[:, None]], 1)
        if bool((following == end).all()):
            break
    first = [tokenizer.decode([t for t in row[len(prompt) :] if t != end]) for row in ids.tolist()]
    whisper = ctranslate2.models.Whisper(str(ct2_folder), compute_type="int8", intra_threads=1)
    found = whisper.generate(
        ctranslate2.StorageView.from_array(heard_by), [prompt] * len(heard_by), beam_size=1, max_length=64,
        suppress_blank=False, suppress_tokens=[],
    )  # fmt: skip
    second = [tokenizer.decode([t for t in result.sequences_ids[0] if t != end]) for result in found]
    return list(zip(first, second, strict=True))


def ship(network: Network, tokenizer: Tokenizer, out: Path, version: str) -> Any:
    """The bundled model in `out`, transformers' half-precision weights in out/checkpoint, manifests for both; the model comes back.

    Both are made from the same rounded weights. The card is left alone.
    """
    from models import manifest

    model = to_transformers(network.half().float(), tokenizer, out / "checkpoint")
    with tempfile.TemporaryDirectory() as scratch:
        converted = Path(scratch) / "converted"
        to_ctranslate2(out / "checkpoint", converted)
        for path in converted.iterdir():
            shutil.copyfile(path, out / path.name)
    model.half().save_pretrained(out / "checkpoint", safe_serialization=True)
    for config in (out / "checkpoint" / "config.json", out / "config.json"):
        told = json.loads(config.read_text(encoding="utf-8")) | {TAKES_HOTWORDS: False}
        config.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    for folder, name in ((out / "checkpoint", f"{NAME}-checkpoint"), (out, NAME)):
        manifest.write_manifest(folder, name=name, version=version, licence="Apache-2.0")
    return model.float()
