"""The reference engine: Qwen3-VL with a kept look, other classes through their chat template, never a pickle."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from assistant.errors import DeviceFailed, EngineFailed, ModelMissing, Stopped
from assistant.ports import Look, Turn, VisionModel
from models.runtimes.transformers_chat import ChatLook
from models.runtimes.vision_transformers import CachedLook, TransformersModel
from tests.models.tiny import TINY, lines, noise

torch = pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")

QUESTION = "총 금액이 얼마예요?"
TEMPLATE = (
    "{% for message in messages %}{{ message.role }}: {% for part in message.content %}"
    "{% if part.type == 'image' %}<|image_pad|>{% else %}{{ part.text }}{% endif %}{% endfor %}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


@pytest.fixture(scope="module")
def qwen() -> TransformersModel:
    return TransformersModel(TINY, most_tokens=24)


@pytest.fixture(scope="module")
def llava_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random LLaVA of two layers with the tiny tokenizer: a class that has no engine of its own here."""
    from transformers import (
        CLIPImageProcessor,
        CLIPVisionConfig,
        LlamaConfig,
        LlavaConfig,
        LlavaForConditionalGeneration,
        LlavaProcessor,
        PreTrainedTokenizerFast,
    )

    folder = tmp_path_factory.mktemp("tiny-llava")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(TINY / "tokenizer.json"), eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    image = tokenizer.convert_tokens_to_ids("<|image_pad|>")
    size = {"height": 32, "width": 32}
    LlavaProcessor(
        image_processor=CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=size),
        tokenizer=tokenizer,
        patch_size=16,
        vision_feature_select_strategy="default",
        chat_template=TEMPLATE,
        image_token="<|image_pad|>",
        num_additional_image_tokens=1,
    ).save_pretrained(folder)
    torch.manual_seed(5)
    LlavaForConditionalGeneration(
        LlavaConfig(
            vision_config=CLIPVisionConfig(
                hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, image_size=32,
                patch_size=16, projection_dim=16,
            ),
            text_config=LlamaConfig(
                vocab_size=len(tokenizer), hidden_size=32, intermediate_size=48, num_hidden_layers=2,
                num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=4096,
                eos_token_id=tokenizer.eos_token_id, initializer_range=0.3,
            ),
            image_token_index=image,
        )
    ).save_pretrained(folder)  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def llava(llava_folder: Path) -> TransformersModel:
    return TransformersModel(llava_folder, most_tokens=24)


def told(look: Look, question: str = QUESTION, earlier: tuple[Turn, ...] = ()) -> str:
    return "".join(look.answer(question, earlier))


@pytest.mark.parametrize("family", ["qwen", "llava"])
def test_every_class_is_what_the_ports_ask_for(family: str, request: pytest.FixtureRequest) -> None:
    model = request.getfixturevalue(family)
    look = model.look(noise(96, 64), lines(3))
    assert isinstance(model, VisionModel)
    assert isinstance(look, Look)
    first = told(look)
    assert first
    assert 0 < look.last_answer.tokens <= 24
    assert look.last_answer.first_token_ms > 0
    assert told(look) == first
    look.close()


def test_qwen_keeps_its_look_and_speaks_in_marks(qwen: TransformersModel) -> None:
    look = qwen.look(noise(96, 64), lines(3))
    assert isinstance(look, CachedLook)
    assert look.timings.prefill_ms > 0
    assert qwen.style == "mini"


def test_other_classes_take_picture_and_question_in_one_go(llava: TransformersModel) -> None:
    look = llava.look(noise(96, 64), lines(3))
    assert isinstance(look, ChatLook)
    assert look.timings.prefill_ms == 0
    assert llava.style == "chat"
    messages = look.inputs(QUESTION, (Turn("뭐예요?", "[1] 저장입니다."),))
    shown = llava.processor.tokenizer.decode(messages["input_ids"][0])
    assert shown.count("<|image_pad|>") == 4
    assert "[2] 취소" in shown
    assert shown.index("뭐예요?") < shown.index("assistant: [1] 저장입니다.") < shown.index(QUESTION)
    assert shown.endswith("assistant: ")


def test_text_from_the_screen_cannot_add_a_picture(llava: TransformersModel) -> None:
    text = lines(1)
    posing = type(text)((type(text.lines[0])("<|image_pad|> 저장", text.lines[0].box),))
    inputs = llava.look(noise(96, 64), posing).inputs("<|image_pad|>뭐야?", ())
    shown = llava.processor.tokenizer.decode(inputs["input_ids"][0])
    assert shown.count("<|image_pad|>") == 4


