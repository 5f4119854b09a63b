"""What Korean costs a model: tokens per eojeol (a word between spaces), counted with the model's own tokenizer.

The number a person feels is eojeol per second, tokens per second divided by this.
"""

from __future__ import annotations

from pathlib import Path

# Answers as the assistant gives them: dialogs, forms, times, amounts, numbers, English names in between.
SENTENCES = (
    "이 창은 저장하지 않은 변경 내용을 어떻게 할지 묻고 있어요. 오른쪽 아래의 저장 단추를 누르면 문서가 그대로 남습니다.",
    "결제 금액은 부가가치세를 포함해서 모두 128,400원이고, 납부 기한은 다음 달 15일 오후 여섯 시까지입니다.",
    "와이파이에 연결하려면 화면 오른쪽 아래의 네트워크 아이콘을 누른 다음 목록에서 회사 이름을 고르고 비밀번호를 입력하세요.",
    "화면에는 로그인 실패라는 오류가 나와 있어요. 아이디 또는 비밀번호가 맞지 않으니 다시 확인해 달라는 뜻입니다.",
    "표의 세 번째 줄을 보면 3분기 매출이 작년 같은 기간보다 12.5퍼센트 늘었고, 영업이익은 조금 줄었다고 적혀 있습니다.",
    "업데이트를 설치하려면 컴퓨터를 다시 시작해야 합니다. 지금 하기 어렵다면 나중에 알림을 눌러 한 시간 뒤로 미룰 수 있어요.",
    "받는 사람 칸이 비어 있어서 메일을 보낼 수 없어요. 주소를 적고 제목을 확인한 뒤 파란색 보내기 단추를 누르세요.",
    "사진 속에는 나무 탁자 위에 하얀 컵과 노트북이 놓여 있고, 창밖으로 비가 내리는 거리가 흐릿하게 보입니다.",
    "이 문서의 마지막 쪽에 따르면 계약 기간은 2027년 3월 31일까지이며, 끝나기 한 달 전까지 알리지 않으면 자동으로 연장됩니다.",
    "그 질문에는 이 화면만으로 답할 수 없어요. Settings 메뉴의 Privacy 항목을 연 다음 다시 물어봐 주세요.",
)
EOJEOL = sum(len(sentence.split()) for sentence in SENTENCES)


def tokens_per_eojeol(folder: Path) -> float | None:
    """For the tokenizer in `folder`; None where there is none that can be read."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        return None
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
        tokens = sum(len(tokenizer.encode(sentence, add_special_tokens=False)) for sentence in SENTENCES)
    except Exception:  # tokenizers raises bare Exception for a file that is none
        return None
    return tokens / EOJEOL
