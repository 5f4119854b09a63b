"""What each line of a screen is, and in which state: one small network looks at the pixels around it, another one at what
that saw of all lines, their colours and places together, since a chosen tab or row is one that differs from its neighbours.

It fills `role` and `state` of text lines: check boxes and radio buttons with what they say, selected tabs and rows,
disabled buttons, fields. Where the accessibility tree is known, that wins later (desktop/accessibility/merge.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from assistant.errors import EngineFailed
from assistant.frames import Box, TextLine
from models.manifest import verify
from models.runtimes.few_shapes import FEW_SHAPES
from models.runtimes.resting import rest
from models.runtimes.screen_widgets_colours import probes_of
from models.runtimes.screen_widgets_marks import limits, marks_of, without_mark
from models.runtimes.screen_widgets_parting import with_marks_parted
from models.runtimes.screen_widgets_places import begins_with_mark, letters_of, places_of
from models.runtimes.screen_widgets_tabs import with_one_tab
from models.runtimes.screen_widgets_views import views_of

BUNDLED = Path(__file__).parent.parent / "bundled" / "screen-widgets"
MODELS = ("line.onnx", "screen.onnx")
ROLES: tuple[str | None, ...] = (
    None, "title", "button", "check box", "radio button", "tab", "menu item", "text field", "combo box", "link",
    "header", "cell", "list item", "icon",
)  # fmt: skip
"""class n of the network's role is the n-th of these"""
STATES = ("checked", "unchecked", "selected", "disabled", "focused", "expanded")
SURE = {"checked": 0.5, "unchecked": 0.5, "selected": 0.85, "disabled": 0.6, "focused": 0.7, "expanded": 0.6}
"""probability from which a state is told"""
LEAST_ROLE, LEAST_MARK = 0.5, 0.6
"""probability from which a role is told, and from which a line is said to have a check mark: icons look like one"""
LEAST_READ_MARK = 0.15
"""as much is enough where the recogniser has read a mark, which may be a paper's bullet, too"""
RASH = {"header": 0.8, "tab": 0.6, "list item": 0.85}
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
BATCH = 32
SELECTED, TAB = STATES.index("selected"), ROLES.index("tab")


class Network(Protocol):
    """Arrays by the names of the model's inputs → its outputs in order, float32."""

    def __call__(self, **inputs: np.ndarray) -> list[np.ndarray]: ...


class Chances(NamedTuple):
    """(n, roles) and (n, states) probabilities of n lines, and their colours as `probes_of` tells them."""

    roles: np.ndarray
    states: np.ndarray
    probes: np.ndarray


class Networks(NamedTuple):
    """`line`: views and marks of lines → (n, k) how each looks; `screen`: that and how they stand → (n, roles), (n, states)."""

    line: Network
    screen: Network


