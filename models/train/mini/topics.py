"""What tables are about: their columns, their titles, the names of their rows."""

# ruff: noqa: E501, PLR0917, RUF100  (lists of Korean strings; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from models.train.mini import amounts, values
from models.train.mini.corpus import Pools


class Column(NamedTuple):
    """A column: its head, the sort of its values, and the words it takes where they are few."""

    head: str
    sort: str
    words: tuple[str, ...] = ()


class Topic(NamedTuple):
    """What a table is about: what one row is called, the first column, the maker of row names, the other columns."""

    noun: str
    head: str
    names: str
    columns: tuple[Column, ...]
    titles: tuple[str, ...] = ()


def _c(*specs: str) -> tuple[Column, ...]:
    """Columns from "head:sort" or "head:status:word/word"."""
    found = []
    for spec in specs:
        head, sort, *words = spec.split(":")
        found.append(Column(head, sort, tuple(words[0].split("/")) if words else ()))
    return tuple(found)


TOPICS = (
    Topic("지점", "지점", "branch", _c("1분기:number", "2분기:number", "3분기:number", "4분기:number", "합계:number"), ("지점별 판매 현황", "분기별 실적", "영업점 매출표")),
    Topic("지점", "지점", "branch", _c("매출:money", "목표:money", "달성률:percent", "담당자:person"), ("영업 실적", "목표 대비 매출")),
    Topic("지점", "대리점", "branch", _c("전화번호:phone", "점장:person", "직원 수:number", "개점일:date"), ("대리점 명단",)),
    Topic("사람", "이름", "person", _c("부서:dept", "직급:rank", "연락처:phone", "입사일:date", "이메일:email"), ("직원 명부", "비상 연락망", "사원 목록")),
    Topic("사람", "성명", "person", _c("생년월일:date", "전화번호:phone", "신청 인원:number", "비고:status:참석/불참/미정"), ("참가자 명단", "신청자 목록")),
    Topic("학생", "이름", "person", _c("국어:score", "영어:score", "수학:score", "과학:score", "평균:score"), ("성적표", "중간고사 성적", "기말고사 결과")),
    Topic("학생", "학생", "person", _c("반:type:1반/2반/3반/4반", "출석:stock", "결석:stock", "과제:status:제출/미제출"), ("출석부", "과제 확인표")),
    Topic("물건", "품목", "product", _c("수량:stock", "단가:money", "금액:money", "비고:status:주문/입고/확인"), ("견적서", "구매 목록", "납품 내역")),
    Topic("물건", "품명", "product", _c("창고:type:가동/나동/다동/라동", "재고:stock", "안전 재고:stock", "상태:status:정상/모자람/품절/과다"), ("재고 목록", "창고 현황")),
    Topic("상품", "상품", "product", _c("가격:money", "판매량:stock", "평점:score", "등록일:date"), ("판매 순위", "상품 관리")),
    Topic("제품", "제품", "product", _c("작년:stock", "올해:stock", "내년 목표:stock"), ("판매 대수", "연도별 판매")),
    Topic("과목", "과목", "subject", _c("중간:score", "기말:score", "과제:score", "담당:person"), ("학기 성적",)),
    Topic("거래", "날짜", "date", _c("내용:product", "출금:money", "입금:money", "잔액:money"), ("거래 내역", "통장 내역")),
    Topic("항목", "항목", "expense", _c("예산:money", "지출:money", "남은 금액:money", "비율:percent"), ("이달의 가계부", "예산 집행", "생활비")),
    Topic("항목", "사업", "expense", _c("배정액:money", "집행액:money", "잔액:money", "집행률:percent", "담당:person"), ("예산 현황",)),
    Topic("달", "월", "month", _c("방문자:number", "신규 회원:number", "구매:number", "매출:money"), ("월별 통계", "누리집 방문 통계", "월간 보고")),
    Topic("요일", "요일", "weekday", _c("최고 기온:degrees", "최저 기온:degrees", "강수량:number", "날씨:weather"), ("주간 날씨", "이번 주 예보")),
    Topic("열차", "열차", "train", _c("출발:time", "도착:time", "소요 시간:lasting", "요금:money", "좌석:status:여유/매진/조금 남음"), ("열차 조회 결과", "기차 시간표")),
    Topic("버스", "노선", "bus", _c("첫차:time", "막차:time", "배차 간격:lasting", "종점:place"), ("버스 노선 안내",)),
    Topic("도시", "도시", "city", _c("인구:number", "면적:number", "기온:degrees", "날씨:weather"), ("도시별 정보",)),
    Topic("프로세스", "프로세스", "process", _c("CPU:percent", "메모리:bytes", "상태:status:실행 중/잠자는 중/멈춤", "사용자:id", "ID:code"), ()),
    Topic("주문", "주문 번호", "code", _c("상품:product", "받는 사람:person", "상태:status:배송 중/결제 완료/준비 중/도착", "결제 금액:money"), ("주문 내역", "배송 조회")),
    Topic("회의", "회의", "meeting", _c("시간:time", "장소:room", "담당자:person", "상태:status:예정/완료/취소"), ("회의 일정", "이번 주 회의")),
    Topic("글", "제목", "post", _c("글쓴이:person", "날짜:date", "조회수:number"), ("공지사항", "자유 게시판", "알림마당")),
    Topic("글", "제목", "post", _c("작성자:dept", "등록일:date", "조회:number", "첨부:mark:있음/없음"), ("공지사항", "게시판")),
    Topic("글", "번호", "number", _c("제목:posted", "글쓴이:person", "등록일:date", "조회수:number"), ("공지사항", "알림판")),
    Topic("글", "제목", "post", _c("구분:type:중요/일반/안내", "작성자:dept", "날짜:date", "조회:number"), ("알림마당", "게시글 목록")),
    Topic("폴더", "폴더", "folder", _c("크기:bytes", "비율:percent", "파일 수:stock", "바뀐 날짜:date"), ("디스크 사용량", "폴더별 용량")),
    Topic("노래", "제목", "song", _c("가수:person", "앨범:label", "길이:lasting"), ("재생 목록", "내가 좋아하는 노래")),
    Topic("강좌", "강좌", "course", _c("강사:person", "요일:type:월/화/수/목/금/토", "시간:time", "수강료:money", "정원:stock"), ("강좌 안내", "문화 교실")),
    Topic("책", "도서명", "book", _c("저자:person", "출판사:company", "반납일:date", "상태:status:대출 중/보관 중/예약"), ("대출 현황", "도서 목록")),
    Topic("병원", "진료과", "clinic", _c("담당의:person", "진료실:room", "대기 인원:stock", "상태:status:진료 중/휴진/접수 마감"), ("진료 안내", "대기 현황")),
    Topic("항목", "이름", "secret", _c("사용자 이름:id", "주소:host", "수정일:date"), ("암호 목록",)),
    Topic("메일", "제목", "post", _c("보낸 사람:person", "날짜:date", "크기:bytes"), ("받은 편지",)),
    Topic("경기", "팀", "team", _c("승:stock", "무:stock", "패:stock", "승점:score"), ("순위표", "리그 순위")),
    Topic("방", "객실", "room_name", _c("요금:money", "정원:stock", "상태:status:예약 가능/예약 마감", "침대:type:싱글/더블/온돌"), ("객실 안내", "예약 현황")),
    Topic("서버", "서버", "server", _c("상태:status:정상/점검 중/오류", "CPU:percent", "메모리:percent", "IP 주소:ip"), ("서버 현황",)),
    Topic("작업", "할 일", "task", _c("담당자:person", "마감일:date", "진행률:percent", "상태:status:완료/진행 중/대기/보류"), ("업무 진행표", "할 일 목록")),
)  # fmt: skip


