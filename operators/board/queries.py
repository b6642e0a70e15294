"""How fast each carrier answers; the unanswered count as still waiting (complaints/base/survival.py)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.core.cache import cache
from django.utils import timezone

from complaints import reading
from complaints.base.formletters import groups
from complaints.base.survival import Estimate, Speed, Waits, speed
from complaints.carriers.queries import CarrierRow, by_id, carriers
from complaints.reports.models import TROUBLE_BITS
from operators.board.hotline import Hearsay, HotlineRow
from operators.board.models import Figures, Snapshot
from operators.replies.models import Answer

STEP = 600
"""Seconds for which figures computed on request are good."""
STALE = timedelta(hours=3)
"""Older figures of the regular job are not shown: nobody runs it."""
PERIODS = (30, 90, 365)
MOST_SINGLES, MOST_PLACES = 5, 2
"""A text that went to more single reports, or to clusters in more places, is a form letter."""


@dataclass(frozen=True)
class BoardRow:
    """A carrier's reports in the period and how fast they were answered; no `speed` below the minimum."""

    carrier: CarrierRow
    base: int
    waiting: int
    speed: Speed | None
    letters: int

    @property
    def day_share(self) -> float:
        """The lower end of what was answered within a day: what the order goes by, so that luck is no merit."""
        share = self.speed.shares[2] if self.speed else None
        return share.low or 0.0 if share else -1.0


@dataclass(frozen=True)
class Board:
    """The answer board of a period at a moment; `rows` have figures, `untold` have too few reports for them."""

    as_of: datetime
    days: int
    since: date
    rows: tuple[BoardRow, ...]
    untold: tuple[BoardRow, ...]
    hotline: tuple[HotlineRow, ...]

    @property
    def heard(self) -> list[HotlineRow]:
        """What the hotlines said, of carriers for which enough asked."""
        return [row for row in self.hotline if row.alone]

    @property
    def hardly_heard(self) -> list[HotlineRow]:
        """The same of the other carriers."""
        return [row for row in self.hotline if not row.alone]

    def of(self, carrier_id: int) -> BoardRow | None:
        return next((row for row in (*self.rows, *self.untold) if row.carrier.id == carrier_id), None)


@dataclass(frozen=True)
class Dot:
    """A carrier's line in the chart of what was answered within a day, in its units from the left and the top."""

    row: BoardRow
    share: Estimate
    x: str
    low: str
    high: str
    y: int
    text_y: int


LINE = 58
LEFT, WIDTH = 10.0, 620.0


def dots(rows: Iterable[BoardRow]) -> list[Dot]:
    """The lines of the chart in their order, without carriers for which a day cannot be said yet."""
    told = [(row, share) for row in rows if row.speed and (share := row.speed.shares[2])]
    return [_dot(row, share, LINE * n) for n, (row, share) in enumerate(told)]


def _dot(row: BoardRow, share: Estimate, top: int) -> Dot:
    ends = (share.value, share.low or 0.0, 1.0 if share.high is None else share.high)
    x, low, high = (f"{LEFT + WIDTH * end:.1f}" for end in ends)
    return Dot(row, share, x, low, high, top + 40, top + 24)


