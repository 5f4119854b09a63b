"""Pictures from anywhere: the right pixels, or a typed refusal; never a crash, a hang or a full memory."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant import decoding, images
from assistant.errors import BadInput, DeviceFailed
from assistant.images import open_image
from assistant.messages import message
from tests.assistant import pictures
from tests.assistant.pictures import encoded, gradient

PIXELS = np.asarray(gradient())


def refusal(source, **options) -> str:
    with pytest.raises(BadInput) as refused:
        open_image(source, **options)
    assert message(refused.value.code, "ko", **refused.value.values)
    return refused.value.code


@pytest.fixture(params=[False, True], ids=["child", "here"])
def trusted(request) -> bool:
    return request.param


@pytest.mark.parametrize(
    ("kind", "options", "off_by"),
    [
        ("PNG", {}, 0),
        ("BMP", {}, 0),
        ("WEBP", {"lossless": True}, 0),
        ("JPEG", {"quality": 98, "subsampling": 0}, 12),
        ("WEBP", {"quality": 95}, 40),
    ],
)
def test_the_five_formats(kind, options, off_by, trusted):
    frame = open_image(encoded(gradient(), kind, **options), trusted=trusted)
    assert frame.image.shape == (30, 40, 3) and frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous and frame.source == "image"
    assert np.abs(frame.image.astype(int) - PIXELS).max() <= off_by


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_png_mode_becomes_rgb(mode, trusted):
    if mode == "I;16":
        picture = Image.fromarray((np.asarray(gradient().convert("L")).astype(np.uint16)) * 257)
        expected = np.asarray(gradient().convert("L").convert("RGB"))
    else:
        picture = gradient().quantize(64) if mode == "P" else gradient().convert(mode)
        expected = np.asarray(picture.convert("RGB"))
    frame = open_image(encoded(picture, "PNG"), trusted=trusted)
    assert np.array_equal(frame.image, expected)


def test_cmyk_becomes_rgb(trusted):
    picture = gradient().convert("CMYK")
    frame = open_image(encoded(picture, "JPEG", quality=98), trusted=trusted)
    assert np.abs(frame.image.astype(int) - PIXELS).mean() < 4


def test_transparency_lies_on_white(trusted):
    picture = gradient().convert("RGBA")
    picture.putalpha(0)
    assert (open_image(encoded(picture, "PNG"), trusted=trusted).image == 255).all()
    half = Image.new("RGBA", (4, 4), (0, 0, 0, 128))
    assert abs(int(open_image(encoded(half, "PNG"), trusted=trusted).image[0, 0, 0]) - 127) <= 1
    palette = Image.new("P", (4, 4), 1)
    palette.putpalette([255, 0, 0, 0, 255, 0])
    assert (open_image(encoded(palette, "PNG", transparency=1), trusted=trusted).image == 255).all()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(orientation, trusted):
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = {
        1: PIXELS, 2: PIXELS[:, ::-1], 3: PIXELS[::-1, ::-1], 4: PIXELS[::-1], 5: PIXELS.transpose(1, 0, 2),
        6: np.rot90(PIXELS, -1), 7: np.rot90(PIXELS, 2).transpose(1, 0, 2), 8: np.rot90(PIXELS),
    }[orientation]  # fmt: skip
    frame = open_image(encoded(gradient(), "PNG", exif=exif), trusted=trusted)
    assert np.array_equal(frame.image, turned)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_the_first_frame_of_an_animation(kind, trusted):
    red, blue = Image.new("RGB", (20, 10), "red"), Image.new("RGB", (20, 10), "blue")
    data = encoded(red, kind, save_all=True, append_images=[blue, blue], duration=50)
    assert open_image(data, trusted=trusted).image[5, 5].tolist()[2] < 30


def test_the_content_decides_not_the_name(tmp_path):
    (tmp_path / "사진.jpg").write_bytes(encoded(gradient(), "PNG"))
    assert np.array_equal(open_image(tmp_path / "사진.jpg").image, PIXELS)
    (tmp_path / "no_extension").write_bytes(encoded(gradient(), "BMP"))
    assert np.array_equal(open_image(str(tmp_path / "no_extension")).image, PIXELS)


REFUSED = {
    "pdf": encoded(gradient(), "PDF"),
    "tiff": encoded(gradient(), "TIFF"),
    "eps": encoded(gradient(), "EPS"),
    "ico": encoded(gradient(), "ICO"),
    "ppm": encoded(gradient(), "PPM"),
    "tga": encoded(gradient(), "TGA"),
    "jpeg 2000": encoded(gradient(), "JPEG2000"),
    "psd": b"8BPS\0\1" + bytes(200),
    "fits": b"SIMPLE  =                    T" + b" " * 2850,
    "wmf": b"\xd7\xcd\xc6\x9a" + bytes(100),
    "emf": b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60),
    "fpx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "gd": b"\xff\xff\0\x10\0\x10" + bytes(2000),
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "html": b"<html><img src=x></html>",
    "zip": b"PK\3\4" + bytes(100),
    "riff but wave": b"RIFF\x24\0\0\0WAVEfmt " + bytes(40),
    "text": "그림이 아니에요".encode(),
    "one byte": b"\x89",
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("extension", ["png", "jpg"])
def test_other_formats_are_refused_whatever_their_name(name, extension, tmp_path):
    path = tmp_path / f"picture.{extension}"
    path.write_bytes(REFUSED[name])
    assert refusal(path) == "image_format"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: p / "nothing.png", "image_missing"),
        (lambda p: p, "image_is_folder"),
        (lambda p: p / "file" / "below.png", "image_missing"),
        (lambda p: p / ("가" * 300), "image_unreadable"),
        (lambda p: str(p / "nul\0.png"), "image_missing"),
        (lambda p: Path(os.devnull), "image_missing"),
        (lambda p: p / "empty.png", "image_empty"),
    ],
)
def test_paths_that_lead_nowhere(make, code, tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "empty.png").touch()
    assert refusal(make(tmp_path)) == code


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "secret.png"
    path.write_bytes(encoded(gradient(), "PNG"))
    path.chmod(0)
    assert refusal(path) == "image_unreadable"


def test_an_unreadable_file_by_the_systems_word(tmp_path, monkeypatch):
    """GIVEN the system refuses to open a file (which root never sees), THEN it is named unreadable."""
    path = tmp_path / "secret.png"
    path.write_bytes(b"x")

    def refuse(*_args, **_options):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path) == "image_unreadable"


def test_a_file_above_the_cap_is_not_read(tmp_path):
    path = tmp_path / "large.png"
    with path.open("wb") as file:
        file.truncate(decoding.LARGEST_FILE + 1)
    assert refusal(path) == "image_file_too_large"


def test_truncated_zero_size_and_broken_files_say_so(trusted):
    whole = encoded(gradient(400, 300), "PNG")
    assert refusal(whole[: len(whole) // 2], trusted=trusted) == "image_truncated"
    assert refusal(encoded(gradient(400, 300), "JPEG")[:3000], trusted=trusted) == "image_truncated"
    for empty in (
        pictures.bmp(0, 10),
        pictures.bmp(10, 0),
        pictures.png(0, 10),
        pictures.png(10, 0),
        pictures.gif(0, 0),
    ):
        assert refusal(empty, trusted=trusted) == "image_zero_size"
    assert refusal(b"\x89PNG\r\n\x1a\n" + b"x" * 50, trusted=trusted) == "image_broken"
    assert refusal(b"GIF89a", trusted=trusted) in {"image_broken", "image_truncated"}


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_bombs_are_refused_before_they_cost_memory():
    """Each bomb ends in a refusal, and neither the child nor this process ever holds 200 MB more for it."""
    open_image(encoded(gradient(), "PNG"))
    child = images._child._process.pid
    for process in (os.getpid(), child):
        Path(f"/proc/{process}/clear_refs").write_text("5")  # the peak is counted from here
    before = {process: peak(process) for process in (os.getpid(), child)}
    for name, bomb in pictures.BOMBS.items():
        assert refusal(bomb) in {"image_too_large", "image_broken", "image_truncated", "image_memory"}, name
    assert len(pictures.BOMBS) >= 20
    assert images._child._process.pid == child
    assert {
        process: peak(process) - held for process, held in before.items() if peak(process) - held > 100 << 20
    } == {}


def peak(process: int) -> int:
    """The most memory a process has held, in bytes."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def test_pixels_up_to_the_cap_are_read():
    frame = open_image(encoded(Image.new("L", (10_000, 5_000), 200), "PNG"))
    assert frame.image.shape == (5_000, 10_000, 3) and (frame.image[::500, ::500] == 200).all()


