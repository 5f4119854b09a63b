"""What is believed about new versions, and what is refused: signatures, age, order, size, place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import updates as publisher
from tuf.api.metadata import Metadata

from assistant.errors import Stopped
from desktop.updates.checking import Asking
from desktop.updates.release import Release
from models.fetch.patience import Patience
from models.fetch.problems import DownloadFailed, DownloadRefused
from models.store import StoreFailed
from tests.desktop_updates.conftest import INSTALLER, Site, answer, made

KIND, HERE = "windows-x64", "0.1.0"
QUICK = Patience(connect=2.0, read=2.0)
FILE = "Nunchi-0.2.0-x64-setup.exe"
PLACE = f"/download/v0.2.0/{FILE}"


def asked(site: Site, state: Path, version: str = HERE) -> Release | None:
    return Asking(site.source, state, QUICK).newer(KIND, version)


def brought(site: Site, state: Path, into: Path) -> Path:
    return Asking(site.source, state, QUICK).bring(Release("0.2.0", f"v0.2.0/{FILE}"), into)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "Downloads"


def test_a_newer_release_is_told_and_brought_and_not_started(site: Site, state: Path, into: Path) -> None:
    site.release("0.2.0")
    release = asked(site, state)
    assert release == Release("0.2.0", f"v0.2.0/{FILE}")
    parts: list[float] = []
    file = Asking(site.source, state, QUICK).bring(release, into, parts.append)
    assert file == into / FILE and file.read_bytes() == INSTALLER
    assert [path.name for path in into.iterdir()] == [FILE], "nothing half is left beside it"
    assert not os.access(file, os.X_OK) or os.name == "nt"
    assert parts == sorted(parts) and parts[-1] == 1.0


def test_what_was_brought_already_is_not_brought_twice_and_nothing_of_the_persons_is_overwritten(
    site: Site, state: Path, into: Path
) -> None:
    site.release("0.2.0")
    into.mkdir()
    (into / FILE).write_text("the person's own file")
    second = brought(site, state, into)
    assert second.name == "Nunchi-0.2.0-x64-setup (2).exe"
    assert (into / FILE).read_text() == "the person's own file"
    (into / FILE).unlink()
    first = brought(site, state, into)
    before = site.seen.count(PLACE)
    assert brought(site, state, into) == first == into / FILE
    assert site.seen.count(PLACE) == before


@pytest.mark.parametrize("version", ["0.2.0", "0.2.1", "1.0.0"])
def test_no_downgrade(site: Site, state: Path, version: str) -> None:
    site.release("0.2.0")
    assert asked(site, state, version) is None


def test_a_kind_without_an_installer_is_told_nothing(site: Site, state: Path) -> None:
    site.release("0.2.0")
    assert Asking(site.source, state, QUICK).newer("macos-arm64", HERE) is None


def test_a_trial_version_is_for_those_who_have_one(site: Site, state: Path) -> None:
    site.release("0.3.0rc1")
    assert asked(site, state) is None
    assert asked(site, state, "0.3.0b1") == Release("0.3.0rc1", "v0.3.0rc1/Nunchi-0.3.0rc1-x64-setup.exe")


def test_another_key_is_refused(site: Site, state: Path, tmp_path: Path) -> None:
    site.release("0.2.0")
    known = site.source
    other = made(tmp_path / "other", tmp_path / "other-keys")
    other.release("9.9.9")
    shutil.rmtree(site.shown)
    shutil.copytree(other.shown, site.shown)
    with pytest.raises(DownloadRefused) as refused:
        Asking(known, state, QUICK).newer(KIND, HERE)
    assert refused.value.code == "update_not_trusted"


@pytest.mark.parametrize("role", ["timestamp.json", "1.snapshot.json", "1.targets.json"])
def test_one_changed_byte_is_refused(site: Site, state: Path, role: str) -> None:
    site.release("0.2.0")
    path = site.shown / role
    path.write_bytes(
        path.read_bytes().replace(b'"spec_version"', b'"spec_Version"', 1).replace(b"2", b"3", 1)
    )
    with pytest.raises(DownloadRefused) as refused:
        asked(site, state)
    assert refused.value.code == "update_not_trusted"


def test_an_unsigned_list_is_refused(site: Site, state: Path) -> None:
    site.release("0.2.0")
    (site.shown / "targets" / "releases.json").write_bytes(
        (site.shown / "targets" / "releases.json").read_bytes().replace(b"0.2.0", b"0.9.0")
    )
    with pytest.raises(DownloadRefused) as refused:
        asked(site, state)
    assert refused.value.code == "update_not_trusted"


def test_an_old_answer_played_back_is_refused(site: Site, state: Path, tmp_path: Path) -> None:
    site.release("0.2.0")
    shutil.copytree(site.shown, tmp_path / "old")
    site.release("0.3.0")
    assert asked(site, state).version == "0.3.0"
    shutil.rmtree(site.shown)
    shutil.copytree(tmp_path / "old", site.shown)
    with pytest.raises(DownloadRefused) as refused:
        asked(site, state)
    assert refused.value.code == "update_not_trusted"


def test_a_date_that_has_passed_is_refused(site: Site, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yesterday = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    monkeypatch.setattr(publisher, "_until", lambda _role: yesterday)
    site.release("0.2.0")
    with pytest.raises(DownloadRefused) as refused:
        asked(site, state)
    assert refused.value.code == "update_expired"
    monkeypatch.undo()
    publisher.renew(site.keys, site.shown)
    with pytest.raises(DownloadRefused, match="update_expired"):  # the list itself is as old
        asked(site, state)
    site.release("0.2.0")
    assert asked(site, state).version == "0.2.0"


def test_new_keys_are_believed_when_the_old_ones_say_so(site: Site, state: Path, tmp_path: Path) -> None:
    """GIVEN a root signed by the old and the new key, THEN what the new keys sign counts, and the old ones' no more."""
    site.release("0.2.0")
    known, keys = site.source, tmp_path / "new-keys"
    publisher.make_keys(keys, tmp_path / "new-site")
    told = Metadata.from_bytes((tmp_path / "new-site" / "1.root.json").read_bytes())
    told.signed.version = 2
    told.sign(publisher._signer(site.keys, "root"))
    told.sign(publisher._signer(keys, "root"), append=True)
    (site.shown / "2.root.json").write_bytes(told.to_bytes())
    with pytest.raises(DownloadRefused, match="update_not_trusted"):
        Asking(known, state, QUICK).newer(KIND, HERE)
    site.keys = keys
    site.release("0.3.0")
    assert Asking(known, state, QUICK).newer(KIND, HERE).version == "0.3.0"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (INSTALLER[:-7], "update_not_trusted"),
        (INSTALLER + b"more", "update_wrong_file"),
        (INSTALLER[:-1] + b"\0", "update_not_trusted"),
    ],
    ids=["truncated", "longer", "changed"],
)
def test_another_installer_is_refused_and_nothing_is_kept(
    site: Site, state: Path, into: Path, body: bytes, code: str
) -> None:
    site.release("0.2.0")
    site.faults[PLACE] = answer(body)
    with pytest.raises(DownloadRefused) as refused:
        brought(site, state, into)
    assert refused.value.code == code
    assert list(into.iterdir()) == []


