"""The figures of the dashboard: from the packed tiles of the map, the board's snapshots and a few index look-ups."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from complaints.base.chance import Rate, excess_chance, lower_bounds, poisson_interval, rate_per_100k
from complaints.base.chart import BarChart, bar_chart
from complaints.base.selection import Selection
from complaints.base.survival import Estimate, Speed
from complaints.base.tags import day as day_text
from complaints.carriers.models import Carrier
from complaints.carriers.queries import by_id
from complaints.figures.queries import PlaceRow, of_carrier, place_rows
from complaints.maps.queries import EVERYWHERE, PlaceSeries, place_series
from complaints.places.models import Kind, Place
from operators.board import queries as board
from operators.posts.models import Post, Promise, PromiseState
from operators.replies import inbox

USUAL_WEEKS = 8
"""The weeks before the last one that say what is usual."""
ALARM, FEWEST_SEEN = 0.01, 5
"""The chance of a false alarm on the whole page, shared by all places; fewer reports than that are none."""
FEWEST = 5
"""Places with fewer reports in the period are no work orders: a single person can be as many."""
TOP, DRAFTS, BOARD_DAYS = 10, 8, 90
LIVE_SECONDS, DAY_SECONDS = 600, 86_400


@dataclass(frozen=True)
class Asked:
    """What the chart shows: the last `weeks` weeks, a bit mask of problems (0 for all), a place or all."""

    weeks: int = 13
    problems: int = 0
    place: Place | None = None


@dataclass(frozen=True)
class Orders:
    """Which places are work orders: `kind` of place (town or district), of a Land or of all, and how many."""

    weeks: int = 13
    kind: str = Kind.TOWN.value
    land: int | None = None
    length: int = 25


@dataclass(frozen=True)
class PlaceLine:
    """A place with its trouble reports in a period, and in how many of its weeks there was one."""

    place: PlaceRow
    trouble: int
    rate: Rate | None
    weeks: int


@dataclass(frozen=True)
class Alarm:
    """A promise that is not kept yet where people report clearly more than usual: in a week, and usual in one."""

    promise: Promise
    place: PlaceRow
    seen: int
    usual: Estimate
    base: int


@dataclass(frozen=True)
class Waiting:
    """What waits in the inbox, and since when the longest waits."""

    counts: inbox.Counts
    since: datetime | None

    @property
    def hours(self) -> int:
        return int((timezone.now() - self.since).total_seconds() // 3600) if self.since else 0


@dataclass(frozen=True)
class Response:
    """How fast a carrier answered in BOARD_DAYS days, and in as many days before them."""

    as_of: datetime
    row: board.BoardRow | None
    share: Estimate | None
    median: Estimate | None
    share_before: Estimate | None
    median_before: Estimate | None


@dataclass(frozen=True)
class Overview:
    """Everything the dashboard shows of a carrier."""

    waiting: Waiting
    overdue: tuple[Promise, ...]
    alarms: tuple[Alarm, ...]
    watched: int
    chart: BarChart
    top: tuple[PlaceLine, ...]
    response: Response
    unpublished: tuple[Post, ...]


def overview(carrier: Carrier, asked: Asked) -> Overview:
    """A fixed number of queries, whatever the size of the tables."""
    today = timezone.localdate()
    series = _series(carrier, asked.problems, weeks(today, asked.weeks))
    plain = series if not asked.problems else _series(carrier, 0, weeks(today, USUAL_WEEKS + 1))
    promises = _open(carrier)
    return Overview(
        waiting=Waiting(inbox.counts(carrier), inbox.oldest(carrier)),
        overdue=tuple(promise for promise in promises if promise.due_on < today),
        alarms=tuple(alarms(promises, plain)),
        watched=len(promises),
        chart=_chart(series, asked, today),
        top=tuple(_lines(series, _most(series))),
        response=_response(carrier),
        unpublished=tuple(unpublished(carrier)[:DRAFTS]),
    )


def unpublished(carrier: Carrier) -> "list[Post]":
    """Drafts and what is scheduled, the last changed first; one query."""
    rows = Post.objects.filter(Q(published_at=None) | Q(published_at__gt=timezone.now()), carrier=carrier)
    return list(rows.defer("body").order_by("-changed_at")[:DRAFTS])


def weeks(today: date, count: int) -> list[tuple[date, date]]:
    """First and last day of so many weeks of seven days that end today, oldest first."""
    lasts = [today - timedelta(days=7 * n) for n in range(count - 1, -1, -1)]
    return [(last - timedelta(days=6), last) for last in lasts]


def selection_of(carrier: Carrier) -> Selection:
    """All reports of a network with its brands, or of a brand alone, as on its public page."""
    row = by_id(carrier.pk)
    return of_carrier(row) if row else Selection(carriers=(carrier.pk,))


def _series(carrier: Carrier, problems: int, windows: list[tuple[date, date]]) -> PlaceSeries:
    """From the packed tiles; what they do not hold (brands, kinds of problems) is counted once in LIVE_SECONDS."""
    selection = replace(selection_of(carrier), problems=problems)
    if not (problems or selection.carriers):
        return place_series(selection, windows)
    key = f"desk:{carrier.pk}:{problems}:{windows[0][0]}:{windows[-1][1]}"
    found: PlaceSeries | None = cache.get(key)
    if found is None:
        found = place_series(selection, windows)
        cache.set(key, found, LIVE_SECONDS)
    return found


def _chart(series: PlaceSeries, asked: Asked, today: date) -> BarChart:
    counts = series.of(asked.place.pk if asked.place else EVERYWHERE).tolist()
    windows = weeks(today, asked.weeks)
    labels = [f"{day_text(first)} – {day_text(last)}" for first, last in windows]
    return bar_chart(list(zip(labels, counts, strict=True)))


def _most(series: PlaceSeries) -> list[int]:
    """The towns with the most reports, as positions in the series."""
    rows, totals = place_rows(), series.trouble.sum(axis=1)
    found = []
    for at in np.argsort(-totals, kind="stable"):
        row = rows.get(int(series.place[at]))
        if row and row.kind == Kind.TOWN and totals[at]:
            found.append(int(at))
        if len(found) == TOP:
            break
    return found


def _lines(series: PlaceSeries, positions: Iterable[int]) -> Iterable[PlaceLine]:
    rows = place_rows()
    for at in positions:
        row, counts = rows[int(series.place[at])], series.trouble[at]
        trouble = int(counts.sum())
        yield PlaceLine(row, trouble, rate_per_100k(trouble, row.population), int((counts > 0).sum()))


def _open(carrier: Carrier) -> list[Promise]:
    """The public promises of a carrier that are neither kept nor given up, by date; one query."""
    rows = Promise.objects.public().filter(carrier=carrier, state=PromiseState.OPEN).standing()
    return list(rows.select_related("place__land", "post").defer("post__body").order_by("due_on", "pk"))


def alarms(promises: list[Promise], series: PlaceSeries) -> list[Alarm]:
    """The promises in whose place the last week had more reports than chance explains, the surest first.

    The chance of a false alarm (excess_chance) is kept below ALARM for all places of the carrier together.
    """
    rows, found = place_rows(), []
    limit = ALARM / max(1, len({promise.place_id for promise in promises}))
    for promise in {promise.place_id: promise for promise in reversed(promises)}.values():  # the next one of each place
        counts = series.of(promise.place_id)[-USUAL_WEEKS - 1 :]
        seen, base = int(counts[-1]), int(counts[:-1].sum())
        chance = excess_chance(seen, base, USUAL_WEEKS)
        if seen >= FEWEST_SEEN and chance < limit and promise.place_id in rows:
            low, high = poisson_interval(base)
            usual = Estimate(base / USUAL_WEEKS, low / USUAL_WEEKS, high / USUAL_WEEKS)
            found.append((chance, Alarm(promise, rows[promise.place_id], seen, usual, base)))
    return [alarm for _chance, alarm in sorted(found, key=lambda pair: pair[0])]


def _response(carrier: Carrier) -> Response:
    """From the board as it stands; what was before is worked out once a day."""
    shown = board.board(BOARD_DAYS)
    row = shown.of(carrier.pk)
    key = f"desk-before:{carrier.pk}:{board.first_day(BOARD_DAYS, shown.as_of)}"
    before: tuple[Speed | None] | None = cache.get(key)
    if before is None:
        before = (board.speed_before(carrier.pk, BOARD_DAYS, shown.as_of),)
        cache.set(key, before, DAY_SECONDS)
    now, then = row.speed if row else None, before[0]
    return Response(shown.as_of, row, *_said(now), *_said(then))


def _said(speed: Speed | None) -> tuple[Estimate | None, Estimate | None]:
    return (speed.shares[2], speed.median) if speed else (None, None)


def ranked(series: PlaceSeries, orders: Orders) -> list[int]:
    """Positions of the places with the highest lower ends of their rates; FEWEST reports or more each."""
    rows, totals = place_rows(), series.trouble.sum(axis=1)
    positions = [
        int(at)
        for at in np.flatnonzero(totals >= FEWEST)
        if (row := rows.get(int(series.place[at])))
        and row.kind == orders.kind
        and row.population > 0
        and orders.land in (None, row.land_id)
    ]
    people = np.array([rows[int(series.place[at])].population for at in positions], np.int64)
    low = lower_bounds(totals[positions], people)
    return [positions[at] for at in np.argsort(-low, kind="stable")[: orders.length]]


def order_lines(carrier: Carrier, orders: Orders) -> list[PlaceLine]:
    """The places of the work orders in their order; one statement from the packed tiles."""
    series = _series(carrier, 0, weeks(timezone.localdate(), orders.weeks))
    return list(_lines(series, ranked(series, orders)))
