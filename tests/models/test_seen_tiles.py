"""What was encoded once is not encoded again, and what differs in one pixel is; the memory is bounded."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.frames import Frame, ScreenText
from models.runtimes.seen_tiles import SeenTiles
from tests.models.tiny import DATA, TINY, noise


class Encoder:
    def __init__(self) -> None:
        self.runs = 0

    def __call__(self) -> tuple[np.ndarray, ...]:
        self.runs += 1
        return (np.full((4, 8), self.runs, np.float32),)


def test_the_same_pixels_are_encoded_once_and_others_anew() -> None:
    seen, encode = SeenTiles(), Encoder()
    pixels = np.zeros((3, 8, 8), np.float32)
    first = seen.encoded(pixels, encode)
    assert seen.encoded(pixels.copy(), encode) is first
    other = pixels.copy()
    other[2, 7, 7] = 1e-6
    assert seen.encoded(other, encode)[0][0, 0] == 2
    assert seen.encoded(pixels.reshape(3, 64), encode)[0][0, 0] == 3
    assert seen.encoded(pixels, encode, layout=(2, 4))[0][0, 0] == 4
    assert seen.encoded(pixels, encode, layout=(4, 2))[0][0, 0] == 5
    assert (encode.runs, seen.reused) == (5, 1)


def test_the_oldest_goes_when_there_is_no_room() -> None:
    seen, encode = SeenTiles(most_bytes=2 * 4 * 8 * 4), Encoder()
    tiles = [np.full((2, 2), n, np.float32) for n in range(3)]
    for tile in (tiles[0], tiles[1], tiles[0], tiles[2]):
        seen.encoded(tile, encode)
    assert encode.runs == 3
    seen.encoded(tiles[0], encode)
    assert encode.runs == 3
    seen.encoded(tiles[1], encode)
    assert encode.runs == 4


def test_what_is_too_large_to_keep_is_still_given() -> None:
    seen, encode = SeenTiles(most_bytes=10), Encoder()
    pixels = np.zeros(3, np.float32)
    assert seen.encoded(pixels, encode)[0].shape == seen.encoded(pixels, encode)[0].shape == (4, 8)
    assert encode.runs == 2


def test_an_encoding_that_was_stopped_leaves_nothing() -> None:
    seen, encode = SeenTiles(), Encoder()

    def stopped() -> tuple[np.ndarray, ...]:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        seen.encoded(np.zeros(3), stopped)
    seen.encoded(np.zeros(3), encode)
    assert encode.runs == 1


def changed(frame: Frame) -> Frame:
    """The same screen with another corner."""
    image = frame.image.copy()
    image[:8, :8] = 255 - image[:8, :8]
    return Frame(image)


def test_a_second_capture_encodes_only_the_tiles_that_changed_and_sees_the_same() -> None:
    pytest.importorskip("openvino")
    from models.runtimes.vision_openvino_smolvlm import OpenVinoSmolVlm

    folder, frame = DATA / "tiny-smolvlm", noise(256, 128)
    model = OpenVinoSmolVlm(folder, precision="f32")
    first = model.look(frame, ScreenText()).logits
    assert model.seen.reused == 0
    assert np.array_equal(model.look(frame, ScreenText()).logits, first)
    tiles = model.seen.reused
    assert tiles > 4
    after = model.look(changed(frame), ScreenText()).logits
    assert model.seen.reused - tiles == tiles - 2  # one tile and the small picture of all of it
    fresh = OpenVinoSmolVlm(folder, precision="f32").look(changed(frame), ScreenText()).logits
    assert np.array_equal(after, fresh)


def test_the_same_screen_is_encoded_once_by_a_qwen() -> None:
    pytest.importorskip("openvino")
    from models.runtimes.vision_openvino import OpenVinoQwen3VL

    model, frame = OpenVinoQwen3VL(TINY, precision="f32"), noise(96, 64)
    first = model.look(frame, ScreenText()).logits
    assert np.array_equal(model.look(frame, ScreenText()).logits, first)
    assert model.seen.reused == 1
    assert not np.array_equal(model.look(changed(frame), ScreenText()).logits, first)
