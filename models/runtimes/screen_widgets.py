"""What each line of a screen is, and in which state: a small network looks at the pixels around it.

It fills `role` and `state` of text lines: check boxes and radio buttons with what they say, selected tabs and rows,
disabled buttons, fields. Where the accessibility tree is known, that wins later (desktop/accessibility/merge.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import EngineFailed
from assistant.frames import Box, TextLine
from models.manifest import verify
from models.runtimes.few_shapes import FEW_SHAPES
from models.runtimes.screen_widgets_views import views_of

BUNDLED = Path(__file__).parent.parent / "bundled" / "screen-widgets"
ROLES: tuple[str | None, ...] = (
    None, "title", "button", "check box", "radio button", "tab", "menu item", "text field", "combo box", "link",
    "header", "cell", "list item", "icon",
)  # fmt: skip
"""class n of the network's role is the n-th of these"""
STATES = ("checked", "unchecked", "selected", "disabled", "focused", "expanded")
SURE = {"checked": 0.5, "unchecked": 0.5, "selected": 0.85, "disabled": 0.6, "focused": 0.7, "expanded": 0.6}
"""probability from which a state is told"""
LEAST_ROLE, LEAST_MARK = 0.7, 0.75
"""probability from which a role is told, and from which a line is said to have a check mark: icons look like one"""
RASH = {"header": 0.95, "tab": 0.9, "list item": 0.9}
"""roles that the model tells too readily, and the probability they need"""
MARKED = (3, 4)
"""numbers of check box and radio button among the roles"""
TOLD: dict[str | None, tuple[str, ...]] = {
    None: ("disabled",),
    "title": (),
    "button": ("disabled", "checked", "focused"),
    "check box": ("checked", "unchecked"),
    "radio button": ("checked", "unchecked"),
    "tab": ("selected", "disabled"),
    "menu item": ("checked", "selected", "disabled"),
    "text field": ("disabled", "focused"),
    "combo box": ("disabled", "focused", "expanded"),
    "link": ("disabled",),
    "header": (),
    "cell": ("selected", "checked", "unchecked", "disabled", "focused", "expanded"),
    "list item": ("selected", "checked", "unchecked", "disabled", "expanded"),
    "icon": ("selected",),
}
"""the states that a role can have, the weightiest first: a line tells one"""
MARKS = "□■☐☑☒▢▣✓✔√○●◉◎⊙◯®©ㅁㅇ☆Oo0ⓞ"
"""what the recogniser makes of a check box or radio button that it took for the first character"""
BATCH = 64
SELECTED = STATES.index("selected")
LEAST_SELECTED = 0.2
"""chance from which the likeliest of a row of tabs is the selected one"""
TABS_APART = 12
"""tabs of one row are at most this many heights of their text apart"""


class Network(Protocol):
    """Views as `screen_widgets_views.Views` → (n, roles) and (n, states) float32 probabilities."""

    def __call__(
        self, near: np.ndarray, far: np.ndarray, shape: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]: ...


class WidgetReader:
    """Tells roles and states of lines."""

    def __init__(self, folder: Path | None = None, threads: int = 2) -> None:
        self.folder, self.threads = folder or BUNDLED, threads
        self._network: Network | None = None

    def load(self) -> None:
        """Load the model now. Errors: `ModelMissing`, `EngineFailed`."""
        self._loaded()

    def of(
        self, image: np.ndarray, lines: Sequence[TextLine], kept: Mapping[Box, TextLine] | None = None
    ) -> list[TextLine]:
        """The lines of (h, w, 3) uint8 RGB `image`, same order, with role and state. Errors as `load`.

        `kept`: lines told before, by box, around which nothing has changed; they are not looked at again.
        """
        told = [answered(line, kept) if kept else line for line in lines]
        chances = np.array([line.state == "selected" for line in told], dtype=np.float32)
        fresh = [number for number, line in enumerate(lines) if not kept or line.box not in kept]
        for first in range(0, len(fresh), BATCH):
            numbers = fresh[first : first + BATCH]
            roles, states = self._loaded()(*views_of(image, [lines[number].box for number in numbers]))
            chances[numbers] = states[:, SELECTED]
            for number, role, state in zip(numbers, roles, states, strict=True):
                told[number] = with_widget(lines[number], role, state)
        return with_one_tab(told, chances)

    def close(self) -> None:
        """Give the model's memory back."""
        self._network = None

    def _loaded(self) -> Network:
        if self._network is None:
            verify(self.folder, full=False)
            try:
                self._network = widget_network(self.folder / "model.onnx", self.threads)
            except Exception as error:
                raise EngineFailed("engine_failed", engine="screen widgets", reason=str(error)) from error
        return self._network


