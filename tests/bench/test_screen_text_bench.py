"""The bench's own parts: true lines, Tesseract's table, the changed window, odd pictures, the report and its exits."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.frames import Box, Frame, ScreenText, TextLine
from models.bench import odd_images, picture, report, screen_text, speed, tesseract
from models.bench.screen_text import Reader
from models.bench.truth import alike, changed_window, load_screens

TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
4\t1\t1\t1\t1\t0\t20\t10\t200\t30\t-1\t
5\t1\t1\t1\t1\t1\t20\t10\t80\t30\t91.5\t새
5\t1\t1\t1\t1\t2\t120\t10\t100\t30\t40.0\t"문서
5\t1\t1\t1\t2\t1\t20\t60\t80\t30\t-1\t\x20
5\t1\t1\t1\t3\t1\t20\t90\t80\t30\t99\t열기"""


def test_tesseracts_table_is_words_and_lines_in_the_pictures_own_pixels() -> None:
    words, lines = tesseract.parsed(TABLE.splitlines(), scale=2)
    assert [word.text for word in words] == ["새", '"문서', "열기"]
    assert words[0].box == Box(10, 5, 40, 15)
    assert words[0].score == pytest.approx(0.915)
    assert [line.text for line in lines] == ['새 "문서', "열기"]
    assert lines[0].box == Box(10, 5, 100, 15)


def write_screen(folder: Path, name: str, lines: list[dict]) -> None:
    Image.new("RGB", (300, 200), "white").save(folder / f"{name}.png")
    (folder / f"{name}.json").write_text(json.dumps({"id": name, "lines": lines}), "utf-8")


def test_true_lines_are_single_lines_of_countable_length(tmp_path: Path) -> None:
    rows = [
        {"text": "파일(F)", "box": [0, 0, 50, 20], "role": "menu"},
        {"text": "두\n줄", "box": [0, 30, 50, 40], "role": "label"},
        {"text": "가" * 121, "box": [0, 80, 50, 20], "role": "label"},
        {"text": "저장", "box": [0, 110, 50, 20], "role": "button", "state": "disabled"},
        {"text": "긴 이름…", "box": [0, 140, 50, 20], "role": "label"},
        {"text": "1,250", "box": [0, 170, 50, 20], "role": "cell"},
    ]
    write_screen(tmp_path, "b", rows)
    write_screen(tmp_path, "a", rows[:1])
    screens = load_screens(tmp_path)
    assert [screen.name for screen in screens] == ["a", "b"]
    assert [(line.text, line.clean) for line in screens[1].lines] == [
        ("파일(F)", True),
        ("저장", False),
        ("긴 이름...", False),
        ("1,250", False),
    ]
    assert [screen.name for screen in load_screens(tmp_path, every=2)] == ["a"]


def test_signs_that_look_alike_are_one() -> None:
    assert alike("“저장” – 닫기…") == '"저장" - 닫기...'


def test_a_reader_is_judged_line_by_line(tmp_path: Path) -> None:
    write_screen(tmp_path, "a", [{"text": "새 문서", "box": [0, 0, 60, 20], "role": "menu"}])
    (screen,) = load_screens(tmp_path)
    results = Reader()
    pieces = screen_text.pieces_of(ScreenText((TextLine("새문서", Box(2, 2, 50, 16), score=0.7),)))
    results.add(screen, pieces, ["12-14"])
    assert results.wrong == [("a", "새 문서", "새문서", 1)]
    assert results.judged == [(0.7, True)]  # blanks aside
    assert results.reliability()["expected_calibration_error"] == pytest.approx(0.3)


def test_only_a_window_changes() -> None:
    frame = Frame(np.zeros((100, 150, 3), dtype=np.uint8))
    changed = changed_window(frame, np.full((100, 150, 3), 255, dtype=np.uint8))
    assert changed.image.mean() / 255 == pytest.approx(50 * 40 / (150 * 100))
    assert not frame.image.any()


