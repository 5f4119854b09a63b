"""Distillation: the teacher answers in its own words, and the student learns the teacher's whole distribution over them.

The loss is the KL divergence from the teacher's to the student's next-token distribution at every token of the teacher's
greedy answer, both softened by a temperature T and weighed by T² (Hinton, Vinyals, Dean 2015, arXiv 1503.02531; the teacher's
own answers as in Kim and Rush 2016, arXiv 1606.07947). Prompts are those of the engine, so nothing else has to be shared but
the tokenizer: sizes, families and picture encoders may differ.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed, Stopped
from models.train.distill.feeding import feeding, vocabulary

if TYPE_CHECKING:
    import torch
    from accelerate import Accelerator

    from assistant.ports import Cancel
    from models.runtimes.vision_transformers import TransformersModel
    from models.train.distill.screens import Example, Screens

CHECKPOINT = "checkpoint.safetensors"


@dataclass
class Plan:
    """The knobs of a run."""

    minutes: float
    lr: float = 2e-4
    temperature: float = 2.0
    most_tokens: int = 48
    """of an answer"""
    warm_up: int = 20
    """steps"""
    check_every: float = 300.0
    """seconds between checks on what is held out"""
    save_every: float = 120.0
    most_steps: int = 0
    """stop after this many steps, 0 for no limit"""
    clip: float = 1.0


@dataclass
class Progress:
    """What a checkpoint remembers beside the tensors."""

    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    """of answers, over all processes"""


def same_words(teacher: TransformersModel, student: TransformersModel) -> int:
    """How many logits mean the same in both: rows beyond the shorter table are padding.

    Errors: `EngineFailed` distillation_refused where a token has another number.
    """
    one, other = vocabulary(teacher), vocabulary(student)
    if one != other:
        unlike = sum(other.get(token) != number for token, number in one.items()) or len(other) - len(one)
        raise EngineFailed(
            "distillation_refused", reason=f"the tokenizers differ ({unlike} of {len(one)} tokens)"
        )
    return min(engine.weights.get_output_embeddings().weight.shape[0] for engine in (teacher, student))


class Distiller:
    """A teacher, a student with its optimiser, and where the run stands. `source` is the student's folder.

    Errors: `EngineFailed` distillation_refused for different tokenizers.
    """

    def __init__(
        self,
        teacher: TransformersModel,
        student: TransformersModel,
        screens: Screens,
        plan: Plan,
        *,
        source: Path,
        out: Path,
        accelerator: Accelerator,
        say: Callable[[str], None] = print,
        cancel: Cancel | None = None,
    ) -> None:
        import torch

        self.shared = same_words(teacher, student)
        self.teacher, self.student, self.screens, self.plan = teacher, student, screens, plan
        self.source, self.out, self.say, self.cancel, self.crew = source, out, say, cancel, accelerator
        for engine in (teacher, student):
            engine.weights.to(accelerator.device)
        teacher.weights.requires_grad_(False)
        self.named = dict(student.weights.named_parameters())
        self.optimiser = accelerator.prepare(
            torch.optim.AdamW(self.named.values(), lr=plan.lr, betas=(0.9, 0.98), weight_decay=0.01)
        )
        self.progress = Progress()
        self._held_out: list[tuple[Example, list[list[int]]]] | None = None

    def share_done(self) -> float:
        by_steps = self.progress.step / self.plan.most_steps if self.plan.most_steps else 0.0
        return min(1.0, max(by_steps, self.progress.seconds / (60 * self.plan.minutes)))

    def rate(self) -> float:
        """Warm-up, then full, then down to 5 % over the last 40 % of the budget."""
        warm = min(1.0, (self.progress.step + 1) / self.plan.warm_up)
        return self.plan.lr * warm * min(1.0, 0.05 + 0.95 * (1 - self.share_done()) / 0.4)

    def run(self) -> bool:
        """Learn until the budget is spent, then write OUT/model; False where `cancel` ended it (a checkpoint is kept)."""
        try:
            self._learn()
        except Stopped:
            self.save()
            return False
        self._tell({"check": self.check(), "step": self.progress.step})
        self.save()
        if self.crew.is_main_process:
            self.export(self.out / "model")
        return True

    def step(self) -> dict[str, float]:
        """One update on one picture of each process; figures for the log. Raises `Stopped`."""
        began = time.monotonic()
        number = self.progress.step * self.crew.num_processes + self.crew.process_index
        example = self.screens.lesson(number)
        loss, same, tokens = self._compare(example, self._answers(example))
        self.crew.backward(loss)
        self._share_gradients()
        norm = float(self.crew.clip_grad_norm_(self.student.weights.parameters(), self.plan.clip))
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate()
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.seconds += self._over_all(time.monotonic() - began, "mean")
        self.progress.tokens += round(self._over_all(tokens, "sum"))
        return {"loss": float(loss.detach()), "same": same, "norm": norm, "tokens": tokens}

    def check(self) -> dict[str, float]:
        """Mean KL (T = 1, nats) to the teacher on held-out questions, and the share of equal first choices."""
        import torch

        if self._held_out is None:
            self._held_out = [(example, self._answers(example)) for example in self.screens.held_out()]
        divergence = same = count = 0.0
        with torch.no_grad():
            for example, answers in self._held_out:
                loss, alike, tokens = self._compare(example, answers, temperature=1.0)
                divergence += float(loss) * tokens
                same += alike * tokens
                count += tokens
        return {"kl": divergence / count, "same": same / count, "tokens": int(count)}

    def save(self) -> None:
        """Replace OUT/checkpoint.safetensors once the new one is whole: weights, moments, progress."""
        import torch
        from safetensors.torch import save_file

        if not self.crew.is_main_process:
            return
        tensors = {f"weight/{name}": parameter for name, parameter in self.named.items()}
        for number, state in self.optimiser.state_dict()["state"].items():
            tensors |= {f"adamw/{number}/{key}": torch.as_tensor(value) for key, value in state.items()}
        self.out.mkdir(parents=True, exist_ok=True)
        kept = {name: value.detach().cpu().contiguous().clone() for name, value in tensors.items()}
        save_file(kept, str(self.out / "checkpoint.new"), {"progress": json.dumps(vars(self.progress))})
        (self.out / "checkpoint.new").replace(self.out / CHECKPOINT)

    def resume(self) -> None:
        """Go on from OUT's checkpoint. Errors: `EngineFailed` distillation_refused for one of another student."""
        import torch
        from safetensors import safe_open
        from safetensors.torch import load_file

        file = str(self.out / CHECKPOINT)
        tensors, state = load_file(file), {}
        for name, parameter in self.named.items():
            kept = tensors.get(f"weight/{name}")
            if kept is None or kept.shape != parameter.shape:
                raise EngineFailed("distillation_refused", reason=f"{file} is of another student ({name})")
            with torch.no_grad():
                parameter.copy_(kept)
        for name, value in tensors.items():
            if name.startswith("adamw/"):
                _, number, key = name.split("/")
                state.setdefault(int(number), {})[key] = value
        groups = self.optimiser.state_dict()["param_groups"]
        self.optimiser.load_state_dict({"state": state, "param_groups": groups})
        with safe_open(file, "pt") as opened:
            self.progress = Progress(**json.loads(opened.metadata()["progress"]))

    def export(self, folder: Path) -> None:
        """A folder as the student's was, with the new weights in the numbers' kind that it had."""
        import shutil

        import torch

        config = json.loads((self.source / "config.json").read_text("utf-8"))
        dtype = getattr(torch, str(config.get("dtype") or config.get("torch_dtype") or "float32"))
        weights = self.student.weights
        tensors = {
            name: value.to("cpu", dtype if value.is_floating_point() else value.dtype)
            for name, value in weights.state_dict().items()
        }
        weights.save_pretrained(folder, state_dict=tensors, safe_serialization=True)
        for path in self.source.iterdir():
            small = path.suffix in (".json", ".jinja", ".txt", ".model")
            if small and path.name not in ("manifest.json", "model.safetensors.index.json"):
                shutil.copyfile(path, folder / path.name)

    def _learn(self) -> None:
        checked = saved = time.monotonic()
        recent: list[dict[str, float]] = []
        with self.teacher.watching(self.cancel), self.student.watching(self.cancel):
            if self.progress.step == 0:
                self._tell({"check": self.check(), "step": 0})
            while self.share_done() < 1.0:
                recent.append(self.step())
                if self.progress.step % 10 == 0:
                    self._report(recent)
                    recent = []
                now = time.monotonic()
                if now - checked > self.plan.check_every:
                    self._tell({"check": self.check(), "step": self.progress.step})
                    checked = now
                if now - saved > self.plan.save_every:
                    self.save()
                    saved = now

    def _answers(self, example: Example) -> list[list[int]]:
        """The teacher's greedy answers."""
        import torch

        with torch.no_grad(), self.crew.autocast():
            before = feeding(self.teacher, example.frame, example.text)
            return [before.write(question, self.plan.most_tokens) for question in example.questions]

    def _compare(
        self, example: Example, answers: Sequence[Sequence[int]], temperature: float | None = None
    ) -> tuple[torch.Tensor, float, int]:
        """(KL at the temperature times its square, share of equal first choices, tokens) over all answers."""
        import torch
        from torch.nn.functional import kl_div

        softened = temperature or self.plan.temperature
        with self.crew.autocast():
            with torch.no_grad():
                told = feeding(self.teacher, example.frame, example.text).logits(example.questions, answers)
            said = feeding(self.student, example.frame, example.text).logits(example.questions, answers)
        true, made = (torch.cat(list(rows))[:, : self.shared].float() for rows in (told, said))
        loss = kl_div(
            (made / softened).log_softmax(-1),
            (true / softened).log_softmax(-1),
            log_target=True,
            reduction="batchmean",
        )
        same = (made.detach().argmax(-1) == true.argmax(-1)).float().mean()
        return loss * softened**2, float(same), len(true)

    def _share_gradients(self) -> None:
        """The mean over all processes; not by wrapping the model, which is called twice in a step."""
        import torch

        if self.crew.num_processes > 1:
            for parameter in self.named.values():
                gradient = parameter.grad if parameter.grad is not None else torch.zeros_like(parameter)
                parameter.grad = self.crew.reduce(gradient, "mean")

    def _over_all(self, value: float, how: str) -> float:
        import torch

        return float(self.crew.reduce(torch.tensor(float(value), device=self.crew.device), how))

    def _report(self, recent: Sequence[dict[str, float]]) -> None:
        means = {key: round(sum(row[key] for row in recent) / len(recent), 4) for key in recent[0]}
        self._tell({
            "step": self.progress.step, "minutes": round(self.progress.seconds / 60, 2), "lr": self.rate(),
            "done": round(self.share_done(), 3), **means,
        })  # fmt: skip

    def _tell(self, row: dict) -> None:
        if self.crew.is_main_process:
            self.out.mkdir(parents=True, exist_ok=True)
            with (self.out / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
            self.say(json.dumps(row, ensure_ascii=False))
