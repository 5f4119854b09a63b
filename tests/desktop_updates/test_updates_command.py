"""`nunchi updates`: says no without asking anybody while it is off; fetches and does not start what it fetched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.command import updates as command
from desktop.command.main import main
from tests.desktop_updates.conftest import INSTALLER, Site


@pytest.fixture
def installed(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A program of version 0.1.0 that came as a .deb, with updates on."""
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NUNCHI_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("NUNCHI_LANGUAGE", "ko")
    monkeypatch.setattr(command, "source", lambda: site.source)
    monkeypatch.setattr(command, "installed_as", lambda: "linux-deb")
    monkeypatch.setattr(command.about, "version", lambda: "0.1.0")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text('{"updates": true}')
    site.release("0.2.0")
    return site


def test_it_is_told_and_brought(installed: Site, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["updates"]) == 0
    assert capsys.readouterr().out.strip() == "새 버전이 있어요: 0.2.0"
    assert main(["updates", "--get", "--into", str(tmp_path / "here"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["newer"] == "0.2.0" and Path(told["file"]).read_bytes() == INSTALLER
    installed.release("0.1.0")
    assert main(["updates"]) == 0
    assert "가장 새로운" in capsys.readouterr().out


def test_off_it_asks_nobody(installed: Site, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "config" / "settings.json").unlink()
    assert main(["updates", "--get"]) == 2
    assert "updates_off" in capsys.readouterr().err
    assert installed.seen == [] and not (tmp_path / "data" / "updates").exists()


def test_from_source_there_is_nothing_to_ask(capsys: pytest.CaptureFixture) -> None:
    assert main(["updates", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "updates_not_here"
