"""Look-ups and comparisons: fields, table cells, what is largest or smallest in a column, which of two."""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

from models.train.mini import amounts, senses, speech, wording
from models.train.mini.asking import QA, Asker
from models.train.mini.canvas import Fact, Item
from models.train.mini.mentions import bare

HOW: dict[str, tuple[str, str]] = {
    "price": ("비싸", "싸"), "size": ("커", "작아"), "score": ("높아", "낮아"), "starts": ("늦어", "빨라"), "ends": ("늦어", "빨라"), "clock": ("늦어", "빨라"),
    "changed": ("나중이야", "먼저야"), "made": ("나중이야", "먼저야"), "due": ("늦어", "빨라"), "when": ("나중이야", "먼저야"), "joined": ("나중이야", "먼저야"), "length": ("길어", "짧아"),
    "degrees": ("더워", "추워"), "sales": ("많아", "적어"), "sold": ("많이 팔렸어", "적게 팔렸어"), "birth": ("나중이야", "먼저야"),
}  # fmt: skip
"""sense → how a larger and a smaller value are called"""
WHICH = ("{x}[이랑랑] {y} 중에 {b} 뭐가 더 {v}", "{x}하고 {y} 중에 어느 게 {b} 더 {v}", "{b}[은는] {x}[이가] 더 {v} {y}[이가] 더 {v}", "{x} {y} 둘 중에 {b} 더 {v_one} 거 뭐야")  # fmt: skip
IS_MORE = ("{x}[이가] {y}보다 {b} 더 {v}", "{b}[은는] {x}[이가] {y}보다 {v}", "{x}[이가] {y}보다 더 {v} {b} 말이야", "{b} {x}[이가] {y}보다 더 {v} 맞아")  # fmt: skip
_ATTRIBUTE = {"비싸": "비싼", "싸": "싼", "커": "큰", "작아": "작은", "높아": "높은", "낮아": "낮은", "늦어": "늦은", "빨라": "빠른", "나중이야": "나중인", "먼저야": "먼저인",
              "길어": "긴", "짧아": "짧은", "더워": "더운", "추워": "추운", "많아": "많은", "적어": "적은", "많이 팔렸어": "많이 팔린", "적게 팔렸어": "적게 팔린"}  # fmt: skip
COUNT_SAME = ("{b}[이가] {v}인 {n} 몇 개야", "{b} {v}인 게 몇 개야", "{v}인 {n}[이가] 몇 개 있어", "{b} {v}[은는] 모두 몇 개야", "{v} 몇 개야", "{v}[으로로] 된 {n} 몇 개야")  # fmt: skip
_AREA = {
    "지점": "곳",
    "사람": "명",
    "직원": "명",
    "학생": "명",
    "열차": "편",
    "메일": "통",
    "노래": "곡",
    "도시": "곳",
}
YES, NO = "네, 그렇습니다.", "아니요, 그렇지 않습니다."


def value(asker: Asker, fact: Fact) -> QA | None:
    """A field by its label, by what it is about, or by what people call it."""
    label, target = fact.targets
    answer = asker.cite(target)
    if not answer:
        return None
    name = fact.names[0]
    alone = asker.labels[name] == 1
    if alone and asker.rng.random() < 0.5 and (asked := _by_sense(asker, fact, name)):
        return QA("lookup", asked, f"{answer}입니다.")
    a = asker.name(label.text)
    if not a:
        return None
    if alone and asker.rng.random() < 0.25 and (form := asker.facts.get("form")):
        owner = bare(form[0].targets[0].text)
        return QA("lookup", asker.say(wording.CELL[fact.value or "text"], a=owner, b=a), f"{answer}입니다.")
    return QA("lookup", asker.say(wording.VALUE[fact.value or "text"], a=a), f"{answer}입니다.")


def _by_sense(asker: Asker, fact: Fact, name: str) -> str | None:
    """A question that does not say the field's name; None where several fields could be meant."""
    free = wording.FREE.get(name)
    if free and asker.rng.random() < 0.5:
        return asker.say(free)
    sense = senses.sense_of(name)
    if not sense:
        return None
    rivals = [
        f for k in ("value", "joined") for f in asker.facts.get(k, ()) if senses.sense_of(f.names[0]) == sense
    ]
    cells = any(senses.sense_of(f.names[1]) == sense for f in asker.facts.get("cell", ()))
    return asker.say(senses.ASKED[sense][1]) if len(rivals) == 1 and not cells else None


def joined(asker: Asker, fact: Fact) -> QA | None:
    """Label and value stand in one line: it is cited whole."""
    answer, a = asker.cite(*fact.targets), fact.names[0]
    if not answer or asker.names.holding(a) != 1:
        return None
    asked = _by_sense(asker, fact, a) if asker.rng.random() < 0.5 else None
    return QA(
        "lookup",
        asked or asker.say(wording.VALUE[fact.value or "text"], a=speech.aloud(a, asker.rng)),
        f"{answer}입니다.",
    )


