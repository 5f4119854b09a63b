"""A pull that is killed, fifty times and at every step: no half model is ever listed, the next pull goes on."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from huggingface_hub import hf_api  # noqa: F401

from assistant.errors import NunchiError
from models import store
from models.catalogue import installed
from models.fetch import Hub, Patience, line, pull, pulling, transfer
from models.manifest import verify
from tests.models.hub import Handler, HubServer, Repo, running_hub
from tests.models.test_fetch import NAME, REPO, wanted

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

BODY = random.Random(6).randbytes(1 << 20)
OLD, NEW = "0" * 40, "1" * 40
PATIENCE = Patience(connect=5, read=5)


@pytest.fixture
def server():
    with running_hub() as running:
        files = {
            "config.json": b'{"model_type": "tiny"}',
            "model.safetensors": BODY[:200_000],
            "tokenizer.json": BODY[:9999],
        }
        running.repos[REPO] = Repo(files, {"model.safetensors"}, commit=NEW)
        line._trusted()  # here, not once in every child
        yield running


@pytest.fixture
def models(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path))
    return tmp_path / "models"


def killed(server: HubServer, models: Path, before: Callable[[], None]) -> bool:
    """Pull in a child process; `before` arranges its death there. Whether it died of it."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            before()
            pull(wanted(), models, hub=Hub(server.endpoint, (server.cdn_host,)), patience=PATIENCE)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def listed(models: Path) -> list[str]:
    """Names of the person's models, each of them whole and usable."""
    names = []
    for entry in installed():
        if not entry.bundled:
            assert entry.broken is None
            verify(entry.folder, full=True)
            names.append(entry.name)
    return names


def dying_at(step: int) -> Callable[[], None]:
    """Die right before the `step`-th time the pull writes, flushes, renames or deletes."""

    def arrange() -> None:
        left = [step]

        def counted(real):
            def call(*values, **named):
                left[0] -= 1
                if left[0] < 0:
                    die()
                return real(*values, **named)

            return call

        transfer.write = counted(transfer.write)
        store.flush = transfer.flush = counted(store.flush)
        store._delete = counted(store._delete)
        pulling.write_manifest = counted(pulling.write_manifest)
        Path.replace = counted(Path.replace)
        Path.unlink = counted(Path.unlink)

    return arrange


def dying_after(count: int) -> Callable[[], None]:
    """Die in the middle of the download, when `count` bytes have come in this process."""

    def arrange() -> None:
        real, come = transfer.write, [0]

        def note(stream, chunk):
            real(stream, chunk)
            come[0] += len(chunk)
            if come[0] >= count:
                die()

        transfer.write = note

    return arrange


def test_killed_before_every_step_of_a_first_pull(server, models):
    """GIVEN no model WHEN the pull dies at step n THEN there is none, or (at the last steps) the whole one."""
    steps = 0
    while killed(server, models, dying_at(steps)):
        found = listed(models)
        assert found in ([], [NAME])
        steps += 1
        if found:
            store.remove(models, NAME)
    assert steps > 10
    assert listed(models) == [NAME]


def test_killed_before_every_step_of_a_replacement(server, models):
    """The older model answers until the new one does, and after a crash between the two renames again."""
    server.repos[REPO].commit = OLD
    pull(wanted(), models, hub=Hub(server.endpoint, (server.cdn_host,)), patience=PATIENCE)
    server.repos[REPO].commit = NEW
    steps = 0
    while killed(server, models, dying_at(steps)):
        store.tidy(models)
        assert listed(models) == [NAME]
        steps += 1
    assert steps > 10
    assert verify(models / NAME).revision == NEW
    assert {path.name for path in models.iterdir()} == {NAME, ".locks"}


def test_killed_fifty_times_during_downloads(server, models):
    """Wherever the download was, the list is right and the next pull goes on with what had come."""
    server.repos[REPO].files["model.safetensors"] = BODY
    dice = random.Random(16)
    kills = 0
    while kills < 50:
        if killed(server, models, dying_after(dice.randrange(1, 2 * len(BODY)))):
            kills += 1
            assert listed(models) == []
        else:
            assert listed(models) == [NAME]
            store.remove(models, NAME)
    asked = server.asked(f"/cdn/{REPO}/resolve/{NEW}/model.safetensors")
    assert len([request for request in asked if "Range" in request.headers]) >= 25
    pull(wanted(), models, hub=Hub(server.endpoint, (server.cdn_host,)), patience=PATIENCE)
    assert listed(models) == [NAME]


