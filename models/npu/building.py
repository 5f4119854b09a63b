"""Makes the files of a tower, and measures what each keeps of the dynamic graphs on pictures that calibrated nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.errors import EngineFailed
from models.npu.integers import int8_ir, qdq_onnx, run_ir, run_onnx
from models.npu.towers import likeness, tower_of
from models.quantize.calibration import from_folder
from models.runtimes.npu_tower import NAME

HELD_OUT = 2


def build(
    folder: Path, out: Path, pictures: Path, count: int, size: int | None = None, *, onnx: bool = True
) -> dict[str, Any]:
    """Write the towers of `folder` into `out`: an 8-bit IR under the name the engine looks for, the same in half precision, and an
    ONNX file with QDQ pairs; `tower_SIZE.json` tells their names and likenesses and is returned.

    Of the pictures the last two are held out. Errors: `EngineFailed` conversion_refused without enough pictures, and those
    of the engine, nncf and onnxruntime.
    """
    import openvino as ov

    tower = tower_of(folder, from_folder(pictures, count + HELD_OUT), size)
    shown, held = tower.samples[:-HELD_OUT], tower.samples[-HELD_OUT:]
    if not shown:
        raise EngineFailed("conversion_refused", path=str(pictures), reason="too few pictures")
    inputs = [sample.inputs for sample in held]
    out.mkdir(parents=True, exist_ok=True)
    ir = f"openvino_{NAME.format(size=tower.size)}_model.xml"
    told: dict[str, Any] = {
        "name": f"{tower.name}, {tower.size}", "size": tower.size, "calibrated_on": len(shown), "held_out": len(held),
        "likeness": {"static float32": likeness(run_ir(tower.graph, inputs), held)},
    }  # fmt: skip
    half = f"tower_{tower.size}_half.xml"
    ov.save_model(tower.graph, out / half, compress_to_fp16=True)
    if onnx:
        told["onnx"] = f"tower_{tower.size}.onnx"
        qdq_onnx(tower.graph, shown, out / told["onnx"])
        told["likeness"]["ONNX int8, 16-bit activations"] = likeness(
            run_onnx(out / told["onnx"], inputs), held
        )
    small = int8_ir(tower.graph, shown)
    ov.save_model(small, out / ir, compress_to_fp16=False)
    told["likeness"]["IR int8"] = likeness(run_ir(small, inputs), held)
    told |= {"ir": ir, "half": half}
    (out / f"tower_{tower.size}.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told
