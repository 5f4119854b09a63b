"""The files shown on the captured screens: Korean spreadsheets, letters, pictures, folders. All of it is invented."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, PieChart, Reference
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from PIL import Image, ImageDraw, ImageFont

HOME = Path.home()
DOCS, DOWN, PICS, MUSIC = HOME / "문서", HOME / "다운로드", HOME / "사진", HOME / "음악"
THIN = Border(*[Side(style="thin", color="B0B0B0")] * 4)
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"

SALES = [
    ["지점", "1분기", "2분기", "3분기", "4분기", "합계", "담당자"],
    ["강남점", 4820, 5130, 4970, 5640, "=SUM(B4:E4)", "한서윤"],
    ["마포점", 3150, 3420, 3380, 3910, "=SUM(B5:E5)", "오준서"],
    ["수원점", 2740, 2690, 2850, 3020, "=SUM(B6:E6)", "문지호"],
    ["대전점", 1980, 2210, 2340, 2150, "=SUM(B7:E7)", "배수아"],
    ["부산점", 3670, 3540, 3980, 4230, "=SUM(B8:E8)", "류태민"],
    ["광주점", 1620, 1750, 1690, 1880, "=SUM(B9:E9)", "노하린"],
    ["합계", "=SUM(B4:B9)", "=SUM(C4:C9)", "=SUM(D4:D9)", "=SUM(E4:E9)", "=SUM(F4:F9)", ""],
]

BUDGET = [
    ["항목", "예산", "집행액", "잔액", "집행률"],
    ["인건비", 48000000, 36120000, "=B4-C4", "=C4/B4"],
    ["사무용품비", 3200000, 2815000, "=B5-C5", "=C5/B5"],
    ["출장비", 7500000, 4260000, "=B6-C6", "=C6/B6"],
    ["교육훈련비", 5400000, 1890000, "=B7-C7", "=C7/B7"],
    ["통신비", 1800000, 1347000, "=B8-C8", "=C8/B8"],
    ["장비구입비", 12000000, 11450000, "=B9-C9", "=C9/B9"],
    ["회의비", 2400000, 1126000, "=B10-C10", "=C10/B10"],
    ["예비비", 3000000, 0, "=B11-C11", "=C11/B11"],
    ["총계", "=SUM(B4:B11)", "=SUM(C4:C11)", "=SUM(D4:D11)", "=C12/B12"],
]

SCORES = [
    ["번호", "이름", "국어", "영어", "수학", "과학", "사회", "평균"],
    [1, "강도윤", 88, 92, 75, 81, 90],
    [2, "고은채", 95, 87, 91, 89, 93],
    [3, "나윤호", 72, 68, 84, 79, 70],
    [4, "도하은", 91, 94, 88, 96, 92],
    [5, "라온유", 64, 71, 59, 66, 73],
    [6, "마지안", 83, 79, 97, 90, 85],
    [7, "백시우", 77, 85, 80, 74, 82],
    [8, "서다인", 98, 96, 93, 95, 97],
    [9, "양건우", 69, 74, 66, 71, 68],
    [10, "차예린", 86, 90, 82, 84, 88],
]

VISITORS = [
    ["월", "방문자", "신규 회원"],
    ["1월", 1240, 96],
    ["2월", 1180, 81],
    ["3월", 1530, 142],
    ["4월", 1760, 158],
    ["5월", 2140, 203],
    ["6월", 1980, 187],
    ["7월", 2460, 231],
    ["8월", 2890, 264],
    ["9월", 2310, 198],
    ["10월", 2050, 176],
]

SPENDING = [
    ["분류", "금액(원)"],
    ["식비", 412000],
    ["교통비", 86000],
    ["통신비", 59000],
    ["주거비", 550000],
    ["문화생활", 74000],
    ["저축", 300000],
]

INVENTORY = [
    ["품번", "품명", "규격", "재고", "안전재고", "단가(원)", "보관 위치", "상태"],
    ["A-101", "복사용지", "A4 80g", 240, 100, 4200, "1창고 가-03", "정상"],
    ["A-102", "토너 카트리지", "흑백 TN-3", 6, 10, 68000, "1창고 가-07", "부족"],
    ["A-103", "토너 카트리지", "컬러 TC-5", 14, 8, 92000, "1창고 가-08", "정상"],
    ["B-201", "무선 마우스", "MX 12", 31, 15, 18900, "2창고 나-01", "정상"],
    ["B-202", "기계식 키보드", "87키", 9, 10, 74500, "2창고 나-02", "부족"],
    ["B-203", "모니터 받침대", "강화유리", 22, 5, 26800, "2창고 나-05", "정상"],
    ["C-301", "랜선", "CAT6 5m", 120, 50, 3100, "2창고 다-11", "정상"],
    ["C-302", "멀티탭", "6구 3m", 0, 12, 11200, "2창고 다-12", "품절"],
    ["C-303", "HDMI 케이블", "2m", 47, 20, 7600, "2창고 다-14", "정상"],
    ["D-401", "화이트보드 마커", "검정 12개", 58, 30, 9800, "3창고 라-02", "정상"],
    ["D-402", "포스트잇", "76×76", 73, 40, 1500, "3창고 라-03", "정상"],
    ["D-403", "클립보드", "A4", 18, 20, 2900, "3창고 라-04", "부족"],
]

LOANS = [
    ["번호", "도서명", "지은이", "분류", "빌린 사람", "대출일", "반납 예정일", "상태"],
    [1, "바람의 언덕", "한여울", "소설", "서가온", "11월 3일", "11월 17일", "연체"],
    [2, "처음 배우는 통계", "백두리", "과학", "민다솜", "11월 10일", "11월 24일", "대출 중"],
    [3, "우리 마을 나무", "조아람", "자연", "서가온", "11월 11일", "11월 25일", "대출 중"],
    [4, "별을 세는 밤", "윤슬기", "시집", "강새봄", "11월 2일", "11월 16일", "반납"],
    [5, "한 그릇 요리", "오나래", "요리", "문한결", "11월 13일", "11월 27일", "대출 중"],
    [6, "조선의 길", "허담", "역사", "민다솜", "11월 5일", "11월 19일", "연체"],
    [7, "고양이 목공소", "유마루", "동화", "차노을", "11월 16일", "11월 30일", "대출 중"],
    [8, "작은 집 짓기", "노해솔", "기술", "강새봄", "11월 17일", "12월 1일", "대출 중"],
]


def styled(
    rows: list[list], title: str, head: str, widths: list[int], total: bool = False, money: bool = False
) -> Workbook:
    """A sheet with a title in A1, a coloured header in row 3, borders, and the last row bold when it is a total."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet["A1"] = title
    sheet["A1"].font = Font(name="Noto Sans CJK KR", size=16, bold=True)
    for r, row in enumerate(rows, start=3):
        for c, value in enumerate(row, start=1):
            cell = sheet.cell(r, c, value)
            cell.border, cell.font = THIN, Font(name="Noto Sans CJK KR", size=11)
            if r == 3:
                cell.fill = PatternFill("solid", fgColor=head)
                cell.font = Font(name="Noto Sans CJK KR", size=11, bold=True, color="FFFFFF")
                cell.alignment = Alignment(horizontal="center")
            elif total and r == len(rows) + 2:
                cell.font = Font(name="Noto Sans CJK KR", size=11, bold=True)
                cell.fill = PatternFill("solid", fgColor="EEF2F7")
            if money and r > 3 and c > 1:
                cell.number_format = "#,##0"
    sheet.row_dimensions[1].height = 28
    for letter, width in zip("ABCDEFGHIJ", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    return book


def sheets() -> None:
    book = styled(
        SALES, "2026년 지점별 매출 현황 (단위: 만원)", "2F6DB5", [14, 12, 12, 12, 12, 14, 14], True, True
    )
    book.create_sheet("지점 정보")
    book.create_sheet("메모")
    book.save(DOCS / "2026_지점별_매출.xlsx")

    book = styled(BUDGET, "총무팀 예산 집행 현황", "3C7A4B", [16, 16, 16, 16, 12], True, True)
    for row in range(4, 13):
        book.active.cell(row, 5).number_format = "0.0%"
    book.save(DOCS / "총무팀_예산.xlsx")

    rows = [SCORES[0]] + [[*row, f"=AVERAGE(C{i}:G{i})"] for i, row in enumerate(SCORES[1:], start=4)]
    book = styled(rows, "2학년 3반 중간고사 성적", "7A4FA3", [7, 12, 9, 9, 9, 9, 9, 10])
    for row in range(4, 14):
        book.active.cell(row, 8).number_format = "0.0"
    book.save(DOCS / "2-3_중간고사_성적.xlsx")

    styled(INVENTORY, "비품 재고 관리표", "B5562F", [10, 18, 14, 9, 11, 12, 15, 10]).save(
        DOCS / "비품_재고.xlsx"
    )

    styled(LOANS, "학급 문고 대출 현황", "356E8C", [8, 22, 12, 10, 13, 13, 15, 12]).save(
        DOCS / "학급문고_대출.xlsx"
    )

    book = styled(VISITORS, "홈페이지 월별 방문자", "31708E", [12, 12, 12])
    line = LineChart()
    line.title, line.width, line.height = "월별 방문자 추이", 24, 12
    line.add_data(Reference(book.active, min_col=2, max_col=3, min_row=3, max_row=13), titles_from_data=True)
    line.set_categories(Reference(book.active, min_col=1, min_row=4, max_row=13))
    book.active.add_chart(line, "E3")
    book.save(DOCS / "방문자_통계.xlsx")

    book = styled(SPENDING, "10월 생활비", "A8442A", [14, 14])
    pie = PieChart()
    pie.title, pie.width, pie.height = "10월 지출 비율", 20, 13
    pie.add_data(Reference(book.active, min_col=2, min_row=3, max_row=9), titles_from_data=True)
    pie.set_categories(Reference(book.active, min_col=1, min_row=4, max_row=9))
    from openpyxl.chart.label import DataLabelList

    pie.dataLabels = DataLabelList(
        showPercent=True, showVal=False, showCatName=False, showSerName=False, showLegendKey=False
    )
    book.active.add_chart(pie, "D3")
    book.save(DOCS / "가계부_10월.xlsx")

    rows = [
        ["제품", "상반기", "하반기"],
        ["공기청정기", 320, 410],
        ["가습기", 150, 380],
        ["선풍기", 540, 120],
        ["전기히터", 90, 465],
        ["제습기", 275, 160],
    ]
    book = styled(rows, "제품별 판매량 (대)", "3B5998", [14, 12, 12])
    bar = BarChart()
    bar.title, bar.width, bar.height = "제품별 판매량", 22, 13
    bar.add_data(Reference(book.active, min_col=2, max_col=3, min_row=3, max_row=8), titles_from_data=True)
    bar.set_categories(Reference(book.active, min_col=1, min_row=4, max_row=8))
    bar.y_axis.title = "판매량"
    bar.x_axis.delete = bar.y_axis.delete = line.x_axis.delete = line.y_axis.delete = False
    book.active.add_chart(bar, "E3")
    book.save(DOCS / "제품_판매량.xlsx")


LETTER = [
    "학부모님 안녕하십니까? 푸른솔초등학교 교장실에서 알려 드립니다.",
    "올해 가을 체육대회를 아래와 같이 개최하오니 많은 관심과 참여를 부탁드립니다.",
    "• 일시: 2026년 10월 16일 금요일 오전 9시 30분",
    "• 장소: 본교 운동장 (우천 시 강당)",
    "• 준비물: 운동화, 물통, 모자",
    "• 점심: 학교 급식 제공",
]
EVENTS = [
    ("시간", "종목", "참가 학년"),
    ("09:30", "개회식", "전 학년"),
    ("10:00", "50m 달리기", "1~3학년"),
    ("11:00", "이어달리기", "4~6학년"),
    ("13:00", "줄다리기", "전 학년"),
    ("14:20", "폐회식", "전 학년"),
]


def letter() -> None:
    """The invitation as a word processor's file and as PDF."""
    page = Document()
    style = page.styles["Normal"]
    style.font.name, style.font.size = "NanumMyeongjo", Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "NanumMyeongjo")
    head = page.add_paragraph()
    run = head.add_run("가을 체육대회 안내문")
    run.bold, run.font.size = True, Pt(24)
    head.alignment = 1
    for line in LETTER:
        page.add_paragraph(line)
    table = page.add_table(rows=0, cols=3, style="Table Grid")
    for row in EVENTS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    page.add_paragraph("")
    page.add_paragraph("차량이 혼잡하므로 대중교통을 이용해 주시기 바랍니다. 문의: 체육부 02-000-4718")
    page.add_paragraph("2026년 9월 28일").alignment = 2
    page.save(DOCS / "체육대회_안내문.docx")
    subprocess.run(
        [
            "soffice",
            "--headless",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(DOCS),
            str(DOCS / "체육대회_안내문.docx"),
        ],
        check=False,
        capture_output=True,
    )


