"""Stands for a model that is published with code of its own: the layout and methods of Moondream's, made up inside.

The real code and weights are not here. What this shows: files that import each other load from the model's folder,
only with consent and only unaltered; what their methods give becomes a `Look`. `hf_moondream.py` and `moondream.py`
below are written for the tests after the published interface (docs.moondream.ai, hf_moondream.py).
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from models.manifest import write_manifest
from models.origin import Origin, write_origin
from tests.models.tiny import TINY

WRAPPER = """
from transformers import PretrainedConfig, PreTrainedModel

from .moondream import Inner


class HfConfig(PretrainedConfig):
    model_type = "moondream1"


class HfMoondream(PreTrainedModel):
    config_class = HfConfig

    def __init__(self, config):
        super().__init__(config)
        self.model = Inner()

    def encode_image(self, image):
        return self.model.encode_image(image)

    def query(self, image, question=None, stream=False, settings=None):
        return {"answer": self.model.words(image, question, settings)}

    def caption(self, image, length="normal", stream=False, settings=None):
        return {"caption": self.model.words(image, length, settings)}

    def detect(self, image, object, settings=None):
        if object == "nothing":
            return {"objects": []}
        return {"objects": [{"x_min": 0.25, "y_min": 0.5, "x_max": 0.5, "y_max": 1.2}]}

    def point(self, image, object, settings=None):
        return {"points": [{"x": 0.5, "y": 0.25}]}

    def detect_gaze(self, image, eye=None, face=None):
        return {"gaze": None if eye[0] > 0.9 else {"x": eye[0], "y": 0.5}}
"""
INNER = """
import torch
from tokenizers import Tokenizer


class Inner(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.tokenizer = Tokenizer.from_pretrained("somebody/elsewhere")
        self.scale = torch.nn.Parameter(torch.ones(4))

    def encode_image(self, image):
        return ("encoded", image.size, float(self.scale.sum()))

    def words(self, encoded, asked, settings):
        kind, size, total = encoded
        assert kind == "encoded" and settings["temperature"] == 0
        known = len(self.tokenizer.encode(asked).ids) > 0
        for word in ("picture ", f"{size[0]}x{size[1]} ", f"{total:g} ", str(known)):
            yield word
"""


def moondream(models: Path, name: str = "moondream2", consent: bool = True, **origin: object) -> Path:
    """Install the stand-in into `models` as a pull would."""
    import torch
    from safetensors.torch import save_file

    folder = models / name
    folder.mkdir(parents=True)
    (folder / "hf_moondream.py").write_text(WRAPPER)
    (folder / "moondream.py").write_text(INNER)
    named = {"AutoConfig": "hf_moondream.HfConfig", "AutoModelForCausalLM": "hf_moondream.HfMoondream"}
    (folder / "config.json").write_text(json.dumps({"model_type": "moondream1", "auto_map": named}))
    shutil.copy(TINY / "tokenizer.json", folder)
    save_file({"model.scale": torch.full((4,), 2.0)}, folder / "model.safetensors", {"format": "pt"})
    install(folder, consent, **origin)
    return folder


def install(folder: Path, consent: bool = True, revision: str = "abc123", **origin: object) -> None:
    """Write origin and manifest of a model."""
    write_origin(folder, Origin(repo="somebody/model", revision=revision, code=consent, **origin))
    write_manifest(folder, name=folder.name, version="1", licence="Apache-2.0", revision=revision)
