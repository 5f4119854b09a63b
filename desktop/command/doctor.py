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

if TYPE_CHECKING:
    from argparse import Namespace

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
    speed, status = _measured()
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
        "devices": _devices(),
        "models": _models(),
        "servers": _servers(),
        "speed": speed,
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


def _devices() -> list[dict[str, str]]:
    """What OpenVINO sees: {"id", "name"} each; with {"error"} where it cannot be asked."""
    try:
        import openvino

        core = openvino.Core()
        return [{"id": d, "name": core.get_property(d, "FULL_DEVICE_NAME")} for d in core.available_devices]
    except (ImportError, RuntimeError) as error:
        return [{"id": "CPU", "name": platform.processor() or platform.machine(), "error": str(error)[:200]}]


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


def _measured() -> tuple[dict[str, Any], int]:
    """Reads and asks about a picture drawn here, twice; the second run's times, as the first one loads."""
    from assistant.ask import Ports, Question, ask
    from assistant.events import Failed, Finished
    from assistant.frames import Frame
    from desktop.command.engines import reader
    from models.catalogue import open_vision
    from models.measured import note

    try:
        loading = time.perf_counter()
        ports = Ports(model=open_vision(), reader=reader())
        load_ms = (time.perf_counter() - loading) * 1000
        told: dict[str, Any] = {"load_ms": round(load_ms, 1)}
        for _ in range(2):
            for event in ask(Question(frame=Frame(_picture()), text="이 창 제목이 뭐야?"), ports):
                if isinstance(event, Finished):
                    timings = event.answer.timings
                    note(event.answer)
                    told |= {"device": event.answer.device, "engine": event.answer.engine,
                             "screen_text_ms": timings.screen_text_ms, "encode_ms": timings.encode_ms,
                             "prefill_ms": timings.prefill_ms, "first_token_ms": timings.first_token_ms,
                             "tokens_per_s": timings.tokens_per_s}  # fmt: skip
                elif isinstance(event, Failed):
                    return {"error": event.code}, event.exit_status
        return told, 0
    except NunchiError as error:
        return {"error": error.code}, error.exit_status


def _picture() -> Any:
    """A 1280 × 720 picture with some text in Pillow's own font: (720, 1280, 3) uint8."""
    import numpy as np
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1280, 720), (245, 245, 245))
    draw = ImageDraw.Draw(image)
    for row in range(12):
        draw.text((60, 40 + 50 * row), f"Nunchi line {row + 1}: 0123456789", fill=(20, 20, 20), font_size=22)
    return np.asarray(image)


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
    rows += _lacking(found)
    missing = [name for name, there in found["packages"].items() if there is None]
    if missing and not found["program"]["packaged"]:
        rows += ["", f"설치되지 않은 꾸러미: {', '.join(missing)}"]
    return "\n".join(rows)


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
