"""`nunchi …`: the grammar of the command line, and the one place that turns errors into an exit status.

Nothing heavy is imported here: `nunchi --help` must answer at once. The verbs live beside this file.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.errors import NunchiError
    from assistant.events import Failed

VERBS = {
    "ask": "desktop.command.ask",
    "describe": "desktop.command.ask",
    "find": "desktop.command.find",
    "read": "desktop.command.read",
    "models": "desktop.command.models",
    "serve": "desktop.command.serve",
    "doctor": "desktop.command.doctor",
    "history": "desktop.command.history",
    "trigger": "desktop.command.trigger",
    "updates": "desktop.command.updates",
}
WITHOUT_A_VERB = "desktop.command.tray"


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 answered, 2 bad input, 3 no model for it, 4 device or permission, 130 interrupted."""
    _speak_utf8()
    arguments = parser().parse_args(argv)
    from assistant.errors import NunchiError

    try:
        module = VERBS[arguments.verb] if arguments.verb else WITHOUT_A_VERB
        return int(importlib.import_module(module).run(arguments) or 0)
    except NunchiError as error:
        show_error(error, as_json=getattr(arguments, "json", False))
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone: nothing left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    top = argparse.ArgumentParser(
        prog="nunchi",
        description="눈치: 화면을 보고 한국어로 답합니다. 아무것도 밖으로 보내지 않습니다. "
        "(Sees the screen and answers in Korean; nothing leaves this machine.) "
        "명령 없이 실행하면 트레이에서 시작합니다. (Without a command the tray starts.)",
    )
    top.add_argument("--version", action="version", version=f"nunchi {_version()}")
    verbs = top.add_subparsers(dest="verb", metavar="COMMAND")

    ask = verbs.add_parser("ask", help="그림에 대해 묻기 (ask about a picture)")
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="질문; 없으면 --audio로 묻습니다")
    ask.add_argument("--image", metavar="P", help="PNG, JPEG, WebP, BMP 또는 GIF 파일")
    ask.add_argument("--screen", action="store_true", help="지금 화면 (포인터가 있는 모니터)")
    ask.add_argument("--window", action="store_true", help="지금 쓰는 창")
    ask.add_argument("--region", metavar="X,Y,W,H", help="화면의 한 부분")
    ask.add_argument("--camera", action="store_true", help="카메라로 한 장 찍어서 (설정에서 고른 카메라)")
    ask.add_argument("--audio", metavar="WAV", help="질문을 녹음한 WAV 파일")
    ask.add_argument("--mic", action="store_true", help="마이크로 묻기 (말을 멈추면 끝)")
    ask.add_argument("--say", action="store_true", help="답을 소리 내어 읽기")
    ask.add_argument("--stt", metavar="FOLDER", help="음성 인식 모델 폴더 (CTranslate2 Whisper)")
    ask.add_argument(
        "--batch", metavar="IN.jsonl", help='여러 질문: {"id","image","question"|"audio"} 한 줄에 하나'
    )
    ask.add_argument("--out", metavar="OUT.jsonl", help="--batch의 결과 파일 (기본: 표준 출력)")
    _add_model_options(ask)
    ask.add_argument("--json", action="store_true", help="결과를 JSON 객체 하나로")

    describe = verbs.add_parser(
        "describe", help="화면을 말로 설명하기 (describe for someone who cannot see it)"
    )
    describe.add_argument("--image", metavar="P", required=True)
    describe.add_argument(
        "--length", choices=["short", "normal", "long"], default="normal", help="얼마나 자세히 (기본: normal)"
    )
    _add_model_options(describe)
    describe.add_argument("--json", action="store_true")
    describe.set_defaults(mic=False, say=False)

    find = verbs.add_parser("find", help="화면에서 위치 찾기 (where something is)")
    find.add_argument("what", nargs="?", metavar="WHAT", help="찾을 것")
    find.add_argument("--image", metavar="P", required=True)
    find.add_argument("--points", action="store_true", help="상자 대신 가운데 점 (middles instead of boxes)")
    find.add_argument(
        "--gaze", type=_pixel, metavar="X,Y", help="눈이 X,Y에 있는 사람이 보는 곳 (where that person looks)"
    )
    _add_model_options(find)
    find.add_argument("--json", action="store_true")

    read = verbs.add_parser("read", help="화면의 글자 읽기 (read the text)")
    read.add_argument("--image", metavar="P", required=True)
    read.add_argument("--json", action="store_true")

    _add_models(verbs.add_parser("models", help="모델 보기, 받기, 옮기기 (models)"))

    serve = verbs.add_parser(
        "serve", help="이 컴퓨터 안의 프로그램에 API 열기 (local API for programs you trust)"
    )
    serve.add_argument("--port", type=int, default=9797, metavar="N", help="기본: 9797")
    serve.add_argument(
        "--host", default="127.0.0.1", metavar="H", help="127.0.0.1 또는 ::1 (다른 주소는 거절)"
    )
    serve.add_argument("--stt", metavar="FOLDER", help="음성 인식 모델 이름 또는 폴더")
    serve.add_argument("--show-token", action="store_true", help="API 키 보기")
    serve.add_argument("--new-token", action="store_true", help="API 키 새로 만들기 (옛 키는 바로 무효)")
    _add_model_options(serve)

    _add_history(verbs.add_parser("history", help="남겨 둔 답 찾고 지우기 (earlier answers)"))

    doctor = verbs.add_parser("doctor", help="이 컴퓨터 점검 (check this machine)")
    doctor.add_argument("--json", action="store_true")

    _add_updates(
        verbs.add_parser(
            "updates",
            help="새 버전이 있는지 묻기; 설정에서 켰을 때만 (ask for a new version, where that is on)",
        )
    )

    trigger = verbs.add_parser("trigger", help="실행 중인 눈치에게 시키기 (tell the running tray what to do)")
    trigger.add_argument(
        "what", choices=["screen", "window", "region", "camera", "again", "type", "stop", "quit"]
    )
    return top


