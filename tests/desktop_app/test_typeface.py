"""The typeface that comes along: every Hangul syllable in both weights, used by our windows, replaced where it is missing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

PUBLISHED = {
    "Pretendard-Regular.otf": "3ffbacde6ab8411f1d2db54bb9b1f0b3ee2a738932033722cf0388c06aed1c93",
    "Pretendard-SemiBold.otf": "c89bc43027dc7cde5726e96223376f8eec09302b2fc1f8147fd5b57cfc376118",
}
"""as in npm's pretendard 1.3.9: its licence keeps the name for files that nobody has changed"""


def test_the_files_are_the_published_ones_with_their_licence() -> None:
    from desktop.look_and_feel import FONTS

    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.otf")}
    assert there == PUBLISHED
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("weight", ["Normal", "DemiBold"])
def test_every_hangul_syllable_is_drawn_in_our_typeface(qt: object, weight: str) -> None:
    from PySide6.QtGui import QFont, QFontInfo, QRawFont

    from desktop import look_and_feel

    font = look_and_feel.font(15, QFont.Weight[weight])
    assert QFontInfo(font).family() == "Pretendard"
    face = QRawFont.fromFont(font)
    assert face.styleName() == {"Normal": "Regular", "DemiBold": "SemiBold"}[weight]
    missing = [code for code in range(0xAC00, 0xD7A4) if not face.supportsCharacter(code)]
    assert not missing
    assert all(face.supportsCharacter(ord(sign)) for sign in "ㄱㅎㅏㅣ …·—’“₩×→•0123456789Aa")


def test_where_the_files_are_missing_the_system_has_to_do(
    qt: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from desktop import look_and_feel

    monkeypatch.setattr(look_and_feel, "FONTS", tmp_path)
    look_and_feel.load_typeface.cache_clear()
    try:
        assert look_and_feel.load_typeface() is False
        assert look_and_feel.font(15).families()[1].startswith("Noto")
    finally:
        look_and_feel.load_typeface.cache_clear()
