"""Stand for models that are published with code of their own: layout and methods of Moondream's, HyperCLOVA X's, Kanana's.

The real code and weights are not here. What this shows: files that import each other load from the model's folder,
only with consent and only unaltered; what their methods give becomes a `Look`. The files below are written for the
tests after the published interfaces: docs.moondream.ai, and the model cards of HyperCLOVAX-SEED-Vision-Instruct-3B and
kanana-1.5-v-3b-instruct.
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


KANANA_MODELING = """
import torch
from transformers import LlamaConfig, LlamaForCausalLM


class KananaVConfig(LlamaConfig):
    model_type = "kanana-1.5-v"


class KananaVForConditionalGeneration(LlamaForCausalLM):
    config_class = KananaVConfig

    def generate(self, input_ids=None, pixel_values=None, image_metas=None, seq_length=None, attention_mask=None, **more):
        assert pixel_values.shape[-1] == 3 and image_metas and int((input_ids == -1).sum()) == 1
        embedded = self.get_input_embeddings()(input_ids.clamp(min=0))
        embedded = embedded + (input_ids == -1)[..., None] * pixel_values.float().mean() / 255
        return super().generate(inputs_embeds=embedded, attention_mask=attention_mask, **more)
"""
KANANA_PROCESSING = """
import numpy as np
import torch
from transformers import PreTrainedTokenizerFast


class KananaVProcessor:
    seen = []

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    @classmethod
    def from_pretrained(cls, folder, **more):
        return cls(PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json")))

    def batch_encode_collate(self, data_list, padding_side, add_generation_prompt, max_length):
        (sample,) = data_list
        self.seen.append(sample)
        text = "".join(f"{turn['role']}: {turn['content']}\\n" for turn in sample["conv"])
        before, after = text.split("<image>")
        ids = [*self.tokenizer.encode(before), -1, *self.tokenizer.encode(after)][:max_length]
        ids = torch.tensor([ids])
        return {"input_ids": ids, "attention_mask": torch.ones_like(ids), "seq_length": torch.tensor([ids.shape[1]]),
                "pixel_values": torch.tensor(np.asarray(sample["image"][0])), "image_metas": {"vision_grid_thw": [(1, 2, 2)]}}
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
    folder = _random_llama(models / name)
    (folder / "modeling_hyperclovax.py").write_text(MODELING)
    (folder / "processing_hyperclovax.py").write_text(PROCESSING)
    named = {
        "AutoConfig": "modeling_hyperclovax.HCXVisionConfig",
        "AutoModelForCausalLM": "modeling_hyperclovax.HCXVisionForCausalLM",
    }
    _name(folder, "hyperclovax_vlm", "HCXVisionForCausalLM", named, "processing_hyperclovax.HCXProcessor")
    install(folder)
    return folder


def kanana(models: Path, name: str = "kanana-1.5-v-3b") -> Path:
    """Install the stand-in: a random Llama of two layers behind the published names."""
    folder = _random_llama(models / name)
    (folder / "modeling.py").write_text(KANANA_MODELING)
    (folder / "processing.py").write_text(KANANA_PROCESSING)
    named = {
        "AutoConfig": "modeling.KananaVConfig",
        "AutoModelForVision2Seq": "modeling.KananaVForConditionalGeneration",
    }
    _name(folder, "kanana-1.5-v", "KananaVForConditionalGeneration", named, "processing.KananaVProcessor")
    install(folder)
    return folder


def _random_llama(folder: Path) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    folder.mkdir(parents=True)
    torch.manual_seed(2)
    size = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2}
    vocabulary = len(json.loads((TINY / "tokenizer.json").read_text())["model"]["vocab"])
    LlamaForCausalLM(
        LlamaConfig(vocab_size=vocabulary, max_position_embeddings=8192, initializer_range=0.3, **size)
    ).save_pretrained(folder)
    shutil.copy(TINY / "tokenizer.json", folder)
    return folder


def _name(folder: Path, family: str, architecture: str, named: dict[str, str], processor: str) -> None:
    """Write the published names into the folder's configuration."""
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": family, "architectures": [architecture], "auto_map": named}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "processor_config.json").write_text(json.dumps({"auto_map": {"AutoProcessor": processor}}))


def install(folder: Path, consent: bool = True, revision: str = "abc123", **origin: object) -> None:
    """Write origin and manifest of a model."""
    write_origin(folder, Origin(repo="somebody/model", revision=revision, code=consent, **origin))
    write_manifest(folder, name=folder.name, version="1", licence="Apache-2.0", revision=revision)
