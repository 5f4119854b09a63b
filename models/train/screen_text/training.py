"""The training loop: renders a pool of lines, sorts it into batches of like width, steps, measures, saves.

Everything runs in one thread. Line n of the stream depends on the seed and n only; the learning rate follows the
clock, because the budget is given in minutes.
"""

from __future__ import annotations

import ctypes
import itertools
import json
import math
import random
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from models.runtimes.screen_text_lines import HEIGHT, prepare_line
from models.train.screen_text.lines import Line, LineRenderer
from models.train.screen_text.network import COLUMNS_PER_STEP, CTC, LineReader

POOL = 768
"""lines rendered at a time"""
BATCH_COLUMNS = 32 * 320
WIDEST = 1600
WARM_UP = 300
CLIP = 5.0
EMA = 0.998
AVERAGE = "average.safetensors"
"""file of a checkpoint with the running average of the weights, which is what ships"""
SAVE_EVERY_S = 300.0
MEASURE_EVERY_S = 600.0


@dataclass
class Progress:
    """Where a training stands; saved beside the weights."""

    step: int = 0
    lines: int = 0
    """lines taken from the stream so far"""
    seconds: float = 0.0


@dataclass(frozen=True)
class Batch:
    """Prepared lines of like width. ink (B, 1, 32, W); labels (B, L) padded with 0; steps, lengths (B,)."""

    ink: torch.Tensor
    labels: torch.Tensor
    steps: torch.Tensor
    lengths: torch.Tensor


class Trainer:
    """Trains a `LineReader` until the budget is used up; continues from `folder` when it holds a checkpoint."""

    def __init__(self, renderer: LineRenderer, characters: str, folder: Path, peak: float = 2e-3) -> None:
        self.renderer, self.characters, self.folder, self.peak = renderer, characters, folder, peak
        self.classes = {character: number for number, character in enumerate(characters, start=1)}
        keep_memory()
        torch.manual_seed(renderer.seed)
        self.network = LineReader(characters).to(memory_format=torch.channels_last)
        self.average = {name: value.clone() for name, value in self.network.state_dict().items()}
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        plain = [p for p in self.network.parameters() if p.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=peak, betas=(0.9, 0.98), fused=True)
        self.progress = Progress()
        self.begun = Progress()
        """where the learning rate's rise and fall begins"""
        self.waiting: dict[int, list[tuple[np.ndarray, str]]] = {}
        self.stopping = False

    def stop(self, *_: object) -> None:
        """Finish the pool at hand, save and return from `run`; may be a signal handler."""
        self.stopping = True

    def run(self, minutes: float, measured: list[Line]) -> None:
        """Train until `minutes` of training are used up in all or `stop` is called, then save."""
        budget, begun = minutes * 60, time.monotonic() - self.progress.seconds
        saved = told = self.progress.seconds
        measured_at = self.progress.seconds
        loss_sum, loss_count, rendering = 0.0, 0, 0.0
        while self.progress.seconds < budget and not self.stopping:
            start = time.monotonic()
            batches = self.batches()
            rendering += time.monotonic() - start
            for batch in batches:
                self.progress.seconds = time.monotonic() - begun
                loss_sum += self.step(batch, self.done(budget))
                loss_count += 1
            now = self.progress.seconds
            if now - told > 30:
                rate = self.progress.lines / max(1.0, now)
                say(f"{now / 60:6.1f} min  step {self.progress.step}  lines {self.progress.lines}  loss {loss_sum / loss_count:.4f}"
                    f"  {rate:.0f} lines/s  rendering {rendering / (now - told):.0%}")  # fmt: skip
                told, loss_sum, loss_count, rendering = now, 0.0, 0, 0.0
            if now - measured_at > MEASURE_EVERY_S or now >= budget:
                measured_at = now
                say(
                    f"{now / 60:6.1f} min  held-out CER {self.error_rate(measured):.2%} of {len(measured)} lines"
                )
            if now - saved > SAVE_EVERY_S:
                saved = now
                self.save()
        self.save()

    def done(self, budget: float) -> float:
        """The share of the learning rate's way that is behind us, 0…1; `budget` in seconds."""
        return (self.progress.seconds - self.begun.seconds) / max(1.0, budget - self.begun.seconds)

    def begin_again(self) -> None:
        """Let the learning rate rise and fall once more from here to the end of the budget."""
        self.begun = replace(self.progress)

    def batches(self) -> list[Batch]:
        """The full batches after the next POOL lines of the stream, in a random order.

        Lines wait by width until a batch is full: few shapes occur, so oneDNN makes its kernels only once.
        """
        first = self.progress.lines
        self.progress.lines += POOL
        full = []
        for number in range(first, first + POOL):
            line = self.renderer.line(number)
            ink = prepare_line(line.crop)
            if ink.shape[1] > WIDEST or not readable(ink, line.text):
                continue
            width = rounded_width(ink)
            waiting = self.waiting.setdefault(width, [])
            waiting.append((ink, line.text))
            if len(waiting) * width >= BATCH_COLUMNS:
                full.append(self.batch(waiting, width))
                self.waiting[width] = []
        random.Random(first).shuffle(full)
        return full

    def batch(self, lines: list[tuple[np.ndarray, str]], width: int) -> Batch:
        labels = torch.zeros(len(lines), max(len(text) for _, text in lines), dtype=torch.long)
        for row, (_, text) in enumerate(lines):
            labels[row, : len(text)] = torch.tensor([self.classes[c] for c in text])
        steps = torch.tensor([steps_of(ink) for ink, _ in lines])
        lengths = torch.tensor([len(text) for _, text in lines])
        return Batch(stacked([ink for ink, _ in lines], width), labels, steps, lengths)

    def step(self, batch: Batch, done: float) -> float:
        """One step of the optimizer; `done` is the share of the budget used, 0…1. Returns the loss."""
        rate = (
            self.peak
            * min(1.0, (self.progress.step - self.begun.step + 1) / WARM_UP)
            * (0.01 + 0.99 * cosine(done))
        )
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.network(batch.ink)
        loss = CTC.apply(logits, batch.labels, batch.steps.clamp(max=logits.shape[1]), batch.lengths)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.progress.step += 1
        keep = min(EMA, (1 + self.progress.step) / (10 + self.progress.step))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if value.is_floating_point():
                    self.average[name].lerp_(value, 1 - keep)
        return loss.item()

    def averaged(self) -> LineReader:
        """The network with the running average of its weights, in evaluation mode."""
        network = LineReader(self.characters).to(memory_format=torch.channels_last)
        network.load_state_dict(self.average)
        return network.eval()

    def error_rate(self, lines: list[Line]) -> float:
        """Characters wrong per character of `lines`, greedy decoding."""
        from models.train.screen_text.measure import error_rate, read_with_network

        return error_rate(
            read_with_network(self.averaged(), self.characters, [line.crop for line in lines]),
            [line.text for line in lines],
        )

    def save(self) -> None:
        """Write weights, averages, optimizer and progress; the progress file comes last and marks it complete."""
        self.folder.mkdir(parents=True, exist_ok=True)
        save_file(contiguous(self.network.state_dict()), self.folder / "network.safetensors")
        save_file(contiguous(self.average), self.folder / AVERAGE)
        moments = {
            f"{number}.{name}": value
            for number, state in self.optimizer.state_dict()["state"].items()
            for name, value in state.items()
        }
        save_file(contiguous(moments), self.folder / "optimizer.safetensors")
        (self.folder / "progress.json").write_text(json.dumps(asdict(self.progress)), encoding="utf-8")

    def resume(self) -> bool:
        """Load the checkpoint of `folder`; False when there is none."""
        if not (self.folder / "progress.json").exists():
            return False
        self.network.load_state_dict(load_file(self.folder / "network.safetensors"))
        self.average = load_file(self.folder / AVERAGE)
        state = self.optimizer.state_dict()
        state["state"] = {}
        for key, value in load_file(self.folder / "optimizer.safetensors").items():
            number, name = key.split(".", 1)
            state["state"].setdefault(int(number), {})[name] = value
        self.optimizer.load_state_dict(state)
        for weight, moments in self.optimizer.state.items():  # fused AdamW pairs them by place in memory
            for name, value in moments.items():
                if value.shape == weight.shape:
                    moments[name] = torch.empty_like(weight).copy_(value).detach()
        self.progress = Progress(**json.loads((self.folder / "progress.json").read_text(encoding="utf-8")))
        return True


