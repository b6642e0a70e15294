"""The picture for messengers: size, weight, and that nothing runs out of it."""

import io
import re

import pytest
from django.conf import settings
from PIL import Image, ImageChops

from complaints.base.sharepicture import CHECK, MARGIN, PAPER, SIGN, SIZE, Words, cover, draw

LONG = "Oberammergau-Kleinmachnow an der Donaudampfschifffahrtsgesellschaft"


def opened(png: bytes) -> Image.Image:
    assert len(png) < 60_000
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert image.size == SIZE
    return image


@pytest.mark.parametrize("number", ["1", "46", "1.234.567", "999.999.999", CHECK])
@pytest.mark.parametrize("name", ["Münster", LONG, f"{LONG} {LONG}"])
def test_everything_stays_inside(number: str, name: str) -> None:
    words = Words(f"O2 · {name} · DEMO", number, f"Meldungen in 7 Tagen\n{name}", "Kein Einzelfall.", f"Nr. 1 · {name}")
    image = opened(draw(words))
    inked = ImageChops.difference(image, Image.new("RGB", SIZE, PAPER)).point(lambda light: 255 if light > 40 else 0)
    left, _top, right, _bottom = inked.getbbox() or (0, 0, 0, 0)
    assert left >= MARGIN - 12
    assert right <= SIZE[0] - MARGIN + 12


def test_it_draws_the_sign_of_the_pages() -> None:
    sign = (settings.BASE_DIR / "templates" / "_sign.html").read_text()
    circles = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', sign)
    assert [tuple(map(float, circle)) for circle in circles] == list(SIGN)


def test_the_cover_is_a_picture_too() -> None:
    opened(cover("Eins\nZwei", "Drei", "Vier"))