MINUTES = """주간 업무 회의록

일시: 2026년 11월 19일 목요일 오후 2시
장소: 3층 소회의실
참석: 한서윤, 오준서, 문지호, 배수아

1. 지난주 진행 사항
 - 홈페이지 개편 1차 시안 완료
 - 고객 문의 47건 처리, 미처리 5건
 - 신규 납품업체 두 곳과 계약

2. 이번 주 할 일
 - 시안 검토 의견 취합 (담당: 오준서, 기한: 11월 24일)
 - 연말 행사 장소 예약 (담당: 배수아)
 - 재고 실사 준비 (담당: 문지호)

3. 건의 사항
 - 회의실 빔 프로젝터 교체 요청
 - 다음 회의는 11월 26일 오전 10시로 변경
"""

SHOPPING = """장보기 목록

두부 2모
달걀 한 판
대파 1단
고등어 1손
귤 3kg
우유 2팩
쌀 10kg (배달)

* 세탁소에 코트 맡기기
* 관리비 11월 30일까지 납부
"""

CODE = '''"""택배 요금을 계산하는 작은 프로그램"""

RATES = {"소형": 3500, "중형": 5000, "대형": 7500}


def fee(size: str, weight: float, island: bool = False) -> int:
    """크기와 무게로 요금을 구한다. 섬 지역은 3000원을 더한다."""
    if size not in RATES:
        raise KeyError(f"알 수 없는 크기: {size}")
    extra = max(0, int(weight) - 5) * 400
    return RATES[size] + extra + (3000 if island else 0)


def main() -> None:
    orders = [("소형", 2.0, False), ("중형", 7.5, True), ("특대", 12.0, False)]
    for size, weight, island in orders:
        print(size, fee(size, weight, island), "원")


if __name__ == "__main__":
    main()
'''


