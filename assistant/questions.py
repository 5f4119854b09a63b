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


# Tried from the top; the first that fits wins, so the more telling wordings stand first.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.COLOUR, r"무슨 ?색|어떤 ?색|색깔|색상[은이]? ?(?:뭐|무엇|어떻|어떤)|(?:뭔|몇) ?색|색이? ?(?:뭐|무엇|어떻)"),
    (Kind.COUNT, r"몇 ?(?:개|명|장|줄|칸|가지|곳|번|건|행|열|통|대|권|마리|군데|사람|쪽)(?!째)|"
                 r"개수|갯수|(?:총|모두|전부) ?몇|얼마나 ?많"),
    (Kind.APP, r"(?:무슨|어떤|어느) ?(?:프로그램|앱|어플|애플리케이션|소프트웨어|사이트|웹사이트)|"
               r"(?:프로그램|앱|어플)(?:의)? ?이름|(?:프로그램|앱|어플)[은이]? ?(?:뭐|뭔|무엇|무슨)"),
    (Kind.NEXT, r"어떻게 ?(?:해야|하면|하지|하죠|해[요?. ]*$|할까|하나|합니까)|(?:뭘|무엇을|뭐를|뭐) ?(?:해야|하면|눌러야|누르면|누를까)|"
                r"다음(?:엔|에는|으로는?)? ?(?:뭐|뭘|무엇|어떻게|어디를|할)|어(?:디를|떤 ?걸|느 ?것을) ?(?:눌러|클릭|선택해)|"
                r"하려면|방법(?:을|이|은)?|어딜 ?(?:눌러|클릭)"),
    (Kind.WHERE, r"어디(?!까지)|어딨|어느 ?(?:쪽|위치|곳|자리)|위치(?:를|가|는)? ?(?:알려|가르쳐|찾|어떻|뭐)|"
                 r"찾아 ?(?:줘|주|봐)|가리켜|짚어"),
    (Kind.SELECTED, r"(?:어떤|무슨|어느|뭐가|뭘|무엇이|어떤 ?게|무엇을).{0,14}(?:선택|체크|골라|활성|열려|켜져|눌려|강조)|체크 ?표시(?:된|가 ?된|돼)|"
                    r"(?:선택|체크|활성화|강조)(?:되어|돼|된|한) ?(?:있는 ?)?(?:것|거|게|건|항목|탭|메뉴|옵션|줄|파일|폴더|곳)|"
                    r"(?:선택|체크)(?:되어|돼) ?있(?:는 ?(?:것|거|게|건)|어|나|니|습|는지)|켜져 ?있|꺼져 ?있|몇 ?번째.{0,10}선택"),
    (Kind.MEANING, r"(?:무슨|어떤) ?(?:뜻|의미|말|소리)|뜻[이은]|의미[가는]|왜 ?(?:이런|이래|안|떴|뜨|나왔|나오|그래|이러)|"
                   r"이유[가는]|무슨 ?(?:일|문제)|(?:뭐|무엇)[을를에]? ?(?:하는|쓰는|뜻하|의미하)|하면 ?어떻게 ?(?:돼|되)|"
                   r"누르면 ?(?:어떻게|무슨|뭐|어떤)|설명해 ?줄.{0,6}(?:오류|경고)|오류[가는]? ?(?:뭐|뭔|왜)"),
    (Kind.DESCRIBE, r"묘사|설명해|요약|(?:무엇|뭐|뭘|무슨 ?내용)(?:이|가)? ?(?:보이|보여|있는지|나와|떠 ?있|표시)|"
                    r"(?:화면|사진|그림|이미지)(?:은|이|에|을|를)? ?(?:뭐|무엇|무슨 ?화면|어떤 ?화면|대해|전체)|"
                    r"(?:화면|사진|그림) ?내용|어떤 ?(?:화면|사진|그림|내용)|무슨 ?(?:화면|사진|그림|내용)"),
    (Kind.READ, r"읽어|뭐라(?:고|는)|무엇이라고|(?:뭐|무엇)(?:라고|이라고)|적힌|적혀|써 ?있|쓰여|써져|"
                r"(?:제목|이름|내용|글자|문구|메시지|주소|값|날짜|시간|금액|가격|번호|크기|버전|비밀번호|이메일|전화번호|용량|"
                r"온도|개수|합계|총액|점수|제조사|저자|작성자|보낸 ?사람|받는 ?사람)[이은는가을를]? ?"
                r"(?:뭐|뭔|무엇|어떻게|얼마|몇|언제|누구|알려|말해|불러|$|\?)|"
                r"얼마|언제|며칠|몇이|몇 ?(?:시|분|일|월|년|살|도|퍼센트|프로|번째|원|mb|gb|메가|기가|줄째|칸째|페이지)|누구|누가"),
    (Kind.EXISTS, r"(?:있|없|보이|보여|나와|들어|표시돼|표시되어)(?:어|어요|나|나요|니|냐|습니까|는지|을까|을까요|는가|지|죠|"
                  r"지요|요|ㅂ니까|는 ?거야|던가요?)?(?: ?(?:확인해|알려|말해|봐|궁금).*)?[?.! ]*$|보입니까|나옵니까|되어 ?있(?:어|나|니)|"
                  r"[가-힣](?:가능|되)(?:한가|해|나|니|어)요?[?.! ]*$"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_ASKS_TO_READ = re.compile(r"뭐|뭔|무엇|무슨|(?:알려|불러|말해) ?(?:줘|주)")


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
            return found
    return Kind.READ if _ASKS_TO_READ.search(question) else Kind.OTHER


def meant_line(question: str, cited: Iterable[TextLine]) -> TextLine | None:
    """The cited line a `where` question is about: the longest one the question names, else the first."""
    cited = list(cited)
    asked = normalise(question)
    named = [line for line in cited if len(normalise(line.text)) >= 2 and normalise(line.text) in asked]
    return max(named, key=lambda line: len(normalise(line.text)), default=cited[0] if cited else None)
