"""The packaged program as a person gets it: whole, offline, and telling what is missing when a file is taken away."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.installed_files import damaged

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
NAME = "nunchi.exe" if os.name == "nt" else "nunchi"


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "LD_LIBRARY"))}
    kept |= {"HOME": str(home), "NUNCHI_DATA": str(home / "data"), "NUNCHI_CONFIG": str(home / "config"),
             "XDG_CONFIG_HOME": str(home / "xdg"), "XDG_RUNTIME_DIR": str(home)}  # fmt: skip
    return kept | more


def without_network() -> list[str]:
    """A prefix that leaves only an empty network behind, where this system and this person can do that."""
    prefix = (
        ["unshare", "--map-root-user", "--net"]
        if sys.platform == "linux" and os.geteuid()
        else ["unshare", "--net"]
    )
    if sys.platform != "linux" or not shutil.which("unshare"):
        return []
    return (
        prefix if subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0 else []
    )


def started(bundle: Path, home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [*without_network(), str(bundle / NAME), *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=300,
                          env=environment(home, **more), cwd=home)  # fmt: skip


def copied(bundle: Path, to: Path) -> Path:
    """The bundle by hard links: taking a file away there leaves ours alone."""
    shutil.copytree(bundle, to, symlinks=True, copy_function=os.link)
    return to


def test_every_data_file_of_the_sources_is_in_the_bundle(bundle: Path) -> None:
    import contents

    def digest(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""

    missing = [path.as_posix() for path in contents.data_files()
               if digest(ROOT / path) != digest(bundle / "_internal" / path)]  # fmt: skip
    assert not missing, "not in the bundle, or another version of it; build it again"


def test_the_kinds_of_data_are_there(bundle: Path) -> None:
    inside = bundle / "_internal"
    for pattern in ("faster_whisper/assets/silero_vad*.onnx", "models/bundled/*/manifest.json", "assistant/messages_ko.toml",
                    "assistant/messages_en.toml", "desktop/icons/*.svg", "THIRD-PARTY-NOTICES.txt", "contents.json",
                    "PySide6/**/qtbase_ko.qm", "nunchi_desktop-*.dist-info/METADATA"):  # fmt: skip
        assert any(inside.glob(pattern)), pattern


def test_nothing_is_damaged(bundle: Path) -> None:
    assert damaged(bundle / "_internal", every_byte=True) == ()


def test_what_must_not_ship_does_not(bundle: Path) -> None:
    names = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]
    unwanted = ("torch/", "transformers/", "/av/", "hf_xet", "openvino_telemetry", "/pip/", "/pytest", "tests/", "checkpoint/",
                "libx264", "libx265", "libreadline", "upx", "direct_url.json", "/models/train", "safetensors")  # fmt: skip
    assert [name for name in names if any(part in f"/{name}/" for part in unwanted)] == []


def test_the_papers_are_about_what_ships(bundle: Path) -> None:
    """GIVEN the lock and the bundle, THEN both name the same packages, and each has a licence in the notices."""
    import contents
    import sbom

    def normal(name: str) -> str:
        return name.replace("_", "-").lower()

    told = sbom.bill(bundle / "_internal")["components"]
    shipped = {(normal(one["name"]), one["version"]) for one in told if one.get("purl")}
    assert shipped == {(normal(name), version) for name, version in contents.locked()}
    notices = (bundle / "_internal" / "THIRD-PARTY-NOTICES.txt").read_text("utf-8")
    assert not [one["name"] for one in told if one["name"] not in notices]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in notices and "Mozilla Public License" in notices


def test_the_doctor_finds_nothing_wrong(bundle: Path, tmp_path: Path) -> None:
    told = started(bundle, tmp_path, "doctor", "--json")
    found = json.loads(told.stdout)
    assert told.returncode == 0, told.stdout + told.stderr
    assert found["program"] == {"packaged": True, "damaged": []}
    assert [model["name"] for model in found["models"] if model["problem"]] == []
    assert {"nunchi-mini", "screen-text-ko"} <= {model["name"] for model in found["models"]}
    assert any(device["id"] == "CPU" and "error" not in device for device in found["devices"])
    assert found["missing"]["windows"] is None
    assert found["speed"].get("first_token_ms"), "measured in the process that holds the models"


@pytest.mark.parametrize("example", [json.loads(line) for line in (EXAMPLES / "examples.jsonl").read_text("utf-8").splitlines()],
                         ids=lambda example: example["id"])  # fmt: skip
def test_examples_are_answered_as_by_the_sources(
    bundle: Path, tmp_path: Path, example: dict[str, str]
) -> None:
    asked = ("ask", example["question"], "--image", str(EXAMPLES / example["image"]), "--json")
    packaged = started(bundle, tmp_path, *asked)
    assert packaged.returncode == 0, packaged.stderr
    from_source = subprocess.run([sys.executable, "-m", "desktop.command.main", *asked], check=True, capture_output=True,
                                 text=True, encoding="utf-8", cwd=ROOT, env=environment(tmp_path))  # fmt: skip
    answer = json.loads(packaged.stdout)
    assert answer["answer"].strip()
    assert answer["answer"] == json.loads(from_source.stdout)["answer"]


def test_speech_can_be_heard(bundle: Path, tmp_path: Path) -> None:
    """A second of silence through voice activity and, where one ships, Whisper: nothing was said, and nothing fails."""
    import wave

    if not list((bundle / "_internal" / "models" / "bundled").glob("whisper*")):
        pytest.skip("no speech model is bundled")
    with wave.open(str(tmp_path / "silence.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(32_000))
    told = started(
        bundle,
        tmp_path,
        "ask",
        "--audio",
        str(tmp_path / "silence.wav"),
        "--image",
        str(EXAMPLES / "loans.png"),
        "--json",
    )
    code = json.loads(told.stdout).get("error", {}).get("code", "")
    assert code not in {"engine_failed", "engine_not_installed", "no_speech_model"}, told.stdout


def test_the_tray_starts_and_is_told_to_quit(bundle: Path, tmp_path: Path) -> None:
    more = {"QT_QPA_PLATFORM": "offscreen", "NUNCHI_INSTANCE": "packaged"}
    name = "nunchi-tray.exe" if os.name == "nt" else NAME
    tray = subprocess.Popen(
        [str(bundle / name)], env=environment(tmp_path, **more), stderr=subprocess.PIPE, text=True
    )
    try:
        until = time.monotonic() + 120
        while tray.poll() is None and time.monotonic() < until:
            told = subprocess.run([str(bundle / NAME), "trigger", "quit"], env=environment(tmp_path, **more), check=False,
                                  capture_output=True)  # fmt: skip
            if told.returncode == 0:
                break
            time.sleep(0.5)
        assert tray.wait(60) == 0, tray.stderr.read()
    finally:
        tray.kill()


def test_the_process_of_the_models_reads_and_ends_when_told(bundle: Path) -> None:
    """The packaged program in its other shape, `nunchi run-engines`, asked over its pipe from here."""
    from assistant.images import open_image
    from models.engine_process.host import EngineHost
    from models.engine_process.process import WORD, EngineProcess
    from models.engine_process.remote import RemoteReader

    host = EngineHost(lambda: EngineProcess([str(bundle / NAME), WORD]))
    try:
        read = RemoteReader(host).read(open_image(EXAMPLES / "loans.png", trusted=True))
        assert len(read.lines) > 10
        process = host.running
        assert process is not None
    finally:
        host.close()
    assert process.wait_ended(10)


def test_new_versions_are_asked_for_where_that_is_on_and_nowhere_else(bundle: Path, tmp_path: Path) -> None:
    """GIVEN a copy whose source of new versions is on loopback, THEN off it asks nobody, and on it is told and brings it."""
    from tests.desktop_updates.conftest import made, served

    copy = copied(bundle, tmp_path / "copy")
    with served(made(tmp_path / "site", tmp_path / "keys")) as site:
        site.release("99.0.0")
        folder = copy / "_internal" / "desktop" / "updates"
        (folder / "source.toml").unlink()  # a link to the bundle's own
        (folder / "source.toml").write_text(
            f'metadata = "{site.source.metadata}"\ninstallers = "{site.source.installers}"\nhosts = []\n'
        )
        (folder / "root.json").write_bytes(site.source.root)
        command = [str(copy / NAME), "updates", "--get", "--into", str(tmp_path / "into"), "--json"]

        def ask() -> dict[str, object]:
            told = subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=300,
                                  env=environment(tmp_path))  # fmt: skip
            return json.loads(told.stdout)

        assert ask()["error"]["code"] == "updates_off" and site.seen == []
        (tmp_path / "config").mkdir(exist_ok=True)
        (tmp_path / "config" / "settings.json").write_text('{"updates": true}')
        told = ask()
        assert told["newer"] == "99.0.0", told
        assert Path(told["file"]).parent == tmp_path / "into" and Path(told["file"]).stat().st_size > 0


@pytest.mark.parametrize(
    "pattern",
    [
        "faster_whisper/assets/silero_vad*.onnx",
        "models/bundled/nunchi-mini/openvino_language_model.bin",
        "models/bundled/screen-text-ko/model.onnx",
        "models/bundled/whisper-synth-ko/model.bin",
        "models/bundled/screen-widgets/line.onnx",
        "models/bundled/glossary-en-ko/glossary.npz",
        "assistant/messages_ko.toml",
        "desktop/icons/tray-ready.svg",
        "desktop/**/*.[ot]tf",
        "PySide6/**/qtbase_ko.qm",
        "desktop/**/*.qm",
    ],
)
def test_a_missing_data_file_is_found_and_named(bundle: Path, tmp_path: Path, pattern: str) -> None:
    there = sorted((bundle / "_internal").glob(pattern))
    if not there:
        pytest.skip("nothing of this kind ships")
    copy = copied(bundle, tmp_path / "copy")
    name = there[0].relative_to(bundle / "_internal").as_posix()
    (copy / "_internal" / name).unlink()
    assert damaged(copy / "_internal") == (name,)
    told = started(copy, tmp_path, "doctor", "--json")
    assert told.returncode != 0
    if told.stdout.startswith(
        "{"
    ):  # without its words the program may be too poor to say more than its exit status
        assert json.loads(told.stdout)["program"]["damaged"] == [name]
