"""A small Whisper tokenizer: bytes, one token a Hangul syllable, Whisper's special tokens and times.

The vocabulary holds an empty string, by which CTranslate2 tells multilingual models; merges for a blank before a sign keep
faster-whisper's list of suppressed tokens from holding the blank itself.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from models.train.mini.tokenizer import bytes_to_letters, to_bytes

if TYPE_CHECKING:
    from tokenizers import Tokenizer

END, START, TRANSLATE, TRANSCRIBE = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
)
PREVIOUS, NO_SPEECH, NO_TIMES = "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"
LANGUAGES = (
    "en", "zh", "de", "es", "ru", "ko", "fr", "ja", "pt", "tr", "pl", "ca", "nl", "ar", "sv", "it", "id", "hi", "fi",
    "vi", "he", "uk", "el", "ms", "cs", "ro", "da", "hu", "ta", "no", "th", "ur", "hr", "bg", "lt", "la", "mi", "ml",
    "cy", "sk", "te", "fa", "lv", "bn", "sr", "az", "sl", "kn", "et", "mk", "br", "eu", "is", "hy", "ne", "mn", "bs",
    "kk", "sq", "sw", "gl", "mr", "pa", "si", "km", "sn", "yo", "so", "af", "oc", "ka", "be", "tg", "sd", "gu", "am",
    "yi", "lo", "uz", "fo", "ht", "ps", "tk", "nn", "mt", "sa", "lb", "my", "bo", "tl", "mg", "as", "tt", "haw",
    "ln", "ha", "ba", "jw", "su",
)  # fmt: skip
SPECIALS = (
    END, START, *(f"<|{code}|>" for code in LANGUAGES), TRANSLATE, TRANSCRIBE, "<|startoflm|>", PREVIOUS,
    NO_SPEECH, NO_TIMES,
)  # fmt: skip
TIMES = tuple(f"<|{n * 0.02:.2f}|>" for n in range(1501))


def build(texts: Iterable[str], least: int = 2) -> Tokenizer:
    """The tokenizer of all syllables that occur `least` times; any other text is spelled in bytes."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers

    counts = Counter(character for text in texts for character in text if "가" <= character <= "힣")
    known = sorted(character for character, count in counts.items() if count >= least)
    vocabulary, merges = to_bytes({c: n for n, c in enumerate(known)}, [], 100_000)
    letters = bytes_to_letters()
    for sign in ("-", "'", letters[0xE2]):
        merges.append((letters[32], sign))
        vocabulary.setdefault(letters[32] + sign, len(vocabulary))
    vocabulary[""] = len(vocabulary)
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(t, special=True, normalized=False) for t in (*SPECIALS, *TIMES)])
    return tokenizer


def save(tokenizer: Tokenizer, folder: Path) -> None:
    """tokenizer.json and tokenizer_config.json, as faster-whisper and transformers read them."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast", "bos_token": END, "eos_token": END, "pad_token": END, "unk_token": END,
        "clean_up_tokenization_spaces": False, "model_max_length": 448,
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def load(folder: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))
