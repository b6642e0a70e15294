"""The rows of the demo, drawn once for all tests of this folder."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoDbBlocker

from complaints.carriers.queries import carriers
from complaints.imports.actions import Row
from einzelfall.demo import story
from einzelfall.demo.cases import slugs
from einzelfall.demo.loading import Plan, rows_of
from einzelfall.demo.towns import Towns, load_towns

END = int(datetime(2026, 11, 1, 12, 0, tzinfo=UTC).timestamp())
PLAN = Plan(seed=7, end=END, reports=0)


@pytest.fixture(scope="session")
def rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Row]:
    with django_db_blocker.unblock():
        return rows_of(PLAN)


@pytest.fixture(scope="session")
def past(rows: list[Row]) -> list[Row]:
    return rows[: story.REPORTS]


@pytest.fixture(scope="session")
def today(rows: list[Row]) -> list[Row]:
    return rows[story.REPORTS :]


@pytest.fixture(scope="session")
def towns(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Towns:
    with django_db_blocker.unblock():
        return load_towns()


@pytest.fixture(scope="session")
def brands(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[int, str]:
    """Slugs of carriers by their ids."""
    with django_db_blocker.unblock():
        return {carrier.id: slug for slug, carrier in slugs(carriers()).items()}
