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


@dataclass(frozen=True)
class Limits:
    """What an upload may weigh, and how many pixels it may hold."""

    bytes: int = MOST_BYTES
    pixels: int = MOST_PIXELS


def encode(upload: IO[bytes], size: int) -> Encoded:
    """An upload of `size` bytes, re-encoded. Raises PictureError for what is too big, or no picture."""
    return _copies(read(upload, size, Limits(), (WIDTHS[-1], WIDTHS[-1])))


def read(upload: IO[bytes], size: int, limits: Limits, about: tuple[int, int] | None = None) -> Image.Image:
    """The bare pixels of an upload of `size` bytes, upright. Raises PictureError for what is too big, or no picture.

    `about` is the size that is wanted: a JPEG is decoded no larger than that takes.
    """
    if size > limits.bytes:
        said = _t("This picture is larger than %s MB. Please take a smaller one.")
        raise PictureError(said % (limits.bytes // 1024 // 1024))
    try:
        with Image.open(upload, formats=FORMATS) as opened:
            if opened.width * opened.height > limits.pixels:
                said = _t("This picture has more than %s million pixels. Please take a smaller one.")
                raise PictureError(said % (limits.pixels // 1_000_000))
            if about:
                opened.draft("RGB", about)
            return _pixels(opened)
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
