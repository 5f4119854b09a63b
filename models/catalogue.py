"""Which models are there: those that come with the program and those in the person's data folder.

Opens the engine that fits a folder. Downloads nothing; a folder is checked against its manifest before it is used,
every byte of it where anything may have changed (verified.py).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed, ModelMissing
from models import manifest
from models.verified import verify_once

if TYPE_CHECKING:
    from assistant.ports import Transcriber, VisionModel

BUNDLED = Path(__file__).resolve().parent / "bundled"
CHECKPOINT = "checkpoint"
"""Folder inside a bundled model with the reference weights it was converted from (not in the wheel)."""

DATA_VARIABLE = "NUNCHI_DATA"
_KINDS = {
    "openvino": ("vision", "openvino"),
    "safetensors": ("vision", "transformers"),
    "onnx": ("screen-text", "onnxruntime"),
    "ctranslate2": ("speech", "faster-whisper"),
    "gguf": ("vision", "llama-server"),
    "moondream": ("vision", "onnxruntime"),
}
_PREFERRED = {"vision": "nunchi-mini", "screen-text": "screen-text-ko"}
SYNTHETIC = "whisper-synth-ko"
"""the bundled speech model: it knows synthetic voices only, so any other is taken before it"""
_STORED = re.compile(r"[-_.](openvino|ov|ct2|ctranslate2|int8)(?=[-_.]|$)|^faster-")
"""parts of a speech model's name that tell how it is stored"""
_NONE = {"vision": "no_vision_model", "screen-text": "no_screen_reader", "speech": "no_speech_model"}


@dataclass(frozen=True)
class Entry:
    """One installed model. `size` is in bytes; `broken` is an error code where its manifest cannot be used."""

    name: str
    kind: str
    """vision, screen-text or speech"""
    engine: str
    folder: Path
    size: int = 0
    licence: str = ""
    version: str = ""
    bundled: bool = False
    broken: str | None = None


def data_folder() -> Path:
    """Where the person's models live: `NUNCHI_DATA`, else the system's place for program data."""
    if named := os.environ.get(DATA_VARIABLE):
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("nunchi", appauthor=False)


def installed() -> tuple[Entry, ...]:
    """All models, bundled ones first; a model of the person's replaces a bundled one of the same name."""
    found: dict[str, Entry] = {}
    for root, bundled in ((BUNDLED, True), (data_folder() / "models", False)):
        for folder in _folders(root):
            entry = _entry(folder, bundled)
            found[entry.name] = entry
    return tuple(found.values())


def find(name_or_folder: str | Path) -> Entry:
    """The installed model of that name, or the model in that folder.

    Errors: `ModelMissing` model_unknown, or what is wrong with the folder.
    """
    for entry in installed():
        if entry.name == str(name_or_folder):
            return entry
    folder = Path(name_or_folder).expanduser()
    if not folder.is_dir():
        raise ModelMissing("model_unknown", name=str(name_or_folder))
    return _described(folder.resolve(), bundled=False)


def default_vision() -> Entry:
    return _default("vision")


def default_screen_reader() -> Entry:
    return _default("screen-text")


def default_transcriber() -> Entry:
    """Where one model is installed for two engines, the form that was measured to be the faster one on this machine."""
    from models.engine_process.known import Known

    entry = _default("speech")
    both = forms(entry)
    if len(both) == 1:
        return entry
    known = Known()
    found = [(known.of("CPU", one.name), one) for one in both]
    times = {one.name: told.first_token_ms for told, one in found if told is not None and not told.fault}
    return min(both, key=lambda one: times.get(one.name, float("inf")))


def open_vision(
    name_or_folder: str | Path | None = None,
    engine: str | None = None,
    device: str = "CPU",
    cache_folder: Path | None = None,
) -> VisionModel:
    """Load a vision model. `engine` is openvino, transformers or onnxruntime; without it the folder's contents decide.

    A name that is an http or https address is a server's (see vision_http.py). In `cache_folder` OpenVINO keeps what it compiled.

    Errors: `ModelMissing`, `EngineFailed`, `DeviceFailed`.
    """
    if isinstance(name_or_folder, str) and name_or_folder.startswith(("http://", "https://")):
        from models.runtimes.vision_http import open_entered

        return open_entered(name_or_folder)
    entry = find(name_or_folder) if name_or_folder is not None else default_vision()
    wanted = engine or entry.engine
    folder = _weights_folder(entry.folder, wanted)
    verify_once(folder, _stamps(), required=entry.bundled and folder == entry.folder)
    kept = {"cache_folder": cache_folder} if cache_folder and wanted == "openvino" else {}
    return engine_class(folder, wanted)(folder, name=entry.name, device=device, **kept)


