"""Do many reports of a place come from a few days? Then its rate tells of an outage more than of a state."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from complaints.base.selection import Selection
from complaints.base.spells import LENGTHS, MOST, Spell, densest
from complaints.figures.shares import FEWEST_REPORTS
from complaints.maps.queries import EVERYWHERE, PlaceSeries, place_series
from complaints.reports.queries import days

FEWEST = 10
"""With fewer reports of a place most of them easily come from one week by accident."""
LONG, MANY = 90, 0.2
"""Where a period has so many days with reports from anywhere, this share of a place's reports is told of, too."""


@dataclass(frozen=True)
class Stretch:
    """Counts of all places for each day from `first` on."""

    first: date
    series: PlaceSeries


def bursts(selection: Selection, last: date) -> Callable[[int], Spell | None]:
    """Looks up the burst of a place in a selection of networks and days: most of its reports, or MANY in a long period.

    One statement; for all days one for the years, and one for each year that holds MANY of any place's reports.
    """
    if selection.since is not None:
        stretch = stretch_of(selection, selection.since, last)
        return lambda place: _burst(place, int(stretch.series.of(place).sum()), [stretch], _shares([stretch]))
    years = years_of(days()[0] or last, last)
    whole = place_series(replace(selection, until=last), years)
    rows = whole.trouble[(whole.place != EVERYWHERE) & (whole.trouble.sum(axis=1) >= FEWEST)]
    many = (rows > MANY * rows.sum(axis=1, keepdims=True)).any(axis=0)
    overlap = timedelta(days=LENGTHS[-1] - 1)  # days in a row may cross the end of a year
    closely = [
        (first - overlap, end + overlap) for (first, end), is_candidate in zip(years, many, strict=True) if is_candidate
    ]
    stretches = [stretch_of(selection, max(first, years[0][0]), min(end, last)) for first, end in closely]
    return lambda place: _burst(place, int(whole.of(place).sum()), stretches, _shares(stretches))


def _shares(stretches: list[Stretch]) -> tuple[float, ...]:
    """Which shares of a place's reports are told of: in a long period also less than most."""
    used = sum(int((stretch.series.of(EVERYWHERE) > 0).sum()) for stretch in stretches)
    return (MOST, MANY) if used >= LONG else (MOST,)


def years_of(begin: date, last: date) -> list[tuple[date, date]]:
    firsts = [max(begin, date(year, 1, 1)) for year in range(begin.year, last.year + 1)]
    return [(first, min(last, date(first.year, 12, 31))) for first in firsts]


def stretch_of(selection: Selection, first: date, last: date) -> Stretch:
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return Stretch(first, place_series(replace(selection, since=first, until=last), [(day, day) for day in every]))


def _burst(place: int, base: int, stretches: list[Stretch], shares: tuple[float, ...]) -> Spell | None:
    """The shortest burst that holds more than the first of some shares, else more than the next."""
    told = shares if base >= FEWEST_REPORTS else (MOST,) if base >= FEWEST else ()
    for share in told:
        found = [(stretch.first, densest(stretch.series.of(place), base, share)) for stretch in stretches]
        spells = [Spell(spell[0], base, first + timedelta(days=spell[1]), spell[2]) for first, spell in found if spell]
        if spells:
            return min(spells, key=lambda burst: (burst.length, -burst.count))
    return None
