"""Parts of a file."""

import pytest

from complaints.base.byteranges import RangeError, parse


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=90-", (90, 10)),
        ("bytes=95-500", (95, 5)),
        ("bytes=0-99", (0, 20)),
        ("bytes=99-99", (99, 1)),
    ],
)
def test_it_gives_the_part_that_is_asked_for(header: str, part: tuple[int, int]) -> None:
    assert parse(header, size=100, longest=20 if header == "bytes=0-99" else 100) == part


@pytest.mark.parametrize(
    "header", ["", "bytes=100-", "bytes=9-5", "bytes=-5", "bytes=0-1,4-5", "items=0-5", "bytes=a-b", "bytes=²-3"]
)
def test_it_refuses_what_it_cannot_serve(header: str) -> None:
    with pytest.raises(RangeError):
        parse(header, size=100, longest=100)
