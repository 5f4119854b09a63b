"""What a question names and what it wishes, told from its Korean wording: what the shortlist goes by.

Like `questions.py` this chooses only what a model is shown.
"""

from __future__ import annotations

import re

from assistant.spelled import spelled

_JOSA = re.compile(
    r"(?<=[가-힣a-z0-9%)])(?:에서는|에서도|에게서|이라고|이라는|에서|에게|한테|까지|부터|으로는|으로|처럼|보다|마다|이랑|하고|라고|라는|"
    r"이야|이에요|예요|인가요|인가|이죠|은|는|이|가|을|를|에|의|도|로|와|과|랑|만|야|요)$"
)
_IDLE_WORDS = (
    "뭐 뭐야 뭐예요 뭐에요 뭐죠 뭐지 뭔가요 뭔지 뭘 무엇 무엇이 무엇인가요 뭐라고 뭐라 무슨 어떤 어느 어디 "
    "어디야 어디예요 어디에 있어 어딨어 어딨지 어딨어요 있어요 있나 있나요 있니 있지 있습니까 있는 있는지 없어 "
    "없나요 얼마 얼마야 얼마예요 얼마에요 얼마나 언제 언제야 언제예요 누구 누구야 누구예요 누가 몇 몇이야 알려 "
    "알려줘 알려줘요 말해 말해줘 읽어 읽어줘 줘 줘요 주세요 줄래 봐 좀 지금 이거 이게 이건 저거 그거 그게 이 "
    "그 저 여기 여기서 거기 것 거 거야 게 건 수 해 해요 해야 하려면 되어 돼 돼요 되나 되나요 되어있어 돼있어 "
    "나와 나와요 나왔어 적혀 쓰여 써 적힌 쓰인 현재 화면 화면에 보여 보이는 보여요 보이나요 있을까 될까 하나요 "
    "했어 했나요 제일 가장 모두 전부 총 다 뭐니 뭐임 맞아 맞나요 나 내 다음 눌러 눌러야 누르면 누를 하죠 하지 "
    "어떻게 왜 안 못 그냥 더 한번"
)
_IDLE = frozenset(_IDLE_WORDS.split())
_ALSO_NAMES = frozenset(("모두", "전부", "다음", "현재", "더", "다시"))
"""idle words that names of buttons begin with"""
_NUMERALS = {
    "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "륙": "6", "칠": "7", "팔": "8", "구": "9",
    "첫": "1", "두": "2", "세": "3", "네": "4", "다섯": "5", "여섯": "6", "일곱": "7", "여덟": "8", "아홉": "9", "열": "10",
    "십": "10", "십일": "11", "십이": "12", "유": "6", "시": "10",
}  # fmt: skip
_COUNTED = re.compile(
    rf"(?<![가-힣])({'|'.join(sorted(_NUMERALS, key=len, reverse=True))}) ?(분기|교시|월|학년|반|층|호|단계|주차|번째|시|장|회차|차시|페이지|쪽)"
)
_ALSO = (
    (r"누가|누구|작성|쓴 사람|보낸|맡", "작성자 글쓴이 담당자 담당 보낸사람 보낸이 이름 성명 사용자 저자 받는사람 예금주 소유자"),
    (r"얼마|비용|돈|값", "금액 가격 요금 매출 크기 합계 잔액 운임 판매가 결제금액 총액 용량"),
    (r"남[았은는아]|모자라|부족", "재고 잔여 잔량 잔액 남은수량 남은시간 현재고 현황 가용 여유"),
    (r"몇 ?개|개수|수량|몇 ?대|몇 ?권|몇 ?병|몇 ?장", "수량 개수 갯수 재고 판매량"),
    (r"시켰|시킨|주문한", "수량 주문수량 주문"), (r"팔[렸린았]|판매", "판매 판매량 매출 판매수량"),
    (r"샀|산 ?거|뭘? ?사", "품목 상품 상품명 내역 내용 적요 메모"), (r"조회|봤어|본 ?사람|읽은 ?사람", "조회 조회수 읽음"),
    (r"별점|평점|평가", "평점 별점 후기 리뷰"),
    (r"어디서|어디에서|장소|모이|만나", "장소 위치 주소 곳 지점 집결지 모이는곳"),
    (r"보관|놓여|꽂혀|어디 ?있", "보관위치 보관 창고 선반 자리 소장처"),
    (r"상태|어떻게 ?됐|어떻게 ?돼|됐어|처리", "상태 진행 진행상태 처리상태 결과"),
    (r"받는|받을|누구한테|누구에게", "받는사람 받는분 받는이 수취인 예금주 수신"), (r"보내[는신]|부친", "보내는사람 보내는분 보낸사람 발신 송금인"),
    (r"나이|몇 ?살|생일", "나이 연령 만나이 생년월일 생일"), (r"점수|성적|몇 ?점", "점수 성적 총점 평균"),
    (r"얼마나 ?걸|걸리|걸려|소요|길이|몇 ?분", "소요시간 걸리는시간 길이 재생시간 시간"), (r"무게|몇 ?킬로|몇 ?그램", "무게 중량 용량"),
    (r"높이|세로|키가", "높이 세로 키"), (r"너비|가로|폭", "너비 가로 폭"), (r"버전|몇 ?판", "버전 version"),
    (r"제조|만든 ?회사|어느 ?회사", "제조사 제조회사 회사 게시자 개발자 공급자"), (r"비밀번호|암호|비번", "비밀번호 암호 password"),
    (r"주소", "주소 url 홈페이지 웹사이트 사이트 링크"),
    (r"몇 ?명|인원", "인원 정원 참가자 인원수 신청자"),
    (r"몇 ?층|몇 ?호|교실|강의실", "장소 위치 호실 강의실 교실"),
    (r"타는 ?곳|승강장|플랫폼|게이트", "타는곳 승강장 플랫폼 게이트 홈"), (r"도착", "도착 도착시각 도착예정"), (r"출발|떠나", "출발 출발시각"),
    (r"자리|좌석", "좌석 자리 잔여석 좌석번호"),
    (r"까지|마감|기한", "마감 기한 납부기한 만료 종료 유효기간"),
    (r"사용|썼|쓰고|쓴", "사용 사용량 사용중 사용함 이용"),
    (r"빠르|속도", "속도"),
    (r"전공|학과|무슨 ?과", "학과 전공 과 진료과 부서"),
    (r"직책|직급|직위", "직급 직위 직책"),
    (r"부서|어느 ?팀", "부서 소속 팀 담당부서"),
    (r"언제|며칠|날짜|날이", "날짜 일자 등록일 작성일 수정일 수정한날짜 일시 기간 마감 예정일 바뀜 날 거래일"),
    (r"몇 ?시|시간", "시각 시간 출발 도착 시작 일시"),
    (r"크기|용량|메가|기가|바이트", "크기 용량 size"),
    (r"종류|형식|무슨 파일|확장자", "종류 형식 유형 type"),
    (r"어디에 있는|경로|위치|저장된|폴더", "위치 경로 폴더 상위폴더 저장위치"),
    (r"전화|연락처", "전화 전화번호 연락처 휴대폰 대표번호"),
    (r"지우|삭제|없애|버리", "삭제 제거 휴지통 지우기 비우기 remove delete"),
    (r"저장|남기|남겨|보관", "저장 save 확인"),
    (r"닫|끄|나가|그만|관두|없애|치우|사라지", "닫기 끝내기 종료 취소 나가기 확인 close quit cancel"),
    (r"취소|안 하고|하지 않고|필요 없|말고", "취소 아니요 저장하지않음 닫기 나중에 cancel no"),
    (r"찾|검색", "검색 찾기 search find"),
    (r"보내|전송|답장", "보내기 전송 답장 send 입력"),
    (r"만들|새로|추가|늘리", "새로만들기 만들기 추가 새 add new"),
    (r"고치|바꾸|수정|변경|편집", "편집 수정 바꾸기 변경 설정 속성 edit"),
    (r"열|펼치", "열기 open"),
    (r"설정|옵션", "설정 기본설정 환경설정 옵션 preferences settings"),
    (r"시작|켜|재생|틀", "시작 재생 켜기 실행 play start"),
    (r"멈추|중지|일시", "중지 일시정지 정지 stop pause"),
    (r"복사", "복사 copy"),
    (r"붙이|붙여", "붙여넣기 paste"),
    (r"되돌|전으로|취소하", "되돌리기 실행취소 undo 초기화 기본값"),
    (r"다운|받", "다운로드 내려받기 받기 download"),
    (r"올리|업로드", "올리기 업로드 upload"),
    (r"사|주문|구매|결제|예매", "구매 주문 결제 장바구니 예매 바로구매"),
    (r"소리|음량|볼륨", "소리 오디오 음량 볼륨 사운드"),
    (r"쉬운|쉽", "쉬움 초급 easy"), (r"어려운|어렵", "어려움 고급 hard"),
    (r"꺼내|풀[려어고]|압축", "풀기 추출 압축풀기 extract"), (r"나중", "나중에 다음에 later notnow"),
    (r"돌아가|그만두", "취소 뒤로 돌아가기 cancel back"),
    (r"이대로|그대로|마지막", "확인 적용 만들기 마침 ok"), (r"캔슬", "취소 cancel"), (r"셋업", "설정 setup"), (r"인쇄|프린트|뽑", "인쇄 print"),
    (r"새로 ?고침|다시 ?불러", "새로고침 다시읽기 reload refresh"), (r"쓰려면|적으려면|입력하", "입력 메시지"),
    (r"키우|크게|늘려", "확대 크게 최대화"),
    (r"줄이|작게", "축소 작게 최소화"), (r"미리 ?보", "미리보기 preview"), (r"프로그램 ?이름|무슨 ?프로그램", "정보 about"),
    (r"동의", "동의 확인 수락"), (r"가입", "가입 회원가입 가입하기"), (r"로그인|들어가", "로그인 접속 연결"),
)  # fmt: skip
_ALSO_COMPILED = tuple((re.compile(asked.replace(" ", " ?")), words) for asked, words in _ALSO)
_ROLES = (
    ("탭", "tab"), ("버튼", "button"), ("단추", "button"), ("메뉴", "menu item"), ("링크", "link"), ("입력", "text field"),
    ("체크", "check box"), ("상자", "check box"), ("라디오", "radio button"),
)  # fmt: skip
STATE = re.compile(
    r"선택|체크|켜|꺼|골라|골랐|고른|열려|열린|열어|펼[쳐쳤]|탭 ?이름|보고 ?있|들어와|들어가 ?있|커서|강조|색칠|단계|활성|사용|설정|걸려|몇 ?번째|"
    r"있는 ?거|(?:어느|어떤|무슨|지금|현재) ?(?:탭|쪽|메뉴|폴더|셀|칸|편지함|항목|화면|면)|돼 ?있|되어 ?있"
)
PLACE = re.compile(
    r"^(?!.*(?:뭐|뭘|얼마|몇|누구|누가|언제|무슨|어떤)).*(?:어디에? ?있[어나니]|어딨|어디야|어디예요|어디지|어느 ?쪽|보여|보이|"
    r"(?<![가-힣])있(?:어|나|니|는지|습니까))"
)
_ORDINALS = {
    "첫": 0, "1번째": 0, "맨 위": 0, "두 번째": 1, "둘째": 1, "2번째": 1, "세 번째": 2, "셋째": 2, "3번째": 2, "네 번째": 3, "4번째": 3,
    "다섯 번째": 4, "5번째": 4, "여섯 번째": 5, "6번째": 5, "일곱 번째": 6, "마지막": -1, "맨 끝": -1, "맨 아래": -1, "끝에": -1,
}  # fmt: skip
PRESS = re.compile(r"눌러|누르|하려면|으려면|려면|어떻게|해야|클릭|들어가|방법|고 ?싶")
NOTICE = re.compile(
    r"오류|에러|경고|안내|메시지|뭐라|왜|빨간|알림|말이|말을|물어|뜻|무슨 ?일|설명|내용|글씨|글자|문장"
)
SCREEN = re.compile(r"설명|묘사|요약|무슨 ?화면|뭐가 ?있|뭐가 ?보|보이는 ?걸|보이는지")
EXTREME = re.compile(
    r"제일|가장|최고|최저|최대|최소|젤|꼴찌|일등|1등|많이|높은|낮은|비싼|싼|큰|작은|빠른|늦은|먼저"
)
HEADLINE = re.compile(r"제목|큰 ?글|큰 ?기사|헤드라인|맨 ?위")
DIALOG = re.compile(
    r"대화 ?상자|다이얼로그|작은 ?창|앞에|떠 ?있는|뜬 ?창|팝업|(?:설정|옵션|속성|확인|저장) ?창"
)
PROGRAM = re.compile(
    r"(?:무슨|어떤|어느|뭐 ?하는) ?(?:프로그램|앱|어플|사이트|페이지|창|게임|브라우저|설정|화면)|뭐 ?하는 ?(?:거|데|곳)"
)
CODE = re.compile(r"코드|번호|에러|오류")
WHO = re.compile(r"누구|누가|누굴|이름이|작성자|담당")
WHEN = re.compile(r"언제|며칠|몇 ?시|몇 ?월|날짜|요일|기한|마감|시각")
AMOUNT = re.compile(r"얼마|금액|가격|요금|비용|값|합계|총액|잔액")
HOW_MANY = re.compile(r"몇|얼마나|수량|개수")
AT_WHICH_PLACE = re.compile(r"어디서|어디에서|어디래|어디로|장소|위치|어느 ?(?:폴더|곳|지점)")
TITLED = re.compile(r"제목|창 ?이름|이름이 ?뭐")
FILE_NAMED = re.compile(
    r"(?:파일|문서|사진|그림|노래|곡|영상|동영상) ?(?:이름|제목|명)|무슨 ?(?:파일|문서|사진|노래)"
)
CHECKED = re.compile(r"체크|켜져|켜 ?[둔놓]|꺼져|걸려|활성|동의")
_ORDINALS_COMPILED = tuple((re.compile(word.replace(" ", " ?")), n) for word, n in _ORDINALS.items())
_SHAPES = (
    (re.compile(r"(?:파일|문서) ?이름|파일 ?명|무슨 ?파일"), re.compile(r"\w\.(?=\w*[a-zA-Z])\w{1,5}\b")),
    (re.compile(r"몇 ?퍼센트|몇 ?프로|비율|사용률|할인율"), re.compile(r"\d\s?%|퍼센트")),
    (re.compile(r"몇 ?도|기온|온도"), re.compile(r"\d\s?(?:°|℃|도)")),
    (re.compile(r"몇 ?시|시각|시간"), re.compile(r"\d{1,2}\s?:\s?\d\d|\d\s?시(?!\w)")),
    (re.compile(r"언제|며칠|날짜|몇 ?월|기한|마감|생일"), re.compile(r"\d{2,4}\s?[-./년]\s?\d{1,2}|\d\s?월|\d\s?일|요일")),
    (re.compile(r"전화|연락처"), re.compile(r"\d{2,4}-\d{3,4}(?:-\d{4})?")),
    (re.compile(r"메일|이메일|전자우편"), re.compile(r"\S@\S")),
    (re.compile(r"주소창|사이트 ?주소|웹 ?주소|url", re.I), re.compile(r"https?:|www\.|\w\.(?:com|kr|net|org|io)\b")),
    (re.compile(r"크기|용량|메가|기가|바이트"), re.compile(r"\d\s?(?:[KMGT]i?B|바이트|킬로|메가|bytes)", re.I)),
    (re.compile(r"단축키"), re.compile(r"(?:Ctrl|Shift|Alt|Cmd|Super)\b|\bF\d|⌘", re.I)),
    (re.compile(r"얼마|가격|금액|요금|잔액|단가|매출|합계|총액"), re.compile(r"\d\s?원|₩|\d{1,3}(?:,\d{3})+|\d{4,}")),
    (re.compile(r"몇"), re.compile(r"\d")),
)  # fmt: skip


