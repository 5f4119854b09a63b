"""Pictures for the tests, made in memory: every format and mode that comes in, and files that mean harm."""

from __future__ import annotations

import io
import random
import struct
import zlib

import numpy as np
from PIL import Image


def encoded(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def gradient(width: int = 40, height: int = 30) -> Image.Image:
    """No two pixels of it are alike in all channels, so a turned or mirrored one is noticed."""
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([x * 255 // (width - 1), y * 255 // (height - 1), (x + y) * 3 % 256], axis=2)
    return Image.fromarray(pixels.astype(np.uint8))


def png(
    width: int, height: int, *, rows: bytes = b"", depth: int = 8, colour: int = 2, extra: bytes = b""
) -> bytes:
    """A PNG with any header, whatever its data says."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bmp(width: int, height: int, bits: int = 24) -> bytes:
    return b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, width, height, 1, bits, 0, 0, 0, 0, 0, 0)


def gif(width: int, height: int, frame: tuple[int, int] | None = None) -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    return (
        screen + b"," + struct.pack("<HHHHB", 0, 0, *(frame or (width, height)), 0) + b"\x02\x02\x4c\x01\x00;"
    )


def jpeg_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded(gradient(), "JPEG"))
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_claiming(width: int, height: int) -> bytes:
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = (
        b"WEBPVP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + canvas
        + encoded(gradient(), "WEBP", lossless=True)[12:]
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def text_chunk(size: int, name: bytes = b"zTXt") -> bytes:
    head = {b"zTXt": b"k\0\0", b"iTXt": b"k\0\x01\0\0\0", b"iCCP": b"k\0\0"}[name]
    return chunk(name, head + zlib.compress(bytes(size), 9))


BOMBS = {
    **{f"png {w}x{h}": png(w, h) for w, h in [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (10_000, 5_001), (1, 2**31 - 1)]},
    "png 16 bit": png(30_000, 30_000, depth=16, colour=6),
    "png 1 bit": png(200_000, 200_000, depth=1, colour=0),
    "png grey": png(65_535, 65_535, colour=0),
    "png deflated zeros": png(20_000, 20_000, rows=bytes(50_000_000)),
    "png ztxt": png(8, 8, rows=bytes(200), extra=text_chunk(200_000_000)),
    "png itxt": png(8, 8, rows=bytes(200), extra=text_chunk(200_000_000, b"iTXt")),
    "png iccp": png(8, 8, rows=bytes(200), extra=text_chunk(200_000_000, b"iCCP")),
    "png many texts": png(8, 8, rows=bytes(200), extra=text_chunk(900_000) * 200),
    "bmp 24": bmp(30_000, 30_000),
    "bmp 1 bit": bmp(100_000, 100_000, 1),
    "bmp top down": bmp(40_000, -40_000),
    "bmp huge": bmp(2**31 - 1, 2**31 - 1, 32),
    "gif canvas": gif(65_535, 65_535),
    "gif frame": gif(1, 1, (65_535, 65_535)),
    "gif both": gif(60_000, 1_000, (1_000, 60_000)),
    "jpeg": jpeg_claiming(65_500, 65_500),
    "jpeg wide": jpeg_claiming(65_500, 800),
    "webp canvas": webp_claiming(16_384, 16_384),
    "webp canvas 24 bit": webp_claiming(2**24, 200),
}  # fmt: skip


def seeds() -> list[bytes]:
    """Small valid files of every format and flavour, to be mutated."""
    picture = gradient()
    palette = picture.quantize(16)
    animated = [palette, palette.rotate(90), palette.rotate(180)]
    exif = Image.Exif()
    exif[0x0112] = 6
    return [
        encoded(picture, "PNG"),
        encoded(picture.convert("RGBA"), "PNG"),
        encoded(palette, "PNG", transparency=3),
        encoded(Image.fromarray(np.arange(1200, dtype=np.uint16).reshape(30, 40) * 50), "PNG"),
        encoded(picture.convert("1"), "PNG"),
        encoded(picture, "PNG", save_all=True, append_images=[picture.rotate(90)]),
        encoded(picture, "JPEG", exif=exif),
        encoded(picture, "JPEG", progressive=True),
        encoded(picture.convert("CMYK"), "JPEG"),
        encoded(picture.convert("L"), "JPEG"),
        encoded(picture, "WEBP"),
        encoded(picture.convert("RGBA"), "WEBP", lossless=True),
        encoded(picture, "WEBP", save_all=True, append_images=[picture.rotate(180)]),
        encoded(picture, "BMP"),
        encoded(palette, "BMP"),
        encoded(picture.convert("1"), "BMP"),
        encoded(palette, "GIF", save_all=True, append_images=animated),
        encoded(palette, "GIF", transparency=2),
    ]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """`data` with one to eight small damages; the first four bytes mostly stay, so that a decoder is reached."""
    broken = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(0 if rng.random() < 0.02 else min(4, len(broken) - 1), len(broken))
        match rng.randrange(7):
            case 0:
                broken[at] = rng.randrange(256)
            case 1:
                broken[at] ^= 1 << rng.randrange(8)
            case 2:
                broken[at : at + 4] = rng.choice(
                    [b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\0\0\xff\xff"]
                )
            case 3:
                del broken[at : at + rng.randint(1, 40)]
            case 4:
                broken[at:at] = rng.randbytes(rng.randint(1, 40))
            case 5:
                start = rng.randrange(len(broken))
                broken[at:at] = broken[start : start + rng.randint(1, 60)]
            case 6:
                del broken[max(8, at) :]
        if len(broken) < 5:
            break
    return bytes(broken)