def keys(asker: Asker, fact: Fact) -> QA | None:
    """The short cut of a menu entry."""
    beside, entry = fact.targets
    answer, a = asker.cite(beside), asker.name(entry.text)
    return QA("lookup", asker.say(wording.KEYS, a=a), f"{answer}입니다.") if a and answer else None


def _row_name(asker: Asker, row: Item) -> str:
    if row.text.isdigit():
        return row.text + asker.rng.choice(("번 글", "번", "번 글"))
    return asker.name(row.text) or bare(row.text)


def _head_name(asker: Asker, head: Item) -> str:
    """A head, now and then only the last of its words."""
    words = bare(head.text).split()
    if len(words) > 1 and asker.rng.random() < 0.35 and asker.names.holding(words[-1]) == 1:
        return words[-1]
    return speech.aloud(" ".join(words), asker.rng)


def cell(asker: Asker, fact: Fact) -> QA | None:
    """A cell by its row and its column's head, or by what the column is about."""
    target, row, head = fact.targets
    answer = asker.cite(target)
    if (
        not answer
        or not asker.cite(row)
        or asker.names.exact(row.text) != 1
        or asker.names.exact(head.text) > 1
    ):
        return None
    if asker.rng.random() < 0.08 and asker.names.exact(target.text) == 1:
        found = asker.cite(row)
        asked = asker.say(wording.REVERSE, a=bare(target.text), b=bare(head.text))
        return QA("lookup", asked, f"{found}입니다.") if found else None
    a = _row_name(asker, row)
    sense = senses.sense_of(fact.names[1], fact.value)
    if sense and asker.rng.random() < 0.55:
        known = senses.sense_of(fact.names[1]) is not None
        rivals = [
            f for f in asker.facts["cell"]
            if f.targets[1] is row and f is not fact
            and (senses.sense_of(f.names[1], f.value) == sense or (not known and f.value == fact.value))
        ]  # fmt: skip
        if not rivals:
            return QA("lookup", asker.say(senses.ASKED[sense][0], a=a), f"{answer}입니다.")
    b = _head_name(asker, head)
    return QA("lookup", asker.say(wording.CELL[fact.value or "text"], a=a, b=b), f"{answer}입니다.")


# --- columns -------------------------------------------------------------------------------------------------------


def _rows(fact: Fact) -> list[tuple[Item, Item]]:
    """(row head, cell) pairs of a column."""
    return list(zip(fact.targets[1::2], fact.targets[2::2], strict=True))


def _numbers(asker: Asker, fact: Fact) -> list[tuple[float, Item, Item]] | None:
    """(value, row head, cell) of each row; None when one was not read or cannot be compared."""
    found = []
    for row, item in _rows(fact):
        number = amounts.amount(item.text, fact.value)
        if number is None or not asker.apart((row, item)):
            return None
        found.append((number, row, item))
    return found if asker.cite(fact.targets[0]) else None


def most(asker: Asker, fact: Fact) -> QA | None:
    """Which row has the largest or smallest value of a column."""
    found = _numbers(asker, fact) if fact.value in amounts.COMPARABLE else None
    if not found or len(found) < 2:
        return None
    small = asker.rng.random() < 0.4
    found.sort(key=lambda f: f[0], reverse=not small)
    if found[0][0] == found[1][0] or fact.value == "signed":
        return None
    head, noun = fact.names
    sense = senses.sense_of(head)
    if fact.value == "percent" and sense == "size":
        sense = "busy"
    same = [f for f in asker.facts["column"] if senses.sense_of(f.names[0]) == sense]
    b = _head_name(asker, fact.targets[0])
    if sense in senses.MOST and len(same) == 1 and asker.rng.random() < 0.7:
        templates = senses.MOST[sense][small]
    elif fact.value in ("date", "time"):
        templates = (
            ("{b}[이가] 제일 늦은 {n}[은는]", "{b} 가장 나중인 {n}[이가] 뭐야"),
            ("{b}[이가] 제일 빠른 {n}[은는]", "{b} 가장 먼저인 {n}[이가] 뭐야"),
        )[small]
    else:
        many = fact.value in ("number", "stock", "money")
        templates = tuple(
            t for t in senses.MOST_PLAIN[small] if many or not any(w in t for w in ("많은", "적은"))
        )
    return QA("chart", asker.say(templates, b=b, n=noun), f"{asker.cite(found[0][1])}입니다.")