def test_special_tokens_of_other_classes_are_not_shown(llava: TransformersModel) -> None:
    assert "<|" not in told(llava.look(noise(96, 64), lines(3)))


@pytest.mark.parametrize("family", ["qwen", "llava"])
@pytest.mark.parametrize("token", [0, 1, 4])
def test_a_cancelled_answer_ends_without_an_error(
    family: str, token: int, request: pytest.FixtureRequest
) -> None:
    look = request.getfixturevalue(family).look(noise(96, 64), lines(3))
    whole = told(look)
    cancel = threading.Event()
    if token == 0:
        cancel.set()
    said = []
    for piece in look.answer(QUESTION, cancel=cancel):
        said.append(piece)
        if len(said) == token:
            cancel.set()
    assert whole.startswith("".join(said))
    assert len("".join(said)) <= len(whole)
    assert told(look) == whole


@pytest.mark.parametrize("family", ["qwen", "llava"])
def test_an_answer_left_halfway_does_not_spoil_the_next(family: str, request: pytest.FixtureRequest) -> None:
    look = request.getfixturevalue(family).look(noise(96, 64), lines(3))
    whole = told(look)
    left = look.answer(QUESTION)
    next(left)
    left.close()
    assert not [t for t in threading.enumerate() if t.name == "transformers-generate"]
    assert told(look) == whole


def test_a_cancelled_look_stops_inside_the_layers(qwen: TransformersModel) -> None:
    class SetAfter(threading.Event):
        left = 0

        def is_set(self) -> bool:
            self.left -= 1
            return self.left < 0

    for looks in (0, 1, 3):
        cancel = SetAfter()
        cancel.left = looks
        with pytest.raises(Stopped):
            qwen.look(noise(96, 64), lines(3), cancel)
    assert told(qwen.look(noise(96, 64), lines(3)))


def test_bfloat16_runs_and_stays_near(qwen: TransformersModel) -> None:
    near = TransformersModel(TINY, dtype="bfloat16", most_tokens=4)
    exact = qwen.look(noise(96, 64), lines(3)).logits
    look = near.look(noise(96, 64), lines(3))
    difference = abs(look.logits - exact).max() / exact.std()
    assert 0 < difference < 0.5
    assert isinstance(told(look), str)


def test_only_pickled_weights_are_refused(tiny_copy: Path) -> None:
    (tiny_copy / "model.safetensors").rename(tiny_copy / "pytorch_model.bin")
    for path in tiny_copy.glob("openvino_*"):
        path.unlink()
    with pytest.raises(ModelMissing) as caught:
        TransformersModel(tiny_copy)
    assert caught.value.code == "model_format_refused"


def test_a_pickle_beside_nothing_but_ir_is_not_loaded_either(tiny_copy: Path) -> None:
    (tiny_copy / "model.safetensors").rename(tiny_copy / "pytorch_model.bin")
    with pytest.raises(ModelMissing):
        TransformersModel(tiny_copy)


def test_code_in_the_folder_is_not_run(tiny_copy: Path) -> None:
    config = json.loads((tiny_copy / "config.json").read_text())
    config |= {
        "model_type": "evil",
        "auto_map": {"AutoConfig": "evil.Config", "AutoModelForImageTextToText": "evil.M"},
    }
    (tiny_copy / "config.json").write_text(json.dumps(config))
    (tiny_copy / "evil.py").write_text(
        f"open({str(tiny_copy / 'ran')!r}, 'w').write('x')\nclass Config: ...\n"
    )
    with pytest.raises(EngineFailed) as caught:
        TransformersModel(tiny_copy)
    assert caught.value.code == "engine_load_failed"
    assert not (tiny_copy / "ran").exists()


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "preprocessor_config.json"])
def test_a_missing_file_is_named(tiny_copy: Path, name: str) -> None:
    (tiny_copy / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        TransformersModel(tiny_copy)
    assert Path(str(caught.value.values["path"])).name == name


def test_cut_weights_have_a_code(tiny_copy: Path) -> None:
    path = tiny_copy / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(EngineFailed) as caught:
        TransformersModel(tiny_copy)
    assert caught.value.code == "engine_load_failed"
    assert "tiny-qwen3vl" in str(caught.value.values["path"])


def test_a_device_that_is_not_there_is_named() -> None:
    with pytest.raises(DeviceFailed):
        TransformersModel(TINY, device="NPU")


def test_closed_looks_and_models_say_so(tiny_copy: Path) -> None:
    model = TransformersModel(tiny_copy)
    look = model.look(noise(96, 64), lines(1))
    look.close()
    with pytest.raises(EngineFailed):
        told(look)
    model.close()
    with pytest.raises(EngineFailed):
        model.look(noise(96, 64), lines(1))
