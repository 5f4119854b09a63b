"""Qwen3-VL on OpenVINO: looking (encode and prefill) apart from answering. No torch, no transformers.

Runs the IR that `optimum-cli export openvino --task image-text-to-text` writes, fed as optimum-intel's own
`OVQwen3VL` class feeds it: text embeddings; patch embeddings, learned places and rotary angles into the encoder;
its last layer into the picture's tokens and its deepstack layers into the language model.
`vision_transformers.py` is the slow reference of this module.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import numpy as np

from assistant.cancelling import check
from assistant.drafts import Drafts
from assistant.errors import EngineFailed, Stopped
from assistant.ports import AnswerTimings, LookTimings
from models.runtimes import answer_text, qwen3vl_image
from models.runtimes.openvino_graphs import KEPT, run
from models.runtimes.openvino_model import OpenVinoModel, Options
from models.runtimes.qwen3vl_folder import MOST_PIXELS, read_folder
from models.runtimes.qwen3vl_positions import learned_places, prompt_positions, rotary_angles
from models.runtimes.static_tower import qwen3vl_inputs, qwen3vl_tower

if TYPE_CHECKING:
    import openvino as ov

    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel, Turn
    from assistant.shortlist import Shortlister


SPARE = 256
"""tokens that the mask has room for beyond those fed"""


class OpenVinoQwen3VL(OpenVinoModel):
    """A `VisionModel`; see OpenVinoModel. A picture is scaled to at most `most_pixels`."""

    def __init__(self, folder: Path, *, most_pixels: int = MOST_PIXELS, **options: Unpack[Options]) -> None:
        self.folder = read_folder(Path(folder), most_pixels)
        super().__init__(self.folder, **options)
        for graph in ("vision_embeddings", "vision_embeddings_pos", "vision_embeddings_merger"):
            self.opened(graph)
        self.start_tower(tower_sizes(self.folder.rules), self._cut)

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> OpenVinoLook:
        """Encode `frame` and prefill it with its lines. Errors: `BadInput`, `EngineFailed`, `Stopped`."""
        request = self.new_request()
        check(cancel)
        started = time.perf_counter()
        patches = qwen3vl_image.patches(frame, self.folder.rules_for(self.image_tokens))
        check(cancel)
        fresh: list[int] = []

        def encode() -> tuple[np.ndarray, np.ndarray]:
            made = self._encode(patches, cancel)
            fresh.append(len(made[0]))
            return made

        picture, deepstack = self.seen.encoded(patches.pixels, encode, (patches.rows, patches.columns))
        encoded = time.perf_counter()
        merge = self.folder.rules.merge
        size = (frame.width, frame.height)
        shortlister = self.folder.shortlister(screen_text, frame)
        ids = self.folder.look_ids(screen_text, size, len(picture), shortlister)
        positions, following = prompt_positions(
            ids, self.folder.image_token, patches.rows // merge, patches.columns // merge
        )
        embeddings = self.embeddings(ids, cancel)
        seen = ids == self.folder.image_token
        embeddings[0, seen] = picture
        look = OpenVinoLook(self, request, following)
        look.feed(embeddings, positions, seen, deepstack, cancel=cancel)
        look.seal(screen_text, shortlister, ids[~seen].tolist())
        look.timings = LookTimings(
            (encoded - started) * 1000,
            (time.perf_counter() - encoded) * 1000,
            len(picture),
            sum(fresh),
            len(ids),
        )
        return look

    def _encode(self, patches: qwen3vl_image.Patches, cancel: Cancel | None) -> tuple[np.ndarray, np.ndarray]:
        """The picture's tokens (tokens, width) and their deepstack companions (layers, tokens, width)."""
        if self.tower is not None:
            made = self.tower.run(len(patches.pixels), lambda size: self._padded(patches, size), cancel)
            if made is not None:
                tokens = len(patches.pixels) // self.folder.rules.merge**2
                return made["last_hidden_state"][:tokens], made["deepstack_feature_lists"][:, :tokens]
        encoder = self.opened("vision_embeddings_merger")
        run(encoder, self.encoder_inputs(patches, cancel), cancel)
        last = encoder.get_tensor("last_hidden_state").data.copy()
        return last, encoder.get_tensor("deepstack_feature_lists").data.copy()

    def encoder_inputs(
        self, patches: qwen3vl_image.Patches, cancel: Cancel | None = None
    ) -> dict[str, np.ndarray]:
        """What the encoder is fed for a picture: embedded patches (patches, width), mask, rotary angles."""
        grid = (patches.rows, patches.columns, self.folder.rules.merge)
        patch = self.opened("vision_embeddings")
        run(patch, {"hidden_states": patches.pixels}, cancel)
        hidden = patch.get_output_tensor(0).data + self.places(patches, cancel)
        return {
            "hidden_states": hidden,
            "attention_mask": np.zeros((1, len(hidden), len(hidden)), np.float32),
            "rotary_pos_emb": rotary_angles(*grid, self.folder.head_size),
        }

    def places(self, patches: qwen3vl_image.Patches, cancel: Cancel | None = None) -> np.ndarray:
        """The learned place of each patch, mixed from its four neighbours: (patches, width)."""
        place = self.opened("vision_embeddings_pos")
        four, shares = learned_places(
            patches.rows, patches.columns, self.folder.rules.merge, self.folder.side
        )
        run(place, {"input": four}, cancel)
        return np.einsum("fpw,fp->pw", place.get_output_tensor(0).data, shares)

    def _padded(self, patches: qwen3vl_image.Patches, size: int) -> dict[str, np.ndarray]:
        rules = self.folder.rules
        angles = rotary_angles(patches.rows, patches.columns, rules.merge, self.folder.head_size)
        return qwen3vl_inputs(patches.pixels, self.places(patches), angles, rules.temporal, size)

    def _cut(self, size: int) -> ov.Model:
        read = self._graphs.read
        return qwen3vl_tower(read("vision_embeddings"), read("vision_embeddings_merger"), size)


