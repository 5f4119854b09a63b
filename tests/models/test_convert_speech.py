"""A Whisper checkpoint becomes a folder that OpenVINO GenAI opens; what the exporter does not like is quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import EngineFailed
from models.catalogue import BUNDLED, SYNTHETIC
from models.convert.speech import KEPT, to_openvino
from models.runtimes.transcriber_openvino import GRAPHS
from models.runtimes.transcriber_whisper import takes_hotwords

pytest.importorskip("optimum.intel", reason="exporting needs the extra `convert`")
CHECKPOINT = BUNDLED / SYNTHETIC / "checkpoint"


def test_graphs_tokenizer_and_texts_are_there(tmp_path: Path) -> None:
    out = tmp_path / "whisper"
    to_openvino(CHECKPOINT, out)
    assert all((out / f"openvino_{graph}.{end}").is_file() for graph in GRAPHS for end in ("xml", "bin"))
    assert all((out / name).is_file() for name in KEPT)
    assert not takes_hotwords(out)


def test_what_is_no_checkpoint_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineFailed) as caught:
        to_openvino(tmp_path / "empty", tmp_path / "whisper")
    assert caught.value.code == "conversion_refused"
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
