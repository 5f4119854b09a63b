"""The tokenizer: lossless on anything, the same token for a stem with and without its josa, digits one by one."""

from __future__ import annotations

import json
import random
import unicodedata
from types import SimpleNamespace

import pytest

from assistant import prompts
from models.train.mini import tokenizer as mini
from tests.models.mini_pools import LINES

tokenizers = pytest.importorskip("tokenizers")


@pytest.fixture(scope="module")
def small():
    """A tokenizer trained without kiwipiepy on a few lines."""
    return mini.build(LINES, size=3200, morphemes=False)


def test_any_text_survives(small):
    rng = random.Random(0)
    cases = [
        "",
        " ",
        "\n\n  x",
        "한글 ABC 123",
        "ㄱㄴ 똠방각하 뷁",
        "👩‍💻🇰🇷 é ñ 漢字 かな",
        "\x00\x7f",
        "a\u0301",
        "<|n1|>[표]<|x|>",
    ]
    cases += [
        "".join(
            chr(rng.choice((rng.randrange(32, 0xD7FF), rng.randrange(0xE000, 0x10FFFF)))) for _ in range(30)
        )
        for _ in range(200)
    ]
    for text in cases:
        ids = small.encode(text, add_special_tokens=False).ids
        assert small.decode(ids, skip_special_tokens=False) == unicodedata.normalize("NFC", text)


def test_no_token_mixes_parts_of_syllables_with_others(small):
    """Byte pairs build one syllable first, so a token is a part of one character, or whole characters."""
    letters = {letter: byte for byte, letter in mini.bytes_to_letters().items()}
    for token in json.loads(small.to_str())["model"]["vocab"]:
        raw = bytes(letters[letter] for letter in token)
        try:
            raw.decode()
        except UnicodeDecodeError:
            assert len(raw) < 4


def test_digits_stand_alone_and_hangul_keeps_to_itself(small):
    pieces = [small.decode([i]) for i in small.encode(" 2024년 PDF로").ids]
    assert sum(any(c.isdigit() for c in piece) for piece in pieces) == 4
    assert not any("F" in piece and "로" in piece for piece in pieces)


def test_every_special_token_is_one_id(small):
    for token in prompts.SPECIAL_TOKENS:
        assert len(small.encode(token, add_special_tokens=False).ids) == 1
    assert len(set(map(small.token_to_id, prompts.SPECIAL_TOKENS))) == len(prompts.SPECIAL_TOKENS)


def test_a_word_is_the_same_tokens_on_a_line_and_in_a_question(small):
    def ids(text: str) -> list[int]:
        return small.encode(text, add_special_tokens=False).ids

    word = ids(" 저장")
    line, question = ids("<|n3|><|x1|><|y2|> 저장\n"), ids(prompts.after_look("저장 어디 있어?"))
    assert line[3 : 3 + len(word)] == word
    assert question[: len(word)] == word
    assert ids("<|y2|> 파일\n") + question == ids("<|y2|> 파일\n" + prompts.after_look("저장 어디 있어?"))


def test_words_are_cut_from_josa_and_verbs_keep_their_endings():
    """Offsets as kiwipiepy gives them for 저장을 누르면 열려요 (열려요 is contracted: nothing to cut)."""
    found = [("NNG", 0, 2), ("JKO", 2, 1), ("VV", 4, 2), ("EC", 6, 1), ("VV", 8, 2), ("EF", 9, 2)]
    morphemes = [SimpleNamespace(tag=tag, start=start, len=length) for tag, start, length in found]
    assert mini.cut_points(morphemes) == [2]


def test_transformers_loads_the_folder(small, tmp_path):
    transformers = pytest.importorskip(
        "transformers", reason="compares with transformers' own tokenizer class"
    )
    mini.save(small, tmp_path)
    loaded = transformers.AutoTokenizer.from_pretrained(tmp_path)
    text = "<|n12|><|x3|><|y20|> 저장을 누르면 2개 Save"
    assert (
        loaded(text, add_special_tokens=False).input_ids == small.encode(text, add_special_tokens=False).ids
    )
    chat = loaded.apply_chat_template(
        [{"role": "user", "content": "<|vision_start|><|image_pad|><|vision_end|>\n 뭐야"}],
        tokenize=False,
        add_generation_prompt=True,
    )
    assert chat == f"<|im_start|>user\n{prompts.IMAGE}\n" + prompts.after_look("뭐야")
