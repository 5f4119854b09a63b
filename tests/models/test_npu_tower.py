"""Device NPU: the encoder goes there once it is compiled, the rest stays; answers come meanwhile and after failures.

The NPU is a core that reports one, refuses dynamic shapes and lets the CPU do the work (`npu_core.py`).
"""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import DeviceFailed, Stopped
from assistant.frames import ScreenText
from models.runtimes.device_split import Split, split
from models.runtimes.vision_openvino import OpenVinoQwen3VL, tower_sizes
from models.runtimes.vision_openvino_smolvlm import OpenVinoSmolVlm
from tests.models.tiny import DATA, TINY, lines, noise

pytest.importorskip("openvino", reason="the OpenVINO engine needs openvino")

from tests.models.npu_core import NpuCore, fresh

SMOL = DATA / "tiny-smolvlm"
FAMILIES = [(OpenVinoQwen3VL, TINY), (OpenVinoSmolVlm, SMOL)]
NEAR = 1e-3


@pytest.fixture
def core(monkeypatch: pytest.MonkeyPatch) -> type[NpuCore]:
    made = fresh()
    monkeypatch.setattr("openvino.Core", made)
    return made


@pytest.mark.parametrize(
    ("device", "there", "wanted"),
    [
        ("CPU", ("CPU", "GPU", "NPU"), Split("CPU", "CPU")),
        ("GPU.1", ("CPU", "GPU.0", "GPU.1"), Split("GPU.1", "GPU.1")),
        ("NPU", ("CPU", "NPU"), Split("NPU", "CPU")),
        ("NPU", ("CPU", "GPU.0", "GPU.1", "NPU"), Split("NPU", "GPU.0")),
    ],
)
def test_only_the_encoder_goes_to_an_npu(device: str, there: tuple[str, ...], wanted: Split) -> None:
    assert split(device, there) == wanted


@pytest.mark.parametrize(("engine", "folder"), FAMILIES)
def test_the_npu_sees_what_the_cpu_sees(engine: type, folder: Path, core: type[NpuCore]) -> None:
    """GIVEN pictures of several sizes WHEN a tower of fixed shape encodes them THEN the next word's logits are the CPU's."""
    plain = engine(folder, precision="f32")
    model = engine(folder, precision="f32", device="NPU")
    assert model.tower.wait().over
    for size in ((64, 64), (96, 64), (200, 120), (640, 400)):
        wanted, made = plain.look(noise(*size), lines(3)), model.look(noise(*size), lines(3))
        assert np.abs(made.logits - wanted.logits).max() < NEAR * wanted.logits.std()
    assert model.device == "NPU+CPU"
    npu = [shapes for device, shapes, _options in core.compiled if device == "NPU"]
    assert len(npu) == model.tower.preparing.sizes


def test_small_pictures_take_the_small_tower(core: type[NpuCore], monkeypatch: pytest.MonkeyPatch) -> None:
    model = OpenVinoQwen3VL(TINY, precision="f32", device="NPU")
    model.tower.wait()
    padded = []
    made = model._padded
    monkeypatch.setattr(model, "_padded", lambda patches, size: padded.append(size) or made(patches, size))
    model.look(noise(64, 64), ScreenText(()))
    model.look(noise(2000, 1500), ScreenText(()))
    assert padded == [tower_sizes(model.folder.rules)[1], tower_sizes(model.folder.rules)[0]]


@pytest.mark.parametrize(("engine", "folder"), FAMILIES)
def test_answers_do_not_wait_for_the_compiler(engine: type, folder: Path, core: type[NpuCore]) -> None:
    core.hold.clear()
    model = engine(folder, precision="f32", device="NPU", most_tokens=4)
    try:
        preparing = model.tower.preparing
        assert (preparing.ready, preparing.over, model.device) == (0, False, "CPU")
        look = model.look(noise(96, 64), lines(3))
        "".join(look.answer("총 금액이 얼마예요?"))
        assert look.last_answer.tokens > 0
        assert not [device for device, _shapes, _options in core.compiled if device == "NPU"]
    finally:
        core.hold.set()
    assert model.tower.wait().ready == model.tower.preparing.sizes
    assert model.device == "NPU+CPU"


def test_waiting_can_be_cancelled(core: type[NpuCore]) -> None:
    core.hold.clear()
    model = OpenVinoQwen3VL(TINY, device="NPU")
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Stopped):
        model.tower.wait(cancel)
    model.close()
    core.hold.set()


