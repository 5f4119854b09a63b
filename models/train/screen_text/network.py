"""The recogniser: a line of ink in, one guess per four columns out, for CTC.

Dense 3×3 convolutions on purpose: on this kind of CPU they train twice as fast per multiplication as depthwise
ones (models/LOG.md). The last layer is built from jamo while training: the weight of a syllable is the sum of its
initial, medial and final part and an own remainder, so that rare syllables learn from frequent ones. The sum is
folded into one plain matrix for shipping.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from models.runtimes.screen_text_lines import HEIGHT

COLUMNS_PER_STEP = 4
INITIALS, MEDIALS, FINALS = 19, 21, 28


def convolution(
    into: int, out: int, kernel: int | tuple[int, int], stride: int | tuple[int, int] = 1
) -> nn.Sequential:
    down, across = (kernel, kernel) if isinstance(kernel, int) else kernel
    return nn.Sequential(
        nn.Conv2d(into, out, (down, across), stride, (down // 2, across // 2), bias=False),
        nn.BatchNorm2d(out),
    )


class Residual(nn.Module):
    """relu(x + convolution(x))"""

    def __init__(self, channels: int, kernel: int | tuple[int, int]) -> None:
        super().__init__()
        self.convolution = convolution(channels, channels, kernel)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.convolution(x))


class JamoHead(nn.Module):
    """A linear layer over characters whose syllables share the weights of their jamo. Class 0 is blank."""

    def __init__(self, width: int, characters: str) -> None:
        super().__init__()
        self.own = nn.Parameter(torch.randn(len(characters) + 1, width) * width**-0.5)
        self.parts = nn.Parameter(torch.zeros(INITIALS + MEDIALS + FINALS, width))
        self.bias = nn.Parameter(torch.zeros(len(characters) + 1))
        self.register_buffer("made_of", composition(characters), persistent=False)

    def weight(self) -> Tensor:
        return self.own + self.made_of @ self.parts

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight(), self.bias)


def composition(characters: str) -> Tensor:
    """(classes, 68) float: which jamo each class is made of; zero rows for what is no syllable."""
    table = torch.zeros(len(characters) + 1, INITIALS + MEDIALS + FINALS)
    for number, character in enumerate(characters, start=1):
        code = ord(character) - ord("가")
        if 0 <= code < INITIALS * MEDIALS * FINALS:
            initial, rest = divmod(code, MEDIALS * FINALS)
            medial, final = divmod(rest, FINALS)
            table[number, [initial, INITIALS + medial, INITIALS + MEDIALS + final]] = 1
    return table


class LineReader(nn.Module):
    """(B, 1, 32, W) ink 0…1 → (B, W / 4, classes) logits."""

    def __init__(self, characters: str) -> None:
        super().__init__()
        relu = nn.ReLU(inplace=True)
        self.see = nn.Sequential(
            convolution(1, 32, 3, 2), relu, convolution(32, 64, 3, 2), relu,  # (B, 64, 8, W/4)
            Residual(64, 3), Residual(64, 3),
            convolution(64, 128, 3, (2, 1)), relu,  # (B, 128, 4, W/4)
            Residual(128, 3), Residual(128, 3), Residual(128, 3),
            convolution(128, 192, 3, (2, 1)), relu, Residual(192, 3),  # (B, 192, 2, W/4)
        )  # fmt: skip
        self.collapse = convolution(192 * HEIGHT // 16, 256, 1)
        self.read = nn.Sequential(*(Residual(256, (1, 5)) for _ in range(3)))
        self.head = JamoHead(256, characters)

    def forward(self, ink: Tensor) -> Tensor:
        seen = self.see(ink)
        batch, channels, height, width = seen.shape
        flat = F.relu(self.collapse(seen.reshape(batch, channels * height, 1, width)))
        return self.head(self.read(flat).squeeze(2).transpose(1, 2))


class CTC(torch.autograd.Function):
    """CTC loss over a large character set without the two full-size passes of log-softmax and its gradient.

    Only the columns of a line's own characters enter the recursion; the gradient is softmax minus occupancy.
    Twice as fast as torch's own path with 2,700 classes.
    """

    @staticmethod
    def forward(
        ctx: torch.autograd.function.FunctionCtx,
        logits: Tensor,
        labels: Tensor,
        steps: Tensor,
        lengths: Tensor,
    ) -> Tensor:
        """logits (B, T, C); labels (B, L) padded with 0; steps, lengths (B,). Returns the mean loss per character."""
        batch = logits.shape[0]
        chance = logits.detach().float().softmax(dim=2)
        columns = F.pad(labels, (1, 0))  # (B, 1 + L): blank, then the label of each position
        with torch.enable_grad():
            picked = chance.gather(2, columns[:, None].expand(-1, chance.shape[1], -1))
            picked = picked.clamp_min(1e-30).log().requires_grad_()
            # equal characters must be one class for CTC: each position stands for the first of its kind
            first = (columns[:, :, None] == columns[:, None, :]).int().argmax(dim=2)
            losses = F.ctc_loss(
                picked.transpose(0, 1), first[:, 1:], steps, lengths, reduction="none", zero_infinity=True
            )
            loss = (losses / lengths.clamp(min=1)).mean()
        (gradient,) = torch.autograd.grad(loss, picked)
        # torch gives exp(picked) - occupancy (scaled); what is missing is the softmax of all other columns
        scale = (torch.isfinite(losses) & (losses > 0)).float() / lengths.clamp(min=1) / batch
        alive = torch.arange(chance.shape[1])[None] < steps[:, None]
        weight = (scale[:, None] * alive)[..., None]  # (B, T, 1)
        occupancy = picked.detach().exp() * weight - gradient
        full = chance.mul_(weight)
        used = torch.zeros_like(occupancy)
        used.scatter_add_(2, first[:, None].expand_as(occupancy), occupancy)  # onto the first of its kind
        unique = first == torch.arange(first.shape[1])
        full.scatter_add_(2, columns[:, None].expand_as(used), -used * unique[:, None])
        ctx.save_for_backward(full.to(logits.dtype))
        return loss.detach()

    @staticmethod
    def backward(ctx: torch.autograd.function.FunctionCtx, above: Tensor) -> tuple[Tensor, None, None, None]:
        (gradient,) = ctx.saved_tensors
        return gradient * above.to(gradient.dtype), None, None, None
