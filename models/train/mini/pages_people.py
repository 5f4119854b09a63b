"""Chats, mail, news, shops."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import menus, tables, topics, values
from models.train.mini import widgets as w
from models.train.mini.bars import paragraph, put
from models.train.mini.canvas import Canvas, Rect, Theme, side_of
from models.train.mini.corpus import Pools

LINES = ("오늘 몇 시에 봐?", "지금 출발했어요", "사진 보내 주세요", "회의 끝나고 전화할게", "생일 축하해!", "내일은 못 갈 것 같아", "자료 다 올렸습니다", "점심 뭐 먹지", "버스를 놓쳤어", "다음 주에 만나자", "문 앞에 놓고 갈게요", "고마워 잘 받았어", "주소 다시 알려 줘", "회비는 이만 원입니다", "비 온대 우산 챙겨", "표는 내가 끊을게", "그 책 재밌더라", "열쇠는 우편함에 있어", "확인하고 연락드릴게요", "모레까지 부탁해요",
         "역 앞에서 기다릴게", "감기 조심하세요", "집에 도착했어", "내가 계산했어", "지도 보내 줄게", "세 시로 미루자", "자리 맡아 놨어", "오늘 쉬는 날이야", "아이 데리러 갈게", "커피 사 갈까")  # fmt: skip
ROOMS = (
    "가족",
    "동창 모임",
    "독서 동아리",
    "아파트 주민",
    "학부모 모임",
    "축구 모임",
    "영업 1팀",
    "프로젝트 방",
    "점심 약속",
    "여행 계획",
    "합창단",
    "사진 동호회",
    "봉사단",
)
FOLDERS = (
    "받은 편지함",
    "보낸 편지함",
    "임시 보관함",
    "스팸",
    "휴지통",
    "중요",
    "보관",
    "별표",
    "전체 메일",
    "내게 쓴 편지",
    "읽지 않음",
    "업무",
    "청구서",
)


def chat(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Rooms at the left, messages of a few people, a field to write in."""
    rng, left = c.rng, r.x
    people = [values.person(p, rng) for _ in range(rng.randint(2, 4))]
    room = rng.choice((people[0], rng.choice(ROOMS), rng.choice(values.DEPARTMENTS)))
    if r.width > 520 and rng.random() < 0.6:
        others = [n for n in rng.sample(ROOMS, rng.randint(3, 7)) if n != room]
        at = rng.randrange(len(others) + 1)
        names = [*others[:at], room, *others[at:]]
        _rooms(c, t, Rect(r.x, r.y, 190, r.height), names, at)
        left += 190
    head = put(c, t, left + 16, r.y + 10, room, size=t.size + 3, role="heading")
    c.fact("heading", head)
    c.ask("app", ("누구랑 얘기하는 창이야", "무슨 대화방이야", "이 방 이름이 뭐야"), head)
    y, said, pending = r.y + 44, {}, []
    while y + t.size * 3 < r.bottom - 50:
        who = rng.choice(people)
        name = put(c, t, left + 20, y, who, ink=t.faint, size=t.size - 1, role="label")
        text = rng.choice(LINES) if rng.random() < 0.7 else rng.choice(p.reviews)[:36]
        paper = rng.choice((t.panel, t.soft))
        c.box(
            Rect(
                left + 16,
                y + t.size + 6,
                min(r.right - left - 40, c.width_of(text, t.size, t.font) + 20),
                t.size + 14,
            ),
            fill=paper,
            radius=8,
        )
        words = put(
            c, t, left + 24, y + t.size + 11, text, paper=paper, role="text", limit=r.right - left - 140
        )
        sent = (
            put(
                c,
                t,
                min(words.box.right + 16, r.right - 70),
                y + t.size + 12,
                values.time_of_day(rng),
                size=t.size - 2,
                ink=t.faint,
            )
            if words
            else None
        )
        said[who] = said.get(who, 0) + 1
        pending.append((who, words, name, sent))
        y += t.size * 2 + 34
        if rng.random() < 0.12:
            break
    for who, words, name, sent in pending:
        if said[who] == 1:
            c.fact("said", words, name, names=(who,))
            c.ask(
                "lookup",
                ("{a}[이가] 몇 시에 보냈어", "{a} 메시지 몇 시에 왔어", "{a} 언제 말한 거야"),
                sent,
                a=name,
            )
    if pending:
        c.ask(
            "read",
            ("마지막 메시지가 뭐야", "제일 밑에 온 말이 뭐야", "방금 뭐라고 왔어", "맨 나중에 뭐라고 했어"),
            pending[-1][1],
            answer="{}라고 적혀 있습니다.",
        )
        c.ask(
            "lookup",
            ("마지막에 누가 말했어", "제일 나중에 보낸 사람이 누구야", "맨 끝 메시지 누가 보낸 거야"),
            pending[-1][2],
        )
        c.ask(
            "count",
            ("메시지가 모두 몇 개야", "대화가 몇 개 보여", "말풍선이 몇 개야"),
            *(w_ for _, w_, _, _ in pending),
            answer=f"{len(pending)}개입니다.",
        )
    box = put(
        c,
        t,
        left + 20,
        r.bottom - 32,
        rng.choice(("메시지를 입력하세요", "메시지 입력", "여기에 쓰세요", "답장을 써 보세요")),
        ink=t.faint,
        role="field",
    )
    c.ask(
        "next",
        (
            "답을 쓰려면 어디에 써",
            "글을 어디에다 써야 돼",
            "나도 말하려면 어디 눌러",
            "메시지 쓰려면 어디를 눌러",
        ),
        box,
        answer="{} 칸에 쓰세요.",
    )
    if box:
        c.ask(
            "where",
            ("글 쓰는 칸이 어디야", "메시지 쓰는 데가 어디야"),
            box,
            answer=f"{{}} {side_of(box, (c.width, c.height))}에 있습니다.",
        )
    c.fact(
        "press",
        w.button(c, t, r.right - 84, r.bottom - 42, rng.choice(("보내기", "전송")), loud=True, wide=70),
    )


