"""Several processes that train one model together: each draws its own screens, gradients are averaged.

`torchrun --nproc-per-node 2 -m models.train mini …` starts them (gloo on a CPU, nccl where there are GPUs); without
torchrun there is one. The processes' seeds differ, their weights stay equal, since every update is the same.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


def join() -> None:
    """Meet the other processes, when torchrun started this one."""
    import torch

    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not torch.distributed.is_initialized():
        torch.distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")


def place() -> tuple[int, int]:
    """(this process, how many there are)."""
    import torch

    if torch.distributed.is_available() and torch.distributed.is_initialized():
        return torch.distributed.get_rank(), torch.distributed.get_world_size()
    return 0, 1


def average_gradients(model: torch.nn.Module) -> None:
    """Give every process the mean of all gradients; where only some used a parameter it counts as zero in the others."""
    import torch

    if place()[1] == 1:
        return
    parameters = [p for p in model.parameters() if p.requires_grad]
    used = torch.tensor([float(p.grad is not None) for p in parameters])
    torch.distributed.all_reduce(used)
    parameters = [p for p, count in zip(parameters, used.tolist(), strict=True) if count]
    for parameter in parameters:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    flat = torch.cat([p.grad.float().flatten() for p in parameters])
    torch.distributed.all_reduce(flat)
    parts = (flat / place()[1]).split([p.numel() for p in parameters])
    for parameter, part in zip(parameters, parts, strict=True):
        parameter.grad.copy_(part.view_as(parameter))


def longest(seconds: float) -> float:
    """The longest of all processes' times, so that all agree on how far the budget is spent."""
    import torch

    if place()[1] == 1:
        return seconds
    value = torch.tensor(seconds)
    torch.distributed.all_reduce(value, op=torch.distributed.ReduceOp.MAX)
    return float(value)
