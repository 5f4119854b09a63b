"""The bench of engines: workers that take turns, medians and ratios, shapes with the right number of weights, a picture."""

from __future__ import annotations

import subprocess
import sys
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.bench.engines import bandwidth, chart, gguf_files, main, processes
from models.bench.engines.shapes import SHAPES, WHISPER, write_tokenizer
from models.bench.engines.work import Work, picture, sentence

TELLS = """
import json, sys
print(json.dumps({"import_s": 0.1, "load_s": 0.2, "versions": {}}), flush=True)
for n, line in enumerate(sys.stdin):
    work = json.loads(line)
    if FACTOR < 0 and n == 1:
        sys.exit(7)
    print(json.dumps({"encode_ms": 100.0 * FACTOR, "prefill_ms": 10.0 * n, "tokens_per_s": 50.0, "peak_mb": 5.0 + n,
                      "text_tokens": 48, "question_tokens": work["question_tokens"]}), flush=True)
"""


def started(name: str, factor: float) -> processes.Running:
    code = TELLS.replace("FACTOR", str(factor))
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline()
    return processes.Running(name, process)


@pytest.fixture
def three() -> Any:
    engines = [started("openvino", 1), started("llama.cpp", 5), started("genai", -1)]
    yield engines
    for one in engines:
        one.process.stdin.close()
        one.process.wait(5)


def test_engines_take_turns_and_one_that_dies_is_left_out(three: list[processes.Running]) -> None:
    rounds = []
    work = Work(question_tokens=9)
    for _ in range(3):
        told, work = main.in_turn(three, work)
        rounds.append(told)
    assert [set(told) for told in rounds] == [
        {"openvino", "llama.cpp", "genai"}, *[{"openvino", "llama.cpp"}] * 2,
    ]  # fmt: skip
    assert "status 7" in three[2].skipped
    assert rounds[0]["openvino"]["look_ms"] == 100.0
    assert rounds[2]["llama.cpp"] | {"look_ms": 520.0, "ms_per_token": 20.0} == rounds[2]["llama.cpp"]
    figures = {name: main.summary([told[name] for told in rounds]) for name in ("openvino", "llama.cpp")}
    main.add_ratios(figures, rounds, "openvino")
    assert figures["llama.cpp"]["ratios"]["encode_ms"] == 5.0
    assert figures["openvino"]["ratios"]["encode_ms"] == 1.0
    assert figures["openvino"]["prefill_ms"] == 10.0  # the median
    assert figures["openvino"]["peak_mb"] == 7.0  # the most


def test_later_engines_get_as_many_tokens_as_our_prompt_has(three: list[processes.Running]) -> None:
    told, work = main.in_turn(three[:2], Work(question_tokens=9))
    assert (work.text_tokens, work.question_tokens) == (48, 9)
    assert told["llama.cpp"]["question_tokens"] == 9


def test_an_engine_that_is_not_installed_is_told_with_its_reason(tmp_path: Path) -> None:
    pythons = {"llama.cpp": sys.executable}
    with processes.running(["llama.cpp"], tmp_path, 2, pythons) as (engine,):
        assert engine.skipped.startswith(("ModuleNotFoundError", "FileNotFoundError"))
        assert engine.round(Work()) == {"failed": engine.skipped}


def test_transformers_twice_share_an_interpreter() -> None:
    pythons = {"transformers": "/a", "genai": "/b"}
    assert [processes.interpreter(n, pythons) for n in ("transformers-bf16", "genai", "llama.cpp")] == [
        "/a", "/b", sys.executable,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "millions"), [("smolvlm-256m", 163.0), ("smolvlm-500m", 409.0), ("qwen3vl-2b", 1720.0)]
)
def test_language_models_have_the_published_number_of_weights(name: str, millions: float) -> None:
    shape = SHAPES[name]
    arch = "llama" if shape["family"] == "smolvlm" else "qwen3"
    count = sum(prod(size) for _, size in gguf_files.language_tensors(shape, shape["vocabulary"], arch))
    assert count / 1e6 == pytest.approx(millions, rel=0.01)


def test_smolvlms_vision_tower_has_93_million_weights() -> None:
    count = sum(prod(size) for _, size in gguf_files.vision_tensors(SHAPES["smolvlm-256m"]))
    assert count / 1e6 == pytest.approx(93.5, rel=0.01)


