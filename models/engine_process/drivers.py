"""What a device's results are bound to: this machine, its driver, the engine's version. Loads no engine and asks no driver.

A driver that is broken must not be woken to be asked for its version: files, the registry and package metadata tell it.
"""

from __future__ import annotations

import functools
import hashlib
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_MODULES = {"GPU": ("i915", "xe", "amdgpu"), "NPU": ("intel_vpu", "amdxdna")}
_LIBRARIES = {
    "GPU": ("libze_intel_gpu.so*", "intel-opencl/libigdrcl.so*", "libOpenCL.so*"),
    "NPU": ("libze_intel_npu.so*", "libze_intel_vpu.so*", "libnpu_driver_compiler.so*"),
}
_PLACES = ("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib")
_CLASSES = {"GPU": "{4d36e968-e325-11ce-bfc1-08002be10318}", "NPU": "{f01a9d53-3ff6-48d2-9f97-c8a7004be10c}"}


@functools.cache
def stamp(device: str) -> str:
    """Sixteen hexadecimal digits that change with the machine, the driver of `device`, or OpenVINO."""
    told = "\n".join([platform.node(), platform.machine(), _engine(), device, *sorted(_driver(device))])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _engine() -> str:
    try:
        return version("openvino")
    except PackageNotFoundError:
        return ""


def _driver(device: str) -> Iterator[str]:
    kind = device.partition(".")[0]
    if kind not in _MODULES:
        yield platform.processor()
    elif sys.platform == "win32":
        yield from _windows(_CLASSES[kind])
    elif sys.platform == "darwin":
        yield platform.mac_ver()[0]  # drivers come with the system
    else:
        yield from _linux(kind)


def _linux(kind: str) -> Iterator[str]:
    """The kernel with its modules, and the libraries of the driver that stand beside it: name, size, time."""
    yield platform.release()
    for module in _MODULES[kind]:
        for name in ("version", "srcversion"):
            path = Path("/sys/module", module, name)
            if path.is_file():
                yield f"{module} {path.read_text(encoding='ascii', errors='replace').strip()}"
    for place in _PLACES:
        for pattern in _LIBRARIES[kind]:
            for path in sorted(Path(place).glob(pattern)):
                about = path.stat()
                yield f"{path} {about.st_size} {about.st_mtime_ns}"


def _windows(class_id: str) -> Iterator[str]:
    """DriverVersion of every device of the class, as the registry has it."""
    import winreg

    base = rf"SYSTEM\CurrentControlSet\Control\Class\{class_id}"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, base) as key:
            for number in range(winreg.QueryInfoKey(key)[0]):
                name = winreg.EnumKey(key, number)
                try:
                    with winreg.OpenKey(key, name) as one:
                        yield f"{name} {winreg.QueryValueEx(one, 'DriverVersion')[0]}"
                except OSError:  # "Properties" and others that nobody but the system may open
                    continue
    except OSError:
        return
