"""A database whose commits others see: for tests with a second connection, as a server or a second thread has.

Import `transactional_db` into a conftest.py to replace the one of pytest-django there, which flushes all tables: that
would also take the rows that migrations brought (carriers, places).
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoDbBlocker


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets a test commit; what it stored is removed afterwards, what it changed or deleted stays so."""
    with django_db_blocker.unblock():
        assert connection.settings_dict["NAME"].startswith("test_")
        before = {table: _largest_key(table) for table in _tables()}
        yield
        _remove_news(before)
        connection.close()


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def _largest_key(table: str) -> int | None:
    """The largest whole-number key of a table, 0 where it is empty, None where its keys are of another kind."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  our own table names
        if cursor.fetchone()[0] == 0:
            return 0
        key = connection.introspection.get_primary_key_column(cursor, table)
        cursor.execute(f'SELECT max("{key}") FROM "{table}"')  # noqa: S608
        largest = cursor.fetchone()[0]
    return largest if isinstance(largest, int) else None


def _remove_news(before: dict[str, int | None]) -> None:
    empty = [table for table, largest in before.items() if largest == 0]
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in empty))
        for table, largest in before.items():
            if largest:
                key = connection.introspection.get_primary_key_column(cursor, table)
                cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" > %s', [largest])  # noqa: S608
