"""Makes Qt's ICU data small: 32 MB, most of it names of currencies and countries in 800 languages that Qt never asks for.

Qt takes from ICU old encodings (we ask for none), sorting, and time zones with their names: what Korean and English need of
these stays. Checked on Qt 6.12: sorting, long dates and names of zones come out the same.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

_MAGIC = b"\xda\x27"
"""of a common data package, two bytes after its start"""
_UNASKED = re.compile(r"^(curr|lang|region|unit|rbnf|brkitr|translit)/|\.(spp|cnv)$")
_LOCALISED = re.compile(r"^(coll|zone)/|^[a-z]{2,3}(_[A-Za-z0-9]+)*\.res$")
_OURS = re.compile(
    r"^((coll|zone)/)?(root|ko|ko_KR|en|en_US|en_001|res_index|pool|tzdbNames|ucadata)\.(res|icu)$"
)
_ASSEMBLY = """.section .rodata
.balign 16
.globl icudt{number}_dat
.type icudt{number}_dat,@object
icudt{number}_dat:
.incbin "{data}"
.size icudt{number}_dat, .-icudt{number}_dat
.section .note.GNU-stack,"",@progbits
"""


def unwanted(names: list[str]) -> list[str]:
    """Which items of the package go."""
    return [
        name
        for name in names
        if _UNASKED.search(name) or (_LOCALISED.search(name) and not _OURS.search(name))
    ]


def thinned(source: Path, folder: Path) -> Path:
    """A smaller `libicudata.so.N` in `folder`; `source` itself where icupkg or the assembler is not there."""
    icupkg = shutil.which("icupkg", path="/usr/sbin:/usr/bin:/sbin:/bin")
    number = source.name.rsplit(".", 1)[-1]
    if not icupkg or not shutil.which("as") or not number.isdigit():
        print(f"    · {source.name} stays whole: install icu-devtools and binutils")
        return source
    # The name of the file is part of what is looked up: icudt73l/…
    whole, thin = folder / "whole" / f"icudt{number}l.dat", folder / f"icudt{number}l.dat"
    whole.parent.mkdir(parents=True, exist_ok=True)
    library = source.read_bytes()
    whole.write_bytes(library[library.index(_MAGIC) - 2 :])
    names = subprocess.run(
        [icupkg, "-l", str(whole)], check=True, capture_output=True, text=True
    ).stdout.split()
    (folder / "unwanted.txt").write_text("\n".join(unwanted(names)) + "\n")
    subprocess.run([icupkg, "-r", str(folder / "unwanted.txt"), str(whole), str(thin)], check=True)
    assembly, made, target = folder / "data.s", folder / "data.o", folder / source.name
    assembly.write_text(_ASSEMBLY.format(number=number, data=thin))
    subprocess.run(["as", str(assembly), "-o", str(made)], check=True)
    subprocess.run(
        ["ld", "-shared", "-soname", source.name, "-z", "noexecstack", "-o", str(target), str(made)],
        check=True,
    )
    return target
