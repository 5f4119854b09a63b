"""`nunchi doctor`: what this machine has, what is missing, which models are whole, what would run where, and how fast it ran."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from assistant.errors import NunchiError
from assistant.messages import message
from desktop.command.main import language
from desktop.command.models import say
from desktop.command.models_listing import told_models
from desktop.installed_files import damaged, program_folder
from desktop.model_shelf import budget_words
from desktop.words import shown
from models.engine_process.process import Gone

if TYPE_CHECKING:
    from argparse import Namespace

    from models.engine_process.host import EngineHost
    from models.engine_process.known import Known

PACKAGES = ("openvino", "onnxruntime", "tokenizers", "pillow", "faster-whisper", "mss", "sounddevice",
            "torch", "transformers", "PySide6_Essentials")  # fmt: skip


def run(arguments: Namespace) -> int:
    """0 when a question can be answered here, else 3 (no model for it) or 4 (device, or a damaged program). Never raises."""
    found = examined()
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(_told(found))
    return found["exit_status"]


def examined() -> dict[str, Any]:
    """Everything as one JSON-ready object."""
    from models.engine_process.host import EngineHost
    from models.engine_process.known import Known

    host, known = EngineHost(), Known()
    try:
        speed, status = _measured(host, known)
        devices = _devices(host)
    finally:
        host.close()
    folder = program_folder()
    lost = damaged(folder, every_byte=True) if folder else ()
    return {
        "version": _version("nunchi-desktop"),
        "program": {"packaged": folder is not None, "damaged": list(lost)},
        "missing": {"windows": _no_windows(), "sound": _no_sound()},
        "system": {
            "name": f"{platform.system()} {platform.release()}",
            "machine": platform.machine(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "memory_mb": _memory_mb(),
        },
        "packages": {name: _version(name) for name in PACKAGES},
        "devices": devices,
        "tried": _tried(known),
        "models": _models(),
        "servers": _servers(),
        "speed": speed,
        "look": _look(),
        "exit_status": 4 if lost else status,
    }


def _no_windows() -> str | None:
    """Why no window could be opened: Qt, or a library of the system that it needs; None where nothing is missing."""
    try:
        from PySide6.QtCore import QLibraryInfo
        from PySide6.QtWidgets import QApplication  # noqa: F401

        if sys.platform == "linux":
            import ctypes

            plugins = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
            ctypes.CDLL(f"{plugins}/platforms/libqxcb.so")
    except (ImportError, OSError) as error:
        return str(error)[:200]
    return None


def _no_sound() -> str | None:
    """Why nothing can be recorded here, short of a microphone; None where nothing is missing."""
    try:
        import sounddevice  # noqa: F401
    except (ImportError, OSError) as error:
        return str(error)[:200]
    return None


def _devices(host: EngineHost) -> list[dict[str, str]]:
    """What OpenVINO sees: {"id", "name"} each; with {"error"} where it cannot be asked. In a process that a driver may end."""
    try:
        process = host.process()
        told = process.call("devices", seconds=60.0)
        return [
            {"id": str(one["id"]), "name": str(one["name"])}
            for one in process.understood(lambda told: told["devices"], told)
        ]
    except (NunchiError, Gone) as error:
        return [{"id": "CPU", "name": platform.processor() or platform.machine(), "error": str(error)[:200]}]


def _tried(known: Known) -> list[dict[str, Any]]:
    """What this machine's own probe found of devices: device, model, fault or milliseconds of a question."""
    return [
        {"device": name.partition("/")[0], "model": name.partition("/")[2], "fault": one.fault or None,
         "question_ms": None if one.fault else round(one.question_ms, 1)}
        for name, one in known.all().items()
    ]  # fmt: skip


def _models() -> list[dict[str, Any]]:
    """Installed models; `problem` is an error code where one is not whole (every byte is checked)."""
    from models import manifest
    from models.catalogue import installed

    told = []
    for entry in installed():
        problem = entry.broken
        if problem is None:
            try:
                manifest.verify(entry.folder)
            except NunchiError as error:
                problem = error.code
        told.append({"name": entry.name, "kind": entry.kind, "engine": entry.engine, "size": entry.size,
                     "bundled": entry.bundled, "problem": problem})  # fmt: skip
    return told


def _servers() -> list[dict[str, Any]]:
    """Model servers of other makers that answer on this machine's loopback: name, url, models, locked, note."""
    from models.runtimes.http_presets import detect

    return [found.told for found in detect()]


def _measured(host: EngineHost, known: Known) -> tuple[dict[str, Any], int]:
    """Reads and asks about a picture drawn here, twice, as the tray program would; the second run's times, as the first one loads."""
    from assistant.ask import Ports, Question, ask
    from assistant.events import Failed, Finished
    from models.catalogue import default_vision
    from models.engine_process.ladder import AUTO, Ladder
    from models.engine_process.probing import QUESTION, picture
    from models.engine_process.remote import RemoteReader
    from models.engine_process.remote_vision import RemoteVision
    from models.machine import devices
    from models.measured import note

    try:
        loading = time.perf_counter()
        name = default_vision().name
        model = RemoteVision(host, name, ladder=Ladder(name, AUTO, devices(), known)).open()
        load_ms = (time.perf_counter() - loading) * 1000
        ports = Ports(model=model, reader=RemoteReader(host))
        told: dict[str, Any] = {"load_ms": round(load_ms, 1)}
        for shade in (245, 235):  # another picture: what an encoder has seen before it does not encode again
            for event in ask(Question(frame=picture(shade), text=QUESTION), ports):
                if isinstance(event, Finished):
                    timings = event.answer.timings
                    note(event.answer, host.memory)
                    told |= {"device": event.answer.device, "engine": event.answer.engine,
                             "screen_text_ms": timings.screen_text_ms, "encode_ms": timings.encode_ms,
                             "prefill_ms": timings.prefill_ms, "first_token_ms": timings.first_token_ms,
                             "tokens_per_s": timings.tokens_per_s}  # fmt: skip
                elif isinstance(event, Failed):
                    return {"error": event.code}, event.exit_status
        return told, 0
    except NunchiError as error:
        return {"error": error.code}, error.exit_status


