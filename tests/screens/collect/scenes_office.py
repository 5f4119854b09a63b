"""Captures of spreadsheets, documents, charts and slides."""

from __future__ import annotations

import time

from .desk import Desk, Look
from .scenes_tools import FHD, GREEN, GREY, HD, HP, PLUM, Scene

OFFICE = "soffice --norestore --nologo --nofirststartwizard"


def opened(d: Desk, path: str, title: str, place: tuple[int, int, int, int] | str = "max") -> None:
    """Open a file in LibreOffice and put away its hints (tip of the day, what is new)."""
    d.start(f"{OFFICE} '{path}'", title, wait=5, place=place, seconds=90)
    for _ in range(2):
        tips = [w for w in d.windows() if "오늘의 팁" in w["title"] or "Tip" in w["title"]]
        if tips:
            d.run(f"wmctrl -ic {tips[0]['id']}")
            time.sleep(1)
    d.window(title, wait=1)
    d.press("닫기|Close", role="button", wait=1) if any(
        "새로운 기능" in n["text"] or "릴리즈 노트" in n["text"] for n in d.tree()
    ) else None


def calc_sales(d: Desk) -> None:
    opened(d, "문서/2026_지점별_매출.xlsx", "지점별")
    d.keys("ctrl+Home", "Down", "Down", "Down", "Right", "Right")
    d.shot("calc-sales", "libreoffice-calc", "지점별 매출 표")


def calc_budget(d: Desk) -> None:
    opened(d, "문서/총무팀_예산.xlsx", "예산")
    d.press("데이터\\(D\\)|데이터", role="menu", wait=1.5)
    d.shot("calc-budget-menu", "libreoffice-calc", "예산 표와 데이터 메뉴")
    d.keys("Escape", "Escape")
    d.keys("ctrl+Home")
    d.keys("ctrl+1", wait=3)
    d.shot("calc-format", "libreoffice-calc", "셀 서식 대화상자")


def calc_stock(d: Desk) -> None:
    opened(d, "문서/비품_재고.xlsx", "재고")
    d.keys("ctrl+Home", "Down", "Down", "Down", "Down")
    d.shot("calc-stock", "libreoffice-calc", "비품 재고 관리표")


def calc_line(d: Desk) -> None:
    opened(d, "문서/방문자_통계.xlsx", "방문자")
    d.keys("ctrl+Home", "Down")
    d.shot("calc-line", "libreoffice-calc", "월별 방문자 꺾은선 그래프")


def calc_pie(d: Desk) -> None:
    opened(d, "문서/가계부_10월.xlsx", "가계부")
    d.keys("ctrl+Home", "Down")
    d.shot("calc-pie", "libreoffice-calc", "지출 비율 원그래프")


def calc_bar(d: Desk) -> None:
    opened(d, "문서/제품_판매량.xlsx", "제품")
    d.keys("ctrl+Home", "Down")
    d.shot("calc-bar", "libreoffice-calc", "제품별 판매량 막대그래프")


def writer(d: Desk) -> None:
    opened(d, "문서/체육대회_안내문.docx", "체육대회")
    d.shot("writer-letter", "libreoffice-writer", "체육대회 안내문")
    d.keys("ctrl+End")
    d.type("끝")
    d.keys("ctrl+w", wait=2.5)
    d.shot("writer-save", "libreoffice-writer", "문서를 저장할지 묻는 대화상자")


def writer_find(d: Desk) -> None:
    opened(d, "문서/체육대회_안내문.docx", "체육대회")
    d.keys("ctrl+h", wait=6)
    d.type("운동장", wait=4)
    d.shot("writer-find", "libreoffice-writer", "찾기 및 바꾸기")


def impress(d: Desk) -> None:
    opened(d, "문서/신제품_발표.fodp", "발표")
    d.shot("impress", "libreoffice-impress", "발표 자료")


def gnumeric(d: Desk) -> None:
    d.start("gnumeric 문서/2-3_중간고사_성적.xlsx", "성적", wait=4, place="max")
    d.shot("gnumeric-scores", "gnumeric", "중간고사 성적표")


def start_center(d: Desk) -> None:
    d.start(OFFICE, "LibreOffice", wait=6, place=(120, 60, 1200, 760), seconds=60)
    d.shot("libreoffice-start", "libreoffice", "시작 센터")


def options(d: Desk) -> None:
    opened(d, "문서/2026_지점별_매출.xlsx", "지점별")
    d.keys("alt+F12", wait=4)
    d.shot("libreoffice-options", "libreoffice", "옵션 대화상자")


def calc_loans(d: Desk) -> None:
    opened(d, "문서/학급문고_대출.xlsx", "대출")
    d.keys("ctrl+Home", "Down", "Down", "Down")
    d.shot("example-loans", "libreoffice-calc", "학급 문고 대출 현황")


SCENES: dict[str, Scene] = {
    "calc_sales": (Look(FHD), calc_sales),
    "calc_budget": (Look(FHD, gtk="Greybird", wm="Greybird"), calc_budget),
    "calc_stock": (Look(HP, gtk="Arc", wm="Arc"), calc_stock),
    "calc_line": (Look(FHD), calc_line),
    "calc_pie": (Look(FHD, dark=True, gtk="Adwaita:dark", wm="Onyx"), calc_pie),
    "calc_bar": (Look(HP), calc_bar),
    "calc_loans": (Look(FHD, gtk="Greybird", wm="Greybird"), calc_loans),
    "writer": (Look(FHD, wall=GREY), writer),
    "writer_find": (Look(HD), writer_find),
    "impress": (Look(HP), impress),
    "gnumeric": (Look(HD, gtk="Greybird", wm="Greybird"), gnumeric),
    "start_center": (Look(HP, wall=GREEN), start_center),
    "options": (Look(FHD, wall=PLUM), options),
}
