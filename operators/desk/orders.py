"""Work orders: the places where people are needed, with what their reports say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from complaints import reading
from complaints.carriers.models import Carrier
from complaints.echoes.models import Kind as Echo
from complaints.places.models import Kind
from complaints.reports.models import TROUBLE_BITS, Problem
from operators.desk.queries import Orders, PlaceLine, order_lines, weeks
from operators.posts.models import Promise, PromiseState

COLUMNS = {Kind.TOWN.value: "town_id", Kind.DISTRICT.value: "district_id"}
TROUBLE = tuple(problem for problem in Problem if problem != Problem.WORKS)
SHOWN_KINDS = 3


@dataclass(frozen=True)
class Order:
    """A line: the place, what is known of its reports, and what was promised there and is not settled.

    `people` is reports and echoes together: how often somebody said "I have that"; one person may be several.
    """

    rank: int
    line: PlaceLine
    echoes: int
    kinds: tuple[tuple[Problem, int], ...]
    last: date | None
    promises: tuple[Promise, ...]

    @property
    def people(self) -> int:
        return self.line.trouble + self.echoes


@dataclass(frozen=True)
class OrderList:
    """The work orders of a carrier in a period of whole days."""

    orders: tuple[Order, ...]
    since: date
    until: date
    weeks: int


def order_list(carrier: Carrier, wanted: Orders) -> OrderList:
    """Three statements: the ranking from the packed tiles, index ranges of the listed places, their promises."""
    lines = order_lines(carrier, wanted)
    windows = weeks(timezone.localdate(), wanted.weeks)
    since, until = windows[0][0], windows[-1][1]
    places = [line.place.id for line in lines]
    details, promises = _details(carrier, wanted.kind, places, since, until), _promises(carrier, places)
    orders = []
    for n, line in enumerate(lines, 1):
        echoes, kinds, last = details.get(line.place.id, NOTHING)
        orders.append(Order(n, line, echoes, kinds, last, tuple(promises.get(line.place.id, ()))))
    return OrderList(tuple(orders), since, until, wanted.weeks)


_DETAILS = """
SELECT asked.id, coalesce(sum(echo.count), 0)::int, max(report.happened_on), array[{kinds}]
FROM unnest(%(places)s::bigint[]) AS asked(id)
JOIN complaints_report report ON report.{column} = asked.id AND report.network_id = %(network)s
 AND report.happened_on BETWEEN %(since)s AND %(until)s AND report.problems <= %(trouble)s
 AND report.hidden_at IS NULL AND report.withdrawn_at IS NULL AND report.held_at IS NULL
 AND (%(brand)s = 0 OR report.carrier_id = %(brand)s)
LEFT JOIN LATERAL (
    SELECT count(*) FROM complaints_echo e
    WHERE e.report_id = report.number AND e.held_at IS NULL AND e.kind <> %(works)s
) AS echo ON report.echoes > 0
GROUP BY 1
"""
Details = dict[int, tuple[int, tuple[tuple[Problem, int], ...], date | None]]
NOTHING: tuple[int, tuple[tuple[Problem, int], ...], date | None] = (0, (), None)


def _details(carrier: Carrier, kind: str, places: list[int], since: date, until: date) -> Details:
    """By place: echoes that say it is bad, the kinds of problems, most first, and the day of the newest report."""
    bits = ", ".join(f"count(*) FILTER (WHERE report.problems & {1 << n} > 0)" for n in range(len(TROUBLE)))
    values: dict[str, Any] = {"places": places, "since": since, "until": until, "trouble": TROUBLE_BITS}
    values |= {"network": carrier.runs_on_id or carrier.pk, "works": Echo.WORKS_AGAIN.value}
    values["brand"] = carrier.pk if carrier.runs_on_id not in (None, carrier.pk) else 0
    with reading.cursor() as cursor:
        cursor.execute(_DETAILS.format(kinds=bits, column=COLUMNS[kind]), values)
        return {place: (echoes, _kinds(counts), last) for place, echoes, last, counts in cursor.fetchall()}


def _kinds(counts: Sequence[int]) -> tuple[tuple[Problem, int], ...]:
    pairs = sorted(zip(TROUBLE, counts, strict=True), key=lambda pair: -pair[1])
    return tuple((problem, count) for problem, count in pairs[:SHOWN_KINDS] if count)


def _promises(carrier: Carrier, places: list[int]) -> dict[int, list[Promise]]:
    rows = Promise.objects.public().filter(carrier=carrier, state=PromiseState.OPEN, place__in=places)
    found: dict[int, list[Promise]] = {}
    for promise in rows.select_related("post").defer("post__body").order_by("due_on", "pk"):
        found.setdefault(promise.place_id, []).append(promise)
    return found
