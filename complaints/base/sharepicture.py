"""The receipt as a picture for messengers: 1200 × 630 pixels, PNG."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 80
PAPER, INK, SOFT, ACCENT = "#faf7f2", "#1c1b1a", "#5e5a55", "#b3261e"
FONTS = Path(__file__).resolve().parent.parent.parent / "static/vendor/source-sans-3-5.3.1"


@dataclass(frozen=True)
class Words:
    """What the picture says, already in the reader's language."""

    top: str
    number: str
    beside: str
    headline: str
    foot: str


@cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"source-sans-3-latin-{weight}-normal.woff"), size)


def draw(words: Words) -> bytes:
    """The PNG; texts that are too long shrink until they fit."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 16, SIZE[1]), fill=ACCENT)
    pen.text((MARGIN, 64), words.top, font=_fitting(words.top, 400, 36), fill=SOFT)
    pen.text((MARGIN, 130), words.headline, font=_fitting(words.headline, 700, 84), fill=INK)
    number = _font(700, 220)
    pen.text((MARGIN, 230), words.number, font=number, fill=ACCENT)
    left = MARGIN + number.getlength(words.number) + 40
    for n, line in enumerate(words.beside.split("\n")):
        pen.text((left, 310 + 56 * n), line, font=_fitting(line, 400, 46, SIZE[0] - left - MARGIN), fill=INK)
    pen.text((MARGIN, 540), words.foot, font=_fitting(words.foot, 400, 32), fill=SOFT)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitting(text: str, weight: int, size: int, width: float = SIZE[0] - 2 * MARGIN) -> ImageFont.FreeTypeFont:
    while size > 18 and _font(weight, size).getlength(text) > width:
        size -= 2
    return _font(weight, size)
