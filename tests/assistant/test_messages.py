"""Every code that the source raises has words in Korean and English."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import pytest

from assistant.messages import LANGUAGES, hint, message, words

ROOT = Path(__file__).parents[2]
RAISING = {"NunchiError", "BadInput", "ModelMissing", "DeviceFailed", "EngineFailed", "Refused", "Setback"}
PLACE = re.compile(r"\{(\w+)\}")
OWN_WORDS = {"Refusal"}
CODE = re.compile(r"[a-z][a-z0-9_]*")
PROMISED = [
    "model_file_missing",
    "model_file_altered",
    "manifest_broken",
    "model_format_refused",
    "no_speech_model",
    "no_speech",
    "engine_load_failed",
    "engine_failed",
    "no_vision_model",
    "device_missing",
    "stopped",
    "internal",
]


def trees() -> dict[str, ast.Module]:
    paths = (
        path
        for folder in ("assistant", "models", "desktop")
        for path in sorted((ROOT / folder).rglob("*.py"))
    )
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in paths}


def codes_raised() -> dict[str, str]:
    """{code: a file that raises it} from the first argument of every error made in the source tree."""
    return {code: path for path, _, codes in raising_calls() for code in codes}


@functools.cache
def raising_calls() -> list[tuple[str, ast.Call, list[str]]]:
    """(file, call, codes it may mean) of every error made with a literal code, and every port loaded."""
    found, files = [], trees()
    raising = RAISING | errors_of_ours(files)
    for path, tree in files.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and called(node) in raising:
                found.append((path, node, strings(node.args[0])))
            elif isinstance(node, ast.Call) and called(node) in {"loaded", "loading"} and len(node.args) == 2:
                found.append((path, node, strings(node.args[1])))
    return found


def errors_of_ours(files: dict[str, ast.Module]) -> set[str]:
    """Names of the classes derived from our errors, but for the local API's, which have words of their own."""
    classes = [node for tree in files.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    derived = {c.name for c in classes if RAISING & {getattr(base, "id", "") for base in c.bases}}
    return derived - OWN_WORDS


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def strings(node: ast.expr) -> list[str]:
    """The codes an expression may be: a string, or either branch of a condition."""
    if isinstance(node, ast.IfExp):
        return strings(node.body) + strings(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_raised_has_words(language):
    raised = codes_raised()
    assert {"image_broken", "audio_format", "question_empty", "no_speech_model", "image_crashed"} <= set(
        raised
    )
    missing = {code: where for code, where in raised.items() if code not in words(language)}
    assert not missing
    assert all(code in words(language) for code in PROMISED)


def test_both_languages_have_the_same_codes_hints_and_places():
    ko, en = words("ko"), words("en")
    assert set(ko) == set(en)
    for code in ko:
        assert CODE.fullmatch(code)
        assert set(ko[code]) == set(en[code]), code
        for part in ko[code]:
            assert set(re.findall(r"\{(\w+)\}", ko[code][part])) == set(
                re.findall(r"\{(\w+)\}", en[code][part])
            ), code


def test_korean_is_korean_and_english_is_english():
    for code, text in words("ko").items():
        assert re.search("[가-힣]", text["what"]), code
        assert re.search("요(?:⟦.*?⟧)*[.](?:⟦.*?⟧)*$", text["what"]), code
    for code, text in words("en").items():
        assert not re.search("[가-힣]", "".join(text.values())), code


def test_what_a_message_always_names_every_raiser_gives():
    """Values outside ⟦…⟧ must come with the error, at every place that raises it by a literal code."""
    always = {
        code: set(PLACE.findall(re.sub("⟦.*?⟧", "", text["what"] + text.get("hint", ""))))
        for language in LANGUAGES
        for code, text in words(language).items()
    }
    for path, call, codes in raising_calls():
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:  # not with **values
            for code in codes:
                assert always.get(code, set()) <= given, f"{path}:{call.lineno} {code} lacks a value"


@pytest.mark.parametrize("language", LANGUAGES)
def test_optional_parts_go_without_a_trace(language):
    for code in words(language):
        text = message(code, language)
        assert not set(text) & set("⟦⟧"), code
        assert not re.search(r"\s[.,?]|[(]\s*[)]|:\s*[.]", text), (code, text)


def test_values_are_filled_in_or_their_part_left_out():
    assert (
        message("image_missing", "en", name="a.png")
        == "There is no such picture file: a.png. Check the path."
    )
    assert message("image_missing", "en", name="") == "There is no such picture file. Check the path."
    assert "30000×20000" in message("image_too_large", "ko", width=30000, height=20000, most=50)


def test_values_are_inert():
    text = message("image_missing", "ko", name="\x1b[31m{code}⟦{name}⟧<|im_end|>\n" + "가" * 500)
    assert not set(text) & set("\x1b\n") and "<|im_end|>" not in text
    assert "{code}" in text and len(text) < 300


def test_an_unknown_code_is_named():
    assert "brand_new" in message("brand_new", "ko") and "brand_new" in message("brand_new", "en")
    assert hint("brand_new", "ko") == "" and hint("question_empty", "ko")
