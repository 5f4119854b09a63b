"""What a window can hold, by name: dialogs, forms, settings here, tables and texts in their own files.

Every page is a function (canvas, theme, pools, rectangle) that fills the rectangle; PAGES says what each is called.
"""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from collections.abc import Callable

from models.train.mini import bars, menus, values
from models.train.mini import widgets as w
from models.train.mini.bars import paragraph, put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.pages_charts import chart
from models.train.mini.pages_code import code, compared, transfer
from models.train.mini.pages_days import clock, month
from models.train.mini.pages_devices import new_picture, pointer
from models.train.mini.pages_dialogs import finding, saving, unpacking
from models.train.mini.pages_files import archive, files
from models.train.mini.pages_help import blocked, paragraph_page
from models.train.mini.pages_news import notice, weather
from models.train.mini.pages_options import control, options, printing, wizard
from models.train.mini.pages_people import chat, mail
from models.train.mini.pages_programs import about, calculator, gallery, game, properties
from models.train.mini.pages_shops import news, product, shop
from models.train.mini.pages_tables import monitor, music, sheet, spreadsheet
from models.train.mini.pages_texts import editor, terminal
from models.train.mini.pages_travel import school, trains
from models.train.mini.pages_views import slides, viewer
from models.train.mini.pages_web import bank, signup

QUESTIONS = (
    (("저장", "저장 안 함", "취소"), ("변경 내용을 저장하시겠습니까?", "저장하지 않은 내용이 있습니다. 저장할까요?", "문서를 닫기 전에 저장하시겠습니까?")),
    (("삭제", "취소"), ("정말 삭제하시겠습니까?", "이 파일을 영구적으로 삭제할까요?", "선택한 항목을 지우시겠습니까?")),
    (("예", "아니요"), ("계속하시겠습니까?", "이 프로그램을 실행하시겠습니까?", "설정을 처음 상태로 되돌릴까요?", "기본 브라우저로 설정하시겠습니까?")),
    (("확인",), ("작업이 끝났습니다.", "파일을 찾을 수 없습니다.", "비밀번호가 올바르지 않습니다.", "연결이 끊어졌습니다.", "디스크 공간이 부족합니다.")),
    (("다시 시도", "취소"), ("서버에 연결할 수 없습니다.", "파일을 열 수 없습니다.", "네트워크 연결을 확인해 주세요.", "업데이트를 내려받지 못했습니다.")),
    (("설치", "나중에"), ("새 업데이트가 있습니다. 지금 설치할까요?", "보안 업데이트를 설치해야 합니다.", "새 버전을 사용할 수 있습니다.")),
    (("동의", "취소"), ("이용 약관에 동의하시겠습니까?", "개인정보 수집에 동의해 주세요.")),
    (("덮어쓰기", "취소"), ("같은 이름의 파일이 이미 있습니다. 바꾸시겠습니까?", "대상 폴더에 같은 파일이 있습니다.")),
)  # fmt: skip


ENGLISH_BUTTONS = (
    ("OK",),
    ("OK", "Cancel"),
    ("Yes", "No"),
    ("Retry", "Cancel"),
    ("Save", "Don't Save", "Cancel"),
    ("Close",),
    ("Continue", "Cancel"),
)


