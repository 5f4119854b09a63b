"""What is not there: near misses of lists and tables (no), and things that no line of the screen tells (abstain)."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import re

from assistant import prompts
from models.train.mini import goals, senses, values, wording
from models.train.mini.asking import QA, Asker
from models.train.mini.mentions import bare, packed

NO = "아니요, 보이지 않습니다."
ALSO = (
    "{a}도 있어",
    "혹시 {a}도 있나",
    "여기 {a}도 나와 있어",
    "{a}도 들어 있어",
    "{a}[이가] 목록에 있어",
    "{a}도 보여",
)
OUTSIDE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    # (words that must not stand on the screen, questions)
    (("밝기",), ("화면이 얼마나 밝아", "밝기 몇 프로로 해 놨어", "모니터 밝기가 얼마야")), (("배터리", "충전"), ("배터리가 얼마나 남았어", "충전 몇 퍼센트 됐어", "노트북 배터리 얼마 있어")), (("전화", "연락처"), ("여기 전화번호가 뭐야", "어디로 전화하면 돼", "담당자 연락처 알려줘")),
    (("온도", "기온", "°", "℃"), ("오늘 몇 도야", "지금 기온이 얼마야", "밖이 얼마나 추워")), (("날씨", "비"), ("내일 비 와", "오늘 날씨 어때", "우산 챙겨야 돼")), (("볼륨", "소리", "음량"), ("소리 크기가 얼마로 돼 있어", "볼륨 몇이야")), (("와이파이", "Wi-Fi", "네트워크"), ("와이파이 이름이 뭐야", "지금 어느 네트워크에 붙어 있어")),
    (("비밀번호", "암호"), ("비밀번호가 뭐로 돼 있어", "내 암호 알려줘")), (("배송", "도착"), ("언제 배송돼", "택배 언제 와", "물건 언제 도착해")), (("주소",), ("집 주소가 어떻게 돼", "가게 주소 알려줘")), (("이메일", "메일", "@"), ("이메일 주소가 뭐야", "메일은 어디로 보내면 돼")), (("환불", "교환"), ("환불되나", "교환은 며칠 안에 해야 돼")),
    (("할인", "쿠폰"), ("할인 얼마나 해 줘", "쓸 수 있는 쿠폰 있으면 번호가 뭐야")), (("점수", "성적", "평균"), ("평균 점수가 몇 점이야", "내 성적이 얼마야")), (("월급", "급여", "연봉"), ("월급이 얼마야", "급여일이 언제야")), (("나이", "생년", "생일"), ("나이가 몇 살이야", "생일이 언제야")), (("좌석", "자리"), ("몇 번 자리야", "좌석 번호가 뭐야")),
    (("버전",), ("이거 몇 버전이야", "최신 버전이 뭐야")), (("용량", "크기", "GB", "MB"), ("용량이 얼마나 남았어", "이거 몇 기가야")), (("가격", "원", "₩", "요금", "금액"), ("이거 얼마야", "한 달에 얼마 내", "입장료가 얼마예요")), (("마감", "기한", "까지"), ("언제까지 내야 돼", "마감이 며칠이야")), (("장소", "위치", "회의실"), ("어디서 모여", "모이는 장소가 어디야")), (("주차",), ("주차는 어디에 해", "주차비 얼마야")),
    (("작성자", "글쓴이", "만든"), ("누가 쓴 거야", "이거 만든 사람이 누구야")), (("환율", "달러"), ("오늘 환율이 얼마야", "달러가 얼마야")), (("주가", "주식"), ("주식 얼마 올랐어", "주가가 얼마야")), (("프린터", "인쇄"), ("프린터에 종이 남았어", "몇 장 인쇄됐어")), (("바이러스", "백신"), ("바이러스 몇 개 잡았어",)), (("심박", "걸음"), ("오늘 몇 걸음 걸었어",)),
    (("점심", "식단", "메뉴"), ("오늘 점심 뭐 나와", "저녁 메뉴가 뭐야")), (("시리얼", "제품 키"), ("제품 키가 뭐야", "시리얼 번호 읽어 줘")), (("카메라",), ("어떤 카메라로 찍은 거야",)), (("속도", "Mbps"), ("인터넷 속도 얼마나 나와", "다운로드 속도가 얼마야")), (("작년", "지난해"), ("작년에는 얼마였어", "지난해보다 얼마나 늘었어")), (("내일",), ("내일은 뭐 해야 돼", "내일 일정이 뭐야")), (("버스", "지하철"), ("몇 번 버스 타야 돼", "지하철 몇 호선이야")),
)  # fmt: skip
BIGGER = ("이 내용 요약해서 보고서 써 줘", "이거 어떻게 생각해", "{a} 영어로 메일 써 줘", "이 글 요약해 줘", "이걸로 뭘 할 수 있을지 추천해 줘", "{a}[을를] 사는 게 좋을까", "이 코드가 무슨 일을 하는지 설명해 줘", "이 중에 뭐가 제일 좋아 보여", "{a}에 대해 시 한 편 지어 줘", "앞으로 어떻게 될 것 같아", "이 사진 속 사람은 누구야", "이 그림 그린 화가가 누굴까", "이거 사기 아니야", "코드에서 버그 찾아 줘")  # fmt: skip


def missing_name(asker: Asker) -> str | None:
    """A name of something like what is on the screen, but not there."""
    rng = asker.rng
    if rng.random() < 0.45 and asker.read_items:
        words = bare(rng.choice(asker.read_items).text).split()[:3]
        if len(words) > 1:
            words[rng.randrange(len(words))] = rng.choice(values.label(asker.p, rng).split())
            name = " ".join(words)
            return name if asker.names.holding(name) == 0 else None
    name = rng.choice(
        (
            rng.choice(values.FIELDS)[0],
            values.label(asker.p, rng),
            rng.choice(values.PRODUCTS),
            values.person(asker.p, rng),
            rng.choice(list(goals.GOALS)[:140]),
        )
    )
    return name if asker.names.absent(name) else None


def like(asker: Asker, text: str) -> str | None:
    """Another value of the kind `text` is, that is not on the screen: another branch, file, person, month."""
    rng, p = asker.rng, asker.p
    if text.endswith("점") and len(text) <= 6:
        name = rng.choice(p.cities) + "점"
    elif "." in text[-6:] and not text[-1].isdigit():
        name = rng.choice(values.FILE_WORDS) + rng.choice((" 파일", "", " 사진"))
    elif len(text) == 3 and text[0] in p.last_names:
        name = values.person(p, rng)
    elif text in values.PRODUCTS:
        name = rng.choice(values.PRODUCTS)
    elif text in values.SUBJECTS:
        name = rng.choice(values.SUBJECTS)
    elif text in values.FOLDERS:
        name = rng.choice(values.FOLDERS)
    elif text.endswith(("월", "분기", "요일", "교시")) and text[:-1].isdigit():
        name = f"{rng.randint(1, 12)}{text.lstrip('0123456789')}"
    else:
        name = values.label(p, rng)
    return name if asker.names.absent(name) and packed(name) not in packed(text) else None


def no(asker: Asker) -> QA | None:
    """Is there …: no. A near miss of a list's entries half of the time."""
    groups = [f for f in asker.facts.get("group", ()) if len(f.targets) > 1]
    if groups and asker.rng.random() < 0.55:
        fact = asker.rng.choice(groups)
        name = like(asker, asker.rng.choice(fact.targets).text)
        if name:
            tail = {"버튼": " 버튼", "탭": " 탭", "메뉴": " 메뉴", "메뉴 항목": " 메뉴"}.get(fact.value, "")
            if tail and asker.rng.random() < 0.5:
                name = asker.rng.choice(list(goals.GOALS)[:140])
                if not asker.names.absent(name):
                    return None
            templates = ALSO if not tail else wording.EXISTS
            return QA(
                "exists", asker.say(templates, a=name + (tail if templates is ALSO else ""), n=tail), NO
            )
    name = missing_name(asker)
    if not name:
        return None
    return QA(
        "exists",
        asker.say(wording.EXISTS, a=name, n=asker.rng.choice((" 버튼", "", "", " 메뉴", " 탭", " 항목"))),
        NO,
    )


