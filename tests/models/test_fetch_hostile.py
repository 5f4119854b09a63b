"""A pull from a hub that misbehaves, and on a machine that is full: nothing wrong is ever installed."""

from __future__ import annotations

import email.utils
import errno
import json
import threading

import pytest

from assistant.errors import NunchiError
from models import store
from models.fetch import DownloadFailed, DownloadRefused, Hub, Patience, pull, transfer
from models.fetch.answers import retry_after
from models.fetch.patience import persist
from models.fetch.problems import Setback
from models.fetch.transfer import Pace
from models.manifest import verify
from tests.models.hub import Handler, Repo, running_hub, sha256
from tests.models.test_fetch import NAME, QUICK, REPO, WEIGHTS, WEIGHTS_PATH, bring, cut_after, wanted

LISTING = f"/api/models/{REPO}/revision/main"
CONFIG_PATH = WEIGHTS_PATH.replace("model.safetensors", "config.json")
CONFIG = b'{"model_type": "tiny"}'


@pytest.fixture
def server():
    with running_hub() as running:
        files = {"config.json": CONFIG, "model.safetensors": WEIGHTS}
        running.repos[REPO] = Repo(files, {"model.safetensors"})
        yield running


def refused(server, folder, **options) -> NunchiError:
    """The refusal of a pull that must leave no model behind."""
    with pytest.raises((DownloadRefused, DownloadFailed, store.StoreFailed)) as caught:
        bring(server, folder, **options)
    assert not (folder / NAME).exists()
    assert not [path for path in folder.iterdir() if not path.name.startswith(".")]
    return caught.value


def always(status: int, body: bytes = b"", headers: dict[str, str] | None = None, length: int | None = None):
    return lambda handler: handler.answer(status, body, headers, length) or True


def redirect(location: str):
    return always(302, headers={"Location": location})


FLIPPED = bytes([WEIGHTS[0] ^ 1]) + WEIGHTS[1:]


@pytest.mark.parametrize("position", [0, len(WEIGHTS) // 2, len(WEIGHTS) - 1])
def test_one_flipped_byte_of_the_weights_is_refused(server, tmp_path, position):
    body = bytearray(WEIGHTS)
    body[position] ^= 0x10
    server.faults["/cdn" + WEIGHTS_PATH] = lambda handler: handler.body(bytes(body)) or True
    assert refused(server, tmp_path).code == "download_wrong_bytes"


def test_one_flipped_byte_of_a_small_file_is_refused(server, tmp_path):
    server.faults[CONFIG_PATH] = always(200, CONFIG[:-1] + b"]")
    assert refused(server, tmp_path).code == "download_wrong_bytes"


def test_wrong_bytes_are_not_kept_for_the_next_pull(server, tmp_path):
    server.faults["/cdn" + WEIGHTS_PATH] = always(200, FLIPPED)
    refused(server, tmp_path)
    server.faults.clear()
    bring(server, tmp_path)
    assert "Range" not in server.asked("/cdn" + WEIGHTS_PATH)[-1].headers


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"X-Repo-Commit": "f" * 40}, "download_wrong_bytes"),
        ({"X-Linked-Etag": f'"{sha256(b"other")}"'}, "download_wrong_bytes"),
        ({"X-Linked-Size": "17"}, "download_wrong_size"),
    ],
)
def test_headers_that_contradict_the_listing_are_refused_before_any_byte(server, tmp_path, headers, code):
    location = {"Location": f"http://{server.cdn_host}/cdn{WEIGHTS_PATH}"}
    server.faults[WEIGHTS_PATH] = always(302, headers={**location, **headers})
    assert refused(server, tmp_path).code == code


@pytest.mark.parametrize("body", [WEIGHTS + b"more", WEIGHTS[:-4]])
def test_another_length_than_the_listed_one_is_refused(server, tmp_path, body):
    server.faults["/cdn" + WEIGHTS_PATH] = always(200, body)
    assert refused(server, tmp_path).code == "download_wrong_size"