def moment() -> datetime:
    """The last full ten minutes, the same in every process."""
    return datetime.fromtimestamp(timezone.now().timestamp() // STEP * STEP, tz=timezone.get_current_timezone())


def stored() -> dict[int, datetime]:
    """Of which moment the figures of the regular job are, by days; one small query."""
    fresh = Snapshot.objects.filter(as_of__gt=timezone.now() - STALE)
    return dict(fresh.values_list("days", "as_of"))


def version() -> str:
    """What the pages of the board change with."""
    return str(max(stored().values(), default=moment()))


def board(days: int, until: date | None = None) -> Board:
    """The board of the last `days` days, one of PERIODS: as the regular job left it, one query.

    Where nobody runs that job it is computed on request, at most once in ten minutes; so is the one at the end of the
    day `until`, from what is known of it today.
    """
    if until and until < timezone.localdate():
        return _computed(timezone.make_aware(datetime.combine(until, time.max)))[days]
    found = Snapshot.objects.filter(days=days, as_of__gt=timezone.now() - STALE).first()
    return as_board(found.as_of, days, found.figures) if found else _computed(moment())[days]


def _computed(as_of: datetime) -> dict[int, Board]:
    computed: dict[int, Board] | None = cache.get(key := f"boards:{as_of.timestamp():.0f}")
    if computed is None:
        computed = boards(as_of)
        cache.set(key, computed, 2 * STEP)
    return computed


def first_day(days: int, as_of: datetime) -> date:
    return timezone.localdate(as_of) - timedelta(days=days - 1)


def boards(as_of: datetime, letters: dict[int, list[int]] | None = None) -> dict[int, Board]:
    """The boards of all PERIODS at a moment; four statements over a year each, one less where `letters` are known."""
    letters = form_letters(as_of) if letters is None else letters
    waits = _waits(as_of, [number for numbers in letters.values() for number in numbers])
    sent = _days_of(letters)
    hotline = Hearsay(first_day(PERIODS[-1], as_of), as_of)
    found = {}
    for days in PERIODS:
        begin = first_day(days, as_of)
        rows = [_row(row, waits[days].get(row.id), sum(day >= begin for day in sent[row.id])) for row in carriers()]
        found[days] = _board(as_of, days, rows, hotline.rows(first_day(days, as_of)))
    return found


def _board(as_of: datetime, days: int, rows: list[BoardRow], hotline: tuple[HotlineRow, ...]) -> Board:
    told = sorted((row for row in rows if row.speed), key=lambda row: (-row.day_share, row.carrier.name.casefold()))
    untold = tuple(row for row in rows if not row.speed and (row.base or not row.carrier.closed))
    return Board(as_of, days, first_day(days, as_of), tuple(told), untold, hotline)


def as_board(as_of: datetime, days: int, figures: Figures) -> Board:
    """A stored board; the names of carriers are those of today."""
    rows = [
        BoardRow(carrier, row["base"], row["waiting"], _as_speed(row["speed"]), row["letters"])
        for row in figures["rows"]
        if (carrier := by_id(row["carrier"]["id"]))
    ]
    hotline = [
        HotlineRow(**row | {"carrier": carrier, "alone": _as_estimate(row["alone"])})
        for row in figures["hotline"]
        if (carrier := by_id(row["carrier"]["id"]))
    ]
    return _board(as_of, days, rows, tuple(hotline))


def _as_estimate(kept: dict[str, float] | None) -> Estimate | None:
    return Estimate(**kept) if kept else None


def _as_speed(kept: dict[str, Any] | None) -> Speed | None:
    if kept is None:
        return None
    shares = tuple(_as_estimate(share) for share in kept["shares"])
    return Speed(kept["base"], kept["waiting"], shares, _as_estimate(kept["median"]))


def _row(carrier: CarrierRow, waits: Waits | None, letters: int) -> BoardRow:
    if waits is None:
        return BoardRow(carrier, 0, 0, None, letters)
    return BoardRow(carrier, waits.base, waits.waiting, speed(waits), letters)


def form_letters(as_of: datetime) -> dict[int, list[int]]:
    """The answers of the longest period that say nearly the same to many, by carrier; one query."""
    window = (as_of - timedelta(days=PERIODS[-1]), as_of)
    texts: dict[int, list[tuple[int, int | None, str]]] = defaultdict(list)
    answers = Answer.objects.filter(answered_at__range=window).order_by("id")
    for carrier, number, place, text in answers.values_list("carrier_id", "id", "place_id", "text"):
        texts[carrier].append((number, place, text))
    return {carrier: found for carrier, rows in texts.items() if (found := list(_letters(rows)))}


def _days_of(letters: dict[int, list[int]]) -> dict[int, list[date]]:
    """The days on which the letters of each carrier went out."""
    numbers = [number for found in letters.values() for number in found]
    days: dict[int, list[date]] = defaultdict(list)
    for carrier, at in Answer.objects.filter(pk__in=numbers).values_list("carrier_id", "answered_at"):
        days[carrier].append(timezone.localdate(at))
    return days


def _letters(answers: list[tuple[int, int | None, str]]) -> Iterable[int]:
    alike: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for group, (number, place, _text) in zip(groups([text for *_, text in answers]), answers, strict=True):
        alike[group].append((number, place))
    for members in alike.values():
        places = {place for _number, place in members if place}
        singles = sum(place is None for _number, place in members)
        if singles > MOST_SINGLES or len(places) > MOST_PLACES:
            yield from (number for number, _place in members)


_WAITS = """
    WITH first AS (
        SELECT answered.report_id, min(answer.answered_at) AS at
        FROM operators_answered answered JOIN operators_answer answer ON answer.id = answered.answer_id
        WHERE answered.disputed_at IS NULL AND answer.answered_at <= %(as_of)s AND answer.hidden_at IS NULL
          AND answer.id <> ALL(%(letters)s)
        GROUP BY answered.report_id
    ), wait AS (
        SELECT report.carrier_id, happened_on, first.at IS NOT NULL AS ended,
               greatest(0, extract(epoch FROM coalesce(first.at, %(as_of)s) - report.received_at)::float8 / 60)
                   AS minutes
        FROM complaints_report report LEFT JOIN first ON first.report_id = report.number
        WHERE report.hidden_at IS NULL AND report.withdrawn_at IS NULL AND report.held_at IS NULL
          AND report.problems <= %(trouble)s AND report.happened_on >= %(since)s AND report.received_at <= %(as_of)s
          AND (%(carrier)s = 0 OR report.carrier_id = %(carrier)s)
    ), wide AS (
        SELECT *, CASE WHEN minutes <= 1440 THEN 1 WHEN minutes <= 10080 THEN 15 ELSE 60 END AS step FROM wait
    )
    SELECT carrier_id, least(%(today)s - happened_on, 90) / 30, ended,
           (CASE WHEN ended THEN ceil(minutes / step) ELSE floor(minutes / step) END) * step,
           count(*)
    FROM wide GROUP BY 1, 2, 3, 4
"""


def _waits(as_of: datetime, letters: list[int]) -> dict[int, dict[int, Waits]]:
    """By days and carrier: the waits of public trouble reports of the last days until the first real answer.

    Counted in minutes on the first day, in quarters of an hour in the first week, in hours after that; an end is
    rounded up and a wait that goes on is rounded down. Disputed or hidden answers and `letters` end no wait.
    """
    rows: dict[int, dict[int, list[tuple[float, bool, int]]]] = {days: defaultdict(list) for days in PERIODS}
    for carrier, age, ended, minutes, count in _counted(as_of, letters, first_day(PERIODS[-1], as_of)):
        for days in PERIODS:
            if age * 30 < days:
                rows[days][carrier].append((minutes, ended, count))
    return {days: {carrier: _as_waits(row) for carrier, row in found.items()} for days, found in rows.items()}


def _counted(as_of: datetime, letters: list[int], since: date, carrier: int = 0) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {"as_of": as_of, "letters": letters, "trouble": TROUBLE_BITS, "carrier": carrier}
    values |= {"today": timezone.localdate(as_of), "since": since}
    with reading.cursor() as cursor:
        cursor.execute(_WAITS, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def speed_before(carrier: int, days: int, as_of: datetime) -> Speed | None:
    """How fast a carrier was in the `days` before the period of the board, as one saw it on the last of them."""
    end = timezone.make_aware(datetime.combine(first_day(days, as_of), time.min))
    last = end - timedelta(seconds=1)
    rows = _counted(last, form_letters(last).get(carrier, []), first_day(days, last), carrier)
    return speed(_as_waits([(row[3], row[2], row[4]) for row in rows])) if rows else None


def _as_waits(rows: list[tuple[float, bool, int]]) -> Waits:
    minutes, ended, counts = zip(*rows, strict=True)
    return Waits(np.array(minutes, np.float64), np.array(ended, np.bool_), np.array(counts, np.int64))