def outside(asker: Asker) -> QA | None:
    """A fact nobody could read there: brightness, battery, phone numbers."""
    words, questions = asker.rng.choice(OUTSIDE)
    if any(word in text for word in words for text, _ in asker.names.packed) or any(
        asker.names.holding(w) for w in words
    ):
        return None
    return QA("absent", asker.say(questions), prompts.NOT_ON_SCREEN)


def half(asker: Asker) -> QA | None:
    """A table or form is there, but not that row, or not that column."""
    cells = asker.facts.get("cell")
    if cells and asker.rng.random() < 0.6:
        fact = asker.rng.choice(cells)
        row, head = fact.targets[1], fact.targets[2]
        if asker.rng.random() < 0.55:
            name = like(asker, row.text)
            sense = senses.sense_of(fact.names[1])
            if name and sense and asker.rng.random() < 0.5:
                return QA("absent", asker.say(senses.ASKED[sense][0], a=name), prompts.NOT_ON_SCREEN)
            return (
                QA(
                    "absent",
                    asker.say(wording.CELL[fact.value or "text"], a=name, b=bare(head.text)),
                    prompts.NOT_ON_SCREEN,
                )
                if name
                else None
            )
        sense = asker.rng.choice(list(senses.ASKED))
        there = {senses.sense_of(f.names[1]) for f in cells} | {
            senses.sense_of(bare(f.targets[0].text)) for f in asker.facts.get("column", ())
        }
        close = {
            "price",
            "sum",
            "sales",
            "left",
            "out",
            "in",
            "state",
            "type",
            "title",
            "clock",
            "starts",
            "ends",
            "when",
            "made",
            "changed",
            "due",
            "joined",
            "amount",
            "sold",
            "stock",
            "percent",
            "busy",
            "done",
            "score",
            "rank",
            "someone",
            "writer",
            "keeper",
            "sender",
            "owner",
            "receiver",
            "size",
            "free",
            "people",
            "views",
            "place",
            "to",
            "from",
            "path",
            "address",
            "length",
            "host",
            "dept",
        }
        if sense in there or (sense in close and there & close):
            return None
        return QA(
            "absent",
            asker.say(senses.ASKED[sense][0], a=asker.name(row.text) or bare(row.text)),
            prompts.NOT_ON_SCREEN,
        )
    known = asker.facts.get("value", []) + asker.facts.get("joined", [])
    if not known:
        return None
    name, sort = asker.rng.choice(values.FIELDS)
    there = {senses.sense_of(f.names[0]) for f in known}
    if (
        not asker.names.absent(name)
        or (senses.sense_of(name) or name) in there
        or any(packed(name)[-2:] in text for text, _ in asker.names.packed)
    ):
        return None
    return QA(
        "absent", asker.say(wording.VALUE[values.ASKED_AS.get(sort, "text")], a=name), prompts.NOT_ON_SCREEN
    )


