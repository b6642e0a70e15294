"""Since when a network is reported: a site takes carriers in at different times, and before that there is no data."""

from collections.abc import Iterable
from datetime import date, timedelta

from complaints.base.memo import for_seconds
from complaints.base.selection import Selection
from complaints.carriers import queries as carriers
from complaints.figures.bursts import stretch_of, years_of
from complaints.figures.shares import Share
from complaints.maps.queries import EVERYWHERE, place_series
from complaints.reports.queries import days

LATE = timedelta(days=14)


@for_seconds(60)
def begins() -> dict[int, date]:
    """The day of the first trouble report of each network that has one; two statements a network, once a minute."""
    first, last = days()
    if first is None or last is None:
        return {}
    years, found = years_of(first, last), {}
    for network in carriers.networks():
        selection = Selection(networks=(network.id,))
        used = place_series(selection, years).of(EVERYWHERE).nonzero()[0]
        if len(used):
            year = stretch_of(selection, *years[used[0]])
            found[network.id] = year.first + timedelta(days=int(year.series.of(EVERYWHERE).nonzero()[0][0]))
    return found


def late(shares: Iterable[Share]) -> list[tuple[str, date]]:
    """The networks among some shares whose first report came LATE after the first of all, each with its day."""
    first, known = days()[0], begins()
    names = {share.label for share in shares}
    rows = [(row.name, known[row.id]) for row in carriers.networks() if row.name in names and row.id in known]
    return [(name, day) for name, day in rows if first and day - first > LATE]
