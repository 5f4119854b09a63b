"""From a Qwen3-VL checkpoint to a verified OpenVINO folder: `python -m models.convert` (extras torch, convert)."""
