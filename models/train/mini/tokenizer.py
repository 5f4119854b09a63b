"""nunchi-mini's tokenizer: byte-level BPE whose merges never cross from a word into its josa.

The training text is cut at those boundaries by kiwipiepy, so 저장 is the same token in 저장을, 저장이 and on a button
that says 저장. Nothing of kiwipiepy is needed to use the tokenizer. Digits stand one by one, Hangul and Latin letters
never share a token, and a leading space belongs to the word.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import prompts

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORDS = r" ?\p{Hangul}+| ?(?:(?!\p{Hangul})[\p{L}\p{M}])+| ?\p{N}| ?[^\s\p{L}\p{M}\p{N}]+|\s+(?!\S)|\s+"
VOCABULARY = 10_144
"""byte-pair tokens (256 bytes included); the special tokens come after them"""

_TAILS = ("J", "VCP")
"""kiwipiepy's tags of josa and of 이다; verbs keep their endings, which costs fewer tokens (docs/korean-tokens.md)"""
_CUT = "\x1f"

CHAT_TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|im_start|>' + message.role + '\n' -}}"
    "{%- if message.content is string -%}{{- message.content -}}{%- else -%}"
    "{%- for part in message.content -%}"
    "{%- if part.type == 'image' -%}{{- '<|vision_start|><|image_pad|><|vision_end|>\n' -}}"
    "{%- elif part.type == 'text' -%}{{- part.text -}}{%- endif -%}{%- endfor -%}{%- endif -%}"
    "{{- '<|im_end|>\n' -}}{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\n' -}}{%- endif -%}"
)
"""As prompts.py writes it; a question's content begins with a blank."""


def cut_points(morphemes: Iterable) -> list[int]:
    """Character offsets at which a run of josa starts, for one kiwipiepy analysis."""
    points, before, end = [], None, 0
    for m in morphemes:
        tail = m.tag.startswith(_TAILS)
        if tail and before is False and m.start == end and m.len > 0:
            points.append(m.start)
        before, end = (tail if m.len > 0 else before), max(end, m.start + m.len)
    return points


def cut(text: str, kiwi: object) -> str:
    """`text` with `_CUT` between words and their josa."""
    at = cut_points(kiwi.tokenize(text))  # type: ignore[attr-defined]
    pieces = [text[i:j] for i, j in zip([0, *at], [*at, len(text)], strict=True)]
    return _CUT.join(pieces)


def cut_all(texts: list[str]) -> Iterator[str]:
    """The same for many lines, on all the threads kiwipiepy wants."""
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=2)
    for text, found in zip(texts, kiwi.tokenize(texts), strict=True):
        at = cut_points(found)
        yield _CUT.join(text[i:j] for i, j in zip([0, *at], [*at, len(text)], strict=True))


def usual_syllables() -> list[str]:
    """The 2,350 Hangul syllables of KS X 1001, which is all that everyday Korean uses."""
    syllables = map(chr, range(0xAC00, 0xD7A4))
    return [s for s in syllables if len(s.encode("euc_kr")) == 2]  # the others take eight bytes there


def to_bytes(
    vocab: dict[str, int], merges: list[tuple[str, str]], size: int
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Byte-level vocabulary and merges that work like the character-level ones given.

    Each known character is first put together from its bytes, so no token ever holds a part of one beside a whole other.
    """
    letters = bytes_to_letters()
    known = sorted((c for c in vocab if len(c) == 1), key=vocab.__getitem__)
    pairs: dict[tuple[str, str], None] = {}
    for character in known:
        spelled = [letters[b] for b in character.encode()]
        while len(spelled) > 1:
            pairs.setdefault((spelled[0], spelled[1]))
            spelled[:2] = [spelled[0] + spelled[1]]
    spell = "".join
    for left, right in merges:
        pairs.setdefault(
            (spell(letters[b] for b in left.encode()), spell(letters[b] for b in right.encode()))
        )
    vocabulary = {letter: n for n, letter in enumerate(letters.values())}
    kept = []
    for left, right in pairs:
        if len(vocabulary) == size:
            break
        kept.append((left, right))
        vocabulary.setdefault(left + right, len(vocabulary))
    return vocabulary, kept


def bytes_to_letters() -> dict[int, str]:
    """The printable letter that byte-level BPE writes for each byte (GPT-2's table)."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {b: chr(b) for b in shown}
    hidden = [b for b in range(256) if b not in table]
    table |= {b: chr(256 + n) for n, b in enumerate(hidden)}
    return {b: table[b] for b in range(256)}


def build(weighted: Iterable[tuple[str, int]], size: int = VOCABULARY, morphemes: bool = True) -> Tokenizer:
    """Train a `tokenizers.Tokenizer` on (line, weight) pairs. Every line is seen with a leading space."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        trainers,
    )

    counts: Counter[str] = Counter()
    for line, weight in weighted:
        counts[line] += weight
    lines = list(counts)
    split = list(cut_all(lines)) if morphemes else lines

    words = pre_tokenizers.Split(Regex(WORDS), behavior="isolated")
    learner = Tokenizer(models.BPE())
    learner.normalizer = normalizers.NFC()
    learner.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(_CUT, behavior="removed"), words])
    alphabet = [*map(chr, range(32, 127)), *usual_syllables()]
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=alphabet,
        limit_alphabet=len(alphabet) + 200,
        show_progress=False,
        min_frequency=2,
    )
    repeated = (" " + text for line, text in zip(lines, split, strict=True) for _ in range(counts[line]))
    learner.train_from_iterator(repeated, trainer)
    learned = json.loads(learner.to_str())["model"]
    vocabulary, merges = to_bytes(learned["vocab"], [tuple(pair) for pair in learned["merges"]], size)

    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [words, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in prompts.SPECIAL_TOKENS]
    )
    return tokenizer


def save(tokenizer: Tokenizer, folder: Path) -> None:
    """Write what transformers' Qwen2 tokenizer classes and the `tokenizers` library load."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    model = json.loads(tokenizer.to_str())["model"]
    (folder / "vocab.json").write_text(json.dumps(model["vocab"], ensure_ascii=False), encoding="utf-8")
    merges = [" ".join(pair) if isinstance(pair, list) else pair for pair in model["merges"]]
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n", encoding="utf-8")
    added = {
        str(tokenizer.token_to_id(token)): {
            "content": token, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False,
            "special": True,
        }
        for token in prompts.SPECIAL_TOKENS
    }  # fmt: skip
    settings = {
        "tokenizer_class": "Qwen2Tokenizer", "add_prefix_space": False, "bos_token": None,
        "eos_token": prompts.END, "pad_token": "<|endoftext|>", "unk_token": None, "errors": "replace",
        "clean_up_tokenization_spaces": False, "split_special_tokens": False, "model_max_length": 8192,
        "added_tokens_decoder": added, "chat_template": CHAT_TEMPLATE,
        "additional_special_tokens": ["<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>",
                                      "<|image_pad|>", "<|video_pad|>"],
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(
        json.dumps(settings, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def load(folder: Path) -> Tokenizer:
    """The `tokenizers.Tokenizer` of a folder."""
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def train(data: Path, folder: Path) -> None:
    """Build the tokenizer from the data folder and save it (about three minutes)."""
    from models.train.mini import corpus, wording

    spoken = ((line, 12) for line in wording.sample_lines())
    save(build([*corpus.tokenizer_text(data), *spoken]), folder)
