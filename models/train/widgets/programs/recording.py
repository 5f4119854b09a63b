"""Records one run of a program: starts it on a desktop of its own, walks through it, saves pictures with their truth.

Runs inside the sandbox under Debian's python3: `python3 -m models.train.widgets.programs.recording JOB.json`.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from models.train.widgets.programs.bus import Bus
from models.train.widgets.programs.content import write_content
from models.train.widgets.programs.desk import LOG, Desk, Look
from models.train.widgets.programs.tree import Element, read_tree
from models.train.widgets.programs.truth import Line, news, sound, unique
from models.train.widgets.programs.walking import Step, next_step
from models.train.widgets.programs.windows import Windows, titles

CHANGED = 0.03
"""share of changed pixels from which a picture with the same lines is another one"""
PATIENCE = 14
"""steps without a new picture after which a walk ends"""
TIRED = 0.8
"""what a kind of step is worth after each time"""


class Recorder:
    """One program on one desk; `job` as `sandbox.record` writes it."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job, self.rng = job, random.Random(f"{job['seed']}/{job['name']}/{job['run']}")
        self.out = Path(job["out"])
        self.look = Look.any(self.rng, job["toolkit"])
        write_content(Path.home(), job["words"], self.rng)
        self.desk = Desk(self.look, job["toolkit"], job["display"])
        if job["overlay"]:
            self.desk.env["G_RESOURCE_OVERLAYS"] = job["overlay"]
        self.bus = Bus()
        self.meanings: dict[str, str] = json.loads(Path(job["meanings"]).read_text(encoding="utf-8"))
        self.saved, self.last = 0, np.zeros((1, 1, 3), np.uint8)
        self.told: list[Line] = []
        self.more = dict(job["more"])
        self.reasons: list[str] = []

    def clients(self) -> list[dict[str, Any]]:
        return [top for top in Windows(self.desk.server).tops if top["client"]]

    def start(self) -> None:
        """Errors: TimeoutError when no window comes."""
        for command in self.job["before"]:
            self.desk.run(command)
        self.desk.spawn(self.job["command"])
        end = time.monotonic() + self.job["wait"]
        while not self.clients():
            if time.monotonic() > end:
                raise TimeoutError("no window: " + LOG.read_text(errors="replace")[-600:])
            time.sleep(0.3)
        time.sleep(1.0)
        self.desk.settled(1.2, 12)
        for window in self.clients()[-1:]:
            width, height = self.look.size
            w = round(self.rng.uniform(0.4, 0.92) * width)
            h = round(self.rng.uniform(0.45, 0.88) * height)
            x, y = self.rng.randint(0, width - w), self.rng.randint(0, max(1, height - h - 40))
            way = self.rng.random()
            if way < 0.55:
                self.desk.run(f"wmctrl -ir {window['id']} -e 0,{x},{y},{w},{h}")
            elif way < 0.75:
                self.desk.run(f"wmctrl -ir {window['id']} -b add,maximized_vert,maximized_horz")

    def record(self) -> list[Element]:
        """Save the picture with its truth unless it is as before or cannot be believed; the elements to act on."""
        before = self.desk.settled()
        windows = Windows(self.desk.server)
        try:
            lines, elements = read_tree(self.bus, windows, self.look.scale)
        except TimeoutError as error:
            self.reasons.append(str(error))
            return []
        after = self.desk.picture()
        told, reason = sound(unique(titles(windows) + lines), before, after)
        changed = 1.0 if after.shape != self.last.shape else float((after != self.last).any(axis=2).mean())
        if reason is not None:
            self.reasons.append(reason)
        elif changed > CHANGED or (changed > 0 and news(told, self.told)):
            self.last, self.told = after, told
            self.save(before, told, windows)
        return elements

    def save(self, picture: np.ndarray, lines: list[Line], windows: Windows) -> None:
        height, width = picture.shape[:2]
        boxes = [top["box"] for top in windows.tops if top["client"] or top["popup"]]
        room = [self.rng.randint(4, 60) for _ in range(4)]
        left = max(0, min(b[0] for b in boxes) - room[0])
        top = max(0, min(b[1] for b in boxes) - room[1])
        right = min(width, max(b[0] + b[2] for b in boxes) + room[2])
        bottom = min(height, max(b[1] + b[3] for b in boxes) + room[3])
        name = f"{self.job['name']}-{self.job['seed']}-{self.job['run']}-{self.saved:02}"
        kept = []
        for line in lines:
            x, y, w, h = line["box"]
            x2, y2 = min(x + w, right), min(y + h, bottom)
            x, y = max(x, left), max(y, top)
            if x2 - x > 2 and y2 - y > 2:
                kept.append(line | {"box": [x - left, y - top, x2 - x, y2 - y]})
        image = Image.fromarray(picture[top:bottom, left:right])
        record = {
            "id": name, "program": self.job["name"], "title": next((t["title"] for t in windows.tops if t["title"]), ""),
            "size": list(image.size), "theme": "dark" if self.look.dark else "light", "source": "at-spi",
            "toolkit": self.job["toolkit"], "look": vars(self.look), "lines": kept,
        }  # fmt: skip
        for path, write in (
            (self.out / f"{name}.png", lambda p: image.save(p, "png", compress_level=4)),
            (
                self.out / f"{name}.json",
                lambda p: p.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8"),
            ),
        ):
            partial = path.with_suffix(path.suffix + ".part")
            write(partial)
            partial.replace(path)
        self.saved += 1

    def act(self, step: Step) -> None:
        if step.key:
            self.desk.key(step.key)
        for number, (x, y) in enumerate(step.points):
            if step.button == 0:
                self.desk.move(x, y)
            else:
                self.desk.click(x, y, step.button, key=step.modifier if number else None)
        if step.kind in ("mark", "row", "tab") and self.rng.random() < 0.6:
            self.desk.move(self.look.size[0] - 2, self.look.size[1] - 2)

    def walk(self) -> None:
        end = time.monotonic() + self.job["seconds"]
        first = len(self.clients())
        elements = self.record()
        inside = idle = 0
        while time.monotonic() < end and self.saved < self.job["most"] and idle < PATIENCE:
            count, before = len(self.clients()), self.saved
            if count == 0:
                break
            inside = inside + 1 if count > first else 0
            if inside > 7:  # long enough in this dialog
                self.desk.key("Escape")
                front = self.clients()
                if len(front) > first:
                    self.desk.run(f"wmctrl -ic {front[0]['id']}")
                inside = 0
            step = next_step(elements, self.meanings, self.rng, self.more)
            if step is None:
                break
            self.act(step)
            self.more[step.kind] = TIRED * self.more.get(step.kind, 1.0)
            popups = any(top["popup"] for top in Windows(self.desk.server).tops)
            elements = self.record()
            if (
                popups
                and step.kind in ("combo", "submenu", "button", "toggle", "context")
                and self.rng.random() < 0.8
            ):
                self.desk.key("Escape")
                self.desk.key("Escape")
                elements = self.record()
            idle = 0 if self.saved > before else idle + 1


def main(path: str) -> None:
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    recorder = Recorder(job)
    problem = None
    try:
        recorder.start()
        recorder.walk()
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    told = {reason: recorder.reasons.count(reason) for reason in set(recorder.reasons)}
    print(
        json.dumps({"saved": recorder.saved, "left_out": told, "problem": problem}, ensure_ascii=False),
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1])