def test_shared_lines_are_counted_as_often_as_they_occur() -> None:
    assert speed.alike_share(["가", "나"], ["가", "가", "나", "다"]) == 0.5
    assert speed.alike_share([], []) == 0.0


def timed(ours: float, theirs: float | None) -> speed.ScreenTimes:
    return speed.ScreenTimes("a", 10, ours, 0.01, 0.1, 1.0, theirs, 2 * ours, theirs)


def test_shares_of_tesseracts_time_are_told_for_a_screen_and_for_all_together() -> None:
    found = speed.figures([timed(1.0, 2.0), timed(1.0, 18.0)])
    assert found["ours_to_tesseract"]["worst"] == pytest.approx(0.5)
    assert found["ours_to_tesseract"]["all_together"] == pytest.approx(0.1)
    assert found["processor_ratio"]["all_together"] == pytest.approx(0.2)
    assert found["ours"] == {"median": 1.0, "worst": 1.0}
    assert "ours_to_tesseract" not in speed.figures([timed(1.0, None)])


class Failing:
    def read(self, frame: Frame, cancel: object = None) -> ScreenText:
        raise ValueError(f"{frame.width} wide")


def test_an_odd_picture_that_breaks_the_reader_is_told() -> None:
    odd = odd_images.measured(Failing(), "1 × 1", np.zeros((1, 1, 3), dtype=np.uint8))
    assert odd.error == "ValueError: 1 wide"
    assert (odd.lines, odd.size) == (0, (1, 1))


@pytest.mark.parametrize("name", sorted(odd_images.WITHOUT_TEXT))
def test_odd_pictures_are_pictures(name: str) -> None:
    image = odd_images.WITHOUT_TEXT[name]()
    assert image.dtype == np.uint8
    assert image.ndim == 3
    assert image.shape[2] == 3


def test_the_drawing_keeps_the_screens_size_and_shows_the_text() -> None:
    frame = Frame(np.full((60, 200, 3), 255, dtype=np.uint8))
    line = TextLine("저장", Box(20, 20, 60, 20), role="button")
    try:
        image = picture.drawn(frame, ScreenText((line,)))
    except OSError:
        pytest.skip("no Korean font on this system")
    assert image.size == (200, 60)
    assert (np.asarray(image)[20:40, 20:80] < 128).any()
    assert (np.asarray(image)[50:, :] == 255).all()


def test_the_report_compares_with_tesseract() -> None:
    tally = {
        "lines": 10,
        "characters": 100,
        "cer": 0.02,
        "cer_without_blanks": 0.01,
        "exact": 0.9,
        "nothing_read": 0,
    }
    ours = {
        "all": tally, "clean": tally, "by_height": {"nothing read": tally, "12-14": tally, "8-10": tally},
        "answers": {"asked": 4, "found": 3, "share": 0.75, "kinds": {"read": {"asked": 4, "found": 3}}, "missing": ["q"]},
    }  # fmt: skip
    text = report.told({
        "screens": 1, "machine": {"processor": "x", "cores": 2, "threads": 2}, "tesseract_version": "tesseract 5",
        "ours": ours, "tesseract": {**ours, "all": {**tally, "cer": 0.2}}, "answers_rule": "rule",
        "reliability": {"lines": 0, "expected_calibration_error": 0.0, "buckets": []},
    })  # fmt: skip
    assert "ours / tesseract, all lines: 0.10" in text
    assert text.index("8-10") < text.index("12-14") < text.index("nothing read")


def test_a_folder_without_screens_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert screen_text.main(["--screens", str(tmp_path), "--no-tesseract"]) == 2
    assert "no screens in" in capsys.readouterr().err


def test_a_picture_needs_its_image(capsys: pytest.CaptureFixture[str]) -> None:
    assert screen_text.main(["--picture", "out.png"]) == 2
    assert "belong together" in capsys.readouterr().err
