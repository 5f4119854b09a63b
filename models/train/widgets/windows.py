"""Windows in memory, and batches of them with changed colours, lost lines, other places: what a training step sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.runtimes.screen_widgets import ROLES, STATES
from models.runtimes.screen_widgets_marks import SIZE
from models.runtimes.screen_widgets_places import PLACE, Places, places_of
from models.runtimes.screen_widgets_views import NEAR_HEIGHT, NEAR_TEXT, START_LEFT
from models.train.widgets.examples import UNKNOWN

LINES = 256
"""about how many lines a batch has"""
JOINED, LOST, HIDDEN = 0.3, 0.06, 0.25
"""chances: a window stands beside another one on the same screen; a line is not found; a window's place is not told"""
ICONS = 0.25
"""share of the lines without a mark that get an icon left of them"""
REAL = 5.0
"""how much more often windows of real programs come than drawn ones"""
ASKED = 2.0
"""how much more lines weigh whose state is asked for most: check boxes, radio buttons, tabs, selected rows"""
ROWS = [ROLES.index("cell"), ROLES.index("list item")]
MARKED = [ROLES.index("check box"), ROLES.index("radio button")]
ICON_WIDTH = (0.8, 1.7)
"""of a pasted icon, in heights of the line"""
COPIED = ("near", "far", "marks", "facts", "probes", "boxes", "letters", "roles", "states")


@dataclass
class Window:
    """The lines of one window: arrays as `examples.save` writes them."""

    name: str
    near: np.ndarray
    far: np.ndarray
    marks: np.ndarray
    facts: np.ndarray
    probes: np.ndarray
    boxes: np.ndarray
    letters: np.ndarray
    roles: np.ndarray
    states: np.ndarray
    size: tuple[int, int]
    recorded: bool = False

    def __len__(self) -> int:
        return len(self.roles)

    def some(self, kept: np.ndarray) -> Window:
        """These lines of it, copied, so that they may be changed."""
        return Window(self.name, *(getattr(self, name)[kept] for name in COPIED), self.size, self.recorded)

    def codes(self) -> np.ndarray:
        """(n,) a number for each kind: a role with its states."""
        return self.roles * 64 + self.states @ (1 << np.arange(len(STATES)))


@dataclass(frozen=True)
class Batch:
    """Tensors for the network, and the truth; `weights` are 0 where nothing is known."""

    crops: tuple[Tensor, Tensor, Tensor, Tensor]
    around: tuple[Tensor, Tensor, Tensor, Tensor]
    roles: Tensor
    states: Tensor
    weights: Tensor


def read_windows(files: Sequence[Path]) -> list[Window]:
    """Cached windows, about 45 kB of memory a line."""
    windows = []
    for file in files:
        with np.load(file, allow_pickle=False) as held:
            size = int(held["size"][0]), int(held["size"][1])
            windows.append(Window(file.stem, *(held[name] for name in COPIED), size, bool(held["recorded"])))
    return windows


def as_batch(windows: Sequence[Window], weights: np.ndarray, hidden: Sequence[bool] | None = None) -> Batch:
    """Windows side by side, each a screen of its own; places told but where `hidden`."""
    placed = [places_of(one.boxes, one.letters, one.size) for one in windows]
    for number, place in enumerate(placed):
        if hidden is not None and hidden[number]:
            place.numbers[:, PLACE] = 0
    return joined(windows, placed, weights)


def joined(windows: Sequence[Window], placed: Sequence[Places], weights: np.ndarray) -> Batch:
    starts = np.cumsum([0, *(len(one) for one in windows)])[:-1]
    near = np.concatenate([place.neighbours + start for place, start in zip(placed, starts, strict=True)])

    def all_of(name: str) -> Tensor:
        return torch.from_numpy(np.concatenate([getattr(one, name) for one in windows]))

    return Batch(
        (all_of("near"), all_of("far"), all_of("marks"), all_of("facts")),
        (
            all_of("probes"),
            torch.from_numpy(np.concatenate([place.numbers for place in placed])),
            torch.from_numpy(near),
            torch.from_numpy(np.concatenate([place.pairs for place in placed])),
        ),
        all_of("roles"),
        all_of("states").float(),
        torch.from_numpy(weights.astype(np.float32)),
    )


