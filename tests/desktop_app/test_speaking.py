"""Answers read aloud, with Qt's mock engine for the sound: sentence by sentence, never a hidden number, silent at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from assistant.errors import DeviceFailed
from assistant.private_numbers import ALWAYS, Secret
from desktop.speaking import LONGEST, Sentences
from tests.desktop_app.test_app import KEY, STOP, Person
from tests.fakes import UntilCancelled

pytest.importorskip("PySide6.QtTextToSpeech", exc_type=ImportError)

CASES = [
    ("저장을 누르세요. 그러면 남아요.", ["저장을 누르세요.", "그러면 남아요."]),
    ("3.5점이에요! 정말? 네…", ["3.5점이에요!", "정말?", "네…"]),
    ("v2.0.1을 쓰세요", ["v2.0.1을 쓰세요"]),
    ("첫째 줄\n둘째 줄", ["첫째 줄", "둘째 줄"]),
    ("“저장할까요?” 라고 쓰여 있어요.", ["“저장할까요?”", "라고 쓰여 있어요."]),
    (" … ", []),
    ("", []),
    ("계좌는 110-234-567890이에요. 맞죠?", ["계좌는 (숨김) 이에요.", "맞죠?"]),
    ("카드 4111 1111 1111 1111. 끝.", ["카드 (숨김) .", "끝."]),
    ("주민번호 900101-1234567", ["주민번호 (숨김)"]),
    ("번호는 ••••이에요.", ["번호는 (숨김) 이에요."]),
    ("전화는 010-1234-5678이에요.", ["전화는 010-1234-5678이에요."]),
]


@pytest.mark.parametrize(("text", "said"), CASES)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_an_answer_becomes_sentences(text: str, said: list[str], size: int) -> None:
    """However its pieces come."""
    sentences = Sentences(ALWAYS, "(숨김)")
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    told = [one for piece in pieces for one in sentences.push(piece)] + sentences.end()
    assert told == said


def test_a_sentence_is_said_as_soon_as_it_is_whole() -> None:
    sentences = Sentences()
    assert sentences.push("저장을 누르세요.") == [], "«3.» could become «3.5»"
    assert sentences.push(" 그") == ["저장을 누르세요."]
    assert sentences.push("러면 " + "아주 긴 " * 80)[0].startswith("그러면 아주")
    assert all(len(one) <= LONGEST for one in sentences.push("끝 없는 " * 200))


@pytest.mark.parametrize("seed", range(40))
def test_no_digit_of_a_secret_is_ever_said(seed: int) -> None:
    """However the answer is cut, and whatever stands around the number."""
    luck = random.Random(seed)
    secret = luck.choice(["110-234-567890", "4111-1111-1111-1111", "900101-1234567", "M12345678"])
    label = {"1": "계좌", "4": "카드", "9": "주민번호", "M": "여권"}[secret[0]]
    text = f"{'말이 많아요 ' * luck.randrange(60)}{label}: {secret}입니다. {'그리고 ' * luck.randrange(9)}끝."
    sentences, said, at = Sentences(ALWAYS, "(숨김)"), [], 0
    while at < len(text):
        step = luck.randrange(1, 9)
        said += sentences.push(text[at : at + step])
        at += step
    told = " ".join(said + sentences.end())
    assert not any(part in told for part in secret.replace("-", " ").split()), told
    assert "(숨김)" in told


def test_what_the_person_does_not_hide_is_said() -> None:
    assert Sentences(frozenset(), "x").push("계좌 110-234-567890.\n") == ["계좌 110-234-567890."]
    assert Sentences(frozenset({Secret.PHONE}), "x").push("전화 010-1234-5678.\n") == ["전화 x ."]


# ---- the voice -----------------------------------------------------------------------------------------------------


@pytest.fixture
def voice(qt: object) -> Iterator[object]:
    """Qt's mock engine knows English, not Korean, and takes 100 ms for a word."""
    from PySide6.QtCore import QLocale

    from desktop.speaking_voice import SpeakingVoice

    voice = SpeakingVoice(QLocale.Language.English, names=["mock"])
    yield voice
    voice.close()
    voice.deleteLater()


def test_sentences_are_said_one_after_the_other(voice: object, until: Callable) -> None:
    told: list[bool] = []
    words: list[str] = []
    voice.speaking.connect(told.append)
    voice._speech.sayingWord.connect(lambda word, *_where: words.append(word))
    voice.say("one two")
    voice.say("three")
    assert voice.is_speaking
    until(lambda: told and not told[-1], "the end")
    assert words == ["one", "two", "three"] and told == [True, False]


def test_stopping_is_at_once_and_for_good(voice: object, until: Callable) -> None:
    words: list[str] = []
    voice._speech.sayingWord.connect(lambda word, *_where: words.append(word))
    voice.say("one two three four five six seven eight nine ten")
    voice.say("never")
    until(lambda: words, "a word")
    voice.stop()
    assert not voice.is_speaking
    count = len(words)
    voice.say("again")
    until(lambda: words[-1] == "again", "the next answer")
    assert len(words) <= count + 2 and "never" not in words


