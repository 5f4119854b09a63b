"""The training loop: phonemes and text at once, Muon, a budget of minutes, checkpoints, error rates on unseen voices."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch.nn import functional

from models.train.mini.optimise import Masters
from models.train.speech.batches import IGNORED, Batch, Batcher
from models.train.speech.network import Heard, Network
from models.train.speech.shards import Shard

if TYPE_CHECKING:
    from tokenizers import Tokenizer

GUIDED = ((-1, 0), (-1, 1), (0, 0))
"""(decoder layer, head) that are shown where the next token sounds"""


SHORT_UNTIL = 350
"""steps"""
LONGEST_KNOWN = 450
"""encoder positions of the clips seen from the start when the sounds are known already"""


@dataclass
class Plan:
    """The knobs of a run."""

    minutes: float
    lr: float = 4e-3
    warm_up: int = 30
    fall: float = 0.5
    """the last share of the budget, over which the learning rate falls"""
    save_every: float = 120.0
    smoothing: float = 0.04
    phoneme_weight: float = 0.8
    guide_weight: float = 0.8
    time_weight: float = 0.2
    longest: int = 170
    """encoder positions (20 ms) of the clips that all but the end of a run sees; longer ones cost more for what they teach"""


@dataclass
class Progress:
    step: int = 0
    seconds: float = 0.0
    clips: int = 0


def loss_of(
    network: Network, batch: Batch, plan: Plan, first_time: int
) -> tuple[torch.Tensor, dict[str, float]]:
    """The loss of a batch and its parts."""
    dtype = network.decoder.embed_tokens.weight.dtype
    heard = network.encoder(batch.mel.to(dtype), batch.empty, batch.standing)
    sounding = functional.cross_entropy(
        network.phoneme_embed(heard.states[:, : heard.frames]).float().flatten(0, 1), batch.phonemes.flatten(),
        ignore_index=IGNORED,
    )  # fmt: skip
    states, weights = network.decoder(batch.tokens, heard)
    wanted = batch.labels != IGNORED
    labels = batch.labels[wanted]
    logits = network.logits(states[wanted]).float()
    each = functional.cross_entropy(logits, labels, reduction="none", label_smoothing=plan.smoothing)
    share = torch.where(labels >= first_time, plan.time_weight, 1.0)
    text = (each * share).sum() / share.sum()
    guide = guide_loss(weights, batch)
    right = (logits.argmax(-1) == labels)[labels < first_time].float().mean()
    figures = {
        "text": float(text.detach()),
        "phonemes": float(sounding.detach()),
        "guide": float(guide.detach()),
        "right": float(right),
    }
    return text + plan.phoneme_weight * sounding + plan.guide_weight * guide, figures


def guide_loss(weights: Sequence[torch.Tensor], batch: Batch) -> torch.Tensor:
    """How much of the guided heads' attention misses where the next token sounds."""
    known = batch.spans[..., 0] >= 0
    first, last = (batch.spans[known][:, n, None] for n in (0, 1))
    positions = torch.arange(weights[0].shape[-1])
    near = ((positions >= first - 3) & (positions <= last + 3)).float()
    missed = [
        -(weights[layer][:, head][known] * near).sum(-1).clamp(min=1e-4).log().mean()
        for layer, head in GUIDED
    ]
    return torch.stack(missed).mean()


