"""What happens to reports: filed, changed, withdrawn, hidden."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from complaints.base import retention, zorder
from complaints.moderation.queries import Admission
from complaints.reports import intake
from complaints.reports.models import Contact, Report


@dataclass(frozen=True)
class Filing:
    """A valid report as typed, with its place resolved; what `actions.file_report` takes."""

    submission: UUID
    carrier_id: int
    network_id: int
    problems: int
    latitude: float
    longitude: float
    precision: str
    place_text: str
    land_id: int
    district_id: int | None
    town_id: int | None
    quarter_id: int | None
    happened_at: datetime
    received_at: datetime
    technology: str
    situation: str
    frequency: str
    hotline: str
    device: str
    system: str
    text: str
    name: str
    email: str


_NAMES = tuple(field.name for field in fields(Filing))


@dataclass(frozen=True)
class Filed:
    """A stored report, and whether this very call stored it."""

    report: Report
    created: bool


def file_report(
    *,
    filing: Filing,
    language: str = "de",
    on_contact: Callable[[int], object],
    admission: Admission,
    repeats: bool = False,
) -> Filed:
    """Stores a report; the same `submission` again gives the first report.

    Two calls at the same instant are one report: the database's unique constraint decides. The report and how it
    arrived are one statement; with an address one transaction, after whose commit `on_contact` gets the number. What
    the limits did not let through waits for a look and counts nowhere until then.
    """
    report = Report(**_columns(filing), submission=filing.submission, received_at=filing.received_at)
    report.repeats = repeats
    report.held_at = filing.received_at if admission.verdict.held else None
    report.held_reason = admission.verdict.reason
    if filing.email:
        with transaction.atomic():
            stored = intake.store(report, admission.arrival)
            if stored:
                Contact.objects.create(report=report, email=filing.email, language=language)
                transaction.on_commit(partial(on_contact, report.number))
    else:
        stored = intake.store(report, admission.arrival)
    return Filed(report if stored else Report.objects.get(submission=filing.submission), created=stored)


def change_report(
    *,
    report: Report,
    filing: Filing,
    language: str = "de",
    on_contact: Callable[[int], object],
    admission: Admission | None = None,
) -> None:
    """Replaces what a report says; its number, submission key and arrival stay.

    `admission` is the judgement of what the edit says; None where it says the same as before. An edit over a limit
    waits for a look; a report that waits goes on waiting, whatever the edit says. A new address is stored and told to
    `on_contact` after the commit. Raises Report.DoesNotExist where the report was withdrawn or hidden meanwhile.
    """
    with transaction.atomic():
        stored = Report.objects.select_for_update().get(number=report.number, withdrawn_at=None, hidden_at=None)
        stored.repeats &= (stored.network_id, stored.town_id) == (filing.network_id, filing.town_id)
        for name, value in _columns(filing).items():
            setattr(stored, name, value)
        stored.happened_at = min(stored.happened_at, stored.received_at)
        stored.happened_on = timezone.localdate(stored.happened_at)
        stored.edited_at = timezone.now()
        if admission:
            _judge_again(stored, admission)
        stored.save()
        if filing.email:
            address = {"email": filing.email, "language": language}
            Contact.objects.update_or_create(report=stored, defaults=address)
            transaction.on_commit(partial(on_contact, stored.number))


def _judge_again(stored: Report, admission: Admission) -> None:
    """Stores the arrival of an edit and holds what is over a limit; a reason that no answer clears replaces others."""
    admission.arrival.report = stored.number
    admission.arrival.save(force_insert=True)
    if admission.verdict.held and (stored.held_at is None or not admission.verdict.ask):
        stored.held_at, stored.held_reason = stored.held_at or timezone.now(), admission.verdict.reason


def withdraw_report(*, report: Report) -> None:
    """Takes a report back for its author: out of all figures, and its personal words are erased. Safe to repeat."""
    with transaction.atomic():
        stored = Report.objects.select_for_update().get(number=report.number)
        if stored.withdrawn_at:
            return
        stored.withdrawn_at = timezone.now()
        stored.text = stored.name = stored.device = stored.system = stored.place_text = ""
        stored.save()
        Contact.objects.filter(report=stored).delete()


def hide_report(*, report: Report) -> None:
    """Takes a report out of public view and all figures; nothing of it is erased. Safe to repeat."""
    Report.objects.filter(number=report.number, hidden_at=None).update(hidden_at=timezone.now())


def show_report(*, report: Report) -> None:
    """Undoes `hide_report`. Safe to repeat."""
    Report.objects.filter(number=report.number).update(hidden_at=None)


def release_report(*, report: Report) -> None:
    """Lets a held report count from now on; its reason stays for the record. Safe to repeat."""
    Report.objects.filter(number=report.number).exclude(held_at=None).update(held_at=None)


def forget_contacts() -> int:
    """Deletes the e-mail addresses whose time is over (complaints/base/retention.py); returns how many."""
    gone, _rows = Contact.objects.filter(created_at__lt=timezone.now() - retention.CONTACTS).delete()
    return gone


@contextmanager
def counted_later() -> Iterator[None]:
    """A transaction whose reports leave no news for the figures: who writes in bulk rebuilds the map afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL einzelfall.counted_later = 'on'")
        yield


def _columns(filing: Filing) -> dict[str, object]:
    apart = ("submission", "received_at", "email")
    columns: dict[str, object] = {name: getattr(filing, name) for name in _NAMES if name not in apart}
    return columns | {
        "happened_on": timezone.localdate(filing.happened_at),
        "zorder": zorder.encode(filing.latitude, filing.longitude),
    }