def engine_class(folder: Path, engine: str) -> type[VisionModel]:
    """What runs the family in `folder` on `engine`; a family nobody here knows is told by the engine itself.

    Errors: `ModelMissing` of its config.json, `EngineFailed` engine_unknown.
    """
    from models.runtimes import genai_folder, smolvlm_folder
    from models.runtimes.qwen3vl_folder import read_json

    if engine == "onnxruntime":
        from models.runtimes.vision_moondream import MoondreamOnnxModel

        return MoondreamOnnxModel
    config = read_json(folder / "config.json")
    family, classes = str(config.get("model_type")), str(config.get("architectures"))
    if engine == "openvino":
        if family in smolvlm_folder.MODEL_TYPES:
            from models.runtimes.vision_openvino_smolvlm import OpenVinoSmolVlm

            return OpenVinoSmolVlm
        if family in genai_folder.MODEL_TYPES:
            from models.runtimes.vision_genai import GenAiModel

            return GenAiModel
        from models.runtimes.vision_openvino import OpenVinoQwen3VL

        return OpenVinoQwen3VL
    if engine == "transformers":
        if family in smolvlm_folder.MODEL_TYPES:
            from models.runtimes.vision_transformers_smolvlm import TransformersSmolVlm

            return TransformersSmolVlm
        if family.startswith("moondream"):
            from models.runtimes.vision_moondream import MoondreamModel

            return MoondreamModel
        if "HCXVision" in classes:
            from models.runtimes.vision_hyperclovax import HyperClovaX

            return HyperClovaX
        if "KananaV" in classes:
            from models.runtimes.vision_kanana import Kanana

            return Kanana
        from models.runtimes.vision_transformers import TransformersModel

        return TransformersModel
    raise EngineFailed("engine_unknown", engine=engine)


def open_transcriber(name_or_folder: str | Path | None = None, device: str = "CPU") -> Transcriber:
    """Load a speech model. Errors: `ModelMissing`, `EngineFailed`, `DeviceFailed`."""
    entry = find(name_or_folder) if name_or_folder is not None else default_transcriber()
    verify_once(entry.folder, _stamps(), required=entry.bundled)
    if entry.engine == "openvino":
        from models.runtimes.transcriber_openvino import OpenVinoWhisper

        return OpenVinoWhisper(entry.folder, name=entry.name, device=device)
    from models.runtimes.transcriber_whisper import WhisperTranscriber

    return WhisperTranscriber(entry.folder, name=entry.name, device=device)


def forms(entry: Entry) -> tuple[Entry, ...]:
    """The installed forms of one speech model, itself first: whisper-small and whisper-small-openvino."""
    same = [
        one for one in installed()
        if one.kind == entry.kind == "speech" and one.name != entry.name and _form(one.name) == _form(entry.name)
    ]  # fmt: skip
    return (entry, *(one for one in same if one.broken is None))


def _form(name: str) -> str:
    """A name without what only says how the model is stored."""
    return _STORED.sub("", name.casefold())


def _stamps() -> Path:
    """Where it is remembered which models were whole."""
    return data_folder() / "verified"


def _default(kind: str) -> Entry:
    there = [entry for entry in installed() if entry.kind == kind]
    there.sort(key=lambda entry: entry.name == SYNTHETIC)
    for entry in there:
        if entry.name == _PREFERRED.get(kind):
            return entry
    if not there:
        raise ModelMissing(_NONE[kind])
    return there[0]


def _folders(root: Path) -> Iterator[Path]:
    """Subfolders that hold a model; what cannot be read or holds none is passed over."""
    try:
        folders = sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        return
    yield from (folder for folder in folders if (folder / manifest.NAME).exists())


def _entry(folder: Path, bundled: bool) -> Entry:
    try:
        return _described(folder, bundled)
    except ModelMissing as error:
        return Entry(folder.name, "vision", "", folder, bundled=bundled, broken=error.code)


def _described(folder: Path, bundled: bool) -> Entry:
    """Errors: `ModelMissing`."""
    kind, engine = _KINDS[manifest.weights_kind(folder)]
    if engine == "openvino" and (folder / "openvino_encoder_model.xml").is_file():
        kind = "speech"
    if not (folder / manifest.NAME).exists():
        size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
        return Entry(folder.name, kind, engine, folder, size, bundled=bundled)
    told = manifest.read_manifest(folder)
    return Entry(told.name, kind, engine, folder, told.size, told.licence, told.version, bundled)


def _weights_folder(folder: Path, engine: str) -> Path:
    """The folder with the weights an engine reads: the model's own, or the checkpoint beside them.

    Errors: `ModelMissing` model_not_for_engine.
    """
    wanted = {
        "openvino": "openvino_language_model.xml", "transformers": "*.safetensors", "onnxruntime": "*.mf*",
    }.get(engine)  # fmt: skip
    if wanted is None:
        raise EngineFailed("engine_unknown", engine=engine)
    for candidate in (folder, folder / CHECKPOINT):
        if candidate.is_dir() and any(candidate.glob(wanted)):
            return candidate
    if engine == "openvino" and any(folder.glob("openvino_*.xml")):
        return folder  # an IR with a part missing: the engine names the part
    raise ModelMissing("model_not_for_engine", model=folder.name, engine=engine, path=str(folder))
