"""Lists at the side and open menus."""

# ruff: noqa: E501, PLR0917  (lists of Korean strings, where a syllable counts double; drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import values
from models.train.mini.bars import icon, put
from models.train.mini.canvas import Canvas, Rect, Theme
from models.train.mini.corpus import Pools


def side_list(c: Canvas, t: Theme, r: Rect, names: list[str], noun: str = "항목", icons: bool = True) -> int:
    """A list with one row chosen."""
    c.box(r, fill=t.panel)
    chosen, y, shown = c.rng.randrange(len(names)), r.y + 8, []
    step = t.size + c.rng.choice((10, 14, 20))
    loud = c.rng.random() < 0.6
    for n, name in enumerate(names):
        if y + step > r.bottom:
            break
        on = n == chosen
        paper = (t.accent if loud else t.soft) if on else t.panel
        if on:
            c.box(Rect(r.x, y - 4, r.width, step), fill=paper)
        if icons:
            icon(c, t, Rect(r.x + 8, y, t.size, t.size))
        ink = t.on_accent if on and loud else t.ink
        shown.append(
            put(
                c,
                t,
                r.x + (t.size + 18 if icons else 12),
                y,
                name,
                ink=ink,
                paper=paper,
                role="list",
                state="selected" if on else None,
                limit=r.width - 40,
            )
        )
        y += step
    if chosen < len(shown):
        c.fact("chosen", shown[chosen], value=noun)
    for item in shown:
        c.fact("press", item)
    c.fact("group", *shown, value=noun)
    return y


SHORTCUTS = (
    "Ctrl+{}",
    "Ctrl+{}",
    "Ctrl+{}",
    "Ctrl+Shift+{}",
    "Alt+{}",
    "F{n}",
    "Shift+Ctrl+{}",
    "Shift+F{n}",
)


ENTRIES = {
    "파일": ("새로 만들기", "새 창", "새 탭", "열기", "최근 문서", "저장", "다른 이름으로 저장", "모두 저장", "인쇄 미리 보기", "인쇄", "속성", "내보내기", "가져오기", "닫기", "종료", "되돌리기", "사본 저장", "페이지 설정"),
    "편집": ("실행 취소", "다시 실행", "잘라내기", "복사", "붙여넣기", "삭제", "모두 선택", "찾기", "다음 찾기", "바꾸기", "선택 해제", "맞춤법 검사", "기본 설정", "골라 붙이기", "줄로 이동"),
    "보기": ("전체 화면", "확대", "축소", "원래 크기", "도구 모음", "상태 표시줄", "옆 창", "메뉴 막대", "새로 고침", "줄 번호", "자동 줄 바꿈", "아이콘으로 보기", "목록으로 보기", "숨긴 파일 보기"),
    "삽입": ("그림 삽입", "표 삽입", "차트", "특수 문자", "하이퍼링크", "각주", "쪽 번호", "날짜와 시간", "메모", "페이지 나누기", "텍스트 상자", "머리글"),
    "도구": ("맞춤법 검사", "단어 수", "매크로", "옵션", "환경 설정", "언어", "자동 고침", "확장 기능", "개발자 도구", "플러그인", "사용자 정의"),
    "데이터": ("정렬", "오름차순 정렬", "내림차순 정렬", "필터", "부분합", "유효성 검사", "표 합치기", "새로 고침", "텍스트 나누기"),
    "도움말": ("도움말", "사용 설명서", "단축키", "업데이트 확인", "문제 알리기", "정보", "오늘의 도움말", "기부하기"),
    "파일 메뉴": ("열기", "연결 프로그램", "새 탭에서 열기", "잘라내기", "복사", "이름 바꾸기", "휴지통으로 이동", "압축하기", "여기에 압축 풀기", "보내기", "공유", "속성", "삭제", "바로 가기 만들기"),
    "바탕 메뉴": ("새 폴더", "새 문서", "붙여넣기", "모두 선택", "정렬", "숨긴 파일 보기", "배경 바꾸기", "여기서 터미널 열기", "속성", "디스플레이 설정"),
    "브라우저": ("새 탭", "새 창", "방문 기록", "북마크", "다운로드", "암호", "확장 기능", "인쇄", "페이지 저장", "찾기", "확대", "개발자 도구", "설정", "도움말", "종료"),
    "재생": ("재생", "정지", "이전 곡", "다음 곡", "볼륨 올리기", "볼륨 내리기", "음 소거", "반복", "무작위 재생", "앞으로 건너뛰기"),
}  # fmt: skip
CHECKABLE = (
    "도구 모음",
    "상태 표시줄",
    "옆 창",
    "메뉴 막대",
    "줄 번호",
    "자동 줄 바꿈",
    "숨긴 파일 보기",
    "전체 화면",
    "반복",
    "무작위 재생",
    "필터",
)
KNOWN_KEYS = {"저장": "Ctrl+S", "열기": "Ctrl+O", "인쇄": "Ctrl+P", "복사": "Ctrl+C", "붙여넣기": "Ctrl+V", "잘라내기": "Ctrl+X", "실행 취소": "Ctrl+Z", "모두 선택": "Ctrl+A", "찾기": "Ctrl+F", "종료": "Ctrl+Q", "닫기": "Ctrl+W",
              "전체 화면": "F11", "새로 고침": "F5", "도움말": "F1", "이름 바꾸기": "F2", "삭제": "Delete", "새 탭": "Ctrl+T"}  # fmt: skip


