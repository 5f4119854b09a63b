"""Real clients against the real server: the openai package, curl, LMDeploy's APIClient, and NVDA add-ons' requests.

The add-ons run inside NVDA only; what they send is recorded in `requests/`, each with where it was read, and sent
with the same library they use (urllib).
"""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import sys
import types
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.serve.client import Client, user
from tests.serve.standins import FixedTranscriber, ScriptedModel, png, until, wav

ASKED = "저장 버튼 어디 있어?"
ANSWER = "버튼은 저장입니다."
RECORDED = [
    (path.stem, number, shape)
    for path in sorted((Path(__file__).parent / "requests").glob("*.json"))
    for number, shape in enumerate(json.loads(path.read_text("utf-8")))
]


@pytest.mark.parametrize("shape", [r[2] for r in RECORDED], ids=[f"{r[0]}: {r[2]['what']}" for r in RECORDED])
def test_recorded_requests_of_add_ons_are_answered(client: Client, shape: dict[str, Any]) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{client.port}{shape['path']}",
        data=_body(shape),
        headers={name: value.format(token=client.token) for name, value in shape["headers"].items()},
        method=shape["method"],
    )
    told: Any = json.loads(urllib.request.urlopen(request, timeout=10).read())
    for step in shape["reply"]:
        told = told[step]
    assert told in (ANSWER, "nunchi-mini", ASKED)


