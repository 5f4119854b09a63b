"""Dialogs and windows about files and pictures: save, find, unpack, a new picture, a viewer, slides, code, two files side by side."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import bars, menus, tables, values
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


def new_picture(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """The size of a new picture or page."""
    rng, y = c.rng, r.y + 14
    rows = [
        ("서식", rng.choice(("A4", "엽서", "1920×1080", "정사각형"))),
        ("너비", str(rng.choice((640, 800, 1080, 1200, 2480)))),
        ("높이", str(rng.choice((480, 600, 900, 1350, 3508)))),
        ("단위", rng.choice(("픽셀", "mm", "인치"))),
        ("가로 해상도", str(rng.choice((72, 96, 150, 300)))),
        ("색 공간", rng.choice(("RGB 색상", "회색조"))),
        ("채우기", rng.choice(("흰색", "투명", "배경색", "무늬"))),
        ("방향", rng.choice(("세로", "가로"))),
    ]
    ready = {"너비": ("가로가 얼마로 돼 있어", "폭이 몇이야", "가로 크기가 몇 픽셀이야"), "높이": ("세로가 얼마로 돼 있어", "세로 길이가 몇이야"), "채우기": ("바탕을 뭘로 채워", "배경이 뭐로 채워져"), "색 공간": ("색은 뭘로 돼 있어", "컬러야 흑백이야")}  # fmt: skip
    for name, value in [rows[i] for i in sorted(rng.sample(range(len(rows)), rng.randint(3, 7)))]:
        if y + t.size + 50 > r.bottom:
            break
        label = put(c, t, r.x + 16, y, f"{name}{rng.choice((':', '', '(W):'))}", role="label")
        c.box(Rect(r.x + 154, y - 5, 160, t.size + 12), fill=t.paper, outline=t.line)
        item = put(c, t, r.x + 160, y, value, role="combo" if not value.isdigit() else "field")
        c.fact("value", label, item, names=(name,), value="number" if value.isdigit() else "text")
        if name in ready:
            c.ask("lookup", ready[name], item)
        if not value.isdigit():
            c.fact("choice", item, label, names=(name,))
        y += t.size + 20
    w.button_row(
        c,
        t,
        Rect(r.x + 14, r.bottom - t.size - 24, r.width - 28, t.size + 16),
        rng.choice((["도움말", "초기화", "취소", "확인"], ["취소", "만들기"], ["확인", "취소"])),
        loud=rng.choice((-1, 1)),
    )


def pointer(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Mouse, keyboard or display settings: tabs, a device, sliders with values, choices."""
    rng = c.rng
    names = rng.choice(
        (
            ("장치", "모양", "터치패드", "동작"),
            ("동작", "배치", "바로 가기 키"),
            ("일반", "고급", "색"),
            ("출력", "입력", "효과음"),
            ("시스템", "화면", "장치"),
        )
    )
    high = bars.tabs(c, t, r, list(names)[: rng.randint(2, len(names))])
    inside, y = r.inset(16), r.y + high + 16
    sliders = {
        "마우스": ("포인터 빠르기", "두 번 누르는 간격", "끌기 시작 거리"),
        "키보드": ("반복 지연", "반복 속도", "커서 깜박임"),
        "화면": ("밝기", "색온도", "배율"),
        "소리": ("출력 음량", "입력 음량", "균형"),
        "전원": ("화면 끄기까지", "잠자기까지", "밝기 낮추기"),
    }
    group = rng.choice(list(sliders.values()))
    for name in rng.sample(group, rng.randint(1, len(group))):
        if y + 60 > inside.bottom:
            break
        label = put(c, t, inside.x, y, name + rng.choice((":", "")), role="label")
        value = rng.choice(
            (
                f"{rng.randint(1, 99)}%",
                f"{rng.randint(100, 900)} ms",
                f"{rng.randint(1, 30)}",
                f"{rng.randint(1, 60)}분",
                f"{rng.randint(1, 30)}.{rng.randint(0, 9)}",
            )
        )
        c.box(Rect(inside.x + 160, y + t.size // 2, 180, 4), fill=t.line)
        c.round(Rect(inside.x + 160 + rng.randint(0, 170), y + t.size // 2 - 5, 14, 14), fill=t.accent)
        item = put(c, t, inside.x + 360, y, value, role="field")
        c.fact("value", label, item, names=(name,), value="number")
        y += t.size + rng.choice((16, 24))
    head, picks = rng.choice((
        ("단추 순서", ("오른손잡이", "왼손잡이")), ("주로 쓰는 손", ("오른손", "왼손")), ("스크롤 방향", ("자연스럽게", "거꾸로")), ("화면 방향", ("가로", "세로")),
    ))  # fmt: skip
    y = w.radios(c, t, Rect(inside.x, y, 400, inside.bottom - y - 40), head, list(picks))
    w.checks(
        c,
        t,
        p,
        Rect(inside.x, y + 6, 420, inside.bottom - y - 46),
        rng.sample(
            (
                "키 반복 쓰기",
                "커서 깜박이기",
                "글쓰는 동안 터치패드 끄기",
                "눌러서 누르기",
                "새 모니터 알림",
                "방향 뒤집기",
                "시스템 소리 내기",
                "음 소거",
                "화면 어둡게 하기",
            ),
            rng.randint(1, 4),
        ),
    )
    w.button_row(
        c,
        t,
        Rect(inside.x, r.bottom - t.size - 24, inside.width, t.size + 16),
        rng.choice((["도움말", "닫기"], ["기본값 복원", "닫기"], ["확인", "취소"])),
    )
