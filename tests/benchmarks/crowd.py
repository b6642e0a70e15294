"""Any number of synthetic reports, straight into a database by binary COPY: what a country's customers may file."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from complaints.base import zorder

DAYS = 3 * 365
CHUNK = 100_000
NETWORK_SHARES = {"o2": 0.34, "telekom": 0.28, "vodafone": 0.27, "1und1": 0.07, "e-plus": 0.04}
BRANDED = 0.3
PROBLEM_SHARES = (0.2, 0.08, 0.07, 0.15, 0.04, 0.16, 0.22, 0.08)
SECOND_PROBLEM, WORKS = 0.25, 0.1
POSTGRES_EPOCH_DAY = 10_957
DAY = 86_400_000_000

_COLUMNS: dict[str, str] = {
    "submission": "V16",
    "carrier_id": ">i2",
    "network_id": ">i2",
    "problems": ">i2",
    **dict.fromkeys(("technology", "situation", "frequency", "hotline", "device", "system", "text", "name"), ""),
    "happened_at": ">i8",
    "received_at": ">i8",
    "happened_on": ">i4",
    "latitude": ">f8",
    "longitude": ">f8",
    "precision": "S5",
    "zorder": ">i8",
    "place_text": "",
    "source": "S3",
    "land_id": ">i8",
    "town_id": ">i8",
}


def fill(url: str, count: int, seed: int = 2011, progress: Callable[[int], object] = lambda n: None) -> float:
    """Stores `count` reports in an empty table and returns the seconds that took; indexes are made afterwards."""
    random = np.random.default_rng(seed)
    started = time.monotonic()
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys are right by construction
        towns = _towns(cursor)
        mix = _mix(cursor)
        indexes = _without_indexes(cursor)
        with cursor.copy(f"COPY complaints_report ({', '.join(_COLUMNS)}) FROM STDIN (FORMAT binary)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for first in range(0, count, CHUNK):
                size = min(CHUNK, count - first)
                copy.write(_records(random, first, size, towns, mix).tobytes())
                progress(size)
            copy.write(b"\xff\xff")
        for definition in indexes:
            cursor.execute(definition)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE complaints_report")
    return time.monotonic() - started


def _towns(cursor: psycopg.Cursor[Any]) -> NDArray[np.float64]:
    """Rows (id, land, latitude, longitude, population) of all towns."""
    cursor.execute("SELECT id, land_id, latitude, longitude, population FROM complaints_place WHERE kind = 'town'")
    return np.array(cursor.fetchall(), float)


def _mix(cursor: psycopg.Cursor[Any]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Rows (carrier, network) and their shares of the reports."""
    cursor.execute(
        "SELECT c.id, n.id, n.slug FROM complaints_carrier c JOIN complaints_carrier n ON n.id = c.runs_on_id"
    )
    rows = cursor.fetchall()
    shares = []
    for carrier, network, slug in rows:
        brands = sum(row[1] == network for row in rows) - 1
        own = 1 - BRANDED if brands else 1
        shares.append(NETWORK_SHARES[slug] * (own if carrier == network else BRANDED / brands))
    return np.array([row[:2] for row in rows]), np.array(shares) / sum(shares)


def _without_indexes(cursor: psycopg.Cursor[Any]) -> list[str]:
    """Drops the indexes that no constraint needs and returns how to make them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'complaints_report'"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        " AND indexdef NOT LIKE 'CREATE UNIQUE%'"
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def _records(
    random: np.random.Generator, first: int, size: int, towns: NDArray[Any], mix: tuple[NDArray[Any], NDArray[Any]]
) -> NDArray[Any]:
    """The reports `first` to `first + size` as binary COPY rows."""
    values = _drawn(random, size, towns, mix)
    number = np.zeros((size, 2), ">i8")
    number[:, 1] = np.arange(first, first + size)
    values["submission"] = number.view("V16")[:, 0]
    records = np.zeros(size, np.dtype(list(_fields())))
    records["columns"] = len(_COLUMNS)
    for name, kind in _COLUMNS.items():
        records[f"{name}_size"] = np.dtype(kind).itemsize if kind else 0
        if kind:
            records[name] = values[name]
    return records


def _fields() -> Iterator[tuple[str, str]]:
    yield "columns", ">i2"
    for name, kind in _COLUMNS.items():
        yield f"{name}_size", ">i4"
        if kind:
            yield name, kind


def _drawn(
    random: np.random.Generator, size: int, towns: NDArray[Any], mix: tuple[NDArray[Any], NDArray[Any]]
) -> dict[str, Any]:
    town = towns[random.choice(len(towns), size, p=towns[:, 4] / towns[:, 4].sum())]
    spread = 0.012 + np.sqrt(town[:, 4]) * 4e-5
    latitude = np.round(np.clip(town[:, 2] + random.normal(0, spread), 47, 55.2), 3)
    longitude = np.round(np.clip(town[:, 3] + random.normal(0, spread * 1.6), 5.8, 15.1), 3)
    pair = mix[0][random.choice(len(mix[1]), size, p=mix[1])]
    today = int(time.time() // 86_400) - POSTGRES_EPOCH_DAY
    day = today - (DAYS * random.random(size) ** 1.2).astype(np.int64)
    at = day * DAY + random.integers(0, DAY // 2, size)
    return {
        "carrier_id": pair[:, 0],
        "network_id": pair[:, 1],
        "problems": _problems(random, size),
        "happened_at": at,
        "received_at": at + 60_000_000,
        "happened_on": day,
        "latitude": latitude,
        "longitude": longitude,
        "precision": b"point",
        "zorder": zorder.encode_many(latitude, longitude),
        "source": b"web",
        "land_id": town[:, 1],
        "town_id": town[:, 0],
    }


def _problems(random: np.random.Generator, size: int) -> NDArray[np.int64]:
    kinds = random.choice(len(PROBLEM_SHARES), (2, size), p=PROBLEM_SHARES)
    second = np.where(random.random(size) < SECOND_PROBLEM, 1 << kinds[1], 0)
    return np.where(random.random(size) < WORKS, 256, (1 << kinds[0]) | second)
