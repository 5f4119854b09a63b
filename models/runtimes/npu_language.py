"""A whole language model on Intel's NPU through OpenVINO GenAI: its limits, and what of them a picture and text may have.

The NPU's language model has fixed shapes: a prompt of `PROMPT` tokens and room for `RESPONSE` more, compiled in (OpenVINO's
defaults; larger ones compile longer and need more memory). Pictures are encoded elsewhere by the pipeline. Settings are those of
"Passing config to VLMs" in OpenVINO's «Inference with GenAI on NPU»: they belong into DEVICE_PROPERTIES, as the encoder's device
refuses them (openvinotoolkit/openvino.genai#3366).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.errors import EngineFailed
from models.runtimes.genai_folder import BY_PIXELS, PIXELS_A_TOKEN

PROMPT, RESPONSE = 1024, 128
AROUND = 32
"""tokens of the chat template and of the marks around a picture"""
_SEEN = {"gemma3": 256, "llava": 576}
"""families whose pictures always become so many tokens"""
_PICTURE = 448
"""tokens that a picture may have where its size decides: leaves as many for lines and question"""


@dataclass(frozen=True)
class Budget:
    """`most_pixels` of a picture (None: its size does not matter), `text` tokens for lines, turns and question together."""

    most_pixels: int | None
    text: int


def budget(family: str, folder: Path) -> Budget:
    """Errors: `EngineFailed` engine_load_failed for a family that cuts pictures into as many tokens as it likes."""
    if family in BY_PIXELS:
        return Budget(_PICTURE * PIXELS_A_TOKEN, PROMPT - _PICTURE - AROUND)
    if family in _SEEN:
        return Budget(None, PROMPT - _SEEN[family] - AROUND)
    raise EngineFailed(
        "engine_load_failed", engine="openvino", device="NPU", path=str(folder),
        reason=f"a picture of {family} can be more than the {PROMPT} tokens that an NPU's prompt may have",
    )  # fmt: skip


def pipeline_options(cache_folder: Path | None) -> dict[str, object]:
    """For `VLMPipeline(folder, "NPU", …)`."""
    npu: dict[str, object] = {"MAX_PROMPT_LEN": PROMPT, "MIN_RESPONSE_LEN": RESPONSE}
    if cache_folder:
        npu["CACHE_DIR"] = str(cache_folder)
    return {"DEVICE_PROPERTIES": {"NPU": npu}}
