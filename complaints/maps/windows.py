"""The periods offered with one tap, and the slider."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints.base.selection import Selection
from complaints.base.tags import day
from complaints.maps.timeline import Bar, bars

DAYS = ((7, _("7 days")), (30, _("30 days")), (365, _("12 months")))


@dataclass(frozen=True)
class Window:
    """A period: its label, the query string that asks for it with all other filters kept, whether it is shown now."""

    label: str | Promise
    query: str
    current: bool


def windows(query: QueryDict, today: date) -> list[Window]:
    """The last 7 and 30 days and 12 months with today, and everything."""
    periods: list[tuple[str | Promise, str, str]] = [
        (label, str(today - timedelta(days=days - 1)), str(today)) for days, label in DAYS
    ]
    periods += [(_("everything"), "", "")]
    shown = (query.get("von", ""), query.get("bis", ""))
    return [
        Window(label, _with(query, since, until), shown in ((since, until), (since, "")))
        for label, since, until in periods
    ]


@dataclass(frozen=True)
class Slider:
    """The bars of the time slider, which of them are shown (first and last, from 0), and the years as links."""

    bars: tuple[Bar, ...]
    low: int
    high: int
    years: list[Window]
    days: str = ""
    """The chosen days in words, which need not be where bars begin and end; empty where all are chosen."""

    @property
    def has_break(self) -> bool:
        return any(bar.is_break for bar in self.bars)

    @property
    def last(self) -> int:
        return len(self.bars) - 1

    @property
    def shown(self) -> list[tuple[Bar, bool]]:
        return [(bar, self.low <= n <= self.high) for n, bar in enumerate(self.bars)]


def slider(query: QueryDict, selection: Selection) -> Slider:
    """The slider for a selection; without reports it has no bars."""
    found = bars()
    since, until = selection.since or date.min, selection.until or date.max
    shown = [n for n, bar in enumerate(found) if bar.last >= since and bar.first <= until] or [0]
    years = sorted({bar.last.year for bar in found if bar.count})
    whole = [(str(year), f"{year}-01-01", f"{year}-12-31") for year in years]
    asked = (query.get("von", ""), query.get("bis", ""))
    links = [Window(label, _with(query, first, last), asked == (first, last)) for label, first, last in whole]
    chosen = selection.since and f"{day(selection.since)} – {day(selection.until or timezone.localdate())}"
    return Slider(found, shown[0], shown[-1], links, chosen or "")


def _with(query: QueryDict, since: str, until: str) -> str:
    changed = query.copy()
    for name, value in (("von", since), ("bis", until), ("seite", "")):
        changed.pop(name, None)
        if value:
            changed[name] = value
    return changed.urlencode()
