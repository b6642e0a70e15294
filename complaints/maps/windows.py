"""The periods offered with one tap."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DAYS = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")))


@dataclass(frozen=True)
class Window:
    """A period: its label, the query string that asks for it with all other filters kept, whether it is shown now."""

    label: str | Promise
    query: str
    current: bool


def windows(query: QueryDict, today: date) -> list[Window]:
    """The last 7, 30 and 90 days with today, everything, and the year 2011."""
    periods: list[tuple[str | Promise, str, str]] = [
        (label, str(today - timedelta(days=days - 1)), str(today)) for days, label in DAYS
    ]
    periods += [(_("everything"), "", ""), ("2011", "2011-01-01", "2011-12-31")]
    shown = (query.get("von", ""), query.get("bis", ""))
    return [Window(label, _with(query, since, until), shown == (since, until)) for label, since, until in periods]


def _with(query: QueryDict, since: str, until: str) -> str:
    changed = query.copy()
    for name, value in (("von", since), ("bis", until), ("seite", "")):
        changed.pop(name, None)
        if value:
            changed[name] = value
    return changed.urlencode()
