"""What a question asks for, told from its Korean wording.

Used for which box answers it and for what is shown beside the answer, never for what is said: a wrong guess
here must not change an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from assistant import prompts
from assistant.errors import BadInput
from assistant.frames import TextLine
from assistant.korean import normalise

LONGEST = 2_000
"""characters of one question"""


class Kind(StrEnum):
    READ = "read"
    WHERE = "where"
    COUNT = "count"
    EXISTS = "exists"
    SELECTED = "selected"
    COLOUR = "colour"
    MEANING = "meaning"
    DESCRIBE = "describe"
    NEXT = "next"
    APP = "app"
    OTHER = "other"


_FIELDS = (
    "제목|이름|내용|글자|문구|메시지|주소|값|날짜|시간|금액|가격|번호|크기|버전|비밀번호|이메일|전화번호|용량|온도|개수|합계|총액|점수|"
    "제조사|저자|작성자|보낸 사람|받는 사람"
)
_ENDINGS = "어|어요|나|나요|니|냐|습니까|는지|을까|을까요|는가|지|죠|지요|요|는 거야|던가요?"

# Tried from the top; the first that fits wins, so the more telling wordings stand first. A blank in a pattern
# may be left out, as it is in speech and in speech recognition.
_WORDINGS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.WHERE, ("어디를 봐", "못 찾겠")),
    (Kind.COLOUR, (
        "(무슨|어떤|뭔|몇) 색", "색깔", "색 알려", "색[이은는]? (뭐|무엇|어떻)", "색상[은이]? (뭐|무엇|어떻|어떤)",
    )),
    (Kind.COUNT, (
        "몇 (개|명|장|줄|칸|가지|곳|번|건|행|열|통|대|권|마리|군데|사람|쪽)(?!째)",
        "개수", "갯수", "수가 몇", "(총|모두|전부) 몇", "얼마나 많",
    )),
    (Kind.APP, (
        "(무슨|어떤|어느) (프로그램|앱|어플|애플리케이션|소프트웨어|사이트|웹사이트)",
        "(프로그램|앱|어플)(의)? 이름", "(프로그램|앱|어플)[은이]? (뭐|뭔|무엇|무슨)",
    )),
    (Kind.NEXT, (
        "어떻게 (해야|하면|하지|하죠|해[요?. ]*$|할까|하나|합니까)",
        "(뭘|무엇을|뭐를|뭐|(무슨|어느|어떤) 버튼을?) (해야|하면|눌러야|누르면|누를까)",
        "다음(엔|에는|으로는?)? (뭐|뭘|무엇|어떻게|어디를|할)",
        "어디를 (눌러|클릭|선택해)", "어떤 걸 (눌러|클릭|선택해)", "어느 것을 (눌러|클릭|선택해)", "어딜 (눌러|클릭)",
        "하려면", "방법[을이은]?",
    )),
    (Kind.WHERE, (
        "어디(?!까지)", "어딨", "어느 (쪽|위치|곳|자리)", "위치[를가는]? (알려|가르쳐|찾|어떻|뭐)", "찾아 (줘|주|봐)", "가리켜", "짚어",
    )),
    (Kind.SELECTED, (
        "(어떤|무슨|어느|뭐가|뭘|무엇이|무엇을).{0,14}(선택|체크|골라|활성|열려|켜져|눌려|강조)",
        "(선택|체크|강조)(되어 있는|돼 있는|된|한) [가-힣 ]{0,10}?(뭐|뭔|무엇|알려|말해)",
        "(선택|체크|활성화|강조)(되어|돼|된|한) (있는 )?(것|거|게|건|항목|탭|메뉴|옵션|줄|파일|폴더|곳)",
        "(선택|체크|체크 표시 |설정)(되어|돼) 있(는 (것|거|게|건)|어|나|니|습|는지)",
        "(열린|열려 있는|현재|보고 있는|무슨) 탭", "체크 표시(된|가 된|돼)", "몇 번째.{0,10}선택",
        "켜진 (것|거|게)", "켜져 있", "꺼져 있", "켜졌", "꺼졌", "체크됐", "사용 중이",
    )),
    (Kind.MEANING, (
        "번역", "해석", "한국어로", "우리말로", "영어라서", "영어로 뭐", "이 영어", "(무슨|어떤) (뜻|의미|말|소리|일|문제)", "뜻[이은을]",
        "뜻 좀", "의미[가는]", "이유[가는]", "뭐 때문", "뭐가 (잘못|문제)", "왜 .{0,8}(실패|멈췄|멈춘|안 [돼되열]|못 [하해열])",
        "[a-z]{2,}.{0,12}(무슨|뭐 하는) (버튼|기능|메뉴)",
        "왜 (이런|이래|안|떴|뜨|나왔|나오|그래|이러)", "(뭐|무엇)[을를에]? (하는|쓰는|뜻하|의미하)",
        "하면 어떻게 (돼|되)", "누르면 (어떻게|무슨|뭐|어떤)", "오류[가는]? (뭐|뭔|왜)",
    )),
    (Kind.DESCRIBE, (
        "묘사", "설명해", "요약", "(무엇|뭐|뭘|무슨 내용)[이가]? (보이|보여|있는지|나와|떠 있|표시)",
        "(화면|사진|그림|이미지)[은이에을를]? (뭐|무엇|무슨 화면|어떤 화면|대해|전체)",
        "(무슨|어떤) (화면|사진|그림|내용)", "(화면|사진|그림) 내용", "화면[이은을]? (좀 )?(어떤 상태|읽어)",
    )),
    (Kind.READ, (
        "읽어", "뭐라(고|는)", "무엇이라고", "(뭐|무엇)(라고|이라고)", "적힌", "적혀", "써 있", "쓰여", "써져",
        f"({_FIELDS})[이은는가을를]? (뭐|뭔|무엇|어떻게|얼마|몇|언제|누구|알려|말해|불러|$|[?])",
        "얼마", "언제", "며칠", "몇이", "누구", "누가",
        "몇 (시|분|일|월|년|살|도|퍼센트|프로|번째|원|mb|gb|메가|기가|줄째|칸째|페이지)",
    )),
    (Kind.EXISTS, (
        f"(있|없|보이|보여|나와|들어|표시돼|표시되어)({_ENDINGS})?( (확인해|알려|말해|봐|궁금).*)?[?.! ]*$",
        "보입니까", "나옵니까", "되어 있[어나니]", "[가-힣](가능|되)(한가|해|나|니|어)요?[?.! ]*$",
    )),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile("|".join(wordings).replace(" ", " ?"))) for kind, wordings in _WORDINGS)
_ASKS_WHAT = re.compile(r"뭐|뭘|뭔|무엇|몇|누구|어떤|무슨")
_ASKS_TO_READ = re.compile(r"뭐|뭔|무엇|무슨|몇|(?:알려|불러|말해|확인해) ?(?:줘|주)")


def clean(question: str) -> str:
    """The question as one plain line, without markers and control characters.

    Errors: BadInput `question_empty`, or `question_too_long` above 2,000 characters.
    """
    if len(question.strip()) > LONGEST:
        raise BadInput("question_too_long", longest=LONGEST, length=len(question.strip()))
    question = prompts.plain(question)
    if not any(char.isalnum() for char in question):
        raise BadInput("question_empty")
    return question


def kind(question: str) -> Kind:
    """What the question asks for; OTHER where no wording tells."""
    question = prompts.plain(question).lower()
    for found, pattern in _COMPILED:
        if pattern.search(question):
            return Kind.READ if found is Kind.EXISTS and _ASKS_WHAT.search(question) else found
    return Kind.READ if _ASKS_TO_READ.search(question) else Kind.OTHER


def meant_line(question: str, cited: Iterable[TextLine]) -> TextLine | None:
    """The cited line a `where` question is about: the longest one the question names, else the first."""
    cited = list(cited)
    asked = normalise(question)
    named = [line for line in cited if len(normalise(line.text)) >= 2 and normalise(line.text) in asked]
    return max(named, key=lambda line: len(normalise(line.text)), default=cited[0] if cited else None)
