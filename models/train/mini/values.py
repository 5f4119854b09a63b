"""What stands in the fields, cells and lists of made-up screens: names, money, dates, files, labels."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import random

from models.train.mini.corpus import Pools

FIELDS = (
    ("이름", "person"), ("성명", "person"), ("담당자", "person"), ("받는 사람", "person"), ("예금주", "person"), ("작성자", "person"),
    ("보낸 사람", "person"), ("신청인", "person"), ("만든 이", "person"), ("전화번호", "phone"), ("휴대전화", "phone"), ("연락처", "phone"),
    ("이메일", "email"), ("메일 주소", "email"), ("주소", "address"), ("배송지", "address"), ("소재지", "address"), ("출발지", "place"),
    ("도착지", "place"), ("지역", "place"), ("도시", "place"), ("출생지", "place"), ("생년월일", "date"), ("주문일", "date"), ("마감일", "date"),
    ("등록일", "date"), ("수정한 날짜", "date"), ("발행일", "date"), ("유효 기간", "date"), ("결제일", "date"), ("시작 시간", "time"),
    ("종료 시간", "time"), ("출발 시각", "time"), ("도착 시각", "time"), ("예약 시간", "time"), ("합계", "money"), ("총 결제 금액", "money"),
    ("잔액", "money"), ("배송비", "money"), ("단가", "money"), ("할인 금액", "money"), ("상품 금액", "money"), ("출금 가능 금액", "money"),
    ("월 요금", "money"), ("공급가액", "money"), ("부가세", "money"), ("수량", "number"), ("인원", "number"), ("조회수", "number"),
    ("포인트", "number"), ("우편번호", "code"), ("주문 번호", "code"), ("접수 번호", "code"), ("계좌번호", "code"), ("사업자 등록 번호", "code"),
    ("일련번호", "code"), ("버전", "version"), ("해상도", "resolution"), ("크기", "bytes"), ("사용 가능한 공간", "bytes"), ("메모리", "bytes"),
    ("위치", "path"), ("저장 위치", "path"), ("파일 이름", "file"), ("형식", "label"), ("종류", "label"), ("언어", "thing"), ("상태", "label"),
    ("회사", "company"), ("소속", "company"), ("은행", "bank"), ("직업", "job"), ("호스트", "host"), ("포트", "number"), ("IP 주소", "ip"),
    ("글꼴", "font"), ("글꼴 크기", "number"), ("너비", "length"), ("높이", "length"), ("여백", "length"), ("배율", "percent"),
    ("밝기", "percent"), ("배터리", "percent"), ("진행률", "percent"), ("사용자 이름", "id"), ("아이디", "id"),
)  # fmt: skip
ASKED_AS = {
    "person": "person", "date": "date", "time": "time", "money": "money", "number": "number", "percent": "number",
    "place": "place", "address": "place", "bytes": "number", "score": "number", "stock": "number", "degrees": "number", "room": "place",
}  # fmt: skip
"""Value types that have question words of their own (누구, 언제, 얼마 …)."""

FONTS = (
    "나눔고딕",
    "맑은 고딕",
    "바탕",
    "굴림",
    "돋움",
    "본고딕",
    "궁서",
    "나눔명조",
    "D2Coding",
    "Noto Sans",
)
BANKS = (
    "국민은행",
    "신한은행",
    "우리은행",
    "하나은행",
    "농협",
    "기업은행",
    "카카오뱅크",
    "우체국",
    "새마을금고",
)
EXTENSIONS = (
    "hwp",
    "pdf",
    "docx",
    "xlsx",
    "pptx",
    "txt",
    "png",
    "jpg",
    "zip",
    "mp4",
    "py",
    "odt",
    "csv",
    "md",
    "mp3",
)
FILE_WORDS = ("보고서", "회의록", "계획서", "견적서", "사진", "영수증", "이력서", "발표 자료", "예산", "매출", "명단", "일정표", "계약서", "초안", "메모",
              "설문", "안내문", "신청서", "결과", "백업", "report", "data", "main", "notes", "setup", "photo", "draft", "test")  # fmt: skip
FOLDERS = (
    "문서",
    "다운로드",
    "사진",
    "음악",
    "비디오",
    "바탕 화면",
    "프로젝트",
    "업무",
    "개인",
    "휴지통",
    "홈",
    "공개",
    "서식",
    "백업",
    "2024",
    "자료실",
)
PRODUCTS = ("무선 마우스", "기계식 키보드", "노트북 가방", "텀블러", "운동화", "겨울 코트", "손목시계", "물티슈", "쌀 10kg", "커피 원두", "사과 5kg",
            "블루투스 이어폰", "USB 허브", "모니터 받침대", "캠핑 의자", "등산 양말", "책상 스탠드", "면 티셔츠", "전기 포트", "라면 20개", "고양이 사료", "여행용 가방",
            "우산", "가습기", "보조 배터리", "청바지", "선크림", "샴푸", "김치 3kg", "수건 세트", "프라이팬", "만년필")  # fmt: skip
SUBJECTS = (
    "국어",
    "수학",
    "영어",
    "과학",
    "사회",
    "역사",
    "음악",
    "미술",
    "체육",
    "도덕",
    "기술",
    "정보",
    "한문",
    "물리",
    "화학",
)
DEPARTMENTS = (
    "영업팀",
    "개발팀",
    "인사팀",
    "총무팀",
    "기획팀",
    "재무팀",
    "마케팅팀",
    "디자인팀",
    "고객지원팀",
    "생산팀",
    "연구소",
    "법무팀",
    "홍보팀",
    "물류팀",
)
STATUSES = (
    "완료",
    "진행 중",
    "대기",
    "취소",
    "승인",
    "반려",
    "배송 중",
    "결제 완료",
    "접수",
    "보류",
    "정상",
    "오류",
    "실행 중",
    "중지됨",
)
APPS = ("메모장", "계산기", "파일 관리자", "텍스트 편집기", "설정", "터미널", "웹 브라우저", "그림판", "문서 뷰어", "사진 보기", "메일", "일정", "주소록", "음악 재생기",
        "시스템 모니터", "글꼴 보기", "디스크 관리", "스크린샷", "연락처", "날씨", "지도", "시계", "할 일", "받아쓰기", "가계부", "화상 회의", "메신저",
        "Writer", "Calc", "Impress", "Firefox", "Thunderbird", "GIMP", "Visual Studio Code", "한글", "Excel", "Word", "PowerPoint",
        "Chrome", "VLC 미디어 재생기", "Inkscape", "KeePassXC", "Dolphin", "Kate", "Okular", "gedit", "Eclipse", "Blender")  # fmt: skip


def person(p: Pools, rng: random.Random) -> str:
    return rng.choice(p.last_names) + rng.choice(p.first_names)


def money(rng: random.Random) -> str:
    amount = rng.randint(1, 999) * 10 ** rng.choice((1, 2, 2, 3, 3, 4))
    return rng.choice((f"{amount:,}원", f"{amount:,}원", f"{amount:,}", f"₩{amount:,}"))


def date(rng: random.Random) -> str:
    y, m, d = rng.randint(2015, 2027), rng.randint(1, 12), rng.randint(1, 28)
    return rng.choice(
        (f"{y}-{m:02}-{d:02}", f"{y}년 {m}월 {d}일", f"{y}.{m:02}.{d:02}", f"{m}월 {d}일", f"{y}/{m}/{d}")
    )


def time_of_day(rng: random.Random) -> str:
    h, m = rng.randint(0, 23), rng.choice((0, 5, 10, 15, 20, 30, 40, 45, 50, rng.randint(0, 59)))
    return rng.choice(
        (
            f"{h:02}:{m:02}",
            f"{h:02}:{m:02}",
            f"오{'전' if h < 12 else '후'} {h % 12 or 12}:{m:02}",
            f"{h}시 {m:02}분",
        )
    )


def file_name(p: Pools, rng: random.Random) -> str:
    stem = rng.choice(FILE_WORDS) if rng.random() < 0.6 else rng.choice(p.labels)[:10].rstrip(". ")
    tail = rng.choice(
        (
            "",
            "",
            f"_{rng.randint(1, 30)}",
            f" ({rng.randint(1, 5)})",
            f"_{rng.randint(2019, 2026)}",
            " 최종",
            f"-v{rng.randint(1, 9)}",
        )
    )
    return f"{stem}{tail}.{rng.choice(EXTENSIONS)}"


def value(kind: str, p: Pools, rng: random.Random) -> str:
    """A value of a type named in FIELDS; `label` for types that are not known."""
    n = rng.randint
    match kind:
        case "person":
            return person(p, rng)
        case "money":
            return money(rng)
        case "date":
            return date(rng)
        case "time":
            return time_of_day(rng)
        case "file":
            return file_name(p, rng)
        case "phone":
            return f"{rng.choice(('010', '010', '02', '031', '051'))}-{n(200, 9999)}-{n(0, 9999):04}"
        case "email":
            return f"{rng.choice(('kim', 'lee', 'park', 'choi', 'info', 'admin', 'hello', 'min'))}{n(1, 999)}@{rng.choice(('example.com', 'mail.kr', 'test.org'))}"
        case "address":
            return f"{rng.choice(p.faker['address.metropolitan_cities'])} {rng.choice(p.faker['address.boroughs'])} {rng.choice(p.roads)}로 {n(1, 300)}"
        case "place":
            return rng.choice(p.cities)
        case "number":
            return f"{n(0, 10 ** rng.choice((1, 2, 3, 4, 5))):,}" + rng.choice(("", "", "개", "명", "건"))
        case "percent":
            return f"{n(0, 100)}%"
        case "code":
            return rng.choice(
                (
                    f"{n(10000, 99999)}",
                    f"{n(100, 999)}-{n(10, 99)}-{n(10000, 99999)}",
                    f"A{n(10**6, 10**7)}",
                    f"{n(100, 999)}-{n(1000, 9999)}-{n(10, 99)}",
                )
            )
        case "version":
            return f"{n(0, 25)}.{n(0, 12)}.{n(0, 9)}"
        case "resolution":
            return rng.choice(
                ("1920 × 1080", "1366 × 768", "2560 × 1440", "1280 × 720", "3840 × 2160", "1600 × 900")
            )
        case "bytes":
            return f"{n(1, 999)}{rng.choice(('', f'.{n(1, 9)}'))} {rng.choice(('KB', 'MB', 'GB', 'MiB', '바이트'))}"
        case "path":
            return rng.choice(
                (
                    f"/home/{rng.choice(('user', 'kim', 'min'))}/{rng.choice(FOLDERS)}",
                    f"C:\\{rng.choice(FOLDERS)}\\{rng.choice(FILE_WORDS)}",
                )
            )
        case "host":
            return rng.choice(("localhost", f"server{n(1, 20)}", f"db{n(1, 9)}.example.com"))
        case "ip":
            return f"192.168.{n(0, 255)}.{n(1, 254)}"
        case "length":
            return f"{n(1, 300)}{rng.choice((' px', ' mm', ' cm', '픽셀', 'pt'))}"
        case "font":
            return rng.choice(FONTS)
        case "bank":
            return rng.choice(BANKS)
        case "company":
            return rng.choice(p.companies) + rng.choice(p.faker["company.brand_suffixes"])
        case "job":
            return rng.choice(p.jobs)
        case "thing":
            return rng.choice(p.things)
        case "product":
            return rng.choice(PRODUCTS)
        case "copies":
            return str(n(1, 9))
        case "paper":
            return rng.choice(("A4", "A3", "B5", "레터"))
        case "duplex":
            return rng.choice(("안 함", "긴 쪽", "짧은 쪽"))
        case "direction":
            return rng.choice(("세로", "가로"))
        case "room":
            return (
                f"{n(1, 5)}층 {rng.choice(('소회의실', '대회의실', '세미나실', '강의실', '휴게실'))}"
                if rng.random() < 0.5
                else f"{n(1, 6)}{n(1, 20):02}호"
            )
        case "dept":
            return rng.choice(DEPARTMENTS)
        case "rank":
            return rng.choice(("사원", "대리", "과장", "차장", "부장", "팀장", "인턴"))
        case "weather":
            return rng.choice(("맑음", "흐림", "비", "눈", "구름 많음", "안개"))
        case "status":
            return rng.choice(STATUSES)
        case "id":
            return rng.choice(("user", "kim", "minsu", "guest", "star", "admin", "happy")) + str(n(1, 999))
        case _:
            return rng.choice(p.labels)


def label(p: Pools, rng: random.Random, longest: int = 14) -> str:
    """A short interface word; cut off when the pools have hardly any."""
    text = ""
    for _ in range(50):
        text = rng.choice(p.labels)
        if len(text) <= longest:
            return text
    return text[:longest]


def labels(p: Pools, rng: random.Random, count: int, longest: int = 14) -> list[str]:
    """Different short interface words, as many as wanted or as the pools give."""
    found: dict[str, None] = {}
    for _ in range(count * 30):
        if len(found) == count:
            break
        found[label(p, rng, longest)] = None
    return list(found)


def field(p: Pools, rng: random.Random) -> tuple[str, str]:
    """(label, value type): a usual one, or any interface word."""
    if rng.random() < 0.6:
        return rng.choice(FIELDS)
    return label(p, rng), rng.choice(
        ("label", "number", "text", "date", "percent", "font", "thing", "money", "person")
    )


def distinct_fields(p: Pools, rng: random.Random, count: int) -> list[tuple[str, str]]:
    """Fields with different labels."""
    found: dict[str, str] = {}
    while len(found) < count:
        name, kind = field(p, rng)
        found.setdefault(name, kind)
    return list(found.items())