def versus(asker: Asker, fact: Fact) -> QA | None:
    """Two rows of a column: which has more, or whether one has more than the other."""
    found = _numbers(asker, fact) if fact.value in amounts.COMPARABLE and fact.value != "signed" else None
    if not found or len(found) < 2:
        return None
    (m, row_m, _), (k, row_k, _) = asker.rng.sample(found, 2)
    if m == k or any(asker.names.exact(r.text) != 1 for r in (row_m, row_k)):
        return None
    kind = senses.sense_of(fact.names[0], fact.value) or ""
    if kind not in HOW:
        kind = {"bytes": "size", "time": "clock", "date": "when"}.get(fact.value, "")
    up = asker.rng.random() < 0.6
    how = HOW.get(
        kind, ("많아", "적어") if fact.value in ("number", "stock", "percent", "money") else ("커", "작아")
    )[not up]
    x, y, b = _row_name(asker, row_m), _row_name(asker, row_k), _head_name(asker, fact.targets[0])
    wins = (m > k) == up
    if asker.rng.random() < 0.45:
        asked = asker.say(IS_MORE, x=x, y=y, b=b, v=how)
        return QA("chart", asked, YES if wins else NO)
    asked = asker.say(WHICH, x=x, y=y, b=b, v=how, v_one=_ATTRIBUTE[how])
    return QA("chart", asked, f"{asker.cite(row_m if wins else row_k)}입니다.")


def same(asker: Asker, fact: Fact) -> QA | None:
    """How many rows have one value in a column of words."""
    if fact.value not in ("status", "dept", "rank", "weather", "type", "mark"):
        return None
    rows = _rows(fact)
    if not asker.apart([i for pair in rows for i in pair] + [fact.targets[0]]):
        return None
    wanted = asker.rng.choice(rows)[1].text
    number = sum(item.text == wanted for _, item in rows)
    if asker.names.exact(wanted) != number:
        return None
    if number > 5:
        return None
    head, noun = fact.names
    if number == 1 and asker.rng.random() < 0.6:
        row = next(row for row, item in rows if item.text == wanted)
        asked = (
            "{v}인 {n}[이가] 뭐야",
            "{b}[이가] {v}인 게 뭐야",
            "{v}[은는] 어느 {n}[이야야]",
            "어떤 게 {v}[이야야]",
            "{b} {v}인 거 알려줘",
        )
        return QA(
            "lookup", asker.say(asked, b=bare(head), v=bare(wanted), n=noun), f"{asker.cite(row)}입니다."
        )
    return QA("count", asker.say(COUNT_SAME, b=bare(head), v=bare(wanted), n=noun), f"{number}개입니다.")


def above(asker: Asker, fact: Fact) -> QA | None:
    """How many rows lie above a round number."""
    if fact.value not in ("score", "number", "stock"):
        return None
    found = _numbers(asker, fact)
    if not found or len(found) > 12:
        return None
    middle = sorted(n for n, _, _ in found)[len(found) // 2]
    step = 10 ** max(0, len(str(int(abs(middle)))) - 1)
    limit = max(1, int(middle // step)) * step
    up = asker.rng.random() < 0.6
    number = sum(n >= limit if up else n < limit for n, _, _ in found)
    templates = (
        ("{b} {v} 이상인 {n} 몇 개야", "{b}[이가] {v} 넘거나 같은 {n}[은는] 몇 개야")
        if up
        else ("{b} {v}보다 적은 {n} 몇 개야", "{b}[이가] {v} 안 되는 {n}[은는] 몇 개야")
    )
    return QA(
        "count",
        asker.say(templates, b=bare(fact.names[0]), n=fact.names[1], v=f"{limit:,}"),
        f"{number}개입니다.",
    )


def across(asker: Asker, fact: Fact) -> QA | None:
    """One row, two columns of the same sort: which is larger."""
    if len(fact.targets) < 5:
        return None
    row, pairs = fact.targets[0], list(zip(fact.targets[1::2], fact.targets[2::2], strict=True))
    if not asker.apart([row] + [i for pair in pairs for i in pair]) or asker.names.exact(row.text) != 1:
        return None
    numbers = [(amounts.amount(item.text, fact.value), head) for head, item in pairs]
    if any(n is None for n, _ in numbers):
        return None
    a = _row_name(asker, row)
    if len(numbers) > 2 and asker.rng.random() < 0.5:
        small = asker.rng.random() < 0.4
        ranked = sorted(numbers, key=lambda n: n[0] or 0, reverse=not small)
        if ranked[0][0] == ranked[1][0]:
            return None
        asked = (
            ("{a}[은는] 뭐가 제일 적어", "{a}[이가] 제일 낮은 게 뭐야", "{a} 제일 작은 건 어느 칸이야")
            if small
            else ("{a}[은는] 뭐가 제일 많아", "{a}[이가] 제일 높은 게 뭐야", "{a} 제일 큰 건 어느 칸이야")
        )
        return QA("chart", asker.say(asked, a=a), f"{asker.cite(ranked[0][1])}입니다.")
    (m, head_m), (k, head_k) = asker.rng.sample(numbers, 2)
    if m == k:
        return None
    x, y = bare(head_m.text), bare(head_k.text)
    up = asker.rng.random() < 0.6
    asked = (
        "{a}[은는] {y}보다 {x}[이가] 더 {v}",
        "{a} {x}[이가] {y}보다 {v}",
        "{a}[은는] {x}[이가] {y}보다 더 {v}",
    )
    wins = ((m or 0) > (k or 0)) == up
    return QA("chart", asker.say(asked, a=a, x=x, y=y, v="많아" if up else "적어"), YES if wins else NO)
