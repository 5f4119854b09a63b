"""What this machine has for a model to run on: memory, room on the disk, devices. Standard library only.

Devices are what the system lists, not what works: whether a driver can run a model, `nunchi doctor` measures.
"""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from models.store import free


@dataclass(frozen=True)
class Machine:
    """Memory and disk in bytes (0: could not be read); devices of CPU, GPU, NPU; names as `platform` gives."""

    memory: int
    free_disk: int
    devices: tuple[str, ...]
    system: str
    architecture: str


def this_machine(models: Path) -> Machine:
    """What is here; `models` is the folder whose disk counts."""
    return Machine(
        memory=memory_bytes(),
        free_disk=free(models),
        devices=devices(),
        system=platform.system(),
        architecture=_architecture(),
    )


def memory_bytes() -> int:
    """All of the main memory, or 0 where the system does not say."""
    try:
        if sys.platform == "win32":
            return _windows_memory()
        if sys.platform == "darwin":
            return int(_output("sysctl", "-n", "hw.memsize") or 0)
        return _linux_field(Path("/proc/meminfo").read_text(encoding="ascii"), "MemTotal")
    except (OSError, ValueError):
        return 0


def processor_seconds(process: int) -> float:
    """What a process has computed so far, all its threads together; 0 where the system is not asked (only Linux is) or it has gone."""
    try:
        spent = (
            Path(f"/proc/{process}/stat")
            .read_text(encoding="ascii", errors="replace")
            .rpartition(")")[2]
            .split()
        )
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0


def devices() -> tuple[str, ...]:
    """CPU, and GPU and NPU where the system lists one."""
    if sys.platform == "win32":
        # Setup classes: display adapters, and compute accelerators (what NPU drivers register as).
        gpu = _windows_class("{4d36e968-e325-11ce-bfc1-08002be10318}")
        npu = _windows_class("{f01a9d53-3ff6-48d2-9f97-c8a7004be10c}")
    elif sys.platform == "darwin":
        gpu, npu = _architecture() == "arm64", False  # no engine of ours reaches Apple's NPU
    else:
        gpu = any(Path("/dev/dri").glob("renderD*"))
        npu = any(Path("/dev/accel").glob("accel*"))
    return ("CPU", *(["GPU"] if gpu else []), *(["NPU"] if npu else []))


def peak_memory_bytes() -> int:
    """The most main memory that this process has taken so far, or 0 where the system does not say."""
    try:
        if sys.platform == "win32":
            return _windows_peak()
        if sys.platform == "darwin":
            import resource

            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return _linux_field(Path("/proc/self/status").read_text(encoding="ascii", errors="replace"), "VmHWM")
    except (OSError, AttributeError, ValueError):
        return 0


def _linux_field(told: str, name: str) -> int:
    """Bytes of a field that /proc tells in kB, 0 where it is not there."""
    for line in told.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0


def _windows_memory() -> int:
    class Status(ctypes.Structure):
        _fields_ = [
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "available", "page_total", "page_available")),
            *((name, ctypes.c_ulonglong) for name in ("virtual_total", "virtual_available", "extended")),
        ]

    status = Status(length=ctypes.sizeof(Status))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined]
        return 0
    return int(status.total)


def _windows_peak() -> int:
    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            *(
                (name, ctypes.c_size_t)
                for name in ("peak", "now", "peak_paged", "paged", "peak_unpaged", "unpaged")
            ),
            *((name, ctypes.c_size_t) for name in ("file", "peak_file")),
        ]

    counters = Counters(size=ctypes.sizeof(Counters))
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    if not kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size):
        return 0
    return int(counters.peak)


def _windows_class(identifier: str) -> bool:
    import winreg  # type: ignore[import-not-found,unused-ignore]

    path = rf"SYSTEM\CurrentControlSet\Control\Class\{identifier}\0000"
    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path))  # type: ignore[attr-defined]
    except OSError:
        return False
    return True


def _architecture() -> str:
    """x64 or arm64 where it is one of them, else what the system calls it."""
    machine = platform.machine().lower()
    return {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(machine, machine)


def _output(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
