"""Memory that is freed goes back to the system (Linux)."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading
import numpy as np
from models.giving_back import keep_little, trim

def held():
    return next(int(row.split()[1]) for row in open("/proc/self/smaps_rollup") if row.startswith("Anonymous:")) // 1024

if sys.argv[1] == "little":
    keep_little()
for _ in range(6):  # the C library learns from each freed picture to keep the next one
    np.ones(6_220_800, np.uint8), np.ones(8_294_400, np.uint8)
before, kept = held(), []

def work():
    pictures = [np.ones(6_220_800, np.uint8) for _ in range(4)]
    kept.append(b"small" * 100)  # lies behind them
    del pictures

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
    thread.join()
print(held() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the C library of Linux")
def test_pictures_that_are_freed_are_not_kept() -> None:
    """Megabytes that stay: a few where little is kept, more than a picture otherwise."""
    stayed = {}
    for how in ("little", "much"):
        program = (sys.executable, "-c", PROGRAM, how)
        stayed[how] = int(subprocess.run(program, check=True, capture_output=True, text=True).stdout)
    assert stayed["little"] <= 2
    assert stayed["much"] > 5
