"""Invented content of the second set: a bill as PDF, notes, a program, an archive. Run after content.py."""

from __future__ import annotations

import subprocess
import zipfile

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from .content import DOCS, DOWN, HOME
from .desk import write

BILL = [
    ("항목", "이번 달", "지난달"),
    ("일반 관리비", "61,200", "60,800"),
    ("청소비", "18,450", "18,450"),
    ("승강기 유지비", "7,320", "7,900"),
    ("세대 전기료", "43,110", "52,640"),
    ("공동 수도료", "12,870", "13,050"),
    ("난방비", "88,640", "35,270"),
    ("합계", "231,590", "188,110"),
]
RECIPE = """배추김치 담그는 날

배추 12포기
굵은소금 3kg
고춧가루 1.8kg
새우젓 700g
쪽파 두 단
생강 150g

- 금요일 밤 9시에 절이기
- 토요일 새벽 5시에 뒤집기
- 씻어서 물기 4시간 빼기
- 양념 버무리기는 이모가 도와줌
"""
PLAN = """동아리 회비 정리

걷은 돈: 320,000원
쓴 돈: 187,500원
남은 돈: 132,500원

아직 안 낸 사람: 두 명
다음 모임은 12월 11일 금요일 저녁 6시 30분
"""
CODE = '''"""한 달 물 사용량으로 수도 요금을 셈한다."""

BASE = 1080  # 기본요금(원)
STEPS = [(20, 430), (30, 570), (None, 780)]  # (톤까지, 톤당 원)


def water_bill(tons: int) -> int:
    """쓴 물(톤)의 요금. 음수면 ValueError."""
    if tons < 0:
        raise ValueError("사용량은 0 이상이어야 합니다")
    total, done = BASE, 0
    for limit, price in STEPS:
        here = tons if limit is None else min(tons, limit)
        total += max(0, here - done) * price
        done = max(done, here)
    return total


for month, tons in (("9월", 18), ("10월", 24), ("11월", 33)):
    print(month, water_bill(tons))
'''
FILES = {
    "견적서.txt": "도배 40만 원\n" * 40,
    "자재_목록.csv": "타일,24\n시멘트,3\n" * 120,
    "전_사진.txt": "사진은 나중에\n" * 9,
    "일정표.txt": "월요일 철거\n화요일 방수\n" * 30,
    "읽어주세요.txt": "공사 담당: 하늬건축\n",
}


def bill() -> None:
    """The bill as a Writer document and, from it, a PDF."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "NanumMyeongjo", Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "NanumMyeongjo")
    document.add_heading("11월 관리비 고지서", 0)
    document.add_paragraph("다솜아파트 205동 803호 · 납부 기한 2026년 11월 30일")
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for row in BILL:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("")
    document.add_paragraph("납부 계좌: 새벽은행 000-34-778120 (다솜아파트)")
    document.add_paragraph("기한이 지나면 연체료 2%가 붙습니다.")
    document.add_paragraph("관리사무소 02-000-6120, 평일 9시부터 18시까지")
    path = DOCS / "관리비_고지서.docx"
    document.save(path)
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(DOCS), str(path)], check=True
    )


def main() -> None:
    bill()
    write(DOCS / "김장.txt", RECIPE)
    write(DOCS / "동아리_회비.txt", PLAN)
    write(HOME / "프로젝트/수도요금.py", CODE)
    with zipfile.ZipFile(DOWN / "베란다_공사.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in FILES.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 19, 14, 5, 0)), text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
