"""Earlier questions and answers, kept on this machine only, and only where the person has switched it on.

One SQLite file that nobody else may read. Private numbers are hidden before anything is written, in the words and in a
picture so small that a full screen's text cannot be read from it. Not encrypted: docs/decisions says why.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BadInput, DeviceFailed
from assistant.events import Answer
from assistant.frames import Box, Frame, ScreenText
from assistant.masking import masked_screen
from assistant.privacy import masked
from assistant.private_numbers import Secret

if TYPE_CHECKING:
    import sqlite3

NAME = "history.sqlite3"
SCHEMA = 1
PICTURE_WIDTH = 320
"""pixels; a letter of a full-HD screen is two pixels high then"""
LARGEST_PART = 0.5
"""of its size, however small the frame was"""
COVER = (96, 96, 96)
MOST = 20_000
"""entries; the oldest go first"""
DAY = 86_400.0
WAIT_SECONDS = 5.0


@dataclass(frozen=True)
class Kept:
    """One answer as it is kept: secrets are • in all texts."""

    number: int
    at: float
    """seconds since 1970"""
    question: str
    answer: str
    source: str = ""
    """screen, window, region, camera"""
    title: str = ""
    """of the window that was asked about"""
    evidence: tuple[str, ...] = ()
    model: str = ""
    device: str = ""
    abstained: bool = False
    picture: bytes | None = None
    """a small JPEG"""


class History:
    """Any thread. The file is opened for each call and closed again: nothing is held while nobody asks.

    Errors of all calls: `DeviceFailed("history_failed")`.
    """

    def __init__(self, path: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._given, self._clock = path, clock
        self.set_aside: Path | None = None
        """where a file went that was damaged"""

    @property
    def path(self) -> Path:
        if self._given is not None:
            return self._given
        from models.catalogue import data_folder

        return data_folder() / NAME

    def keep(
        self, answer: Answer, frame: Frame, screen_text: ScreenText | None, kinds: Iterable[Secret]
    ) -> int:
        """Write an answer down, with secrets of these kinds hidden; its number."""
        kinds = frozenset(kinds)
        told = _hidden(answer, frame, screen_text, kinds)
        row = (
            self._clock(), told.question, told.answer, told.source, told.title,
            json.dumps(told.evidence, ensure_ascii=False), told.model, told.device, told.abstained, told.picture,
            _plain(" ".join((told.question, told.answer, told.title, *told.evidence))),
        )  # fmt: skip
        with self._open(make=True) as base:
            number = base.execute(
                "INSERT INTO answers (at, question, answer, source, title, evidence, model, device, abstained, picture,"
                " plain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row,
            ).lastrowid  # fmt: skip
            base.execute("DELETE FROM answers WHERE number <= (SELECT MAX(number) FROM answers) - ?", (MOST,))
        return int(number or 0)

    def search(self, words: str = "", most: int = 200) -> list[Kept]:
        """Newest first; each of the words somewhere in question, answer, title or evidence."""
        wanted = _plain(words).split()
        where = " AND ".join(["plain LIKE ? ESCAPE '\\'"] * len(wanted)) or "1"
        patterns = [f"%{_escaped(word)}%" for word in wanted]
        with self._open() as base:
            rows = base.execute(
                f"SELECT {_COLUMNS} FROM answers WHERE {where} ORDER BY number DESC LIMIT ?",  # noqa: S608 - no values in it
                (*patterns, most),
            ).fetchall()
        return [_kept(row) for row in rows]

    def get(self, number: int) -> Kept:
        """Errors: `BadInput("history_missing")`."""
        with self._open() as base:
            row = base.execute(f"SELECT {_COLUMNS} FROM answers WHERE number = ?", (number,)).fetchone()  # noqa: S608
        if row is None:
            raise BadInput("history_missing", number=number)
        return _kept(row)

    def count(self) -> int:
        with self._open() as base:
            return int(base.execute("SELECT COUNT(*) FROM answers").fetchone()[0])

    def delete(self, numbers: Iterable[int]) -> int:
        """How many there were. What is deleted is overwritten in the file."""
        with self._open() as base:
            return sum(
                base.execute("DELETE FROM answers WHERE number = ?", (n,)).rowcount for n in set(numbers)
            )

    def delete_all(self) -> int:
        """Everything, and the file itself; also files that were set aside as damaged."""
        count = self.count()
        try:
            for one in (self.path, *self.path.parent.glob(f"{self.path.stem}-broken-*")):
                one.unlink(missing_ok=True)
        except OSError as reason:
            raise self._failed(reason) from reason
        return count

    def prune(self, days: int) -> int:
        """Delete what is older than `days` (0: nothing); how many."""
        if days <= 0 or not self.path.exists():
            return 0
        with self._open() as base:
            return base.execute("DELETE FROM answers WHERE at < ?", (self._clock() - days * DAY,)).rowcount

    @contextlib.contextmanager
    def _open(self, make: bool = False) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction. Without `make` a missing file reads as an empty one."""
        import sqlite3

        try:
            base = self._connected(make)
        except (OSError, sqlite3.Error) as reason:
            raise self._failed(reason) from reason
        try:
            with base:
                yield base
        except sqlite3.Error as reason:
            raise self._failed(reason) from reason
        finally:
            base.close()

    def _connected(self, make: bool) -> sqlite3.Connection:
        import sqlite3

        if not make and not self.path.exists():
            return _prepared(sqlite3.connect(":memory:"))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            return self._checked()
        except sqlite3.DatabaseError as reason:
            if isinstance(reason, sqlite3.OperationalError):  # locked, full: not the file's fault
                raise
            self._put_aside()
            return self._checked()

    def _checked(self) -> sqlite3.Connection:
        import sqlite3

        base = sqlite3.connect(self.path, timeout=WAIT_SECONDS)
        try:
            return _prepared(base)
        except BaseException:
            base.close()
            raise

    def _put_aside(self) -> None:
        stamp = time.strftime("%Y%m%d-%H%M%S")
        self.set_aside = self.path.with_name(f"{self.path.stem}-broken-{stamp}{self.path.suffix}")
        self.path.replace(self.set_aside)

    def _failed(self, reason: Exception) -> DeviceFailed:
        return DeviceFailed("history_failed", reason=str(reason), path=str(self.path))


