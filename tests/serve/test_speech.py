"""`/v1/audio/transcriptions`: a WAV in a form, Korean text out, nothing on disk."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

import pytest

from tests.serve.client import Client, Reply
from tests.serve.conftest import serving
from tests.serve.standins import FixedTranscriber, ScriptedModel, wav

SAID = "저장 버튼 어디 있어?"


def transcribe(client: Client, sound: bytes | None, **fields: str) -> Reply:
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if sound is not None:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n'
        parts.append(f"{head}Content-Type: audio/wav\r\n\r\n".encode() + sound + b"\r\n")
    body = b"".join(parts) + f"--{boundary}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return client.request("POST", "/v1/audio/transcriptions", body, kind)


def test_speech_becomes_text(client: Client, transcriber: FixedTranscriber) -> None:
    reply = transcribe(client, wav(0.5), model="whisper-1", language="ko")
    assert (reply.status, reply.json) == (200, {"text": SAID})
    speech, _ = transcriber.received[0]
    assert speech.seconds == pytest.approx(0.5)


def test_the_prompt_gives_words_to_expect(client: Client, transcriber: FixedTranscriber) -> None:
    transcribe(client, wav(), prompt="저장 취소 인쇄")
    assert transcriber.received[0][1] == ("저장", "취소", "인쇄")


def test_the_three_forms_of_an_answer(client: Client) -> None:
    assert transcribe(client, wav(), response_format="text").body.decode() == SAID
    verbose = transcribe(client, wav(0.5), response_format="verbose_json").json
    assert verbose["segments"] == [{"id": 0, "start": 0.0, "end": 0.5, "text": SAID, "confidence": 0.9}]
    assert verbose["duration"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"language": "en"}, 400, "language_unsupported"),
        ({"response_format": "srt"}, 400, "field_unsupported"),
        ({"model": "gpt-4o-transcribe"}, 404, "model_not_here"),
        ({"temperature": "hot"}, 400, "field_wrong"),
        ({"temperature": "nan"}, 400, "field_out_of_range"),
        ({"temperature": "-1"}, 400, "field_out_of_range"),
    ],
)
def test_what_cannot_be_done_is_refused(
    client: Client, fields: dict[str, str], status: int, code: str
) -> None:
    reply = transcribe(client, wav(), **fields)
    assert (reply.status, reply.code) == (status, code)


@pytest.mark.parametrize(
    "sound",
    [b"", b"ID3", wav()[:30], wav(0.01), b"RIFF\xff\xff\xff\xffWAVEfmt ", wav().replace(b"WAVE", b"AVI ")],
)
def test_what_is_no_wav_is_the_clients_fault(client: Client, sound: bytes) -> None:
    reply = transcribe(client, sound)
    assert reply.status == 400
    assert reply.code.startswith("audio_")


def test_a_form_without_a_file_says_so(client: Client) -> None:
    assert transcribe(client, None, model="whisper-1").code == "no_sound"


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"]
)
def test_a_broken_form_is_refused(client: Client, kind: str) -> None:
    reply = client.request("POST", "/v1/audio/transcriptions", b"--y\r\nnonsense", {"Content-Type": kind})
    assert (reply.status, reply.code) in ((400, "body_broken"), (400, "no_sound"))


def test_without_a_speech_model_it_says_so(model: ScriptedModel, tmp_path: Path) -> None:
    with serving(tmp_path, model, transcriber=None) as served:
        reply = transcribe(Client(served.port, served.token.current()), wav())
    assert (reply.status, reply.code) == (503, "no_speech_model")


def test_no_temporary_file_holds_the_voice(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Starlette's parser would spill 1 MB and more to disk; ours may not."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # any file there fails to open
    assert transcribe(client, wav(60)).status == 200
