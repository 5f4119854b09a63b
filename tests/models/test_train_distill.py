"""A student comes nearer to its teacher on questions it never saw, and a run can be stopped and taken up again."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from assistant.errors import BadInput, EngineFailed
from models.train.distill.screens import DrawnScreens, Example, SetScreens
from tests.models.mini_pools import POOLS
from tests.models.tiny import DATA, TINY, lines, noise

torch = pytest.importorskip("torch", reason="training needs the extra `torch`")
pytest.importorskip("accelerate", reason="training needs the extra `torch`")
pytest.importorskip("transformers", reason="training needs the extra `torch`")

from models.train.distill import main as command  # noqa: E402
from models.train.distill.feeding import feeding  # noqa: E402
from models.train.distill.loop import CHECKPOINT, Distiller, Plan  # noqa: E402

SMOL = DATA / "tiny-smolvlm"
QUESTIONS = ("총 금액이 얼마예요?", "저장 버튼은 어디에 있나요?", "선택된 탭은 무엇인가요?")


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Tiny matrices wait for a second thread longer than they are computed."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


class FewScreens:
    """Noise with a few lines; what is held out has other pixels, lines and a question of its own."""

    def lesson(self, number: int) -> Example:
        return Example(noise(96, 64, number % 4), lines(2 + number % 3), QUESTIONS[:2])

    def held_out(self) -> list[Example]:
        return [Example(noise(80, 64, 99), lines(4), QUESTIONS[2:])]


@dataclass
class Run:
    """A distiller on tiny models, and what it told."""

    teacher: Path
    student: Path
    out: Path
    plan: Plan
    cancel: Event = field(default_factory=Event)
    told: list[dict] = field(default_factory=list)

    def make(self) -> Distiller:
        from accelerate import Accelerator

        return Distiller(
            command.open_engine(self.teacher, 1),
            command.open_engine(self.student, 1),
            FewScreens(),
            self.plan,
            source=self.student,
            out=self.out,
            accelerator=Accelerator(cpu=True),
            say=lambda row: self.told.append(json.loads(row)),
            cancel=self.cancel,
        )

    @property
    def checks(self) -> list[float]:
        return [row["check"]["kl"] for row in self.told if "check" in row]


def family(name: str, folder: Path) -> Path:
    if name in ("qwen3_vl", "smolvlm"):
        return TINY if name == "qwen3_vl" else SMOL
    from tests.models.data.make_tiny_families import make

    return make(folder / name, name)


def untaught(teacher: Path, folder: Path) -> Path:
    """The teacher with its output layer's input shaken: same words, other answers."""
    from safetensors.torch import load_file, save_file

    student = shutil.copytree(teacher, folder, ignore=shutil.ignore_patterns("openvino_*"))
    weights = load_file(student / "model.safetensors")
    torch.manual_seed(3)
    for name, tensor in weights.items():
        if "norm" not in name and tensor.ndim > 1 and "embed" not in name:
            weights[name] = (tensor + 0.05 * torch.randn(tensor.shape)).to(tensor.dtype)
    save_file(weights, student / "model.safetensors", metadata={"format": "pt"})
    return student


@pytest.mark.parametrize("name", ["qwen3_vl", "smolvlm", "gemma3"])
def test_it_asks_as_the_engine_does(name: str, tmp_path: Path) -> None:
    """Greedy answers are those of the engine, and questions side by side give what each gives alone."""
    engine = command.open_engine(family(name, tmp_path), 1)
    engine.most_tokens = 6
    frame, text = noise(96, 64), lines(3)
    with torch.no_grad():
        asked = feeding(engine, frame, text)
        written = [asked.write(question, 6) for question in QUESTIONS]
        together = asked.logits(QUESTIONS, written)
        alone = [asked.logits([q], [ids])[0] for q, ids in zip(QUESTIONS, written, strict=True)]
    for rows, row, ids in zip(together, alone, written, strict=True):
        assert rows.argmax(-1).tolist() == ids
        assert torch.allclose(rows, row, atol=1e-4)
    decode = engine.folder.decode if engine.folder else engine.processor.tokenizer.decode
    options = {} if engine.folder else {"skip_special_tokens": True}
    look = engine.look(frame, text)
    for question, ids in zip(QUESTIONS, written, strict=True):
        said = "".join(look.answer(question))
        assert said or engine.folder is None  # special tokens alone are not shown
        assert _plain(decode(ids, **options)).startswith(_plain(said))


def _plain(text: str) -> str:
    return text.replace("\ufffd", "").split("<|im_end|>")[0]


