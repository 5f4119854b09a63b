"""The fast engine against the slow one: OpenVINO and transformers agree on the same weights, logit by logit.

Runs on the tiny random model of `data/`, and on the bundled nunchi-mini where its checkpoint is in the tree.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.frames import ScreenText
from assistant.ports import Turn
from assistant.prompts import after_look
from models.catalogue import BUNDLED, CHECKPOINT
from models.convert.conversion import export
from models.runtimes.vision_openvino import OpenVinoQwen3VL
from models.runtimes.vision_transformers import TransformersModel
from tests.models.tiny import TINY, lines, noise

pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")
pytest.importorskip("openvino", reason="the OpenVINO engine needs openvino")

MINI = BUNDLED / "nunchi-mini"
TOLERANCE = 1e-4
"""of the logits' standard deviation; seen: 3e-6 on the tiny model"""

SIZES = [(32, 32), (96, 64), (333, 101), (640, 480), (640, 352), (1920, 1080), (700, 33), (41, 300)]
QUESTIONS = ["총 금액이 얼마예요?", "저장 버튼은 어디에 있나요?"]
EARLIER = (Turn("배터리 몇 퍼센트야?", "<|n5|>입니다."), Turn("그 옆은?", "화면에서 찾을 수 없어요."))


def pair(openvino: Path, reference: Path) -> tuple[OpenVinoQwen3VL, TransformersModel]:
    return OpenVinoQwen3VL(openvino, precision="f32", most_tokens=48), TransformersModel(
        reference, most_tokens=48
    )


@pytest.fixture(scope="module", params=["tiny", pytest.param("nunchi-mini", marks=pytest.mark.slow)])
def engines(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[OpenVinoQwen3VL, TransformersModel]:
    if request.param == "tiny":
        return pair(TINY, TINY)
    if not any((MINI / CHECKPOINT).glob("*.safetensors")):
        pytest.skip("nunchi-mini's checkpoint is not in this tree (wheels leave it out)")
    pytest.importorskip(
        "optimum.exporters.openvino", reason="nunchi-mini's f32 IR is exported here: extra `convert`"
    )
    exported = tmp_path_factory.mktemp("nunchi-mini") / "f32"
    export(MINI / CHECKPOINT, exported)
    return pair(exported, MINI / CHECKPOINT)


def assert_close(fast: np.ndarray, slow: np.ndarray) -> None:
    assert np.abs(fast - slow).max() < TOLERANCE * slow.std()
    assert fast.argmax() == slow.argmax()


@pytest.mark.parametrize("text", [ScreenText(source="none"), lines(40)], ids=["no lines", "40 lines"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_look_gives_equal_logits(
    engines: tuple[OpenVinoQwen3VL, TransformersModel], size: tuple[int, int], text: ScreenText
) -> None:
    fast, slow = (engine.look(noise(*size), text) for engine in engines)
    assert_close(fast.logits, slow.logits)


@pytest.mark.parametrize("earlier", [(), EARLIER], ids=["first question", "third question"])
def test_two_questions_on_one_look_give_equal_logits_and_answers(
    engines: tuple[OpenVinoQwen3VL, TransformersModel], earlier: tuple[Turn, ...]
) -> None:
    fast, slow = (engine.look(noise(333, 200), lines(20)) for engine in engines)
    for question in QUESTIONS:
        ids = engines[0].folder.encode(after_look(question, earlier))
        for look in (fast, slow):
            next(look.answer(question, earlier), None)  # leaves a used cache behind
            look.rewind()
            look.feed_ids(ids)
        assert_close(fast.logits, slow.logits)
        assert "".join(fast.answer(question, earlier)) == "".join(slow.answer(question, earlier))


def test_looking_then_asking_equals_the_whole_prompt_at_once(
    engines: tuple[OpenVinoQwen3VL, TransformersModel],
) -> None:
    """The cut between look and question changes nothing: transformers run over everything in one call agrees."""
    import torch
    from PIL import Image

    fast, slow = engines
    frame, text = noise(333, 200), lines(20)
    picture = slow.processor.preprocess(
        [Image.fromarray(frame.image)],
        size={"shortest_edge": fast.folder.rules.min_pixels, "longest_edge": fast.folder.rules.max_pixels},
        input_data_format="channels_last",
        return_tensors="pt",
    )
    tokens = int(picture["image_grid_thw"].prod()) // fast.folder.rules.merge**2
    question = fast.folder.encode(after_look(QUESTIONS[0]))
    size = (frame.width, frame.height)
    looked = fast.folder.look_ids(text, size, tokens, fast.folder.shortlister(text, size))
    ids = np.concatenate([looked, question])
    with torch.inference_mode():
        whole = slow.weights(input_ids=torch.from_numpy(ids[None]), **picture).logits[0, -1].numpy()
    look = fast.look(frame, text)
    look.feed_ids(question)
    assert_close(look.logits, whole)


def test_transformers_own_tokenizer_gives_the_same_ids(
    engines: tuple[OpenVinoQwen3VL, TransformersModel],
) -> None:
    from transformers import AutoTokenizer

    folder = engines[1].folder
    tokenizer = AutoTokenizer.from_pretrained(folder.path, local_files_only=True)
    for question in QUESTIONS:
        prompt = after_look(question, EARLIER)
        assert tokenizer(prompt, add_special_tokens=False)["input_ids"] == folder.encode(prompt).tolist()