POSTS = ("정기 점검 안내", "주차장 이용 방법", "엘리베이터 교체 공사", "도서관 휴관 알림", "여름 방학 프로그램", "개인정보 처리 방침 변경", "시스템 점검 시간 안내", "신입 사원 교육 일정", "재활용품 배출 요일", "회비 납부 부탁", "운동회 준비 모임", "분실물 찾아가세요", "새 직원을 소개합니다", "홈페이지 새단장", "설문 조사 참여 요청", "연말 모임 장소", "독감 접종 신청", "난방비 절약 방법",
         "어린이날 행사", "정전 예고", "체육관 대관 신청", "무료 법률 상담", "봉사 활동 모집", "급여 명세서 발송", "보안 교육 이수", "회의실 예약 규칙", "식당 운영 시간 변경", "택배 보관함 안내", "소방 훈련 실시", "자전거 보관소 정리")  # fmt: skip


SONGS = ("봄밤", "강가에서", "첫눈 오던 날", "별 헤는 언덕", "푸른 바다", "너의 목소리", "돌아오는 길", "느린 편지", "여름 소나기", "달빛 골목", "새벽 기차", "작은 약속", "오래된 사진", "노을 지는 창가", "파도 소리", "우리 동네", "그리운 날에", "비 갠 오후", "바람의 노래", "겨울 산책")  # fmt: skip


EXPENSES = ("식비", "교통비", "통신비", "문화생활", "의료비", "교육비", "보험료", "의류", "경조사비", "전기 요금", "가스비", "수도 요금", "저축", "여행 경비", "인쇄비", "재료비", "홍보비", "회의비", "장비 구입", "운영비", "출장비", "소모품비")  # fmt: skip


COURSES = (
    "수영",
    "서양화",
    "통기타",
    "요리 기초",
    "스마트폰 배우기",
    "영어 회화",
    "필라테스",
    "한국사",
    "사진 촬영",
    "캘리그라피",
    "바둑",
    "도자기",
    "우쿨렐레",
    "일본어 첫걸음",
    "엑셀 기초",
    "꽃꽂이",
)