def _look() -> dict[str, Any] | None:
    """The image budget of the chosen model: what a picture may become, what that takes here (None: not measured), what is wanted.

    `image_tokens` None: its pictures have one size. None where there is no such model.
    """
    from desktop.model_shelf import Shelf
    from desktop.settings_file import SettingsFile

    settings, shelf = SettingsFile().load(), Shelf()
    try:
        found = shelf.look_budget(settings.vision_model, settings.look_seconds)
    except NunchiError:
        return None
    return {
        "model": settings.vision_model or shelf.preferred("vision"),
        "image_tokens": found and found.image_tokens,
        "ms": round(found.ms, 1) if found and found.ms is not None else None,
        "seconds": settings.look_seconds,
    }


def _memory_mb() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    except (AttributeError, ValueError, OSError):  # not on Windows
        return None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _told(found: dict[str, Any]) -> str:
    """The same for people."""
    system, speed = found["system"], found["speed"]
    rows = [f"눈치 {found['version']}  ·  {system['name']} {system['machine']}  ·  Python {system['python']}",
            f"코어 {system['cores']}개, 메모리 {system['memory_mb'] or '?'} MB", "", "장치"]  # fmt: skip
    rows += [f"  {device['id']:8}{device['name']}" for device in found["devices"]]
    rows += [f"  {one['device']:8}{one['model']}: {_outcome(one)}" for one in found["tried"]]
    rows += ["", "모델"]
    for model in found["models"]:
        sign = (
            "✓"
            if model["problem"] is None
            else f"✗ {message(model['problem'], language(), model=model['name'])}"
        )
        rows.append(
            f"  {sign} {model['name']:18}{model['kind']:12}{model['engine']:14}{model['size'] / 1e6:7.1f} MB"
        )
    if found["servers"]:
        rows += ["", say("servers")]
        rows += [
            f"  ✓ {server['name']:18}{server['url']}  {told_models(server)}" for server in found["servers"]
        ]
    rows += ["", "속도"]
    if "error" in speed:
        rows.append(f"  ✗ {message(speed['error'], language())}  [{speed['error']}]")
    else:
        rows.append(f"  {speed['device']}에서 실행 중 ({speed['engine']})")
        rows += [f"  {label:22}{speed[key]:8.1f} {unit}" for key, label, unit in (
            ("load_ms", "모델 읽기", "ms"), ("screen_text_ms", "화면 글자 읽기", "ms"), ("encode_ms", "그림 보기", "ms"),
            ("prefill_ms", "글자 넣기", "ms"), ("first_token_ms", "질문 뒤 첫 낱말", "ms"),
            ("tokens_per_s", "말하는 속도", "토큰/s")) if speed.get(key) is not None]  # fmt: skip
    if found["look"]:
        rows.append(f"  {shown('look_time', language())}: {told_budget(found['look'])}")
    rows += _lacking(found)
    missing = [name for name, there in found["packages"].items() if there is None]
    if missing and not found["program"]["packaged"]:
        rows += ["", f"설치되지 않은 꾸러미: {', '.join(missing)}"]
    return "\n".join(rows)


def told_budget(look: dict[str, Any]) -> str:
    """The image budget in words, after its model's name."""
    return f"{look['model']} · {budget_words(look['image_tokens'], look['ms'], language())}"


def _outcome(tried: dict[str, Any]) -> str:
    """What came of trying a device: its fault's code, or what a question takes."""
    return f"✗ [{tried['fault']}]" if tried["fault"] else f"{tried['question_ms'] / 1000:.2f} s"


_LACKING = {
    "ko": ("빠진 것", "프로그램 파일이 없거나 바뀌었어요. 다시 설치해 주세요", "창을 열 수 없어요", "소리를 녹음할 수 없어요"),
    "en": ("Missing", "Files of the program are gone or changed; please install it again", "No window can be opened",
           "No sound can be recorded"),
}  # fmt: skip


def _lacking(found: dict[str, Any]) -> list[str]:
    """Rows about the program's own files, windows and sound, where something is wrong."""
    title, files, windows, sound = _LACKING[language()]
    rows = []
    if lost := found["program"]["damaged"]:
        rows.append(f"  ✗ {files}: {', '.join(lost[:8])}" + (f" … ({len(lost)})" if len(lost) > 8 else ""))
    for words, reason in ((windows, found["missing"]["windows"]), (sound, found["missing"]["sound"])):
        if reason:
            rows.append(f"  ✗ {words}: {reason}")
    return ["", title, *rows] if rows else []
