"""SmolVLM, SmolVLM2 and Idefics3 on OpenVINO: looking apart from answering. No torch, no transformers.

Runs the three graphs that `optimum-cli export openvino --task image-text-to-text` writes. OpenVINO GenAI has no
pipeline for this family. `vision_transformers_smolvlm.py` is its slow reference.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import numpy as np

from assistant.cancelling import check
from assistant.ports import LookTimings
from models.runtimes import smolvlm_image
from models.runtimes.openvino_graphs import run
from models.runtimes.openvino_model import OpenVinoModel, Options
from models.runtimes.smolvlm_folder import full_tile_places, read_folder
from models.runtimes.static_tower import smolvlm_tile, smolvlm_tower
from models.runtimes.vision_openvino import OpenVinoLook

if TYPE_CHECKING:
    import openvino as ov

    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel


class OpenVinoSmolVlm(OpenVinoModel):
    """A `VisionModel`; see OpenVinoModel."""

    def __init__(self, folder: Path, **options: Unpack[Options]) -> None:
        self.folder = read_folder(Path(folder))
        super().__init__(self.folder, **options)
        self.opened("vision_embeddings")
        self.start_tower((self.folder.rules.tile,), self._cut)

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> SmolVlmLook:
        """Encode the tiles of `frame` that have changed, and prefill it with its lines. Errors: `EngineFailed`, `Stopped`."""
        request = self.new_request()
        check(cancel)
        started = time.perf_counter()
        cut = smolvlm_image.tiles(frame, self.folder.rules_for(self.image_tokens, frame.width, frame.height))
        fresh: list[int] = []
        tiles = [self._seen_or_encoded(inputs, fresh, cancel) for inputs in self.encoder_inputs(cut)]
        picture = np.concatenate(tiles)
        encoded = time.perf_counter()
        ids = self.folder.look_ids(screen_text, (frame.width, frame.height), cut.rows, cut.columns)
        embeddings = self.embeddings(ids, cancel)
        embeddings[0, ids == self.folder.image_token] = picture
        look = SmolVlmLook(self, request, len(ids))
        look.feed(embeddings, np.arange(len(ids))[None], cancel=cancel)
        look.seal(screen_text, ids=ids[ids != self.folder.image_token].tolist())
        look.timings = LookTimings(
            (encoded - started) * 1000,
            (time.perf_counter() - encoded) * 1000,
            len(picture),
            sum(fresh),
            len(ids),
        )
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

    def _seen_or_encoded(
        self, inputs: dict[str, np.ndarray], fresh: list[int], cancel: Cancel | None
    ) -> np.ndarray:
        """The tokens of one tile; `fresh` gets how many, where nobody had encoded them before."""

        def encode() -> tuple[np.ndarray]:
            made = self._encode(inputs, cancel)
            fresh.append(len(made))
            return (made,)

        return self.seen.encoded(inputs["pixel_values"], encode)[0]

    def _encode(self, inputs: dict[str, np.ndarray], cancel: Cancel | None) -> np.ndarray:
        """The tokens of one tile (tokens, width)."""
        if self.tower is not None:
            pixels = {"pixel_values": inputs["pixel_values"]}
            made = self.tower.run(self.folder.rules.tile, lambda _size: pixels, cancel)
            if made is not None:
                return made["last_hidden_state"][0]
        encoder = self.opened("vision_embeddings")
        run(encoder, {"pixel_values": inputs["pixel_values"]}, cancel)
        return encoder.get_tensor("last_hidden_state").data[0].copy()

    def shaped(self, graph: str, read: ov.Model) -> ov.Model:
        """The encoder is only ever fed whole tiles."""
        return smolvlm_tile(read, self.folder.rules.tile) if graph == "vision_embeddings" else read

    def _cut(self, tile: int) -> ov.Model:
        return smolvlm_tower(self._graphs.read("vision_embeddings"), tile)


class SmolVlmLook(OpenVinoLook):
    """A `Look`: positions simply count up, and the picture is only in the embeddings."""

    def feed(
        self,
        embeddings: np.ndarray,
        positions: np.ndarray,
        _seen: np.ndarray | None = None,
        _deepstack: np.ndarray | None = None,
        *,
        cancel: Cancel | None = None,
        kept: int = 1,
    ) -> np.ndarray:
        """Run embeddings (1, tokens, width) at positions (any, tokens), of which the first row counts; see OpenVinoLook."""
        return self.step(embeddings, {"position_ids": np.ascontiguousarray(positions[:1])}, kept, cancel)
