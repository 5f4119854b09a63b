"""The OpenVINO engine on its own: looks, answers, cancelling, damaged folders. Needs no torch."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadInput, DeviceFailed, EngineFailed, ModelMissing, Stopped
from assistant.frames import Frame, ScreenText
from assistant.ports import Look, Turn, VisionModel
from models.runtimes import vision_openvino
from models.runtimes.vision_openvino import OpenVinoQwen3VL
from tests.models.tiny import TINY, lines, noise

pytest.importorskip("openvino", reason="the OpenVINO engine needs openvino")

QUESTION = "총 금액이 얼마예요?"


@pytest.fixture(scope="module")
def model() -> OpenVinoQwen3VL:
    return OpenVinoQwen3VL(TINY, precision="f32", most_tokens=40)


def told(look: Look, question: str = QUESTION, earlier: tuple[Turn, ...] = ()) -> str:
    return "".join(look.answer(question, earlier))


def test_model_and_look_are_what_the_ports_ask_for(model: OpenVinoQwen3VL) -> None:
    look = model.look(noise(96, 64), lines(3))
    assert isinstance(model, VisionModel)
    assert isinstance(look, Look)
    assert (model.name, model.engine, model.device, model.style) == (
        "tiny-qwen3vl",
        "openvino",
        "CPU",
        "mini",
    )


def test_a_look_and_an_answer_tell_their_times(model: OpenVinoQwen3VL) -> None:
    look = model.look(noise(200, 120), lines(3))
    assert look.timings.encode_ms > 0
    assert look.timings.prefill_ms > 0
    assert told(look)
    assert look.last_answer.first_token_ms > 0
    assert 1 < look.last_answer.tokens <= 40
    assert look.last_answer.tokens_per_s > 0


def test_fewer_image_tokens_are_really_fewer(model: OpenVinoQwen3VL) -> None:
    """The budget is what is encoded and prefilled, from the next look on; the model's own limit stays."""
    frame, text = noise(512, 384), lines(3)
    usual = model.look(frame, text).timings
    try:
        model.image_tokens = 16
        small = model.look(frame, text)
        assert told(small)
        model.image_tokens = 100_000
        most = model.look(noise(512, 384, seed=1), text).timings
    finally:
        model.image_tokens = None
    assert 0 < small.timings.image_tokens <= 16 < usual.image_tokens <= most.image_tokens <= 64
    assert small.timings.fresh_tokens == small.timings.image_tokens
    assert usual.tokens - small.timings.tokens == usual.image_tokens - small.timings.image_tokens
    assert model.look(frame, text).timings.fresh_tokens == 0  # encoded before, at this size


def test_asking_again_gives_the_same_answer(model: OpenVinoQwen3VL) -> None:
    look = model.look(noise(200, 120), lines(5))
    first = told(look)
    told(look, "저장 버튼은 어디에 있나요?", (Turn("뭐예요?", "<|n3|> 입니다"),))
    assert told(look) == first


def test_a_second_question_is_answered_as_by_a_fresh_look(model: OpenVinoQwen3VL) -> None:
    frame, text = noise(200, 120), lines(5)
    look = model.look(frame, text)
    told(look)
    assert told(look, "저장은 어디?") == told(model.look(frame, text), "저장은 어디?")


def test_two_looks_stay_apart(model: OpenVinoQwen3VL) -> None:
    one, other = model.look(noise(96, 64, 1), lines(2)), model.look(noise(320, 200, 2), lines(9))
    alone = told(model.look(noise(96, 64, 1), lines(2)))
    told(other)
    assert told(one) == alone


def test_the_picture_and_the_lines_both_reach_the_model(model: OpenVinoQwen3VL) -> None:
    plain = model.look(noise(96, 64, 1), lines(2)).logits
    assert np.abs(plain - model.look(noise(96, 64, 2), lines(2)).logits).max() > 0.01
    assert np.abs(plain - model.look(noise(96, 64, 1), lines(3)).logits).max() > 0.01


def test_an_answer_left_halfway_does_not_spoil_the_next(model: OpenVinoQwen3VL) -> None:
    look = model.look(noise(200, 120), lines(5))
    whole = told(look)
    left = look.answer(QUESTION)
    next(left)
    left.close()
    assert told(look) == whole


def test_a_newer_answer_ends_an_older_one(model: OpenVinoQwen3VL) -> None:
    look = model.look(noise(200, 120), lines(5))
    older = look.answer(QUESTION)
    next(older)
    newer = told(look)
    assert list(older) == []
    assert newer == told(model.look(noise(200, 120), lines(5)))


def test_an_answer_stops_at_its_cap() -> None:
    look = OpenVinoQwen3VL(TINY, precision="f32", most_tokens=3).look(noise(96, 64), lines(2))
    told(look)
    assert look.last_answer.tokens <= 3


