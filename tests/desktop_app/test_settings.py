"""Settings as values and as a file: what is refused, what is kept, what survives a broken file."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from assistant.errors import BadInput, DeviceFailed
from assistant.privacy import PROGRAMS, TITLES
from assistant.private_numbers import Secret
from desktop.settings import KEYS, Settings, changed, parsed, written
from desktop.settings_file import SettingsFile


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "config" / "settings.json")


def rewritten(file: SettingsFile, **values: object) -> None:
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_text(json.dumps(values, ensure_ascii=False), "utf-8")


def test_what_was_saved_is_loaded(file: SettingsFile) -> None:
    wanted = changed(
        Settings(), language="en", theme="dark", text_size=130, history=True, history_days=30,
        microphone="회의용 마이크", keys={"screen": "ctrl+alt+스페이스바", "stop": ""}, silence_ms=900,
    ).with_programs(["내 가계부", *PROGRAMS[1:]])  # fmt: skip
    file.save(wanted)
    again = SettingsFile(file.path)
    assert again.load() == wanted and again.trouble is None
    assert again.load().keys["screen"] == "Ctrl+Alt+Space" and again.load().keys["window"] == KEYS["window"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "jp"), ("theme", 1), ("text_size", 100.0), ("text_size", True), ("history", "yes"),
        ("history_days", 8), ("keys", {"screen": "N"}), ("keys", {"screen": "Ctrl+Alt+W"}), ("keys", ["Ctrl+Alt+N"]),
        ("microphone", "x" * 300), ("silence_ms", float("nan")), ("silence_ms", 20), ("programs_added", "KeePass"),
        ("titles_added", ["x"] * 3 + [7]), ("device", "TPU"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_allowed_is_refused_and_read_as_the_first_one(name: str, value: object) -> None:
    with pytest.raises(BadInput):
        changed(Settings(), **{name: value})
    settings, bad = parsed({name: value, "theme" if name != "theme" else "language": "en"})
    assert bad == [name] or set(bad) == {name, "theme"}
    assert getattr(settings, name) == getattr(Settings(), name)


def test_one_bad_key_does_not_cost_the_others() -> None:
    settings, bad = parsed(
        {"keys": {"screen": "Ctrl+Alt+Q", "window": "Ctrl+Alt+없음", "region": "Ctrl+Alt+Q"}}
    )
    assert bad == ["keys"]
    assert settings.keys == {**KEYS, "screen": "Ctrl+Alt+Q"}


def test_only_what_was_changed_is_written() -> None:
    assert written(Settings()) == {}
    assert written(changed(Settings(), theme="dark", keys={"stop": ""})) == {
        "theme": "dark",
        "keys": {"stop": ""},
    }


def test_longer_lists_of_a_newer_program_still_protect() -> None:
    """GIVEN a person removed one title and added one THEN all others of ours count, also those not known when saved."""
    kept = Settings().with_titles(["월급", *(one for one in TITLES if one != "은행")])
    told = written(kept)
    assert told == {"titles_added": ["월급"], "titles_removed": ["은행"]}
    exclusions = parsed(told)[0].exclusions
    assert exclusions.is_excluded("11월 월급 명세") and exclusions.is_excluded("인터넷뱅킹 - 웨일")
    assert not exclusions.is_excluded("은행 앞 맛집")
    assert Settings().exclusions.is_excluded("은행 앞 맛집")


def test_which_secrets_are_hidden() -> None:
    assert Secret.CARD in Settings().masked_kinds and Secret.PHONE not in Settings().masked_kinds
    assert Secret.PHONE in changed(Settings(), mask_phones=True).masked_kinds
    assert not changed(Settings(), mask_numbers=False, mask_phones=True).masked_kinds


@pytest.mark.parametrize("broken", [b"{", b"[1]", b"\xff\xfe\x00", b'"x"', b"[" * 100_000, b" " * (1 << 21)])
def test_a_broken_file_is_set_aside_and_the_first_settings_are_used(
    file: SettingsFile, broken: bytes
) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(broken)
    assert file.load() == Settings()
    assert file.trouble.code == "settings_broken" and file.trouble.set_aside.read_bytes() == broken
    file.save(changed(Settings(), theme="dark"))
    assert SettingsFile(file.path).load().theme == "dark" and file.trouble.set_aside.read_bytes() == broken


def test_a_bad_value_is_named_and_the_file_is_kept(file: SettingsFile) -> None:
    rewritten(file, theme="blue", language="en")
    assert file.load() == changed(Settings(), language="en")
    assert file.trouble.names == ("theme",) and '"blue"' in file.trouble.set_aside.read_text()


def test_what_this_version_does_not_know_stays(file: SettingsFile) -> None:
    rewritten(file, version=7, theme="dark", keys={"dance": "Ctrl+Alt+D"}, hologram={"depth": [1, 2]})
    settings = file.load()
    assert file.trouble is None and settings.theme == "dark"
    file.save(changed(settings, theme="light"))
    told = json.loads(file.path.read_text("utf-8"))
    assert told == {
        "version": 7, "theme": "light", "keys": {"dance": "Ctrl+Alt+D"}, "hologram": {"depth": [1, 2]},
    }  # fmt: skip


def test_a_save_that_fails_leaves_the_old_file_and_nothing_else(
    file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save(changed(Settings(), theme="dark"))
    before = file.path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeviceFailed, match="settings_not_saved"):
        file.save(changed(Settings(), theme="light"))
    assert file.path.read_bytes() == before and [one.name for one in file.path.parent.iterdir()] == [
        "settings.json"
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.json"
    real.write_text("{}")
    (tmp_path / "settings.json").symlink_to(real)
    SettingsFile(tmp_path / "settings.json").save(changed(Settings(), theme="dark"))
    assert (tmp_path / "settings.json").is_symlink() and "dark" in real.read_text()
