"""R11 and R14: nothing in the shipped tree can run code out of a data file, and Pillow has its critical fix."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    path
    for folder in ("assistant", "models", "desktop", "packaging")
    for path in (ROOT / folder).rglob("*.py")
]
MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
CALLS = {"torch.load", "torch.hub.load", "eval", "exec", "numpy.load", "np.load"}


def found_in(source: str) -> Iterator[str]:
    """What a source text does that could run code from data."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (f"import {n.name}" for n in names if n.name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in MODULES:
                yield f"from {module}"
            case ast.Call(func=func, keywords=keywords):
                name = ast.unparse(func)
                if name in CALLS and not _harmless(name, keywords):
                    yield f"{name}(…)"
                for keyword in keywords:
                    if keyword.arg == "trust_remote_code" and not _is(keyword.value, False):
                        yield "trust_remote_code"
                    if keyword.arg == "allow_pickle" and not _is(keyword.value, False):
                        yield "allow_pickle"


def _harmless(name: str, keywords: list[ast.keyword]) -> bool:
    """numpy's own format without pickled objects is only numbers."""
    return name in ("numpy.load", "np.load") and any(
        k.arg == "allow_pickle" and _is(k.value, False) for k in keywords
    )


def _is(node: ast.expr, value: bool) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def test_the_search_finds_what_it_looks_for() -> None:
    bad = "import pickle\nfrom dill import loads\ntorch.load(p)\nM.from_pretrained(p, trust_remote_code=flag)\nnp.load(f)"
    assert len(list(found_in(bad))) == 5
    assert not list(found_in("np.load(f, allow_pickle=False)\nM.from_pretrained(p, trust_remote_code=False)"))


def test_no_source_unpickles_or_trusts_code_from_a_model() -> None:
    assert len(SOURCES) > 50
    found = {
        str(path.relative_to(ROOT)): hits
        for path in SOURCES
        if (hits := list(found_in(path.read_text("utf-8"))))
    }
    assert not found


@pytest.mark.parametrize("module", ["assistant.ask", "models.catalogue", "desktop.command.main"])
def test_running_code_imports_no_pickle_of_its_own(module: str) -> None:
    """An import hook that raises: our modules (not the standard library's) must live without pickle."""
    hook = (
        "import sys\n"
        "class Guard:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        caller = sys._getframe(1)\n"
        "        while caller and 'importlib' in caller.f_code.co_filename: caller = caller.f_back\n"
        "        ours = caller and any(f'/{p}/' in caller.f_code.co_filename.replace(chr(92), '/')\n"
        f"            for p in ('assistant', 'models', 'desktop')) and {str(ROOT)!r} in caller.f_code.co_filename\n"
        "        if name in ('pickle', 'dill', 'joblib') and ours: raise ImportError('pickle from ' + caller.f_code.co_filename)\n"
        "sys.meta_path.insert(0, Guard())\n"
        f"import {module}\n"
    )
    done = subprocess.run([sys.executable, "-c", hook], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_pillow_has_the_critical_fix() -> None:
    assert tuple(int(part) for part in re.findall(r"\d+", version("pillow"))[:2]) >= (13, 0)
