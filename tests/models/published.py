"""Stand for models that are published with code of their own: layout and methods of Moondream's and HyperCLOVA X's.

The real code and weights are not here. What this shows: files that import each other load from the model's folder,
only with consent and only unaltered; what their methods give becomes a `Look`. The files below are written for the
tests after the published interfaces: docs.moondream.ai, and the model card of HyperCLOVAX-SEED-Vision-Instruct-3B.
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

MODELING = """
from transformers import LlamaConfig, LlamaForCausalLM


class HCXVisionConfig(LlamaConfig):
    model_type = "hyperclovax_vlm"


class HCXVisionForCausalLM(LlamaForCausalLM):
    config_class = HCXVisionConfig

    def generate(self, input_ids=None, pixel_values=None, **more):
        assert pixel_values.shape[-1] == 3 and pixel_values.ndim == 3
        return super().generate(input_ids=input_ids, **more)
"""
PROCESSING = """
import io
import json

import numpy as np
import torch
from PIL import Image
from transformers import BatchFeature, PreTrainedTokenizerFast


class HCXProcessor:
    seen = []

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    @classmethod
    def from_pretrained(cls, folder, **more):
        return cls(PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json")))

    def apply_chat_template(self, chat, tokenize, return_dict, return_tensors, add_generation_prompt):
        self.seen.append(chat)
        text, pixels = "", None
        for message in chat:
            for part in message["content"]:
                if part["type"] == "image":
                    pixels = np.asarray(Image.open(io.BytesIO(part["image"])))
                    text += json.dumps({"ocr": part["ocr"], "lens_keywords": part["lens_keywords"]}, ensure_ascii=False)
                else:
                    text += message["role"] + part["text"]
        ids = torch.tensor([self.tokenizer.encode(text)])
        return BatchFeature({"input_ids": ids, "pixel_values": torch.tensor(pixels)})
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


def hyperclovax(models: Path, name: str = "hyperclovax-seed-vision-3b") -> Path:
    """Install the stand-in: a random Llama of two layers behind the published names."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    folder = models / name
    folder.mkdir(parents=True)
    torch.manual_seed(2)
    size = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2}
    vocabulary = len(json.loads((TINY / "tokenizer.json").read_text())["model"]["vocab"])
    LlamaForCausalLM(
        LlamaConfig(vocab_size=vocabulary, max_position_embeddings=8192, initializer_range=0.3, **size)
    ).save_pretrained(folder)
    (folder / "modeling_hyperclovax.py").write_text(MODELING)
    (folder / "processing_hyperclovax.py").write_text(PROCESSING)
    shutil.copy(TINY / "tokenizer.json", folder)
    config = json.loads((folder / "config.json").read_text())
    config |= {
        "model_type": "hyperclovax_vlm",
        "architectures": ["HCXVisionForCausalLM"],
        "auto_map": {
            "AutoConfig": "modeling_hyperclovax.HCXVisionConfig",
            "AutoModelForCausalLM": "modeling_hyperclovax.HCXVisionForCausalLM",
        },
    }
    (folder / "config.json").write_text(json.dumps(config))
    named = {"AutoProcessor": "processing_hyperclovax.HCXProcessor"}
    (folder / "processor_config.json").write_text(json.dumps({"auto_map": named}))
    install(folder)
    return folder


def install(folder: Path, consent: bool = True, revision: str = "abc123", **origin: object) -> None:
    """Write origin and manifest of a model."""
    write_origin(folder, Origin(repo="somebody/model", revision=revision, code=consent, **origin))
    write_manifest(folder, name=folder.name, version="1", licence="Apache-2.0", revision=revision)