def tower_sizes(rules: qwen3vl_image.ImageRules) -> tuple[int, int]:
    """Patches that a tower of fixed shape is made for: those of the largest picture, and half of them for windows and regions."""
    block = rules.patch * rules.merge
    tokens = rules.max_pixels // (block * block)
    return tokens * rules.merge**2, max(1, tokens // 2) * rules.merge**2


class OpenVinoLook:
    """A `Look`: its own request, hence its own key-value cache. One answer at a time; a newer one ends an older."""

    def __init__(self, model: OpenVinoModel, request: ov.InferRequest, following: int) -> None:
        self.timings = LookTimings()
        self.last_answer = AnswerTimings()
        self.logits = np.empty(0, np.float32)
        """of the last position fed, (vocabulary,)"""
        self._model = model
        self._request: ov.InferRequest | None = request
        self._fed = 0
        self._holes = 0  # of the tokens fed, wrong guesses: masked until the cache is cut back
        self._seen = np.ones((1, 0), np.int64)  # 0 where such a token stands
        self._prefix = 0
        self._quotable: list[int] = []
        self._touched = False
        self._kept: dict[str, np.ndarray] = {}
        self._following = following  # the position after the prefix; M-RoPE positions run behind token counts
        self._text = ""
        self._shortlister: Shortlister | None = None
        self._answers = 0

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """See `Look.answer`. Errors: `EngineFailed`, `BadInput` question_too_long."""
        started = time.perf_counter()
        timings = self.last_answer = AnswerTimings()
        self._answers += 1
        turn = self._answers
        folder = self._model.folder
        asked = self._shortlister.asked(question, earlier) if self._shortlister else None
        ids = folder.question_ids(question, earlier, self._prefix, self._model.most_tokens, asked)
        timings.prompt_tokens = self._prefix + len(ids)
        try:
            self.rewind()
            self.feed_ids(ids, cancel)
            yield from answer_text.stream(
                folder.leaning(self.logits, asked) if asked else self.logits,
                _Steps(self, turn),
                decode=(lambda ids: asked.on_screen(folder.decode(ids))) if asked else folder.decode,
                stops=folder.stops,
                barred=answer_text.also_barred(
                    self._model.barred(self._text + question + "".join(t.answer for t in earlier)),
                    folder.unshown(asked) if asked else (),
                    len(self.logits),
                ),
                drafts=None if asked else self._drafts(ids),
                cancel=cancel,
                timings=timings,
                started=started,
                most_tokens=self._model.most_tokens,
            )
        except Stopped:
            return

    def told(self, question: str, earlier: Sequence[Turn] = ()) -> tuple[str, ...]:
        """The values that stand beside this question, for the answer that quotes them."""
        return self._shortlister.asked(question, earlier).values if self._shortlister else ()

    def feed_ids(self, ids: np.ndarray, cancel: Cancel | None = None, kept: int = 1) -> np.ndarray:
        """Run text tokens after what has been fed; the logits of the last `kept` of them, (kept, vocabulary)."""
        start = self._following + self._fed - self._holes - self._prefix
        positions = np.tile(np.arange(start, start + len(ids)), (3, 1))
        return self.feed(self._model.embeddings(ids), positions, cancel=cancel, kept=kept)

    def take_back(self, count: int) -> None:
        """Mask the last `count` tokens fed: the next ones take their positions and do not see them."""
        if count:
            self._seen[0, self._fed - count : self._fed] = 0
            self._holes += count

    def feed(
        self,
        embeddings: np.ndarray,
        positions: np.ndarray,
        seen: np.ndarray | None = None,
        deepstack: np.ndarray | None = None,
        *,
        cancel: Cancel | None = None,
        kept: int = 1,
    ) -> np.ndarray:
        """Run embeddings (1, tokens, width) at positions (3, tokens); logits of the last `kept`, (kept, vocabulary).

        `seen` marks the picture's tokens, which get `deepstack` (layers, marked, width) added inside.
        """
        tokens, folder = embeddings.shape[1], self._model.folder
        if seen is None:
            seen = np.zeros(tokens, bool)
            deepstack = np.zeros((folder.deepstack, 1, folder.width), np.float32)
        inputs = {
            "position_ids": positions[:, None],
            "visual_pos_masks": seen[None],
            "deepstack_visual_embeds": deepstack,
        }
        return self.step(embeddings, inputs, kept, cancel)

    def step(
        self, embeddings: np.ndarray, inputs: dict[str, np.ndarray], kept: int, cancel: Cancel | None
    ) -> np.ndarray:
        """Run the language model once, `inputs` being what only this family has; keeps count of what was fed."""
        request = self._ours()
        fed = self._fed + embeddings.shape[1]
        if fed > self._seen.shape[1]:
            longer = np.ones((1, fed + SPARE), np.int64)
            longer[:, : self._fed] = self._seen[:, : self._fed]
            self._seen = longer
        self._touched = True
        common = {
            "inputs_embeds": embeddings,
            "attention_mask": np.ascontiguousarray(self._seen[:, :fed]),
            "beam_idx": np.zeros(1, np.int32),
            KEPT: np.array([-kept]),
        }
        run(request, common | inputs, cancel)
        self._fed = fed
        logits = request.get_tensor("logits").data[0].copy()
        self.logits = logits[-1]
        return logits

    def seal(
        self,
        screen_text: ScreenText,
        shortlister: Shortlister | None = None,
        ids: Sequence[int] = (),
    ) -> None:
        """What has been fed so far is the prefix that every answer starts from. `ids` are those of its text."""
        self._prefix, self._touched = self._fed, False
        self._quotable = list(ids)
        self._text = "".join(line.text for line in screen_text.lines)
        self._shortlister = shortlister

    def close(self) -> None:
        self._request, self._kept = None, {}

    def _ours(self) -> ov.InferRequest:
        """The request; another thread may close the look while this one runs it. Errors: `EngineFailed` engine_closed."""
        request = self._request
        if request is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        return request

    def _drafts(self, question: np.ndarray) -> Drafts | None:
        """Guesses for an answer that spells what it reads."""
        return Drafts([*self._quotable, *question.tolist()]) if self._model.style == "chat" else None

    def still(self, turn: int) -> None:
        """Errors: `Stopped` once another answer has begun."""
        if turn != self._answers:
            raise Stopped

    def rewind(self) -> None:
        """Cut the key-value cache back to the prefix, where an earlier answer (even a stopped one) touched it."""
        request = self._ours()
        if not self._touched:
            return
        import openvino as ov

        request.wait()
        states = {state.name: state for state in request.query_state()}
        if not self._kept:  # once: reading back a cache of 8-bit numbers again and again would wear it
            self._kept = {
                name: np.ascontiguousarray(
                    state.state.data[:, :, : self._prefix]
                )  # (1, heads, tokens, head size)
                for name, state in states.items()
            }
        for name, kept in self._kept.items():
            states[name].state = ov.Tensor(kept)
        self._fed, self._holes, self._touched = self._prefix, 0, False
        self._seen[:] = 1


class _Steps:
    """One answer's `Source`: ends when the look has begun another answer."""

    def __init__(self, look: OpenVinoLook, turn: int) -> None:
        self._look, self._turn = look, turn

    def feed(self, tokens: Sequence[int]) -> np.ndarray:
        self._look.still(self._turn)
        return self._look.feed_ids(np.array(tokens, np.int64), kept=len(tokens))

    def take_back(self, count: int) -> None:
        self._look.still(self._turn)
        self._look.take_back(count)
