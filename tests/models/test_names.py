"""Names that pass are harmless on every system; this looks for one that is not."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.names import UnsafeName, check_together, inner_path, is_code, model_name, runs_by_itself

# Letters that mean something to some file system, more often than chance would bring them.
PIECES = st.sampled_from(
    [
        "..",
        ".",
        "/",
        "\\",
        ":",
        "C:",
        "con",
        "nul",
        "COM1",
        "~",
        " ",
        "\0",
        "\n",
        "a",
        "가",
        "é",
        "\u202e",
        "*",
        "ﬁ",
    ]
)
NAMES = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=8).map("".join))


@given(NAMES)
@example("a/../b")
@example("C:/x")
@example("COM¹")
def test_a_path_that_passes_stays_inside_on_every_system(name):
    try:
        path = inner_path(name)
    except UnsafeName:
        return
    windows = PureWindowsPath(name)
    assert not windows.drive and not windows.root and not PurePosixPath(name).is_absolute()
    assert windows.parts == path.parts == tuple(name.split("/"))
    assert ".." not in path.parts
    assert not windows.is_reserved()
    assert not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in name)  # ends of lines, turned text


@given(NAMES)
def test_a_model_name_that_passes_is_one_part_of_a_path(name):
    try:
        model_name(name)
    except UnsafeName:
        return
    assert inner_path(name).parts == (name,)
    assert name == name.lower() and name.isascii()


@given(st.lists(NAMES, max_size=4))
def test_names_that_pass_together_stay_apart_without_case(names):
    try:
        for name in names:
            inner_path(name)
        check_together(names)
    except UnsafeName:
        return
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize(
    "name", ["model.safetensors", "model.bin", "openvino_model.xml", "tokenizer.json", "x.gguf"]
)
def test_weights_and_tokenizers_may_come(name):
    assert not runs_by_itself(name) and not is_code(name)


@pytest.mark.parametrize(
    "name", ["a/b/Setup.EXE", "lib.so", "lib.so.6", "weights.PT", "pytorch_model-1.bin", "x.pyc"]
)
def test_programs_and_pickles_may_not(name):
    assert runs_by_itself(name)
