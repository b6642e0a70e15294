"""How far a report has come, and which change may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    FILED = "filed", _("filed")
    ANSWERED = "answered", _("answered")
    SAID_FIXED = "said-fixed", _("the carrier says it is fixed")
    CONFIRMED = "confirmed", _("customers confirm that it works")
    STILL_BAD = "still-bad", _("customers say it is still bad")
    REOPENED = "reopened", _("open again")


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.FILED: frozenset({Status.ANSWERED, Status.SAID_FIXED, Status.CONFIRMED}),
    Status.ANSWERED: frozenset({Status.SAID_FIXED, Status.CONFIRMED, Status.REOPENED}),
    Status.SAID_FIXED: frozenset({Status.CONFIRMED, Status.STILL_BAD, Status.REOPENED}),
    Status.CONFIRMED: frozenset({Status.STILL_BAD, Status.REOPENED}),
    Status.STILL_BAD: frozenset({Status.ANSWERED, Status.SAID_FIXED, Status.CONFIRMED, Status.REOPENED}),
    Status.REOPENED: frozenset({Status.ANSWERED, Status.SAID_FIXED, Status.CONFIRMED}),
}
"""What may follow each status; the same again is no change."""


def may_follow(before: str, after: str) -> bool:
    return Status(after) in TRANSITIONS[Status(before)]