SHAPES = {
    "phone": r"\d{2,4}-\d{3,4}", "mail": r"@", "birth": r"\d{4}", "price": r"원|₩|\d,\d{3}", "version": r"\d\.\d", "score": r"점|\d{2}", "length": r"\d:\d\d|분|초", "size": r"[KMGT]i?B|바이트",
    "percent": r"%", "due": r"월|일|\d[-./]\d", "changed": r"월|일|\d[-./]\d", "weather": r"맑|흐|비|눈|구름", "degrees": r"°|℃|도", "singer": r"가수|노래|음악", "battery": r"%", "people": r"명|\d{2}", "views": r"\d{2}",
    "bank": r"은행|뱅크|금고", "font": r"글꼴|고딕|명조|바탕",
}  # fmt: skip
"""sense → what a line would look like that tells it; asked of things only where no line does"""
OF_A_THING = (
    ("{a} 비밀번호가 뭐야", r"암호|비밀"), ("{a} 암호 좀 알려줘", r"암호|비밀"), ("{a} 누가 고쳤어", r"[가-힣]{3}"), ("{a}에 사진이 몇 장 들어 있어", r"장|개|\d"), ("{a} 안에 뭐가 들어 있어", r"들어"), ("{a} 전화 좀 알려줘", r"\d{2,4}-\d{3,4}"),
    ("{a} 몇 년에 만들었어", r"\d{4}"), ("{a} 주소가 어디야", r"[시구동로] |https?|www|주소"), ("{a} 얼마 주고 샀어", r"원|₩|\d,\d{3}"), ("{a} 언제 문 닫아", r"시|\d:\d"), ("{a} 어디서 샀어", r"점|몰|마켓"), ("{a} 사장이 누구야", r"[가-힣]{3}"),
    ("{a} 유통 기한이 언제야", r"\d{4}|월"), ("{a}[은는] 몇 층에 있어", r"층"), ("{a} 몇 킬로그램이야", r"kg|킬로"), ("{a} 작년에는 몇이었어", r"작년|지난해|\d{4}"), ("{a} 지난주에 몇 번 열었어", r"번|회"),
)  # fmt: skip


def attribute(asker: Asker) -> QA | None:
    """Something that is there is asked for what no line tells of it."""
    item = asker.rng.choice(asker.worded)
    a = asker.name(item.text)
    if not a or len(a) > 20 or item.role in ("button", "entry", "check", "radio", "toggle"):
        return None
    if asker.rng.random() < 0.5:
        question, shape = asker.rng.choice(OF_A_THING)
        questions: tuple[str, ...] = (question,)
    else:
        sense = asker.rng.choice(list(SHAPES))
        questions, shape = senses.ASKED[sense][0], SHAPES[sense]
    if any(re.search(shape, other.text) for other in asker.screen.items):
        return None
    return QA("absent", asker.say(questions, a=a), prompts.NOT_ON_SCREEN)


def nowhere(asker: Asker) -> QA | None:
    """Where or how is something that is not there."""
    name = missing_name(asker)
    if not name:
        return None
    kind = asker.rng.random()
    if kind < 0.5:
        return QA(
            "absent",
            asker.say(wording.WHERE, a=name, n=asker.rng.choice((" 버튼", "", "", " 메뉴", " 탭"))),
            prompts.NOT_ON_SCREEN,
        )
    if kind < 0.65:
        return QA("absent", asker.say(wording.STATE, a=name), prompts.NOT_ON_SCREEN)
    if kind < 0.8:
        return QA(
            "absent", asker.say(wording.BESIDE + wording.BELOW + wording.FULL, a=name), prompts.NOT_ON_SCREEN
        )
    return QA(
        "absent",
        asker.say(wording.VALUE[asker.rng.choice(list(wording.VALUE))], a=name),
        prompts.NOT_ON_SCREEN,
    )


def bigger(asker: Asker) -> QA | None:
    """What no line tells and no small model should try."""
    item = asker.rng.choice(asker.read_items)
    return QA("absent", asker.say(BIGGER, a=bare(item.text)[:20]), prompts.NEEDS_BIGGER_MODEL)
