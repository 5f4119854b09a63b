"""optimum-intel's exporter, run offline in a process of its own: it wants torch and transformers, and forgets nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assistant.errors import EngineFailed


def export_into(folder: Path, checkpoint: Path, task: str, weights: str) -> None:
    """Write what `optimum-cli export openvino` makes of `checkpoint`; `weights` is its name for their format (fp32, int8).

    Errors: `EngineFailed` engine_not_installed, conversion_refused with the exporter's last words.
    """
    command = [
        sys.executable, "-m", "optimum.commands.optimum_cli", "export", "openvino", "--model", str(checkpoint),
        "--task", task, "--weight-format", weights, str(folder),
    ]  # fmt: skip
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "DO_NOT_TRACK": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if "No module named 'optimum" in done.stderr:
        raise EngineFailed("engine_not_installed", engine="optimum-intel", extra="convert")
    if done.returncode:
        raise EngineFailed(
            "conversion_refused", path=str(checkpoint), reason="\n".join(done.stderr.splitlines()[-5:])
        )