def dialog(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A message and buttons."""
    rng = c.rng
    english = rng.random() < 0.22
    meaning = None
    if english:
        message, meaning = rng.choice(p.pairs)
        names = list(rng.choice(ENGLISH_BUTTONS))
    elif rng.random() < 0.5:
        choice = rng.choice(QUESTIONS)
        names, message = list(choice[0]), rng.choice(choice[1])
        if rng.random() < 0.4:
            message = f"'{values.file_name(p, rng)}' {message}"
    else:
        message, names = (
            rng.choice(p.messages),
            rng.sample(("확인", "취소", "닫기", "다시 시도", "도움말", "무시"), rng.randint(1, 3)),
        )
    icon_wide = 56 if rng.random() < 0.7 else 0
    if icon_wide:
        c.round(
            Rect(r.x + 16, r.y + 18, 36, 36),
            fill=rng.choice((t.accent, (224, 60, 50), (240, 180, 40), (60, 130, 220))),
        )
    bold = rng.random() < 0.3
    shown = paragraph(
        c,
        t,
        Rect(r.x + 20 + icon_wide, r.y + 20, r.width - 40 - icon_wide, r.height - 70),
        message,
        size=t.size + (3 if bold else 0),
        role="message",
    )
    c.fact("message", *shown, names=(message,))
    if meaning and shown and shown[0]:
        shown[0].korean = meaning
        c.fact("english", *shown, names=(meaning,))
    if rng.random() < 0.3 and not english:
        y = r.y + 30 + len(shown) * (t.size + 10)
        paragraph(
            c,
            t,
            Rect(r.x + 20 + icon_wide, y, r.width - 40 - icon_wide, r.bottom - 60 - y),
            rng.choice(p.messages),
            ink=t.faint,
        )
    if rng.random() < 0.2:
        w.checks(
            c,
            t,
            p,
            Rect(r.x + 24 + icon_wide, r.bottom - t.size * 2 - 46, r.width - 80, t.size + 20),
            [rng.choice(("다시 묻지 않음", "다시 표시하지 않기", "모두 적용", "항상 허용"))],
        )
    usual = next((n for n in names if n not in ("취소", "Cancel")), names[0])
    if rng.random() < 0.3:
        names.reverse()
    first = names.index(usual)
    buttons = w.button_row(
        c,
        t,
        Rect(r.x + 16, r.bottom - t.size - 30, r.width - 32, t.size + 16),
        names,
        loud=first if rng.random() < 0.6 else -1,
    )
    if len(buttons) == len(names):
        c.fact("next", buttons[first])


def form(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Labels and values, buttons below."""
    rng = c.rng
    inside = r.inset(20)
    y = inside.y
    if rng.random() < 0.4:
        head = put(c, t, inside.x, y, values.label(p, rng), size=t.size + 6, role="heading")
        c.fact("heading", head)
        y += t.size + 26
    rows = values.distinct_fields(p, rng, rng.randint(2, max(3, min(14, inside.height // 40))))
    half = inside.width > 700 and rng.random() < 0.6
    block = Rect(inside.x, y, inside.width // 2 - 20 if half else inside.width, inside.bottom - y - 50)
    y = w.fields(c, t, p, block, rows, boxed=rng.random() < 0.7)
    if half:
        taken = {name for name, _ in rows}
        more = [f for f in values.distinct_fields(p, rng, rng.randint(2, 10)) if f[0] not in taken]
        w.fields(c, t, p, Rect(inside.x + inside.width // 2 + 10, block.y, block.width, block.height), more)
    names = rng.sample(bars.BUTTONS, rng.randint(1, 4))
    w.button_row(
        c,
        t,
        Rect(inside.x, inside.bottom - t.size - 16, inside.width, t.size + 16),
        names,
        loud=rng.randint(-1, len(names) - 1),
        off=rng.choice((-1, -1, len(names) - 1)),
    )


def settings(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """A list at the side, then check boxes, choices and values; or tabs above them."""
    rng = c.rng
    inside = r
    if rng.random() < 0.6 and r.width > 420:
        wide = min(240, r.width // 3)
        menus.side_list(
            c,
            t,
            Rect(r.x, r.y, wide, r.height),
            values.labels(p, rng, rng.randint(4, 16), 10),
            rng.choice(("항목", "메뉴")),
        )
        inside = Rect(r.x + wide, r.y, r.width - wide, r.height)
    elif rng.random() < 0.8:
        high = bars.tabs(c, t, r, values.labels(p, rng, rng.randint(2, 7), 9))
        inside = Rect(r.x, r.y + high, r.width, r.height - high)
    inside = inside.inset(18)
    y = inside.y
    if rng.random() < 0.5:
        c.fact("heading", put(c, t, inside.x, y, values.label(p, rng), size=t.size + 5, role="heading"))
        y += t.size + 24
    for part in rng.sample(("checks", "radios", "fields", "checks"), rng.randint(1, 4)):
        room = Rect(inside.x, y, min(inside.width, 640), inside.bottom - 46 - y)
        if room.height < 60:
            break
        if part == "checks":
            y = w.checks(c, t, p, room, values.labels(p, rng, rng.randint(2, 7), 16))
        elif part == "radios":
            names = values.labels(p, rng, rng.randint(3, 5), 12)
            y = w.radios(c, t, room, names[0], names[1:])
        else:
            y = w.fields(c, t, p, room, values.distinct_fields(p, rng, rng.randint(2, 5)))
        y += 12
    if rng.random() < 0.6:
        names = rng.choice((["확인", "취소", "적용"], ["닫기"], ["기본값 복원", "적용"], ["취소", "저장"]))
        w.button_row(
            c,
            t,
            Rect(inside.x, inside.bottom - t.size - 16, inside.width, t.size + 16),
            names,
            off=rng.choice((-1, len(names) - 1)),
        )


PAGES: dict[str, tuple[Callable[[Canvas, Theme, Pools, Rect], None], str, int]] = {
    "dialog": (dialog, "알림 창", 4), "form": (form, "입력 양식", 2), "settings": (settings, "설정 화면", 2), "sheet": (sheet, "표", 6), "options": (options, "설정 창", 5), "wizard": (wizard, "설정 마법사", 1),
    "spreadsheet": (spreadsheet, "스프레드시트", 7), "files": (files, "파일 관리자", 4), "editor": (editor, "텍스트 편집기", 2), "chart": (chart, "그래프", 4), "control": (control, "설정 화면", 1), "gallery": (gallery, "파일 목록", 1),
    "terminal": (terminal, "터미널", 3), "shop": (shop, "쇼핑 페이지", 2), "news": (news, "뉴스 페이지", 1), "chat": (chat, "대화방", 2), "mail": (mail, "메일 화면", 3), "music": (music, "음악 재생기", 2), "monitor": (monitor, "시스템 모니터", 2),
    "archive": (archive, "압축 파일 목록", 1), "signup": (signup, "가입 페이지", 2), "bank": (bank, "은행 페이지", 2), "trains": (trains, "열차 예매 페이지", 2), "notice": (notice, "공지 글", 3), "blocked": (blocked, "오류 페이지", 1), "school": (school, "학교 시간표", 1),
    "product": (product, "상품 페이지", 2), "weather": (weather, "날씨 페이지", 1), "help": (paragraph_page, "도움말 페이지", 1), "printing": (printing, "인쇄 창", 1), "about": (about, "프로그램 정보 창", 1), "properties": (properties, "속성 창", 2), "calculator": (calculator, "계산기", 1),
    "calendar": (month, "달력", 1), "game": (game, "게임 화면", 1), "clock": (clock, "시계", 1), "saving": (saving, "저장 창", 2), "finding": (finding, "찾기 바꾸기 창", 1), "unpacking": (unpacking, "압축 풀기 창", 1), "new": (new_picture, "새 그림 창", 1), "viewer": (viewer, "보기 화면", 2), "slides": (slides, "발표 자료", 2),
    "code": (code, "코드 편집기", 2), "compared": (compared, "파일 비교 화면", 1), "transfer": (transfer, "파일 전송 화면", 1), "pointer": (pointer, "설정 창", 2),
}  # fmt: skip
"""name → (filler, what it is called in a description, weight)"""
SMALL = (
    "dialog",
    "about",
    "properties",
    "printing",
    "calculator",
    "game",
    "wizard",
    "saving",
    "finding",
    "unpacking",
    "new",
    "pointer",
)
"""pages that usually fill a small window"""
WEB = (
    "shop",
    "product",
    "news",
    "bank",
    "trains",
    "notice",
    "blocked",
    "school",
    "weather",
    "help",
    "signup",
    "chat",
    "mail",
)
"""pages that may stand in a browser"""