def words(question: str) -> tuple[tuple[str, str], ...]:
    """(word, the same without its josa) for the words of a question that can name things; counters in digits."""
    question = _COUNTED.sub(lambda m: _NUMERALS[m[1]] + m[2], question)
    kept = []
    before = ""
    for word in re.sub(r"[?!.,~'\"“”‘’]", " ", question.lower()).split():
        stem = _JOSA.sub("", word) or word
        if word not in _IDLE and stem not in _IDLE:
            kept.append((word, stem))
            if before in _ALSO_NAMES:  # 모두 바꾸기, 다음 찾기: the name of a button more often than not
                kept.append((before + word, before + stem))
        before = word
    return tuple(kept)


COMMON = frozenset((
    "파일", "폴더", "항목", "메뉴", "버튼", "단추", "탭", "창", "목록", "글", "칸", "상자", "화면", "프로그램", "페이지", "줄", "표", "설정",
    "사진", "그림", "이름", "번호",
))  # fmt: skip
"""nouns that say what sort of thing is meant; alone they name nothing in particular"""


_DAY = re.compile(r"([월화수목금토일])요일")


def chains(question: str, longest: int = 4) -> set[str]:
    """What a question may name: up to four of its words together, the last one with and without its josa."""
    said = words(question)
    found = set()
    for start in range(len(said)):
        before = ""
        for word, stem in said[start : start + longest]:
            found |= {before + word, before + stem}
            if day := _DAY.match(stem):
                found.add(day[1])
            if latin := spelled(stem):
                found.add(latin)
            before += word
    return found


