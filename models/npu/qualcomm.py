"""Qualcomm's HTP prepare out of the onnxruntime-qnn wheel, which runs on Linux x86-64 with no Snapdragon.

Each model is compiled in a process of its own (`python -m models.npu.qualcomm LIBRARIES MODEL.onnx CONTEXT.onnx`), as a compiler
that dies must not take the report with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from models.npu.outcome import Outcome
from models.npu.wheels import QNN_LINUX, unpacked

PROVIDER = "QNNExecutionProvider"
PLATFORMS = {"HTP v73": ("73", "60")}
"""name → htp_arch and soc_model: Snapdragon X Elite and X Plus"""
MOST_SECONDS = 1800
_DOOR = {"QuantizeLinear", "DequantizeLinear"}


def compile_for(platform: str, tower: str, numbers: str, model: Path, work: Path) -> Outcome:
    """Compile the ONNX file `model`; context and binary lie beside it."""
    libraries = unpacked(QNN_LINUX, work) / "onnxruntime_qnn"
    context = model.with_name(f"{model.stem}-{platform.replace(' ', '-')}.onnx")
    for old in model.parent.glob(f"{context.stem}*"):
        old.unlink()
    command = [
        sys.executable,
        "-m",
        "models.npu.qualcomm",
        *map(str, (libraries, model, context)),
        *PLATFORMS[platform],
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(tower, platform, numbers, refused=f"not ready after {MOST_SECONDS} s")
    last = done.stdout.splitlines()[-1:] or [""]
    if done.returncode or not last[0].startswith("{"):
        reason = (done.stderr or done.stdout).strip()[-300:] or f"ended with {done.returncode}"
        return Outcome(tower, platform, numbers, refused=reason)
    told = json.loads(last[0])
    binaries = sum(path.stat().st_size for path in model.parent.glob(f"{context.stem}*.bin"))
    elsewhere = {kind: count for kind, count in told["cpu"].items() if kind not in _DOOR}
    door = sum(count for kind, count in told["cpu"].items() if kind in _DOOR)
    if not binaries:
        return Outcome(tower, platform, numbers, refused="no operator was taken", elsewhere=elsewhere)
    return Outcome(tower, platform, numbers, binaries, told["compile_s"], elsewhere, door)


def prepare(libraries: Path, model: Path, context: Path, arch: str, soc: str) -> dict[str, object]:
    """{"compile_s", "cpu": {operator: how many}}. Raises what onnxruntime raises."""
    import onnxruntime as ort

    ort.register_execution_provider_library(PROVIDER, str(libraries / "libonnxruntime_providers_qnn.so"))
    devices = [device for device in ort.get_ep_devices() if device.ep_name == PROVIDER]
    options = ort.SessionOptions()
    for key, value in {
        "ep.context_enable": "1",
        "ep.context_file_path": str(context),
        "ep.context_embed_mode": "0",
        "session.record_ep_graph_assignment_info": "1",
    }.items():
        options.add_session_config_entry(key, value)
    backend = {"backend_path": str(libraries / "libQnnHtp.so"), "htp_arch": arch, "soc_model": soc}
    options.add_provider_for_devices(devices[:1], backend)
    started = time.perf_counter()
    session = ort.InferenceSession(str(model), options)
    seconds = round(time.perf_counter() - started, 1)
    left: Counter[str] = Counter()
    for part in session.get_provider_graph_assignment_info():
        if part.ep_name != PROVIDER:
            left.update(node.op_type for node in part.get_nodes())
    return {"compile_s": seconds, "cpu": dict(left)}


if __name__ == "__main__":
    _libraries, _model, _context = (Path(given) for given in sys.argv[1:4])
    print(json.dumps(prepare(_libraries, _model, _context, *sys.argv[4:6])), flush=True)
