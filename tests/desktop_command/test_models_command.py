"""`nunchi models …` as a person and a script use it, with a hub on loopback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from desktop.command import main, models_getting
from desktop.command.models import told_size
from desktop.command.models_getting import Shown, fitted
from models import offers, store
from models.fetch import Patience, Progress
from models.manifest import verify
from tests.models.hub import Handler, Repo, running_hub

WEIGHTS = bytes(range(256)) * 1024
COMMIT = "0123456789abcdef0123456789abcdef01234567"
PLAIN, LICENSED, CODED = "qwen3-vl-2b", "gemma-3-4b", "hyperclovax-seed-vision-3b"
ROOT = Path(main.__file__).parents[2]
REALLY_OFFLINE = models_getting._offline


@pytest.fixture
def server(monkeypatch):
    with running_hub() as running:
        for name in (PLAIN, LICENSED, CODED):
            source = offers.source(offers.offer(name))
            files = {"config.json": b"{}", "LICENSE": b"terms"}
            if source.format == "openvino":
                files |= {
                    "openvino_language_model.xml": b"<net></net>",
                    "openvino_language_model.bin": WEIGHTS,
                }
            else:
                files["model.safetensors"] = WEIGHTS
            if name == CODED:
                files["modeling.py"] = b"import os"
            running.repos[source.repo] = Repo(files)
        monkeypatch.setenv("HF_ENDPOINT", running.endpoint)
        yield running


@pytest.fixture(autouse=True)
def models(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NUNCHI_LANGUAGE", "ko")
    monkeypatch.setattr(models_getting, "_offline", lambda: False)
    return tmp_path / "data" / "models"


@pytest.fixture
def nunchi(capsys):
    """Runs the command here: (status, standard output, standard error)."""

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = main.main(["models", *arguments])
        except SystemExit as end:  # argparse
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run


def lines(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_pull_list_verify_remove(server, models, nunchi):
    """The life of a model in four commands."""
    status, out, _ = nunchi("pull", PLAIN)
    assert status == 0
    assert "Qwen3-VL 2B 설치를 마쳤어요" in out and COMMIT[:12] in out
    status, out, _ = nunchi("list")
    assert status == 0
    assert f"  ✓ {PLAIN} " in out
    assert nunchi("verify", PLAIN, "--full")[0] == 0
    status, out, _ = nunchi("remove", PLAIN)
    assert (status, "지웠어요" in out) == (0, True)
    assert not (models / PLAIN).exists()


def test_pull_for_a_script_is_one_object_a_line(server, models, nunchi):
    status, out, err = nunchi("pull", PLAIN, "--json")
    events = lines(out)
    assert (status, err) == (0, "")
    assert {event["event"] for event in events[:-1]} == {"progress"}
    assert events[-2]["bytes"] == events[-2]["total"]
    done = events[-1]
    assert (done["event"], done["name"], done["revision"], done["fetched"]) == ("done", PLAIN, COMMIT, True)
    assert done["folder"] == str(models / PLAIN)


def test_a_model_that_is_there_is_not_fetched_twice(server, nunchi):
    nunchi("pull", PLAIN)
    server.seen.clear()
    status, out, _ = nunchi("pull", PLAIN)
    assert (status, "이미 설치되어" in out) == (0, True)
    assert server.seen == []
    assert nunchi("pull", PLAIN, "--again")[0] == 0
    assert server.seen


def test_a_damaged_model_is_fetched_again(server, models, nunchi):
    nunchi("pull", PLAIN)
    (models / PLAIN / "model.safetensors").write_bytes(b"short")
    assert nunchi("verify", PLAIN)[0] == 3
    assert nunchi("pull", PLAIN)[0] == 0
    assert nunchi("verify", PLAIN, "--full")[0] == 0


def test_one_flipped_byte_is_found_by_a_full_check(server, models, nunchi):
    nunchi("pull", PLAIN)
    path = models / PLAIN / "model.safetensors"
    body = bytearray(path.read_bytes())
    body[1000] ^= 1
    path.write_bytes(body)
    assert nunchi("verify", PLAIN)[0] == 0  # quick: presence and sizes
    status, out, _ = nunchi("verify", PLAIN, "--full", "--json")
    assert status == 3
    [told] = json.loads(out)["models"]
    assert told["problem"] == "model_file_altered" and told["path"].endswith("model.safetensors")


def test_one_flipped_byte_on_the_way_is_refused(server, models, nunchi):
    repo = offers.source(offers.offer(PLAIN)).repo
    body = bytes([WEIGHTS[0] ^ 1]) + WEIGHTS[1:]
    server.faults[f"/{repo}/resolve/{COMMIT}/model.safetensors"] = lambda handler: (
        not handler.answer(200, body)
    )
    status, _, err = nunchi("pull", PLAIN)
    assert (status, "[download_wrong_bytes]" in err) == (4, True)
    assert nunchi("list", "--json")[1].count(str(models)) == 1  # only as the folder of the machine


def test_terms_are_shown_and_nothing_is_fetched_without_consent(server, nunchi, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    status, _, err = nunchi("pull", LICENSED)
    assert status == 2
    assert "https://ai.google.dev/gemma/terms" in err and "Gemma Terms of Use" in err
    assert server.seen == []
    status, out, _ = nunchi("pull", LICENSED, "--json")
    [told] = lines(out)
    assert (status, told["error"]["code"]) == (2, "licence_not_accepted")
    assert "https://ai.google.dev/gemma/terms" in told["error"]["message"]


def test_terms_agreed_to_are_remembered_with_the_model(server, nunchi):
    status, out, _ = nunchi("pull", LICENSED, "--accept-licence")
    assert status == 0
    assert "Gemma is provided under and subject to the Gemma Terms of Use" in out
    [entry] = [e for e in json.loads(nunchi("list", "--json")[1])["installed"] if e["name"] == LICENSED]
    assert entry["notice"].startswith("Gemma is provided under")


def test_code_needs_a_consent_of_its_own(server, models, nunchi, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    status, _, err = nunchi("pull", CODED, "--accept-licence")
    assert (status, "[code_not_allowed]" in err, "파이썬 코드" in err) == (2, True, True)
    status, out, _ = nunchi("pull", CODED, "--accept-licence", "--allow-code")
    assert (status, "Powered by HyperCLOVA X" in out) == (0, True)
    assert (models / CODED / "modeling.py").exists()


class Terminal:
    """A standard stream that says it is a terminal; `answer` is what the person types."""

    def __init__(self, stream, answer: str = "") -> None:
        self._stream, self._answer = stream, answer

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self._answer

    def __getattr__(self, name: str):
        return getattr(self._stream, name)


@pytest.mark.parametrize(
    ("answer", "status"), [("y\n", 0), ("예\n", 0), ("ㅛ\n", 0), ("n\n", 2), ("\n", 2), ("", 2)]
)
def test_on_a_terminal_the_person_is_asked(server, nunchi, monkeypatch, answer, status):
    monkeypatch.setattr(sys, "stdin", Terminal(None, answer))
    monkeypatch.setattr(sys, "stderr", Terminal(sys.stderr))
    assert nunchi("pull", LICENSED)[0] == status
    assert bool(server.seen) == (status == 0)


def test_bundle_and_import_on_a_clean_profile(server, models, nunchi, tmp_path, monkeypatch):
    nunchi("pull", LICENSED, "--accept-licence")
    status, out, _ = nunchi("bundle", LICENSED, "--out", str(tmp_path), "--json")
    bundle = lines(out)[-1]["path"]
    assert (status, bundle) == (0, str(tmp_path / f"{LICENSED}.nunchi-model"))
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "other"))
    monkeypatch.setattr(sys, "stdin", None)
    status, _, err = nunchi("import", bundle)
    assert (status, "[licence_not_accepted]" in err) == (2, True)
    status, out, _ = nunchi("import", bundle, "--accept-licence")
    assert (status, "Gemma is provided under" in out) == (0, True)
    assert verify(tmp_path / "other" / "models" / LICENSED) == verify(models / LICENSED)


def test_a_damaged_bundle_is_refused(server, models, nunchi, tmp_path, monkeypatch):
    nunchi("pull", PLAIN)
    nunchi("bundle", PLAIN, "--out", str(tmp_path / "b"))
    raw = bytearray((tmp_path / "b").read_bytes())
    raw[raw.index(WEIGHTS[:64]) + 100] ^= 1
    (tmp_path / "b").write_bytes(raw)
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "other"))
    status, _, err = nunchi("import", str(tmp_path / "b"))
    assert (status, "bundle_" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("pull", "qwen9"), 3, "offer_unknown"),
        (("pull", "nunchi-mini"), 3, "offer_bundled"),
        (("pull", "moondream-0.5b", "--engine", "transformers"), 3, "offer_not_for_engine"),
        (("pull", PLAIN, "--engine", "llama"), 3, "offer_not_for_engine"),
        (("show", "qwen9"), 3, "offer_unknown"),
        (("verify", "qwen9"), 3, "model_unknown"),
        (("remove", PLAIN), 3, "model_not_installed"),
        (("remove", "../x"), 2, "model_name_refused"),
        (("remove",), 2, "model_name_refused"),
        (("bundle", "qwen9"), 3, "model_unknown"),
        (("import", "nowhere.nunchi-model"), 2, "bundle_missing"),
    ],
)
def test_each_mistake_has_its_status_and_its_words(nunchi, arguments, status, code):
    got, _, err = nunchi(*arguments)
    assert (got, f"[{code}]" in err) == (status, True)
    got, out, _ = nunchi(*arguments, "--json")
    assert (got, json.loads(out)["error"]["code"]) == (status, code)
    assert "알 수 없는 문제" not in err


def test_no_hub_is_a_matter_of_the_network(nunchi, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    quick = Patience(connect=1, read=1, rest=lambda stop, seconds: None)
    monkeypatch.setattr("models.fetch.pulling.Patience", lambda: quick)
    status, _, err = nunchi("pull", PLAIN)
    assert (status, "[hub_unreachable]" in err) == (4, True)


@pytest.mark.parametrize("name", ["NUNCHI_OFFLINE", "HF_HUB_OFFLINE"])
def test_offline_asks_nobody(server, nunchi, monkeypatch, name):
    monkeypatch.setattr(models_getting, "_offline", REALLY_OFFLINE)
    monkeypatch.setenv(name, "1")
    status, _, err = nunchi("pull", PLAIN)
    assert (status, "[offline]" in err) == (3, True)
    assert server.seen == []


def test_list_tells_a_script_everything(nunchi, models):
    report = json.loads(nunchi("list", "--json")[1])
    assert set(report) == {"machine", "installed", "offered", "servers", "unfinished"}
    assert report["machine"]["folder"] == str(models)
    offered = {entry["name"]: entry for entry in report["offered"]}
    assert offered[CODED]["accept"] is True and offered[CODED]["notice"] == "Powered by HyperCLOVA X"
    assert (offered["moondream-0.5b"]["engines"], offered["moondream-0.5b"]["code"]) == (
        ["onnxruntime"],
        False,
    )
    assert sum(entry["recommended_here"] for entry in report["offered"]) <= 2
    assert all(isinstance(entry["suits"], bool | None) for entry in report["offered"])


def test_list_in_english(nunchi, monkeypatch):
    monkeypatch.setenv("NUNCHI_LANGUAGE", "en")
    out = nunchi("list")[1]
    assert "This machine:" in out and "recommended for this machine" in out
    assert not re.search("[가-힣]", out)


def test_both_languages_say_the_same_things():
    every = tomllib.loads((ROOT / "desktop/command/models.toml").read_text(encoding="utf-8"))
    assert every["ko"].keys() == every["en"].keys()
    for word, korean in every["ko"].items():
        places = [set(re.findall(r"{(\w+)", text)) for text in (korean, every["en"][word])]
        assert places[0] == places[1], word


def test_show_names_terms_and_defects(nunchi):
    status, out, _ = nunchi("show", CODED)
    assert status == 0
    assert "Powered by HyperCLOVA X" in out and "KoNET 69.2" in out
    told = json.loads(nunchi("show", CODED, "--json")[1])
    assert told["installed"] is None and told["offer"]["name"] == CODED


def test_leftovers_are_listed_and_swept(nunchi, models):
    staged = store.staged(models, PLAIN)
    staged.mkdir(parents=True)
    (staged / "model.safetensors").write_bytes(b"x" * 2000)
    assert json.loads(nunchi("list", "--json")[1])["unfinished"] == [{"name": PLAIN, "size": 2000}]
    status, out, _ = nunchi("remove", "--leftovers")
    assert (status, f"{PLAIN}.partial" in out) == (0, True)
    assert not staged.exists()
    assert "지울 것이 없어요" in nunchi("remove", "--leftovers")[1]


HEARING_CTRL_C = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from desktop.command.main import main; sys.exit(main(sys.argv[1:]))"
)
"""A test run in the background of a shell ignores SIGINT, and its children would inherit that."""


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to another process there")
def test_ctrl_c_ends_cleanly_and_the_next_pull_goes_on(server, models, nunchi, tmp_path):
    """A real process, a real SIGINT, while the hub is silent in the middle of the weights."""
    repo = offers.source(offers.offer(PLAIN)).repo
    path = f"/{repo}/resolve/{COMMIT}/model.safetensors"
    half = len(WEIGHTS) // 2

    def stall(handler: Handler) -> bool:
        handler.answer(200, WEIGHTS[:half], length=len(WEIGHTS))
        handler.wfile.flush()
        server.release.wait(30)
        return True

    server.faults[path] = stall
    command = [sys.executable, "-c", HEARING_CTRL_C, "models", "pull", PLAIN, "--json"]
    child = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "NUNCHI_OFFLINE": "", "HF_HUB_OFFLINE": ""}, text=True,
        encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    for line in child.stdout:
        if json.loads(line)["bytes"] >= half:
            child.send_signal(signal.SIGINT)
            break
    _, err = child.communicate(timeout=120)
    assert child.returncode == 130
    assert err.strip() == "멈췄어요. 다시 하면 받던 곳부터 이어서 받아요."
    assert not (models / PLAIN).exists()
    server.faults.clear()
    assert nunchi("pull", PLAIN)[0] == 0
    assert server.asked(path)[-1].headers["Range"] == f"bytes={half}-"


def test_a_bar_fills_the_line_of_a_terminal_and_no_more(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", Terminal(sys.stdout))
    monkeypatch.setenv("COLUMNS", "60")
    show = Shown(False, "받습니다")
    show.pulled(Progress("model-00001-of-00002.safetensors", 42_000_000, 100_000_000, 11e6, 0, 2))
    show.close()
    beginning, bar, end = capsys.readouterr().out.split("\n")
    assert (beginning, end) == ("받습니다", "")
    assert bar.startswith("\r██████████░") and " 42%  42.0 MB / 100 MB  11.0 MB/s" in bar
    assert len(bar) == 1 + 59


@pytest.mark.parametrize(
    ("line", "columns", "shown"),
    [("가나다", 4, "가나"), ("가나다", 5, "가나 "), ("abc", 5, "abc  "), ("", 2, "  ")],
)
def test_hangul_takes_two_columns(line, columns, shown):
    assert fitted(line, columns) == shown


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 B"), (999, "999 B"), (1234, "1.2 kB"), (486e6, "486 MB"), (3.34e9, "3.3 GB")]
)
def test_sizes_as_people_read_them(count, told):
    assert told_size(count) == told


def test_show_tells_what_korean_costs_the_bundled_model(nunchi):
    status, out, _ = nunchi("show", "nunchi-mini")
    assert status == 0
    cost = json.loads(nunchi("show", "nunchi-mini", "--json")[1])["installed"]["tokens_per_eojeol"]
    assert 1.0 < cost <= 1.9
    assert f"{cost:.2f}" in out