def test_what_the_compiler_refuses_is_encoded_elsewhere(core: type[NpuCore]) -> None:
    core.refuses = "ZE_RESULT_ERROR_UNSUPPORTED_FEATURE"
    plain = OpenVinoQwen3VL(TINY, precision="f32")
    model = OpenVinoQwen3VL(TINY, precision="f32", device="NPU")
    assert "UNSUPPORTED" in model.tower.wait().failed
    look = model.look(noise(96, 64), lines(3))
    assert np.array_equal(look.logits, plain.look(noise(96, 64), lines(3)).logits)
    assert model.device == "CPU"


def test_a_device_lost_under_a_picture_costs_that_picture_nothing(
    core: type[NpuCore], monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.errors import EngineFailed
    from models.runtimes import npu_tower

    plain = OpenVinoQwen3VL(TINY, precision="f32")
    model = OpenVinoQwen3VL(TINY, precision="f32", device="NPU")
    model.tower.wait()

    def lost(*_given: object) -> None:
        raise EngineFailed("engine_failed", engine="openvino", reason="ZE_RESULT_ERROR_DEVICE_LOST")

    monkeypatch.setattr(npu_tower, "run", lost)
    look = model.look(noise(96, 64), lines(3))
    assert np.array_equal(look.logits, plain.look(noise(96, 64), lines(3)).logits)
    assert model.device == "CPU"
    assert "DEVICE_LOST" in model.tower.preparing.failed


def test_files_made_for_the_npu_come_before_cutting(core: type[NpuCore], tiny_copy: Path) -> None:
    import openvino as ov

    first = OpenVinoQwen3VL(tiny_copy, device="NPU")
    first.tower.wait()
    size = tower_sizes(first.folder.rules)[0]
    graph = first._cut(size)
    graph.set_friendly_name("made-for-the-npu")
    ov.save_model(graph, tiny_copy / f"openvino_vision_npu_{size}_model.xml", compress_to_fp16=False)
    model = OpenVinoQwen3VL(tiny_copy, device="NPU")
    model.tower.wait()
    assert model.tower._model(size).friendly_name == "made-for-the-npu"


def test_the_cache_is_the_npus_and_lies_where_it_is_told(core: type[NpuCore], tmp_path: Path) -> None:
    OpenVinoQwen3VL(TINY, device="NPU", cache_folder=tmp_path).tower.wait()
    assert all(
        options["CACHE_DIR"] == str(tmp_path) for device, _s, options in core.compiled if device == "NPU"
    )


def test_without_an_npu_it_is_said() -> None:
    with pytest.raises(DeviceFailed) as caught:
        OpenVinoQwen3VL(TINY, device="NPU")
    assert caught.value.code == "device_missing"


def test_who_measures_an_npu_waits_for_its_compiler(core: type[NpuCore]) -> None:
    """GIVEN a tower that is being compiled WHEN the probe settles THEN it returns with the NPU in place; a look told before
    that says where it ran."""
    from models.engine_process.engines import Asked, Engines, Openers
    from models.engine_process.values import screen_text_told

    core.hold.clear()
    engines = Engines(
        Openers(vision=lambda _name, _engine, device, _cache: OpenVinoQwen3VL(TINY, device=device))
    )
    opened = engines.open_vision(Asked({"device": "NPU"}, threading.Event()))
    given = Asked(
        {"model": opened["model"], "text": screen_text_told(lines(2))}, threading.Event(), frame=noise(96, 64)
    )
    assert (opened["device"], engines.look(given)["device"]) == ("CPU", "CPU")
    told: list[tuple[str, int]] = []
    asked = Asked({"model": opened["model"]}, threading.Event())
    asked.tell = lambda graphs, ready: (told.append((graphs, ready)), core.hold.set())
    assert engines.settle(asked) == {"device": "NPU+CPU"}
    assert told[0] == ("2", 0) and told[-1] == ("2", 2)  # each graph as it is ready
    assert engines.look(given)["device"] == "NPU+CPU"


def test_a_refused_tower_is_a_fault_of_the_npu_to_who_measures_it(core: type[NpuCore]) -> None:
    from assistant.errors import EngineFailed
    from models.engine_process.engines import Asked, Engines, Openers
    from models.engine_process.ladder import is_the_devices

    core.refuses = "no such operator"
    engines = Engines(
        Openers(vision=lambda _name, _engine, device, _cache: OpenVinoQwen3VL(TINY, device=device))
    )
    opened = engines.open_vision(Asked({"device": "NPU"}, threading.Event()))
    with pytest.raises(EngineFailed) as caught:
        engines.settle(Asked({"model": opened["model"]}, threading.Event()))
    assert is_the_devices(caught.value)
