"""An operator's own PMTiles file under the cells."""

import struct
from pathlib import Path

from playwright.sync_api import Page
from pytest_django import Settings


def field(number: int, value: bytes | int) -> bytes:
    """One field of a protocol buffer; all lengths here are below 128."""
    if isinstance(value, int):
        return bytes([number << 3, *varint(value)])
    return bytes([number << 3 | 2, *varint(len(value))]) + value


def varint(value: int) -> bytes:
    digits = []
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    return bytes([*digits, value])


def world_of_land() -> bytes:
    """A vector tile whose layer `earth` is one square over everything."""
    zigzag = [value << 1 ^ value >> 31 for value in (0, 0, 4096, 0, 0, 4096, -4096, 0)]
    numbers = [9, *zigzag[:2], 26, *zigzag[2:], 15]
    geometry = b"".join(varint(number & 0xFFFFFFFF) for number in numbers)
    feature = field(3, 3) + field(4, geometry)
    return field(3, field(15, 2) + field(1, b"earth") + field(2, feature) + field(5, 4096))


def archive(tile: bytes) -> bytes:
    """A PMTiles file, version 3, with one tile at zoom 0 (github.com/protomaps/PMTiles, spec/v3)."""
    directory = bytes([1, 0, 1, *varint(len(tile)), 1])
    metadata = b"{}"
    parts = [
        127,
        len(directory),
        127 + len(directory),
        len(metadata),
        0,
        0,
        127 + len(directory) + 2,
        len(tile),
        1,
        1,
        1,
    ]
    box = (-1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    header = b"PMTiles\x03" + struct.pack("<11Q6B4iB2i", *parts, 1, 1, 1, 1, 0, 0, *box, 0, 0, 0)
    return header + directory + metadata + tile


def test_it_draws_the_operators_own_basemap(page: Page, settings: Settings, tmp_path: Path) -> None:
    settings.PMTILES = str(tmp_path / "world.pmtiles")
    Path(settings.PMTILES).write_bytes(archive(world_of_land()))
    parts = []
    page.on("response", lambda answer: parts.append(answer.status) if ".pmtiles" in answer.url else None)
    page.goto("/karte/")
    page.wait_for_selector("[data-map][data-ready][data-drawn]")
    page.wait_for_selector(".leaflet-basemap-pane canvas.leaflet-tile-loaded")
    assert set(parts) == {206}
