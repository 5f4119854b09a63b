"""A pull from a hub that behaves: what arrives, what is recorded, and how it goes on where it stopped."""

from __future__ import annotations

import itertools
import json
import os
import threading
from pathlib import Path

import pytest

from assistant.errors import BadInput, ModelMissing, Stopped
from models import store
from models.fetch import DownloadRefused, Hub, Patience, Progress, Wanted, pull, transfer
from models.manifest import verify
from models.origin import NAME as ORIGIN
from models.origin import Origin, read_origin
from tests.models.hub import Handler, HubServer, Repo, running_hub

WEIGHTS = bytes(range(256)) * 2048  # 512 KiB
QUICK = Patience(connect=2, read=2, first_wait=0.0, rest=lambda stop, seconds: None)
NAME = "tiny"
REPO = "Nunchi/Tiny"
WEIGHTS_PATH = f"/{REPO}/resolve/0123456789abcdef0123456789abcdef01234567/model.safetensors"


@pytest.fixture
def server():
    with running_hub() as running:
        files = {
            "config.json": b'{"model_type": "tiny"}',
            "LICENSE": b"Apache License 2.0",
            "model.safetensors": WEIGHTS,
            "pytorch_model.bin": b"\x80\x04pickle",
            "original/params.json": b"{}",
            ".gitattributes": b"* text",
        }
        running.repos[REPO] = Repo(files, {"model.safetensors", "pytorch_model.bin"})
        yield running


def wanted(**changes) -> Wanted:
    values = {"name": NAME, "repo": REPO, "patterns": ("*.json", "*.safetensors"), "licence": "Apache-2.0"}
    return Wanted(**{**values, **changes})


def bring(server: HubServer, folder, want: Wanted | None = None, **options):
    hub = Hub(server.endpoint, (server.cdn_host,))
    return pull(want or wanted(), folder, hub=hub, **{"patience": QUICK, **options})


def cut_after(count: int, times: int = 1):
    """Sends the first `count` bytes of the weights and hangs up, `times` times."""
    left = [times]

    def fault(handler: Handler) -> bool:
        if left[0] <= 0:
            return False
        left[0] -= 1
        start = handler.asked_from() or 0
        body = WEIGHTS[start:]
        handler.answer(206 if start else 200, body[:count], _place(start), length=len(body))
        return True

    return fault


def _place(start: int) -> dict[str, str]:
    return {"Content-Range": f"bytes {start}-{len(WEIGHTS) - 1}/{len(WEIGHTS)}"} if start else {}


def test_a_pull_brings_the_chosen_files_and_the_licence_and_nothing_else(server, tmp_path):
    manifest = bring(server, tmp_path, wanted(origin=Origin(notice="tiny")))
    assert [file.path for file in manifest.files] == ["LICENSE", "config.json", "model.safetensors", ORIGIN]
    assert verify(tmp_path / NAME, full=True) == manifest
    assert {path.name for path in tmp_path.iterdir()} == {NAME, ".locks"}
    assert {path.name for path in (tmp_path / NAME).iterdir()} == {
        "LICENSE", "config.json", "model.safetensors", ORIGIN, "manifest.json",
    }  # fmt: skip


def test_the_commit_is_recorded(server, tmp_path):
    manifest = bring(server, tmp_path, wanted(origin=Origin(notice="tiny")))
    assert manifest.revision == server.repos[REPO].commit
    assert read_origin(tmp_path / NAME) == Origin(REPO, manifest.revision, notice="tiny")


def test_large_files_come_from_the_cdn_and_the_hub_is_told_nothing_about_the_person(server, tmp_path):
    bring(server, tmp_path)
    assert server.asked("/cdn" + WEIGHTS_PATH)
    for request in server.seen:
        assert request.headers["User-Agent"] == "nunchi"
        assert not {"Authorization", "Cookie", "X-Request-Id"} & set(request.headers)


