"""The network of `screen-widgets`: two small stacks of convolutions, one for each view, and heads for role and states."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.runtimes.screen_widgets import ROLES, STATES


def step(before: int, after: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU(inplace=True)
    )


class Kept(nn.Module):
    """A convolution beside a way around it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.inner = nn.Sequential(
            step(width, width), nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        )

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.inner(x))


class WidgetNetwork(nn.Module):
    """Views of lines → logits. Nothing is pooled over the whole view: where a mark stands says as much as what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Sequential(step(4, 24, 2), step(24, 40, 2), step(40, 64, 2), Kept(64), step(64, 24))
        self.near_out = nn.Linear(24 * 5 * 24, 96)
        self.far = nn.Sequential(step(4, 20, 2), step(20, 32, 2), step(32, 20))
        self.far_out = nn.Linear(20 * 6 * 16, 80)
        self.mixed = nn.Linear(96 + 80 + 2, 112)
        self.drop = nn.Dropout(0.1)
        self.roles = nn.Linear(112, len(ROLES))
        self.states = nn.Linear(112, len(STATES))

    def forward(self, near: Tensor, far: Tensor, shape: Tensor) -> tuple[Tensor, Tensor]:
        """(n, h, w, 4) views with values 0…255, (n, 2) shapes → (n, roles) and (n, states) logits."""
        close = self.near(scaled(near)).flatten(1)
        wide = self.far(scaled(far))
        wide = F.avg_pool2d(wide, (2, 2)).flatten(1)
        features = [F.relu(self.near_out(close)), F.relu(self.far_out(wide)), shape]
        mixed = self.drop(F.relu(self.mixed(torch.cat(features, dim=1))))
        return self.roles(mixed), self.states(mixed)


def scaled(view: Tensor) -> Tensor:
    """(n, h, w, 4) 0…255 → (n, 4, h, w) −1…1."""
    return view.permute(0, 3, 1, 2).float() / 127.5 - 1


class Answers(nn.Module):
    """The network as it is exported: probabilities instead of logits."""

    def __init__(self, network: WidgetNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, near: Tensor, far: Tensor, shape: Tensor) -> tuple[Tensor, Tensor]:
        roles, states = self.network(near, far, shape)
        return roles.softmax(dim=1), states.sigmoid()
