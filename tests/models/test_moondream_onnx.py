"""Moondream's own file in onnxruntime: what the published client gives for it, and damaged files refused."""

from __future__ import annotations

import gzip
import json
import shutil
import struct
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tokenizers import Tokenizer

from assistant.errors import DeviceFailed, EngineFailed, ModelMissing, NunchiError
from assistant.frames import Frame, ScreenText
from assistant.ports import Look, Pointing, VisionModel
from desktop.command.main import main
from models import manifest
from models.catalogue import open_vision
from models.pointing import DESCRIBE
from models.runtimes.moondream_file import parts, read_file
from models.runtimes.moondream_onnx import MoondreamOnnx, tiles
from models.runtimes.vision_moondream import MoondreamOnnxModel
from tests.models.tiny import DATA, lines, noise

FOLDER = DATA / "tiny-moondream"
FILE = FOLDER / "model.mf.gz"
PUBLISHED = json.loads((FOLDER / "published.json").read_text(encoding="utf-8"))["rows"]


@pytest.fixture(scope="module")
def graphs() -> MoondreamOnnx:
    return MoondreamOnnx(read_file(FILE, 1))


@pytest.fixture(scope="module")
def model() -> MoondreamOnnxModel:
    return MoondreamOnnxModel(FOLDER, name="moondream-0.5b", threads=1, most_tokens=12)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny model under the person's models, as a pull leaves it."""
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path))
    folder = tmp_path / "models" / "moondream-0.5b"
    folder.mkdir(parents=True)
    shutil.copy(FILE, folder)
    manifest.write_manifest(folder, name="moondream-0.5b", version="1", licence="Apache-2.0", revision="abc")
    return folder


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(NunchiError) as caught:
        call(*arguments)
    return caught.value.code