_ON = re.compile(r"^\s*(?:아 |음 |저기 )?(?:그럼|그러면|그리고|그 ?(?:옆|위|아래|다음))")


def search_text(question: str, before: str = "") -> str:
    """What to search the screen for: with the question `before` it where this one only goes on from that."""
    goes_on = _ON.search(question) or len(question.split()) <= 2
    return f"{before} {question}" if before and goes_on else question


def meant(question: str) -> list[str]:
    """Words that interfaces use for what a question asks: 누가 → 작성자, 담당자 …"""
    return [word for wish, words in _ALSO_COMPILED if wish.search(question) for word in words.split()]


_COLOUR_WORDS = {
    "red": "빨간|빨강|붉은", "orange": "주황", "yellow": "노란|노랑", "green": "초록|녹색|푸른", "cyan": "하늘색|청록", "blue": "파란|파랑|푸른",
    "purple": "보라", "pink": "분홍|핑크", "grey": "회색|흐린", "black": "검은|까만", "white": "하얀|흰",
}  # fmt: skip


def colours_named(question: str) -> set[str]:
    """Colours (names of colours.py) by which a question means something: 빨간 글씨, 파란 버튼."""
    return {name for name, said in _COLOUR_WORDS.items() if re.search(rf"(?:{said})(?:색)?", question)}


def roles(question: str) -> set[str]:
    """Roles of lines that the question speaks of."""
    return {role for word, role in _ROLES if word in question}


def shape(question: str) -> re.Pattern[str] | None:
    """What the text of an answer must look like (a time, a date, an amount …), where the question says so."""
    return next((pattern for wish, pattern in _SHAPES if wish.search(question)), None)


def ordinal(question: str) -> int | None:
    """Which one of a run is asked for: 0 the first, −1 the last; None when none is."""
    return next((n for wish, n in _ORDINALS_COMPILED if wish.search(question)), None)
