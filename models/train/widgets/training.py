"""The training loop of `screen-widgets`: resumable, by the clock, with a running average of the weights."""

from __future__ import annotations

import copy
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional as F

from models.runtimes.screen_widgets import ROLES, STATES
from models.runtimes.screen_widgets_views import NEAR_HEIGHT, START_LEFT
from models.train.widgets.examples import Examples
from models.train.widgets.network import WidgetNetwork

BATCH = 96
CHECKPOINT = "checkpoint.safetensors"
DECAY = 0.995
"""of the averaged weights, per step"""
STATE_WEIGHT = 1.5
ICONS = 0.3
"""share of the texts without a mark that get an icon beside them"""
MARKED = [ROLES.index("check box"), ROLES.index("radio button")]
HELD_EVERY = 25
"""every so many windows are held out"""


@dataclass
class Progress:
    """What a checkpoint remembers beside the weights."""

    step: int = 0
    seconds: float = 0.0


class Trainer:
    """Learns from `examples` for as many minutes as it is given."""

    def __init__(
        self, examples: Examples, folder: Path, peak: float, seed: int = 1, icons: np.ndarray | None = None
    ) -> None:
        """`icons`: (n, 20, 20, 4) uint8 RGBA to paste beside texts; none are pasted without."""
        self.icons = icons
        self.examples, self.folder, self.peak = examples, folder, peak
        torch.manual_seed(seed)
        self.network = WidgetNetwork().to(memory_format=torch.channels_last)
        some = np.linspace(0, len(examples) - 1, min(1000, len(examples)), dtype=int)
        with torch.no_grad():
            self.network.near[0].whiten(torch.from_numpy(examples.views.near[some]))
            self.network.far[0].whiten(torch.from_numpy(examples.views.far[some]))
        self.average = copy.deepcopy(self.network)
        self.optimisers = optimisers(self.network, peak)
        self.progress = Progress()
        self.rng = np.random.default_rng(seed)
        self.chances = sampling(examples)
        self.stopped = False

    def resume(self) -> bool:
        """Load the checkpoint when there is one; whether there was."""
        path = self.folder / CHECKPOINT
        if not path.exists():
            return False
        saved = load_file(path)
        self.network.load_state_dict(part_of(saved, "network"))
        self.average.load_state_dict(part_of(saved, "average"))
        for name, optimiser in self.optimisers.items():
            state = optimiser.state_dict()
            state["state"] = {}
            for key, value in part_of(saved, name).items():
                number, moment = key.split(".", 1)
                state["state"].setdefault(int(number), {})[moment] = value
            optimiser.load_state_dict(state)
        self.progress = Progress(int(saved["progress"][0]), float(saved["progress"][1]))
        return True

    def save(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / "checkpoint.part"
        kept = {f"network/{key}": value for key, value in self.network.state_dict().items()}
        kept |= {f"average/{key}": value for key, value in self.average.state_dict().items()}
        for name, optimiser in self.optimisers.items():
            for number, state in optimiser.state_dict()["state"].items():
                kept |= {f"{name}/{number}.{key}": torch.as_tensor(value) for key, value in state.items()}
        kept["progress"] = torch.tensor([self.progress.step, self.progress.seconds], dtype=torch.float64)
        save_file({key: value.contiguous() for key, value in kept.items()}, partial)
        partial.replace(self.folder / CHECKPOINT)

    def run(self, minutes: float) -> None:
        """Train until `minutes` are used up in all, runs before this one counted; the rate falls to nothing by then."""
        begun, before = time.monotonic(), self.progress.seconds
        losses: list[float] = []
        while not self.stopped:
            self.progress.seconds = before + time.monotonic() - begun
            part = self.progress.seconds / (60 * minutes)
            if part >= 1:
                break
            warm = min(1.0, (self.progress.step + 1) / 20)
            for group in [g for optimiser in self.optimisers.values() for g in optimiser.param_groups]:
                group["lr"] = self.peak * warm * (1 - part)
            losses.append(self.learn())
            if self.progress.step % 50 == 0:
                print(
                    f"{self.progress.seconds / 60:.1f} min, step {self.progress.step}, loss {np.mean(losses):.4f}",
                    flush=True,
                )
                losses.clear()
            if self.progress.step % 100 == 0:
                self.save()
        self.save()

    def stop(self, *_: object) -> None:
        self.stopped = True

    def learn(self) -> float:
        numbers = self.rng.choice(len(self.examples), BATCH, p=self.chances)
        views = self.examples.views
        close = views.near[numbers]
        if self.icons is not None:
            paste(close, self.examples.roles[numbers], self.examples.states[numbers], self.icons, self.rng)
        near = worn(close, self.rng)
        far = worn(views.far[numbers], self.rng)
        shape = torch.from_numpy(views.shape[numbers]) + torch.randn(BATCH, 2) * 0.05
        roles = torch.from_numpy(self.examples.roles[numbers])
        states = torch.from_numpy(self.examples.states[numbers]).float()
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            told, held = self.network(near, far, shape)
        loss = loss_of(told.float(), held.float(), roles, states)
        self.network.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        for optimiser in self.optimisers.values():
            optimiser.step()
        self.progress.step += 1
        decay = min(DECAY, self.progress.step / (self.progress.step + 10))
        with torch.no_grad():
            for mean, now in zip(
                self.average.state_dict().values(), self.network.state_dict().values(), strict=True
            ):
                if mean.dtype.is_floating_point:
                    mean.lerp_(now, 1 - decay)
        return float(loss.detach())


def part_of(saved: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    """The tensors that were saved under `name`."""
    return {key.removeprefix(f"{name}/"): value for key, value in saved.items() if key.startswith(f"{name}/")}


def optimisers(network: WidgetNetwork, peak: float) -> dict[str, torch.optim.Optimizer]:
    """Muon for the inner matrices, AdamW for the heads, norms and biases."""
    heads = ("roles", "states")
    named = list(network.named_parameters())
    matrices = [p for name, p in named if p.ndim == 2 and not name.startswith(heads)]
    others = [p for name, p in named if p.ndim != 2 or name.startswith(heads)]
    return {
        "muon": torch.optim.Muon(
            matrices, lr=peak, momentum=0.95, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"
        ),
        "adamw": torch.optim.AdamW(others, lr=peak, betas=(0.9, 0.98), weight_decay=0.0),
    }


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


def paste(
    near: np.ndarray, roles: np.ndarray, states: np.ndarray, icons: np.ndarray, rng: np.random.Generator
) -> None:
    """Put icons left of some of the texts that have no mark there, in place: not every square is a check box."""
    chosen = (rng.random(len(near)) < ICONS) & ~np.isin(roles, MARKED) & ~states[:, :2].any(axis=1)
    for number in np.flatnonzero(chosen):
        view = near[number]
        icon = icons[rng.integers(len(icons))]
        size = int(rng.integers(12, 24))
        kept = np.arange(size) * len(icon) // size
        icon = icon[kept][:, kept]
        left = max(0, START_LEFT - size - int(rng.integers(-4, 9)))
        top = (NEAR_HEIGHT - size) // 2 + int(rng.integers(-1, 2))
        under = view[top : top + size, left : left + size, :3]
        alpha = icon[..., 3:].astype(np.float32) / 255
        under[:] = under * (1 - alpha) + icon[..., :3] * alpha


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
