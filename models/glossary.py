"""The English→Korean glossary that comes with the program."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.glossary import Glossary

BUNDLED = Path(__file__).resolve().parent / "bundled" / "glossary-en-ko" / "glossary.npz"


@lru_cache(maxsize=1)
def bundled_glossary() -> Glossary:
    """Opened once, some 6 MB in memory. Errors: OSError, and ValueError where the file is spoilt."""
    return Glossary.open(BUNDLED)
