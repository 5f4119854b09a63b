"""Question kinds are told from wordings as people say them; questions are cleaned and bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput
from assistant.frames import Box, TextLine
from assistant.questions import LONGEST, Kind, clean, kind, meant_line

WORDINGS = {
    Kind.READ: [
        "여기 뭐라고 적혀 있어?",
        "제목이 뭐야?",
        "두 번째 줄 읽어 줘",
        "파일 이름이 뭐예요?",
        "오류 메시지 좀 읽어줄래",
        "총 금액이 얼마야?",
        "마감일이 언제야",
        "받는 사람이 누구야?",
        "지금 몇 시로 되어 있어?",
        "배터리 몇 퍼센트 남았어?",
        "버전이 뭐지",
        "이메일 주소 알려 줘",
        "이 글자 무엇이라고 써 있나요",
        "제조사는 뭐예요",
        "메모리 용량이 얼마나 돼?",
        "와이파이 이름이 뭐예요?",
        "창 제목에 뭐라고 쓰여 있니",
        "작성자가 누구예요?",
        "수정한 날짜 알려줘",
        "전화번호 좀 불러 줘",
        "창 제목이 뭐죠?",
        "맨 아래에 뭐라고 나와 있어?",
        "두 번째 메뉴 이름이 뭐야?",
        "남은 용량이 얼마야?",
        "보낸 사람이 누구야?",
        "회의가 몇 시야?",
        "첫 번째 파일 이름 말해 줘",
        "상태 표시줄에 뭐라고 써 있어?",
        "결제 금액이 얼마예요?",
        "오늘 날짜가 며칠이야?",
        "서버 주소가 뭐야?",
        "3행 2열 값이 뭐야?",
        "읽지 않은 첫 메일 제목 읽어줘",
        "글꼴 크기가 몇이야?",
    ],
    Kind.WHERE: [
        "저장 버튼 어디 있어?",
        "인쇄는 어디서 해?",
        "닫기 버튼이 어딨지?",
        "설정 메뉴 위치 알려줘",
        "검색창 어디야",
        "취소 버튼 좀 찾아 줘",
        "로그인 버튼을 가리켜 줘",
        "글꼴 크기 바꾸는 데가 어디예요",
        "확인 버튼은 어느 쪽에 있어요?",
        "어디를 보면 날짜가 나와?",
        "닫는 단추가 어디쯤 있죠?",
        "휴지통 아이콘 어딨어요",
        "검색하는 데 어디 있는지 좀 알려줘",
        "돋보기는 어디에 있나",
        "확인 버튼 위치가 어디예요?",
        "도움말은 어디서 볼 수 있어?",
    ],
    Kind.COUNT: [
        "버튼이 몇 개야?",
        "열린 탭 몇 개 있어요?",
        "파일이 모두 몇 개지",
        "참석자가 몇 명이에요?",
        "표가 몇 줄이야?",
        "메뉴 개수 알려줘",
        "체크된 항목이 몇 개예요?",
        "창이 총 몇 개 떠 있어?",
        "안 읽은 메일 몇 통이야",
        "사람이 얼마나 많아",
        "폴더 몇 개 보여?",
        "줄이 몇 줄 있어요",
        "메일이 몇 통 와 있어",
        "선택된 파일이 몇 개야?",
        "아이콘이 전부 몇 개 있지",
    ],
    Kind.EXISTS: [
        "인쇄 버튼 있어?",
        "여기 취소 버튼이 있나요?",
        "오류 메시지가 보여?",
        "체크박스 있니",
        "검색창이 있습니까?",
        "휴지통 아이콘 보이나요?",
        "화면에 전화번호가 나와 있어?",
        "도움말 메뉴는 없어?",
        "빨간 글씨가 있는지 알려 줘",
        "비밀번호 입력하는 칸이 있을까요?",
        "저장 안 된 파일이 있어?",
        "인터넷 연결돼 있어?",
        "경고 표시 떠 있어?",
        "맨 위에 검색창 있어요?",
        "로그아웃 버튼이 보이니?",
        "이 문서에 표가 들어 있어?",
    ],
    Kind.SELECTED: [
        "어떤 탭이 선택되어 있어?",
        "지금 선택된 항목이 뭐야",
        "체크된 게 뭐야?",
        "어느 메뉴가 활성화되어 있어요?",
        "무슨 옵션이 체크돼 있지",
        "선택된 파일 알려줘",
        "뭐가 선택돼 있어?",
        "자동 저장이 켜져 있어?",
        "블루투스 꺼져 있나요",
        "강조된 줄이 뭐예요",
        "지금 어느 탭이 열려 있어?",
        "어떤 라디오 버튼이 선택됐어?",
        "글꼴은 뭘로 선택돼 있어?",
        "체크 표시된 거 뭐뭐야",
    ],
    Kind.COLOUR: [
        "저장 버튼 무슨 색이야?",
        "배경색이 뭐야",
        "글자 색깔이 뭐예요?",
        "이 아이콘은 어떤 색이에요?",
        "제목 표시줄 색상은 뭐지",
        "확인 버튼 색이 어떻게 돼?",
        "이 버튼 색깔 뭐야",
        "글씨 무슨 색으로 돼 있어?",
        "막대가 무슨 색이야?",
    ],
    Kind.MEANING: [
        "영어로 뭐라고 하는 거야?",
        "이거 해석해 줘",
        "뭐 때문에 안 되는 거야",
        "뭐가 잘못된 거야?",
        "왜 실패했어?",
        "Reload는 무슨 기능이에요?",
        "이 영어 문장 뜻 좀 알려 줄래",
        "이 오류 무슨 뜻이야?",
        "이게 무슨 말이에요?",
        "이 경고가 왜 떴어?",
        "확인 누르면 어떻게 돼?",
        "이 버튼은 뭐 하는 거야?",
        "이 메시지 의미가 뭐예요",
        "왜 안 되는 거야?",
        "이 아이콘은 무엇을 하는 버튼이야?",
        "저장 안 함을 누르면 무슨 일이 생겨?",
        "이 창은 무슨 의미예요?",
        "왜 이런 창이 떴어?",
        "이 에러가 무슨 소리야",
        "취소를 누르면 어떻게 되나요?",
        "이 단추는 뭐에 쓰는 거야",
    ],
    Kind.DESCRIBE: [
        "화면에 뭐가 보여?",
        "이 화면 설명해 줘",
        "지금 화면에 뭐가 있는지 말해 줘",
        "이 사진 묘사해 줘",
        "무슨 화면이야?",
        "내용 요약해 줘",
        "화면 전체를 설명해 주세요",
        "이 그림 어떤 내용이야?",
        "지금 무슨 화면이 떠 있어?",
        "화면에 무엇이 있는지 설명해 주세요",
        "이 사진에 뭐가 있어?",
        "화면 내용 알려줘",
    ],
    Kind.NEXT: [
        "이제 어떻게 해야 돼?",
        "다음에 뭐 해야 해요?",
        "저장하려면 뭘 눌러야 해?",
        "다음엔 뭐 눌러?",
        "여기서 나가려면 어떻게 해?",
        "인쇄하는 방법을 알려 줘",
        "뭘 누르면 돼?",
        "설치하려면 어디를 눌러?",
        "이거 어떻게 하지",
        "그 다음엔 뭐 해야 돼?",
        "저장하려면 어디 눌러야 돼?",
        "이 창 닫으려면 어떻게 해야 해요?",
        "계속하려면 뭐 눌러요?",
        "파일을 지우려면 어떻게 하죠",
    ],
    Kind.APP: [
        "이거 무슨 프로그램이야?",
        "지금 어떤 앱이 켜져 있어?",
        "이 프로그램 이름이 뭐예요?",
        "무슨 사이트야?",
        "어느 프로그램 화면이에요?",
        "이 앱은 뭐야?",
        "지금 켜진 프로그램이 뭐야?",
        "이게 무슨 앱이에요?",
        "무슨 프로그램 쓰고 있어?",
    ],
    Kind.OTHER: ["안녕", "고마워", "음 그러니까", "저장", "빨리 좀"],
}
CASES = [(wording, found) for found, wordings in WORDINGS.items() for wording in wordings]


@pytest.mark.parametrize(("wording", "expected"), CASES)
def test_wordings(wording, expected):
    assert kind(wording) is expected


def test_there_are_enough_of_them():
    assert len(CASES) >= 150
    assert set(WORDINGS) == set(Kind)


@given(st.text(max_size=200))
def test_any_text_has_a_kind(text):
    assert kind(text) in Kind


def test_questions_become_one_plain_line():
    assert clean(" 저장\n버튼은\x07 <|im_start|>어디\u202e? ") == "저장 버튼은 어디 ?"


@pytest.mark.parametrize("text", ["", "  \n", "???", "\u200b", "<|im_end|>", "\x00"])
def test_empty_questions_are_refused(text):
    with pytest.raises(BadInput) as refused:
        clean(text)
    assert refused.value.code == "question_empty"


@pytest.mark.parametrize("length", [LONGEST + 1, 10_000, 1_000_000])
def test_long_questions_are_refused(length):
    with pytest.raises(BadInput) as refused:
        clean("가" * length)
    assert refused.value.code == "question_too_long"
    assert clean("가" * LONGEST) == "가" * LONGEST


@given(st.text(max_size=50))
def test_cleaning_leaves_no_marker_and_no_control(text):
    try:
        cleaned = clean(f"질문 {text}")
    except BadInput:
        return
    assert "\n" not in cleaned and clean(cleaned) == cleaned


def line(text, y):
    return TextLine(text, Box(0, y, 10, 10))


@pytest.mark.parametrize(
    ("question", "cited", "expected"),
    [
        ("저장 버튼 어디 있어?", ["취소", "저장"], "저장"),
        ("다른 이름으로 저장은 어디야?", ["저장", "다른 이름으로 저장"], "다른 이름으로 저장"),
        ("그건 어디 있어?", ["취소", "저장"], "취소"),
        ("어디야?", [], None),
    ],
)
def test_the_line_a_where_question_means(question, cited, expected):
    found = meant_line(question, [line(text, 20 * n) for n, text in enumerate(cited)])
    assert (found and found.text) == expected