def test_more_bytes_than_announced_are_not_written(server, tmp_path):
    """Without Content-Length only counting helps: an endless body must not fill the disk."""

    def endless(handler: Handler) -> bool:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        try:
            while not server.release.is_set():
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass
        handler.close_connection = True
        return True

    server.faults["/cdn" + WEIGHTS_PATH] = endless
    assert refused(server, tmp_path).code == "download_wrong_size"
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.safetensors")) <= len(WEIGHTS)


@pytest.mark.parametrize(
    "place", ["bytes 0-9/10", f"bytes 0-1/{len(WEIGHTS)}", "bytes */*", "", "bytes 99999999999-1/x"]
)
def test_a_part_from_another_place_is_refused(server, tmp_path, place):
    first = cut_after(100_000)
    later = always(206, WEIGHTS[100_000:], {"Content-Range": place} if place else {})
    server.faults["/cdn" + WEIGHTS_PATH] = lambda handler: first(handler) or later(handler)
    assert refused(server, tmp_path).code == "download_wrong_size"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://models.example/model.safetensors", "download_not_encrypted"),
        ("http://huggingface.co/model.safetensors", "download_not_encrypted"),
        ("https://models.example/model.safetensors", "download_other_host"),
        ("https://huggingface.co@models.example/x", "download_other_host"),
        ("https://huggingface.co.models.example/x", "download_other_host"),
        ("https://evilhf.co/x", "download_other_host"),
        ("https://[::1]:1/x", "download_other_host"),
        ("https://192.168.0.1/x", "download_other_host"),
        ("http://localhost:1/x", "download_other_host"),
        ("file:///etc/passwd", "download_not_encrypted"),
        ("ftp://models.example/x", "download_not_encrypted"),
        ("//models.example/x", "download_not_encrypted"),
        ("https://models.example:99999/x", "download_other_host"),
    ],
)
@pytest.mark.parametrize("where", [WEIGHTS_PATH, LISTING])
def test_a_redirect_to_elsewhere_is_not_followed(server, tmp_path, where, location, code):
    server.faults[where] = redirect(location)
    assert refused(server, tmp_path).code == code


def test_a_redirect_in_circles_ends(server, tmp_path):
    server.faults[WEIGHTS_PATH] = redirect(WEIGHTS_PATH)
    assert refused(server, tmp_path).code == "download_other_host"
    assert len(server.asked(WEIGHTS_PATH)) <= 7


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://huggingface.co/api/models/x", True),
        ("https://HuggingFace.co:443/x", True),
        ("https://cdn-lfs-us-1.hf.co/x", True),
        ("https://us.gcp.cdn.hf.co/x", True),
        ("https://transfer.xethub.hf.co/x", True),
        ("http://huggingface.co/x", False),
        ("https://hf.co.models.example/x", False),
        ("https://nothf.co/x", False),
        ("https://127.0.0.1/x", False),
        ("http://127.0.0.1/x", False),
        ("", False),
    ],
)
def test_the_public_hub_and_its_cdn_are_all_that_is_talked_to(url, allowed):
    try:
        Hub().check(url)
    except DownloadRefused:
        assert not allowed
    else:
        assert allowed


@pytest.mark.parametrize("endpoint", ["http://models.example", "http://10.0.0.5:8000", "ftp://127.0.0.1"])
def test_a_hub_without_encryption_is_refused_unless_it_is_this_machine(tmp_path, endpoint):
    with pytest.raises(DownloadRefused) as refusal:
        pull(wanted(), tmp_path, hub=Hub(endpoint), patience=QUICK)
    assert refusal.value.code == "download_not_encrypted"


