"""COPY of reports: numbers, sequences, constraints, indexes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from complaints.base import zorder
from complaints.imports.actions import Row, copy_reports, indexes_built_last
from complaints.reports.models import Report
from complaints.reports.queries import version
from tests.builders import a_report, a_town

pytestmark = pytest.mark.django_db


def a_row(n: int = 1, **fields: object) -> Row:
    town = a_town()
    values: dict[str, object] = {
        "submission": UUID(int=n),
        "carrier_id": 1,
        "network_id": 1,
        "problems": 8,
        "happened_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "received_at": datetime(2026, 3, 1, 12, 1, tzinfo=UTC),
        "happened_on": date(2026, 3, 1),
        "latitude": 51.962,
        "longitude": 7.626,
        "zorder": zorder.encode(51.962, 7.626),
        "land_id": town.land_id,
        "district_id": None,
        "town_id": town.pk,
        "quarter_id": None,
        "precision": "point",
        "place_text": 'Tab\tand "quote"',
        "technology": "4g",
        "situation": "train",
        "frequency": "often",
        "hotline": "isolated",
        "device": "iPhone 4",
        "system": "iOS 5",
        "text": "Zwei\nZeilen, ein \\ und ein ä.",
        "name": "Anja K.",
        "source": "import",
    }
    return Row(**(values | fields))  # type: ignore[arg-type]


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'complaints_report'")
        definitions = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'complaints_report'::regclass"
        )
        return definitions | {row[0] for row in cursor.fetchall()}


def test_it_stores_rows_as_they_are() -> None:
    told: list[int] = []
    assert copy_reports(rows=[a_row(1), a_row(2)], progress=told.append) == 2
    report = Report.objects.newest()[0]
    assert (report.text, report.place_text) == ("Zwei\nZeilen, ein \\ und ein ä.", 'Tab\tand "quote"')
    assert report.district_id is None
    assert sum(told) == 2


def test_it_numbers_from_where_it_is_told_and_filing_goes_on_behind() -> None:
    first = a_report().number + 500
    copy_reports(rows=[a_row(1), a_row(2)], numbered_from=first)
    assert list(Report.objects.values_list("number", flat=True)[:2]) == [first + 1, first]
    assert a_report().number == first + 2


def test_it_leaves_the_numbers_to_the_table() -> None:
    first = a_report().number
    copy_reports(rows=[a_row(1)])
    assert Report.objects.newest()[0].number == first + 1
    assert a_report().number == first + 2


def test_it_makes_kept_pages_old() -> None:
    before = version()
    copy_reports(rows=[a_row(1)])
    assert version() != before


@pytest.mark.parametrize("wrong", [{"problems": 0}, {"latitude": 91.0}, {"zorder": -1}, {"text": "x" * 4001}])
def test_it_stores_nothing_if_one_row_breaks_a_rule(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_reports(rows=[a_row(1), a_row(2, **wrong)])
    assert not Report.objects.exists()


def test_it_refuses_a_submission_twice() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_reports(rows=[a_row(1), a_row(1)])


def test_it_builds_indexes_and_keys_again() -> None:
    a_report()
    before = indexes()
    with indexes_built_last():
        copy_reports(rows=[a_row(1)])
        assert len(indexes()) < len(before)
    assert indexes() == before


def test_it_notices_broken_keys_when_building_them_again() -> None:
    def build(rows: Iterator[Row]) -> None:
        with transaction.atomic(), indexes_built_last():
            copy_reports(rows=rows)

    before = indexes()
    with pytest.raises(IntegrityError):
        build(iter([a_row(1, town_id=999_999_999)]))
    assert not Report.objects.exists()
    assert indexes() == before
