"""The two networks of `screen-widgets`: what one line looks like, and what it is among its neighbours."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.runtimes.screen_widgets import ROLES, STATES
from models.runtimes.screen_widgets_colours import PROBES
from models.runtimes.screen_widgets_marks import FACTS, SIDES
from models.runtimes.screen_widgets_places import NUMBERS, PAIR

PATCH = 4
SEEN = 128
"""numbers that tell how a line looks"""
WIDTH, INNER, HEADS, LAYERS = 112, 96, 6, 3
HALF = 127.5
SHARP = 8.0
"""how much small differences of colours are raised"""


class Mixing(nn.Module):
    """A 3 × 3 convolution, batch norm and ReLU; its weights lie as a matrix, because the optimiser takes matrices."""

    def __init__(self, before: int, after: int, stride: int = 1) -> None:
        super().__init__()
        self.weight = nn.Parameter(nn.init.orthogonal_(torch.empty(after, before * 9)))
        self.norm = nn.BatchNorm2d(after)
        self.stride, self.before = stride, before

    def forward(self, x: Tensor) -> Tensor:
        kernel = self.weight.view(-1, self.before, 3, 3).contiguous(memory_format=torch.channels_last)
        return F.relu(self.norm(F.conv2d(x, kernel, stride=self.stride, padding=1)))


class Patches(nn.Module):
    """(n, h, w, 4) views with values 0…255 → (n, width, h/4, w/4): fixed patterns over squares of 4 × 4 pixels.

    The patterns are the principal components of such squares, once as they are and once negated, so that they need no
    training (`whiten`), and nothing flows back to the full-size views, whose few channels leave matrix units idle.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("weight", torch.zeros(width, 4 * PATCH * PATCH))
        self.register_buffer("bias", torch.zeros(width))

    def forward(self, view: Tensor) -> Tensor:
        weight = self.weight / HALF  # what brings 0…255 to −1…1, here where it costs nothing
        return F.relu(F.linear(squares(view).float(), weight, self.bias - self.weight.sum(1))).permute(
            0, 3, 1, 2
        )

    def whiten(self, views: Tensor) -> None:
        """Take the patterns from (n, h, w, 4) views."""
        parts = squares(views).reshape(-1, self.weight.shape[1]).float() / HALF - 1
        parts = parts[(parts - parts.mean(1, keepdim=True)).abs().amax(1) > 0.05]  # most squares are empty
        middle = parts.mean(0)
        values, vectors = torch.linalg.eigh((parts - middle).T @ (parts - middle) / len(parts))
        kept = len(self.weight) // 2
        whitening = (vectors[:, -kept:] / (values[-kept:] + 1e-2).sqrt()).T
        self.weight.copy_(torch.cat([whitening, -whitening]))
        self.bias.copy_(-self.weight @ middle)