def test_a_wrong_key_reaches_the_ear_as_a_sentence(client: Client) -> None:
    """Both add-ons speak `error.message`."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{client.port}/v1/models", headers={"Authorization": "Bearer sk-wrong"}
    )
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(request, timeout=10)
    assert "API 키가 다릅니다" in json.loads(raised.value.read())["error"]["message"]


def test_vision_assistants_history_reaches_the_model(client: Client, model: ScriptedModel) -> None:
    shape = next(r[2] for r in RECORDED if "history" in r[2]["what"])
    client.post(shape["path"], _body(shape))
    question, earlier = model.received[-1]
    assert question == ASKED
    assert earlier == ()  # what was said before came with no picture of this conversation


# --- the openai package


@pytest.fixture
def openai_client(client: Client) -> Any:
    openai = pytest.importorskip("openai")
    with openai.OpenAI(
        base_url=f"http://127.0.0.1:{client.port}/v1", api_key=client.token, max_retries=0
    ) as opened:
        yield opened


def test_openai_lists_models(openai_client: Any) -> None:
    assert [model.id for model in openai_client.models.list()] == ["nunchi-mini", "whisper-tiny-standin"]


def test_openai_asks_about_a_picture(openai_client: Any) -> None:
    told = openai_client.chat.completions.create(model="nunchi-mini", messages=[user(ASKED, png())])
    assert told.choices[0].message.content == ANSWER
    assert told.choices[0].finish_reason == "stop"
    assert told.usage.completion_tokens == 3
    assert told.nunchi["evidence"][0]["text"] == "저장"


def test_openai_streams(openai_client: Any, model: ScriptedModel) -> None:
    stream = openai_client.chat.completions.create(
        model="nunchi-mini",
        messages=[user(ASKED, png())],
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices) == ANSWER
    assert chunks[-1].usage.completion_tokens == 3
    assert len(chunks) >= 5


def test_openai_leaving_a_stream_stops_the_model(openai_client: Any, model: ScriptedModel) -> None:
    model.hold = True
    stream = openai_client.chat.completions.create(
        model="nunchi-mini", messages=[user(ASKED, png())], stream=True
    )
    until(model.answering.is_set)
    stream.close()
    assert model.cancelled.wait(2)


def test_openai_transcribes(openai_client: Any, transcriber: FixedTranscriber) -> None:
    sound = io.BytesIO(wav(0.3))
    sound.name = "question.wav"
    told = openai_client.audio.transcriptions.create(
        model="whisper-1", file=sound, language="ko", prompt="저장"
    )
    assert told.text == ASKED
    assert transcriber.received[0][1] == ("저장",)


def test_openai_sees_our_codes(openai_client: Any, client: Client) -> None:
    import openai

    with pytest.raises(openai.NotFoundError) as unknown:
        openai_client.chat.completions.create(model="gpt-4o", messages=[user(ASKED, png())])
    assert unknown.value.code == "model_not_here"
    with pytest.raises(openai.BadRequestError) as blind:
        openai_client.chat.completions.create(model="nunchi-mini", messages=[user(ASKED)])
    assert blind.value.code == "no_picture"
    wrong = openai.OpenAI(base_url=f"http://127.0.0.1:{client.port}/v1", api_key="sk-x", max_retries=0)
    with pytest.raises(openai.AuthenticationError) as refused:
        wrong.models.list()
    assert refused.value.code == "token_wrong"


def test_openai_hears_of_an_error_in_the_middle_of_a_stream(openai_client: Any, model: ScriptedModel) -> None:
    import openai

    look = model.look

    def failing(*given: Any) -> Any:
        seen = look(*given)

        def answer(*_: Any) -> Any:
            yield "시작하다가 "
            yield "말고 "
            raise RuntimeError("the engine broke")

        seen.answer = answer
        return seen

    model.look = failing
    stream = openai_client.chat.completions.create(
        model="nunchi-mini", messages=[user(ASKED, png())], stream=True
    )
    with pytest.raises(openai.APIError):
        list(stream)


# --- curl


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.parametrize("verb", ["read", "describe", "find?what=%EC%A0%80%EC%9E%A5"])
def test_curl_posts_a_picture_as_it_is(client: Client, tmp_path: Path, verb: str) -> None:
    (tmp_path / "screen.png").write_bytes(png())
    told = _curl(client, f"/v1/screen/{verb}", "--data-binary", f"@{tmp_path}/screen.png", kind="image/png")
    assert told.keys() & {"lines", "answer", "boxes"}


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl_asks_and_transcribes(client: Client, tmp_path: Path) -> None:
    (tmp_path / "ask.json").write_text(json.dumps({"messages": [user(ASKED, png())]}))
    (tmp_path / "question.wav").write_bytes(wav())
    told = _curl(client, "/v1/chat/completions", "--data", f"@{tmp_path}/ask.json", kind="application/json")
    assert told["choices"][0]["message"]["content"] == ANSWER
    heard = _curl(
        client, "/v1/audio/transcriptions", "-F", f"file=@{tmp_path}/question.wav", "-F", "model=whisper-1"
    )
    assert heard == {"text": ASKED}


def _curl(client: Client, path: str, *options: str, kind: str | None = None) -> Any:
    headers = [
        "-H",
        f"Authorization: Bearer {client.token}",
        *(["-H", f"Content-Type: {kind}"] if kind else []),
    ]
    address = f"http://127.0.0.1:{client.port}{path}"
    done = subprocess.run(
        ["curl", "-sS", "--fail-with-body", "--noproxy", "*", *headers, *options, address],
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


# --- LMDeploy's APIClient


def test_lmdeploys_own_client_talks_to_us(client: Client, model: ScriptedModel) -> None:
    """Its module needs only `requests` and a logger: taken out of a wheel (0.12.3 has it, 0.18 no longer)."""
    pytest.importorskip("requests")
    wheel = os.environ.get("LMDEPLOY_WHEEL")
    if not wheel:
        pytest.skip("set LMDEPLOY_WHEEL to a wheel from `pip download --no-deps lmdeploy==0.12.3`")
    api_client = _api_client(Path(wheel)).APIClient(f"http://127.0.0.1:{client.port}", api_key=client.token)
    assert api_client.available_models == ["nunchi-mini", "whisper-tiny-standin"]
    whole = list(api_client.chat_completions_v1("nunchi-mini", [user(ASKED, png())]))
    assert whole[0]["choices"][0]["message"]["content"] == ANSWER
    told = list(api_client.chat_completions_v1("nunchi-mini", [user(ASKED, png())], stream=True))
    assert "".join(one["choices"][0]["delta"].get("content", "") for one in told) == ANSWER


def _api_client(wheel: Path) -> Any:
    """lmdeploy/serve/openai/api_client.py as it is, with a logger in place of the package around it."""
    import logging

    package, tools = types.ModuleType("lmdeploy"), types.ModuleType("lmdeploy.utils")
    tools.get_logger = logging.getLogger
    sys.modules.setdefault("lmdeploy", package)
    sys.modules.setdefault("lmdeploy.utils", tools)
    source = zipfile.ZipFile(wheel).read("lmdeploy/serve/openai/api_client.py")
    module = types.ModuleType("lmdeploy_api_client")
    exec(compile(source, "api_client.py", "exec"), module.__dict__)
    return module


def _body(shape: dict[str, Any]) -> bytes | None:
    picture = base64.b64encode(png()).decode()
    if "json" in shape:
        return json.dumps(shape["json"]).replace("{png}", picture).encode()
    if "form" in shape:
        return b"\r\n".join(wav(0.3) if line == "{wav}" else line.encode() for line in shape["form"])
    return None
