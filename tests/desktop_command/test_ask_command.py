"""The command line's contract: exit status, codes, JSON fields, and that a bad line never stops a batch."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from PIL import Image

from assistant import ask as core
from desktop.command import ask as verb
from desktop.command import engines
from desktop.command.main import main, parser
from tests.fakes import FakeModel, FakeReader, FakeTranscriber

FIELDS = {
    "answer",
    "question",
    "heard",
    "box",
    "evidence",
    "model",
    "engine",
    "device",
    "abstained",
    "timings",
}
TIMINGS = {
    "capture_ms", "screen_text_ms", "encode_ms", "prefill_ms", "endpoint_ms", "transcribe_ms", "first_token_ms",
    "total_ms", "tokens", "tokens_per_s",
}  # fmt: skip


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "screen.png"
    Image.new("RGB", (64, 48), (250, 250, 250)).save(path)
    return path


@pytest.fixture
def silence(tmp_path: Path) -> Path:
    path = tmp_path / "silence.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(b"\0\0" * 16_000)
    return path


@pytest.fixture(autouse=True)
def fake_engines(
    monkeypatch: pytest.MonkeyPatch, model: FakeModel, reader: FakeReader, transcriber: FakeTranscriber
) -> None:
    """The command's own wiring, with fake ports behind it."""

    def ports(_arguments: object, *, speech: bool = False) -> core.Ports:
        return core.Ports(model=model, reader=reader, transcriber=transcriber if speech else None)

    monkeypatch.setattr(verb, "ports", ports)
    monkeypatch.setattr(engines, "ports", ports)


def told(capsys: pytest.CaptureFixture[str]) -> dict:
    return json.loads(capsys.readouterr().out)


def test_json_prints_one_object_with_the_fields_of_the_contract(
    picture: Path, model: FakeModel, capsys: pytest.CaptureFixture[str]
) -> None:
    model.say("저장", "입니다.")
    assert main(["ask", "이 버튼 이름이 뭐야?", "--image", str(picture), "--json"]) == 0
    shown = told(capsys)
    assert set(shown) == FIELDS
    assert set(shown["timings"]) == TIMINGS
    assert (shown["answer"], shown["question"]) == ("저장입니다.", "이 버튼 이름이 뭐야?")


def test_a_spoken_question_is_heard_first(
    picture: Path,
    silence: Path,
    model: FakeModel,
    transcriber: FakeTranscriber,
    capsys: pytest.CaptureFixture[str],
) -> None:
    transcriber.enqueue("저장 버튼 어디 있어?")
    model.say("왼쪽 위에 있습니다.")
    assert main(["ask", "--image", str(picture), "--audio", str(silence), "--json"]) == 0
    assert told(capsys)["heard"] == "저장 버튼 어디 있어?"


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (["ask", "뭐야?", "--image", "nowhere.png"], "image_missing", 2),
        (["ask", "뭐야?"], "image_not_given", 2),
        (["ask", "뭐야?", "--image", "PICTURE", "--camera"], "image_twice", 2),
        (["ask", "뭐야?", "--camera", "--batch", "x.jsonl"], "batch_with_question", 2),
        (["ask", "", "--image", "PICTURE"], "question_empty", 2),
        (["ask", "--image", "PICTURE"], "question_empty", 2),
        (["ask", "가" * 10_000, "--image", "PICTURE"], "question_too_long", 2),
        (["ask", "뭐야?", "--image", "PICTURE", "--audio", "WAV"], "question_twice", 2),
        (["ask", "--image", "PICTURE", "--audio", "PICTURE"], "audio_format", 2),
        (["ask", "--batch", "nowhere.jsonl"], "batch_missing", 2),
        (["ask", "뭐야?", "--batch", "x.jsonl"], "batch_with_question", 2),
        (["read", "--image", "WAV"], "image_format", 2),
    ],
)  # fmt: skip
def test_bad_input_ends_with_its_code_and_status(
    arguments: list[str],
    code: str,
    status: int,
    picture: Path,
    silence: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"PICTURE": str(picture), "WAV": str(silence)}
    assert main([*(places.get(a, a) for a in arguments), "--json"]) == status
    error = told(capsys)["error"]
    assert error["code"] == code
    assert error["message"].strip()


def test_without_json_the_reason_is_one_line_on_standard_error(
    picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "", "--image", str(picture)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "[question_empty]" in shown.err


def test_a_bad_line_gets_its_error_and_the_batch_goes_on(
    picture: Path, tmp_path: Path, model: FakeModel, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "in.jsonl"
    good = json.dumps({"id": "a", "image": picture.name, "question": "뭐야?"}, ensure_ascii=False)
    batch.write_text(
        f'{good}\nnot json\n{{"id":"c","image":"gone.png","question":"뭐야?"}}\n{good}\n', "utf-8"
    )
    model.say("하나.")
    model.say("둘.")
    out = tmp_path / "out.jsonl"
    assert main(["ask", "--batch", str(batch), "--out", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row.get("answer") for row in rows] == ["하나.", None, None, "둘."]
    assert [row.get("error", {}).get("code") for row in rows] == [
        None,
        "batch_line_not_json",
        "image_missing",
        None,
    ]
    assert rows[2]["id"] == "c"


def test_korean_survives_a_console_that_is_not_utf8(picture: Path) -> None:
    """Even where the locale knows only ASCII, and with the real program in its own process."""
    command = [sys.executable, "-m", "desktop.command.main", "ask", "", "--image", str(picture)]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        command,
        capture_output=True,
        cwd=root,
        env={"LC_ALL": "C", "PATH": "", "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert done.returncode == 2
    assert "질문" in done.stderr.decode("utf-8")


def test_every_verb_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("ask", "read", "find", "describe", "models", "doctor"):
        with pytest.raises(SystemExit) as ended:
            parser().parse_args([name, "--help"])
        assert ended.value.code == 0
        assert name in capsys.readouterr().out
