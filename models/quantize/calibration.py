"""Pictures that show a vision tower what it will see, so that ranges of its activations can be measured.

They come from a folder of the person's choice, or are drawn by the generator of training screens with seeds that no
training uses. Never from `tests/screens`: what is validated on must not have been calibrated on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.errors import BadInput
from assistant.frames import Frame
from assistant.images import open_image

COUNT = 48
FIRST_SEED = 900_000_000
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp")
VALIDATION = Path(__file__).resolve().parents[2] / "tests" / "screens"


def from_folder(folder: Path, most: int = COUNT) -> list[Frame]:
    """Up to `most` pictures of `folder`, spread over its sorted names.

    Errors: `BadInput` conversion_refused for an empty folder or the validation set, or a picture's own.
    """
    folder = Path(folder)
    if folder.resolve().is_relative_to(VALIDATION):
        raise _refused(folder, "what is validated on must not be calibrated on")
    paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
    if not paths:
        raise _refused(folder, "no pictures to calibrate with")
    chosen = paths[:: max(1, len(paths) // most)][:most]
    return [open_image(path) for path in chosen]


def drawn(data: Path, count: int = COUNT) -> Iterator[Frame]:
    """Screens of all sizes from the text data folder. Errors: `BadInput` conversion_refused where it is not there."""
    from models.train.mini import corpus, screens

    if not Path(data).is_dir():
        raise _refused(data, "no text to fill drawn screens with; give pictures instead")
    pools = corpus.load_pools(Path(data))
    for number in range(count):
        screen = screens.make_screen(FIRST_SEED + number, pools, level=(1, 2, 2, 0)[number % 4])
        yield Frame(np.ascontiguousarray(np.asarray(screen.image.convert("RGB"))))


def _refused(folder: Path, reason: str) -> BadInput:
    return BadInput("conversion_refused", path=str(folder), reason=reason)
