"""Uploaded pictures: read with care, turned upright, stripped of everything but pixels, in three widths as WebP."""

import io
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _t
from PIL import Image, ImageOps, UnidentifiedImageError

WIDTHS = (480, 960, 1600)
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


class PictureError(ValueError):
    """A sentence for the person who uploaded it."""


@dataclass(frozen=True)
class Encoded:
    """A picture ready to be stored: the size of its widest copy, and WebP bytes by width."""

    width: int
    height: int
    copies: dict[int, bytes]


def encode(upload: IO[bytes], size: int) -> Encoded:
    """An upload of `size` bytes, re-encoded. Raises PictureError for what is too big, or no picture."""
    if size > MOST_BYTES:
        raise PictureError(_t("This picture is larger than 10 MB. Please take a smaller one."))
    try:
        with Image.open(upload, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureError(_t("This picture has more than 50 million pixels. Please take a smaller one."))
            opened.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # lets JPEG decode no more than is needed
            return _copies(_pixels(opened))
    except PictureError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise PictureError(_t("We cannot read this as a picture. Please take a JPEG, PNG or WebP file.")) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError(_t("This picture is damaged. Please save it anew and try again.")) from error


def _pixels(opened: Image.Image) -> Image.Image:
    """The first picture of a file, upright, on an image that has never known its metadata."""
    upright = ImageOps.exif_transpose(opened)
    pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return bare


def _copies(image: Image.Image) -> Encoded:
    widths = sorted({min(width, image.width) for width in WIDTHS})
    copies = {width: _webp(image, width) for width in widths}
    widest = widths[-1]
    return Encoded(widest, _height(image, widest), copies)


def _height(image: Image.Image, width: int) -> int:
    return max(1, round(image.height * width / image.width))


def _webp(image: Image.Image, width: int) -> bytes:
    out = io.BytesIO()
    image.resize((width, _height(image, width)), Image.Resampling.LANCZOS).save(out, "WEBP", quality=80)
    return out.getvalue()