@pytest.mark.parametrize(
    "path",
    [
        "../model.safetensors", "a/../../model.safetensors", "/etc/model.safetensors", "C:model.safetensors",
        "C:\\model.safetensors", "a\\model.safetensors", "con.safetensors", "a/NUL/model.safetensors",
        "model.safetensors ", "a//model.safetensors", "model\x00.safetensors", "mo\u202edel.safetensors",
        "config.json", "CONFIG.JSON", ".hidden.safetensors", "x" * 300 + ".safetensors",
    ],
)  # fmt: skip
def test_a_listing_with_an_unsafe_name_is_refused(server, tmp_path, path):
    repo = server.repos[REPO]
    listing = repo.listing(REPO)
    listing["siblings"].append({**listing["siblings"][0], "rfilename": path})
    server.faults[LISTING] = always(200, json.dumps(listing).encode())
    refusal = refused(server, tmp_path, want=wanted(patterns=("*", "*/*", "*/*/*", "*/*/*/*")))
    assert refusal.code == "download_unsafe_name"
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"sha": None}, {"sha": "main"}, {"sha": "../../x"}, {"siblings": "no"}, {"siblings": [{}]},
        {"siblings": [{"rfilename": "config.json"}]},
        {"siblings": [{"rfilename": "config.json", "size": -1, "blobId": "0" * 40}]},
        {"siblings": [{"rfilename": "config.json", "size": 1, "blobId": "zz"}]},
        {"siblings": [{"rfilename": "config.json", "size": 1, "lfs": {"sha256": "short", "size": 1, "pointerSize": 1}}]},
        {"siblings": [{"rfilename": 7, "size": 1, "blobId": "0" * 40}]},
    ],
)  # fmt: skip
def test_a_listing_without_sizes_and_hashes_is_refused(server, tmp_path, change):
    listing = {**server.repos[REPO].listing(REPO), **change}
    server.faults[LISTING] = always(200, json.dumps(listing).encode())
    with pytest.raises(NunchiError) as refusal:
        bring(server, tmp_path)
    assert refusal.value.code in ("hub_answer_broken", "hub_model_not_found")
    assert len(server.seen) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"sha":'])
def test_a_listing_that_is_no_listing_is_refused(server, tmp_path, body):
    server.faults[LISTING] = always(200, body)
    assert refused(server, tmp_path).code == "hub_answer_broken"


def test_an_endless_listing_is_refused(server, tmp_path):
    server.faults[LISTING] = always(200, b'{"x":"' + b"y" * (17 << 20))
    assert refused(server, tmp_path).code == "hub_answer_broken"