def test_mutated_pictures_end_in_pixels_or_a_typed_refusal():
    rng, seeds, outcomes = random.Random(1), pictures.seeds(), {}
    for n in range(600):
        data = pictures.mutated(seeds[n % len(seeds)], rng)
        started = time.perf_counter()
        try:
            frame = open_image(data)
            outcome = "opened"
            assert frame.image.ndim == 3
        except BadInput as error:
            outcome = error.code
            assert message(error.code, "ko") and message(error.code, "en")
        assert time.perf_counter() - started < 2
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert outcomes["opened"] > 50 and sum(outcomes.values()) - outcomes["opened"] > 200


def test_one_child_serves_many_pictures_and_a_dead_one_is_replaced():
    data = encoded(gradient(), "PNG")
    open_image(data)
    first = images._child._process
    open_image(data)
    refusal(data[:60])
    assert images._child._process is first
    first.kill()
    first.wait()
    assert np.array_equal(open_image(data).image, PIXELS)
    assert images._child._process is not first


def child_running(monkeypatch, code: str):
    """Lets the decoding child be another program, which has loaded."""
    images._child.close()
    monkeypatch.setattr(
        images, "_command", lambda: [sys.executable, "-c", f"print('ready', flush=True); {code}"]
    )


@pytest.mark.parametrize(
    "code",
    [
        "import sys; sys.stdin.buffer.read(20); sys.exit(3)",
        "import sys; sys.stdin.buffer.read(20); print('nonsense', flush=True)",
        'import sys; sys.stdin.buffer.read(20); print(\'{"width": 9, "height": 9}\', flush=True)',
        "import os; os.abort()",
    ],
)
def test_a_child_that_crashes_or_lies_is_a_typed_error_and_the_next_picture_works(code, monkeypatch):
    with monkeypatch.context() as patch:
        child_running(patch, code)
        assert refusal(encoded(gradient(), "PNG")) == "image_crashed"
    assert np.array_equal(open_image(encoded(gradient(), "PNG")).image, PIXELS)