BOOKS = (
    "소금 길",
    "바다가 보이는 방",
    "숲의 시간",
    "고양이 서점",
    "수학이 쉬워지는 책",
    "밤의 우체국",
    "처음 읽는 경제",
    "우리 집 텃밭",
    "별자리 이야기",
    "느린 여행",
    "조선의 하루",
    "빵 굽는 아침",
)


CLINICS = (
    "내과",
    "외과",
    "소아과",
    "정형외과",
    "안과",
    "이비인후과",
    "피부과",
    "치과",
    "산부인과",
    "신경과",
    "가정의학과",
    "비뇨기과",
)


TASKS = (
    "시안 만들기",
    "자료 조사",
    "예산 검토",
    "장소 섭외",
    "계약서 확인",
    "번역",
    "현장 점검",
    "발표 준비",
    "설문 정리",
    "오류 수정",
    "서버 이전",
    "사진 촬영",
    "보도 자료 쓰기",
    "물품 주문",
    "교육 자료 만들기",
)


WORDS = ("requests", "numpy", "total", "name", "build", "config", "server", "client", "test", "user", "price", "index", "load", "save", "report", "pandas")  # fmt: skip


PROCESSES = ("firefox", "Xorg", "python3", "bash", "systemd", "chrome", "code", "gnome-shell", "pulseaudio", "sshd", "cron", "dbus-daemon", "ibus-daemon", "java", "node", "mysqld", "nginx", "thunderbird", "soffice.bin", "explorer.exe", "svchost.exe")  # fmt: skip


def row_names(kind: str, count: int, p: Pools, rng: random.Random) -> list[str]:
    """Different row names of a kind, at most `count`."""
    n = rng.randint
    first = n(1, 6)
    makers: dict[str, Callable[[], str]] = {
        "branch": lambda: rng.choice(p.cities) + "점", "person": lambda: values.person(p, rng), "product": lambda: rng.choice(values.PRODUCTS),
        "subject": lambda: rng.choice(values.SUBJECTS), "city": lambda: rng.choice(p.cities), "process": lambda: rng.choice(PROCESSES),
        "code": lambda: f"{n(2023, 2026)}{n(1, 12):02}{n(1, 28):02}-{n(1, 999):03}", "meeting": lambda: rng.choice(values.DEPARTMENTS) + rng.choice((" 회의", " 주간 회의", " 보고")),
        "post": lambda: rng.choice(POSTS) if rng.random() < 0.7 else rng.choice(p.headings)[:22], "song": lambda: rng.choice(SONGS), "expense": lambda: rng.choice(EXPENSES),
        "course": lambda: rng.choice(COURSES), "book": lambda: rng.choice(BOOKS), "clinic": lambda: rng.choice(CLINICS), "task": lambda: rng.choice(TASKS),
        "train": lambda: f"{rng.choice(('KTX', 'ITX-새마을', '무궁화', 'SRT', '누리로', '새마을'))} {n(100, 1999)}", "bus": lambda: f"{n(1, 900)}번",
        "folder": lambda: rng.choice(("사진", "음악", "비디오", "문서", "다운로드", "백업", "게임", "업무", "가족", "캐시", "휴지통", "프로젝트", "여행", "강의")),
        "secret": lambda: rng.choice(("은행", "쇼핑몰", "메일", "회사 누리집", "공과금", "학교", "동호회", "클라우드", "회의 도구", "통신사", "보험", "블로그", "서점")) + rng.choice(("", "", " 계정")),
        "team": lambda: rng.choice(p.cities) + rng.choice((" 호랑이", " 독수리", " 시민", " 유나이티드", "FC")), "room_name": lambda: f"{n(1, 9)}{n(1, 20):02}호", "server": lambda: rng.choice(("web", "db", "mail", "file", "backup", "app")) + f"-{n(1, 9):02}",
    }  # fmt: skip
    if kind == "number":
        top = n(count, 400)
        return [str(number) for number in range(top, top - count, -1)]
    if kind == "month":
        return [f"{m}월" for m in range(first, min(13, first + count))]
    if kind == "weekday":
        return [f"{d}요일" for d in "월화수목금토일"][:count]
    if kind == "date":
        form, year, month = n(0, 5), n(2023, 2026), n(1, 12)
        days = sorted(rng.sample(range(1, 29), min(count, 28)))
        return [amounts._date(form, year, month, day) for day in days]
    return list(dict.fromkeys(makers[kind]() for _ in range(count)))


def topic(p: Pools, rng: random.Random) -> Topic:
    """A topic with some of its columns; now and then with heads from anywhere."""
    found = rng.choice(TOPICS)
    keep = sorted(
        rng.sample(range(len(found.columns)), rng.randint(min(2, len(found.columns)), len(found.columns)))
    )
    columns = [found.columns[i] for i in keep]
    if rng.random() < 0.15:
        taken = {found.head, *(c.head for c in columns)}
        columns += [Column(h, s) for h, s in values.distinct_fields(p, rng, 2) if h not in taken]
    return found._replace(columns=tuple(columns))