def _rooms(c: Canvas, t: Theme, r: Rect, names: list[str], at: int) -> None:
    """A list of rooms with how many messages wait there."""
    rng, y, shown, waiting = c.rng, r.y + 10, [], []
    c.box(r, fill=t.panel)
    for n, name in enumerate(names):
        if y + t.size + 20 > r.bottom:
            break
        paper = t.soft if n == at else t.panel
        if n == at:
            c.box(Rect(r.x, y - 6, r.width, t.size + 18), fill=paper)
        item = put(
            c,
            t,
            r.x + 14,
            y,
            name,
            paper=paper,
            role="list",
            state="selected" if n == at else None,
            limit=130,
        )
        shown.append(item)
        if n != at and rng.random() < 0.4:
            badge = put(
                c,
                t,
                r.right - 30,
                y,
                str(rng.randint(1, 30)),
                ink=(255, 255, 255),
                paper=(220, 50, 50),
                role="text",
                size=t.size - 1,
            )
            c.ask(
                "lookup",
                (
                    "{a} 안 읽은 게 몇 개야",
                    "{a} 방에 새 메시지 몇 개 왔어",
                    "{a}[은는] 몇 개나 쌓였어",
                    "{a}에 안 본 거 몇 개 있어",
                ),
                badge,
                a=item,
            )
            waiting.append(badge)
        y += t.size + 22
    if 0 <= at < len(shown):
        c.fact("chosen", shown[at], value="대화방")
    c.fact("group", *shown, value="대화방")
    if waiting and all(shown):
        c.ask(
            "count",
            ("안 읽은 방이 몇 개야", "새 메시지 온 방이 몇 군데야", "빨간 숫자 붙은 방이 몇 개야"),
            *waiting,
            answer=f"{len(waiting)}개입니다.",
        )


