"""Everything the app's windows say, in Korean and English, in one place.

A plain table instead of Qt's .ts files: the core's messages (assistant/messages_*.toml) cannot be in .ts either, and
one mechanism is enough. `shown` is what the widgets call; a missing key is a KeyError, found by a test.
"""

from __future__ import annotations

from desktop.words_windows import WINDOW_WORDS

WORDS: dict[str, tuple[str, str]] = {
    "name": ("눈치", "Nunchi"),
    "ready": ("준비됐어요", "Ready"),
    "looking": ("화면을 보고 있어요", "Looking at the screen"),
    "camera-open": ("카메라가 켜져 있어요", "The camera is on"),
    "microphone_open": ("마이크가 켜져 있어요", "The microphone is on"),
    "listening": ("듣고 있어요", "Listening"),
    "thinking": ("생각하고 있어요", "Thinking"),
    "answering": ("답하고 있어요", "Answering"),
    "answered": ("답했어요", "Answered"),
    "stopped": ("멈췄어요", "Stopped"),
    "problem": ("문제가 생겼어요", "There is a problem"),
    "model-missing": ("모델이 필요해요", "A model is needed"),
    "speak_now": ("말씀하세요. 다 말하면 알아서 답할게요.", "Go ahead. It answers when you stop speaking."),
    "correct": ("눌러서 고치고 다시 묻기", "Click to correct and ask again"),
    "copy": ("답 복사", "Copy the answer"),
    "copied": ("복사했어요", "Copied"),
    "follow_up": ("이어서 묻기", "Ask a follow-up"),
    "stop": ("멈추기", "Stop"),
    "close": ("닫기", "Close"),
    "picture": ("눈치가 본 화면", "What Nunchi saw"),
    "answer": ("답", "Answer"),
    "question": ("질문", "Question"),
    "ask_placeholder": ("이 화면에 대해 물어보세요", "Ask about this screen"),
    "send": ("물어보기", "Ask"),
    "running_on": ("{device}에서 실행 중", "Running on {device}"),
    "not_yet": ("아직 실행한 모델이 없어요", "No model has run yet"),
    "private": ("아무것도 밖으로 보내지 않아요", "Nothing leaves this machine"),
    "seconds": ("{seconds}초", "{seconds} s"),
    "timings": (
        "화면 읽기 {screen} · 보기 {look} · 첫 낱말 {first} · 모두 {total}",
        "reading {screen} · looking {look} · first word {first} · total {total}",
    ),
    "menu_screen": ("화면에 대해 묻기", "Ask about the screen"),
    "menu_window": ("창에 대해 묻기", "Ask about a window"),
    "menu_region": ("영역을 골라 묻기", "Ask about a region"),
    "menu_camera": ("카메라로 보고 묻기", "Ask through the camera"),
    "menu_again": ("같은 화면에 다시 묻기", "Ask again about the same screen"),
    "menu_stop": ("멈추기", "Stop"),
    "menu_quit": ("끝내기", "Quit"),
    "camera_opening": ("카메라를 켜고 있어요…", "Opening the camera…"),
    "camera_preview": ("카메라 미리 보기", "Camera preview"),
    "camera_take": ("이 모습으로 묻기", "Ask about this picture"),
    "camera_before": ("이전 카메라", "Previous camera"),
    "camera_after": ("다음 카메라", "Next camera"),
    "camera_keys": ("Enter로 찍기 · Esc로 닫기", "Enter takes it · Esc closes"),
    "camera_keys_several": (
        "Enter로 찍기 · ← →로 카메라 바꾸기 · Esc로 닫기",
        "Enter takes it · ← → change the camera · Esc closes",
    ),
    "hidden_number": ("가린 번호", "a hidden number"),
    "region_hint": ("끌어서 고르세요 · Esc로 그만두기", "Drag to choose · Esc to leave"),
    "keys_taken": (
        "다른 프로그램이 쓰고 있는 단축키예요: {keys}",
        "Another program has these keys: {keys}",
    ),
    **WINDOW_WORDS,
}


def shown(key: str, language: str = "ko", **values: object) -> str:
    """The words of `key` in Korean (`ko`) or English (`en`)."""
    return WORDS[key][0 if language == "ko" else 1].format(**values)
