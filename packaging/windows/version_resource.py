"""The version resource of nunchi.exe and nunchi-tray.exe: what Windows and virus scanners show about a program."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from contents import BUILD, licence, version

COMPANY = "The Nunchi authors"
COPYRIGHT = f"© 2026 The Nunchi authors. {licence()}"
LANGUAGES = {"041204b0": ("눈치", "눈치: 화면 도우미"), "040904b0": ("Nunchi", "Nunchi: screen assistant")}
"""Korean and English, both in Unicode"""


def numbers() -> tuple[int, int, int, int]:
    first, second, third = (int(part) for part in version().split(".")[:3])
    return first, second, third, 0


def strings(language: str, file: str) -> dict[str, str]:
    product, description = LANGUAGES[language]
    return {
        "CompanyName": COMPANY,
        "FileDescription": description,
        "FileVersion": version(),
        "InternalName": file.removesuffix(".exe"),
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": file,
        "ProductName": product,
        "ProductVersion": version(),
    }


def for_pyinstaller(file: str = "nunchi.exe") -> str:
    """A file that PyInstaller's `version=` reads."""
    tables = ""
    for language in LANGUAGES:
        values = ", ".join(
            f"StringStruct({key!r}, {value!r})" for key, value in strings(language, file).items()
        )
        tables += f"StringTable('{language}', [{values}]), "
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers()}, prodvers={numbers()}, mask=0x3F, flags=0, OS=0x40004, "
        f"fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([{tables}]), "
        "VarFileInfo([VarStruct('Translation', [0x0412, 1200, 0x0409, 1200])])])\n"
    )


def rc(file: str) -> str:
    """The same as a resource script, with the icon."""
    blocks = ""
    for language in LANGUAGES:
        values = " ".join(f'VALUE "{key}", "{value}"' for key, value in strings(language, file).items())
        blocks += f'BLOCK "{language}" {{ {values} }} '
    told = ",".join(str(number) for number in numbers())
    return (
        f'1 ICON "{(BUILD / "icons" / "nunchi.ico").as_posix()}"\n1 VERSIONINFO FILEVERSION {told} PRODUCTVERSION {told} '
        f'FILEOS 0x40004 FILETYPE 1 {{ BLOCK "StringFileInfo" {{ {blocks} }} '
        'BLOCK "VarFileInfo" { VALUE "Translation", 0x0412, 1200, 0x0409, 1200 } }\n'
    )


if __name__ == "__main__":
    (BUILD / "version.txt").write_text(for_pyinstaller(), encoding="utf-8")