class Waits:
    """Stands in for waiting: notes how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, stop: threading.Event, seconds: float) -> None:
        self.seconds.append(seconds)


def waiting(waits: Waits, **changes) -> Patience:
    return Patience(**{"connect": 2, "read": 2, "rest": waits, **changes})


def times(count: int, fault):
    """`fault` for the first `count` requests, then the right answer."""
    left = [count]

    def some(handler: Handler) -> bool:
        left[0] -= 1
        return left[0] >= 0 and fault(handler)

    return some


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("where", [LISTING, WEIGHTS_PATH, "/cdn" + WEIGHTS_PATH])
def test_a_busy_hub_is_given_the_time_it_asks_for(server, tmp_path, where, status):
    waits = Waits()
    server.faults[where] = times(2, always(status, headers={"Retry-After": "7"}))
    bring(server, tmp_path, patience=waiting(waits))
    assert waits.seconds == [7.0, 7.0]


def test_without_a_wish_of_the_hub_pauses_grow(server, tmp_path):
    waits = Waits()
    server.faults[WEIGHTS_PATH] = times(4, always(502))
    bring(server, tmp_path, patience=waiting(waits, tries=5))
    assert len(waits.seconds) == 4
    for wait, expected in zip(waits.seconds, [1, 2, 4, 8], strict=True):
        assert 0.75 * expected <= wait <= 1.25 * expected


def test_a_hub_that_stays_busy_ends_the_pull_and_what_came_is_kept(server, tmp_path):
    waits = Waits()
    first = cut_after(100_000)
    server.faults["/cdn" + WEIGHTS_PATH] = lambda handler: first(handler) or always(500)(handler)
    failure = refused(server, tmp_path, patience=waiting(waits, tries=3))
    assert failure.code == "hub_busy"
    assert failure.values["status"] == 500
    server.faults.clear()
    bring(server, tmp_path)
    assert server.asked("/cdn" + WEIGHTS_PATH)[-1].headers["Range"] == "bytes=100000-"


def test_a_hub_that_wants_us_back_in_an_hour_is_not_waited_for(server, tmp_path):
    waits = Waits()
    server.faults[LISTING] = always(429, headers={"Retry-After": "3600"})
    failure = refused(server, tmp_path, patience=waiting(waits))
    assert (failure.code, failure.values["seconds"]) == ("hub_busy", 3600)
    assert waits.seconds == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("0", 0.0), ("120", 120.0), ("", None), ("soon", None), ("-5", None), ("１２", None), ("1e9", None)],
)
def test_retry_after_in_seconds(header, seconds):
    assert retry_after(header, 0.0) == seconds


def test_retry_after_as_a_date():
    now = 1_800_000_000.0
    assert retry_after(email.utils.formatdate(now + 90, usegmt=True), now) == 90.0
    assert retry_after(email.utils.formatdate(now - 90, usegmt=True), now) == 0.0


def test_an_answer_that_never_comes_ends_in_slow(server, tmp_path):
    server.faults[WEIGHTS_PATH] = lambda handler: server.release.wait(20)
    failure = refused(server, tmp_path, patience=waiting(Waits(), read=0.05, tries=2))
    assert failure.code == "hub_slow"


def test_a_body_that_stalls_is_taken_up_again(server, tmp_path):
    def stall(handler: Handler) -> bool:
        handler.answer(200, WEIGHTS[:50_000], length=len(WEIGHTS))
        handler.wfile.flush()
        server.release.wait(20)
        return True

    server.faults["/cdn" + WEIGHTS_PATH] = times(1, stall)
    bring(server, tmp_path, patience=waiting(Waits(), read=0.2))
    assert [request.headers.get("Range") for request in server.asked("/cdn" + WEIGHTS_PATH)] == [
        None, "bytes=50000-",
    ]  # fmt: skip


def test_a_drip_counts_as_slow_and_a_stream_does_not():
    now = [0.0]
    patience = Patience(slowest=1000, slow_after=10)
    drip, stream = (Pace(patience, clock=lambda: now[0]) for _ in range(2))
    for second in range(1, 10):
        now[0] = float(second)
        assert not drip.too_slow(10)
        assert not stream.too_slow(2000)
    now[0] = 10.0
    assert drip.too_slow(10)
    assert not stream.too_slow(2000)


def test_no_hub_at_all(tmp_path):
    with pytest.raises(DownloadFailed) as failure:
        pull(wanted(), tmp_path, hub=Hub("http://127.0.0.1:9"), patience=QUICK)
    assert failure.value.code == "hub_unreachable"
    assert failure.value.values["host"] == "127.0.0.1"


@pytest.mark.parametrize("status", [400, 410, 451, 418])
def test_any_other_answer_is_not_asked_twice(server, tmp_path, status):
    server.faults[WEIGHTS_PATH] = always(status)
    assert refused(server, tmp_path).code == "hub_said_no"
    assert len(server.asked(WEIGHTS_PATH)) == 1


def test_an_address_of_the_cdn_that_expired_is_asked_for_again(server, tmp_path):
    waits = Waits()
    server.faults["/cdn" + WEIGHTS_PATH] = times(1, always(403))
    bring(server, tmp_path, patience=waiting(waits))
    assert len(waits.seconds) == 1
    assert (
        len(server.asked("/Tiny/resolve/" + WEIGHTS_PATH.split("/resolve/")[1])) == 4
    )  # hub and CDN, twice each


def test_another_commit_than_the_pinned_one_is_refused(server, tmp_path):
    pinned = server.repos[REPO].commit
    listing = {**server.repos[REPO].listing(REPO), "sha": "f" * 40}
    server.faults[LISTING.replace("main", pinned)] = always(200, json.dumps(listing).encode())
    assert refused(server, tmp_path, want=wanted(revision=pinned)).code == "hub_answer_broken"


def test_a_file_that_is_listed_but_not_there(server, tmp_path):
    server.faults[CONFIG_PATH] = always(404)
    refusal = refused(server, tmp_path)
    assert (refusal.code, refusal.values["file"]) == ("hub_file_missing", "config.json")


def test_attempts_that_bring_something_do_not_count_as_failed():
    ends = iter([Setback("hub_cut_off", progressed=True)] * 20 + [None])

    def attempt() -> str:
        if end := next(ends):
            raise end
        return "whole"

    assert persist(attempt, waiting(Waits(), tries=2), threading.Event()) == "whole"


def test_a_disk_too_small_is_told_before_the_first_byte(server, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "free", lambda folder: store.ROOM_TO_SPARE + len(WEIGHTS) - 1)
    failure = refused(server, tmp_path)
    assert failure.code == "disk_full"
    assert failure.values["free_mb"] <= failure.values["needed_mb"]
    assert len(server.seen) == 1  # the listing


def test_what_is_already_there_needs_no_room(server, tmp_path, monkeypatch):
    staged = store.staged(tmp_path, NAME)
    staged.mkdir()
    (staged / "model.safetensors").write_bytes(WEIGHTS)
    monkeypatch.setattr(store, "free", lambda folder: store.ROOM_TO_SPARE + 2 * len(CONFIG))
    bring(server, tmp_path)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("at", [0, 1, 5])
def test_a_disk_that_fills_up_underway(server, tmp_path, monkeypatch, number, at):
    """GIVEN a disk that is full after some writes WHEN there is room again THEN the pull goes on."""
    real, count = transfer.write, [0]

    def full(stream, chunk):
        if stream.name.endswith(".safetensors"):
            count[0] += 1
            if count[0] > at:
                raise OSError(number, "No space left on device")
        real(stream, chunk)

    monkeypatch.setattr(transfer, "write", full)
    failure = refused(server, tmp_path)
    assert failure.code == "disk_full"
    kept = (store.staged(tmp_path, NAME) / "model.safetensors").stat().st_size
    assert (kept > 0) == (at > 0)
    monkeypatch.setattr(transfer, "write", real)
    bring(server, tmp_path)
    assert verify(tmp_path / NAME, full=True)
    if at:
        assert server.asked("/cdn" + WEIGHTS_PATH)[-1].headers["Range"] == f"bytes={kept}-"


@pytest.mark.parametrize("number", [errno.EIO, errno.EROFS])
def test_a_disk_that_fails(server, tmp_path, monkeypatch, number):
    def broken(stream, chunk):
        raise OSError(number, "broken")

    monkeypatch.setattr(transfer, "write", broken)
    failure = refused(server, tmp_path)
    assert (failure.code, failure.values["reason"]) == ("storage_failed", "broken")


def test_a_write_that_changes_bytes_is_found_before_the_model_is_installed(server, tmp_path, monkeypatch):
    """The manifest is made from the disk, not from what was hashed on its way there."""
    real = transfer.write
    monkeypatch.setattr(transfer, "write", lambda stream, chunk: real(stream, chunk[:-1] + b"?"))
    assert refused(server, tmp_path).code == "download_wrong_bytes"


def test_a_file_that_was_whole_before_is_flushed_too(server, tmp_path, monkeypatch):
    """A pull that was killed between the last write and the flush has left a file the disk may not have."""
    staged = store.staged(tmp_path, NAME)
    staged.mkdir()
    (staged / "model.safetensors").write_bytes(WEIGHTS)
    flushed = []
    monkeypatch.setattr(transfer, "flush", lambda path: flushed.append(path.name))
    bring(server, tmp_path)
    assert sorted(flushed) == ["config.json", "model.safetensors"]
    assert not server.asked("model.safetensors")


def test_an_empty_file_is_a_file(server, tmp_path):
    server.repos[REPO].files["empty.json"] = b""
    bring(server, tmp_path)
    assert (tmp_path / NAME / "empty.json").read_bytes() == b""


def test_a_link_in_the_staged_folder_is_not_followed(server, tmp_path):
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    staged = store.staged(tmp_path / "models", NAME)
    staged.mkdir(parents=True)
    try:
        (staged / "model.safetensors").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no links here")
    bring(server, tmp_path / "models")
    assert outside.read_bytes() == b"mine"
    assert not (tmp_path / "models" / NAME / "model.safetensors").is_symlink()
