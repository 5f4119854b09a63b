"""Our engine beside others at the same shapes: `python -m models.bench engines` (main.py)."""