def steps_of(ink: np.ndarray) -> int:
    return math.ceil(ink.shape[1] / COLUMNS_PER_STEP)


def readable(ink: np.ndarray, text: str) -> bool:
    """Whether the line has a step for each character and one more between equal neighbours."""
    return steps_of(ink) >= len(text) + sum(a == b for a, b in itertools.pairwise(text))


def rounded_width(ink: np.ndarray) -> int:
    """The width of the batch that a line waits for: steps of 32 columns, of 64 beyond 512."""
    width = ink.shape[1]
    step = 32 if width <= 512 else 64
    return width + -width % step


def stacked(inks: list[np.ndarray], width: int) -> torch.Tensor:
    """Prepared lines as one (B, 1, HEIGHT, width) tensor, padded with paper."""
    batch = np.zeros((len(inks), 1, HEIGHT, width), dtype=np.float32)
    for row, ink in enumerate(inks):
        batch[row, 0, :, : ink.shape[1]] = ink
    return torch.from_numpy(batch).contiguous(memory_format=torch.channels_last)


def cosine(done: float) -> float:
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def mixed(
    first: dict[str, torch.Tensor], second: dict[str, torch.Tensor], share: float = 0.5
) -> dict[str, torch.Tensor]:
    """Weights on the straight line between two states of one training; `share` of the way to the second.

    Where the second went on from the first, the middle errs less than either (models/LOG.md).
    """
    return {
        name: value.lerp(second[name], share) if value.is_floating_point() else second[name]
        for name, value in first.items()
    }


def contiguous(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: value.contiguous() for name, value in tensors.items()}


def keep_memory() -> None:
    """Tell glibc to keep freed memory: page faults on fresh batches cost a fifth of the speed (models/LOG.md)."""
    if sys.platform == "linux":
        libc = ctypes.CDLL("libc.so.6")
        mmap_threshold, trim_threshold = -3, -1
        libc.mallopt(mmap_threshold, 1 << 30)
        libc.mallopt(trim_threshold, (1 << 31) - 1)


def say(text: str) -> None:
    print(text, flush=True)
