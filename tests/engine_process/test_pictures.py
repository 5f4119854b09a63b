"""Pictures in shared memory: copied as they are, given back, and never with a name that could stay."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from models.engine_process import pictures

SHARED = Path("/dev/shm")


@pytest.fixture
def memory():
    made = pictures.PictureMemory()
    yield made
    made.close()


def a_picture(height: int = 30, width: int = 40) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.skipif(sys.platform == "win32", reason="the descriptor is inherited elsewhere")
def test_a_picture_is_copied_out_as_it_is(memory: pictures.PictureMemory) -> None:
    for size in ((30, 40), (1080, 1920), (3, 5)):
        picture = a_picture(*size)
        copy = pictures.taken(memory.put(picture))
        memory.free()
        assert np.array_equal(copy, picture) and copy.flags.c_contiguous


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc and /dev/shm")
def test_memory_goes_back_and_has_no_name(memory: pictures.PictureMemory) -> None:
    before = set(SHARED.iterdir()) if SHARED.is_dir() else set()
    memory.put(a_picture(500, 500))
    assert os.fstat(memory.descriptor).st_size == 750_000
    assert (set(SHARED.iterdir()) if SHARED.is_dir() else set()) == before
    memory.free()
    assert os.fstat(memory.descriptor).st_size == 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs a memfd")
def test_a_picture_cut_short_by_the_other_side_is_an_error_and_no_crash(
    memory: pictures.PictureMemory,
) -> None:
    where = memory.put(a_picture())
    os.ftruncate(memory.descriptor, 10)
    with pytest.raises(ValueError):
        pictures.taken(where)
    memory.put(a_picture(60, 60))  # and the next one can be written


@pytest.mark.parametrize("size", [(0, 5), (-3, 5), (10**6, 10**6)])
def test_sizes_that_no_picture_has_are_refused(memory: pictures.PictureMemory, size: tuple[int, int]) -> None:
    with pytest.raises(ValueError):
        pictures.taken({"height": size[0], "width": size[1], "descriptor": memory.descriptor})