class WidgetReader:
    """Tells roles and states of lines."""

    def __init__(self, folder: Path | None = None, threads: int = 2) -> None:
        self.folder, self.threads = folder or BUNDLED, threads
        self._networks: Networks | None = None
        self._looks: dict[Box, tuple[np.ndarray, np.ndarray]] = {}
        """of the last screen's lines: how each looks, and its colours"""

    def load(self) -> None:
        """Load the models now. Errors: `ModelMissing`, `EngineFailed`."""
        self._loaded()

    def of(
        self, image: np.ndarray, lines: Sequence[TextLine], kept: Mapping[Box, TextLine] | None = None
    ) -> list[TextLine]:
        """The lines of (h, w, 3) uint8 RGB `image`, same order, with role and state; those that hold several check
        boxes or radio buttons are parted. Errors as `load`.

        `kept`: lines of the last screen, by box, around which nothing has changed; they are not looked at again.
        """
        if not lines:
            self._looks = {}
            return []
        lines = with_marks_parted(image, lines)
        return decided(lines, self.chances(image, lines, kept or {}))

    def chances(self, image: np.ndarray, lines: Sequence[TextLine], kept: Mapping[Box, TextLine]) -> Chances:
        """What n ≥ 1 lines may be. Errors as `load`."""
        networks = self._loaded()
        bare = [without_marks(image, line) for line in lines]
        boxes = [line.box for line in bare]
        looks = {
            box: self._looks[box]
            for box, line in zip(boxes, lines, strict=True)
            if line.box in kept and box in self._looks
        }
        fresh = [number for number, box in enumerate(boxes) if box not in looks]
        lefts, rights = limits(boxes, image.shape[1])
        for first in range(0, len(fresh), BATCH):
            some = fresh[first : first + BATCH]
            mine = [boxes[number] for number in some]
            probes, views = probes_of(image, mine), views_of(image, mine)
            marks = marks_of(image, mine, probes[:, 0], (lefts[some], rights[some]))
            seen = networks.line(near=views.near, far=views.far, marks=marks.crops, facts=marks.facts)[0]
            looks |= dict(zip(mine, zip(seen, probes, strict=True), strict=True))
        self._looks = looks
        letters = np.array([letters_of(line.text) for line in bare], dtype=np.float32)
        placed = places_of(np.array(boxes, dtype=np.float32), letters, (image.shape[1], image.shape[0]))
        probes = np.stack([looks[box][1] for box in boxes])
        roles, states = networks.screen(
            seen=np.stack([looks[box][0] for box in boxes]),
            probes=probes,
            numbers=placed.numbers,
            neighbours=placed.neighbours,
            pairs=placed.pairs,
        )
        return Chances(roles, states, probes)

    def rest(self) -> None:
        """Give back what the models calculated in."""
        for network in self._networks or ():
            if isinstance(network, OpenVinoNetwork):
                network.rest()

    def close(self) -> None:
        """Give the models' memory back."""
        self._networks, self._looks = None, {}

    def _loaded(self) -> Networks:
        if self._networks is None:
            verify(self.folder, full=False)
            try:
                self._networks = Networks(
                    *(widget_network(self.folder / name, self.threads) for name in MODELS)
                )
            except Exception as error:
                raise EngineFailed("engine_failed", engine="screen widgets", reason=str(error)) from error
        return self._networks


def without_marks(image: np.ndarray, line: TextLine) -> TextLine:
    """The line without a mark that was read as its first character: the mark then stands left of the text as others do."""
    if not begins_with_mark(line.text):
        return line
    box = without_mark(image, line.box)
    return line if box == line.box else replace(line, text=line.text[1:].lstrip() or line.text, box=box)


def decided(lines: Sequence[TextLine], chances: Chances) -> list[TextLine]:
    """The lines with the roles and states that are likely enough."""
    told = [
        with_widget(line, roles, states)
        for line, roles, states in zip(lines, chances.roles, chances.states, strict=True)
    ]
    return with_one_tab(told, chances.roles[:, TAB], chances.states[:, SELECTED], chances.probes)


def with_widget(line: TextLine, roles: np.ndarray, states: np.ndarray) -> TextLine:
    """The line with what the network says of it, and without its check mark read as a character."""
    role = role_of(roles, LEAST_READ_MARK if begins_with_mark(line.text) else LEAST_MARK)
    state = state_of(role, states)
    text = line.text
    if role in ("check box", "radio button") and begins_with_mark(text):
        text = text[1:].lstrip() or text
    return replace(line, text=text, role=role, state=state)


def role_of(chances: np.ndarray, least_mark: float) -> str | None:
    """The likeliest role, or None where none is sure enough; `least_mark` is how sure a check mark has to be."""
    left = chances.copy()
    marks = left[list(MARKED)]
    if marks.sum() >= least_mark and least_mark < LEAST_MARK:
        return ROLES[MARKED[int(marks.argmax())]]
    if marks.sum() < least_mark:
        left[list(MARKED)] = 0
    best = int(left.argmax())
    role = ROLES[best]
    return role if best in MARKED or left[best] >= RASH.get(str(role), LEAST_ROLE) else None


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
    """A model on OpenVINO, in float32: with bfloat16 small differences of colours are lost (models/LOG.md)."""

    def __init__(self, model: Path, threads: int) -> None:
        import openvino

        settings = {"INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32", **FEW_SHAPES}
        self.compiled = openvino.Core().compile_model(str(model), "CPU", settings)

    def __call__(self, **inputs: np.ndarray) -> list[np.ndarray]:
        results = self.compiled(inputs)
        return [np.array(results[n]) for n in range(len(self.compiled.outputs))]

    def rest(self) -> None:
        """See resting.py."""
        rest([self.compiled])


class OnnxRuntimeNetwork:
    """A model on onnxruntime, where OpenVINO has no wheel."""

    def __init__(self, model: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def __call__(self, **inputs: np.ndarray) -> list[np.ndarray]:
        return self.session.run(None, inputs)
