"""The training loop: a curriculum over a budget of minutes, checkpoints that can be resumed, accuracy by question kind.

Everything follows from the seed and the step number except where the budget's clock moves the curriculum on.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.train.mini import batches, crew, network, packing
from models.train.mini.batches import Diet, Packed, Packer
from models.train.mini.optimise import Masters

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import Qwen3VLForConditionalGeneration

    from models.train.mini.corpus import Pools

HELD_OUT = 1_000_000_000
"""screen seeds from here on are never trained on"""

CURRICULUM: tuple[tuple[float, Diet], ...] = (
    (0.25, Diet((0.8, 0.2, 0.0), 0.0, 0.8, (14, 24))),
    (0.45, Diet((0.5, 0.35, 0.15), 0.2, 0.25, (14, 26))),
    (0.70, Diet((0.35, 0.4, 0.25), 0.35, 0.1, (18, 30))),
    (1.00, Diet((0.25, 0.4, 0.35), 0.6, 0.0, (20, 36))),
)
"""(up to this share of the budget, what is fed)"""


@dataclass
class Plan:
    """The knobs of a run."""

    minutes: float
    seed: int = 0
    tokens: int = 4000
    """tokens of one step of one process, about"""
    lr: float = 2e-3
    warm_up: int = 25
    check_every: float = 600.0
    """seconds between accuracy checks"""
    save_every: float = 150.0
    check_screens: int = 8
    most_steps: int = 0
    """stop after this many steps, 0 for no limit"""
    curriculum: tuple[tuple[float, Diet], ...] = CURRICULUM


@dataclass
class Progress:
    """What a checkpoint remembers beside the tensors."""

    step: int = 0
    drawn: int = 0
    """screen seeds used so far"""
    seconds: float = 0.0
    tokens: int = 0


def prepare(model: Qwen3VLForConditionalGeneration) -> Qwen3VLForConditionalGeneration:
    """The model in bfloat16 with packed attention; rotary frequencies stay float32."""
    import torch

    rotary = model.model.language_model.rotary_emb
    sight = model.model.visual.rotary_pos_emb
    kept = rotary.inv_freq.clone(), sight.inv_freq.clone()
    model.to(torch.bfloat16)
    rotary.inv_freq, sight.inv_freq = kept
    packing.use_packed_attention(model)
    return model.train()


class Trainer:
    """A model, its optimisers and where the run stands."""

    def __init__(
        self,
        model: Qwen3VLForConditionalGeneration,
        packer: Packer,
        pools: Pools,
        plan: Plan,
        *,
        out: Path,
        say: Callable[[str], None] = print,
    ) -> None:
        self.model, self.packer, self.pools, self.plan = prepare(model), packer, pools, plan
        self.out, self.say = out, say
        self.rank, self.crew = crew.place()
        self.masters = Masters(self.model, plan.lr)
        self.progress = Progress()
        self.log = out / "log.jsonl"

    def share_done(self) -> float:
        by_steps = self.progress.step / self.plan.most_steps if self.plan.most_steps else 0.0
        return min(1.0, max(by_steps, self.progress.seconds / (60 * self.plan.minutes)))

    def diet(self) -> Diet:
        done = self.share_done()
        return next(diet for until, diet in self.plan.curriculum if done <= until)

    def learning_share(self) -> float:
        """Warm-up, then full, then down to 4 % over the last 45 % of the budget."""
        done = self.share_done()
        return min(1.0, (self.progress.step + 1) / self.plan.warm_up) * min(
            1.0, 0.04 + 0.96 * (1 - done) / 0.45
        )

    def draw(self, diet: Diet) -> list[Packed]:
        """The next screens, together about `plan.tokens` tokens."""
        found: list[Packed] = []
        while sum(len(p.ids) for p in found) < self.plan.tokens:
            seed = (self.plan.seed + 1) * 10_000_000 + self.progress.drawn * self.crew + self.rank
            self.progress.drawn += 1
            packed = batches.sample(seed, diet, self.pools, self.packer)
            if packed is not None:
                found.append(packed)
        return found

    def step(self) -> dict[str, float]:
        """One update; figures for the log."""
        import torch

        began = time.monotonic()
        screens = self.draw(self.diet())
        drawn = time.monotonic()
        row = packing.lay_out(screens, torch.bfloat16)
        generator = torch.Generator().manual_seed(self.progress.step * self.crew + self.rank)
        loss, figures = packing.training_loss(self.model, row, generator)
        loss.backward()
        crew.average_gradients(self.model)
        norm = self.masters.step(self.learning_share())
        took = crew.longest(time.monotonic() - began)
        self.progress.step += 1
        self.progress.seconds += took
        self.progress.tokens += self.crew * sum(len(p.ids) for p in screens)
        return {
            "loss": float(loss.detach()),
            **figures,
            "norm": norm,
            "seconds": took,
            "draw": drawn - began,
        }

    def check(self) -> dict[str, float]:
        """Share of held-out questions whose whole answer would be written right, by kind and level."""
        scores: dict[str, list[bool]] = defaultdict(list)
        for level in (0, 1, 2):
            wanted = Diet(
                tuple(float(n == level) for n in range(3)),
                1.0 if self.diet().pictures else 0.0,
                0.0,
                (20, 20),
            )  # type: ignore[arg-type]
            for n in range(self.plan.check_screens):
                packed = batches.sample(HELD_OUT + n, wanted, self.pools, self.packer)
                if packed is None:
                    continue
                for qa, right in zip(packed.questions, answers_right(self.model, packed), strict=True):
                    for key in (qa.kind, f"level {level}", "all"):
                        scores[key].append(right)
        return {key: round(sum(found) / len(found), 3) for key, found in sorted(scores.items())} | {
            "n": len(scores["all"])
        }

    def save(self) -> None:
        """Write checkpoint.safetensors and progress.json; an older pair is replaced only when the new one is complete."""
        from safetensors.torch import save_file

        self.out.mkdir(parents=True, exist_ok=True)
        meta = {"progress": json.dumps(vars(self.progress))}
        save_file(self.masters.tensors(), str(self.out / "checkpoint.new"), metadata=meta)
        (self.out / "checkpoint.new").replace(self.out / "checkpoint.safetensors")

    def resume(self, file: Path, weights_only: bool = False) -> None:
        """Go on from a checkpoint; `weights_only` starts a new run from its weights."""
        from safetensors import safe_open
        from safetensors.torch import load_file

        self.masters.restore(load_file(str(file)), optimiser_too=not weights_only)
        with safe_open(str(file), "pt") as opened:
            known = json.loads(opened.metadata()["progress"])
        self.progress = Progress(drawn=known["drawn"]) if weights_only else Progress(**known)

    def run(self) -> None:
        """Train until the budget is spent; the first process of a crew tells, checks and saves."""
        checked = saved = time.monotonic()
        recent: list[dict[str, float]] = []
        while self.share_done() < 1.0:
            recent.append(self.step())
            now = time.monotonic()
            if self.rank:
                continue
            if self.progress.step % 20 == 0:
                self._tell(recent)
                recent = []
            if now - checked > self.plan.check_every:
                self._record({"check": self.check(), "step": self.progress.step})
                checked = time.monotonic()
            if now - saved > self.plan.save_every:
                self.save()
                saved = time.monotonic()
        if self.rank == 0:
            self._record({"check": self.check(), "step": self.progress.step})
            self.save()

    def _tell(self, recent: list[dict[str, float]]) -> None:
        mean = {
            key: sum(found) / len(found)
            for key in recent[-1]
            if (found := [r[key] for r in recent if key in r])
        }
        self._record({
            "step": self.progress.step, "minutes": round(self.progress.seconds / 60, 2), "tokens": self.progress.tokens,
            "tokens_per_s": round(self.progress.tokens / max(1e-9, self.progress.seconds)), "lr": round(self.plan.lr * self.learning_share(), 6),
            **{key: round(value, 4) for key, value in mean.items()},
        })  # fmt: skip

    def _record(self, row: dict) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.say(json.dumps(row, ensure_ascii=False))


def answers_right(model: Qwen3VLForConditionalGeneration, packed: Packed) -> list[bool]:
    """For each question of a packed screen, whether every token of its answer is the most likely one."""
    import torch

    with torch.no_grad():
        logits, labels = packing.answer_logits(model, packing.lay_out([packed], model.dtype))
    right = (logits.argmax(-1) == labels).numpy()
    owners = packed.block[packed.labels >= 0]
    return [bool(right[owners == n].all()) for n in range(1, len(packed.questions) + 1)]


def fresh(tokenizer: Tokenizer, size: network.Size, seed: int) -> Qwen3VLForConditionalGeneration:
    """A new model for this tokenizer."""
    return network.make_model(tokenizer, size, seed)
