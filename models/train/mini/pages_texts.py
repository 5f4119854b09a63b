"""Pages that are mostly text: editors, terminals, web pages, chats, mail."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import values
from models.train.mini.bars import put, wrap
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.topics import WORDS

ERRORS = (
    "ModuleNotFoundError: No module named '{w}'", "FileNotFoundError: [Errno 2] No such file or directory: '{f}'", "ValueError: invalid literal for int() with base 10: '{w}'",
    "KeyError: '{w}'", "bash: {w}: command not found", "error: failed to push some refs to 'origin'", "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
    "make: *** [Makefile:{n}: {w}] 오류 1", "IndexError: list index out of range", "Permission denied: '{f}'", "ZeroDivisionError: division by zero", "bash: {f}: 그런 파일이나 디렉터리가 없습니다",
    "E: {w} 패키지를 찾을 수 없습니다", "NameError: name '{w}' is not defined", "Segmentation fault (core dumped)", "curl: (6) Could not resolve host: {w}.example", "ssh: connect to host {w} port 22: Connection timed out", "cp: '{f}'를 열 수 없습니다: 허가 거부", "tar: {f}: No such file or directory", "OSError: [Errno 28] No space left on device", "SyntaxError: invalid syntax", "fatal: not a git repository (or any of the parent directories): .git", "ConnectionRefusedError: [Errno 111] Connection refused",
)  # fmt: skip


ERROR_MEANINGS = {
    "ModuleNotFoundError": "파이썬 모듈을 찾을 수 없다", "FileNotFoundError": "파일이나 폴더가 없다", "ValueError": "값이 올바르지 않다", "KeyError": "그런 키가 없다", "command not found": "그런 명령이 없다", "TypeError": "자료형이 맞지 않는다", "IndexError": "목록의 범위를 벗어났다",
    "Permission denied": "권한이 없다", "ZeroDivisionError": "0으로 나누었다", "SyntaxError": "문법이 잘못되었다", "not a git repository": "깃 저장소가 아니다", "ConnectionRefusedError": "연결이 거부되었다", "failed to push": "밀어 올리지 못했다", "No space left": "남은 공간이 없다",
    "Segmentation fault": "잘못된 메모리에 접근했다", "Connection timed out": "연결 시간이 지났다", "Killed": "프로그램이 강제로 끝났다", "No such file": "그런 파일이 없다", "NameError": "이름이 정의되지 않았다", "Could not resolve host": "주소를 찾을 수 없다",
}  # fmt: skip
HINTS = {"Permission denied": "권한", "command not found": "설치"}


def _errors(c: Canvas, error: str) -> None:
    """What the error says, means, and how many there are."""
    item = c.items[-1] if c.items else None
    for words, meaning in ERROR_MEANINGS.items():
        if words in error:
            c.ask(
                "meaning",
                (
                    "이 오류 무슨 뜻이야",
                    "마지막 오류가 무슨 말이야",
                    "에러가 무슨 소리야",
                    f"{words}[이가] 무슨 뜻이야",
                    f"{words} 이게 뭐야",
                    "영어로 된 오류 뜻이 뭐야",
                    "왜 안 된다는 거야 우리말로",
                ),
                answer=f"‘{meaning}’라는 뜻입니다.",
            )
            break
    c.ask(
        "read",
        (
            "제일 밑에 난 오류가 뭐야",
            "마지막에 무슨 에러가 떴어",
            "실행하다가 뭐라고 하면서 멈췄어",
            "왜 실패했대",
            "오류 줄 그대로 읽어 줘",
        ),
        item,
        answer="{}라고 적혀 있습니다.",
    )


def editor(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Lines of text, a status line."""
    rng = c.rng
    y, step = r.y + 8, t.size + 10
    first = put(c, t, r.x + 14, y, rng.choice(p.headings), size=t.size + 4, role="heading")
    c.fact("heading", first)
    y += step + 10
    while y + step < r.bottom - 30:
        rows = wrap(c, t, rng.choice(p.sentences), r.width - 40, t.size)[: rng.randint(1, 3)]
        shown = []
        for row in rows:
            if y + step < r.bottom - 30:
                shown.append(put(c, t, r.x + 14, y, row, role="text"))
                y += step
        c.fact("line", *shown[:1])
        if rng.random() < 0.12:
            break
    line, column = rng.randint(1, 900), rng.randint(1, 80)
    state = rng.choice(
        (
            f"{line}행 {column}열",
            f"줄 {line}, 열 {column}",
            f"{rng.randint(1, 9)}/{rng.randint(9, 40)}페이지",
            f"단어 {line}개",
            "UTF-8",
            "한국어",
        )
    )
    c.box(Rect(r.x, r.bottom - 24, r.width, 24), fill=t.bar)
    c.fact("status", put(c, t, r.x + 12, r.bottom - 21, state, size=t.size - 1, paper=t.bar, role="status"))


def terminal(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A prompt, output, perhaps an error at the end."""
    rng = c.rng
    paper, ink = rng.choice(
        (
            ((12, 12, 12), (220, 220, 220)),
            ((48, 10, 36), (238, 238, 238)),
            ((255, 255, 255), (30, 30, 30)),
            ((30, 30, 46), (205, 214, 244)),
        )
    )
    c.box(r, fill=paper)
    y, step = r.y + 8, t.size + 6
    user = f"{values.value('id', p, rng)}@{rng.choice(('debian', 'laptop', 'server', 'desktop'))}:~$"
    green = rng.choice(((80, 200, 90), ink))

    def say(text: str, colour: tuple[int, int, int]) -> object:
        nonlocal y
        item = c.text(
            r.x + 8,
            y,
            text,
            size=t.size,
            ink=colour,
            paper=paper,
            font_path=t.mono,
            limit=r.width - 16,
            role="text",
        )
        y += step
        return item

    while y + step * 7 < r.bottom:
        command = say(
            f"{user} {rng.choice(('ls', 'cat', 'python', 'git status', 'make', 'df -h', 'ps', 'grep -r', 'cd', 'npm run', 'pip install'))} {values.file_name(p, rng)}",
            green,
        )
        c.fact("line", command)
        for _ in range(rng.randint(0, 4)):
            say(
                rng.choice(
                    (
                        values.file_name(p, rng),
                        f"{values.value('bytes', p, rng)}  {values.file_name(p, rng)}",
                        rng.choice(p.english_labels),
                        rng.choice(p.messages)[:50],
                    )
                ),
                ink,
            )
        if rng.random() < 0.2:
            break
    if rng.random() < 0.7:
        if rng.random() < 0.6:
            say("Traceback (most recent call last):", ink)
            say(f'  File "{rng.choice(WORDS)}.py", line {rng.randint(1, 300)}, in <module>', ink)
        error = rng.choice(ERRORS).format(
            w=rng.choice(WORDS), f=values.file_name(p, rng), n=rng.randint(3, 90)
        )
        c.fact("error", say(error, rng.choice((ink, (240, 80, 70)))))
        _errors(c, error)
    else:
        c.fact("prompted", c.items[-1] if c.items else None)
    say(user, green)
