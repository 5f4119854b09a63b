"""The training loop of `screen-widgets`: resumable, by the clock, with a running average of the weights."""

from __future__ import annotations

import copy
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from models.runtimes.screen_widgets import ROLES, STATES
from models.train.widgets.examples import Examples
from models.train.widgets.network import WidgetNetwork

BATCH = 96
DECAY = 0.995
"""of the averaged weights, per step"""
STATE_WEIGHT = 1.5
HELD_EVERY = 25
"""every so many windows are held out"""


@dataclass
class Progress:
    """What a checkpoint remembers beside the weights."""

    step: int = 0
    seconds: float = 0.0


class Trainer:
    """Learns from `examples` for as many minutes as it is given."""

    def __init__(self, examples: Examples, folder: Path, peak: float, seed: int = 1) -> None:
        self.examples, self.folder, self.peak = examples, folder, peak
        torch.manual_seed(seed)
        self.network = WidgetNetwork().to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network)
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=peak, weight_decay=0.02)
        self.progress = Progress()
        self.rng = np.random.default_rng(seed)
        self.chances = sampling(examples)
        self.stopped = False

    def resume(self) -> bool:
        """Load the checkpoint when there is one; whether there was."""
        path = self.folder / "checkpoint.pt"
        if not path.exists():
            return False
        saved = torch.load(path, weights_only=True)
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.progress = Progress(saved["step"], saved["seconds"])
        return True

    def save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / "checkpoint.part"
        torch.save(
            {
                "network": self.network.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.progress.step,
                "seconds": self.progress.seconds,
            },
            partial,
        )
        partial.replace(self.folder / "checkpoint.pt")

    def run(self, minutes: float) -> None:
        """Train until `minutes` are used up in all, runs before this one counted; the rate falls to nothing by then."""
        begun, before = time.monotonic(), self.progress.seconds
        losses: list[float] = []
        while not self.stopped:
            self.progress.seconds = before + time.monotonic() - begun
            part = self.progress.seconds / (60 * minutes)
            if part >= 1:
                break
            warm = min(1.0, (self.progress.step + 1) / 100)
            for group in self.optimiser.param_groups:
                group["lr"] = self.peak * warm * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * part)))
            losses.append(self.learn())
            if self.progress.step % 50 == 0:
                print(
                    f"{self.progress.seconds / 60:.1f} min, step {self.progress.step}, loss {np.mean(losses):.4f}",
                    flush=True,
                )
                losses.clear()
            if self.progress.step % 500 == 0:
                self.save()
        self.save()

    def stop(self, *_: object) -> None:
        self.stopped = True

    def learn(self) -> float:
        numbers = self.rng.choice(len(self.examples), BATCH, p=self.chances)
        views = self.examples.views
        near = worn(views.near[numbers], self.rng)
        far = worn(views.far[numbers], self.rng)
        shape = torch.from_numpy(views.shape[numbers]) + torch.randn(BATCH, 2) * 0.05
        roles = torch.from_numpy(self.examples.roles[numbers])
        states = torch.from_numpy(self.examples.states[numbers]).float()
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            told, held = self.network(near, far, shape)
        loss = loss_of(told.float(), held.float(), roles, states)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optimiser.step()
        self.progress.step += 1
        decay = min(DECAY, self.progress.step / (self.progress.step + 10))
        with torch.no_grad():
            for mean, now in zip(
                self.average.state_dict().values(), self.network.state_dict().values(), strict=True
            ):
                if mean.dtype.is_floating_point:
                    mean.lerp_(now, 1 - decay)
        return float(loss.detach())


def loss_of(told: Tensor, held: Tensor, roles: Tensor, states: Tensor) -> Tensor:
    """Role and states; "checked" and "unchecked" count where one of them holds, and as absent elsewhere."""
    return F.cross_entropy(
        told, roles, label_smoothing=0.02
    ) + STATE_WEIGHT * F.binary_cross_entropy_with_logits(held, states)


def sampling(examples: Examples) -> np.ndarray:
    """Chance of each line: rare kinds (a role with its states) more often than their share."""
    codes = examples.roles * 64 + examples.states @ (1 << np.arange(len(STATES)))
    kinds, which, counts = np.unique(codes, return_inverse=True, return_counts=True)
    del kinds
    weights = (1 / np.maximum(counts, 30) ** 0.6)[which]
    return weights / weights.sum()


def worn(views: np.ndarray, rng: np.random.Generator) -> Tensor:
    """(n, h, w, 4) uint8 → float: other colours, contrast, inversion, noise; the mask as it is."""
    count = len(views)
    scale = rng.uniform(0.75, 1.1, (count, 1)) * rng.uniform(0.92, 1.08, (count, 3))
    shift = rng.uniform(-14, 14, (count, 1)) + 127.5 * (1 - scale)
    inverted = rng.random((count, 1)) < 0.12
    scale, shift = np.where(inverted, -scale, scale), np.where(inverted, 255 - shift, shift)
    scale = np.concatenate([scale, np.ones((count, 1))], axis=1).astype(np.float32)[:, None, None]
    shift = np.concatenate([shift, np.zeros((count, 1))], axis=1).astype(np.float32)[:, None, None]
    if rng.random() < 0.5:
        views = views[..., [*rng.permutation(3), 3]]
    made = torch.from_numpy(views).float().mul_(torch.from_numpy(scale)).add_(torch.from_numpy(shift))
    if rng.random() < 0.1:
        made[..., :3] += torch.randn_like(made[..., :3]) * 4
    return made.clamp_(0, 255)


def held_out(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """Windows to learn from, and windows to measure on."""
    shuffled = sorted(files)
    random.Random(5).shuffle(shuffled)
    return [f for n, f in enumerate(shuffled) if n % HELD_EVERY], shuffled[::HELD_EVERY]


def figures(network: WidgetNetwork, examples: Examples) -> dict[str, float]:
    """F1 per role, and per role with state, on these lines."""
    network.eval()
    roles, states = [], []
    with torch.inference_mode():
        for first in range(0, len(examples), 256):
            part = slice(first, first + 256)
            views = examples.views
            told, held = network(*(torch.from_numpy(v[part]) for v in views))
            roles.append(told.argmax(dim=1).numpy())
            states.append(held.numpy() > 0)
    role, state = np.concatenate(roles), np.concatenate(states)
    made: dict[str, float] = {}
    for number, name in enumerate(ROLES):
        truth = examples.roles == number
        if truth.any():
            made[str(name)] = f1(role == number, truth)
            for column, label in enumerate(STATES):
                held_truth = truth & examples.states[:, column]
                if held_truth.sum() >= 5:
                    made[f"{name} {label}"] = f1((role == number) & state[:, column], held_truth)
    return made


def f1(found: np.ndarray, truth: np.ndarray) -> float:
    both = float((found & truth).sum())
    return round(2 * both / max(1.0, float(found.sum() + truth.sum())), 4)
