"""Pictures inside JSON: `data:` URLs in base64, never an address to fetch from."""

from __future__ import annotations

import base64
import binascii
import re

from models.serve.refusals import Refusal

_HEAD = re.compile(r"data:image/[a-z0-9.+-]{1,32}(?:;[a-z0-9=.+-]{1,64})*;base64,", re.IGNORECASE)
_BLANKS = str.maketrans("", "", " \t\r\n")


def picture_bytes(url: str, param: str) -> bytes:
    """The bytes of a data URL. What they are is told from themselves later: clients label PNGs as JPEG.

    Errors: Refusal picture_address_refused for any other address, picture_data_broken for bad base64 or no bytes.
    """
    check_picture_url(url, param)
    text = url[url.index(",") + 1 :]
    if any(blank in text for blank in " \t\r\n"):  # some clients break base64 into lines
        text = text.translate(_BLANKS)
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal("picture_data_broken", param) from error
    if not data:
        raise Refusal("picture_data_broken", param)
    return data


def check_picture_url(url: str, param: str) -> None:
    """Errors: Refusal picture_address_refused unless `url` begins as a base64 data URL of a picture does."""
    if not _HEAD.match(url, 0, 512):
        raise Refusal("picture_address_refused", param)
