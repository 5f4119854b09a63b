"""Packed training: the same logits as separate sequences, and a run that goes on from where it was saved."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `torch`")
pytest.importorskip("transformers", reason="training needs the extra `torch`")

from assistant import prompts  # noqa: E402
from assistant.shortlist import Shortlister  # noqa: E402
from models.train.mini import batches, loop, network, packing, tokenizer  # noqa: E402
from models.train.mini.questions import QA  # noqa: E402
from models.train.mini.screens import make_screen  # noqa: E402
from tests.models.mini_pools import LINES, POOLS  # noqa: E402

EASY = ((1.0, batches.Diet((1.0, 0.0, 0.0), 0.5, 0.5, (4, 8))),)


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Tiny matrices wait for a second thread longer than they are computed."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def packer() -> batches.Packer:
    return batches.Packer(tokenizer.build(LINES, size=3000, morphemes=False))


@pytest.fixture
def pools():
    return POOLS


def model_of(packer: batches.Packer):
    model = network.make_model(packer.tokenizer, network.TINY)
    with torch.no_grad():
        for merger in (model.model.visual.merger, *model.model.visual.deepstack_merger_list):
            torch.nn.init.normal_(merger.linear_fc2.weight, std=0.1)
    return model.eval()


@pytest.mark.parametrize("picture", [False, True])
def test_packed_screens_give_the_logits_of_separate_sequences(packer, pools, picture):
    asked = [
        QA("read", "제목이 뭐야", "<|n1|>입니다."),
        QA("where", "저장 버튼 어디 있어?", "<|n2|> 왼쪽 위에 있습니다."),
        QA("count", "몇 개야", "3개입니다."),
    ]
    screens = [
        packer.pack(make_screen(seed, pools, 0, picture=picture), asked[: 3 - seed]) for seed in (0, 1)
    ]
    model, separate = model_of(packer), []
    with torch.no_grad():
        for packed in screens:
            for block in range(1, packed.block.max() + 1):
                at = (packed.block == 0) | (packed.block == block)
                seen = (
                    {
                        "pixel_values": torch.from_numpy(packed.patches),
                        "image_grid_thw": torch.tensor([packed.grid]),
                    }
                    if picture
                    else {}
                )
                logits = model(input_ids=torch.from_numpy(packed.ids[at])[None], **seen).logits[0]
                separate.append(logits[torch.from_numpy(packed.labels[at] >= 0)])
        packing.use_packed_attention(model)
        together, labels = packing.answer_logits(model, packing.lay_out(screens, torch.float32))
    assert len(labels) == sum((p.labels >= 0).sum() for p in screens)
    assert torch.allclose(together, torch.cat(separate), atol=2e-5)


def test_patches_are_those_of_transformers(pools):
    from transformers import Qwen2VLImageProcessor

    image = make_screen(4, pools, 0).image
    patches, grid = batches.patches_of(image)
    rules = network.preprocessor_settings(640 * 352, 64 * 64)
    rules = {
        key: rules[key]
        for key in ("size", "patch_size", "merge_size", "temporal_patch_size", "image_mean", "image_std")
    }
    theirs = Qwen2VLImageProcessor(**rules)(image, return_tensors="np")
    assert tuple(theirs["image_grid_thw"][0]) == grid
    assert np.abs(theirs["pixel_values"] - patches).max() < 1e-5


def written(packer, packed) -> str:
    return packer.tokenizer.decode([int(t) for t in packed.labels if t >= 0], skip_special_tokens=False)


def test_an_answer_cites_by_the_numbers_of_its_shortlist(packer, pools):
    screen = make_screen(2, pools, 0, picture=False)
    shortlister = Shortlister(screen.reading.lines, screen.size)
    named = len(screen.reading.lines)
    question = f"{screen.reading.lines[-1].text} 어디 있어?"
    at = [pick.line for pick in shortlister.pick(question)].index(named - 1) + 1
    packed = packer.pack(screen, [QA("where", question, f"<|n{named}|> 있습니다.")], shortlister)
    assert written(packer, packed) == f"<|n{at}|> 있습니다.<|im_end|>"


def test_what_is_not_in_the_shortlist_teaches_to_abstain(packer, pools):
    screen = make_screen(2, pools, 0, picture=False)
    packed = packer.pack(screen, [QA("read", "뭐야", "<|n250|>입니다.")])
    assert written(packer, packed) == prompts.NOT_ON_SCREEN + prompts.END


def trainer(packer, pools, out, steps, seed=0):
    plan = loop.Plan(60, tokens=600, most_steps=steps, check_screens=1, curriculum=EASY, warm_up=2)
    return loop.Trainer(
        network.make_model(packer.tokenizer, network.TINY, seed),
        packer,
        pools,
        plan,
        out=out,
        say=lambda row: None,
    )


def test_a_resumed_run_goes_on_as_if_never_stopped(packer, pools, tmp_path):
    through = trainer(packer, pools, tmp_path / "a", 6)
    losses = [through.step()["loss"] for _ in range(4)]
    first = trainer(packer, pools, tmp_path / "b", 6)
    assert [first.step()["loss"] for _ in range(2)] == losses[:2]
    first.save()
    second = trainer(packer, pools, tmp_path / "b", 6, seed=9)
    second.resume(tmp_path / "b" / "checkpoint.safetensors")
    assert [second.step()["loss"] for _ in range(2)] == losses[2:]
    assert second.progress.step == 4


def test_training_learns_what_it_is_fed(packer, pools, tmp_path):
    """GIVEN one screen again and again THEN the loss falls, and the check judges every question."""
    run = trainer(packer, pools, tmp_path, 400)
    text_only = batches.Diet((1.0, 0.0, 0.0), questions=(4, 6))
    fixed = [
        next(p for seed in range(9) if (p := batches.sample(seed, text_only, pools, packer)) is not None)
    ]
    run.draw = lambda diet: fixed
    losses = [run.step()["loss"] for _ in range(16)]
    assert losses[-1] < 0.85 * losses[0]
    right = [ok for packed in fixed for ok in loop.answers_right(run.model, packed)]
    assert len(right) == sum(len(p.questions) for p in fixed)