def test_a_language_without_a_voice_and_a_system_without_an_engine_are_told_apart(qt: object) -> None:
    from desktop.speaking_voice import SpeakingVoice

    with pytest.raises(DeviceFailed, match="voice_missing"):
        SpeakingVoice(names=["mock"])
    with pytest.raises(DeviceFailed, match="voice_unavailable"):
        SpeakingVoice(names=[])


def test_only_engines_that_can_are_given_a_loudspeaker(qt: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    from PySide6.QtMultimedia import QMediaDevices

    from desktop.speaking_voice import _parameters

    usb = SimpleNamespace(description=lambda: "USB 스피커")
    monkeypatch.setattr(QMediaDevices, "audioOutputs", lambda: [usb])
    assert _parameters("winrt", "USB 스피커") == {"audioDevice": usb}
    assert _parameters("winrt", "어제의 스피커") == _parameters("speechd", "USB 스피커") == {}


# ---- in the app ----------------------------------------------------------------------------------------------------


class Reader:
    """Stands in for the voice in the app: keeps what it is told to say until it is stopped."""

    def __init__(self, device: str) -> None:
        from PySide6.QtCore import QObject, Signal

        class Signals(QObject):
            speaking = Signal(bool)
            failed = Signal(object)

        self._signals = Signals()
        self.speaking, self.failed = self._signals.speaking, self._signals.failed
        self.device, self.said, self.stops, self.closed = device, [], 0, False
        self.is_speaking = False

    def say(self, text: str) -> None:
        self.said.append(text)
        self.is_speaking = True
        self.speaking.emit(True)

    def stop(self) -> None:
        self.stops += 1
        self.is_speaking = False
        self.speaking.emit(False)

    def close(self) -> None:
        self.closed = True

    def deleteLater(self) -> None: ...


@pytest.fixture
def person(qt: object, until: Callable, no_threads_left: None) -> Iterator[Person]:
    person = Person(until)
    person.readers = []

    def open_voice(device: str) -> Reader:
        person.readers.append(Reader(device))
        return person.readers[-1]

    person.app.aloud._open_voice = open_voice
    person.app.keeping.change(voice_answers=True, speaker="USB 스피커")
    yield person
    person.app.close()


def asks(person: Person, words: str) -> None:
    person.keys.press(KEY)
    person.types("뭐야?")
    person.sees(words)


def test_nothing_is_said_unless_it_is_wanted(person: Person) -> None:
    person.app.keeping.change(voice_answers=False)
    person.model.say("저장을 누르세요.")
    asks(person, "저장을 누르세요.")
    assert person.readers == []


def test_an_answer_is_read_while_it_streams_without_hidden_numbers(person: Person) -> None:
    waits = UntilCancelled()
    person.model.say("계좌는 110-234-567890이에요. ", "그리", waits)
    person.keys.press(KEY)
    person.types("뭐야?")
    person.until(lambda: person.readers and person.readers[0].said, "the first sentence")
    assert person.readers[0].said == ["계좌는 가린 번호 이에요."] and person.readers[0].device == "USB 스피커"
    assert person.app.aloud.is_speaking and person.card.stop_button.isVisible()
    person.keys.press(STOP)
    person.until(lambda: not person.app.aloud.is_speaking, "silence")


@pytest.mark.parametrize("what", [KEY, STOP, "Ctrl+Alt+A", "Esc", "typed", "stop button", "menu"])
def test_whatever_the_person_does_next_ends_it(person: Person, what: str) -> None:
    """GIVEN the answer is finished and still being read."""
    person.model.say("하나예요. 둘이에요.")
    asks(person, "하나예요.")
    [voice] = person.readers
    assert voice.said == ["하나예요.", "둘이에요."] and voice.is_speaking
    assert person.card.stop_button.isVisible() and person.app.tray.actions["stop"].isEnabled()
    stops = voice.stops
    if what == "typed":
        person.app.coordinator.ask("그럼?")
    elif what == "stop button":
        person.card.stop_button.click()
    elif what == "menu":
        person.app.tray.actions["stop"].trigger()
    else:
        person.keys.press(what)
    person.until(lambda: voice.stops > stops, "silence")
    if what in (STOP, "menu", "stop button"):
        person.until(lambda: not person.app.tray.actions["stop"].isEnabled(), "the menu")
        assert not person.card.stop_button.isVisible()
    if what == KEY:
        person.until(person.box.isVisible, "the next question")


def test_what_is_missing_is_said_once(person: Person) -> None:
    told: list[str] = []
    person.app.tray.tell = told.append

    def missing(_device: str) -> None:
        raise DeviceFailed("voice_missing")

    person.app.aloud._open_voice = missing
    for _ in range(2):
        person.model.say("네.")
        asks(person, "네.")
    assert len(told) == 1 and "목소리가 이 컴퓨터에 없어요" in told[0]
    person.app.keeping.change(speaker="")
    person.model.say("네.")
    asks(person, "네.")
    assert len(told) == 2, "after a change of the settings it is tried, and said, again"


def test_another_loudspeaker_counts_from_the_next_answer_on(person: Person) -> None:
    person.model.say("네."), person.model.say("네.")
    asks(person, "네.")
    person.app.keeping.change(speaker="모니터")
    asks(person, "네.")
    person.until(lambda: len(person.readers) == 2, "another voice")
    assert person.readers[1].device == "모니터" and person.readers[0].closed
