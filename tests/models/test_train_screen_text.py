"""How the line recogniser is trained: characters, texts, rendering, the own CTC gradient, checkpoints, export."""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from models.train.screen_text import charset, phrases
from models.train.screen_text.corpus import Corpus, held_out, without_placeholders
from models.train.screen_text.lines import Line
from models.train.screen_text.measure import edits, error_rate
from models.train.screen_text.texts import LONGEST, Texts, cut

CHARACTERS = charset.build([])
CORPUS = Corpus(
    korean=["저장하지 않은 변경 사항이 있습니다. 지금 저장하시겠습니까?", "파일", "다른 이름으로 저장…"],
    english=["Save changes before closing?"],
    prose=["오늘은 날씨가 맑고 바람이 조금 붑니다."],
    words=["가랑비"],
    names=["강릉시"],
)


def test_the_characters_are_all_of_ks_x_1001_and_the_keyboard_each_once() -> None:
    assert len(charset.ks_x_1001()) == 2350
    assert set(charset.ks_x_1001()) | {chr(code) for code in range(32, 127)} <= set(CHARACTERS)
    assert len(set(CHARACTERS)) == len(CHARACTERS)


def test_a_syllable_outside_the_standard_enters_when_it_is_seen_often() -> None:
    assert "뷁" not in CHARACTERS
    assert "뷁" in charset.build(["뷁"] * charset.LEAST)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("가\u00a0 나", "가 나"), ("ㆍ항목", "·항목"), ("\u1100\u1161", "가"), ("（주）", "(주)"), ("  ", "")],
)
def test_odd_characters_are_folded(written: str, folded: str) -> None:
    assert charset.folded(written) == folded


def test_placeholders_are_filled() -> None:
    r = random.Random(1)
    for text in ("%s개 항목", "{0}을(를) 삭제", "%(name)s 편집", "$1 열기"):
        filled = without_placeholders(text, r)
        assert not set("%{}$") & set(filled)


def test_texts_are_known_characters_and_never_too_long_and_repeat_with_the_seed() -> None:
    texts = Texts(CORPUS, CHARACTERS)
    drawn = [texts.draw(random.Random(number)) for number in range(300)]
    assert all(0 < len(text) <= LONGEST and set(text) <= set(CHARACTERS) for text in drawn)
    assert drawn == [texts.draw(random.Random(number)) for number in range(300)]
    assert len(set(drawn)) > 100


def test_cutting_keeps_whole_words() -> None:
    text = CORPUS.korean[0]
    for number in range(50):
        piece = cut(random.Random(number), text, 24)
        assert set(piece.split()) <= set(text.split()) and len(piece) <= 24


def test_every_kind_of_made_up_text_can_be_written() -> None:
    for _, maker in phrases.MADE:
        assert all(maker(random.Random(number)) for number in range(40))


def test_the_held_out_part_is_small_and_does_not_change() -> None:
    share = np.mean([held_out(f"문자열 {number}") for number in range(4000)])
    assert 0.02 < share < 0.04
    assert held_out("저장하시겠습니까?") == held_out("저장하시겠습니까?")


@pytest.mark.parametrize(
    ("read", "said", "distance"),
    [
        ("", "가나", 2),
        ("가나다", "가나다", 0),
        ("가다", "가나다", 1),
        ("나가", "가나", 2),
        ("abcd", "bcde", 2),
    ],
)
def test_edit_distance(read: str, said: str, distance: int) -> None:
    assert edits(read, said) == distance
    assert error_rate([read], [said]) == distance / len(said)


def fonts_here() -> object:
    pytest.importorskip("fontTools")
    from models.train.screen_text.fonts import SYSTEM, find_fonts

    try:
        return find_fonts([SYSTEM])
    except FileNotFoundError:
        pytest.skip("no Korean fonts on this machine")


def test_rendered_lines_repeat_with_the_seed_and_show_ink() -> None:
    from models.runtimes.screen_text_lines import prepare_line
    from models.train.screen_text.lines import LineRenderer

    renderer = LineRenderer(Texts(CORPUS, CHARACTERS), fonts_here(), seed=5)  # type: ignore[arg-type]
    for number in range(40):
        line, again = renderer.line(number), renderer.line(number)
        assert line.text == again.text and np.array_equal(line.crop, again.crop)
        assert line.crop.dtype == np.uint8 and line.crop.shape[2] == 3
        assert set(line.text) <= set(CHARACTERS)
        assert prepare_line(line.crop).max() > 0.5


def torch_here() -> ModuleType:
    """torch with one thread: these networks are too small for more."""
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    return torch


