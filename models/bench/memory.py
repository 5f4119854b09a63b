"""How much memory this process holds right now, in bytes; None where the system does not say (Windows)."""

from __future__ import annotations

import sys
from pathlib import Path


def resident() -> int | None:
    """Memory in use now; where only a peak is told (macOS), the peak."""
    return _linux("VmRSS") if sys.platform == "linux" else peak()


def peak() -> int | None:
    """The most there ever was."""
    if sys.platform == "linux":
        return _linux("VmHWM")
    if sys.platform == "win32":
        return None
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


def _linux(field: str) -> int | None:
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    for line in status.splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024
    return None
