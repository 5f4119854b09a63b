"""Writes THIRD-PARTY-NOTICES.txt into the bundle, from what is in the bundle. A part without a licence text stops the build."""

from __future__ import annotations

import sys
from pathlib import Path

from contents import INSIDE
from shipped import Part, parts

NAME = "THIRD-PARTY-NOTICES.txt"
LINE = "=" * 100
HEAD = """눈치(Nunchi)에 들어 있는 다른 사람들의 작품과 그 사용 조건
The works of others in Nunchi, and their terms

LGPL 라이브러리 바꾸기 · Replacing the LGPL libraries
  Qt, its FFmpeg, pynput and python-xlib are used under the LGPL. They lie as separate files in the program's folder
  (`_internal/PySide6`, `_internal/pynput`, `_internal/Xlib`), are linked dynamically, and may be replaced by changed
  builds of the same version: put yours in the place of ours. Nothing checks their signature except, on macOS, the
  system, for which `codesign --force --deep --sign - Nunchi.app` is enough. Reverse engineering for debugging such
  changes is allowed.

소스 코드 · Source code
  For three years from the day you received this program its makers give anyone, on request and for no more than the
  cost of sending, the complete source of the LGPL and MPL works in the versions named below. Write to the address on
  the project's page. The same sources are published at the addresses beside each work. The glossary's source form is
  in the project's repository.
"""


def written(found: list[Part]) -> str:
    """The whole text. A licence text that several parts share is printed once, with all their names."""
    rows = [
        f"  {part.name} {part.version}".ljust(56) + f"{part.licence or 'see below':46}{part.source}"
        for part in found
    ]
    sharing: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for part in found:
        for title, text in part.texts:
            key = text.strip()
            sharing.setdefault(key, []).append(f"{part.name} {part.version}".strip())
            titles.setdefault(key, title)
    papers = [f"{LINE}\n{', '.join(dict.fromkeys(names))}: {titles[text]}\n{LINE}\n\n{text}\n"
              for text, names in sharing.items()]  # fmt: skip
    return "\n".join([HEAD, "목록 · List", *rows, "", *papers])


def main(inside: Path = INSIDE) -> int:
    found = parts(inside)
    without = [part.name for part in found if not part.texts and not part.licence]
    unwritten = [part.name for part in found if part.kind == "package" and not part.texts]
    if without or unwritten:
        print(f"    ✗ no licence known: {without}; no text: {unwritten}")
        return 1
    (inside / NAME).write_text(written(found), encoding="utf-8", newline="\n")
    print(f"    · notices for {len(found)} parts")
    return 0


if __name__ == "__main__":
    sys.exit(main())
