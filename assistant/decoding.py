"""Decodes one picture into RGB rows, in this process or as the small child that images.py keeps.

Runs as a script of its own in the child, so it imports nothing of ours and only Pillow beside the standard
library (numpy would cost the child 60 ms and 30 MB). Refusals are codes of errors.py.

The child writes READY when it has loaded, then reads from standard input, again and again: 4 bytes kind, 8 bytes length,
the file; and writes to standard output: one line of JSON ({"width","height"} or {"code", …}), then width × height × 3 bytes of RGB.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL import Image

LARGEST_FILE = 64 << 20
"""bytes"""
MOST_PIXELS = 50_000_000
MEMORY = 512 << 20
"""bytes of address space for the child"""
SECONDS = 5.0
"""for one picture"""
STARTING = 30.0
"""seconds for a child to load: an installed program on a cold disk, looked through by a virus scanner"""
READY = b"ready\n"
HEADER = struct.Struct("<4sQ")
_STRIP = 4 << 20  # pixels turned into RGB at once


class Refused(Exception):
    """The picture cannot be used; `code` says why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def kind_of(data: bytes | memoryview) -> str | None:
    """PNG, JPEG, WEBP, BMP or GIF by the first bytes; None for everything else, whatever its name says."""
    head = bytes(data[:12])
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    return "BMP" if head.startswith(b"BM") else None


def decode(data: bytes, kind: str) -> tuple[int, int, Iterator[bytes]]:
    """Width, height and strips of RGB rows of the first frame, upright, alpha laid on white.

    Everything that can be refused is refused before the first strip. Errors: Refused.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # Pillow's own second net, for sizes a file changes its mind about
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning)
        try:
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                _check_size(image.size)
                image.load()
                upright = ImageOps.exif_transpose(image)
                _check_size(upright.size)
        except Refused:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Refused("image_too_large", most=MOST_PIXELS // 1_000_000) from error
        except UnidentifiedImageError as error:
            raise Refused("image_zero_size" if _zero_size(data, kind) else "image_broken") from error
        except MemoryError as error:
            raise Refused("image_memory") from error
        except Exception as error:  # damaged files make Pillow's plugins raise nearly anything
            cut_off = "truncated" in str(error) or isinstance(error, EOFError)
            raise Refused("image_truncated" if cut_off else "image_broken") from error
    return upright.width, upright.height, _strips(upright)


_SIZES = {
    "PNG": (">II", 16),
    "BMP": ("<ii", 18),
    "GIF": ("<HH", 6),
}  # where these formats keep width and height


def _zero_size(data: bytes, kind: str) -> bool:
    """Whether the header says zero pixels, which Pillow does not tell from other damage."""
    layout, at = _SIZES.get(kind, ("", 0))
    return (
        bool(layout)
        and len(data) >= at + struct.calcsize(layout)
        and 0 in struct.unpack_from(layout, data, at)
    )


def _check_size(size: tuple[int, int]) -> None:
    if size[0] <= 0 or size[1] <= 0:
        raise Refused("image_zero_size")
    if size[0] * size[1] > MOST_PIXELS:
        raise Refused("image_too_large", width=size[0], height=size[1], most=MOST_PIXELS // 1_000_000)


def _strips(image: Image.Image) -> Iterator[bytes]:
    rows = max(1, _STRIP // image.width)
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(image.height, top + rows)))
        yield _rgb(strip).tobytes()


def _rgb(image: Image.Image) -> Image.Image:
    """RGB of any mode the five formats open in; transparency on white, 16-bit greys scaled to 8."""
    from PIL import Image

    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return image.convert("RGB")


def _limit() -> None:
    """Caps this process's memory; where the system cannot (Windows, some macOS), only the time limit holds."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):
            continue


def main(requests: BinaryIO, replies: BinaryIO) -> None:
    """Serve pictures until `requests` ends, which it does when the parent is gone."""
    from PIL import (  # noqa: F401  (loaded before the limit, so that a picture has all of it)
        BmpImagePlugin,
        GifImagePlugin,
        ImageOps,
        JpegImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )  # fmt: skip

    _limit()
    replies.write(READY)
    replies.flush()
    while len(header := requests.read(HEADER.size)) == HEADER.size:
        kind, length = HEADER.unpack(header)
        data = requests.read(length)
        try:
            width, height, strips = decode(data, kind.decode().strip())
        except Refused as refused:
            _write_line(replies, {"code": refused.code, **refused.values})
            continue
        _write_line(replies, {"width": width, "height": height})
        for strip in strips:
            replies.write(strip)
        replies.flush()


def _write_line(replies: BinaryIO, value: dict[str, object]) -> None:
    replies.write(json.dumps(value).encode() + b"\n")
    replies.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