class Trainer:
    def __init__(
        self,
        network: Network,
        tokenizer: Tokenizer,
        plan: Plan,
        out: Path,
        say: Callable[[str], None] = print,
    ) -> None:
        self.network = network.to(torch.bfloat16)
        self.tokenizer, self.plan, self.out, self.say = tokenizer, plan, out, say
        self.masters = Masters(network, plan.lr)
        self.mean = {name: copy.clone() for name, copy in self.masters.copies.items()}
        """moving mean of the weights, which is what is exported"""
        self.batcher = Batcher(tokenizer)
        self.progress = Progress()
        self.first_time = tokenizer.token_to_id("<|0.00|>")

    def share_done(self) -> float:
        return min(1.0, self.progress.seconds / (60 * self.plan.minutes))

    def learning_share(self) -> float:
        down = min(1.0, 0.03 + 0.97 * (1 - self.share_done()) / self.plan.fall)
        return min(1.0, (self.progress.step + 1) / self.plan.warm_up) * down

    def step(self, batch: Batch) -> dict[str, float]:
        began = time.monotonic()
        loss, figures = loss_of(self.network, batch, self.plan, self.first_time)
        loss.backward()
        norm = self.masters.step(self.learning_share())
        keep = min(0.998, 1 - 1 / (1 + self.progress.step / 4))
        for name, mean in self.mean.items():
            mean.lerp_(self.masters.copies[name], 1 - keep)
        self.progress.step += 1
        self.progress.clips += len(batch.mel)
        return figures | {"norm": norm, "took": time.monotonic() - began}

    def run(
        self, shards: Callable[[], list[Shard]], measure: Callable[[Network], dict[str, float]], seed: int = 0
    ) -> None:
        """Train until the budget is spent; `shards` is asked again before each epoch, so new clips join."""
        saved = measured = time.monotonic()
        recent: list[dict[str, float]] = []
        rng = random.Random(f"order {seed} {self.progress.step}")
        while self.share_done() < 1.0:
            # first short clips only: they teach the same sounds for less
            longest = (
                130
                if self.progress.step < SHORT_UNTIL
                else self.plan.longest
                if self.share_done() < 0.75
                else 1500
            )
            for batch in self.batcher.epoch(shards(), rng, longest):
                began = time.monotonic()
                recent.append(self.step(batch))
                now = time.monotonic()
                self.progress.seconds += now - began
                if len(recent) == 25:
                    self._tell(recent)
                    recent = []
                if now - saved > self.plan.save_every:
                    self.save()
                    saved = now
                if now - measured > 3600:
                    self._record({"step": self.progress.step, **measure(self.averaged())})
                    measured = time.monotonic()
                if self.share_done() >= 1.0 or self.progress.step == SHORT_UNTIL:
                    break
        self.save()
        self._record({"step": self.progress.step, **measure(self.averaged())})

    def averaged(self) -> Network:
        """A float32 network of the mean weights, for measuring and export."""
        other = Network(
            self.network.size,
            self.network.decoder.embed_tokens.num_embeddings,
            self.network.phoneme_embed.out_features - 1,
        )
        other.load_state_dict({name: self.mean[name] for name in other.state_dict()})
        return other.eval()

    def save(self) -> None:
        """OUT/checkpoint.safetensors; replaced only when the new one is whole."""
        from safetensors.torch import save_file

        tensors = self.masters.tensors() | {f"mean/{n}": t.contiguous() for n, t in self.mean.items()}
        save_file(
            tensors, str(self.out / "checkpoint.new"), metadata={"progress": json.dumps(vars(self.progress))}
        )
        (self.out / "checkpoint.new").replace(self.out / "checkpoint.safetensors")

    def resume(self, file: Path, anew: bool = False) -> None:
        """Go on from a checkpoint; `anew` keeps the weights only."""
        from safetensors import safe_open
        from safetensors.torch import load_file

        tensors = load_file(str(file))
        self.masters.restore(
            {n: t for n, t in tensors.items() if not n.startswith("mean/")}, optimiser_too=not anew
        )
        for name in self.mean:
            self.mean[name] = tensors[f"weight/{name}" if anew else f"mean/{name}"].clone()
        with safe_open(str(file), "pt") as opened:
            known = json.loads(opened.metadata()["progress"])
        self.progress = Progress(step=known["step"]) if anew else Progress(**known)
        if anew:
            self.plan.longest = LONGEST_KNOWN

    def train_on(self, weights: Path) -> None:
        """Begin with a shipped model's weights, as transformers names them; the phoneme head begins anew.

        Clips of all lengths from the start: the sounds are known.
        """
        from safetensors.torch import load_file

        for name, value in load_file(str(weights)).items():
            own = name.removeprefix("model.")
            if own in self.masters.copies:
                self.masters.copies[own].copy_(value)
                self.mean[own].copy_(value)
        self.masters.push()
        self.progress = Progress(step=SHORT_UNTIL)
        self.plan.longest = LONGEST_KNOWN

    def _tell(self, recent: list[dict[str, float]]) -> None:
        mean = {key: sum(r[key] for r in recent) / len(recent) for key in recent[0]}
        self._record({
            "step": self.progress.step, "minutes": round(self.progress.seconds / 60, 2), "clips": self.progress.clips,
            "lr": round(self.plan.lr * self.learning_share(), 5), "cpu": round(time.process_time(), 1),
            **{key: round(value, 4) for key, value in mean.items()},
        })  # fmt: skip

    def _record(self, row: dict) -> None:
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.say(json.dumps(row, ensure_ascii=False))


@torch.no_grad()
def greedy(network: Network, heard: Heard, prompt: list[int], end: int, longest: int = 60) -> list[list[int]]:
    """The likeliest tokens behind a prompt, for every row."""
    rows = len(heard.states)
    tokens = torch.tensor([prompt] * rows)
    done = torch.zeros(rows, dtype=torch.bool)
    for _ in range(longest):
        states, _ = network.decoder(tokens, heard)
        following = network.logits(states[:, -1]).argmax(-1)
        following[done] = end
        tokens = torch.cat([tokens, following[:, None]], 1)
        done |= following == end
        if done.all():
            break
    return [[t for t in row[len(prompt) :] if t != end] for row in tokens.tolist()]
