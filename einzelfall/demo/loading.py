"""Puts the layers of the demo into the database."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from complaints.carriers.queries import carriers
from complaints.imports.actions import Row, alone, copy_binary, copy_reports, indexes_built_last, settle
from complaints.reports.models import Report, Source
from einzelfall.demo import bulk, cases, present, sampling, staff, story
from einzelfall.demo.towns import load_towns

LAYERS = story.REPORTS + present.REPORTS
MOST_REPORTS = 10_000_000
EARLIEST = date(2016, 3, 1)
MANY = 100_000


class NotEmptyError(RuntimeError):
    """Reports of customers are here; the story's case numbers begin with 1."""


@dataclass(frozen=True)
class Plan:
    """What is wanted: `reports` in all, `end` of the present in seconds since 1970."""

    seed: int
    end: int
    reports: int

    @property
    def ends_at(self) -> datetime:
        return datetime.fromtimestamp(self.end, UTC)


@dataclass(frozen=True)
class Stored:
    """How many reports there are, and whether any of them is synthetic."""

    reports: int
    demo: bool

    def missing(self, plan: Plan) -> int:
        """How many reports the plan still wants."""
        return max(plan.reports, 0 if self.demo else LAYERS) - self.reports


def stored() -> Stored:
    """What is in the database. Raises NotEmptyError where it holds reports and none of the demo."""
    found = Stored(Report.objects.count(), Report.objects.filter(source=Source.DEMO).exists())
    if found.reports and not found.demo:
        raise NotEmptyError(
            f"There are {found.reports:,} reports already; the demo needs an empty site, because its cases begin at 1."
        )
    return found


def load_layers(plan: Plan, progress: Callable[[int], object]) -> None:
    """Stores the story, the present and the demo accounts, all or none; without the map. Raises NotEmptyError."""
    with alone():
        if stored().demo:
            return
        copy_reports(rows=rows_of(plan), numbered_from=1, progress=progress)
        staff.make_staff()


def rows_of(plan: Plan) -> list[Row]:
    """The rows of the story, then those of the present: the same plan gives the same rows."""
    towns = load_towns()
    known = cases.slugs(carriers())
    past = story.story(np.random.default_rng([plan.seed, 1]), towns, known["o2"])
    return past + present.present(np.random.default_rng([plan.seed, 2]), towns, known, plan.end)


def add_plain(plan: Plan, progress: Callable[[int], object], before_indexes: Callable[[], object]) -> None:
    """Adds plain reports until there are `plan.reports` in all, all or none; without the map.

    `before_indexes` is called when all rows are in and the indexes are being built.
    """
    with alone():
        count = plan.reports - Report.objects.count()
        if count <= 0:
            return
        blocks = bulk.blocks(
            seed=plan.seed,
            towns=load_towns(),
            carriers=cases.slugs(carriers()),
            end=plan.end,
            first_number=_next_number(),
            count=count,
            progress=progress,
        )
        with indexes_built_last() if count >= MANY else nullcontext():
            copy_binary(blocks=blocks)
            before_indexes()
        settle()


def _next_number() -> int:
    newest = Report.objects.newest().values_list("number", flat=True).first()
    return (newest or 0) + 1


def parse_until(text: str, now: datetime) -> int:
    """The moment of --until in seconds since 1970: now, an ISO 8601 time, or the begin of a day.

    Raises ValueError with a sentence for what is no date, too early or in the future.
    """
    if not text:
        return sampling.seconds_of(now) // 60 * 60
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date; write for example 2026-11-01.") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=sampling.ZONE)
    if moment > now:
        raise ValueError(f"{text} is in the future; reports cannot come from there.")
    if moment.date() < EARLIEST:
        raise ValueError(f"{text} is too early; the present begins on {EARLIEST}, when E-Plus had become part of O2.")
    return sampling.seconds_of(moment)
