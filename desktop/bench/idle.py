"""What the tray program costs while nobody asks anything, after every window was opened and closed once.

    python -m desktop.bench idle [--seconds 60]

Prints memory, processor, writing to disks, and whether a microphone or camera is held (R23, R37).
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Sequence

from desktop.bench.headless import Desk
from desktop.bench.tray import MB, Taken, started, taken

GOAL_MB = 120
GOAL_PROCESSOR = 0.5
"""per cent of one core"""


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench idle", description=__doc__.splitlines()[0]
    )
    options.add_argument("--seconds", type=float, default=60.0)
    options.add_argument("--fresh", action="store_true", help="without opening windows first")
    chosen = options.parse_args(argv)
    with started(*([] if chosen.fresh else ["--windows"])) as (desk, program):
        process = program.process.pid
        time.sleep(5.0)  # whatever the start has put off
        before, began = taken(process), time.monotonic()
        time.sleep(chosen.seconds)
        after, seconds = taken(process), time.monotonic() - began
        recordings = recording(desk, process)
    print(told(before, after, seconds, recordings))
    share = 100 * (after.processor_seconds - before.processor_seconds) / seconds
    good = after.megabytes <= GOAL_MB and share <= GOAL_PROCESSOR and not after.devices and not recordings
    return 0 if good else 1


def recording(desk: Desk, process: int) -> int:
    """How many recordings the sound server makes for the process."""
    listed = subprocess.run(
        ("pactl", "list", "source-outputs"), env=desk.environment, capture_output=True, text=True, check=True
    )
    return listed.stdout.count(f'application.process.id = "{process}"')


def told(before: Taken, after: Taken, seconds: float, recordings: int) -> str:
    share = 100 * (after.processor_seconds - before.processor_seconds) / seconds
    held = ", ".join(after.devices) or "none"
    return "\n".join(
        [
            f"memory          {after.megabytes:6.1f} MB ({after.own_megabytes:.1f} its own)   goal {GOAL_MB}",
            f"processor       {share:6.2f} % of a core over {seconds:.0f} s   goal {GOAL_PROCESSOR}",
            f"written         {(after.written - before.written) / MB:6.2f} MB",
            f"files, threads  {after.files}, {after.threads}",
            f"microphone, camera or loudspeaker held: {held}; recordings at the sound server: {recordings}",
        ]
    )