def test_own_ctc_equals_torch() -> None:
    torch = torch_here()
    from models.train.screen_text.network import CTC

    torch.manual_seed(0)
    lengths, steps = torch.tensor([9, 9, 5, 7, 3, 9]), torch.tensor([30, 28, 30, 20, 10, 4])
    labels = torch.randint(1, 50, (6, 9))
    labels[0, 3], labels[1, 2] = labels[0, 4], labels[1, 7]
    labels[torch.arange(9)[None] >= lengths[:, None]] = 0
    logits = torch.randn(6, 30, 50, requires_grad=True)
    ours = CTC.apply(logits, labels, steps, lengths)
    (our_gradient,) = torch.autograd.grad(ours, logits)
    losses = torch.nn.functional.ctc_loss(
        logits.log_softmax(2).transpose(0, 1), labels, steps, lengths, reduction="none", zero_infinity=True
    )
    theirs = (losses / lengths).mean()
    (their_gradient,) = torch.autograd.grad(theirs, logits)
    assert torch.allclose(ours, theirs, rtol=1e-5)
    assert torch.allclose(our_gradient, their_gradient, atol=1e-6)


def test_syllables_share_the_weights_of_their_jamo() -> None:
    torch = torch_here()
    from models.train.screen_text.network import JamoHead

    head = JamoHead(8, "A가각나")
    with torch.no_grad():
        head.own.zero_()
        head.parts.copy_(torch.randn_like(head.parts))
    weight = head.weight()
    ga, gak, na = weight[2], weight[3], weight[4]
    assert torch.equal(weight[0], torch.zeros(8)) and torch.equal(weight[1], torch.zeros(8))
    assert not torch.equal(ga, gak) and not torch.equal(ga, na)
    assert torch.allclose(gak - ga, head.parts[19 + 21 + 1] - head.parts[19 + 21], atol=1e-6)


class Blots:
    """Stands in for the renderer: two texts whose pictures differ plainly."""

    seed = 3

    def line(self, number: int) -> Line:
        text = ("가", "나다")[number % 2]
        crop = np.full((24, 96, 3), 255, dtype=np.uint8)
        crop[4:20, 10:30] = 0
        if number % 2:
            crop[4:20, 50:60] = 0
        return Line(text, crop, 16, "none")


def test_training_learns_saves_and_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = torch_here()
    from models.train.screen_text import training

    monkeypatch.setattr(training, "POOL", 16)
    monkeypatch.setattr(training, "BATCH_COLUMNS", 8 * 128)
    trainer = training.Trainer(Blots(), "가나다", tmp_path, peak=2e-3)  # type: ignore[arg-type]
    losses = [trainer.step(batch, 0.1) for _ in range(10) for batch in trainer.batches()]
    assert losses[-1] < 0.7 * losses[0]
    trainer.save()
    again = training.Trainer(Blots(), "가나다", tmp_path, peak=2e-3)  # type: ignore[arg-type]
    assert again.resume()
    assert again.progress == trainer.progress
    (batch,) = trainer.batches()[:1]
    assert abs(again.step(batch, 0.2) - trainer.step(batch, 0.2)) < 1e-5
    for one, other in zip(trainer.network.parameters(), again.network.parameters(), strict=True):
        assert torch.allclose(one, other, atol=1e-6)


def test_the_learning_rate_may_rise_and_fall_again_from_a_checkpoint(tmp_path: Path) -> None:
    torch_here()
    from models.train.screen_text import training

    trainer = training.Trainer(Blots(), "가나다", tmp_path)  # type: ignore[arg-type]
    trainer.progress = training.Progress(step=700, seconds=60.0)
    assert trainer.done(120.0) == pytest.approx(0.5)
    trainer.begin_again()
    trainer.progress.seconds = 75.0
    assert trainer.done(120.0) == pytest.approx(0.25)
    assert (trainer.begun.step, trainer.begun.seconds) == (700, 60.0)


def test_mixed_weights_lie_between_and_counters_are_the_seconds() -> None:
    torch = torch_here()
    from models.train.screen_text.training import mixed

    first = {"weight": torch.tensor([1.0, 3.0]), "seen": torch.tensor(4)}
    second = {"weight": torch.tensor([2.0, 5.0]), "seen": torch.tensor(9)}
    middle = mixed(first, second, 0.25)
    assert middle["weight"].tolist() == [1.25, 3.5]
    assert middle["seen"].item() == 9


def test_the_exported_file_reads_what_torch_reads(tmp_path: Path) -> None:
    torch = torch_here()
    pytest.importorskip("onnx")
    from models.runtimes.screen_text_recogniser import OnnxRuntimeNetwork
    from models.train.screen_text.export import Shipped, export
    from models.train.screen_text.network import LineReader

    torch.manual_seed(1)
    network = LineReader("가나다라 ").eval()
    path = export(network, "가나다라 ", tmp_path)
    assert path.stat().st_size < 5_000_000
    ink = np.random.default_rng(2).random((3, 1, 32, 160), dtype=np.float32)
    best, chance = OnnxRuntimeNetwork(path, 1)(ink)
    with torch.inference_mode():
        expected_best, expected_chance = Shipped(network)(torch.from_numpy(ink))
    assert (best == expected_best.numpy()).mean() > 0.97
    assert np.abs(chance - expected_chance.numpy()).max() < 0.02
