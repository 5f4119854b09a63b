"""A Whisper checkpoint of transformers as OpenVINO GenAI runs it: encoder, one stateful decoder, the tokenizer as graphs. 8-bit weights."""

from __future__ import annotations

import tempfile
from pathlib import Path

from assistant.errors import EngineFailed
from models.convert.exporter import export_into

KEPT = (
    "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json",
)  # fmt: skip


def to_openvino(checkpoint: Path, out: Path) -> None:
    """Run optimum-intel's exporter offline on `checkpoint`; `out` must not be there yet.

    Errors: `EngineFailed` engine_not_installed, conversion_refused with the exporter's last words.
    """
    with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
        export_into(Path(scratch), checkpoint, "automatic-speech-recognition-with-past", "int8")
        made = [path for path in sorted(Path(scratch).iterdir()) if path.name.startswith("openvino_")]
        if not any(path.name == "openvino_tokenizer.xml" for path in made):
            raise EngineFailed(
                "conversion_refused",
                path=str(checkpoint),
                reason="the exporter wrote no openvino_tokenizer.xml",
            )
        out.mkdir()
        for path in made:
            path.rename(out / path.name)
        for name in KEPT:
            if (source := checkpoint / name).is_file():
                (out / name).write_bytes(source.read_bytes())