def popup(c: Canvas, t: Theme, p: Pools, x: int, y: int, kind: str = "") -> None:
    """An open menu: entries with keys beside them, some that cannot be chosen or are ticked, perhaps one under the pointer."""
    rng = c.rng
    if kind or rng.random() < 0.75:
        known = ENTRIES[kind or rng.choice(list(ENTRIES))]
        names = [known[i] for i in sorted(rng.sample(range(len(known)), rng.randint(4, len(known))))]
    else:
        names = values.labels(p, rng, rng.randint(3, 14), 16)
    clean = list(names)
    names = [f"{n}{rng.choice(('', '', '', '...'))}" for n in names]
    if rng.random() < 0.5:
        names = [f"{n.rstrip('.')}({rng.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')})" for n in names]
    step = t.size + rng.choice((8, 12, 16))
    wide = 130 + max(c.width_of(n, t.size, t.font) for n in names)
    high = step * len(names) + 10
    if x + wide > c.width or y + high > c.height:
        return
    c.cover(Rect(x, y, wide, high))
    c.box(Rect(x, y, wide, high), fill=t.paper, outline=t.line)
    under, shown = rng.randrange(len(names)) if rng.random() < 0.5 else -1, []
    for n, name in enumerate(names):
        top = y + 6 + n * step
        paper = t.accent if n == under else t.paper
        if n == under:
            c.box(Rect(x + 1, top - 3, wide - 2, step), fill=paper)
        off = n != under and rng.random() < 0.15
        ink = t.on_accent if n == under else t.faint if off else t.ink
        entry = put(
            c, t, x + 28, top, name, ink=ink, paper=paper, role="entry",
            state="disabled" if off else "selected" if n == under else _tick(c, t, clean[n], Rect(x + 10, top, t.size, t.size)),
        )  # fmt: skip
        if rng.random() < 0.55:
            keys = KNOWN_KEYS.get(clean[n]) if rng.random() < 0.8 else None
            keys = keys or rng.choice(SHORTCUTS).format(
                rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), n=rng.randint(1, 12)
            )
            beside = put(c, t, x + 28, top, keys, ink=ink, paper=paper, role="label", right=wide - 40)
            c.fact("keys", beside, entry)
        c.fact("off" if off else "press", entry)
        if entry and entry.state in ("checked", "unchecked"):
            c.fact("state", entry, value="on" if entry.state == "checked" else "off")
        if n == under:
            c.fact("chosen", entry, value="메뉴 항목")
        shown.append(entry)
    c.fact("group", *shown, value="메뉴 항목")


def _tick(c: Canvas, t: Theme, name: str, side: Rect) -> str | None:
    """A tick before entries that are on or off; other entries have none."""
    if name not in CHECKABLE or c.rng.random() < 0.4:
        return None
    if c.rng.random() < 0.5:
        return "unchecked"
    c.stroke(
        [
            (side.x, side.y + side.height * 0.5),
            (side.x + side.width * 0.4, side.bottom),
            (side.right, side.y),
        ],
        t.ink,
    )
    return "checked"
