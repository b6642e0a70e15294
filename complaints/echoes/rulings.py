"""What the site's staff decide about echoes that wait: all of a report at once, each with its row in the public log.

Importing this tells complaints/moderation how many wait; `ComplaintsConfig.ready` does.
"""

from django.db import transaction

from complaints.echoes.models import Echo
from complaints.moderation import exhibits
from complaints.moderation.actions import decide
from complaints.moderation.models import Subject, Verb


@transaction.atomic
def release(*, report: int, note: str = "", by: str) -> int:
    """Lets the held echoes of a report count from now on; how many. Safe to repeat."""
    released = Echo.objects.held().filter(report=report).update(held_at=None)
    if released:
        decide(subject=Subject.ECHO, number=report, verb=Verb.RELEASED, note=note, by=by)
    return released


@transaction.atomic
def drop(*, report: int, reason: str, note: str = "", by: str) -> int:
    """Deletes the held echoes of a report, which counted nowhere; how many. Safe to repeat."""
    dropped, _rows = Echo.objects.held().filter(report=report).delete()
    if dropped:
        decide(subject=Subject.ECHO, number=report, verb=Verb.REJECTED, reason=reason, note=note, by=by)
    return dropped


def _find(number: int) -> None:
    """Nobody objects to taps: there is nothing to read in them."""


def _hide(*, number: int, reason: str, note: str, by: str) -> None:
    drop(report=number, reason=reason, note=note, by=by)


def _show(*, number: int, note: str, by: str) -> None:
    """What was dropped is gone."""


def _waiting() -> int:
    return Echo.objects.held().count()


exhibits.register(Subject.ECHO, exhibits.Kind(_find, _hide, _show, _waiting))
