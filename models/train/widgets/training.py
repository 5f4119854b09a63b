"""The training loop of `screen-widgets`: resumable, by the clock, with a running average of the weights."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional as F

from models.runtimes.screen_widgets import ROLES, STATES
from models.train.widgets.network import WidgetNetwork
from models.train.widgets.published import load_published
from models.train.widgets.windows import Batch, Batches, Window, as_batch

CHECKPOINT = "checkpoint.safetensors"
DECAY = 0.993
"""of the averaged weights, per step"""
STATE_WEIGHT = 2.0
HELD_EVERY = 25
"""every so many windows are held out"""
WHITENED = 40
"""windows from which the fixed patterns are taken"""


@dataclass
class Progress:
    """What a checkpoint remembers beside the weights."""

    step: int = 0
    seconds: float = 0.0


class Trainer:
    """Learns from windows for as many minutes as it is given."""

    def __init__(
        self,
        windows: Sequence[Window],
        folder: Path,
        peak: float,
        seed: int = 1,
        *,
        icons: np.ndarray | None = None,
        published: Path | None = None,
    ) -> None:
        """`icons`: see `Batches`. `published`: folder of published models to go on from. Errors: as `load_published`."""
        self.folder, self.peak = folder, peak
        torch.manual_seed(seed)
        self.batches = Batches(windows, np.random.default_rng(seed), icons)
        self.network = WidgetNetwork().to(memory_format=torch.channels_last)
        if published is not None:
            load_published(self.network, published)
        else:
            some = windows[:: max(1, len(windows) // WHITENED)]
            self.network.whiten(
                *(
                    torch.from_numpy(np.concatenate([getattr(one, name)[::2] for one in some]))
                    for name in ("near", "far", "marks")
                )
            )
        self.average = copy.deepcopy(self.network)
        self.optimisers = optimisers(self.network, peak)
        self.progress = Progress()
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
            losses.append(self.learn(self.batches.next()))
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

    def learn(self, batch: Batch) -> float:
        """One step; returns the loss."""
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            told, held = self.network(batch.crops, batch.around)
        loss = loss_of(told.float(), held.float(), batch)
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
    apart = ("screen.roles", "screen.states")
    named = list(network.named_parameters())
    matrices = [
        p
        for name, p in named
        if p.ndim == 2 and not name.startswith(apart) and "weigh" not in name.split(".")
    ]
    chosen = {id(p) for p in matrices}
    others = [p for _, p in named if id(p) not in chosen]
    return {
        "muon": torch.optim.Muon(
            matrices, lr=peak, momentum=0.95, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"
        ),
        "adamw": torch.optim.AdamW(others, lr=peak, betas=(0.9, 0.98), weight_decay=0.0),
    }


def loss_of(told: Tensor, held: Tensor, batch: Batch) -> Tensor:
    """Role and states, each line with its weight; "checked" and "unchecked" count where one of them holds, and as absent elsewhere."""
    roles = F.cross_entropy(told, batch.roles.clamp(min=0), label_smoothing=0.02, reduction="none")
    states = F.binary_cross_entropy_with_logits(held, batch.states, reduction="none").mean(dim=1)
    return ((roles + STATE_WEIGHT * states) * batch.weights).sum() / batch.weights.sum().clamp(min=1)


def held_out(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """Windows to learn from, and windows to measure on."""
    shuffled = sorted(files)
    random.Random(5).shuffle(shuffled)
    return [f for n, f in enumerate(shuffled) if n % HELD_EVERY], shuffled[::HELD_EVERY]


def answers(network: WidgetNetwork, windows: Sequence[Window]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities (n, roles) and (n, states) of all lines of these windows, one window at a time."""
    network.eval()
    roles, states = [], []
    with torch.inference_mode():
        for one in windows:
            batch = as_batch([one], np.ones(len(one)))
            told, held = network(batch.crops, batch.around)
            roles.append(told.float().softmax(dim=1).numpy())
            states.append(held.float().sigmoid().numpy())
    return np.concatenate(roles), np.concatenate(states)


def figures(network: WidgetNetwork, windows: Sequence[Window]) -> dict[str, float]:
    """F1 per role, and per role with state, on the known lines of these windows."""
    told, held = answers(network, windows)
    role = told.argmax(axis=1)
    true_roles = np.concatenate([one.roles for one in windows])
    true_states = np.concatenate([one.states for one in windows])
    known = true_roles >= 0
    made: dict[str, float] = {}
    for number, name in enumerate(ROLES):
        truth = true_roles == number
        if truth.any():
            made[str(name)] = f1((role == number) & known, truth)
            for column, label in enumerate(STATES):
                held_truth = truth & true_states[:, column]
                if held_truth.sum() >= 5:
                    found = (role == number) & known & (held[:, column] > 0.5)
                    made[f"{name} {label}"] = f1(found, held_truth)
    return made


def f1(found: np.ndarray, truth: np.ndarray) -> float:
    both = float((found & truth).sum())
    return round(2 * both / max(1.0, float(found.sum() + truth.sum())), 4)
