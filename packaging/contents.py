"""What the installed program consists of: one set of rules for three systems. Standard library only.

The spec collects by these rules, the check looks for their results in the bundle, the lock leaves out what they name.
A new data file beside the code ships by itself; nothing here lists files one by one.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DIST = ROOT / "dist"
BUNDLE = BUILD / "bundle" / "nunchi"
"""the program as PyInstaller leaves it: `nunchi` and `_internal/`"""
INSIDE = BUNDLE / "_internal"
SYSTEM_LIBRARIES = BUILD / "bundle" / "system-libraries.json"
"""what of `_internal/` came from this Linux itself: {"name": "where it lay"}"""

PACKAGES = ("assistant", "models", "desktop")
DEVELOPERS = (
    "models/LOG.md", "models/train", "models/eval", "models/bench", "models/convert", "models/quantize", "models/npu", "desktop/bench",
    "desktop/pictures.py", "desktop/pictures_windows.py",
)  # fmt: skip
"""needs torch, or the test set: not for people who use the program"""
_NO_DATA = {".py", ".pyc", ".pyi"}
_NO_FOLDERS = {"__pycache__", "checkpoint"}

LEFT_OUT = {
    "av": "100 MB with GPL encoders; faster-whisper imports it for files only, and gets samples from us",
    "hf-xet": "a second way to download; httpx2 moves every byte here",
    "openvino-telemetry": "would send usage data; only the converter, which is not shipped, imports it",
}
"""dependencies of dependencies that do not ship, and why"""

UNWANTED_MODULES = [
    "av", "hf_xet", "openvino_telemetry", "cryptography", "torch", "transformers", "torchvision", "tensorflow", "tkinter", "PIL.ImageTk",
    "PIL.ImageQt", "PIL.AvifImagePlugin", "IPython", "matplotlib", "scipy", "pandas",
    "readline", "_dbm", "_gdbm", "curses", "_curses", "pytest", "_pytest", "hypothesis", "setuptools",
    "pkg_resources", "pip", "wheel", "pydoc_data", "lib2to3", "numpy.f2py", "numpy.distutils", "numpy.tests", "numpy.random", "pygments", "rich",
    "onnxruntime.transformers", "onnxruntime.quantization", "onnxruntime.tools", "onnxruntime.training",
    "openvino.tools", "openvino.torch", "openvino.frontend.pytorch", "openvino.frontend.tensorflow",
    "openvino.frontend.jax", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtPdf",
    "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtTest", "PySide6.QtSql", "PySide6.QtPrintSupport",
    *(name.rstrip("/").removesuffix(".py").replace("/", ".") for name in DEVELOPERS),
]  # fmt: skip

_UNUSED_QT = (
    r"Quick\w+|Qml(?!(Models|Meta|WorkerScript)\b)\w+|Pdf\w*|Wayland\w*|EglF[sS]\w*|VirtualKeyboard\w*|Sql|Test|WlShell\w*"
    r"|ShaderTools\w*|LabsPlatform|OpenGLWidgets"
)
"""Quick and Qml themselves stay: Qt's camera plugin is linked with them"""
_DEAD_WEIGHT = re.compile(
    r"openvino/libs/.*openvino_(tensorflow|tensorflow_lite|pytorch|paddle|gguf|jax)_frontend"
    r"|openvino/libs/.*(openvino_c\b|openvino_(auto|auto_batch|hetero)_plugin|\.pc$|tbbmalloc_proxy|\.lib$|_debug)"
    r"|onnxruntime/capi/libonnxruntime\.(so|dylib|\d)"  # a second copy, for programs in C
    r"|onnxruntime/(datasets|backend|tools|quantization|transformers)/"
    rf"|(^|/)(lib)?Qt6?({_UNUSED_QT})(\.|$)"
    r"|plugins/(platforms/libq(eglfs|wayland|linuxfb|minimalegl|vkkhrdisplay|vnc)|platformthemes/libqgtk3|wayland|egldeviceintegrations"
    r"|platforminputcontexts/libqtvirtualkeyboard|sqldrivers|tls|networkinformation|qmltooling|qmllint|designer"
    r"|imageformats/libq(pdf|tiff|tga|wbmp|icns|gif|webp)|generic/|printsupport|renderers|sceneparsers|geometryloaders)"
    r"|PySide6/(Qt/)?translations/(?!(qtbase|qt)_(ko|en)\.qm)[^/]*\.qm$"
    r"|(^|/)PySide6/Qt/(qml|libexec|metatypes|resources)/"
    r"|libgtk-3|libgdk-3|(^|/)_tkinter|(^|/)(tcl|tk)8"
    r"|numpy/(core|_core)/(lib|include)/|securesystemslib/_vendor/ed25519/test|/tests?/|\.pyi$|\.lib$|\.dist-info/(direct_url\.json|RECORD|INSTALLER|REQUESTED|sboms/)"
    r"|PIL/_(avif|imagingtk|webp_unused)|libavif|opengl32sw\.dll"
)
"""by the path inside the bundle, with forward slashes; checked against what the packaged program really needs by
`tests/packaging`"""

STRIPPED = re.compile(
    r"ctranslate2/_ext[^/]*\.so$|libctranslate2|libpython3|tokenizers/tokenizers|PIL/_imaging\.|lib-dynload/|yaml/_yaml"
)
"""Linux: 100 MB of symbols in all; others must stay as they are (numpy's OpenBLAS breaks)"""
LOOSE = {"Xlib": "py", "pynput": "py"}
"""under the LGPL, so as files that a person may replace"""


def version() -> str:
    return _project()["version"]


def licence() -> str:
    """Of everything of ours together, as SPDX writes it. What Windows, macOS and AppStream are told must be the same."""
    return _project()["license"]


def _project() -> dict[str, str]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def dead_weight(inside: str) -> bool:
    """Whether a file that PyInstaller found stays out, by its path inside the bundle."""
    return bool(_DEAD_WEIGHT.search(inside.replace("\\", "/")))


def for_developers(path: Path) -> bool:
    """`path` relative to the repository."""
    told = path.as_posix()
    return any(told == one or told.startswith(f"{one}/") for one in DEVELOPERS)


def data_files() -> Iterator[Path]:
    """Everything beside the code that runs: models, pictures, words, fonts, translations. Relative to the repository."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            inside = path.relative_to(ROOT)
            if path.suffix in _NO_DATA or not path.is_file() or _NO_FOLDERS & set(inside.parts):
                continue
            if not for_developers(inside):
                yield inside
    yield Path("LICENSE")


def modules() -> Iterator[str]:
    """Every module of ours, because verbs and back ends are imported by name."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            inside = path.relative_to(ROOT)
            if "__pycache__" in inside.parts or for_developers(inside):
                continue
            parts = inside.with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def locked(system: str | None = None) -> list[tuple[str, str]]:
    """Name and version of each package that ships, from the lock. `system` is linux, windows or macos."""
    text = lock_file(system or this_system()).read_text("utf-8")
    return re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE)


def lock_file(system: str) -> Path:
    return ROOT / "packaging" / "locks" / f"{system}.txt"


def this_system() -> str:
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
