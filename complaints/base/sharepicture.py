"""The receipt as a picture for messengers: 1200 × 630 pixels, PNG, in the colours and the face of the pages."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

OVER = 2
"""Drawn this much larger first: Pillow's circles have hard edges."""
SIZE = (1200, 630)
MARGIN = 76
COLOURS = 64
PAPER, INK, SOFT, LINE, ACCENT = "#f6f3ec", "#1a1814", "#5c564b", "#d9d2c4", "#2b3fd4"
FACE = Path(__file__).resolve().parents[2] / (
    "static/vendor/instrument-sans-5.3.0/instrument-sans-latin-wght-normal.woff2"
)
REGULAR, BOLD = 400, 700
SIGN = ((2.5, 13.5, 2.5), (8, 13.5, 2.2), (8, 8, 2.2), (13.5, 13.5, 2.2), (13.5, 8, 2.2), (13.5, 2.5, 2.2))
"""Circles (x, y, radius) in a grid of 16, the first in the accent: templates/_sign.html."""
CHECK = "✓"
"""The face has no such letter; it is drawn."""


@dataclass(frozen=True)
class Words:
    """What the picture says, already in the reader's language."""

    top: str
    number: str
    beside: str
    headline: str
    foot: str


class Pen:
    """Draws in pixels of the finished picture."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (SIZE[0] * OVER, SIZE[1] * OVER), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def write(self, x: float, y: float, text: str, weight: int, size: int, fill: str, width: float = 0) -> float:
        """Writes on a baseline, smaller and at last cut where it would be wider than `width`; gives the width."""
        room = width or SIZE[0] - MARGIN - x
        while size > 18 and face(weight, size * OVER).getlength(text) > room * OVER:
            size -= 2
        font = face(weight, size * OVER)
        if font.getlength(text) > room * OVER:
            fits = max(n for n in range(len(text)) if font.getlength(text[:n] + "…") <= room * OVER or n == 0)
            text = text[:fits].rstrip() + "…"
        self.draw.text((x * OVER, y * OVER), text, font=font, fill=fill, anchor="ls")
        return float(font.getlength(text)) / OVER

    def sign(self, x: float, y: float, side: float) -> None:
        unit = side / 16
        for n, (cx, cy, radius) in enumerate(SIGN):
            middle = ((x + cx * unit) * OVER, (y + cy * unit) * OVER)
            self.draw.circle(middle, radius * unit * OVER, fill=INK if n else ACCENT)

    def head(self, beside: str) -> None:
        """Sign and word mark, what stands beside them, a rule."""
        self.sign(MARGIN, 58, 46)
        wide = self.write(MARGIN + 62, 98, "Einzelfall", BOLD, 44, INK)
        self.write(MARGIN + 62 + wide + 28, 98, beside, REGULAR, 32, SOFT)
        self.rule(134)

    def check(self, x: float, y: float, side: float) -> float:
        points = [(x, y - side * 0.35), (x + side * 0.35, y), (x + side, y - side * 0.75)]
        self.draw.line([(px * OVER, py * OVER) for px, py in points], fill=ACCENT, width=26 * OVER, joint="curve")
        return side

    def png(self) -> bytes:
        file = io.BytesIO()
        small = self.image.resize(SIZE, Image.Resampling.LANCZOS).quantize(COLOURS)
        small.save(file, "PNG", optimize=True)
        return file.getvalue()

    def rule(self, y: float) -> None:
        self.draw.line((MARGIN * OVER, y * OVER, (SIZE[0] - MARGIN) * OVER, y * OVER), fill=LINE, width=2 * OVER)


@cache
def face(weight: int, size: int) -> ImageFont.FreeTypeFont:
    """The face of the pages in a weight from 400 to 700, in pixels of the drawing."""
    font = ImageFont.truetype(str(FACE), size)
    font.set_variation_by_axes([weight])
    return font


def draw(words: Words) -> bytes:
    """The PNG; texts that are too long shrink until they fit."""
    pen = Pen()
    pen.head(words.top)
    pen.write(MARGIN, 248, words.headline, BOLD, 92, INK)
    number = pen.check(MARGIN + 12, 462, 150) + 24 if words.number == CHECK else 0.0
    number = number or pen.write(MARGIN - 6, 470, words.number, BOLD, 230, ACCENT, width=620)
    for n, line in enumerate(words.beside.split("\n")):
        pen.write(MARGIN + number + 34, 412 + 58 * n, line, BOLD if n == 0 else REGULAR, 46, INK)
    pen.rule(526)
    pen.write(MARGIN, 580, words.foot, REGULAR, 30, SOFT)
    return pen.png()


def cover(title: str, lines: str, foot: str) -> bytes:
    """The picture of pages that have none of their own: a title in two lines at most, what the site does, a foot."""
    pen = Pen()
    pen.head("")
    for n, line in enumerate(title.split("\n")):
        pen.write(MARGIN, 256 + 104 * n, line, BOLD, 96, INK)
    pen.write(MARGIN, 456, lines, REGULAR, 40, ACCENT)
    pen.rule(526)
    pen.write(MARGIN, 580, foot, REGULAR, 30, SOFT)
    return pen.png()
