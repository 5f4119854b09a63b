"""A fresh interpreter proves that doors stay light: what a module must not load, and how much it may."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "torch",
    "transformers",
    "openvino",
    "onnxruntime",
    "faster_whisper",
    "ctranslate2",
    "PySide6",
    "cv2",
)


def loaded_after(statement: str) -> set[str]:
    """Names of all modules a new interpreter holds after `statement`."""
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "assistant.ask",
        "assistant.images",
        "assistant.sound",
        "models.catalogue",
        "models.manifest",
        "models.runtimes.vision_openvino",
        "models.runtimes.vision_transformers",
        "models.runtimes.transcriber_whisper",
        "models.runtimes.screen_reader",
        "models.eval.scoring",
        "desktop.command.main",
    ],
)
def test_importing_a_module_loads_no_engine_and_no_qt(module: str) -> None:
    found = {name for name in loaded_after(f"import {module}") if name.split(".")[0] in HEAVY}
    assert not found, f"importing {module} loaded {sorted(found)[:5]}"


def test_the_command_line_stays_quick_to_start() -> None:
    """Counted in modules, not in seconds: `nunchi --help` loads neither numpy nor Pillow nor any engine."""
    modules = loaded_after("import desktop.command.main as m; m.parser()")
    assert not {"numpy", "PIL"} & modules
    assert len(modules) < 165  # 146 when this was written; each hundred costs some 30 ms


def test_the_help_is_told_without_anything_more() -> None:
    modules = loaded_after(
        "import contextlib, os, desktop.command.main as m\n"
        "with contextlib.redirect_stdout(open(os.devnull, 'w')), contextlib.suppress(SystemExit): m.main(['--help'])"
    )
    assert not {*HEAVY, "numpy", "PIL", "asyncio", "tokenizers", "httpx2", "huggingface_hub"} & modules
    assert len(modules) < 175


def test_the_tray_program_starts_with_windows_and_without_engines() -> None:
    """Models, their engines and what fetches them come with the first question, not with the tray."""
    pytest.importorskip("PySide6")
    modules = loaded_after("import desktop.app")
    late = {*HEAVY, "PIL", "tokenizers", "httpx2", "huggingface_hub", "onnxruntime"} - {"PySide6"}
    assert not late & modules
    assert len(modules) < 480  # 415 when this was written