@pytest.mark.parametrize("name", ["qwen3_vl", "smolvlm", "llava"])
def test_a_student_comes_nearer_on_what_it_never_saw(name: str, tmp_path: Path) -> None:
    teacher = family(name, tmp_path)
    plan = Plan(minutes=9, most_tokens=8, lr=3e-3, warm_up=3, most_steps=30)
    run = Run(teacher, untaught(teacher, tmp_path / "student"), tmp_path / "out", plan)
    assert run.make().run()
    first, last = run.checks
    assert first > 0.02
    assert last < 0.6 * first
    losses = [row["loss"] for row in run.told if "loss" in row]
    assert losses[-1] < 0.6 * losses[0]
    engine = command.open_engine(tmp_path / "out" / "model", 1)
    assert "".join(engine.look(noise(96, 64), lines(2)).answer(QUESTIONS[0])) is not None
    own = json.loads((run.student / "config.json").read_text())
    assert json.loads((tmp_path / "out" / "model" / "config.json").read_text()) == own


def test_a_stopped_run_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    student = untaught(TINY, tmp_path / "student")
    plan = Plan(minutes=9, most_tokens=6, warm_up=2, most_steps=8)
    whole = Run(TINY, student, tmp_path / "whole", plan)
    one = whole.make()
    assert one.run()
    cut = Run(TINY, student, tmp_path / "cut", plan)
    first = cut.make()
    lesson = first.screens.lesson

    def until_the_fifth(number: int) -> Example:
        if number == 4:
            cut.cancel.set()
        return lesson(number)

    first.screens.lesson = until_the_fifth
    assert not first.run()
    assert first.progress.step == 4
    assert not (cut.out / "model").exists()
    cut.cancel.clear()
    second = cut.make()
    second.resume()
    assert second.progress.step == 4
    assert second.run()
    for name, parameter in one.named.items():
        assert torch.allclose(parameter, second.named[name], atol=1e-6), name
    other = untaught(SMOL, tmp_path / "smol")
    shutil.copy(cut.out / CHECKPOINT, tmp_path / CHECKPOINT)
    with pytest.raises(EngineFailed, match="another student"):
        Run(SMOL, other, tmp_path, plan).make().resume()


def test_other_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineFailed, match="tokenizers differ"):
        Run(TINY, SMOL, tmp_path, Plan(minutes=1)).make()


def test_the_command_starts_a_student_without_weights(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    """A student of one layer, given as a config only, taught on a set of the person's own."""
    student = shutil.copytree(
        TINY, tmp_path / "bare", ignore=shutil.ignore_patterns("openvino_*", "*.safetensors")
    )
    config = json.loads((student / "config.json").read_text())
    config["text_config"]["num_hidden_layers"] = 1
    (student / "config.json").write_text(json.dumps(config))
    own = _own_set(tmp_path / "own")
    arguments = [
        *map(str, (TINY, student)), "--out", str(tmp_path / "out"), "--set", str(own), "--budget", "0.05", "--threads", "1",
        "--tokens", "4",
    ]  # fmt: skip
    assert command.main(arguments) == 0
    told = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert next(row["step"] for row in told if "check" in row) == 0
    assert (tmp_path / "out" / "model" / "model.safetensors").is_file()
    assert command.main([*arguments, "--resume"]) == 0  # the budget is spent: it only checks and writes
    assert command.main([str(TINY), str(SMOL), "--out", str(tmp_path / "x"), "--set", str(own)]) == 4


def _own_set(folder: Path) -> Path:
    from PIL import Image

    folder.mkdir()
    rows = []
    for n in range(3):
        Image.fromarray(noise(96, 64, n).image).save(folder / f"{n}.png")
        rows += [
            {"id": f"{n}-{m}", "image": f"{n}.png", "question": question, "type": "read", "answers": ["?"]}
            for m, question in enumerate(QUESTIONS)
        ]
    (folder / "questions.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return folder / "questions.jsonl"


def test_lessons_and_held_out_screens_share_no_picture(tmp_path: Path) -> None:
    class Blind:
        def read(self, frame: object, cancel: object = None) -> object:
            return lines(2)

    own = SetScreens(_own_set(tmp_path / "own"), Blind())
    held = {example.frame.image.tobytes() for example in own.held_out()}
    taught = {own.lesson(n).frame.image.tobytes() for n in range(6)}
    assert len(held) == 1
    assert len(taught) == 2
    assert not held & taught
    with pytest.raises(BadInput, match="validated"):
        SetScreens(DATA.parents[1] / "screens" / "questions.jsonl", Blind())
    drawn = DrawnScreens(POOLS, count=3, held_out=2)
    one, again = drawn.lesson(5), drawn.lesson(5)
    assert one.questions == again.questions
    assert (one.frame.image == again.frame.image).all()
    assert one.frame.image.shape[1] >= max(line.box.right for line in one.text.lines) - 2
