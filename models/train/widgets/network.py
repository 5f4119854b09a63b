"""The network of `screen-widgets`: two small stacks of convolutions, one for each view, and heads for role and states."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.runtimes.screen_widgets import ROLES, STATES

PATCH = 4


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
        return F.relu(F.linear(squares(view), self.weight, self.bias)).permute(0, 3, 1, 2)

    def whiten(self, views: Tensor) -> None:
        """Take the patterns from (n, h, w, 4) views."""
        parts = squares(views.float()).reshape(-1, self.weight.shape[1])
        parts = parts[(parts - parts.mean(1, keepdim=True)).abs().amax(1) > 0.05]  # most squares are empty
        middle = parts.mean(0)
        values, vectors = torch.linalg.eigh((parts - middle).T @ (parts - middle) / len(parts))
        kept = len(self.weight) // 2
        whitening = (vectors[:, -kept:] / (values[-kept:] + 1e-2).sqrt()).T
        self.weight.copy_(torch.cat([whitening, -whitening]))
        self.bias.copy_(-self.weight @ middle)


def squares(view: Tensor) -> Tensor:
    """(n, h, w, 4) → (n, h/4, w/4, 64), −1…1."""
    count, height, width, channels = view.shape
    parts = view.reshape(count, height // PATCH, PATCH, width // PATCH, PATCH * channels)
    return parts.permute(0, 1, 3, 2, 4).reshape(count, height // PATCH, width // PATCH, -1) / 127.5 - 1


class WidgetNetwork(nn.Module):
    """Views of lines → logits. Nothing is pooled over the whole view: where a mark stands says as much as what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Sequential(Patches(64), Mixing(64, 64), Mixing(64, 64, 2), Mixing(64, 32))
        self.near_out = nn.Linear(32 * 5 * 20, 112)
        self.far = nn.Sequential(Patches(48), Mixing(48, 32))
        self.far_out = nn.Linear(32 * 6 * 16, 64)
        self.mixed = nn.Linear(112 + 64 + 2, 112)
        self.drop = nn.Dropout(0.1)
        self.roles = nn.Linear(112, len(ROLES))
        self.states = nn.Linear(112, len(STATES))

    def forward(self, near: Tensor, far: Tensor, shape: Tensor) -> tuple[Tensor, Tensor]:
        """(n, h, w, 4) views with values 0…255, (n, 2) shapes → (n, roles) and (n, states) logits."""
        close = F.relu(self.near_out(self.near(near.float()).flatten(1)))
        wide = F.relu(self.far_out(self.far(far.float()).flatten(1)))
        mixed = self.drop(F.relu(self.mixed(torch.cat([close, wide, shape], dim=1))))
        return self.roles(mixed), self.states(mixed)


class Answers(nn.Module):
    """The network as it is exported: probabilities instead of logits."""

    def __init__(self, network: WidgetNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, near: Tensor, far: Tensor, shape: Tensor) -> tuple[Tensor, Tensor]:
        roles, states = self.network(near, far, shape)
        return roles.softmax(dim=1), states.sigmoid()
