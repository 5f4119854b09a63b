"""What settings, first run, history and about say, in Korean and English; part of words.py's table."""

from __future__ import annotations

HISTORY: dict[str, tuple[str, str]] = {
    "history": ("기록", "History"),
    "history_nothing": ("찾은 기록이 없어요", "Nothing was found"),
    "history_deleted": ("기록 {count}개를 지웠어요", "{count} entries deleted"),
}

MENU: dict[str, tuple[str, str]] = {
    "menu_history": ("기록…", "History…"),
    "menu_settings": ("설정…", "Settings…"),
    "menu_about": ("눈치에 대하여", "About Nunchi"),
}

WINDOW_WORDS: dict[str, tuple[str, str]] = {**HISTORY, **MENU}