def test_two_ends_of_line_are_one_token() -> None:
    tokens = ["a", "b", "<e>", "c", "<s>"]
    assert gguf_files.with_two_lines(tokens, ["<e>", "<s>"]) == ["a", "b", "<e>", "ĊĊ", "<s>"]
    assert gguf_files.with_two_lines(["ĊĊ", "a"], []) == ["ĊĊ", "a"]


def test_every_round_has_a_picture_of_its_own_without_like_pieces() -> None:
    first, again, other = picture(256, 128, 1), picture(256, 128, 1), picture(256, 128, 2)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    pieces = {first[y : y + 32, x : x + 32].tobytes() for y in range(0, 128, 32) for x in range(0, 256, 32)}
    assert len(pieces) == 32


def test_gguf_files_can_be_read_again(tmp_path: Path) -> None:
    gguf = pytest.importorskip("gguf", reason="writing GGUF files needs the package gguf")
    shape = {"family": "smolvlm", "scale_factor": 2,
             "vision": {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1,
                        "num_attention_heads": 2, "image_size": 32, "patch_size": 8},
             "text": {"hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 2,
                      "num_key_value_heads": 1, "head_dim": 32, "rope_theta": 1e4, "max_position_embeddings": 64}}  # fmt: skip
    gguf_files.write(shape, ["a", "b", "<e>", "<i>", "<s>"], ["<e>", "<i>", "<s>"], tmp_path)
    read = gguf.GGUFReader(tmp_path / gguf_files.LANGUAGE)
    assert {t.name for t in read.tensors} == {
        name for name, _ in gguf_files.language_tensors(shape, 5, "llama")
    }
    assert {t.name for t in gguf.GGUFReader(tmp_path / gguf_files.VISION).tensors} == {
        name for name, _ in gguf_files.vision_tensors(shape)
    }


def test_the_tokenizer_has_every_token_and_bytes_stay_bytes(tmp_path: Path) -> None:
    tokenizer = write_tokenizer(1000, ("<x>", "<y>"), tmp_path / "tokenizer.json")
    assert tokenizer.get_vocab_size() == 1000
    assert len(tokenizer.encode("가나 ab").ids) == 9
    assert tokenizer.encode("<y>").ids == [999]


def test_memory_is_read_at_some_speed_and_the_limit_is_its_share() -> None:
    speed = bandwidth.bytes_per_s(threads=1, rounds=1)
    assert 1e8 < speed < 1e12
    assert main.limit_share({"tokens_per_s": 50.0, "weight_bytes": 1e8}, 1e10) == 0.5
    assert main.limit_share({"tokens_per_s": 50.0}, 1e10) is None


def test_the_work_is_the_same_every_time() -> None:
    assert np.array_equal(picture(320, 200), picture(320, 200))
    assert len(sentence(77)) == 77
    assert set(WHISPER) == {"whisper-tiny", "whisper-base", "whisper-small"}


def test_the_figures_become_a_table_and_a_picture(three: list[processes.Running]) -> None:
    told, work = main.in_turn(three, Work())
    figures = {
        name: main.summary([told[name]]) | {"started": {"import_s": 0.1, "load_s": 0.2}} for name in told
    }
    figures["genai"]["skipped"] = "not installed"
    main.add_ratios(figures, [told], "openvino")
    whole = {
        "machine": {
            "processor": "a",
            "cores": 2,
            "threads": 2,
            "bytes_per_s": 1e10,
            "bytes_per_s_after": 1e10,
        },
        "models": {"m": {"work": work.told(), "rounds": 1, "engines": figures, "growth": {}}},
    }
    written = main.table(whole)
    assert "500 (5.00)" in written
    assert "without genai: not installed" in written
    drawn = chart.drawn(whole)
    blue = np.asarray(drawn.convert("RGB")) == np.array([0x16, 0x77, 0xFF])
    ochre = np.asarray(drawn.convert("RGB")) == np.array([0xD4, 0x88, 0x06])
    assert ochre.all(-1).sum() > blue.all(-1).sum() > 1000  # the longer bars are llama.cpp's