def test_a_huge_answer_is_cut_off(site: Site, state: Path) -> None:
    """GIVEN an endless date, THEN no more than 16 KiB of it and one chunk are taken."""
    site.release("0.2.0")
    sent = 0

    def endless(handler) -> bool:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        try:
            while sent < 1 << 30:
                handler.wfile.write(b" " * 65536)
                sent += 65536
        except OSError:
            return True
        return True

    site.faults["/updates/timestamp.json"] = endless
    with pytest.raises(DownloadRefused) as refused:
        asked(site, state)
    assert refused.value.code == "update_wrong_file"
    assert sent < 1 << 26, "the sender's own buffers, not the gigabyte"


def test_a_connection_that_breaks_is_no_lie(site: Site, state: Path, into: Path) -> None:
    site.release("0.2.0")
    site.faults[PLACE] = answer(INSTALLER[:1000], Content_Length=str(len(INSTALLER)))
    with pytest.raises(DownloadFailed) as failed:
        brought(site, state, into)
    assert failed.value.code == "update_unreachable"
    assert list(into.iterdir()) == []


@pytest.mark.parametrize("place", ["/updates/timestamp.json", PLACE])
@pytest.mark.parametrize(
    ("goal", "code"),
    [
        ("http://example.org/x", "download_not_encrypted"),
        ("https://example.org/x", "download_other_host"),
        ("file:///etc/passwd", "download_not_encrypted"),
    ],
)
def test_a_redirect_to_elsewhere_is_refused(
    site: Site, state: Path, into: Path, place: str, goal: str, code: str
) -> None:
    site.release("0.2.0")
    site.faults[place] = answer(b"", 302, Location=goal)
    with pytest.raises(DownloadRefused) as refused:
        brought(site, state, into)
    assert refused.value.code == code


