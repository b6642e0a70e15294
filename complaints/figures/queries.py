"""Figures of places and networks: counts, rates with intervals, rankings, trends."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Min
from django.urls import reverse

from complaints.base.chance import Rate, rate_per_100k
from complaints.base.chart import BarChart, bar_chart
from complaints.base.memo import for_seconds
from complaints.base.selection import Selection
from complaints.base.spells import Spell
from complaints.base.tags import day as day_text
from complaints.carriers.queries import CarrierRow
from complaints.figures.bursts import MANY
from complaints.figures.shares import FEWEST_REPORTS
from complaints.maps import queries as maps
from complaints.maps.timeline import is_silent
from complaints.places.models import Kind, Place
from complaints.places.queries import Found
from complaints.reports.models import Report
from complaints.reports.queries import days

FEWEST_INHABITANTS = 20_000
FORTNIGHT, FORTNIGHTS = 14, 26
PERIODS = {"30": 30, "365": 365, "alles": None}


@dataclass(frozen=True)
class PlaceRow:
    """A place as rankings need it."""

    id: int
    kind: str
    name: str
    slug: str
    land_slug: str
    land_name: str
    land_id: int | None
    population: int


@dataclass(frozen=True)
class Standing:
    """A place with its reports in a period; `rank` among the compared towns, 1 is the highest rate."""

    place: PlaceRow
    trouble: int
    works: int
    rate: Rate | None
    rank: int = 0
    burst: Spell | None = None


@dataclass(frozen=True)
class Ranking:
    """Towns by number and by rate; by rate only those with enough inhabitants and reports (see the constants)."""

    by_number: tuple[Standing, ...]
    by_rate: tuple[Standing, ...]
    compared: int

    def of(self, place_id: int) -> Standing | None:
        return next((standing for standing in self.by_rate if standing.place.id == place_id), None)


@for_seconds(60)
def place_rows() -> dict[int, PlaceRow]:
    """All places by id; at most one query a minute."""
    columns = ("id", "kind", "name", "slug", "land__slug", "land__name", "land_id", "population")
    return {
        pk: PlaceRow(pk, kind, name, slug, land_slug or "", land_name or "", land_id, population)
        for pk, kind, name, slug, land_slug, land_name, land_id, population in Place.objects.values_list(*columns)
    }


@dataclass(frozen=True)
class PageLink:
    """The page of a place that was looked for."""

    label: str
    address: str


def pages_of(found: Found) -> list[PageLink]:
    """The pages of the places found, in their order."""
    rows = place_rows()
    known = ((match.label, rows[match.place_id]) for match in found.matches if match.place_id in rows)
    return [PageLink(label, reverse("place", args=(row.land_slug, row.slug))) for label, row in known]


def since_of(period: str, today: date) -> date | None:
    """The first day of a period named as in PERIODS; None for all days."""
    length = PERIODS[period]
    return None if length is None else today - timedelta(days=length - 1)


def ranking(selection: Selection, land: int | None = None) -> Ranking:
    """Towns (of a Land) ranked by trouble reports of a selection without `place`."""
    counts, rows = maps.place_counts(selection), place_rows()
    standings = [
        Standing(row, count.trouble, count.works, rate_per_100k(count.trouble, row.population))
        for place_id, count in counts.items()
        if (row := rows.get(place_id)) and row.kind == Kind.TOWN and land in (None, row.land_id) and count.trouble
    ]
    by_number = sorted(standings, key=lambda s: (-s.trouble, s.place.name))
    compared = [s for s in standings if s.place.population >= FEWEST_INHABITANTS and s.trouble >= FEWEST_REPORTS]
    compared.sort(key=lambda s: (-(s.rate.value if s.rate else 0), s.place.name))
    by_rate = tuple(replace(standing, rank=n) for n, standing in enumerate(compared, 1))
    return Ranking(tuple(by_number), by_rate, len(compared))


def standings(places: Iterable[Place], selection: Selection) -> list[Standing]:
    """Reports of several places in a selection without `place`, in their order."""
    counts, rows = maps.place_counts(selection), place_rows()
    found = []
    for place in places:
        count = counts.get(place.pk, maps.Count(0, 0))
        rate = rate_per_100k(count.trouble, place.population)
        found.append(Standing(rows.get(place.pk) or _row_of(place), count.trouble, count.works, rate))
    return found


def standing(place: Place, selection: Selection) -> Standing:
    """A place's reports in a selection without `place`."""
    return standings([place], selection)[0]


def _row_of(place: Place) -> PlaceRow:
    land = place.land or place
    return PlaceRow(place.pk, place.kind, place.name, place.slug, land.slug, land.name, place.land_id, place.population)


def windows(period: str, last: date) -> Iterator[tuple[str, date, date]]:
    """Parts of a period that ends on a day, each with its name: days of 30, fortnights of a year, years of all."""
    if period == "30":
        for n in range(29, -1, -1):
            day = last - timedelta(days=n)
            yield day_text(day), day, day
    elif period == "365":
        for n in range(FORTNIGHTS - 1, -1, -1):
            end = last - timedelta(days=FORTNIGHT * n)
            first = end - timedelta(days=FORTNIGHT - 1)
            yield f"{day_text(first)} – {day_text(end)}", first, end
    else:
        begin = days()[0] or last
        for year in range(begin.year, last.year + 1):
            yield str(year), date(year, 1, 1), min(date(year, 12, 31), last)


def trend(
    selection: Selection, period: str, last: date, place: int | None = None, begin: date | None = None
) -> BarChart:
    """Trouble reports in the parts of a period, of a place or of the country.

    None where nobody reported at all, and before `begin`, the first report of what is selected.
    """
    values: list[tuple[str, int | None]] = []
    for name, first, end in windows(period, last):
        part = replace(selection, since=first, until=end)
        found = maps.totals(part) if place is None else maps.place_count(part, place)
        nothing = not found.trouble and (is_silent(first, end) or (begin is not None and end < begin))
        values.append((name, None if nothing else found.trouble))
    return bar_chart(values)


def with_bursts(found: Iterable[Standing], burst: Callable[[int], Spell | None]) -> tuple[Standing, ...]:
    """The same standings with their bursts, looked up as `bursts` says."""
    return tuple(replace(row, burst=burst(row.place.id)) for row in found)


def telling(towns: Iterable[Standing], most: int) -> list[Standing]:
    """The towns whose bursts bend shares, the biggest first: each at least MANY of the `most` reports of one share."""
    bent = [(town.burst.count, town) for town in towns if town.burst and town.burst.count >= MANY * most]
    return [town for _count, town in sorted(bent, key=lambda row: -row[0])]


def burst_ranking(found: Ranking, burst: Callable[[int], Spell | None]) -> Ranking:
    """The same ranking with the bursts of the towns that are compared by rate."""
    return replace(found, by_rate=with_bursts(found.by_rate, burst))


def begun(since: date | None) -> date | None:
    """The day of the first report since a day, where it lies more than a fortnight later; one look-up."""
    if since is None:
        return None
    first = Report.objects.all().public().filter(happened_on__gte=since).aggregate(day=Min("happened_on"))["day"]
    return first if first and first - since > timedelta(days=FORTNIGHT) else None


def of_carrier(carrier: CarrierRow) -> Selection:
    """All reports of a network with its brands, or of a brand alone."""
    return Selection(networks=(carrier.id,)) if carrier.is_network else Selection(carriers=(carrier.id,))