def texts() -> None:
    letter()
    (DOCS / "주간회의록.txt").write_text(MINUTES)
    (DOCS / "장보기.txt").write_text(SHOPPING)
    (HOME / "프로젝트").mkdir(exist_ok=True)
    (HOME / "프로젝트" / "택배요금.py").write_text(CODE)
    (HOME / "프로젝트" / "README.md").write_text("# 택배 요금 계산기\n\n사용법: `python3 택배요금.py`\n")


def picture(path: Path, size: tuple[int, int], sky: str, ground: str, words: str, sun: str) -> None:
    """A drawn landscape with a caption, as a photo stands in."""
    image = Image.new("RGB", size, sky)
    draw = ImageDraw.Draw(image)
    w, h = size
    draw.ellipse([w * 0.7, h * 0.1, w * 0.7 + h * 0.2, h * 0.3], fill=sun)
    draw.polygon([(0, h * 0.75), (w * 0.25, h * 0.35), (w * 0.5, h * 0.75)], fill="#5b7a5a")
    draw.polygon([(w * 0.3, h * 0.75), (w * 0.62, h * 0.28), (w * 0.95, h * 0.75)], fill="#47664b")
    draw.rectangle([0, h * 0.72, w, h], fill=ground)
    draw.text(
        (w * 0.06, h * 0.82), words, font=ImageFont.truetype(FONT, int(h * 0.07), index=1), fill="white"
    )
    image.save(path, quality=88)


