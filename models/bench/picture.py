"""Draws what was read over the screen: a box and its text for each line, coloured by what the line is."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from assistant.frames import Frame, ScreenText, TextLine

COLOURS = {
    "button": "#d4380d", "check box": "#c41d7f", "radio button": "#c41d7f", "tab": "#531dab", "menu item": "#08979c",
    "text field": "#ad6800", "combo box": "#ad6800", "link": "#0958d9", "header": "#5b8c00", "cell": "#237804",
    "list item": "#237804", "title": "#10239e", "icon": "#8c8c8c",
}  # fmt: skip
PLAIN = "#1677ff"
SHADE = 110
"""how much of the screen's own picture is left, of 255, so that the read text stands out"""
LEAST, LARGEST = 9, 40
"""pixels per em of the read text"""
SMALL = 8
"""of role and state, below the line"""
FONTS = ("NotoSansCJK-Regular.ttc", "NanumGothic.ttf", "malgun.ttf", "AppleSDGothicNeo.ttc")
NOTO_KOREAN = 1


def drawn(frame: Frame, text: ScreenText) -> Image.Image:
    """The screen made pale, with what was read written where it was read, and role and state below it."""
    screen = Image.fromarray(frame.image)
    pale = Image.blend(Image.new("RGB", screen.size, "white"), screen, SHADE / 255)
    pen = ImageDraw.Draw(pale)
    for line in text.lines:
        write(pen, line)
    return pale


def write(pen: ImageDraw.ImageDraw, line: TextLine) -> None:
    colour = COLOURS.get(line.role or "", PLAIN)
    x, y, width, height = line.box
    pen.rectangle((x, y, x + width - 1, y + height - 1), fill="white", outline=colour)
    font = fitting(line.text, width, height)
    pen.text((x + 1, y + height / 2), line.text, fill="black", font=font, anchor="lm")
    told = " ".join(part for part in (line.role, line.state) if part)
    if told:
        pen.text((x, y + height), told, fill=colour, font=opened(SMALL), anchor="lt")


def fitting(text: str, width: int, height: int) -> ImageFont.FreeTypeFont:
    """The largest size at which the text fits its box, but never smaller than LEAST."""
    size = max(LEAST, min(LARGEST, round(height * 0.85)))
    while size > LEAST and opened(size).getlength(text) > width:
        size -= 1
    return opened(size)


def opened(size: int) -> ImageFont.FreeTypeFont:
    """A Korean font of this system. Errors: OSError when there is none."""
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size, index=NOTO_KOREAN if name.startswith("Noto") else 0)
        except OSError:
            continue
    raise OSError(f"none of the fonts {', '.join(FONTS)} is installed")


def save(frame: Frame, text: ScreenText, path: Path) -> None:
    """Write the drawing as a PNG of at most 256 colours."""
    drawn(frame, text).quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
