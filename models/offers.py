"""Which models a person can get, and whether this machine suits them. The facts stand in offers.toml.

Says what is offered, not what is installed (catalogue.py), and fetches nothing (fetch).
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ModelMissing
from models.machine import Machine
from models.names import model_name
from models.origin import Origin
from models.store import ROOM_TO_SPARE

KINDS = ("vision", "speech", "screen-text")
ENGINES = ("openvino", "transformers", "http", "faster-whisper", "onnxruntime")
ABILITIES = ("ask", "describe", "find", "point", "gaze", "transcribe", "read")
# A laptop sold with 8 GB tells the system less: firmware and the GPU keep some of it.
_MEMORY_TOLD = 0.85
# Python packages without a wheel for Windows on ARM: openvino, torch, ctranslate2.
_NOT_ON_WINDOWS_ARM = frozenset({"openvino", "transformers", "faster-whisper"})


@dataclass(frozen=True)
class Source:
    """Where the files of a model are. `convert`: the engine needs them converted first (`python -m models.convert`).

    `revision` "" means the newest commit, recorded with the model. `download` in bytes, None where unknown.
    """

    engine: str
    format: str
    repo: str
    revision: str
    patterns: tuple[str, ...]
    download: int | None
    convert: bool


@dataclass(frozen=True)
class Offer:
    """A model of the catalogue. Sizes in bytes, None where nobody has measured them; texts by language."""

    name: str
    title: str
    family: str
    kind: str
    languages: tuple[str, ...]
    abilities: tuple[str, ...]
    licence: str
    licence_address: str
    notice: str
    accept: bool
    code: bool
    size: int | None
    memory: int | None
    run_memory: int | None
    engines: tuple[str, ...]
    image_tokens: Mapping[str, int]
    defects: tuple[Mapping[str, str], ...]
    note: Mapping[str, str]
    sources: tuple[Source, ...]
    bundled: bool
    recommended: bool

    @property
    def download(self) -> int | None:
        """Bytes a pull brings, where that is known before the hub is asked."""
        return min((source.download for source in self.sources if source.download), default=None)

    @property
    def origin(self) -> Origin:
        """What a pulled model remembers of its terms."""
        return Origin(
            title=self.title,
            licence_address=self.licence_address,
            notice=self.notice,
            accept=self.accept,
            code=self.code,
        )


@dataclass(frozen=True)
class Reason:
    """Why a model does not suit: not_available, engine_missing, memory_short or disk_short; with bytes."""

    code: str
    need: int = 0
    have: int = 0


@dataclass(frozen=True)
class Suits:
    """`fits` is None where nothing speaks against it and its memory need is unknown."""

    fits: bool | None
    reasons: tuple[Reason, ...] = ()


@functools.cache
def offers() -> tuple[Offer, ...]:
    """All of offers.toml, in its order."""
    return parse(tomllib.loads(Path(__file__).with_name("offers.toml").read_text(encoding="utf-8")))


def offer(name: str) -> Offer:
    """The offer called `name`. Errors: `ModelMissing` offer_unknown, with the nearest name."""
    by_name = {known.name: known for known in offers()}
    if name not in by_name:
        near = difflib.get_close_matches(name, by_name, n=1)
        raise ModelMissing("offer_unknown", name=name, near=near[0] if near else "")
    return by_name[name]


def source(wanted: Offer, engine: str | None = None) -> Source:
    """Where to get `wanted`, for `engine` if one is named.

    Errors: `ModelMissing` offer_bundled, offer_without_source, offer_not_for_engine.
    """
    if wanted.bundled:
        raise ModelMissing("offer_bundled", name=wanted.name)
    if not wanted.sources:
        raise ModelMissing("offer_without_source", name=wanted.name)
    for candidate in wanted.sources:
        if engine in (None, candidate.engine):
            return candidate
    raise ModelMissing("offer_not_for_engine", name=wanted.name, engine=engine)


def suits(wanted: Offer, machine: Machine, tried: int | None = None) -> Suits:
    """Whether `machine` has the memory, disk and engines for `wanted`; installed bundled models always do.

    `tried` is the memory in bytes that it was measured to take here: then that decides, not what is written of it.
    """
    if wanted.bundled:
        return Suits(True)
    if tried and machine.memory:
        short = Reason("memory_short", tried, machine.memory)
        return Suits(True) if tried < machine.memory * _MEMORY_TOLD else Suits(False, (short,))
    if not wanted.sources:
        return Suits(False, (Reason("not_available"),))
    reasons = []
    if not engines_here(wanted, machine):
        reasons.append(Reason("engine_missing"))
    disk = (wanted.download or 0) + ROOM_TO_SPARE
    if machine.free_disk < disk:
        reasons.append(Reason("disk_short", disk, machine.free_disk))
    needed = _memory_needed(wanted)
    if needed and machine.memory and machine.memory < needed * _MEMORY_TOLD:
        reasons.append(Reason("memory_short", needed, machine.memory))
    if reasons:
        return Suits(False, tuple(reasons))
    return Suits(True if needed and machine.memory else None)


def engines_here(wanted: Offer, machine: Machine) -> tuple[str, ...]:
    """The engines of `wanted` that can be installed on `machine`."""
    if (machine.system, machine.architecture) == ("Windows", "arm64"):
        return tuple(engine for engine in wanted.engines if engine not in _NOT_ON_WINDOWS_ARM)
    return wanted.engines


def best(machine: Machine, kind: str = "vision") -> Offer | None:
    """The largest recommended model of `kind` that speaks Korean and has what it needs here."""
    fitting = [
        candidate
        for candidate in offers()
        if candidate.kind == kind
        and candidate.recommended
        and "ko" in candidate.languages
        and suits(candidate, machine).fits is not False
    ]
    return max(fitting, key=lambda candidate: candidate.memory or 0, default=None)


def _memory_needed(wanted: Offer) -> int | None:
    """Memory of the whole machine it takes: as recommended, else twice what the model was measured to use."""
    if wanted.memory:
        return wanted.memory
    return wanted.run_memory * 2 if wanted.run_memory else None


def parse(read: Mapping[str, Any]) -> tuple[Offer, ...]:
    """Offers out of the parsed file. Errors: ValueError for what the file may not hold; KeyError, TypeError."""
    patterns = {name: tuple(globs) for name, globs in read["patterns"].items()}
    parsed = tuple(_offer(dict(entry), patterns) for entry in read["offer"])
    names = [entry.name for entry in parsed]
    if len(set(names)) != len(names):
        raise ValueError("two offers of one name")
    return parsed


def _offer(entry: dict[str, Any], patterns: Mapping[str, tuple[str, ...]]) -> Offer:
    sources = tuple(_source(dict(given), patterns) for given in entry.pop("source", ()))
    made = Offer(
        name=model_name(entry.pop("name")),
        title=entry.pop("title"),
        family=entry.pop("family"),
        kind=_one_of(entry.pop("kind"), KINDS),
        languages=tuple(entry.pop("languages", ())),
        abilities=tuple(_one_of(ability, ABILITIES) for ability in entry.pop("abilities")),
        licence=entry.pop("licence"),
        licence_address=entry.pop("licence_address", ""),
        notice=entry.pop("notice", ""),
        accept=entry.pop("accept", False),
        code=entry.pop("code", False),
        size=_bytes(entry.pop("size_gb", None)),
        memory=_memory(entry.pop("memory_gb", None)),
        run_memory=_bytes(entry.pop("run_memory_gb", None)),
        engines=tuple(_one_of(engine, ENGINES) for engine in entry.pop("engines")),
        image_tokens=entry.pop("image_tokens", {}),
        defects=tuple(entry.pop("defects", ())),
        note=entry.pop("note", {}),
        sources=sources,
        bundled=entry.pop("bundled", False),
        recommended=entry.pop("recommended", False),
    )
    if entry:
        raise ValueError(f"{made.name}: unknown fields {sorted(entry)}")
    if made.accept and not (made.licence_address or made.notice):
        raise ValueError(f"{made.name}: a licence to agree to must be somewhere to be read")
    return made


def _source(given: dict[str, Any], patterns: Mapping[str, tuple[str, ...]]) -> Source:
    made = Source(
        engine=_one_of(given.pop("engine"), ENGINES),
        format=given["format"],
        repo=given.pop("repo"),
        revision=given.pop("revision"),
        patterns=patterns[given.pop("format")],
        download=_bytes(given.pop("download_gb", None)),
        convert=given.pop("convert", False),
    )
    if given:
        raise ValueError(f"{made.repo}: unknown fields {sorted(given)}")
    return made


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {known}")
    return value


def _bytes(gigabytes: float | None) -> int | None:
    return None if gigabytes is None else round(gigabytes * 1e9)


def _memory(gigabytes: float | None) -> int | None:
    """Memory is sold in powers of two."""
    return None if gigabytes is None else round(gigabytes * (1 << 30))
