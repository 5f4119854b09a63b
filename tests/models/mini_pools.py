"""Words of our own that the tests of nunchi-mini's training draw screens and train tokenizers from."""

from __future__ import annotations

from models.train.mini import corpus

LABELS = (
    "저장 위치",
    "자동 저장",
    "글꼴 크기",
    "화면 밝기",
    "알림 소리",
    "네트워크 설정",
    "언어 선택",
    "파일 형식",
    "사용자 지정",
    "다시 시작",
    "새 폴더",
    "백업 만들기",
    "인쇄 미리 보기",
    "맞춤법 검사",
    "암호 바꾸기",
    "업데이트 확인",
    "전체 화면",
    "기록 지우기",
)
LINES = [
    ("저장을 누르면 파일이 저장됩니다", 9),
    ("저장", 9),
    ("파일 열기", 9),
    ("파일을 열 수 없습니다", 9),
    ("Save the file", 9),
    ("2024년 3월", 5),
]


def small_pools() -> corpus.Pools:
    """Small pools of our own words, so that no data folder is needed."""
    sentences = tuple(f"{a}에서 {b}을 고르고 다음으로 넘어갑니다." for a in LABELS[:9] for b in LABELS[9:])
    pairs = (
        ("The file could not be opened.", "파일을 열 수 없습니다."),
        ("Do you want to continue?", "계속할까요?"),
    )
    return corpus.Pools(
        labels=LABELS, messages=sentences[:20], english_labels=("Save", "Open"), pairs=pairs, label_pairs=(("Save", "저장"),),
        sentences=sentences, reviews=sentences[:30], headings=tuple(f"{a} 안내" for a in LABELS), cities=("강릉", "속초", "원주", "춘천", "수원"),
        last_names=("김", "이", "박"), first_names=("민준", "서연", "지후", "하은"), companies=("가람", "나루"), jobs=("교사", "간호사"),
        roads=("테헤란", "강남"), things=("사과", "기차", "고양이"), meaning={"Save": "저장", **dict(pairs)},
        faker={"company.brand_suffixes": ["은행"], "address.metropolitan_cities": ["서울특별시"], "address.boroughs": ["중구"]},
    )  # fmt: skip


POOLS = small_pools()