def squares(view: Tensor) -> Tensor:
    """(n, h, w, 4) → (n, h/4, w/4, 64), values as they are."""
    count, height, width, channels = view.shape
    parts = view.reshape(count, height // PATCH, PATCH, width // PATCH, PATCH * channels)
    return parts.permute(0, 1, 3, 2, 4).reshape(count, height // PATCH, width // PATCH, -1)


class LineNetwork(nn.Module):
    """How a line looks. Nothing is pooled over a whole view: where a mark stands says as much as what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Sequential(Patches(64), Mixing(64, 64), Mixing(64, 64, 2), Mixing(64, 32))
        self.near_out = nn.Linear(32 * 5 * 20, 112)
        self.far = nn.Sequential(Patches(48), Mixing(48, 32))
        self.far_out = nn.Linear(32 * 6 * 16, 64)
        self.mark = nn.Sequential(Patches(48), Mixing(48, 48), Mixing(48, 32, 2))
        self.mark_out = nn.Linear(32 * 4 * 4, 64)
        self.mixed = nn.Linear(112 + 64 + len(SIDES) * (64 + FACTS), SEEN)

    def forward(self, near: Tensor, far: Tensor, marks: Tensor, facts: Tensor) -> Tensor:
        """(n, h, w, 4) views, (n, 3, 32, 32, 4) marks with values 0…255, (n, 3, 5) facts → (n, SEEN)."""
        close = F.relu(self.near_out(self.near(near).flatten(1)))
        wide = F.relu(self.far_out(self.far(far).flatten(1)))
        found = F.relu(self.mark_out(self.mark(marks.flatten(0, 1)).flatten(1)))
        found = found.reshape(-1, len(SIDES) * 64)
        return F.relu(self.mixed(torch.cat([close, wide, found, facts.flatten(1)], dim=1)))


class Comparing(nn.Module):
    """Each line looks at its neighbours and at how they differ from it, and takes over what matters."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.own = nn.Linear(WIDTH, INNER)
        self.other = nn.Linear(WIDTH, INNER, bias=False)
        self.lies = nn.Linear(PAIR + 12, INNER, bias=False)
        self.weigh = nn.Parameter(torch.randn(HEADS, INNER // HEADS) * 0.2)
        self.out = nn.Linear(2 * INNER, WIDTH)
        self.then = nn.Sequential(
            nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 2 * WIDTH), nn.ReLU(), nn.Linear(2 * WIDTH, WIDTH)
        )

    def forward(self, x: Tensor, near: Tensor, pairs: Tensor) -> Tensor:
        """(n, WIDTH) lines, (n, k) numbers of their neighbours, (n, k, PAIR + 12) how they lie → (n, WIDTH)."""
        plain = self.norm(x)
        heard = F.relu(self.own(plain)[:, None] + self.other(plain)[near] + self.lies(pairs))  # (n, k, INNER)
        parts = heard.reshape(*near.shape, HEADS, -1)
        weights = (parts * self.weigh).sum(-1, keepdim=True).softmax(dim=1)  # (n, k, HEADS, 1)
        gathered = (weights * parts).sum(dim=1).flatten(1)
        x = x + self.out(torch.cat([gathered, heard.amax(dim=1)], dim=1))
        return x + self.then(x)


class ScreenNetwork(nn.Module):
    """What lines are, all of a screen together."""

    def __init__(self) -> None:
        super().__init__()
        self.into = nn.Linear(SEEN + NUMBERS + 3 + 6 * (PROBES - 1), WIDTH)
        self.layers = nn.ModuleList(Comparing() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH)
        self.drop = nn.Dropout(0.1)
        self.roles = nn.Linear(WIDTH, len(ROLES))
        self.states = nn.Linear(WIDTH, len(STATES))

    def forward(
        self, seen: Tensor, probes: Tensor, numbers: Tensor, near: Tensor, pairs: Tensor
    ) -> tuple[Tensor, Tensor]:
        """(n, SEEN), (n, PROBES, 3) colours 0…255, (n, NUMBERS), (n, k), (n, k, PAIR) → (n, roles), (n, states) logits."""
        colours = probes.float() / 127.5 - 1
        apart = colours[:, 1:] - colours[:, :1]
        contrast = torch.cat([apart, (SHARP * apart).tanh()], dim=2).flatten(1)
        x = self.into(torch.cat([seen, numbers, colours[:, 0], contrast], dim=1))
        pair = colours[:, :2].flatten(1)
        differ = pair[near] - pair[:, None]  # (n, k, 6): papers and inks
        pairs = torch.cat([pairs, differ, (SHARP * differ).tanh()], dim=2)
        for layer in self.layers:
            x = layer(x, near, pairs)
        x = self.drop(self.norm(x))
        return self.roles(x), self.states(x)


class WidgetNetwork(nn.Module):
    """Both together, as they are trained."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.screen = LineNetwork(), ScreenNetwork()

    def whiten(self, near: Tensor, far: Tensor, marks: Tensor) -> None:
        """Take the fixed patterns from some views and marks."""
        with torch.no_grad():
            self.line.near[0].whiten(near)
            self.line.far[0].whiten(far)
            self.line.mark[0].whiten(marks.flatten(0, 1))

    def forward(
        self,
        crops: tuple[Tensor, Tensor, Tensor, Tensor],
        around: tuple[Tensor, Tensor, Tensor, Tensor],
    ) -> tuple[Tensor, Tensor]:
        """What `LineNetwork` takes, and what `ScreenNetwork` takes behind `seen`."""
        return self.screen(self.line(*crops), *around)