def test_progress_ends_with_everything_and_is_told_on_the_callers_thread(server, tmp_path):
    reports: list[tuple[Progress, int]] = []
    bring(server, tmp_path, progress=lambda report: reports.append((report, threading.get_ident())))
    last = reports[-1][0]
    assert (last.bytes, last.files_done) == (last.total, last.files) == (last.total, 3)
    assert last.total == len(WEIGHTS) + len(b'{"model_type": "tiny"}') + len(b"Apache License 2.0")
    assert {thread for _, thread in reports} == {threading.get_ident()}
    assert all(early.bytes <= late.bytes for (early, _), (late, _) in itertools.pairwise(reports))


def test_a_cut_connection_goes_on_where_it_broke(server, tmp_path):
    server.faults["/cdn" + WEIGHTS_PATH] = cut_after(100_000, times=2)
    bring(server, tmp_path)
    ranges = [request.headers.get("Range") for request in server.asked("/cdn" + WEIGHTS_PATH)]
    assert ranges == [None, "bytes=100000-", "bytes=200000-"]
    assert (tmp_path / NAME / "model.safetensors").read_bytes() == WEIGHTS


def test_a_later_pull_goes_on_where_the_first_was_stopped(server, tmp_path):
    stop = threading.Event()

    def stall(handler: Handler) -> bool:
        handler.answer(200, WEIGHTS[:300_000], length=len(WEIGHTS))
        handler.wfile.flush()
        server.release.wait(10)
        return True

    def stop_when_half(report: Progress) -> None:
        if report.bytes >= 300_000:
            stop.set()

    server.faults["/cdn" + WEIGHTS_PATH] = stall
    with pytest.raises(Stopped):
        bring(server, tmp_path, stop=stop, progress=stop_when_half, patience=Patience())
    assert not (tmp_path / NAME).exists()
    del server.faults["/cdn" + WEIGHTS_PATH]
    bring(server, tmp_path)
    assert server.asked("/cdn" + WEIGHTS_PATH)[-1].headers["Range"] == "bytes=300000-"
    assert verify(tmp_path / NAME, full=True)


@pytest.mark.parametrize("where", ["/api/models/Nunchi/Tiny/revision/main", "/cdn" + WEIGHTS_PATH])
def test_a_stop_does_not_wait_for_a_hub_that_never_answers(server, tmp_path, where):
    stop = threading.Event()
    asked = threading.Event()

    def silence(handler: Handler) -> bool:
        asked.set()
        server.release.wait(20)
        return True

    def press() -> None:
        asked.wait(10)
        stop.set()

    server.faults[where] = silence
    presser = threading.Thread(target=press)
    presser.start()
    # the default patience would wait 30 seconds for an answer
    with pytest.raises(Stopped):
        bring(server, tmp_path, stop=stop, patience=Patience())
    assert not server.release.is_set()
    presser.join()


