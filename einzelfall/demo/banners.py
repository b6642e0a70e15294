"""Drawings for the ads of the demo: waves around a mast and a sentence, in twice the size of a slot."""

import io

from PIL import Image, ImageDraw

from complaints.base.sharepicture import BOLD, REGULAR, face

INK, NIGHT = "#8f0f55", "#2b0a1c"
WAVE, NIGHT_WAVE = "#a92a6c", "#4a1231"
PALE = "#ffe9f3"
TALL, FLAT = ("Netz, wo", "du gerade", "bist."), ("Netz, wo du", "gerade bist.")


def paint(size: tuple[int, int], *, dark: bool) -> bytes:
    """A PNG for a slot of `size` CSS pixels."""
    width, height = 2 * size[0], 2 * size[1]
    ground, wave = (NIGHT, NIGHT_WAVE) if dark else (INK, WAVE)
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    tall = height > width
    foot = (width // 2, int(height * 0.64)) if tall else (width - height // 2, height // 2)
    for radius in range(40, max(width, height), 56):
        box = (foot[0] - radius, foot[1] - radius, foot[0] + radius, foot[1] + radius)
        pen.arc(box, 0, 360, fill=wave, width=10)
    pen.line((*foot, foot[0], int(height * 0.93) if tall else height), fill=PALE, width=8)
    pen.ellipse((foot[0] - 18, foot[1] - 18, foot[0] + 18, foot[1] + 18), fill=PALE)
    lines = TALL if tall else FLAT
    font = face(BOLD, 54 if tall else 50)
    small = face(REGULAR, 25)
    for n, line in enumerate(lines):
        pen.text((28, (60 if tall else 14) + 64 * n), line, font=font, fill=PALE)
    pen.text((28, height - (70 if tall else 44)), "erfunden, für die Demo", font=small, fill=PALE)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