def mail(c: Canvas, t: Theme, p: Pools, r: Rect) -> None:
    """Folders, a list of letters, perhaps one of them open."""
    rng, body = c.rng, r
    if r.width > 500:
        names = rng.sample(FOLDERS, rng.randint(4, 8))
        unread = rng.random() < 0.5
        if unread and "받은 편지함" in names:
            count = rng.randint(1, 90)
            names[names.index("받은 편지함")] = f"받은 편지함 ({count})"
        menus.side_list(c, t, Rect(r.x, r.y, 160, r.height), names, "편지함")
        if unread and "받은 편지함" not in names:
            found = next((i for i in c.items if i.text.startswith("받은 편지함 (")), None)
            if found:
                c.ask(
                    "count",
                    ("안 읽은 메일이 몇 통이야", "새로 온 편지가 몇 개야", "아직 안 본 메일 몇 개 있어"),
                    found,
                    answer=f"{found.text.split('(')[1].rstrip(')')}개입니다.",
                )
        body = Rect(r.x + 160, r.y, r.width - 160, r.height)
    high = (
        w.button_row(
            c,
            t,
            Rect(body.x + 8, body.y + 6, body.width - 16, t.size + 16),
            rng.sample(
                ("받기", "메일 쓰기", "답장", "전달", "삭제", "보관", "스팸 신고", "모두 읽음"),
                rng.randint(2, 4),
            ),
        )
        if rng.random() < 0.6
        else []
    )
    top = body.y + (t.size + 30 if high else 8)
    columns = (
        topics.Column("보낸 사람", "person"),
        topics.Column(rng.choice(("날짜", "받은 날짜")), "date"),
        topics.Column("크기", "bytes"),
    )
    about = topics.Topic("메일", "제목", "post", columns[: max(1, min(3, body.width // 170))])
    names = topics.row_names("post", rng.randint(3, 14), p, rng)
    y = tables.table(
        c,
        t,
        p,
        Rect(body.x + 8, top, body.width - 16, body.height // 2),
        about,
        names,
        lined=False,
        select=0.8,
    )
    chosen = next((i for i in c.items if i.role == "cell" and i.state == "selected"), None)
    if body.bottom - y < 170 or chosen is None:
        return
    subject = put(
        c,
        t,
        body.x + 16,
        y + 16,
        chosen.text.rstrip("…"),
        size=t.size + 4,
        role="heading",
        limit=body.width - 30,
    )
    c.fact("heading", subject)
    y += t.size + 40
    y = (
        w.fields(
            c,
            t,
            p,
            Rect(body.x + 16, y, body.width - 32, 100),
            [("보낸이", "person"), ("받는이", "email"), ("보낸 때", "date")][: rng.randint(1, 3)],
            boxed=False,
        )
        + 8
    )
    while y + 40 < body.bottom - 50:
        lines = paragraph(
            c, t, Rect(body.x + 16, y, body.width - 32, body.bottom - 50 - y), _letter(p, c), role="text"
        )
        y += max(1, len(lines)) * (t.size + 8) + 6
        if rng.random() < 0.3:
            break


def _letter(p: Pools, c: Canvas) -> str:
    rng = c.rng
    day, hour = (
        f"{rng.randint(1, 12)}월 {rng.randint(1, 28)}일",
        f"{rng.choice(('오전', '오후'))} {rng.randint(1, 11)}시",
    )
    return rng.choice(
        (
            f"회의는 {day} {hour}에 {rng.randint(1, 9)}층 회의실에서 합니다.",
            f"서류는 {day}까지 보내 주세요.",
            f"요청하신 자료를 붙임으로 보냅니다. {rng.choice(p.companies)}에서 확인했습니다.",
            f"결제 금액은 {values.money(rng)}입니다.",
            rng.choice(p.sentences),
            "읽어 주셔서 고맙습니다.",
        )
    )
