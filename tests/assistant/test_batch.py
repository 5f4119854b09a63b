"""A batch: one result for each line, in order and as it comes; a bad line never stops the rest."""

from __future__ import annotations

import json
import threading

import numpy as np
import pytest

from assistant.ask import Ports
from assistant.batch import LONGEST_LINE, answers
from assistant.errors import BadInput, EngineFailed, Stopped
from tests.assistant.pictures import encoded, gradient
from tests.assistant.recordings import wav
from tests.fakes import UntilCancelled, a_screen

pytestmark = pytest.mark.usefixtures("no_threads_left")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "그림").mkdir()
    (tmp_path / "그림" / "가.png").write_bytes(encoded(gradient(), "PNG"))
    (tmp_path / "그림" / "나.jpg").write_bytes(encoded(gradient(60, 40), "JPEG"))
    (tmp_path / "빈.png").touch()
    (tmp_path / "질문.wav").write_bytes(wav(np.zeros(16_000)))
    return tmp_path


def write(folder, *lines):
    path = folder / "질문.jsonl"
    rows = [
        line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines
    ]
    path.write_bytes(b"\n".join(rows))
    return path


def question(n, text="뭐야?", image="그림/가.png"):
    return {"id": n, "image": image, "question": text}


def test_every_line_gets_its_answer_in_order(folder, model, reader):
    for n in range(3):
        model.say(f"{n}번 답")
    path = write(
        folder,
        question("하나"),
        question(2, image="그림/나.jpg"),
        question("셋", image=str(folder / "그림/가.png")),
    )
    results = list(answers(path, Ports(model, reader)))
    assert [(r["id"], r["answer"]) for r in results] == [("하나", "0번 답"), (2, "1번 답"), ("셋", "2번 답")]
    assert list(results[0])[:3] == ["id", "answer", "question"] and "line" not in results[0]
    assert all(look.closed for look in model.looks) and len(model.looks) == 3
    assert [frame.width for frame in reader.received] == [40, 60, 40]


def test_neighbouring_lines_about_one_picture_share_its_look_but_not_their_words(folder, model, reader):
    reader.enqueue(a_screen("저장"))
    for _ in range(3):
        model.say("답")
    results = list(answers(write(folder, *map(question, range(3))), Ports(model, reader)))
    assert len(model.looks) == 1
    assert [asked.earlier for asked in model.asked] == [(), (), ()]
    assert [r["timings"]["encode_ms"] for r in results] == [12.0] * 3


BAD = {
    "not json": (b"{nonsense", "batch_line_not_json"),
    "not utf-8": (b'{"id":"\xff"}', "batch_line_not_json"),
    "deeply nested": (b"[" * 100_000, "batch_line_not_json"),
    "a list": (b"[1, 2]", "batch_line_not_object"),
    "a number": (b"7", "batch_line_not_object"),
    "too long": (b'{"id": "' + b"x" * LONGEST_LINE + b'"}', "batch_line_too_long"),
    "no image": ({"id": 1, "question": "뭐야?"}, "batch_field_missing"),
    "no question": ({"id": 1, "image": "그림/가.png"}, "batch_field_missing"),
    "image is a number": (question(1, image=7), "batch_field_wrong"),
    "question is a list": (question(1, text=["뭐야?"]), "batch_field_wrong"),
    "empty question": (question(1, text=""), "question_empty"),
    "long question": (question(1, text="가" * 10_000), "question_too_long"),
    "missing picture": (question(1, image="없음.png"), "image_missing"),
    "empty picture": (question(1, image="빈.png"), "image_empty"),
    "picture is a folder": (question(1, image="그림"), "image_is_folder"),
    "picture is a sound": (question(1, image="질문.wav"), "image_format"),
    "missing sound": ({"id": 1, "image": "그림/가.png", "audio": "없음.wav"}, "audio_missing"),
    "sound is a picture": ({"id": 1, "image": "그림/가.png", "audio": "그림/가.png"}, "audio_format"),
    "both": ({**question(1), "audio": "질문.wav"}, "question_twice"),
    "no speech model": ({"id": 1, "image": "그림/가.png", "audio": "질문.wav"}, "no_speech_model"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_says_why_and_the_rest_goes_on(name, folder, model, reader):
    line, code = BAD[name]
    model.say("앞")
    model.say("뒤")
    results = list(answers(write(folder, question("a"), line, question("b")), Ports(model, reader)))
    assert [r.get("answer") for r in results] == ["앞", None, "뒤"]
    bad = results[1]
    assert bad["line"] == 2 and bad["error"]["code"] == code and bad["error"]["message"]
    assert bad.get("id") == (line["id"] if isinstance(line, dict) else None)


def test_an_engine_that_fails_once_fails_one_line(folder, model, reader):
    model.enqueue(EngineFailed("engine_failed"), RuntimeError("boom"))
    model.say("이제 돼요")
    results = list(answers(write(folder, *map(question, range(3))), Ports(model, reader)))
    assert [r.get("error", {}).get("code") for r in results] == ["engine_failed", "internal", None]


def test_spoken_questions(folder, model, reader, transcriber):
    transcriber.enqueue("뭐라고 했어?", "")
    model.say("답")
    row = {"id": 1, "image": "그림/가.png", "audio": "질문.wav"}
    results = list(answers(write(folder, row, row), Ports(model, reader, transcriber)))
    assert results[0]["heard"] == "뭐라고 했어?"
    assert results[1]["error"]["code"] == "no_speech"


def test_blank_lines_windows_line_ends_and_a_byte_order_mark(folder, model, reader):
    model.say("답")
    model.say("답")
    row = json.dumps(question(1)).encode()
    path = write(folder, b"\xef\xbb\xbf" + row + b"\r", b"  \r", b"", row + b"\r")
    assert [r["answer"] for r in answers(path, Ports(model, reader))] == ["답", "답"]


def test_results_stream(folder, model, reader):
    model.say("답")
    results = answers(write(folder, question(1), question(2)), Ports(model, reader))
    assert next(results)["id"] == 1
    assert len(model.asked) == 1
    results.close()
    assert model.looks[0].closed


def test_cancelled_in_the_middle(folder, model, reader):
    wait, cancel = UntilCancelled(), threading.Event()
    model.say("답")
    model.say("시작", wait, "끝")
    results = answers(write(folder, *map(question, range(3))), Ports(model, reader), cancel=cancel)
    assert next(results)["answer"] == "답"
    threading.Thread(target=lambda: (wait.reached.wait(5), cancel.set())).start()
    with pytest.raises(Stopped):
        next(results)


@pytest.mark.parametrize(("name", "code"), [("없음.jsonl", "batch_missing"), ("그림", "batch_unreadable")])
def test_a_batch_file_that_cannot_be_read(name, code, folder, model, reader):
    with pytest.raises(BadInput) as refused:
        list(answers(folder / name, Ports(model, reader)))
    assert refused.value.code == code


def test_messages_in_english(folder, model, reader):
    [result] = answers(write(folder, b"{"), Ports(model, reader), language="en")
    assert "JSON" in result["error"]["message"] and "Line 1" in result["error"]["message"]
