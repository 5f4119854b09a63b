"""SmolVLM, SmolVLM2 and Idefics3 on OpenVINO: looking apart from answering. No torch, no transformers.

Runs the three graphs that `optimum-cli export openvino --task image-text-to-text` writes. OpenVINO GenAI has no
pipeline for this family. `vision_transformers_smolvlm.py` is its slow reference.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.cancelling import check
from assistant.errors import EngineFailed
from assistant.ports import LookTimings
from models.runtimes import answer_text, smolvlm_image
from models.runtimes.openvino_graphs import Graphs, last_logits_only, run
from models.runtimes.smolvlm_folder import full_tile_places, read_folder
from models.runtimes.vision_openvino import OpenVinoLook

if TYPE_CHECKING:
    import openvino as ov

    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel


class OpenVinoSmolVlm:
    """A `VisionModel`. Errors on opening: `ModelMissing`, `EngineFailed`, `DeviceFailed`. Options: see OpenVinoQwen3VL."""

    engine = "openvino"

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        precision: str | None = None,
        cache_folder: Path | None = None,
        most_tokens: int = answer_text.MOST_TOKENS,
        suppress_ideographs: bool = True,
    ) -> None:
        self.folder = read_folder(Path(folder))
        self.name = name or self.folder.path.name
        self.device = device
        self.style = self.folder.style
        self.most_tokens = most_tokens
        graphs = Graphs(
            self.folder.path,
            device=device,
            threads=threads,
            precision=precision,
            cache_folder=cache_folder,
        )
        self._embed = graphs.load("text_embeddings").create_infer_request()
        self._encoder = graphs.load("vision_embeddings").create_infer_request()
        language = graphs.read("language")
        last_logits_only(language)
        self._language: ov.CompiledModel | None = graphs.compile(language, "language")
        vocabulary = int(language.output("logits").partial_shape[2].get_length())
        self._ideographs = (
            answer_text.ideograph_mask(self.folder.tokenizer, vocabulary) if suppress_ideographs else None
        )

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> SmolVlmLook:
        """Encode `frame` tile by tile and prefill it with its lines. Errors: `EngineFailed`, `Stopped`."""
        if self._language is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        check(cancel)
        started = time.perf_counter()
        cut = smolvlm_image.tiles(frame, self.folder.rules)
        picture = np.concatenate([self._encode(inputs, cancel) for inputs in self.encoder_inputs(cut)])
        encoded = time.perf_counter()
        ids = self.folder.look_ids(screen_text, (frame.width, frame.height), cut.rows, cut.columns)
        embeddings = self.embeddings(ids, cancel)
        embeddings[0, ids == self.folder.image_token] = picture
        look = SmolVlmLook(self, self._language.create_infer_request(), len(ids))
        look.feed(embeddings, np.arange(len(ids))[None], cancel=cancel)
        look.seal(screen_text)
        look.timings = LookTimings((encoded - started) * 1000, (time.perf_counter() - encoded) * 1000)
        return look

    def encoder_inputs(self, cut: smolvlm_image.Tiles) -> list[dict[str, np.ndarray]]:
        """What the encoder is fed, tile by tile: pixels (1, 3, side, side), which patches count (all), their places."""
        side = self.folder.side
        return [
            {
                "pixel_values": pixels[None],
                "patch_attention_mask": np.ones((1, side, side), bool),
                "patch_position_ids": full_tile_places(side),
            }
            for pixels in cut.pixels
        ]

    def embeddings(self, ids: np.ndarray, cancel: Cancel | None = None) -> np.ndarray:
        """(1, tokens, width) float32, a copy."""
        run(self._embed, {"input": ids[None]}, cancel)
        return self._embed.get_output_tensor(0).data.copy()

    def barred(self, seen: str) -> np.ndarray | None:
        """Which tokens an answer may not use, given all the text that was put before the model."""
        return None if self._ideographs is None or answer_text.has_ideograph(seen) else self._ideographs

    def close(self) -> None:
        """Give the memory back; looks that are still open lose theirs when they are closed."""
        self._language = self._embed = self._encoder = None

    def _encode(self, inputs: dict[str, np.ndarray], cancel: Cancel | None) -> np.ndarray:
        """The tokens of one tile (tokens, width)."""
        run(self._encoder, inputs, cancel)
        return self._encoder.get_tensor("last_hidden_state").data[0].copy()


class SmolVlmLook(OpenVinoLook):
    """A `Look`: positions simply count up, and the picture is only in the embeddings."""

    def feed(
        self,
        embeddings: np.ndarray,
        positions: np.ndarray,
        _seen: np.ndarray | None = None,
        _deepstack: np.ndarray | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        """Run embeddings (1, tokens, width) at positions (any, tokens), of which the first row counts."""
        if self._request is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        tokens = embeddings.shape[1]
        self._touched = True
        inputs = {
            "inputs_embeds": embeddings,
            "attention_mask": np.ones((1, self._fed + tokens), np.int64),
            "position_ids": np.ascontiguousarray(positions[:1]),
            "beam_idx": np.zeros(1, np.int32),
        }
        run(self._request, inputs, cancel)
        self._fed += tokens
        self.logits = self._request.get_tensor("logits").data[0, -1].copy()
