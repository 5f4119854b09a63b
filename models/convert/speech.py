"""A Whisper checkpoint of transformers as OpenVINO GenAI runs it: encoder, one stateful decoder, the tokenizer as graphs. 8-bit weights."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from assistant.errors import EngineFailed

KEPT = (
    "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json",
)  # fmt: skip


def to_openvino(checkpoint: Path, out: Path) -> None:
    """Run optimum-intel's exporter offline on `checkpoint`; `out` must not be there yet.

    Errors: `EngineFailed` engine_not_installed, conversion_refused with the exporter's last words.
    """
    with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        command = [
            sys.executable, "-m", "optimum.commands.optimum_cli", "export", "openvino", "--model", str(checkpoint),
            "--task", "automatic-speech-recognition-with-past", "--weight-format", "int8", scratch,
        ]  # fmt: skip
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "DO_NOT_TRACK": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if "No module named 'optimum" in done.stderr:
            raise EngineFailed("engine_not_installed", engine="optimum-intel", extra="convert")
        made = [path for path in sorted(Path(scratch).iterdir()) if path.name.startswith("openvino_")]
        if done.returncode or not any(path.name == "openvino_tokenizer.xml" for path in made):
            last = "\n".join(done.stderr.splitlines()[-5:])
            raise EngineFailed("conversion_refused", path=str(checkpoint), reason=last)
        out.mkdir()
        for path in made:
            path.rename(out / path.name)
        for name in KEPT:
            if (source := checkpoint / name).is_file():
                (out / name).write_bytes(source.read_bytes())