def test_a_child_that_hangs_is_ended(monkeypatch):
    with monkeypatch.context() as patch:
        child_running(patch, "import time; time.sleep(60)")
        patch.setattr(decoding, "SECONDS", 0.3)
        started = time.perf_counter()
        assert refusal(encoded(gradient(), "PNG")) == "image_timeout"
        assert time.perf_counter() - started < 2
    assert np.array_equal(open_image(encoded(gradient(), "PNG")).image, PIXELS)


@pytest.mark.parametrize(
    "code", ["import os; os.abort()", "import time; time.sleep(60)", "print('nonsense')"]
)
def test_a_child_that_does_not_load_is_a_device_error(code, monkeypatch):
    with monkeypatch.context() as patch:
        child_running(patch, "")
        patch.setattr(images, "_command", lambda: [sys.executable, "-c", code])
        patch.setattr(decoding, "STARTING", 0.3)
        with pytest.raises(DeviceFailed, match="image_decoder_failed"):
            open_image(encoded(gradient(), "PNG"))
    assert np.array_equal(open_image(encoded(gradient(), "PNG")).image, PIXELS)


def test_loading_does_not_count_as_the_pictures_time(monkeypatch):
    """GIVEN a child that needs longer to load than a picture may take, THEN its first picture is opened all the same."""
    slow = (
        f"import sys, time; sys.path.insert(0, {str(Path.cwd())!r}); time.sleep(1.5);"
        "from assistant import decoding; decoding.main(sys.stdin.buffer, sys.stdout.buffer)"
    )
    with monkeypatch.context() as patch:
        images._child.close()
        patch.setattr(images, "_command", lambda: [sys.executable, "-c", slow])
        patch.setattr(decoding, "SECONDS", 1.2)
        assert np.array_equal(open_image(encoded(gradient(), "PNG")).image, PIXELS)
    images._child.close()


def test_a_child_that_cannot_start_is_a_device_error(monkeypatch):
    images._child.close()
    monkeypatch.setattr(images, "_command", lambda: ["/nonexistent/python"])
    with pytest.raises(DeviceFailed, match="image_decoder_failed"):
        open_image(encoded(gradient(), "PNG"))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is only certain on Linux")
def test_the_childs_memory_is_limited():
    code = f"import sys; sys.path.insert(0, {str(Path.cwd())!r}); from assistant import decoding as d; d._limit(); bytearray(600 << 20)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "MemoryError" in done.stderr


def test_the_child_ends_with_its_parent():
    """GIVEN a program that opened a picture and was killed, THEN its decoding child is gone too."""
    code = (
        "import io, os, sys; from PIL import Image; from assistant import images;"
        "out = io.BytesIO(); Image.new('RGB', (9, 9)).save(out, 'PNG'); images.open_image(out.getvalue());"
        "print(images._child._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid = int(done.stdout)
    for _ in range(200):
        if not Path(f"/proc/{pid}").exists() or "zombie" in Path(f"/proc/{pid}/status").read_text():
            return
        threading.Event().wait(0.01)
    pytest.fail("the decoding child outlived its parent")


def test_threads_share_the_child():
    data, failures = encoded(gradient(), "PNG"), []

    def work():
        for _ in range(10):
            if not np.array_equal(open_image(data).image, PIXELS):
                failures.append("wrong pixels")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_the_decoder_imports_neither_numpy_nor_ours():
    tree = ast.parse(Path(decoding.__file__).read_text("utf-8"))
    imported = {n.names[0].name for n in ast.walk(tree) if isinstance(n, ast.Import)}
    imported |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not {
        name for name in imported if name.split(".")[0] in {"numpy", "assistant", "models", "desktop"}
    }