class Batches:
    """Random batches of windows, rare kinds of lines weighing more."""

    def __init__(
        self, windows: Sequence[Window], rng: np.random.Generator, icons: np.ndarray | None = None
    ) -> None:
        """`icons`: (n, 20, 20, 4) uint8 RGBA to paste beside texts; none are pasted without."""
        self.windows, self.rng, self.icons = list(windows), rng, icons
        self.weight_of = kind_weights(self.windows)
        chances = np.array([sum(self.weight_of[code] for code in one.codes()) for one in self.windows])
        chances = chances**0.5 * [REAL if one.recorded else 1.0 for one in self.windows]
        self.chances = chances / chances.sum()

    def shares(self) -> list[np.ndarray]:
        """How much each line of each window counts in training."""
        return [
            chance * np.array([self.weight_of[code] for code in one.codes()])
            for one, chance in zip(self.windows, self.chances, strict=True)
        ]

    def next(self) -> Batch:
        chosen: list[Window] = []
        while sum(map(len, chosen)) < LINES:
            chosen.append(self.changed(self.windows[self.rng.choice(len(self.windows), p=self.chances)]))
        screens = []
        while chosen:
            one = chosen.pop()
            if chosen and self.rng.random() < JOINED:
                one = beside(one, chosen.pop(), self.rng)
            screens.append(one)
        weights = np.concatenate([[self.weight_of[code] for code in one.codes()] for one in screens])
        return as_batch(screens, weights, list(self.rng.random(len(screens)) < HIDDEN))

    def changed(self, window: Window) -> Window:
        """A copy with lines lost, icons pasted, other colours, on a larger screen at times."""
        kept = self.rng.random(len(window)) > LOST * self.rng.integers(0, 3)
        if len(window) > 1.5 * LINES:
            start = self.rng.integers(0, len(window) - LINES)
            kept &= (np.arange(len(window)) >= start) & (np.arange(len(window)) < start + LINES)
        if not kept.any():
            kept[:] = True
        made = window.some(kept)
        if self.icons is not None:
            paste(made, self.icons, self.rng)
        worn(made, self.rng)
        if self.rng.random() < 0.3:
            more = self.rng.integers(0, 900, 2)
            made.boxes[:, :2] += self.rng.integers(0, more + 1)
            made.size = made.size[0] + int(more[0]), made.size[1] + int(more[1])
        return made


def kind_weights(windows: Sequence[Window]) -> dict[int, float]:
    """Weight of each kind of line, 1 on the mean over all lines; 0 for those of which nothing is known."""
    codes, counts = np.unique(np.concatenate([one.codes() for one in windows]), return_counts=True)
    known = codes >= 0
    roles, chosen = codes // 64, codes >> STATES.index("selected") & 1
    asked = np.isin(roles, [*MARKED, ROLES.index("tab")]) | np.isin(roles, ROWS) & (chosen > 0)
    weights = np.where(known, np.where(asked, ASKED, 1.0) / np.maximum(counts, 40) ** 0.5, 0)
    weights /= (weights * counts).sum() / counts[known].sum()
    return {int(code): float(min(weight, 8.0)) for code, weight in zip(codes, weights, strict=True)}


def beside(first: Window, second: Window, rng: np.random.Generator) -> Window:
    """Two windows as one screen, the second right of or below the first."""
    width, height = first.size
    across = rng.random() < 0.5
    off = (width, int(rng.integers(0, 200))) if across else (int(rng.integers(0, 200)), height)
    boxes = np.concatenate([first.boxes, second.boxes + np.array([*off, 0, 0], dtype=np.float32)])
    size = max(width, off[0] + second.size[0]), max(height, off[1] + second.size[1])
    both = {name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in COPIED}
    both["boxes"] = boxes
    return Window(first.name, *(both[name] for name in COPIED), size)


def paste(window: Window, icons: np.ndarray, rng: np.random.Generator) -> None:
    """Put icons left of some lines that have no mark there: not every square is a check box."""
    free = ~np.isin(window.roles, [*MARKED, UNKNOWN]) & ~window.states[:, :2].any(axis=1)
    free &= window.facts[:, 0, 0] == 0
    if rng.random() < 0.5:
        return
    for number in np.flatnonzero(free & (rng.random(len(window)) < 2 * ICONS)):
        icon = icons[rng.integers(len(icons))]
        width, gap = rng.uniform(*ICON_WIDTH), rng.uniform(0.15, 0.9)
        end = START_LEFT - round(gap * NEAR_TEXT)
        lay(
            window.near[number],
            icon,
            round(width * NEAR_TEXT),
            end - round(width * NEAR_TEXT) // 2,
            NEAR_HEIGHT // 2,
        )
        mark = window.marks[number, 0]
        mark[..., :3], mark[..., 3] = window.probes[number, 0], 0
        side = round(width * SIZE / 2)
        lay(mark, icon, side, SIZE // 2, SIZE // 2)
        window.facts[number, 0] = 1, np.log1p(gap), width, min(width, 1.4), rng.uniform(0.5, 0.9)


def lay(view: np.ndarray, icon: np.ndarray, side: int, x: int, y: int) -> None:
    """Draw an RGBA icon `side` pixels wide around (x, y) over an RGB view, what sticks out cut off."""
    kept = np.arange(side) * len(icon) // side
    icon = icon[kept][:, kept]
    left, top = x - side // 2, y - side // 2
    right, bottom = min(left + side, view.shape[1]), min(top + side, view.shape[0])
    icon = icon[max(0, -top) : bottom - top, max(0, -left) : right - left]
    under = view[max(0, top) : bottom, max(0, left) : right, :3]
    alpha = icon[..., 3:].astype(np.float32) / 255
    under[:] = under * (1 - alpha) + icon[..., :3] * alpha


def worn(window: Window, rng: np.random.Generator) -> None:
    """Other colours, contrast, inversion, the same for all of the window; masks as they are."""
    scale = rng.uniform(0.75, 1.1) * rng.uniform(0.92, 1.08, 3)
    shift = rng.uniform(-14, 14) + 127.5 * (1 - scale)
    if rng.random() < 0.12:
        scale, shift = -scale, 255 - shift
    order = rng.permutation(3) if rng.random() < 0.4 else np.arange(3)
    table = np.clip(np.arange(256)[:, None] * scale + shift, 0, 255).astype(np.uint8)  # (256, 3)
    for views in (window.near, window.far, window.marks, window.probes):
        views[..., :3] = np.stack([table[views[..., order[c]], c] for c in range(3)], axis=-1)
