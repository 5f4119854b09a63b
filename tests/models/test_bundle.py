"""Bundles: the same bytes for the same model, whole on the other side, and nothing believed on the way."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import random
import stat
import struct
import threading
import zipfile
from pathlib import Path

import pytest

from assistant.errors import BadInput, ModelMissing, NunchiError, Stopped
from models import store
from models.bundle import SUFFIX, look_into, pack, unpack, unpacking
from models.manifest import verify, write_manifest
from models.origin import Origin, read_origin, write_origin

NAME = "tiny"
ORIGIN = Origin(
    "Nunchi/Tiny", "0" * 40, "Tiny", "https://models.example/licence", "Powered by Tiny", accept=True
)


def make_model(folder: Path, weights: bytes = b"weights" * 300, **more: bytes) -> Path:
    (folder / "sub").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "config.json").write_bytes(b"{}")
    (folder / "sub" / "한국어.txt").write_bytes("어절".encode())
    (folder / "LICENSE").write_bytes(b"Apache License 2.0")
    for name, body in more.items():
        (folder / name.replace("__", ".")).write_bytes(body)
    write_origin(folder, ORIGIN)
    write_manifest(folder, name=NAME, version="1", licence="Tiny licence", revision="0" * 40)
    return folder


@pytest.fixture
def model(tmp_path) -> Path:
    return make_model(tmp_path / "made" / NAME)


@pytest.fixture
def bundle(model, tmp_path) -> Path:
    return pack(model, tmp_path)


@pytest.fixture
def models(tmp_path) -> Path:
    return tmp_path / "data" / "models"


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_is_packed_comes_out_the_same(model, bundle, models):
    manifest = unpack(bundle, models)
    assert files(models / NAME) == files(model)
    assert verify(models / NAME, full=True) == manifest
    assert read_origin(models / NAME) == ORIGIN
    assert {path.name for path in models.iterdir()} == {NAME, ".locks"}


def test_a_bundle_shows_its_terms_before_anything_is_unpacked(bundle):
    contents = look_into(bundle)
    assert (contents.manifest.name, contents.title, contents.licence) == (NAME, "Tiny", "Tiny licence")
    assert (contents.notice, contents.accept) == ("Powered by Tiny", True)
    assert contents.licence_address == "https://models.example/licence"
    assert contents.code == ()


def test_the_same_model_packs_to_the_same_bytes(model, tmp_path):
    again = make_model(tmp_path / "again" / NAME)
    (again / "config.json").touch()
    first, second = pack(model, tmp_path / f"a{SUFFIX}"), pack(again, tmp_path / f"b{SUFFIX}")
    assert first.read_bytes() == second.read_bytes()


def test_a_bundle_is_a_zip_of_stored_plain_files_with_forward_slashes(bundle):
    with zipfile.ZipFile(bundle) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [
            "bundle.json", "model/manifest.json", "model/LICENSE", "model/config.json", "model/model.safetensors",
            "model/origin.json", "model/sub/한국어.txt",
        ]  # fmt: skip
        for entry in opened.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert stat.S_ISREG(entry.external_attr >> 16)


def test_a_model_that_is_not_whole_is_not_packed(model, tmp_path):
    (model / "config.json").write_bytes(b"[]")
    with pytest.raises(ModelMissing) as refusal:
        pack(model, tmp_path / "out")
    assert refusal.value.code == "model_file_altered"
    assert not (tmp_path / "out").exists()


def test_packing_can_be_stopped_and_leaves_nothing(model, tmp_path):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        pack(model, tmp_path / f"x{SUFFIX}", stop=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_packing_and_unpacking_tell_how_far_they_are(model, tmp_path, models):
    packed, unpacked = [], []
    bundle = pack(model, tmp_path, progress=lambda done, total: packed.append((done, total)))
    manifest = unpack(bundle, models, progress=lambda done, total: unpacked.append((done, total)))
    assert packed[-1] == unpacked[-1] == (manifest.size, manifest.size)
    assert packed == sorted(packed)


def test_a_disk_too_small_is_told_before_anything_is_written(model, bundle, models, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "free", lambda folder: store.ROOM_TO_SPARE)
    for attempt in (lambda: unpack(bundle, models), lambda: pack(model, tmp_path / "new")):
        with pytest.raises(store.StoreFailed) as failure:
            attempt()
        assert failure.value.code == "disk_full"
    assert not models.joinpath(NAME).exists()


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "storage_failed")])
def test_a_disk_that_fails_underway_leaves_the_older_model(bundle, models, monkeypatch, number, code):
    unpack(bundle, models)
    before = files(models / NAME)

    def fail(stream, chunk):
        raise OSError(number, "no")

    monkeypatch.setattr(unpacking, "write", fail)
    with pytest.raises(store.StoreFailed) as failure:
        unpack(bundle, models)
    assert failure.value.code == code
    assert files(models / NAME) == before
    assert store.partials(models) == []


def test_unpacking_can_be_stopped_and_the_older_model_stays(bundle, models):
    unpack(bundle, models)
    stop = threading.Event()
    with pytest.raises(Stopped):
        unpack(bundle, models, stop=stop, progress=lambda done, total: stop.set())
    assert verify(models / NAME)
    assert store.partials(models) == []


def test_a_newer_bundle_replaces_the_model_and_nothing_of_the_old_one_stays(bundle, models, tmp_path):
    unpack(bundle, models)
    newer = make_model(tmp_path / "newer" / NAME, b"other weights", extra__json=b"{}")
    unpack(pack(newer, tmp_path / f"newer{SUFFIX}"), models)
    assert files(models / NAME) == files(newer)


def test_code_comes_only_with_consent(tmp_path, models):
    bundle = pack(make_model(tmp_path / "code" / NAME, modeling_tiny__py=b"import os"), tmp_path)
    assert look_into(bundle).code == ("modeling_tiny.py",)
    with pytest.raises(BadInput) as refusal:
        unpack(bundle, models)
    assert refusal.value.code == "bundle_code"
    unpack(bundle, models, allow_code=True)


def test_pickled_weights_are_refused_even_when_the_list_is_right(tmp_path, models):
    folder = tmp_path / "pickled" / NAME
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"\x80\x04evil")
    write_manifest(folder, name=NAME, version="1", licence="x")
    with pytest.raises(ModelMissing) as refusal:
        unpack(pack(folder, tmp_path), models)
    assert refusal.value.code == "model_format_refused"
    assert not (models / NAME).exists()


# What follows is made by hand: bundles that `pack` would never write.


def crafted(to: Path, entries: dict[str, bytes] | None = None, **card: object) -> Path:
    """A bundle with a consistent list for `entries` (names inside the model), each changed by what is in `card`."""
    entries = entries or {"model.safetensors": b"weights"}
    told = json.dumps({
        "name": NAME, "version": "1", "licence": "x", "revision": "",
        "files": [
            {"path": name, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
            for name, body in entries.items()
        ],
    }).encode()  # fmt: skip
    head = {
        "format": "nunchi-model", "version": 1, "name": NAME, "title": "", "licence": "x", "licence_address": "",
        "notice": "", "accept": False, "manifest_sha256": hashlib.sha256(told).hexdigest(), **card,
    }  # fmt: skip
    with zipfile.ZipFile(to, "w") as opened:
        opened.writestr("bundle.json", json.dumps(head))
        opened.writestr("model/manifest.json", told)
        for name, body in entries.items():
            opened.writestr(raw_name("model/" + name), body)
    return to


def raw_name(name: str) -> zipfile.ZipInfo:
    """An entry of exactly that name: the constructor would cut it at NUL."""
    entry = zipfile.ZipInfo("x")
    entry.filename = name
    return entry


def refusal(bundle: Path, models: Path) -> NunchiError:
    """The refusal of a bundle, which must not have written a file anywhere."""
    before = {path for path in models.parent.parent.rglob("*") if path.is_file()}
    with pytest.raises(NunchiError) as caught:
        unpack(bundle, models, allow_code=True)
    with pytest.raises(NunchiError):
        look_into(bundle)
    after = {path for path in models.parent.parent.rglob("*") if path.is_file() and path.suffix != ".lock"}
    assert after <= before
    return caught.value


def test_a_crafted_bundle_without_fault_is_taken(tmp_path, models):
    """Else the tests below would show nothing."""
    unpack(crafted(tmp_path / "b"), models)
    assert verify(models / NAME)


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "../../outside", "sub/../../outside", "/outside", "//server/share", "C:/outside", "c:outside",
        "..\\outside", "sub\\file", "\\\\server\\share", "file\0.txt", "file\n.txt", "file:stream", "con", "NUL.txt",
        "COM1", "lpt9.json", "aux.safetensors", "COM¹.txt", "trailing.", "trailing ", "a/./b", "a//b", ".hidden",
        "~/x", "x?y", "x*y", "a|b", 'a"b', "a<b", "x" * 200, "d/" * 300 + "x", "run.exe", "lib.so.1", "x.pkl",
        "start.bat", "\u202egnp.exe", "weights.pt",
    ],
)  # fmt: skip
def test_an_unsafe_name_is_refused(tmp_path, models, name):
    outside = tmp_path / "outside"
    bundle = crafted(tmp_path / "b", {"model.safetensors": b"weights", name: b"mine"})
    assert refusal(bundle, models).code == "bundle_unsafe"
    assert not outside.exists()


@pytest.mark.parametrize(
    "names",
    [
        ("config.json", "CONFIG.json"), ("a", "a/b"), ("A/b", "a"), ("\uac00.txt", "\u1100\u1161.txt"),
        ("straße", "STRASSE"), ("ﬁle", "file"),
    ],
)  # fmt: skip
def test_names_that_fall_together_on_some_system_are_refused(tmp_path, models, names):
    bundle = crafted(tmp_path / "b", {"model.safetensors": b"weights", names[0]: b"1", names[1]: b"2"})
    assert refusal(bundle, models).code == "bundle_unsafe"


def test_the_same_name_twice_is_refused(tmp_path, models):
    bundle = crafted(tmp_path / "b")
    with zipfile.ZipFile(bundle, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr("model/model.safetensors", b"weights")
    assert refusal(bundle, models).code == "bundle_unsafe"


def test_links_and_other_things_that_are_no_files_are_refused(tmp_path, models):
    for kind in (stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK):
        bundle = crafted(tmp_path / "b")
        entry = zipfile.ZipInfo("model/link")
        entry.external_attr = (kind | 0o777) << 16
        with zipfile.ZipFile(bundle, "a") as opened:
            opened.writestr(entry, b"/etc/passwd")
        assert refusal(bundle, models).code == "bundle_unsafe"


def test_a_folder_entry_is_refused(tmp_path, models):
    bundle = crafted(tmp_path / "b")
    with zipfile.ZipFile(bundle, "a") as opened:
        opened.writestr("model/sub/", b"")
    assert refusal(bundle, models).values["reason"] == "not_a_file"


def test_a_file_beyond_the_list_and_a_listed_file_that_is_missing(tmp_path, models):
    bundle = crafted(tmp_path / "b")
    with zipfile.ZipFile(bundle, "a") as opened:
        opened.writestr("model/extra.json", b"{}")
    assert refusal(bundle, models).values["reason"] == "not_listed"
    with zipfile.ZipFile(bundle, "a") as opened:
        opened.writestr("extra.json", b"{}")
    assert refusal(bundle, models).code == "bundle_unsafe"
    lacking = rewritten(
        crafted(tmp_path / "c", {"model.safetensors": b"w", "config.json": b"{}"}), drop="config.json"
    )
    assert refusal(lacking, models).values["reason"] == "missing"


def rewritten(bundle: Path, drop: str = "", **changes: bytes) -> Path:
    """The bundle again with other bodies, or without one, and its list as it was."""
    with zipfile.ZipFile(bundle) as opened:
        bodies = {entry.filename: opened.read(entry) for entry in opened.infolist()}
    with zipfile.ZipFile(bundle, "w") as opened:
        for name, body in bodies.items():
            if name != f"model/{drop}":
                opened.writestr(name, changes.get(name.replace("/", "_").replace(".", "_"), body))
    return bundle


def test_every_flipped_byte_of_a_body_is_found(bundle, models):
    """Also where the checksum of the zip is made to fit: the hash of the list decides."""
    body = bytearray(b"weights" * 300)
    for position in (0, 1000, len(body) - 1):
        body[position] ^= 1
        rewritten(bundle, model_model_safetensors=bytes(body))
        with pytest.raises(BadInput) as caught:
            unpack(bundle, models)
        assert (caught.value.code, caught.value.values["file"]) == ("bundle_altered", "model.safetensors")
        assert not (models / NAME).exists()


def test_a_changed_list_is_found(bundle, models):
    assert refusal(rewritten(bundle, model_manifest_json=b"{}"), models).code == "bundle_altered"


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ({"version": 2}, "bundle_broken"), ({"format": "zip"}, "bundle_broken"), ({"title": 7}, "bundle_broken"),
        ({"accept": "no"}, "bundle_broken"), ({"notice": None}, "bundle_broken"), ({"name": "other"}, "bundle_broken"),
        ({"name": "../x"}, "bundle_broken"), ({"name": "con"}, "bundle_broken"), ({"licence": "y"}, "bundle_broken"),
        ({"manifest_sha256": "0" * 64}, "bundle_altered"), ({"manifest_sha256": None}, "bundle_altered"),
    ],
)  # fmt: skip
def test_a_card_that_does_not_fit_is_refused(tmp_path, models, card, code):
    assert refusal(crafted(tmp_path / "b", **card), models).code == code


def test_a_compressed_entry_is_refused_and_so_is_a_bomb(tmp_path, models):
    bundle = crafted(tmp_path / "b", {"model.safetensors": b"weights"})
    with zipfile.ZipFile(bundle, "a") as opened:
        opened.writestr("model/bomb", b"\0" * (50 << 20), zipfile.ZIP_DEFLATED, 9)
    assert bundle.stat().st_size < 1 << 20
    assert refusal(bundle, models).values["reason"] == "compressed"


def central(bundle: Path, name: str, field: int, size: str, value: int) -> None:
    """Overwrite a number in the list of entries at the end of the zip."""
    raw = bytearray(bundle.read_bytes())
    at = raw.rindex(name.encode()) - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    struct.pack_into(size, raw, at + field, value)
    bundle.write_bytes(raw)


def test_a_size_that_lies_is_refused(tmp_path, models):
    for size in (0, 6, 8, 1 << 31):
        bundle = crafted(tmp_path / "b")
        central(bundle, "model/model.safetensors", 20, "<I", size)
        central(bundle, "model/model.safetensors", 24, "<I", size)
        assert refusal(bundle, models).code in ("bundle_altered", "bundle_broken", "bundle_unsafe")


def test_entries_that_share_their_bytes_are_refused(tmp_path, models):
    """One body under many names is how a small file becomes a large folder."""
    bundle = crafted(tmp_path / "b", {"model.safetensors": b"weights", "other.json": b"weights"})
    with zipfile.ZipFile(bundle) as opened:
        there = opened.getinfo("model/model.safetensors").header_offset
    central(bundle, "model/other.json", 42, "<I", there)
    assert refusal(bundle, models).code in ("bundle_unsafe", "bundle_broken")


def test_an_encrypted_entry_is_refused(tmp_path, models):
    bundle = crafted(tmp_path / "b")
    central(bundle, "model/model.safetensors", 8, "<H", 1)
    assert refusal(bundle, models).values["reason"] == "encrypted"


def test_a_list_of_entries_longer_than_any_of_ours_is_not_read(tmp_path, models):
    bundle = tmp_path / "b"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 64 << 20, 0, 0)
    with bundle.open("wb") as stream:
        stream.truncate(64 << 20)
        stream.seek(0, 2)
        stream.write(end)
    assert refusal(bundle, models).code == "bundle_broken"


@pytest.mark.parametrize(
    "body", [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + b"\0" * 18, b"\0" * 70_000]
)
def test_what_is_no_zip_is_refused(tmp_path, models, body):
    bundle = tmp_path / "b"
    bundle.write_bytes(body)
    assert refusal(bundle, models).code == "bundle_broken"


def test_a_bundle_that_is_not_there(tmp_path, models):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(BadInput) as caught:
            unpack(path, models)
        assert caught.value.code == "bundle_missing"


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """`raw` with one to three wounds: bytes flipped, cut, repeated, swapped, or numbers blown up."""
    wounded = bytearray(raw)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(wounded))
        until = min(len(wounded), at + dice.choice((1, 2, 4, 8, 64)))
        match dice.randrange(6):
            case 0:
                wounded[at] ^= 1 << dice.randrange(8)
            case 1:
                del wounded[at:until]
            case 2:
                wounded[at:at] = wounded[at:until]
            case 3:
                wounded[at:until] = dice.randbytes(until - at)
            case 4:
                wounded[at:until] = b"\xff" * (until - at)
            case _:
                wounded = wounded[: max(1, at)]
    return bytes(wounded)


def test_five_hundred_mutated_bundles(tmp_path):
    """Each is refused with a code, or (where the wound missed everything that counts) is the same model."""
    around = tmp_path / "around"
    models = around / "data" / "models"
    source = make_model(around / "made" / NAME, b"weights")
    raw = pack(source, around).read_bytes()
    before = files(around)
    dice = random.Random(20)
    wounded = around / f"wounded{SUFFIX}"
    refused = 0
    for _ in range(500):
        wounded.write_bytes(mutated(raw, dice))
        try:
            unpack(wounded, models)
        except NunchiError as error:
            assert error.code.startswith(("bundle_", "model_"))
            refused += 1
        else:
            assert files(models / NAME) == files(source)
            store.remove(models, NAME)
        wounded.unlink()
        left = {path: body for path, body in files(around).items() if ".locks/" not in path}
        assert left == before
    assert refused > 400


def test_a_bundle_made_on_windows_opens_here(model, tmp_path, models):
    """Entries that name Windows as their maker carry no file kind; names have forward slashes there too."""
    written = io.BytesIO()
    with zipfile.ZipFile(pack(model, tmp_path)) as opened, zipfile.ZipFile(written, "w") as again:
        for entry in opened.infolist():
            other = zipfile.ZipInfo(entry.filename, (2026, 11, 24, 6, 0, 0))
            other.create_system, other.external_attr = 0, 0x20
            again.writestr(other, opened.read(entry))
    bundle = tmp_path / f"windows{SUFFIX}"
    bundle.write_bytes(written.getvalue())
    unpack(bundle, models)
    assert files(models / NAME) == files(model)