def test_http_is_refused(site: Site, state: Path) -> None:
    from dataclasses import replace

    plain = replace(site.source, metadata="http://updates.example.org/updates/")
    with pytest.raises(DownloadRefused) as refused:
        Asking(plain, state, QUICK).newer(KIND, HERE)
    assert refused.value.code == "download_not_encrypted"


def test_nobody_there_and_an_error_of_theirs(site: Site, state: Path) -> None:
    site.release("0.2.0")
    site.faults["/updates/timestamp.json"] = answer(b"", 500)
    with pytest.raises(DownloadFailed) as failed:
        asked(site, state)
    assert failed.value.code == "update_unreachable"
    gone = Site(site.folder, site.keys, port=1)
    with pytest.raises(DownloadFailed, match="update_unreachable"):
        asked(gone, state)


@pytest.mark.parametrize(
    "told",
    [
        b"not json",
        b"[]",
        b'{"newest": {"version": "soon", "installers": {}}}',
        b'{"newest": {"version": "0.2.0", "installers": {"windows-x64": "../../evil.exe"}}}',
        b'{"newest": {"version": "0.2.0", "installers": {"windows-x64": "v0/a/b.exe"}}}',
        b'{"newest": {"version": "0.2.0", "installers": {"windows-x64": ["x"]}}}',
        b'{"newest": {"version": "0.2.0", "installers": ["windows-x64"]}}',
        b'{"newest": {"version": 2, "installers": {}}}',
    ],
)
def test_even_a_signed_list_must_make_sense(told: bytes) -> None:
    from desktop.updates.release import newer

    with pytest.raises(DownloadRefused) as refused:
        newer(told, KIND, HERE)
    assert refused.value.code == "update_list_broken"


def test_stopped_in_the_middle_of_an_installer(site: Site, state: Path, into: Path) -> None:
    site.release("0.2.0")
    begun = threading.Event()

    def slow(handler) -> bool:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(INSTALLER)))
        handler.end_headers()
        handler.wfile.write(INSTALLER[:1000])
        begun.set()
        time.sleep(5)
        return True

    site.faults[PLACE] = slow
    asking = Asking(site.source, state, Patience(connect=2.0, read=30.0))

    def stop() -> None:
        begun.wait(10)
        asking.stop()

    threading.Thread(target=stop).start()
    started = time.monotonic()
    with pytest.raises(Stopped):
        asking.bring(Release("0.2.0", f"v0.2.0/{FILE}"), into)
    assert time.monotonic() - started < 4
    assert list(into.iterdir()) == []
    with pytest.raises(Stopped):
        asking.newer(KIND, HERE)


def test_a_folder_that_cannot_be_written_is_told(site: Site, tmp_path: Path, into: Path) -> None:
    site.release("0.2.0")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed):
        asked(site, tmp_path / "file" / "state")
    into.write_text("a file where the folder should be")
    with pytest.raises(StoreFailed):
        brought(site, tmp_path / "state", into)


def test_signatures_are_checked_without_the_package_that_does_not_ship(site: Site, state: Path) -> None:
    """The installed program has no `cryptography`: TUF's own Ed25519 decides there, and decides the same."""
    site.release("0.2.0")
    code = (
        "import sys; sys.modules['cryptography'] = None\n"
        "from pathlib import Path\n"
        "from desktop.updates.checking import Asking\n"
        "from desktop.updates.source import Source\n"
        "root = Path(sys.argv[1]).read_bytes()\n"
        "source = Source(sys.argv[2] + '/updates/', sys.argv[2] + '/download/', (), root)\n"
        "print(Asking(source, Path(sys.argv[3])).newer('windows-x64', '0.1.0'))"
    )

    def ask(root: Path, remembered: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, str(root), site.url, str(remembered)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "0.2.0" in ask(site.shown / "1.root.json", state).stdout
    other = made(site.folder / "other", site.folder / "other-keys")
    refused = ask(other.shown / "1.root.json", site.folder / "other-state")
    assert "update_not_trusted" in refused.stderr and not refused.stdout
