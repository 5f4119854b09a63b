"""The models as the settings show them: what is here, what could be, and whether it can be had from here. No Qt."""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import BadInput, NunchiError
from desktop.words import shown

if TYPE_CHECKING:
    from models.catalogue import Entry
    from models.fetch import Progress
    from models.image_budget import Budget
    from models.machine import Machine
    from models.manifest import Manifest
    from models.offers import Offer, Suits

_OFFLINE = ("NUNCHI_OFFLINE", "HF_HUB_OFFLINE")
_NEEDED = {"transformers": "transformers", "openvino": "openvino", "faster-whisper": "faster_whisper"}
"""engine → Python package that must be there"""


@dataclass(frozen=True)
class Offered:
    """A model that could be fetched. `hindrance` is a word of ours for why not, "" where nothing is in the way."""

    offer: Offer
    suits: Suits
    recommended: bool
    hindrance: str = ""


class Shelf:
    """Every call looks at the disk; none talks to the network but `pull`."""

    def installed(self) -> tuple[Entry, ...]:
        from models.catalogue import installed

        return installed()

    def preferred(self, kind: str) -> str:
        """Name of the model that is used where none was chosen; "" where there is none."""
        from models import catalogue

        try:
            return (catalogue.default_vision() if kind == "vision" else catalogue.default_transcriber()).name
        except NunchiError:
            return ""

    def only_synthetic(self, chosen: str) -> bool:
        """Whether speech is heard by the bundled model, which knows synthetic voices only; `chosen` is the setting."""
        from models.catalogue import SYNTHETIC

        return (chosen or self.preferred("speech")) == SYNTHETIC

    def look_budget(self, chosen: str, seconds: float) -> Budget | None:
        """What a look of the chosen model may have; None where its pictures have one size. Errors: NunchiError."""
        from models.catalogue import default_vision, find
        from models.engine_process.look_costs import LookCosts

        return LookCosts().expected(find(chosen) if chosen else default_vision(), seconds)

    def offered(self) -> list[Offered]:
        """What is not here yet; first what can be had with a click, and of that what is meant for this machine."""
        from models.offers import best, offers, suits

        machine = self.machine()
        here = {entry.name for entry in self.installed()}
        first = {found.name for kind in ("vision", "speech") if (found := best(machine, kind))}
        found = [_offered(one, suits(one, machine), one.name in first) for one in offers()]
        missing = [one for one in found if not one.offer.bundled and one.offer.name not in here]
        return sorted(
            missing, key=lambda one: (bool(one.hindrance), not one.recommended, one.suits.fits is False)
        )

    def machine(self) -> Machine:
        from models.machine import this_machine
        from models.store import models_folder

        return this_machine(models_folder())

    def devices(self) -> tuple[str, ...]:
        from models.machine import devices

        return devices()

    def half_fetched(self, name: str) -> bool:
        """Whether a download of `name` was begun and can go on."""
        from models import store

        return bool(store.partials(store.models_folder(), name))

    def remove(self, name: str) -> int:
        """Bytes freed; also what is left of an unfinished download. Errors: NunchiError."""
        from models import store

        folder = store.models_folder()
        mine = (folder / name).is_dir() or store.partials(folder, store.checked_name(name))
        if not mine and any(entry.name == name and entry.bundled for entry in self.installed()):
            raise BadInput("model_not_removable", name=name)
        return store.remove(folder, name)

    def pull(self, offer: Offer, stop: threading.Event, progress: Callable[[Progress], None]) -> Manifest:
        """Fetch it, or go on fetching. The person has agreed to its terms. Errors: NunchiError."""
        from models import offers
        from models.fetch import Wanted, pull
        from models.store import models_folder

        source = offers.source(offer)
        wanted = Wanted(
            name=offer.name, repo=source.repo, patterns=source.patterns, licence=offer.licence,
            revision=source.revision, code=offer.code, origin=offer.origin,
        )  # fmt: skip
        offline = any(os.environ.get(name, "").lower() in ("1", "true", "yes", "on") for name in _OFFLINE)
        return pull(wanted, models_folder(), stop=stop, progress=progress, offline=offline)


def budget_words(image_tokens: int | None, ms: float | None, language: str) -> str:
    """«그림 토큰 640개 · 이 컴퓨터에서 약 1.2초»; `image_tokens` None: the model knows one size."""
    if image_tokens is None:
        return shown("look_fixed", language)
    if ms is None:
        return shown("look_unmeasured", language, tokens=image_tokens)
    return shown("look_measured", language, tokens=image_tokens, seconds=f"{ms / 1000:.1f}")


def _offered(offer: Offer, suits: Suits, first: bool) -> Offered:
    hindrance = _hindrance(offer)
    return Offered(offer, suits, first and not hindrance, hindrance)


def _hindrance(offer: Offer) -> str:
    """Why it cannot be had with a click: no source, to be converted first, or an engine that is not installed."""
    if not offer.sources:
        return "model_without_source"
    source = offer.sources[0]
    if source.convert:
        return "model_needs_converting"
    package = _NEEDED.get(source.engine)
    if package and importlib.util.find_spec(package) is None:
        return "model_needs_engine"
    return ""
