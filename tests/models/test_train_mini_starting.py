"""The habits a fresh model begins with: words look back at their line's number, and for themselves elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `torch`")
pytest.importorskip("transformers", reason="training needs the extra `torch`")

from models.train.mini import network, tokenizer  # noqa: E402
from tests.models.mini_pools import LINES  # noqa: E402

SMALL = network.Size(
    layers=2, inner=64, sight=32, sight_layers=1, sight_heads=2, sight_inner=32, deepstack=()
)


@pytest.fixture(scope="module")
def looks():
    """(ids, the line each word stands in or −1, places of numbers, attention of both layers (heads, T, T)) for twelve
    numbered lines and a question that says all of them again."""
    known = tokenizer.build(LINES, size=3000, morphemes=False)
    texts = list(dict.fromkeys(line for line, _ in LINES))[:12]
    ids: list[int] = []
    owners: list[int] = []
    for number, text in enumerate(texts, 1):
        line = known.encode(f"<|n{number}|><|x1|><|y{number}|> {text}\n", add_special_tokens=False).ids
        ids += line
        owners += [-1, -1, -1, *[number] * (len(line) - 4), -1]
    asked = known.encode(" " + " ".join(texts), add_special_tokens=False).ids
    owners += [0] * len(asked)
    all_ids = np.array(ids + asked)
    first = known.token_to_id("<|n0|>")
    model = network.make_model(known, SMALL).eval()
    model.set_attn_implementation("eager")
    with torch.no_grad():
        out = model(input_ids=torch.from_numpy(all_ids)[None], output_attentions=True)
    numbers = np.flatnonzero((all_ids > first) & (all_ids <= first + 12))
    return all_ids, np.array(owners), numbers, [layer[0].numpy() for layer in out.attentions]


def test_words_look_back_at_the_number_of_their_line(looks):
    ids, owners, numbers, (first, _) = looks
    words = np.flatnonzero(owners > 0)
    seen = [ids[numbers[first[0, at, numbers].argmax()]] for at in words]
    assert np.mean(ids[numbers[0]] + owners[words] - 1 == seen) > 0.8


def test_a_word_of_a_question_looks_for_itself_in_the_lines_not_at_its_own_place(looks):
    ids, owners, _, (_, second) = looks
    found = []
    for at in np.flatnonzero(owners == 0):
        same = np.flatnonzero((ids == ids[at]) & (owners > 0))
        if len(same):
            look = second[0, at]
            found.append(look[same].max() > look[at] and look[same].max() > 3 * look[: at + 1].mean())
    assert len(found) > 10
    assert np.mean(found) > 0.8
