"""Python code published with a model: run only where the person agreed to it, and only as the manifest knows it.

Moondream and HyperCLOVA X have no class in transformers; their makers publish one beside the weights. transformers
itself would copy such code to a cache of its own and may fetch more of it. Here nothing is copied or fetched: the
files are imported where they lie, each after its SHA-256 was found to be the manifest's, from a model that was
pulled or imported with the person's consent at a recorded commit. A folder from elsewhere is refused: whoever made
it could have written the consent, too.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import BadInput, EngineFailed, ModelMissing
from models import manifest
from models.origin import read_origin
from models.runtimes.qwen3vl_folder import read_json

_PACKAGE = "nunchi_published_"


def published_class(folder: Path, auto: str) -> type:
    """The class that the folder's configuration names for `auto` (AutoModelForCausalLM, AutoConfig, AutoProcessor …).

    Errors: `BadInput` code_not_allowed, `ModelMissing` of the manifest, `EngineFailed` model_unsupported where no
    class is named, engine_load_failed where the code does not load.
    """
    folder = Path(folder).resolve()
    code = _agreed(folder)
    named = _named(folder, auto)
    module, _, name = named.rpartition(".")
    if "--" in named or not module:  # "other/repository--module.Class": code from somewhere else
        raise EngineFailed("model_unsupported", path=str(folder), model=folder.name)
    package = _package(folder, code)
    try:
        return getattr(importlib.import_module(f"{package}.{module}"), name)
    except ModelMissing:
        raise
    except Exception as error:  # foreign code may fail in any way
        raise EngineFailed(
            "engine_load_failed", engine="transformers", device="", path=str(folder), reason=str(error)
        ) from error


def loaded_modules(folder: Path) -> tuple[types.ModuleType, ...]:
    """The modules of the folder's code that have been imported so far."""
    prefix = _package_name(Path(folder).resolve()) + "."
    return tuple(module for name, module in sys.modules.items() if name.startswith(prefix))


def _agreed(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of every Python file. Errors: `BadInput` code_not_allowed, `ModelMissing`."""
    from models.catalogue import data_folder

    told, origin = manifest.read_manifest(folder), read_origin(folder)
    listed = {file.path: file.sha256.lower() for file in told.files}
    consent = origin.code and origin.revision and "origin.json" in listed
    if not consent or folder.parent != (data_folder() / "models").resolve():
        raise BadInput("code_not_allowed", name=told.name)
    if hashlib.sha256((folder / "origin.json").read_bytes()).hexdigest() != listed["origin.json"]:
        raise ModelMissing("model_file_altered", path=str(folder / "origin.json"), model=told.name)
    return {path: digest for path, digest in listed.items() if path.endswith(".py")}


def _named(folder: Path, auto: str) -> str:
    for name in ("config.json", "processor_config.json", "preprocessor_config.json", "tokenizer_config.json"):
        if (folder / name).is_file():
            named = (read_json(folder / name).get("auto_map") or {}).get(auto)
            if isinstance(named, str):
                return named
    raise EngineFailed("model_unsupported", path=str(folder), model=folder.name)


def _package_name(folder: Path) -> str:
    return _PACKAGE + hashlib.sha256(str(folder).encode()).hexdigest()[:16]


def _package(folder: Path, code: dict[str, str]) -> str:
    """Make the folder a package, so that its files can import each other; its name."""
    name = _package_name(folder)
    for finder in [one for one in sys.meta_path if isinstance(one, _Finder) and one.package == name]:
        if finder.code == code:
            return name
        sys.meta_path.remove(finder)  # another version lies there now
    for old in [known for known in sys.modules if known == name or known.startswith(f"{name}.")]:
        del sys.modules[old]
    package = types.ModuleType(name)
    package.__path__ = []
    sys.modules[name] = package
    sys.meta_path.insert(0, _Finder(name, folder, code))
    return name


class _Finder(importlib.abc.MetaPathFinder):
    """Finds modules of one model's package among the files its manifest lists, and nowhere else."""

    def __init__(self, package: str, folder: Path, code: dict[str, str]) -> None:
        self.package, self.code = package, code
        self._folder = folder

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not name.startswith(f"{self.package}."):
            return None
        inner = name.removeprefix(f"{self.package}.").replace(".", "/")
        for path, places in ((f"{inner}.py", None), (f"{inner}/__init__.py", [])):
            if path in self.code:
                loader = _Loader(name, str(self._folder / path), self.code[path])
                return importlib.util.spec_from_file_location(
                    name, self._folder / path, loader=loader, submodule_search_locations=places
                )
        return None


class _Loader(importlib.machinery.SourceFileLoader):
    """Compiles exactly the bytes whose digest the manifest has; a compiled file beside them is not looked at."""

    def __init__(self, name: str, path: str, digest: str) -> None:
        super().__init__(name, path)
        self._digest = digest

    def get_data(self, path: str) -> bytes:
        data = super().get_data(path)
        if hashlib.sha256(data).hexdigest() != self._digest:
            raise ModelMissing("model_file_altered", path=path, model=Path(path).parent.name)
        return data

    def get_code(self, fullname: str) -> types.CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)