def test_no_lines_at_all_is_fine(model: OpenVinoQwen3VL) -> None:
    assert isinstance(told(model.look(noise(96, 64), ScreenText(source="none"))), str)


def test_lines_that_do_not_fit_are_left_out_from_the_end(model: OpenVinoQwen3VL) -> None:
    room = model.folder.longest
    ids = model.folder.look_ids(lines(250), (640, 480), 100)
    assert len(ids) < room
    written = model.folder.decode(ids.tolist())
    assert "<|n1|>" in written
    crowded = ScreenText(tuple(line for _ in range(2) for line in lines(125).lines))
    longer = ScreenText(tuple(type(line)(line.text * 12, line.box) for line in crowded.lines))
    ids = model.folder.look_ids(longer, (640, 480), 100)
    assert len(ids) <= room - 1024
    written = model.folder.decode(ids.tolist())
    assert "<|n1|>" in written
    assert "<|n250|>" not in written


def test_a_question_that_cannot_fit_is_bad_input(model: OpenVinoQwen3VL) -> None:
    look = model.look(noise(96, 64), lines(2))
    with pytest.raises(BadInput) as caught:
        told(look, "금액 " * 4000)
    assert caught.value.code == "question_too_long"
    assert told(look)


def test_old_turns_go_before_the_question_does(model: OpenVinoQwen3VL) -> None:
    folder = model.folder
    turns = tuple(Turn("금액 " * 200, "화면에서 찾을 수 없어요.") for _ in range(30))
    ids = folder.question_ids(QUESTION, turns, looked=500, most_tokens=100)
    assert 500 + len(ids) + 100 <= folder.longest
    assert folder.decode(ids.tolist()).endswith(f"{QUESTION}<|im_end|>\n<|im_start|>assistant\n")


@pytest.mark.parametrize(("width", "height"), [(1, 201), (5000, 20)])
def test_a_picture_like_a_thread_is_bad_input(model: OpenVinoQwen3VL, width: int, height: int) -> None:
    with pytest.raises(BadInput) as caught:
        model.look(Frame(np.zeros((height, width, 3), np.uint8)), lines(1))
    assert caught.value.code == "image_too_narrow"


class SetAfter(threading.Event):
    """A cancel flag that is set once it has been looked at `looks` times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.left = looks

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_cancelled_look_stops_at_every_stage(model: OpenVinoQwen3VL) -> None:
    """GIVEN a flag that is set at the nth look at it THEN the look stops there, for every n it has."""
    counted = SetAfter(10**9)
    model.look(noise(640, 480), lines(60), counted)
    looks = 10**9 - counted.left
    assert looks >= 5
    for n in range(5):
        another = np.roll(noise(640, 480).image, n + 1, axis=0)  # what was seen before is not encoded again
        with pytest.raises(Stopped):
            model.look(Frame(np.ascontiguousarray(another)), lines(60), SetAfter(n))
    assert told(model.look(noise(200, 120), lines(5))) == told(model.look(noise(200, 120), lines(5)))


def test_a_cancel_from_another_thread_interrupts_a_running_look(model: OpenVinoQwen3VL) -> None:
    cancel = threading.Event()
    timer = threading.Timer(0.005, cancel.set)
    timer.start()
    try:
        for _ in range(200):
            model.look(noise(640, 480), lines(250), cancel)
        pytest.fail("200 looks went by uncancelled")
    except Stopped:
        pass
    finally:
        timer.cancel()


@pytest.mark.parametrize("after", [0.001, 0.004, 0.016])
def test_stopping_inside_a_look_or_a_question_spoils_nothing(model: OpenVinoQwen3VL, after: float) -> None:
    """OpenVINO's own cancel did: graphs of dynamic shapes were left half updated, and every later run failed."""
    look = model.look(noise(200, 120), lines(5))
    whole = told(look)
    for use in (
        lambda cancel: model.look(noise(640, 480), lines(250), cancel),
        lambda cancel: list(look.answer("금액 " * 300, cancel=cancel)),
    ):
        cancel = threading.Event()
        threading.Timer(after, cancel.set).start()
        while not cancel.is_set():
            with contextlib.suppress(Stopped):
                use(cancel)
    assert told(look) == whole
    assert told(model.look(noise(200, 120), lines(5))) == whole


@pytest.mark.parametrize("token", [0, 1, 5, 20])
def test_a_cancelled_answer_ends_without_an_error(model: OpenVinoQwen3VL, token: int) -> None:
    look = model.look(noise(200, 120), lines(5))
    whole = told(look)
    cancel = threading.Event()
    said = []
    if token == 0:
        cancel.set()
    for piece in look.answer(QUESTION, cancel=cancel):
        said.append(piece)
        if len(said) == token:
            cancel.set()
    assert len(said) <= token + 1
    assert whole.startswith("".join(said))
    assert told(look) == whole


