"""Graphs that rest give memory back, lose nothing that is wanted, and calculate the same afterwards."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.errors import Stopped
from assistant.frames import Frame, ScreenText
from models.runtimes import screen_text_detector as detector
from models.runtimes.screen_reader import BUNDLED, ScreenTextReader
from tests.models.tiny import DATA, TINY, noise

pytest.importorskip("openvino")
SCREEN = Path(__file__).parent.parent / "screens" / "calc-sales.png"
MB = 1024 * 1024


@pytest.fixture(scope="module")
def network() -> detector.OpenVinoNetwork:
    return detector.OpenVinoNetwork(BUNDLED / "screen-text-det" / "model.onnx", threads=2)


@pytest.fixture(scope="module")
def screen() -> np.ndarray:
    return np.asarray(Image.open(SCREEN).convert("RGB"))


def anonymous() -> int:
    """Bytes of this process that no file stands behind."""
    rows = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(row.split()[1]) * 1024 for row in rows if row.startswith("Anonymous:"))


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what it holds")
def test_a_screens_map_gives_back_what_it_took_and_comes_out_the_same(
    network: detector.OpenVinoNetwork, screen: np.ndarray
) -> None:
    first = detector.mapped(screen, network)
    held = anonymous()
    network.rest()
    assert held - anonymous() > 60 * MB
    assert np.array_equal(detector.mapped(screen, network), first)


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what it holds")
def test_a_full_screen_does_not_take_what_a_graph_for_all_sizes_takes(
    network: detector.OpenVinoNetwork, screen: np.ndarray
) -> None:
    """That was 300 MB."""
    network.rest()
    before = anonymous()
    detector.mapped(screen, network)
    assert anonymous() - before < 220 * MB


def test_a_size_that_comes_again_is_not_compiled_again_and_few_are_kept(
    network: detector.OpenVinoNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detector, "SHARED", 128 * 128)
    graphs = {}
    for height, width in ((64, 64), (96, 64), (192, 160), (160, 192), (192, 160), (128, 160), (192, 160)):
        chance = network(np.full((height, width, 3), 255, np.uint8))
        assert chance.shape == (height, width)
        graph = network._graph((height, width, 3))
        if (height, width) in ((64, 64), (96, 64)):
            assert graphs.setdefault((), graph) is graph
        assert graphs.setdefault((height, width), graph) is graph
        assert len(network._graphs) <= detector.MOST_GRAPHS


def test_a_map_of_parts_is_made_of_small_pictures_only() -> None:
    """Parts that changed are many and of all sizes: none of them shall get a graph of its own."""
    sizes = []

    def white(pixels: np.ndarray) -> np.ndarray:
        sizes.append(pixels.shape[:2])
        return np.zeros(pixels.shape[:2], np.float32)

    from assistant.frames import Box

    image = np.zeros((2160, 3840, 3), np.uint8)
    before = np.ones((2160, 3840), np.float32)
    after = detector.remapped(image, white, before, [Box(100, 100, 3000, 1500), Box(3300, 2000, 300, 100)])
    assert sizes
    assert max(height * width for height, width in sizes) <= detector.SHARED
    assert not after[100:1600, 100:3100].any()
    assert after.sum() == 2160 * 3840 - 3000 * 1500 - 300 * 100


def test_resting_while_a_map_is_made_harms_nothing(
    network: detector.OpenVinoNetwork, screen: np.ndarray
) -> None:
    wanted = detector.mapped(screen, network)
    made: list[np.ndarray] = []
    work = threading.Thread(target=lambda: made.append(detector.mapped(screen, network)))
    work.start()
    while work.is_alive():
        network.rest()
        time.sleep(0.01)
    work.join()
    assert np.array_equal(made[0], wanted)


def test_a_map_that_is_stopped_can_rest_and_be_made_again(
    network: detector.OpenVinoNetwork, screen: np.ndarray
) -> None:
    wanted = detector.mapped(screen, network)
    cancel = threading.Event()
    threading.Timer(0.03, cancel.set).start()
    with pytest.raises(Stopped):
        for _ in range(100):
            detector.mapped(screen, network.until(cancel))
    network.rest()
    assert np.array_equal(detector.mapped(screen, network), wanted)


def test_a_reader_that_has_rested_reads_the_same(screen: np.ndarray) -> None:
    reader = ScreenTextReader()
    first = reader.read(Frame(screen))
    reader.forget()
    assert reader.read(Frame(screen)).lines == first.lines
    assert len(first.lines) > 100


def test_an_open_look_answers_the_same_after_its_model_has_rested() -> None:
    from models.runtimes.vision_openvino import OpenVinoQwen3VL

    model = OpenVinoQwen3VL(DATA / TINY, precision="f32")
    look = model.look(noise(200, 120), ScreenText(()))
    before = look.feed_ids(np.arange(5, 12))
    look.rewind()
    model.rest()
    assert np.array_equal(look.feed_ids(np.arange(5, 12)), before)
    look.close()
    model.rest()
    again = model.look(noise(200, 120), ScreenText(()))
    assert np.array_equal(again.feed_ids(np.arange(5, 12)), before)
    model.close()
    model.rest()