_COLUMNS = "number, at, question, answer, source, title, evidence, model, device, abstained, picture"


def _prepared(base: sqlite3.Connection) -> sqlite3.Connection:
    """With the table, and told to overwrite what is deleted."""
    import sqlite3

    base.execute("PRAGMA secure_delete = ON")
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise sqlite3.OperationalError("written by a newer version of Nunchi")
    with base:
        base.execute(
            "CREATE TABLE IF NOT EXISTS answers (number INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL,"
            " question TEXT NOT NULL, answer TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,"
            " evidence TEXT NOT NULL, model TEXT NOT NULL, device TEXT NOT NULL, abstained INTEGER NOT NULL,"
            " picture BLOB, plain TEXT NOT NULL)"
        )
        base.execute("CREATE INDEX IF NOT EXISTS answers_at ON answers (at)")
        base.execute(f"PRAGMA user_version = {SCHEMA}")
    return base


def _hidden(answer: Answer, frame: Frame, screen_text: ScreenText | None, kinds: frozenset[Secret]) -> Kept:
    """The answer as it may be written down."""
    lines = screen_text.lines if screen_text else ()
    hidden, boxes = masked_screen(screen_text, kinds) if screen_text and kinds else (screen_text, [])
    safe_lines = hidden.lines if hidden else ()
    instead = {
        one.text: safe.text for one, safe in zip(lines, safe_lines, strict=True) if one.text != safe.text
    }

    def safe(text: str) -> str:
        """A number is a secret here where the screen's line says so, though the words around it do not."""
        for shown in sorted(instead, key=len, reverse=True):
            text = text.replace(shown, instead[shown])
        return masked(text, kinds) if kinds else text

    may_see = screen_text is not None and (screen_text.source != "none" or not kinds)
    return Kept(
        number=0, at=0.0, question=safe(answer.question), answer=safe(answer.text), source=frame.source,
        title=safe(frame.title), evidence=tuple(safe(one.text) for one in answer.evidence), model=answer.model,
        device=answer.device, abstained=answer.abstained, picture=small_picture(frame, boxes) if may_see else None,
    )  # fmt: skip


def small_picture(frame: Frame, boxes: Iterable[Box] = ()) -> bytes:
    """The frame as a small JPEG, with `boxes` painted over first."""
    from PIL import Image, ImageDraw

    picture = Image.fromarray(frame.image).copy()
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        draw.rectangle((box.x, box.y, box.right, box.bottom), fill=COVER)
    part = min(PICTURE_WIDTH / picture.width, LARGEST_PART)
    size = (max(1, round(picture.width * part)), max(1, round(picture.height * part)))
    out = BytesIO()
    picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0).save(out, "JPEG", quality=80)
    return out.getvalue()


def _kept(row: tuple) -> Kept:
    number, at, question, answer, source, title, evidence, model, device, abstained, picture = row
    return Kept(
        number, at, question, answer, source, title, tuple(json.loads(evidence)), model, device, bool(abstained),
        picture,
    )  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
