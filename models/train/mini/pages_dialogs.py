"""Dialogs and windows about files and pictures: save, find, unpack, a new picture, a viewer, slides, code, two files side by side."""

from __future__ import annotations

from models.train.mini import menus, tables, values
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.topics import Column, Topic

PLACES = (
    "홈",
    "바탕 화면",
    "문서",
    "다운로드",
    "음악",
    "사진",
    "비디오",
    "최근 사용",
    "다른 위치",
    "내 컴퓨터",
)
TYPES = (
    "모든 파일",
    "텍스트 (*.txt)",
    "PDF 문서 (*.pdf)",
    "PNG 그림",
    "엑셀 통합 문서",
    "ODF 문서 (.odt)",
    "CSV 파일",
    "HTML 문서",
    "JPEG 그림",
)


def saving(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Save as, or open: a name, places, files, a file type, two buttons."""
    rng = c.rng
    save, y = rng.random() < 0.65, r.y + 12
    name = values.file_name(p, rng)
    label = put(c, t, r.x + 14, y, rng.choice(("이름:", "파일 이름:", "이름(N):")), role="label")
    c.box(Rect(r.x + 110, y - 5, min(360, r.width - 130), t.size + 12), fill=t.paper, outline=t.accent)
    item = put(c, t, r.x + 116, y, name, role="field", state="focused", limit=340)
    c.fact("value", label, item, names=("파일 이름",), value="text")
    c.ask(
        "lookup",
        (
            "무슨 이름으로 저장돼",
            "파일 이름이 뭐로 돼 있어",
            "저장할 이름이 뭐야",
            "어떤 이름으로 저장하는 거야",
        )
        if save
        else ("무슨 파일을 여는 거야", "고른 파일 이름이 뭐야"),
        item,
    )
    y += t.size + 22
    where = put(c, t, r.x + 14, y, rng.choice(("폴더:", "저장할 위치:", "위치:")), role="label")
    folder = put(c, t, r.x + 116, y, rng.choice(values.FOLDERS), role="combo")
    c.fact("value", where, folder, names=("위치",), value="place")
    c.ask(
        "lookup",
        ("어느 폴더에 저장돼", "어디에 저장하는 거야", "저장되는 데가 어디야")
        if save
        else ("어느 폴더를 보고 있어",),
        folder,
    )
    y += t.size + 20
    wide = min(170, r.width // 3)
    menus.side_list(
        c, t, Rect(r.x, y, wide, r.bottom - y - 80), rng.sample(PLACES, rng.randint(5, 9)), "위치"
    )
    about = Topic(
        "파일",
        "이름",
        "",
        (
            Column("크기", "bytes"),
            Column("종류", "type", ("문서", "그림", "폴더", "텍스트")),
            Column("바뀐 때", "date"),
        )[: max(1, min(3, (r.width - wide) // 150 - 1))],
    )
    names = list(dict.fromkeys(values.file_name(p, rng) for _ in range(rng.randint(2, 12))))
    tables.table(
        c,
        t,
        p,
        Rect(r.x + wide + 6, y, r.width - wide - 12, r.bottom - y - 84),
        about,
        names,
        lined=False,
        select=0.2,
    )
    kind = put(c, t, r.x + wide + 10, r.bottom - 2 * t.size - 40, rng.choice(TYPES), role="combo")
    c.ask(
        "selected",
        (
            "파일 형식이 뭐로 돼 있어",
            "어떤 형식으로 저장돼",
            "무슨 종류로 골라져 있어",
            "확장자가 뭐로 돼 있어",
        ),
        kind,
    )
    w.button_row(
        c,
        t,
        Rect(r.x + 14, r.bottom - t.size - 24, r.width - 28, t.size + 16),
        ["취소", "저장" if save else "열기"],
        loud=rng.choice((-1, 1)),
    )


def finding(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Find and replace."""
    rng, y = c.rng, r.y + 14
    word, other = rng.sample(
        ("회의", "예산", "학교", "운영", "담당자", "2025년", "지원", "공고", "매출", "안내", "고객", "일정"),
        2,
    )
    for names, value, ready in (
        (
            ("찾기:", "찾을 말:", "찾을 내용(F):"),
            word,
            ("무슨 말을 찾는 거야", "찾는 낱말이 뭐야", "뭘 찾고 있어", "찾을 말에 뭐라고 써 있어"),
        ),
        (
            ("바꾸기:", "바꿀 말:", "바꿀 내용(R):"),
            other,
            ("뭘로 바꾸는 거야", "바꿀 말이 뭐야", "어떤 말로 고치는 거야", "바꿀 칸에 뭐라고 써 있어"),
        ),
    ):
        if value == other and rng.random() < 0.2:
            continue
        label = put(c, t, r.x + 16, y, rng.choice(names), role="label")
        c.box(Rect(r.x + 130, y - 5, min(300, r.width - 150), t.size + 12), fill=t.paper, outline=t.line)
        item = put(
            c,
            t,
            r.x + 136,
            y,
            value,
            role="field",
            state="focused" if value == word and rng.random() < 0.4 else None,
        )
        c.fact(
            "value",
            label,
            item,
            names=(label.text.split("(")[0].rstrip(":") if label else "찾기",),
            value="text",
        )
        c.ask("lookup", ready, item)
        y += t.size + 22
    boxes = rng.sample(
        (
            "대소문자 구분",
            "온전한 낱말만",
            "정규식",
            "뒤로 찾기",
            "처음부터 다시 찾기",
            "선택한 곳만",
            "찾은 말 모두 강조",
        ),
        rng.randint(2, 5),
    )
    w.checks(c, t, p, Rect(r.x + 16, y, min(420, r.width - 32), r.bottom - y - 46), boxes)
    names = ["찾기", "바꾸기", "모두 바꾸기", "다음 찾기", "이전 찾기"]
    w.button_row(
        c,
        t,
        Rect(r.x + 14, r.bottom - t.size - 24, r.width - 28, t.size + 16),
        [*rng.sample(names, rng.randint(2, 4)), "닫기"],
        off=rng.choice((-1, 0)),
    )


def unpacking(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Where to unpack an archive, and how."""
    rng, y = c.rng, r.y + 14
    folder = rng.choice(values.FOLDERS)
    label = put(c, t, r.x + 16, y, rng.choice(("풀 위치:", "대상 폴더:", "압축을 풀 곳:")), role="label")
    item = put(c, t, r.x + 150, y, folder, role=rng.choice(("combo", "field")))
    c.fact("value", label, item, names=(label.text.rstrip(":") if label else "위치",), value="place")
    c.ask(
        "read",
        (
            "어디에다 압축을 풀어",
            "압축 풀면 어느 폴더에 들어가",
            "풀린 파일은 어디에 생겨",
            "어느 폴더로 풀리는 거야",
        ),
        item,
    )
    y = (
        w.radios(
            c,
            t,
            Rect(r.x + 16, y + t.size + 20, 300, r.height // 2),
            "풀 것",
            ["모두", "고른 것만", "이름 맞는 것:"][: rng.randint(2, 3)],
        )
        + 6
    )
    w.checks(
        c,
        t,
        p,
        Rect(r.x + 16, y, 380, r.bottom - y - 50),
        rng.sample(
            (
                "폴더째 풀기",
                "있는 파일 덮어쓰기",
                "오래된 것만 바꾸기",
                "다 풀고 폴더 열기",
                "암호 기억",
                "풀고 나서 압축 파일 지우기",
            ),
            rng.randint(2, 4),
        ),
    )
    w.button_row(
        c,
        t,
        Rect(r.x + 14, r.bottom - t.size - 24, r.width - 28, t.size + 16),
        ["취소", "압축 풀기"],
        loud=rng.choice((-1, 1)),
    )
