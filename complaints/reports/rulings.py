"""What the site's staff decide about reports: each change with its row in the public log.

Importing this tells complaints/moderation how a report is found and hidden; `ComplaintsConfig.ready` does.
"""

from django.db import transaction
from django.utils.translation import gettext as _t

from complaints.base.tags import number as localized
from complaints.moderation import exhibits
from complaints.moderation.actions import decide
from complaints.moderation.exhibits import Exhibit
from complaints.moderation.models import Subject, Verb
from complaints.reports import actions
from complaints.reports.models import Report


def hide(*, report: Report, reason: str, note: str = "", by: str) -> None:
    """Takes a report out of public view and all figures; one that waits is rejected. Safe to repeat."""
    if report.hidden_at is None:
        verb = Verb.REJECTED if report.held_at else Verb.HIDDEN
        with transaction.atomic():
            actions.hide_report(report=report)
            decide(subject=Subject.REPORT, number=report.number, verb=verb, reason=reason, note=note, by=by)


def show(*, report: Report, note: str = "", by: str) -> None:
    """Undoes `hide`. Safe to repeat."""
    if report.hidden_at:
        with transaction.atomic():
            actions.show_report(report=report)
            decide(subject=Subject.REPORT, number=report.number, verb=Verb.SHOWN, note=note, by=by)


def release(*, report: Report, note: str = "", by: str) -> None:
    """Lets a held report count from now on. Safe to repeat."""
    if report.held_at:
        with transaction.atomic():
            actions.release_report(report=report)
            decide(subject=Subject.REPORT, number=report.number, verb=Verb.RELEASED, note=note, by=by)


def _find(number: int) -> Exhibit | None:
    found = Report.objects.public().filter(number=number).first()
    return Exhibit(_t("Case no. %s") % localized(number), found.text, found.get_absolute_url()) if found else None


def _hide(*, number: int, reason: str, note: str, by: str) -> None:
    for report in Report.objects.filter(number=number):
        hide(report=report, reason=reason, note=note, by=by)


def _show(*, number: int, note: str, by: str) -> None:
    for report in Report.objects.filter(number=number):
        show(report=report, note=note, by=by)


def _waiting() -> int:
    return Report.objects.waiting().count()


def _words(number: int) -> str:
    return Report.objects.filter(number=number).values_list("text", flat=True).first() or ""


exhibits.register(Subject.REPORT, exhibits.Kind(_find, _hide, _show, _waiting, words=_words))
