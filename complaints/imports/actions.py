"""Reports in bulk: PostgreSQL's COPY instead of one insert each."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from django.db import connection, transaction

from complaints.reports.actions import counted_later

NOTICE_EVERY = 5_000
BINARY_BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
BINARY_END = b"\xff\xff"


@dataclass(frozen=True, slots=True)
class Row:
    """A valid report as its table stores it, all but the number; COPY checks only the table's own constraints.

    `happened_on` is the local day of `happened_at`, `zorder` the key of the coordinates, `network_id` the network that
    the carrier runs on: whoever makes rows keeps these in step.
    """

    submission: UUID
    carrier_id: int
    network_id: int
    problems: int
    happened_at: datetime
    received_at: datetime
    happened_on: date
    latitude: float
    longitude: float
    zorder: int
    land_id: int
    district_id: int | None
    town_id: int | None
    quarter_id: int | None
    precision: str
    place_text: str
    technology: str
    situation: str
    frequency: str
    hotline: str
    device: str
    system: str
    text: str
    name: str
    source: str


_values = attrgetter(*(field.name for field in fields(Row)))
COLUMNS = ("number", *(field.name for field in fields(Row)))
"""The columns of `copy_binary`, in the order of its fields."""


def copy_reports(
    *, rows: Iterable[Row], numbered_from: int | None = None, progress: Callable[[int], object] | None = None
) -> int:
    """Stores rows by COPY, all or none, and returns how many; `progress` is told how many more are in.

    With `numbered_from` they get consecutive case numbers from there on, and later filings go on behind the highest;
    without it the table numbers them. Where others may file meanwhile, choose the number inside of `alone`. `rows`
    must not ask the database, which is busy with them. The map does not learn of them: `rebuild` of
    complaints/maps comes afterwards. Raises IntegrityError.
    """
    count = 0
    names = COLUMNS[1:] if numbered_from is None else COLUMNS
    with counted_later(), connection.wrap_database_errors, connection.cursor() as cursor:
        with cursor.copy(_statement(names, "")) as copy:
            for count, row in enumerate(rows, start=1):
                values = _values(row)
                copy.write_row(values if numbered_from is None else (numbered_from + count - 1, *values))
                if progress and count % NOTICE_EVERY == 0:
                    progress(NOTICE_EVERY)
        settle()
    if progress:
        progress(count % NOTICE_EVERY)
    return count


def copy_binary(*, blocks: Iterable[bytes]) -> None:
    """Stores rows already in the format of `COPY ... (FORMAT binary)`, without its header and trailer.

    The fields of a row are COLUMNS in that order. Constant memory: a block is sent before the next one is asked for.
    `blocks` must not ask the database, which is busy with them. Does not call `settle`. Raises IntegrityError.
    """
    with (
        counted_later(),
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(_statement(COLUMNS, "(FORMAT binary)")) as copy,
    ):
        copy.write(BINARY_BEGIN)
        for block in blocks:
            copy.write(block)
        copy.write(BINARY_END)


def settle() -> None:
    """Lets new numbers follow the highest one, tells kept pages that the data has changed, and updates statistics."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT setval(sequence, greatest((SELECT max(number) FROM complaints_report), nextval(sequence) - 1, 1))
            FROM pg_get_serial_sequence('complaints_report', 'number') AS sequence
            """
        )
        cursor.execute("SELECT nextval(pg_get_serial_sequence('complaints_tallychange', 'id'))")
        cursor.execute("ANALYZE complaints_report")


@contextmanager
def alone() -> Iterator[None]:
    """A transaction in which nobody else files or changes a report, so that free case numbers stay free.

    All may read.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE complaints_report IN SHARE ROW EXCLUSIVE MODE")
        yield


@contextmanager
def indexes_built_last() -> Iterator[None]:
    """Drops the indexes and the unique and foreign keys of the reports, and makes them again at the end.

    For millions of rows: an index built at once costs a fraction of one kept up row by row. Everything is one
    transaction, so a failure leaves the table as it was; until its end nobody else reads or writes reports.
    The primary key and the checks stay. Raises IntegrityError where the new rows break a key.
    """
    with transaction.atomic(), connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(_KEYS)
        keys: list[tuple[str, str]] = cursor.fetchall()
        cursor.execute(_INDEXES)
        indexes: list[tuple[str, str]] = cursor.fetchall()
        for name, _ in keys:
            cursor.execute(f'ALTER TABLE complaints_report DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, definition in indexes:
            cursor.execute(definition)
        for name, definition in keys:
            cursor.execute(f'ALTER TABLE complaints_report ADD CONSTRAINT "{name}" {definition}')


_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = 'complaints_report'::regclass AND contype IN ('u', 'f') ORDER BY conname
"""
_INDEXES = """
    SELECT relname, pg_get_indexdef(pg_class.oid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indrelid = 'complaints_report'::regclass
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY relname
"""


def _statement(names: tuple[str, ...], options: str) -> str:
    return f"COPY complaints_report ({', '.join(names)}) FROM STDIN {options}"