def answered(line: TextLine, kept: Mapping[Box, TextLine]) -> TextLine:
    """The line with the role and state it had before, where it was there before."""
    before = kept.get(line.box)
    return line if before is None else replace(line, text=before.text, role=before.role, state=before.state)


def with_widget(line: TextLine, roles: np.ndarray, states: np.ndarray) -> TextLine:
    """The line with what the network says of it, and without its check mark read as a character."""
    role = role_of(roles)
    state = state_of(role, states)
    text = line.text
    if (
        role in ("check box", "radio button")
        and len(text) > 1
        and text[0] in MARKS
        and (text[1] == " " or text[0] in "□○☐☑")
    ):
        text = text[1:].lstrip() or text
    return replace(line, text=text, role=role, state=state)


def role_of(chances: np.ndarray) -> str | None:
    """The likeliest role, or None where none is sure enough."""
    left = chances.copy()
    if left[list(MARKED)].sum() < LEAST_MARK:
        left[list(MARKED)] = 0
    best = int(left.argmax())
    role = ROLES[best]
    return role if best in MARKED or left[best] >= RASH.get(str(role), LEAST_ROLE) else None


def with_one_tab(lines: Sequence[TextLine], chances: np.ndarray) -> list[TextLine]:
    """In each row of tabs the likeliest one selected and no other, as (n,) `chances` of being selected say."""
    told = list(lines)
    for row in tab_rows(lines):
        best = max(row, key=lambda number: chances[number])
        for number in row:
            chosen = number == best and chances[number] >= LEAST_SELECTED
            told[number] = replace(told[number], state="selected" if chosen else None)
    return told


def tab_rows(lines: Sequence[TextLine]) -> list[list[int]]:
    """Numbers of tabs that stand side by side."""
    rows: list[list[int]] = []
    tabs = [number for number, line in enumerate(lines) if line.role == "tab"]
    for number in sorted(tabs, key=lambda number: lines[number].box.x):
        box = lines[number].box
        for row in rows:
            last = lines[row[-1]].box
            level = abs(last.centre[1] - box.centre[1]) < 0.5 * min(last.height, box.height)
            if level and box.x - last.right < TABS_APART * box.height:
                row.append(number)
                break
        else:
            rows.append([number])
    return rows


def state_of(role: str | None, states: np.ndarray) -> str | None:
    """The weightiest state of (states,) probabilities that a thing of this role can have; a check box always has one."""
    chances = dict(zip(STATES, states.tolist(), strict=True))
    if role in ("check box", "radio button"):
        return "checked" if chances["checked"] >= chances["unchecked"] else "unchecked"
    return next((name for name in TOLD[role] if chances[name] >= SURE[name]), None)


def widget_network(model: Path, threads: int) -> Network:
    """On OpenVINO where it is installed, as that is faster; else on onnxruntime."""
    try:
        return OpenVinoNetwork(model, threads)
    except ImportError:
        return OnnxRuntimeNetwork(model, threads)


class OpenVinoNetwork:
    """The widget model on OpenVINO, in the precision that is the processor's fastest."""

    def __init__(self, model: Path, threads: int, precision: str | None = None) -> None:
        import openvino

        settings = {"INFERENCE_NUM_THREADS": threads, **FEW_SHAPES}
        if precision is not None:
            settings["INFERENCE_PRECISION_HINT"] = precision
        self.compiled = openvino.Core().compile_model(str(model), "CPU", settings)

    def __call__(self, near: np.ndarray, far: np.ndarray, shape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        results = self.compiled([near, far, shape])
        return results[0], results[1]


class OnnxRuntimeNetwork:
    """The widget model on onnxruntime, where OpenVINO has no wheel."""

    def __init__(self, model: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def __call__(self, near: np.ndarray, far: np.ndarray, shape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        roles, states = self.session.run(None, {"near": near, "far": far, "shape": shape})
        return roles, states