class _Ids:
    """Encodes as the tokenizer does and writes ids as numbers, so that every token shows."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.encode = tokenizer.encode

    def decode(self, ids: list[int]) -> str:
        return "".join(f"{number} " for number in ids)


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: "x".join(map(str, row["size"])))
def test_it_gives_what_the_published_client_gives(graphs: MoondreamOnnx, row: dict) -> None:
    """Recorded from moondream 0.0.6: the cache of a picture, token ids, boxes and points."""
    graphs = MoondreamOnnx(replace(graphs._file, tokenizer=_Ids(graphs._file.tokenizer)))
    width, height = row["size"]
    image = Image.fromarray(np.random.default_rng(row["seed"]).integers(0, 256, (height, width, 3), np.uint8))
    encoded = graphs.encode_image(image)
    assert np.abs(encoded.cache.astype(np.float64)).sum() == pytest.approx(row["cache_sum"], rel=1e-6)
    settings = {"max_tokens": 12}
    for told, recorded in (
        (graphs.query(encoded, "저장 버튼?", settings=settings)["answer"], row["answer"]),
        (graphs.caption(encoded, "short", settings=settings)["caption"], row["caption"]),
    ):
        assert "".join(told) == recorded
    assert graphs.detect(encoded, "button")["objects"][:3] == row["objects"]
    assert graphs.point(encoded, "button")["points"][:3] == row["points"]


@pytest.mark.parametrize(
    ("size", "grid"),
    [((300, 200), (1, 1)), ((530, 400), (2, 2)), ((1920, 1080), (1, 2)), ((600, 1400), (2, 1))],
)
def test_a_picture_is_cut_by_its_shape(size: tuple[int, int], grid: tuple[int, int]) -> None:
    pixels, cut = tiles(Image.new("RGB", size, (255, 0, 0)))
    assert cut == grid
    assert pixels.shape == (1 + (grid[0] * grid[1] if grid != (1, 1) else 0), 3, 378, 378)
    assert pixels[0, :, 0, 0].tolist() == [1, -1, -1]


def test_it_is_a_model_that_points(model: MoondreamOnnxModel) -> None:
    look = model.look(noise(640, 400), ScreenText())
    assert isinstance(model, VisionModel)
    assert isinstance(look, Look)
    assert isinstance(look, Pointing)
    answer = "".join(look.answer("What is this?"))
    assert answer
    assert "".join(look.answer("What is this?")) == answer
    assert look.last_answer.tokens > 0
    assert "".join(look.answer(DESCRIBE["short"])) == "".join(look.describe("short"))
    for box in look.find("button"):
        assert 0 <= box.x <= 640 and 0 <= box.y <= 400
    assert all(0 <= x <= 640 and 0 <= y <= 400 for x, y in look.point("button"))
    assert code_of(look.gaze, (10, 10)) == "ability_missing"


def test_an_ability_without_a_template_is_missing(graphs: MoondreamOnnx) -> None:
    kept = graphs._file.templates.pop("point")
    try:
        assert (
            code_of(graphs.point, graphs.encode_image(Image.new("RGB", (50, 50))), "x") == "ability_missing"
        )
    finally:
        graphs._file.templates["point"] = kept


def test_a_full_cache_ends_an_answer(model: MoondreamOnnxModel) -> None:
    """However long it may be, an answer stays within the 2,048 places."""
    encoded = model.published.encode_image(Image.fromarray(noise(100, 60).image))
    said = model.published.query(encoded, "x " * 400, settings={"max_tokens": 100_000})["answer"]
    assert sum(len(piece) for piece in said) < 2048


def test_much_screen_text_is_cut_to_fit(model: MoondreamOnnxModel) -> None:
    assert "".join(model.look(noise(640, 400), lines(250)).answer("What is this?")) is not None


def test_a_cancelled_answer_stops_and_closed_ones_say_so(model: MoondreamOnnxModel) -> None:
    look, cancel = model.look(noise(96, 64), ScreenText()), threading.Event()
    cancel.set()
    assert list(look.answer("?", cancel=cancel)) == []
    look.close()
    assert code_of(lambda: list(look.answer("?"))) == "engine_closed"


def test_other_devices_are_refused() -> None:
    with pytest.raises(DeviceFailed):
        MoondreamOnnxModel(FOLDER, device="GPU")


def test_the_catalogue_and_the_commands_open_it(
    installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.decoding.SECONDS", 60)  # a busy machine is not what this is about
    assert open_vision("moondream-0.5b").engine == "onnxruntime"
    picture = tmp_path / "p.png"
    Image.fromarray(noise(640, 400).image).save(picture)
    common = ["--image", str(picture), "--model", "moondream-0.5b", "--json"]
    assert main(["find", "button", *common]) == 0
    assert len(json.loads(capsys.readouterr().out)["boxes"]) > 0
    assert main(["find", "button", "--points", *common]) == 0
    assert all(len(point) == 2 for point in json.loads(capsys.readouterr().out)["points"])
    assert main(["find", "--gaze", "10,10", *common]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "ability_missing"
    assert main(["describe", "--length", "short", "--text-from", "none", *common]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["model"], told["engine"], bool(told["answer"])) == ("moondream-0.5b", "onnxruntime", True)
    assert main(["find", *common]) == 2


def test_a_flipped_byte_is_refused(installed: Path) -> None:
    raw = bytearray((installed / FILE.name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (installed / FILE.name).write_bytes(raw)
    assert code_of(open_vision, "moondream-0.5b") == "model_file_altered"


RAW = gzip.decompress(FILE.read_bytes())


@pytest.mark.parametrize("length", [0, 3, 5, 7, 20, 1000, len(RAW) // 2, len(RAW) - 1])
@pytest.mark.parametrize("suffix", [".mf", ".mf.gz"])
def test_a_cut_file_is_refused(tmp_path: Path, length: int, suffix: str) -> None:
    path = tmp_path / f"model{suffix}"
    path.write_bytes(
        RAW[:length] if suffix == ".mf" else FILE.read_bytes()[: length * FILE.stat().st_size // len(RAW)]
    )
    assert code_of(read_file, path, 1) in ("model_file_altered", "engine_load_failed")


@pytest.mark.parametrize(
    "raw",
    [b"MOON\x02", b"PK\x03\x04", b"MOON\x01" + struct.pack("!I", 2**31), b"MOON\x01" + struct.pack("!I", 1) + b"a" + b"\xff" * 8,
     b"MOON\x01" + struct.pack("!I", 2) + b"\xff\xfe" + b"\0" * 8],
)  # fmt: skip
def test_lying_lengths_are_refused_without_filling_the_memory(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "model.mf"
    path.write_bytes(raw)
    assert code_of(lambda: list(parts(path))) == "model_file_altered"


def test_a_missing_part_and_a_strange_graph_are_named(tmp_path: Path) -> None:
    from tests.models.data.make_tiny_moondream import write

    whole = dict(parts(FILE))
    write(tmp_path / "a.mf", {name: part for name, part in whole.items() if name != "tokenizer.json"})
    with pytest.raises(ModelMissing, match=r"tokenizer\.json"):
        read_file(tmp_path / "a.mf", 1)
    write(tmp_path / "b.mf", whole | {"text_decoder.onnx": b"no graph"})
    with pytest.raises(EngineFailed) as caught:
        read_file(tmp_path / "b.mf", 1)
    assert caught.value.code == "engine_load_failed"
    write(tmp_path / "c.mf", whole | {"../../evil.py": b"x", "config.json": b"{}"})
    assert code_of(read_file, tmp_path / "c.mf", 1) == "model_unsupported"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mf", "b.mf", "c.mf"]


def test_a_frame_of_one_pixel_is_a_picture(model: MoondreamOnnxModel) -> None:
    look = model.look(Frame(np.full((1, 1, 3), 200, np.uint8)), ScreenText())
    assert isinstance("".join(look.answer("?")), str)
