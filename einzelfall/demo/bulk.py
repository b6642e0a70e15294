"""Plain reports by the million, in the binary format of COPY, put together by numpy in chunks.

A row is three pieces of bytes joined: numbers of its own, the ids of a place out of a stock, and the words of an
account out of a stock. Memory does not grow with the number of rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from complaints.base import zorder
from complaints.carriers.queries import CarrierRow
from complaints.imports.actions import COLUMNS
from complaints.reports.models import Precision, Source, bits_of
from einzelfall.demo import devices, sampling, texts
from einzelfall.demo.present import (
    CITY_TECHNOLOGIES,
    FREQUENCIES,
    HOTLINES,
    PROBLEMS,
    SITUATIONS,
    WHOLE_TOWN,
    WORKING,
    carrier_weights,
    town_weights,
)
from einzelfall.demo.sampling import DAY, Ints, Rng
from einzelfall.demo.towns import Point, Towns, middle_of, point_in_town

CHUNK = 100_000
DAYS = 3 * 365
ACCOUNTS = 4_000
PLACES = (1_000, 40_000)
SHARE_WITH_TEXT = 0.25
JITTER = 2
# PostgreSQL counts moments and days from 1 January 2000.
EPOCH_SECONDS = 946_684_800
EPOCH_DAYS = EPOCH_SECONDS // DAY

_FIELDS = (
    *(("number", ">i8"), ("submission", "V16"), ("carrier", ">i2"), ("network", ">i2"), ("problems", ">i2")),
    *(("happened", ">i8"), ("received", ">i8"), ("day", ">i4")),
    *(("latitude", ">f8"), ("longitude", ">f8"), ("key", ">i8")),
)
_ROW = np.dtype(
    [("columns", ">i2"), *(part for name, kind in _FIELDS for part in ((f"{name}_size", ">i4"), (name, kind)))]
)


@dataclass(frozen=True)
class Places:
    """A stock of n points: coordinates, how far they may be moved (thousandths of a degree), their packed columns."""

    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    jitter: Ints
    packed: NDArray[np.object_]


@dataclass(frozen=True)
class Accounts:
    """A stock of n accounts: carrier, network, problems, whether the phone was offline, their packed columns."""

    carriers: Ints
    networks: Ints
    problems: Ints
    offline: NDArray[np.bool_]
    packed: NDArray[np.object_]


def blocks(
    *,
    seed: int,
    towns: Towns,
    carriers: dict[str, CarrierRow],
    end: int,
    first_number: int,
    count: int,
    progress: Callable[[int], object],
) -> Iterator[bytes]:
    """Blocks for `copy_binary`: `count` rows over the DAYS before `end`, numbered from `first_number` by arrival.

    `end` in seconds since 1970; a block holds at most CHUNK rows. `progress` is told each block's rows when the next
    one is asked for, that is when they are sent. The stocks are drawn at once, as they ask the database for places:
    while a COPY is under way its connection answers nobody else.
    """
    rng = np.random.default_rng([seed, 3, first_number])
    places = stock_of_places(rng, towns, int(np.clip(count // 25, *PLACES)))
    accounts = stock_of_accounts(rng, carriers)
    bounds = np.linspace(end - DAYS * DAY, end, -(-count // CHUNK) + 1).astype(np.int64)

    def drawn() -> Iterator[bytes]:
        done = 0
        for (start, stop), size in zip(pairwise(bounds), _sizes(count), strict=True):
            received = sampling.moments_between(rng, int(start), int(stop), size)
            yield _block(rng, places, accounts, received, first_number + done)
            done += size
            progress(size)

    return drawn()


def stock_of_places(rng: Rng, towns: Towns, size: int) -> Places:
    """Points of towns in proportion to their inhabitants; their ids come from the gazetteer."""
    weights = town_weights(rng, towns)
    drawn = rng.choice(len(towns), size, p=weights / weights.sum())
    points = [
        middle_of(towns, town) if rng.random() < WHOLE_TOWN else point_in_town(rng, towns, town)
        for town in map(int, drawn)
    ]
    return Places(
        latitudes=np.array([point.latitude for point in points]),
        longitudes=np.array([point.longitude for point in points]),
        jitter=np.array([0 if point.whole_town else JITTER for point in points]),
        packed=_objects([_packed_place(point) for point in points]),
    )


def stock_of_accounts(rng: Rng, carriers: dict[str, CarrierRow]) -> Accounts:
    """Accounts of all open carriers with problems by their usual shares."""
    brands = [carriers[slug] for slug in sampling.choose(rng, carrier_weights(carriers), ACCOUNTS)]
    weights = {"works": WORKING} | {
        " ".join(kinds): share * (1 - WORKING) / sum(PROBLEMS.values()) for kinds, share in PROBLEMS.items()
    }
    problems = [tuple(kinds.split()) for kinds in sampling.choose(rng, weights, ACCOUNTS)]
    columns = zip(
        sampling.choose(rng, CITY_TECHNOLOGIES, ACCOUNTS),
        sampling.choose(rng, SITUATIONS, ACCOUNTS),
        sampling.choose(rng, FREQUENCIES, ACCOUNTS),
        sampling.choose(rng, HOTLINES, ACCOUNTS),
        devices.draw(rng, devices.NOW, ACCOUNTS),
        strict=True,
    )
    packed = [_packed_words(rng, brands[n], problems[n], *words) for n, words in enumerate(columns)]
    return Accounts(
        carriers=np.array([brand.id for brand in brands]),
        networks=np.array([brand.network_id for brand in brands]),
        problems=np.array([bits_of(list(kinds)) for kinds in problems]),
        offline=np.array(["no-network" in kinds or "data-none" in kinds for kinds in problems]),
        packed=_objects(packed),
    )


def _sizes(count: int) -> list[int]:
    return [CHUNK] * (count // CHUNK) + ([count % CHUNK] if count % CHUNK else [])


def _block(rng: Rng, places: Places, accounts: Accounts, received: Ints, first_number: int) -> bytes:
    size = len(received)
    place = rng.integers(0, len(places.packed), size)
    account = rng.integers(0, len(accounts.packed), size)
    happened = sampling.when_it_happened(received, sampling.gaps(rng, accounts.offline[account]))
    moves = rng.integers(-JITTER, JITTER + 1, (2, size)) * (places.jitter[place] > 0) / 1000
    latitudes = np.round(places.latitudes[place] + moves[0], 3)
    longitudes = np.round(places.longitudes[place] + moves[1], 3)
    values: dict[str, NDArray[Any]] = {
        "number": np.arange(first_number, first_number + size),
        "submission": sampling.submissions(rng, size).view("V16")[:, 0],
        "carrier": accounts.carriers[account],
        "network": accounts.networks[account],
        "problems": accounts.problems[account],
        "happened": (happened - EPOCH_SECONDS) * 1_000_000,
        "received": (received - EPOCH_SECONDS) * 1_000_000,
        "day": sampling.local_days(happened) - EPOCH_DAYS,
        "latitude": latitudes,
        "longitude": longitudes,
        "key": zorder.encode_many(latitudes, longitudes),
    }
    pieces: list[bytes] = [b""] * (3 * size)
    pieces[0::3] = _packed_numbers(values, size)
    pieces[1::3] = places.packed[place].tolist()
    pieces[2::3] = accounts.packed[account].tolist()
    return b"".join(pieces)


def _packed_numbers(values: dict[str, NDArray[Any]], size: int) -> list[bytes]:
    rows = np.empty(size, _ROW)
    rows["columns"] = len(COLUMNS)
    for name, kind in _FIELDS:
        rows[f"{name}_size"] = np.dtype(kind).itemsize
        rows[name] = values[name]
    packed: list[bytes] = rows.view(f"V{_ROW.itemsize}").tolist()
    return packed


def _packed_place(point: Point) -> bytes:
    """land_id, district_id, town_id, quarter_id, precision, place_text."""
    where = point.where
    ids = (where.land_id, where.district_id, where.town_id, where.quarter_id)
    precision = Precision.TOWN.value if point.whole_town else Precision.POINT.value
    typed = where.label if point.whole_town else ""
    return b"".join(_packed_id(place) for place in ids) + _packed_text(precision) + _packed_text(typed)


def _packed_words(
    rng: Rng,
    brand: CarrierRow,
    problems: tuple[str, ...],
    technology: str,
    situation: str,
    frequency: str,
    hotline: str,
    model: tuple[str, str],
) -> bytes:
    """technology, situation, frequency, hotline, device, system, text, name, source."""
    if "works" in problems:
        frequency = hotline = ""
    if "no-network" in problems:
        technology = "unknown"
    facts = texts.Facts(
        problems,
        "",
        "",
        situation,
        frequency,
        hotline,
        technology,
        model[0],
        brand.name,
        sampling.moment_of(1767225600),
    )
    text = texts.write_text(rng, facts) if rng.random() < SHARE_WITH_TEXT else ""
    words = (technology, situation, frequency, hotline, *model, text, texts.write_name(rng), Source.DEMO.value)
    return b"".join(_packed_text(word) for word in words)


def _packed_id(place: int | None) -> bytes:
    if place is None:
        return (-1).to_bytes(4, "big", signed=True)
    return (8).to_bytes(4, "big") + place.to_bytes(8, "big")


def _packed_text(text: str) -> bytes:
    encoded = text.encode()
    return len(encoded).to_bytes(4, "big") + encoded


def _objects(pieces: list[bytes]) -> NDArray[np.object_]:
    """An array of bytes objects, so that numpy picks and repeats them without padding."""
    found = np.empty(len(pieces), dtype=object)
    found[:] = pieces
    return found
