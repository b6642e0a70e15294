"""Draws the icons of the installed app from the site's sign."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

from complaints.base.sharepicture import cover

PAPER, INK, ACCENT = "#f6f3ec", "#1a1814", "#2b3fd4"
SIGN = 16
"""Side of the sign's own grid."""
OVER = 4
"""Drawn this much larger first: Pillow's circles have hard edges."""
ICONS = {"app-192": (192, 0.66), "app-512": (512, 0.66), "maskable-192": (192, 0.5), "maskable-512": (512, 0.5)}
"""Side in pixels and the share of it that the sign takes; of a maskable icon only the middle circle of 80 % is sure."""
COVER = (
    "Bin ich wirklich der\nEinzige ohne Netz?",
    "Melden, nachsehen, nicht allein sein.",
    "Mobilfunk in Deutschland, gemeldet von denen, die es trifft",
)


def drawn(sign: str, side: int, share: float) -> Image.Image:
    """The sign (the text of an SVG of circles in a grid of 16) in the middle of a paper-coloured square."""
    full = side * OVER
    unit = full * share / SIGN
    edge = full * (1 - share) / 2
    image = Image.new("RGB", (full, full), PAPER)
    pen = ImageDraw.Draw(image)
    for accent, x, y, radius in re.findall(r'<circle( class="a")? cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', sign):
        middle = (edge + float(x) * unit, edge + float(y) * unit)
        pen.circle(middle, float(radius) * unit, fill=ACCENT if accent else INK)
    return image.resize((side, side), Image.Resampling.LANCZOS)


class Command(BaseCommand):
    help = (
        "Draws static/icons/app-*.png, maskable-*.png and share.png from static/favicon.svg and the face of the pages."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR, "static")
        sign = (folder / "favicon.svg").read_text()
        for name, (side, share) in ICONS.items():
            drawn(sign, side, share).save(folder / "icons" / f"{name}.png", optimize=True)
        (folder / "share.png").write_bytes(cover(*COVER))
