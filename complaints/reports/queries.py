"""What pages list and count about reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from math import cos, degrees, radians
from operator import or_
from typing import Any

from django.db.models import Case, F, Max, Min, OuterRef, Q, Subquery, When
from django.utils import timezone

from complaints import reading
from complaints.base import zorder
from complaints.base.memo import for_seconds
from complaints.base.receipt import DAYS, RADIUS, WEEKS_BEFORE, Around, Receipt, last_day, spell_before
from complaints.base.selection import Selection
from complaints.places import queries as places
from complaints.places.models import Kind, Place
from complaints.reports.models import TROUBLE_BITS, Precision, Report, ReportQuerySet, Source
from complaints.reports.news import Cause, StatusChange
from complaints.reports.status import Status

PAGE_SIZE = 40
LAST_PAGE = 400
COUNT_LIMIT = 10_000
EXPORT_LIMIT = 20_000
"""Rows of one download: what a slow line takes before the web server loses patience."""
FEW = 20


@dataclass(frozen=True)
class Spot:
    """Where a report happened: rounded coordinates, how exact they are, and the places that hold them."""

    latitude: float
    longitude: float
    precision: str
    land_id: int
    district_id: int | None
    town_id: int | None
    quarter_id: int | None


def spot_at(latitude: float, longitude: float) -> Spot | None:
    """The spot of a tapped or measured point, rounded to 0.001 degrees; None outside of the covered Länder."""
    lat, lon = round(latitude, 3), round(longitude, 3)
    found = places.locate(lat, lon)
    if found is None:
        return None
    return Spot(lat, lon, Precision.POINT, found.land_id, found.district_id, found.town_id, found.quarter_id)


def spot_of(match: places.Match) -> Spot:
    """The spot of a place that was named."""
    return Spot(
        round(match.latitude, 3),
        round(match.longitude, 3),
        match.precision,
        match.land_id,
        match.district_id,
        match.town_id,
        match.quarter_id,
    )


def spot_in(report: Report) -> Spot:
    """The spot of a stored report."""
    places_of = (report.land_id, report.district_id, report.town_id, report.quarter_id)
    return Spot(report.latitude, report.longitude, report.precision, *places_of)


def coarser(spot: Spot) -> Spot | None:
    """The middle of a spot's town instead of the spot, None where it has no town; one query."""
    town = Place.objects.filter(id=spot.town_id).first() if spot.town_id else None
    if town is None:
        return None
    middle = (round(town.latitude, 3), round(town.longitude, 3))
    return Spot(*middle, Precision.TOWN, spot.land_id, spot.district_id, spot.town_id, None)


@dataclass(frozen=True)
class Page:
    """One page of a list: its reports, its number, and how many match in all (at most COUNT_LIMIT are counted)."""

    reports: list[Report]
    number: int
    count: int
    counted_all: bool

    @property
    def has_next(self) -> bool:
        return self.number < LAST_PAGE and (not self.counted_all or self.number * PAGE_SIZE < self.count)

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1


def version() -> str:
    """A counter that changes with every report filed, changed or taken out, once that is committed; one small query.

    The sequence of TallyChange runs ahead of commits. So the numbers of transactions that are writing in this very
    database complete it: a page made while a filing was open never shares its version with one made afterwards. On a
    replica the replayed position takes the place of both.
    """
    with reading.cursor() as cursor:
        cursor.execute(
            """
            SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text ELSE concat_ws('+', last_value, (
                SELECT string_agg(backend_xid::text, '+' ORDER BY pid) FROM pg_stat_activity
                WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
            )) END
            FROM complaints_tallychange_id_seq
            """
        )
        row: tuple[str] = cursor.fetchone()
    return row[0]


def selected(selection: Selection) -> ReportQuerySet:
    """The public reports of a selection, unordered."""
    columns = {
        "network__in": selection.networks,
        "carrier__in": selection.carriers,
        "happened_on__gte": selection.since,
        "happened_on__lte": selection.until,
    }
    reports = Report.objects.all().public().filter(**{name: value for name, value in columns.items() if value})
    if selection.problems:
        reports = reports.annotate(ticked=F("problems").bitand(selection.problems)).filter(ticked__gt=0)
    if selection.cell:
        reports = reports.filter(zorder__gte=selection.cell[0], zorder__lt=selection.cell[1])
    if selection.area:
        squares = (Q(zorder__gte=low, zorder__lt=high) for low, high in selection.area)
        reports = reports.filter(reduce(or_, squares))
    if selection.place:
        reports = reports.filter(_in_place(Place.objects.get(id=selection.place)))
    if selection.text:
        reports = reports.saying(selection.text)
    return reports


def _in_place(place: Place) -> Q:
    column = {Kind.LAND: "land", Kind.DISTRICT: "district", Kind.TOWN: "town", Kind.QUARTER: "quarter"}[
        Kind(place.kind)
    ]
    return Q(**{column: place.id})


def list_page(selection: Selection, number: int) -> Page:
    """A page of the list, newest first; two queries."""
    reports = selected(selection)
    count = reports.order_by()[: COUNT_LIMIT + 1].count()
    start = (number - 1) * PAGE_SIZE
    rows = list(reports.for_list().newest()[start : start + PAGE_SIZE])
    return Page(rows, number, min(count, COUNT_LIMIT), counted_all=count <= COUNT_LIMIT)


def days() -> tuple[date | None, date | None]:
    """The first and the last day on which something happened; two index look-ups."""
    public = Report.objects.all().public()
    found = public.aggregate(first=Min("happened_on"), last=Max("happened_on"))
    return found["first"], found["last"]