def pictures() -> None:
    picture(PICS / "한라산_등반.jpg", (1600, 1000), "#8ec5e8", "#3f7d4a", "한라산 등반 기념", "#ffe27a")
    picture(PICS / "겨울바다.jpg", (1600, 1000), "#c9d6df", "#2b5b84", "강릉 겨울 바다", "#fff3c4")
    picture(PICS / "단풍길.jpg", (1600, 1000), "#f1d7b0", "#b3541e", "내장산 단풍길", "#ff9f43")
    picture(PICS / "봄소풍.jpg", (1200, 900), "#d4f1f9", "#8bc34a", "봄 소풍 가는 날", "#ffeb3b")
    picture(PICS / "야경.png", (1600, 900), "#101935", "#22304f", "남산 야경", "#f5f3ce")


def folders() -> None:
    for folder in (
        DOCS,
        DOWN,
        PICS,
        MUSIC,
        HOME / "바탕화면",
        HOME / "동영상",
        DOCS / "계약서",
        DOCS / "세금 자료",
        DOCS / "2025년 보관",
        DOCS / "영수증",
    ):
        folder.mkdir(parents=True, exist_ok=True)
    names = {
        "user-dirs.dirs": "".join(
            f'XDG_{k}_DIR="$HOME/{v}"\n'
            for k, v in [
                ("DESKTOP", "바탕화면"),
                ("DOCUMENTS", "문서"),
                ("DOWNLOAD", "다운로드"),
                ("PICTURES", "사진"),
                ("MUSIC", "음악"),
                ("VIDEOS", "동영상"),
            ]
        )
    }
    (HOME / ".config").mkdir(exist_ok=True)
    (HOME / ".config/user-dirs.dirs").write_text(names["user-dirs.dirs"])
    for name, size, day in [
        ("설치파일_v2.4.deb", 48_300_000, "2026-11-02 09:14"),
        ("사업계획서_최종.hwp", 1_240_000, "2026-11-05 18:40"),
        ("사업계획서_최종_진짜최종.hwp", 1_310_000, "2026-11-06 23:58"),
        ("통장사본.pdf", 320_000, "2026-10-21 10:05"),
        ("워크숍_사진.zip", 84_600_000, "2026-10-30 16:22"),
        ("강의자료_3주차.pptx", 6_720_000, "2026-09-17 13:31"),
        ("회원명부.csv", 58_200, "2026-11-12 08:47"),
        ("견적서_20261118.pdf", 214_000, "2026-11-18 15:09"),
        ("음성메모 012.m4a", 3_950_000, "2026-11-20 19:26"),
    ]:
        path = DOWN / name
        with path.open("wb") as file:
            file.truncate(size)
        at = dt.datetime.fromisoformat(day + "+09:00").timestamp()
        os.utime(path, (at, at))
    (HOME / ".bashrc").write_text(
        "PS1='\\[\\e[1;32m\\]haneul@laptop\\[\\e[0m\\]:\\[\\e[1;34m\\]\\w\\[\\e[0m\\]$ '\n"
        "alias ls='ls --color=auto'\n"
    )


def main() -> None:
    folders()
    sheets()
    texts()
    pictures()


if __name__ == "__main__":
    main()
