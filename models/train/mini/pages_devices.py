"""Settings of mouse, keyboard, screen and sound, and the size of a new picture."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import bars
from models.train.mini import widgets as w
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools


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