def newest(selection: Selection, limit: int) -> list[Report]:
    """The newest reports of a selection, ready for a list; one query."""
    return list(selected(selection).for_list().newest()[:limit])


def export_rows(selection: Selection) -> Iterator[Report]:
    """The newest EXPORT_LIMIT reports of a selection through a server-side cursor, in constant memory.

    `first_answer` is when the carrier first answered, also of those that are open again.
    """
    answers = StatusChange.objects.filter(report=OuterRef("pk"), cause=Cause.ANSWER).order_by("changed_at")
    again = When(status=Status.REOPENED, then=Subquery(answers.values("changed_at")[:1]))
    return (
        selected(selection)
        .annotate(first_answer=Case(again, default=F("answered_at")))
        .for_list()
        .newest()[:EXPORT_LIMIT]
        .iterator(chunk_size=2000)
    )


_AROUND = """
    SELECT %(day)s - happened_on, count(*), count(*) FILTER (WHERE number <= %(number)s)
    FROM complaints_report
    WHERE hidden_at IS NULL AND withdrawn_at IS NULL AND held_at IS NULL
      AND network_id = %(network)s AND problems <= %(trouble)s AND NOT repeats
      AND happened_on BETWEEN least(%(since)s, %(day)s - 30) AND %(day)s AND {where}
    GROUP BY 1
"""


def receipt(report: Report) -> Receipt:
    """The figures of a report's receipt, in the first scope where it is not alone: 2 km, quarter, town, Kreis.

    Reports known only to a town or quarter begin with that; a receipt counts up to `last_day`. Trouble reports of the
    same network only; two to five queries, each an index range scan.
    """
    last = last_day(report.happened_on, timezone.localdate())
    since = _observed_since(last)
    observed = (last - since).days
    weeks = max(0, observed - 6) / 7
    found = None
    for scope, place, where, values in _scopes(report):
        parameters = values | {
            "day": last,
            "since": since,
            "network": report.network_id,
            "number": report.number,
            "trouble": TROUBLE_BITS,
        }
        with reading.cursor() as cursor:
            cursor.execute(_AROUND.format(where=where), parameters)
            rows: list[tuple[int, int, int]] = cursor.fetchall()
        around = _around(rows, last, observed, least=1 if report.repeats else 0)
        after, itself = (last - report.happened_on).days, 0 if report.works else 1
        found = Receipt(Around(scope, place, weeks=weeks, last=last, after=after, itself=itself, **around))
        if not found.alone:
            break
    assert found is not None  # noqa: S101  there is always the circle or a place
    return found


def _around(rows: list[tuple[int, int, int]], last: date, observed: int, least: int) -> dict[str, Any]:
    """The figures of (days ago, reports, those up to the own number); `observed` days ago the site was in use first.

    `least` is 1 where the report itself is not among them: then one of them, where there is one, has the same author.
    """
    by_day = {ago: count for ago, count, _rank in rows}
    return {
        "week": max(least, sum(by_day.get(ago, 0) for ago in range(7))),
        "month": max(least, sum(by_day.get(ago, 0) for ago in range(DAYS))),
        "rank": max(least, sum(rank for ago, _count, rank in rows if ago < 7)),
        "before": sum(count for ago, count in by_day.items() if 7 <= ago <= observed),
        "spell": spell_before(by_day, last, observed),
        "days": tuple(by_day.get(ago, 0) for ago in reversed(range(DAYS))),
    }


def _observed_since(day: date) -> date:
    """Since when, within the 52 weeks before the last week, the site has been in use; the day itself if it is not.

    The day of the FEW-th public report: a single one with an old date must not stretch the time that counts as usual.
    """
    earliest = day - timedelta(days=6 + 7 * WEEKS_BEFORE)
    days = Report.objects.all().public().filter(happened_on__range=(earliest, day)).order_by("happened_on")
    return next(iter(days.values_list("happened_on", flat=True)[FEW - 1 : FEW]), day)


def _scopes(report: Report) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(scope, place name, SQL condition, its values) from near to far; who reports again is known to a town only."""
    if report.precision == Precision.POINT and not report.repeats:
        ranges = zorder.circle_ranges(report.latitude, report.longitude, RADIUS)
        values: dict[str, Any] = {
            "lat": report.latitude,
            "lon": report.longitude,
            "shrink": cos(radians(report.latitude)),
        }
        inside = []
        for n, (low, high) in enumerate(ranges):
            values |= {f"low{n}": low, f"high{n}": high - 1}
            inside.append(f"zorder BETWEEN %(low{n})s AND %(high{n})s")
        near = "(latitude - %(lat)s) ^ 2 + ((longitude - %(lon)s) * %(shrink)s) ^ 2 <= %(reach)s"
        values["reach"] = degrees(RADIUS / zorder.EARTH_RADIUS) ** 2
        yield "circle", "", f"({' OR '.join(inside)}) AND {near} AND precision = 'point'", values
    for scope in ("quarter", "town", "district"):
        place: Place | None = getattr(report, scope)
        if place and not (
            scope == "quarter" and (report.repeats or report.precision in (Precision.TOWN, Precision.POINT))
        ):
            yield scope, place.name, f"{scope}_id = %(place)s", {"place": place.id}
    if report.precision != Precision.POINT and report.town_id is None and report.district_id is None:
        yield "land", report.land.name, "land_id = %(place)s", {"place": report.land_id}


@for_seconds(60)
def waiting_count() -> int:
    """How many reports are kept out of all figures until somebody has looked; asked once a minute."""
    return Report.objects.all().waiting().count()


@for_seconds(60)
def has_demo_data() -> bool:
    """Whether any report is synthetic; asked of the database once a minute."""
    return Report.objects.filter(source=Source.DEMO).exists()
