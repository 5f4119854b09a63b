"""The catalogue of models as data: complete, sourced, readable; and what suits which machine."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import ModelMissing
from models import korean_cost, machine, offers
from models.machine import Machine
from models.offers import Offer, best, offer, parse, source, suits

GB = 10**9
GIB = 1 << 30
LAPTOP = Machine(16 * GIB, 200 * GB, ("CPU", "GPU"), "Windows", "x64")
RAW = Path(offers.__file__).with_name("offers.toml").read_text(encoding="utf-8")


def families() -> dict[str, list[Offer]]:
    found: dict[str, list[Offer]] = {}
    for known in offers.offers():
        found.setdefault(known.family, []).append(known)
    return found


def test_every_family_is_offered():
    assert {
        "qwen3-vl", "qwen3.5", "gemma3", "hyperclovax", "kanana-v", "internvl", "smolvlm2", "moondream", "whisper",
    } <= families().keys()  # fmt: skip
    assert len(families()["smolvlm2"]) == 3
    assert len(families()["moondream"]) == 2
    assert {known.name for known in offers.offers() if known.bundled} == {
        "nunchi-mini", "screen-text-ko", "whisper-synth-ko",
    }  # fmt: skip


@pytest.mark.parametrize("known", offers.offers(), ids=lambda known: known.name)
def test_an_offer_says_what_a_person_must_know(known):
    assert known.title and known.licence and known.abilities
    for text in (*known.defects, *([known.note] if known.note else [])):
        assert set(text) == {"ko", "en"} and all(text.values())
    for where in known.sources:
        assert where.repo.count("/") == 1
        assert where.engine in known.engines
        assert ("*.py" in where.patterns) == known.code
    if not known.sources and not known.bundled:
        assert known.defects, "a model nobody can fetch must say why"


def test_research_only_models_are_not_offered():
    assert not [name for name in ("varco", "exaone", "qwen2.5") if name in RAW.lower()]


def test_models_whose_code_runs_are_not_recommended():
    assert not [known.name for known in offers.offers() if known.recommended and (known.code or known.accept)]


def test_the_notice_of_hyperclova_is_shown_and_its_terms_are_agreed_to():
    hyperclova = offer("hyperclovax-seed-vision-3b")
    assert (hyperclova.notice, hyperclova.accept, hyperclova.code) == ("Powered by HyperCLOVA X", True, True)
    assert hyperclova.origin.notice == "Powered by HyperCLOVA X"


def test_an_unknown_name_names_the_nearest():
    with pytest.raises(ModelMissing) as refusal:
        offer("qwen3vl-2b")
    assert (refusal.value.code, refusal.value.values["near"]) == ("offer_unknown", "qwen3-vl-2b")


@pytest.mark.parametrize(
    ("name", "engine", "code"),
    [
        ("nunchi-mini", None, "offer_bundled"),
        ("moondream-0.5b", "transformers", "offer_not_for_engine"),
        ("whisper-small", "openvino", "offer_not_for_engine"),
    ],
)
def test_a_model_that_cannot_be_fetched_says_why(name, engine, code):
    with pytest.raises(ModelMissing) as refusal:
        source(offer(name), engine)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("name", "memory", "fits"),
    [
        ("qwen3-vl-4b", 16 * GIB, True),
        ("qwen3-vl-4b", int(15.3 * GIB), True),  # what a laptop sold with 16 GB tells
        ("qwen3-vl-4b", 8 * GIB, False),
        ("qwen3-vl-2b", int(7.6 * GIB), True),
        ("qwen3-vl-2b", 4 * GIB, False),
        ("qwen3-vl-2b", 0, None),  # the system did not say
        ("kanana-1.5-v-3b", 16 * GIB, None),  # nobody has measured it
        ("nunchi-mini", 2 * GIB, True),
    ],
)
def test_memory_decides(name, memory, fits):
    assert suits(offer(name), replace(LAPTOP, memory=memory)).fits is fits


def test_what_is_short_is_told_in_bytes():
    small = replace(LAPTOP, memory=4 * GIB, free_disk=GB)
    reasons = {reason.code: reason for reason in suits(offer("smolvlm2-2.2b"), small).reasons}
    assert (reasons["disk_short"].have, reasons["disk_short"].need > 8.9 * GB) == (GB, True)
    reasons = {reason.code: reason for reason in suits(offer("qwen3-vl-2b"), small).reasons}
    assert (reasons["memory_short"].need, reasons["memory_short"].have) == (8 * GIB, 4 * GIB)


def test_windows_on_arm_is_served_over_http_only():
    arm = replace(LAPTOP, architecture="arm64")
    assert offers.engines_here(offer("qwen3-vl-2b"), arm) == ("http",)
    assert suits(offer("whisper-small"), arm).reasons[0].code == "engine_missing"
    assert suits(offer("whisper-small"), replace(arm, system="Darwin")).fits is None


@pytest.mark.parametrize(
    ("memory", "name"),
    [(32 * GIB, "qwen3-vl-4b"), (16 * GIB, "qwen3-vl-4b"), (8 * GIB, "qwen3-vl-2b"), (4 * GIB, None)],
)
def test_the_best_korean_model_for_this_laptop(memory, name):
    found = best(replace(LAPTOP, memory=memory))
    assert (found.name if found else None) == name


def changed(**values: object) -> dict:
    read = tomllib.loads(RAW)
    entry = next(entry for entry in read["offer"] if entry["name"] == "qwen3-vl-2b")
    for name, value in values.items():
        entry.pop(name, None) if value is None else entry.update({name: value})
    return read


@pytest.mark.parametrize(
    "values",
    [
        {"name": "../x"}, {"name": "nunchi-mini"}, {"kind": "smell"}, {"abilities": ["fly"]}, {"engines": ["ollama"]},
        {"colour": "blue"}, {"licence": None}, {"accept": True},
        {"source": [{"engine": "transformers", "format": "safetensors", "repo": "a/b"}]},  # no revision
        {"source": [{"engine": "transformers", "format": "pickle", "repo": "a/b", "revision": ""}]},
        {"source": [{"engine": "transformers", "format": "safetensors", "repo": "a/b", "revision": "", "x": 1}]},
    ],
)  # fmt: skip
def test_a_catalogue_with_a_mistake_is_not_read(values):
    parse(changed())
    with pytest.raises((ValueError, KeyError)):
        parse(changed(**values))


def test_this_machine_has_memory_a_disk_and_a_processor(tmp_path):
    here = machine.this_machine(tmp_path / "not" / "made" / "yet")
    assert here.memory > 256 << 20
    assert here.free_disk > 0
    assert here.devices[0] == "CPU"
    assert here.system and here.architecture


def test_memory_as_linux_tells_it():
    told = "MemTotal:       24684084 kB\nMemFree:        22157260 kB\n"
    assert machine._linux_field(told, "MemTotal") == 24684084 * 1024
    assert machine._linux_field("", "MemTotal") == 0


def test_what_korean_costs_a_tokenizer(tmp_path):
    """A tokenizer that splits at spaces needs one token an eojeol, one of single letters as many as there are."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split, WhitespaceSplit

    letters = sum(len(sentence) for sentence in korean_cost.SENTENCES)
    for splitter, expected in (
        (WhitespaceSplit(), 1.0),
        (Split("", "isolated"), letters / korean_cost.EOJEOL),
    ):
        tokenizer = Tokenizer(WordLevel({"?": 0}, unk_token="?"))
        tokenizer.pre_tokenizer = splitter
        tokenizer.save(str(tmp_path / "tokenizer.json"))
        assert korean_cost.tokens_per_eojeol(tmp_path) == expected
    (tmp_path / "tokenizer.json").write_text("{}")
    assert korean_cost.tokens_per_eojeol(tmp_path) is None
    assert korean_cost.tokens_per_eojeol(tmp_path / "none") is None
