"""A frame as a data URL that fits a budget: PNG where letters stay sharp for free, else JPEG, smaller if it must."""

from __future__ import annotations

import base64
import io

from PIL import Image

from assistant.frames import Frame
from models.runtimes.picture_size import fitted

MOST_PIXELS = 1_310_720
"""1,280 tokens of 32 × 32 pixels; the screen text carries what is too small to see then"""
MOST_BYTES = 1_500_000
QUALITIES = (90, 80, 65, 50)


def data_url(frame: Frame, most_pixels: int = MOST_PIXELS, most_bytes: int = MOST_BYTES) -> str:
    """`data:image/png;base64,…` or `data:image/jpeg;base64,…`; the encoded picture has at most `most_bytes` bytes."""
    picture = fitted(Image.fromarray(frame.image), most_pixels)
    png = _encoded(picture, "PNG")
    if len(png) <= most_bytes:
        return _url("png", png)
    while True:
        for quality in QUALITIES:
            jpeg = _encoded(picture, "JPEG", quality=quality)
            if len(jpeg) <= most_bytes or max(picture.size) <= 64:
                return _url("jpeg", jpeg)
        picture = fitted(picture, picture.width * picture.height // 2)


def _encoded(picture: Image.Image, kind: str, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _url(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
