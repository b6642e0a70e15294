"""How long what is kept: the one table that the nightly jobs obey and the privacy page prints."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ARRIVALS = timedelta(hours=48)
PUZZLES = timedelta(days=1)
CONTACTS = timedelta(days=30)
TASKS = timedelta(days=7)
UNCONFIRMED = timedelta(hours=48)
INVITATIONS = timedelta(days=30)
DELIVERIES = timedelta(hours=48)


@dataclass(frozen=True)
class Kept:
    """Something that is kept, and how long."""

    what: str | Promise
    span: timedelta

    @property
    def hours(self) -> int:
        return int(self.span.total_seconds()) // 3600

    @property
    def days(self) -> int:
        return self.span.days


TABLE = (
    Kept(_("keyed hashes of connection, device and text, to recognise floods (never the IP address)"), ARRIVALS),
    Kept(_("answered control questions and work that a browser did instead"), PUZZLES),
    Kept(_("e-mail addresses, after the last message to them"), CONTACTS),
    Kept(_("e-mail addresses that should hear of answers, until they are confirmed"), UNCONFIRMED),
    Kept(_("invitations of carrier staff, with their e-mail address"), INVITATIONS),
    Kept(_("single views of and clicks on ads with a keyed hash of the connection, until they are counts"), DELIVERIES),
    Kept(_("notes about finished background work"), TASKS),
)
