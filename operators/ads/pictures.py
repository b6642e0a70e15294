"""Pictures of ads: read with the care of posts' pictures, of exactly a slot's size or twice that, small in bytes."""

import io
from typing import IO

from django.utils.translation import gettext as _t
from PIL import Image

from operators.ads.slots import Shape
from operators.posts.pictures import Limits, PictureError, read

MOST_UPLOADED = 5 * 1024 * 1024
MOST_STORED = 80_000
"""Bytes of a stored picture: what a visitor on a slow line loads for an ad at most."""
QUALITIES = (88, 80, 70, 60)
LIMITS = Limits(bytes=MOST_UPLOADED, pixels=4_000_000)


def fit(upload: IO[bytes], size: int, shape: Shape) -> bytes:
    """An upload of `size` bytes as WebP without metadata. Raises PictureError with a sentence."""
    image = read(upload, size, LIMITS)
    width, height = shape.size
    if image.size not in ((width, height), (2 * width, 2 * height)):
        words = {"is": _pixels(image.size), "once": _pixels((width, height)), "twice": _pixels((2 * width, 2 * height))}
        raise PictureError(_t("This picture has %(is)s pixels. The slot needs %(once)s or %(twice)s.") % words)
    for quality in QUALITIES:
        if len(content := _webp(image, quality)) <= MOST_STORED:
            return content
    said = _t("This picture would weigh more than %(most)s kB. Take one with larger, calmer areas.")
    raise PictureError(said % {"most": MOST_STORED // 1000})


def _webp(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def _pixels(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"
