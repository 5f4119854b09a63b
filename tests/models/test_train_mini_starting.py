"""The habits a fresh model begins with: words look back at their line's number, and for themselves elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `torch`")
pytest.importorskip("transformers", reason="training needs the extra `torch`")

from models.train.mini import batches, network, tokenizer  # noqa: E402
from models.train.mini.questions import QA  # noqa: E402
from models.train.mini.reading import Noise  # noqa: E402
from models.train.mini.screens import make_screen  # noqa: E402
from tests.models.mini_pools import LINES, POOLS  # noqa: E402

SMALL = network.Size(
    layers=2, inner=64, sight=32, sight_layers=1, sight_heads=2, sight_inner=32, deepstack=()
)


@pytest.fixture(scope="module")
def looks():
    """(packed, attention of both layers (heads, T, T), packer) for a screen and a question that says all its lines."""
    packer = batches.Packer(tokenizer.build(LINES, size=3000, morphemes=False))
    screen = make_screen(0, POOLS, 0, picture=False, noise=Noise())
    everything = " ".join(line.text for line in screen.reading.lines)
    packed = packer.pack(screen, [QA("read", everything, "<|n1|>")], hint_every=1)
    model = network.make_model(packer.tokenizer, SMALL).eval()
    model.set_attn_implementation("eager")
    with torch.no_grad():
        out = model(input_ids=torch.from_numpy(packed.ids)[None], output_attentions=True)
    return packed, [layer[0].numpy() for layer in out.attentions], packer


def test_words_look_back_at_the_number_of_their_line(looks):
    packed, (first, _), _ = looks
    words = np.flatnonzero((packed.hints >= 0) & (packed.block == 0))
    numbers = np.flatnonzero(packed.numbers & (packed.block == 0))
    seen = [packed.ids[numbers[first[0, at, numbers].argmax()]] for at in words]
    assert np.mean(packed.hints[words] == seen) > 0.8


def test_a_word_of_a_question_looks_for_itself_in_the_lines_not_at_its_own_place(looks):
    packed, (_, second), packer = looks
    asked = np.flatnonzero((packed.hints > packer.first) & (packed.block == 1))
    assert len(asked) > 0
    found = []
    for at in asked:
        same = np.flatnonzero((packed.ids == packed.ids[at]) & (packed.block == 0))
        look = second[0, at]
        found.append(look[same].max() > look[at] and look[same].max() > 3 * look[: at + 1].mean())
    assert np.mean(found) > 0.8
