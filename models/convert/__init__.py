"""From a checkpoint (Qwen3-VL, SmolVLM) to a verified OpenVINO folder: `python -m models.convert` (extras torch, convert)."""
