"""One statement stores what the ORM's two inserts would."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import DataError, transaction
from django.utils import timezone

from complaints.base.limits import Verdict
from complaints.carriers.models import Carrier
from complaints.moderation.models import Arrival
from complaints.moderation.queries import Admission
from complaints.reports.actions import Filing, file_report
from complaints.reports.models import Contact, Report
from tests.builders import MUENSTER, a_land, a_town

pytestmark = pytest.mark.django_db


def a_filing(at: datetime, email: str = "") -> Filing:
    town, carrier = a_town(), Carrier.objects.get(slug="aldi-talk")
    words = {name: f"'{name}'" for name in ("device", "system", "text", "name", "place_text")}
    return Filing(
        submission=uuid4(),
        carrier_id=carrier.pk,
        network_id=carrier.runs_on_id or carrier.pk,
        problems=5,
        latitude=MUENSTER[0],
        longitude=MUENSTER[1],
        precision="town",
        land_id=a_land().pk,
        district_id=None,
        town_id=town.pk,
        quarter_id=None,
        happened_at=at,
        received_at=at,
        technology="4g",
        situation="train",
        frequency="often",
        hotline="known",
        email=email,
        **words,
    )


def an_admission(at: datetime, reason: str = "") -> Admission:
    arrival = Arrival(
        address=UUID(int=1),
        network=UUID(int=2),
        device=-(1 << 63),
        cell=1 << 27,
        text=None,
        content=7,
        happened_at=at,
        arrived_at=at,
        held=bool(reason),
    )
    return Admission(Verdict(reason), arrival)


def columns(row: Report | Arrival) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}


@pytest.mark.parametrize("reason", ["", "surge"])
def test_what_is_stored_is_what_was_said(reason: str) -> None:
    now = timezone.now()
    admission = an_admission(now, reason)
    filed = file_report(filing=a_filing(now), on_contact=print, admission=admission)
    assert filed.created
    assert columns(Report.objects.get()) == columns(filed.report)
    assert columns(Arrival.objects.get()) == columns(admission.arrival)
    assert (filed.report.held_reason, filed.report.held_at) == (reason, now if reason else None)


def test_the_same_submission_again_stores_nothing() -> None:
    now, told = timezone.now(), list[int]()
    filing = a_filing(now, email="a@example.org")
    with transaction.atomic():
        first = file_report(filing=filing, on_contact=told.append, admission=an_admission(now))
    again = file_report(filing=replace(filing, text="other"), on_contact=told.append, admission=an_admission(now))
    assert (again.created, again.report.pk, again.report.text) == (False, first.report.pk, "'text'")
    assert [model.objects.count() for model in (Report, Arrival, Contact)] == [1, 1, 1]


def test_what_the_database_cannot_hold_leaves_no_arrival_and_is_an_error_of_django() -> None:
    now = timezone.now()
    with pytest.raises(DataError), transaction.atomic():
        file_report(filing=replace(a_filing(now), name="x" * 61), on_contact=print, admission=an_admission(now))
    assert not Arrival.objects.exists()