def show_error(error: NunchiError | Failed, as_json: bool) -> None:
    """One error, raised or ending a run, as a JSON object on standard output, or as a sentence with its code on standard error."""
    from assistant.messages import message
    from assistant.results import error_json

    if as_json:
        print(json.dumps({"error": error_json(error, language())}, ensure_ascii=False))
    else:
        print(f"{message(error.code, language(), **error.values)}  [{error.code}]", file=sys.stderr)


def language() -> str:
    """`ko`, unless NUNCHI_LANGUAGE or the locale asks for English."""
    wanted = os.environ.get("NUNCHI_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if wanted.lower().startswith("en") else "ko"


def _add_model_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", metavar="NAME", help="모델 이름 또는 폴더 (기본: nunchi-mini)")
    command.add_argument(
        "--engine", choices=["openvino", "transformers", "onnxruntime"], help="기본: 폴더에 맞는 것"
    )
    command.add_argument("--device", default="CPU", metavar="D", help="CPU, GPU 또는 NPU (기본: CPU)")
    command.add_argument(
        "--text-from",
        choices=["auto", "ocr", "accessibility", "none"],
        default="auto",
        help="화면 글자를 어디서 읽을지",
    )


def _pixel(told: str) -> tuple[int, int]:
    """X,Y in pixels. Errors: ValueError, which argparse shows with the grammar."""
    x, y = told.split(",")
    return int(x), int(y)


def _add_models(models: argparse.ArgumentParser) -> None:
    actions = models.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser(
        "list", help="설치된 모델과 이 컴퓨터에 맞는 모델 (installed, and what suits this machine)"
    )

    show = actions.add_parser("show", help="모델 하나 자세히 (one model in detail)")
    show.add_argument("name", metavar="NAME")

    pull = actions.add_parser("pull", help="모델 받기; 멈췄으면 이어서 (fetch a model, or go on fetching)")
    pull.add_argument("name", metavar="NAME", help="`nunchi models list`에 있는 이름")
    pull.add_argument("--engine", metavar="E", help="이 엔진용 파일로")
    pull.add_argument("--again", action="store_true", help="설치되어 있어도 최신 판으로 다시 받기")
    _add_consent(pull)

    verify = actions.add_parser("verify", help="모델이 온전한지 확인 (check that models are whole)")
    verify.add_argument("name", metavar="NAME", nargs="?", help="없으면 모두")
    verify.add_argument("--full", action="store_true", help="모든 바이트를 확인 (기본: 파일과 크기만)")

    remove = actions.add_parser("remove", help="모델 지우기 (remove a model)")
    remove.add_argument("name", metavar="NAME", nargs="?")
    remove.add_argument("--leftovers", action="store_true", help="받다 만 것도 모두 지우기")

    bundle = actions.add_parser("bundle", help="모델을 파일 하나로 (one file for a closed network)")
    bundle.add_argument("name", metavar="NAME", help="설치된 모델 이름 또는 폴더")
    bundle.add_argument("--out", metavar="P", default=".", help="파일 또는 폴더 (기본: 지금 폴더)")

    imported = actions.add_parser("import", help="파일에서 모델 설치 (install from such a file)")
    imported.add_argument("file", metavar="FILE", help="`.nunchi-model` 파일")
    _add_consent(imported)

    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="결과를 JSON으로 (진행은 한 줄에 하나씩)")


def _add_history(history: argparse.ArgumentParser) -> None:
    actions = history.add_subparsers(dest="action", metavar="ACTION", required=True)
    search = actions.add_parser("search", help="찾기; 낱말이 없으면 최근 것 (find; without words the newest)")
    search.add_argument("words", nargs="*", metavar="WORD")
    search.add_argument("--most", type=int, default=50, metavar="N", help="많아야 몇 개 (기본: 50)")
    show = actions.add_parser("show", help="하나 자세히 (one of them)")
    show.add_argument("number", type=int, metavar="NUMBER")
    export = actions.add_parser("export", help="모두 JSON 줄로 (all as JSON lines)")
    export.add_argument("--out", metavar="P", help="파일 (기본: 표준 출력)")
    export.add_argument("--pictures", action="store_true", help="작은 그림도 함께 (with the small pictures)")
    delete = actions.add_parser("delete", help="지우기 (delete)")
    delete.add_argument("numbers", nargs="*", type=int, metavar="NUMBER")
    delete.add_argument("--all", action="store_true", help="모두")
    for action in (search, show, delete):
        action.add_argument("--json", action="store_true")


def _add_updates(updates: argparse.ArgumentParser) -> None:
    updates.add_argument(
        "--get", action="store_true", help="내려받기만; 설치하지 않음 (fetch it, do not install)"
    )
    updates.add_argument("--into", metavar="P", help="받을 폴더 (기본: 다운로드)")
    updates.add_argument("--json", action="store_true")


def _add_consent(command: argparse.ArgumentParser) -> None:
    command.add_argument("--accept-licence", action="store_true", help="사용 조건에 동의함 (묻지 않음)")
    command.add_argument(
        "--allow-code", action="store_true", help="모델을 만든 곳의 파이썬 코드를 실행해도 됨 (묻지 않음)"
    )


def _speak_utf8() -> None:
    """Korean must survive consoles and pipes whose encoding is not UTF-8 (Windows code pages, LANG=C)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _version() -> str:
    try:
        return version("nunchi-desktop")
    except PackageNotFoundError:
        return "(source)"


if __name__ == "__main__":
    sys.exit(main())
