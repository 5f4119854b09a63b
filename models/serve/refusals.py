"""Why a request is turned down, as OpenAI-shaped JSON: our code, an HTTP status, a sentence in Korean or English.

A message never repeats what the client sent, and never names a path of this machine.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from assistant.errors import BadInput, ModelMissing, NunchiError

INVALID, AUTHENTICATION, NOT_FOUND = "invalid_request_error", "authentication_error", "not_found_error"
BUSY, SERVER = "rate_limit_error", "server_error"


class Wording(NamedTuple):
    status: int
    type: str
    korean: str
    english: str


WORDINGS: dict[str, Wording] = {
    "host_refused": Wording(421, INVALID, "이 주소로는 대답하지 않습니다. 127.0.0.1 또는 localhost로 부르세요.",
                            "Not answered under this host name; use 127.0.0.1 or localhost."),
    "origin_refused": Wording(403, INVALID, "웹 페이지에서 온 요청은 받지 않습니다.",
                              "Requests from web pages are not accepted."),
    "preflight_refused": Wording(403, INVALID, "웹 페이지의 사전 요청(OPTIONS)은 받지 않습니다.",
                                 "Preflight requests (OPTIONS) are not accepted."),
    "method_refused": Wording(405, INVALID, "이 주소에는 쓸 수 없는 방식입니다.", "This method is not allowed here."),
    "path_unknown": Wording(404, NOT_FOUND, "없는 주소입니다.", "There is nothing at this path."),
    "token_missing": Wording(401, AUTHENTICATION, "API 키가 없습니다. nunchi serve --show-token 으로 확인해 넣으세요.",
                             "No API key was sent; see nunchi serve --show-token."),
    "token_wrong": Wording(401, AUTHENTICATION, "API 키가 다릅니다. nunchi serve --show-token 으로 확인하세요.",
                           "The API key is wrong; see nunchi serve --show-token."),
    "content_type_refused": Wording(415, INVALID, "이 형식의 본문은 받지 않습니다.",
                                    "This content type is not accepted here."),
    "body_too_large": Wording(413, INVALID, "본문이 너무 큽니다. {limit_mb} MB까지 받습니다.",
                              "The body is too large; up to {limit_mb} MB are accepted."),
    "body_slow": Wording(408, INVALID, "본문이 너무 늦게 와서 기다리기를 그만두었습니다.",
                         "The body came too slowly and was given up."),
    "body_broken": Wording(400, INVALID, "본문을 읽을 수 없습니다.", "The body cannot be read."),
    "body_too_complex": Wording(400, INVALID, "본문에 값이 너무 많거나 너무 깊습니다.",
                                "The body has too many values or is nested too deeply."),
    "field_missing": Wording(400, INVALID, "꼭 있어야 하는 값이 없습니다.", "A required value is missing."),
    "field_wrong": Wording(400, INVALID, "값의 종류가 맞지 않습니다.", "A value has the wrong type."),
    "field_out_of_range": Wording(400, INVALID, "값이 허용된 범위를 벗어났습니다.", "A value is out of range."),
    "field_unsupported": Wording(400, INVALID, "지원하지 않는 기능입니다.", "This feature is not supported."),
    "text_too_long": Wording(400, INVALID, "글이 너무 깁니다.", "A text is too long."),
    "role_refused": Wording(400, INVALID, "이 역할의 메시지는 받지 않습니다.", "Messages of this role are not accepted."),
    "question_missing": Wording(400, INVALID, "질문이 없습니다.", "There is no question."),
    "no_picture": Wording(400, INVALID, "그림이 없습니다. 이 모델은 그림에 대해 대답합니다.",
                             "There is no picture; this model answers about a picture."),
    "picture_address_refused": Wording(400, INVALID, "그림은 data: 주소로만 받습니다. 주소에서 가져오지 않습니다.",
                                 "Pictures are taken as data: URLs only; nothing is fetched."),
    "picture_data_broken": Wording(400, INVALID, "그림 자료를 풀 수 없습니다.", "The picture's data cannot be decoded."),
    "pictures_too_many": Wording(400, INVALID, "메시지 하나에 그림은 하나만 받습니다.", "One picture per message."),
    "no_sound": Wording(400, INVALID, "소리 파일(file)이 없습니다.", "There is no audio file (field file)."),
    "language_unsupported": Wording(400, INVALID, "한국어 음성만 받습니다.", "Only Korean speech is supported."),
    "model_not_here": Wording(404, NOT_FOUND, "없는 모델입니다. 있는 모델: {models}",
                             "There is no such model here. Available: {models}"),
    "busy": Wording(429, BUSY, "다른 질문에 대답하는 중입니다. 잠시 뒤에 다시 하세요.",
                    "Busy with other questions; try again in a moment."),
    "internal": Wording(500, SERVER, "안에서 문제가 생겼습니다.", "Something went wrong inside."),
}  # fmt: skip


class Refusal(NunchiError):
    """Ends a request before any model is asked. `param` names the field it is about."""

    def __init__(self, code: str, param: str | None = None, **values: object) -> None:
        super().__init__(code, **values)
        self.param = param
        self.wording = WORDINGS[code]
        self.status = self.wording.status


def status_of(error: NunchiError) -> int:
    """The HTTP status of any error that may be shown."""
    if isinstance(error, Refusal):
        return error.status
    if error.code in WORDINGS:
        return WORDINGS[error.code].status
    return 400 if isinstance(error, BadInput) else 503 if isinstance(error, ModelMissing) else 500


def error_body(error: NunchiError, language: str = "ko") -> dict[str, object]:
    """The JSON object OpenAI clients expect; `language` is ko or en."""
    status = status_of(error)
    kind = error.wording.type if isinstance(error, Refusal) else INVALID if status < 500 else SERVER
    shown = {
        "message": _sentence(error, language),
        "type": kind,
        "param": getattr(error, "param", None),
        "code": error.code,
    }
    return {"error": shown}


def error_bytes(error: NunchiError, language: str = "ko") -> bytes:
    return json.dumps(error_body(error, language), ensure_ascii=False).encode()


def language_of(headers: dict[bytes, bytes]) -> str:
    """`en` where the client asks for English, else `ko`."""
    return "en" if headers.get(b"accept-language", b"").lower().startswith(b"en") else "ko"


def _sentence(error: NunchiError, language: str) -> str:
    """The error's words. The core's own errors have theirs in assistant.messages."""
    if wording := WORDINGS.get(error.code):
        return (wording.english if language == "en" else wording.korean).format(**error.values)
    from assistant.messages import message

    return message(error.code, language, **{name: _without_folders(v) for name, v in error.values.items()})


def _without_folders(value: object) -> object:
    """A path's last part: which file it is, not where this person keeps it."""
    return value.replace("\\", "/").rsplit("/", 1)[-1] if isinstance(value, str) else value
