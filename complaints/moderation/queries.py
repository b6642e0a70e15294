"""What the limits read: the past of a filing, whether the site is in a wave, what lets a held report through."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg import Cursor

from complaints.base import limits, proof, puzzle, traces
from complaints.base.limits import Case, Facts, Past, Verdict, Wave
from complaints.base.memo import for_seconds
from complaints.moderation.models import Arrival, Kind, SpentPuzzle

WAVE_SECONDS = 5
STOPS = 8


@dataclass(frozen=True)
class Sender:
    """Who files, as hashes of the day; `doubtful` and `trapped` are what the form's hidden fields said."""

    connection: traces.Connection
    device: int
    trapped: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Message:
    """What is filed: `zorder` is the key of its place, `said` its choices in any fixed spelling.

    `changes` is the number of the report that an edit replaces: it is no duplicate of itself.
    """

    zorder: int
    point: bool
    text: str
    said: str
    happened_at: datetime
    received_at: datetime
    changes: int | None = None


@dataclass(frozen=True)
class Admission:
    """A judged filing: the verdict, and the arrival to store with it."""

    verdict: Verdict
    arrival: Arrival


@dataclass(frozen=True)
class Hurdle:
    """What lets a held report through: the question, or the work of a script (empty once anything was answered)."""

    puzzle: puzzle.Puzzle
    work: str


def _passed(column: str, oldest: int, newest: int) -> str:
    """SQL of the arrivals of a column's values that were let through between two ages in hours."""
    return (
        f"complaints_arrival WHERE NOT held AND {column} = ANY(%({column})s)"
        f" AND arrived_at > %(now)s - interval '{oldest} hours' AND arrived_at <= %(now)s - interval '{newest} hours'"
    )


def _counted(column: str, oldest: int) -> str:
    return f"(SELECT count(*) FROM {_passed(column, oldest, oldest - 1)})"  # noqa: S608  our own words


def _before(column: str) -> str:
    return f"greatest({_counted(column, 2)}, {_counted(column, 24)})"


def _journey(column: str) -> str:
    """The latest stops of this device in the last ten minutes; more of them would tell nothing new."""
    there = "device = %(device)s AND arrived_at > %(now)s - interval '10 minutes'"
    return f"(array_agg({column} ORDER BY arrived_at DESC) FILTER (WHERE {there}))[1:{STOPS}]"


# Reports and their edits only: echoes and comments store no arrival, so that `kind` need not be asked.
_PAST = f"""
    SELECT count(*), {_counted("address", 2)}, {_counted("address", 24)},
        count(DISTINCT device), count(*) FILTER (WHERE device = %(device)s),
        count(*) FILTER (WHERE arrived_at > %(now)s - interval '1 second'),
        count(*) FILTER (WHERE content = %(content)s AND cell = ANY(%(cell)s) AND (%(long)s OR device = %(device)s)
            AND report IS DISTINCT FROM %(changes)s::bigint),
        count(*) FILTER (WHERE text = ANY(%(text)s)), {_counted("text", 1)},
        {_counted("network", 1)}, {_before("network")}, {_counted("cell", 1)},
        {_journey("cell")}, {_journey("happened_at")}
    FROM {_passed("address", 1, 0)}
"""  # noqa: S608  our own words
_COUNTS = (
    *("address", "address_before", "address_yesterday", "devices", "device", "second", "content"),
    *("text_here", "text_anywhere", "network", "network_before", "cell"),
)


def judged(sender: Sender, message: Message, in_wave: Wave | None = None) -> Admission:
    """The verdict over a filing and its arrival, not stored yet; one query.

    Whether the site is in a wave is asked of the database every few seconds, unless the caller says it.
    """
    arrival = _arrival(sender, message)
    facts = Facts(
        cell=arrival.cell,
        happened_at=message.happened_at,
        point=message.point,
        long_text=arrival.text is not None,
        known_address=sender.connection.known,
        trapped=sender.trapped,
        doubtful=sender.doubtful,
    )
    verdict = limits.judge(
        Case(facts, _past(sender.connection, arrival, message.changes), wave() if in_wave is None else in_wave)
    )
    arrival.held = verdict.held
    return Admission(verdict, arrival)


def _arrival(sender: Sender, message: Message) -> Arrival:
    day, letters = timezone.localdate(message.received_at), traces.letters(message.text)
    return Arrival(
        address=sender.connection.address,
        network=sender.connection.network,
        device=sender.device,
        cell=message.zorder >> 2 * (24 - limits.CELL_ZOOM),
        text=traces.mark(letters, day) if len(letters) >= traces.SHORTEST_TEXT else None,
        content=traces.mark(f"{message.said} {letters}", day),
        happened_at=message.happened_at,
        arrived_at=message.received_at,
    )


def _past(known: traces.Connection, arrival: Arrival, changes: int | None) -> Past:
    values: dict[str, Any] = {
        "now": arrival.arrived_at,
        "address": [known.address, known.address_yesterday],
        "network": [known.network, known.network_yesterday],
        "cell": [arrival.cell],
        "text": [] if arrival.text is None else [arrival.text],
        "long": arrival.text is not None,
        "device": arrival.device,
        "content": arrival.content,
        "changes": changes,
    }
    connection.ensure_connection()
    # Prepared: planning costs five times as much as the counting. Django's own cursors never prepare anything.
    row = Cursor(connection.connection).execute(_PAST, values, prepare=True).fetchone()
    assert row is not None  # noqa: S101  an aggregate always has one row
    *counts, cells, times = row
    counted = dict(zip(_COUNTS, counts, strict=True))
    counted["address_before"] = max(counted["address_before"], counted["address_yesterday"])
    return Past(**counted, journey=tuple(zip(cells or (), times or (), strict=True)))


@for_seconds(WAVE_SECONDS)
def wave() -> Wave:
    """Whether the site is in a wave now; asked of the database every few seconds."""
    return wave_at(timezone.now())


def wave_at(now: datetime) -> Wave:
    """Whether far more arrived in the ten minutes before a moment than is usual on the whole site."""
    recent = Arrival.objects.filter(arrived_at__range=(now - timedelta(minutes=10), now))
    arrived = recent.count()
    if arrived < limits.WAVE_FROM:
        return Wave.NONE
    before, yesterday = (_passed_in_hour(now - timedelta(hours=hours)) / 6 for hours in (2, 24))
    if not limits.is_wave(arrived, max(before, yesterday)):
        return Wave.NONE
    return Wave.FULL if limits.is_full(recent.filter(held=False).count(), yesterday) else Wave.HIGH


def _passed_in_hour(since: datetime) -> int:
    return Arrival.objects.filter(held=False, arrived_at__range=(since, since + timedelta(hours=1))).count()


def hurdle(number: int) -> Hurdle | None:
    """A fresh hurdle for a held report; None after three wrong answers."""
    spent = SpentPuzzle.objects.filter(report=number).count()
    if spent >= puzzle.TRIES:
        return None
    return Hurdle(puzzle.new_puzzle(number), "" if spent else proof.new_challenge(number))


def arrivals_of(number: int, received_at: datetime) -> list[Arrival]:
    """What is still remembered about how a report and its edits arrived."""
    return list(Arrival.objects.filter(arrived_at__gte=received_at, report=number, kind=Kind.REPORT))
