"""The part of a file that a client asks for (RFC 9110, section 14)."""

import re

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


class RangeError(ValueError):
    """The part begins behind the end of the file, or the header asks for something else than one part."""


def parse(header: str, size: int, longest: int) -> tuple[int, int]:
    """First byte and length of the one part `header` asks for, cut to `longest` bytes and to the end of the file."""
    found = _RANGE.fullmatch(header.strip())
    if found is None:
        raise RangeError(header)
    first = int(found[1])
    last = min(int(found[2] or size - 1), size - 1, first + longest - 1)
    if first > last:
        raise RangeError(header)
    return first, last - first + 1