def test_a_closed_look_and_a_closed_model_say_so(model: OpenVinoQwen3VL) -> None:
    look = model.look(noise(96, 64), lines(1))
    look.close()
    with pytest.raises(EngineFailed) as caught:
        told(look)
    assert caught.value.code == "engine_closed"
    other = OpenVinoQwen3VL(TINY)
    other.close()
    with pytest.raises(EngineFailed) as caught:
        other.look(noise(96, 64), lines(1))
    assert caught.value.code == "engine_closed"


def test_a_look_that_is_closed_while_it_computes_says_so_too(
    model: OpenVinoQwen3VL, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN another thread closes the look during a run THEN that run ends, and the next one is refused."""
    look = model.look(noise(96, 64), lines(1))
    really = vision_openvino.run

    def run(*given: object) -> None:
        look.close()
        really(*given)

    monkeypatch.setattr(vision_openvino, "run", run)
    with pytest.raises(EngineFailed) as caught:
        for _ in range(2):
            look.feed_ids(np.array([1]))
    assert caught.value.code == "engine_closed"


def test_a_device_that_is_not_there_is_named() -> None:
    with pytest.raises(DeviceFailed) as caught:
        OpenVinoQwen3VL(TINY, device="NPU.7")
    assert caught.value.values["device"] == "NPU.7"


PARTS = sorted(path.name for path in TINY.glob("openvino_*"))
NEEDED = ["config.json", "tokenizer.json", "preprocessor_config.json", *PARTS]


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_file_is_named(tiny_copy: Path, name: str) -> None:
    (tiny_copy / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        OpenVinoQwen3VL(tiny_copy)
    assert caught.value.code == "model_file_missing"
    assert Path(str(caught.value.values["path"])).name == name


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
@pytest.mark.parametrize("name", NEEDED)
def test_a_cut_file_is_named(tiny_copy: Path, name: str, share: float) -> None:
    path = tiny_copy / name
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(ModelMissing) as caught:
        OpenVinoQwen3VL(tiny_copy)
    assert caught.value.code == "model_file_altered"
    assert Path(str(caught.value.values["path"])).name == name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vision_config", {}), ("vision_config", None), ("text_config", 3), ("image_token_id", "x"),
        ("vision_config", {"hidden_size": 16, "num_heads": 0, "num_position_embeddings": 64}),
    ],
)  # fmt: skip
def test_a_config_of_nonsense_is_an_altered_file(tiny_copy: Path, field: str, value: object) -> None:
    config = json.loads((tiny_copy / "config.json").read_text())
    (tiny_copy / "config.json").write_text(json.dumps(config | {field: value}))
    with pytest.raises(ModelMissing) as caught:
        OpenVinoQwen3VL(tiny_copy)
    assert caught.value.code == "model_file_altered"


def test_another_family_is_not_tried(tiny_copy: Path) -> None:
    (tiny_copy / "config.json").write_text('{"model_type": "llava"}')
    with pytest.raises(EngineFailed) as caught:
        OpenVinoQwen3VL(tiny_copy)
    assert caught.value.code == "model_unsupported"


def test_a_tokenizer_without_our_marks_gets_the_chat_style(tiny_copy: Path) -> None:
    """As a real Qwen3-VL folder: same opening tokens, none of the `mini` ones."""
    written = (tiny_copy / "tokenizer.json").read_text(encoding="utf-8")
    (tiny_copy / "tokenizer.json").write_text(written.replace("<|n1|>", "<|m1|>"), encoding="utf-8")
    model = OpenVinoQwen3VL(tiny_copy, most_tokens=8)
    look = model.look(noise(96, 64), lines(2))
    assert model.style == "chat"
    assert "[2] 취소" in model.folder.decode(model.folder.look_ids(lines(2), (96, 64), 6).tolist())
    assert isinstance(told(look), str)


def test_the_default_precision_rewinds_as_well() -> None:
    model = OpenVinoQwen3VL(TINY, most_tokens=20)
    look = model.look(noise(200, 120), lines(5))
    first = told(look)
    told(look, "저장은 어디?")
    assert told(look) == first


def test_a_compile_cache_gives_the_same_answer(tmp_path: Path) -> None:
    options = {"precision": "f32", "cache_folder": tmp_path / "cache", "most_tokens": 20}
    first = told(OpenVinoQwen3VL(TINY, **options).look(noise(96, 64), lines(2)))
    assert any((tmp_path / "cache").iterdir())
    assert told(OpenVinoQwen3VL(TINY, **options).look(noise(96, 64), lines(2))) == first


def test_a_folder_with_korean_and_spaces_in_its_name_works(tmp_path: Path) -> None:
    folder = shutil.copytree(TINY, tmp_path / "내 모델 폴더")
    assert told(OpenVinoQwen3VL(folder, most_tokens=4).look(noise(96, 64), lines(1))) is not None