def test_keyboard_interrupt_leaves_what_came_for_the_next_pull(server, tmp_path):
    def press_ctrl_c(report: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(server, tmp_path, progress=press_ctrl_c)
    assert store.partials(tmp_path, NAME)
    bring(server, tmp_path)
    assert verify(tmp_path / NAME, full=True)


def test_a_hub_without_ranges_is_read_from_the_start_again(server, tmp_path):
    first = cut_after(100_000)
    server.faults["/cdn" + WEIGHTS_PATH] = lambda handler: first(handler) or not handler.answer(200, WEIGHTS)
    bring(server, tmp_path)
    assert (tmp_path / NAME / "model.safetensors").read_bytes() == WEIGHTS


def test_what_a_crash_tore_on_the_disk_is_fetched_again(server, tmp_path):
    staged = store.staged(tmp_path, NAME)
    staged.mkdir()
    (staged / "model.safetensors").write_bytes(b"\0" * 200_000)
    (staged / "config.json").write_bytes(b"\0" * len(b'{"model_type": "tiny"}'))
    (staged / "stray.json").write_bytes(b"left over")
    bring(server, tmp_path)
    assert (tmp_path / NAME / "model.safetensors").read_bytes() == WEIGHTS
    assert not (tmp_path / NAME / "stray.json").exists()


def test_an_unfinished_pull_stays_with_its_commit(server, tmp_path):
    staged = store.staged(tmp_path, NAME)
    staged.mkdir()
    begun = server.repos[REPO].commit
    (staged / ".plan.json").write_text(json.dumps({"repo": REPO, "commit": begun}))
    bring(server, tmp_path)
    assert server.seen[0].path == f"/api/models/{REPO}/revision/{begun}"


def test_a_commit_the_hub_has_forgotten_gives_way_to_the_newest(server, tmp_path):
    staged = store.staged(tmp_path, NAME)
    staged.mkdir()
    (staged / ".plan.json").write_text(json.dumps({"repo": REPO, "commit": "f" * 40}))
    assert bring(server, tmp_path).revision == server.repos[REPO].commit


def test_a_pinned_commit_is_asked_for_and_nothing_else(server, tmp_path):
    with pytest.raises(ModelMissing) as refusal:
        bring(server, tmp_path, wanted(revision="e" * 40))
    assert refusal.value.code == "hub_model_not_found"
    assert [request.path for request in server.seen] == [f"/api/models/{REPO}/revision/{'e' * 40}"]


def test_offline_means_not_one_request(server, tmp_path):
    with pytest.raises(ModelMissing) as refusal:
        bring(server, tmp_path, offline=True)
    assert refusal.value.code == "offline"
    assert server.seen == []


def test_a_second_pull_of_the_same_model_is_told_to_wait(server, tmp_path):
    with store.hold(tmp_path, NAME), pytest.raises(store.StoreFailed) as refusal:
        bring(server, tmp_path)
    assert refusal.value.code == "model_busy"
    assert server.seen == []


def test_two_models_at_once_do_not_hinder_each_other(server, tmp_path):
    with store.hold(tmp_path, "other"):
        bring(server, tmp_path)


def test_a_gated_model_without_a_token_says_where_to_log_in(server, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.get_token", lambda: None)
    server.repos[REPO].gated = True
    with pytest.raises(DownloadRefused) as refusal:
        bring(server, tmp_path)
    assert refusal.value.code == "hub_login_needed"
    assert refusal.value.values["address"] == f"{server.endpoint}/{REPO}"


def test_the_persons_token_goes_to_the_hub_only_and_only_when_asked_for(server, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.get_token", lambda: "secret")
    server.repos[REPO].gated = True
    server.token = "secret"
    bring(server, tmp_path)
    assert "Authorization" not in server.seen[0].headers
    assert any("Authorization" in request.headers for request in server.asked("/model.safetensors"))
    assert not [r for r in server.seen if r.path.startswith("/cdn") and "Authorization" in r.headers]


def test_the_proxy_of_the_system_is_used(server, tmp_path, monkeypatch):
    """The loopback hub stands in for the proxy: it is sent requests for a host that does not exist."""
    for name in ("no_proxy", "NO_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", server.endpoint)
    server.repos[REPO].large.clear()
    hub = Hub("http://127.0.0.1:9", ())  # nobody listens on the discard port
    pull(wanted(), tmp_path, hub=hub, patience=QUICK)
    assert verify(tmp_path / NAME, full=True)
    assert {request.headers["Host"] for request in server.seen} == {"127.0.0.1:9"}


def test_a_socks_proxy_we_cannot_use_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(DownloadRefused) as refusal:
        pull(wanted(), tmp_path, hub=Hub("https://127.0.0.1:9"), patience=QUICK)
    assert refusal.value.code == "proxy_unusable"


def test_pickled_weights_never_come_even_when_a_pattern_asks_for_them(server, tmp_path):
    with pytest.raises(ModelMissing) as refusal:
        bring(server, tmp_path, wanted(patterns=("*.bin", "*.json")))
    assert refusal.value.code == "model_file_missing"
    assert not server.asked("pytorch_model.bin")
    assert not (tmp_path / NAME).exists()


def test_code_comes_only_for_a_model_whose_code_was_agreed_to(server, tmp_path):
    server.repos[REPO].files["modeling_tiny.py"] = b"import os"
    patterns = ("*.json", "*.safetensors", "*.py")
    with pytest.raises(DownloadRefused) as refusal:
        bring(server, tmp_path, wanted(patterns=patterns))
    assert refusal.value.code == "download_code"
    bring(server, tmp_path, wanted(patterns=patterns, code=True))
    assert (tmp_path / NAME / "modeling_tiny.py").read_bytes() == b"import os"


def test_an_older_model_is_replaced_only_when_the_new_one_is_whole(server, tmp_path):
    bring(server, tmp_path)
    old = verify(tmp_path / NAME)
    newer = bytes(reversed(WEIGHTS))
    server.repos[REPO].files["model.safetensors"] = newer
    server.repos[REPO].commit = "a" * 40
    path = "/cdn" + WEIGHTS_PATH.replace("0123456789abcdef0123456789abcdef01234567", "a" * 40)
    server.faults[path] = lambda handler: handler.answer(200, WEIGHTS) or True
    with pytest.raises(DownloadRefused):
        bring(server, tmp_path)
    assert verify(tmp_path / NAME) == old
    server.faults.clear()
    assert bring(server, tmp_path).revision == "a" * 40
    assert (tmp_path / NAME / "model.safetensors").read_bytes() == newer
    assert {path.name for path in tmp_path.iterdir()} == {NAME, ".locks"}


@pytest.mark.parametrize(
    "name", ["", "../tiny", "a/b", "con", "tiny.", "tiny.partial", ".hidden", "Tiny", "x" * 80]
)
def test_a_model_name_that_is_no_folder_name_is_refused(server, tmp_path, name):
    with pytest.raises(BadInput) as refusal:
        bring(server, tmp_path, wanted(name=name))
    assert refusal.value.code == "model_name_refused"
    assert server.seen == []


def test_files_come_side_by_side(server, tmp_path):
    """Two files that wait for each other arrive only when both are asked for at once."""
    both = threading.Barrier(2, timeout=10)

    def meet(handler: Handler) -> bool:
        both.wait()
        return False

    for file in ("config.json", "LICENSE"):
        server.faults[WEIGHTS_PATH.replace("model.safetensors", file)] = meet
    bring(server, tmp_path, workers=3)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no executable bits")
def test_files_of_a_model_are_not_executable(server, tmp_path):
    bring(server, tmp_path)
    assert not any(path.stat().st_mode & 0o111 for path in (tmp_path / NAME).iterdir() if path.is_file())


def test_bytes_meet_the_disk_in_one_place(server, tmp_path, monkeypatch):
    """The seam that the tests of a full disk use is really the one the bytes go through."""
    written = bytearray()
    real = transfer.write

    def note(stream, chunk):
        if stream.name.endswith(".safetensors"):
            written.extend(chunk)
        real(stream, chunk)

    monkeypatch.setattr(transfer, "write", note)
    bring(server, tmp_path)
    assert bytes(written) == WEIGHTS


def test_the_hub_of_these_tests_is_one_for_huggingface_hub_too(server, tmp_path, monkeypatch):
    """Its own client lists and downloads from it, so what is tested here is the protocol of the real hub."""
    from huggingface_hub import HfApi, hf_hub_download

    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
    info = HfApi(endpoint=server.endpoint).model_info(REPO, files_metadata=True, revision="main", token=False)
    manifest = bring(server, tmp_path / "ours")
    theirs = {file.rfilename: file for file in info.siblings}
    assert info.sha == manifest.revision
    assert (
        theirs["model.safetensors"].lfs.sha256
        == {f.path: f.sha256 for f in manifest.files}["model.safetensors"]
    )
    got = hf_hub_download(
        REPO, "model.safetensors", endpoint=server.endpoint, cache_dir=tmp_path / "cache", token=False
    )
    assert (tmp_path / "ours" / NAME / "model.safetensors").read_bytes() == Path(got).read_bytes()