def test_a_killed_pull_costs_only_what_had_not_arrived(server, models):
    """GIVEN a pull that died halfway WHEN it is started again THEN the hub sends the rest only."""
    server.repos[REPO].files["model.safetensors"] = BODY
    half = len(BODY) // 2

    def stall(handler: Handler) -> bool:
        handler.answer(200, BODY[:half], length=len(BODY))
        handler.wfile.flush()
        server.release.wait(20)
        return True

    path = f"/cdn/{REPO}/resolve/{NEW}/model.safetensors"
    server.faults[path] = stall
    assert killed(server, models, dying_after(half + 9999))
    server.faults.clear()
    pull(wanted(), models, hub=Hub(server.endpoint, (server.cdn_host,)), patience=PATIENCE)
    begun = int(server.asked(path)[-1].headers["Range"].removeprefix("bytes=").rstrip("-"))
    assert half - transfer.BUFFER <= begun <= half


def test_a_lock_dies_with_the_pull_that_held_it(server, models):
    assert killed(server, models, dying_at(3))
    with store.hold(models, NAME):
        pass


def test_stale_leftovers_go_and_fresh_ones_stay(server, models):
    assert killed(server, models, dying_at(4))
    [staged] = store.partials(models)
    assert store.sweep(models) == []
    later = staged.stat().st_mtime + 8 * 24 * 3600
    with store.hold(models, NAME):
        assert store.sweep(models, now=later) == []  # somebody works on it
    weight = store.size_on_disk(staged)
    assert store.sweep(models, now=later) == [(staged.name, weight)]
    assert not staged.exists()


def test_a_model_can_be_removed_and_nothing_of_it_stays(server, models):
    pull(wanted(), models, hub=Hub(server.endpoint, (server.cdn_host,)), patience=PATIENCE)
    freed = store.remove(models, NAME)
    assert freed > 200_000
    assert listed(models) == []
    assert {path.name for path in models.iterdir()} == {".locks"}
    with pytest.raises(NunchiError) as refusal:
        store.remove(models, NAME)
    assert refusal.value.code == "model_not_installed"


@pytest.mark.parametrize("step", range(4))
def test_a_removal_that_is_killed_never_leaves_half_a_model_listed(server, models, step):
    pull(wanted(), models, hub=Hub(server.endpoint, (server.cdn_host,)), patience=PATIENCE)
    child = os.fork()
    if child == 0:
        try:
            dying_at(step)()
            store.remove(models, NAME)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert listed(models) in ([], [NAME])
    store.tidy(models)
    assert {path.name for path in models.iterdir()} <= {NAME, ".locks"}


def test_a_replacement_another_program_is_in_the_middle_of_is_left_alone(models):
    """Between its two renames the model has no folder of its name; only its owner may put one there."""
    (models / f".replaced-{NAME}").mkdir(parents=True)
    with store.hold(models, NAME):
        store.tidy(models)
        assert not (models / NAME).exists()
    store.tidy(models)
    assert (models / NAME).exists()


def test_a_model_that_is_only_a_link_is_removed_without_what_it_points_to(models, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "model.safetensors").write_bytes(b"mine")
    models.mkdir(parents=True)
    (models / NAME).symlink_to(elsewhere, target_is_directory=True)
    store.remove(models, NAME)
    assert not (models / NAME).is_symlink()
    assert (elsewhere / "model.safetensors").read_bytes() == b"mine"


def test_a_later_pull_of_any_model_sweeps_what_is_older_than_a_week(server, models):
    stale, fresh = store.staged(models, "stale"), store.staged(models, "fresh")
    for folder in (stale, fresh):
        folder.mkdir(parents=True)
        (folder / "model.safetensors").write_bytes(b"half")
    long_ago = 1_700_000_000
    for path in (stale / "model.safetensors", stale):
        os.utime(path, (long_ago, long_ago))
    pull(wanted(), models, hub=Hub(server.endpoint, (server.cdn_host,)), patience=PATIENCE)
    assert (stale.exists(), fresh.exists()) == (False, True)
