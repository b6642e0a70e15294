"""Which database the reads of the work at hand go to: the primary, unless the project chose a replica."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

_alias: ContextVar[str] = ContextVar("reading", default=DEFAULT_DB_ALIAS)


def alias() -> str:
    """The name of the database in `settings.DATABASES`."""
    return _alias.get()


def cursor() -> CursorWrapper:
    """A cursor for SQL that only reads; `connection.cursor()` would always ask the primary."""
    return connections[_alias.get()].cursor()


@contextmanager
def from_database(name: str) -> Iterator[None]:
    """Reads go to the database of this name inside the block."""
    token = _alias.set(name)
    try:
        yield
    finally:
        _alias.reset(token)
