"""The optimisers: Muon for matrices, AdamW for everything else, float32 master weights behind a bfloat16 model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch


TABLE_SHARE = 1.0
"""AdamW's share of the learning rate: rare words' embeddings take few but full-size steps"""


def is_matrix(name: str, parameter: torch.Tensor) -> bool:
    """Whether Muon takes this parameter: the inner matrices, not tables, the head, norms, biases or the patch projection."""
    return parameter.ndim == 2 and "embed" not in name and "lm_head" not in name


class Masters:
    """Float32 copies of a model's parameters that the optimisers change; the model gets them rounded."""

    def __init__(self, model: torch.nn.Module, lr: float = 2e-3, decay: float = 0.02) -> None:
        import torch

        self.model = model
        self.named = dict(model.named_parameters())
        self.copies = {name: p.detach().float().clone() for name, p in self.named.items()}
        matrices = [c for name, c in self.copies.items() if is_matrix(name, c)]
        others = [c for name, c in self.copies.items() if not is_matrix(name, c)]
        self.optimisers = {
            "muon": torch.optim.Muon(
                matrices, lr=lr, momentum=0.95, weight_decay=decay, adjust_lr_fn="match_rms_adamw"
            ),
            "adamw": torch.optim.AdamW(others, lr=lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
        }
        self.lr = lr

    def step(self, share: float, clip: float = 1.0) -> float:
        """One update with `share` of the full learning rate; the larger of the norms of text and sight comes back and they are cleared."""
        import torch

        parts: dict[bool, list[torch.Tensor]] = {True: [], False: []}
        for name, parameter in self.named.items():
            copy = self.copies[name]
            copy.grad = parameter.grad.float() if parameter.grad is not None else None
            parameter.grad = None
            if copy.grad is not None:
                parts["visual" in name].append(copy.grad)
        norm = 0.0
        for gradients in parts.values():  # apart, so that a start of pictures does not silence the text
            norm = max(norm, size := float(torch.nn.utils.get_total_norm(gradients)) if gradients else 0.0)
            if size > clip:
                for gradient in gradients:
                    gradient.mul_(clip / size)
        for kind, optimiser in self.optimisers.items():
            for group in optimiser.param_groups:
                group["lr"] = self.lr * share * (1.0 if kind == "muon" else TABLE_SHARE)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.push()
        return norm

    def push(self) -> None:
        """Give the model the rounded copies."""
        import torch

        with torch.no_grad():
            for name, parameter in self.named.items():
                parameter.copy_(self.copies[name])

    def tensors(self) -> dict[str, torch.Tensor]:
        """Weights and optimiser state as flat names, for safetensors."""
        import torch

        found = {f"weight/{name}": copy for name, copy in self.copies.items()}
        for kind, optimiser in self.optimisers.items():
            for index, state in optimiser.state_dict()["state"].items():
                for key, value in state.items():
                    found[f"{kind}/{index}/{key}"] = torch.as_tensor(value, dtype=torch.float32)
        return {name: value.detach().contiguous() for name, value in found.items()}

    def restore(self, tensors: dict[str, torch.Tensor], optimiser_too: bool = True) -> None:
        """Take back what `tensors` gave. Errors: KeyError for a checkpoint of another size."""
        for name, copy in self.copies.items():
            copy.copy_(tensors[f"weight/{name}"])
        for kind, optimiser in self.optimisers.items():
            state: dict[int, dict] = {}
            for name, value in tensors.items():
                if optimiser_too and name.startswith(f"{kind}/"):
                    _, index, key = name.split("/")
                    state.setdefault(int(index), {})[key] = value.clone()
            if state:
                optimiser.load_state_dict(
                    {"state": state, "param_groups": optimiser.state_dict()["param_groups"]}
                )
        self.push()
