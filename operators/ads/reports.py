"""What was delivered of a campaign, for who pays for it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Sum
from django.utils import timezone

from complaints.base.chance import share_interval
from complaints.base.chart import BarChart, bar_chart
from complaints.base.tags import day as written
from operators.ads.billing import spent_cents
from operators.ads.deliveries import DailyCount, Reason
from operators.ads.models import Campaign
from operators.ads.slots import PageKind, Slot

K = TypeVar("K")


@dataclass(frozen=True)
class Count:
    """Views and clicks, and the share of views with a click, in per cent, with its exact 95 % interval."""

    views: int = 0
    clicks: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.views + other.views, self.clicks + other.clicks)

    @property
    def rate(self) -> float | None:
        """None without views; a click of yesterday's view may make it more than there are views."""
        return 100 * self.clicks / self.views if self.views else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        if not self.views:
            return None
        low, high = share_interval(min(self.clicks, self.views), self.views)
        return 100 * low, 100 * high


@dataclass(frozen=True)
class Pace:
    """Booked views of the whole period, those due by now in even steps, and those delivered."""

    booked: int
    due: int
    delivered: int

    @property
    def percent(self) -> float | None:
        return 100 * self.delivered / self.due if self.due else None


@dataclass(frozen=True)
class Report:
    """Everything on a campaign's report; `rows` are those of the CSV file."""

    total: Count
    filtered: tuple[tuple[Reason, Count], ...]
    days: tuple[tuple[date, Count], ...]
    slots: tuple[tuple[Slot, Count], ...]
    pages: tuple[tuple[PageKind, Count], ...]
    rows: tuple[tuple[date, str, str, str, Count], ...]
    spent_cents: int
    pace: Pace | None

    @property
    def chart(self) -> BarChart:
        return bar_chart([(written(day), count.views) for day, count in self.days])


def report(campaign: Campaign) -> Report:
    """Four queries."""
    found = DailyCount.objects.filter(campaign=campaign).values_list("day", "slot", "page_kind", "reason")
    sums = found.annotate(Sum("views"), Sum("clicks")).order_by("day", "slot", "page_kind", "reason")
    rows = [(day, slot, page, reason, Count(v, c)) for day, slot, page, reason, v, c in sums]
    counting = [row for row in rows if not row[3]]
    by_reason = _grouped((reason, count) for *_rest, reason, count in rows if reason)
    by_slot = _grouped((slot, count) for _day, slot, *_rest, count in counting)
    by_page = _grouped((page, count) for _day, _slot, page, _reason, count in counting)
    total = sum((count for *_rest, count in counting), Count())
    return Report(
        total=total,
        filtered=tuple((Reason(reason), count) for reason, count in by_reason.items()),
        days=_days(_grouped((day, count) for day, *_rest, count in counting)),
        slots=tuple((slot, by_slot[slot]) for slot in Slot if slot in by_slot),
        pages=tuple((page, by_page[page]) for page in PageKind if page in by_page),
        rows=tuple(rows),
        spent_cents=spent_cents(campaign),
        pace=_pace(campaign, total.views),
    )


def _grouped(pairs: Iterable[tuple[K, Count]]) -> dict[K, Count]:
    sums: dict[K, Count] = defaultdict(Count)
    for name, count in pairs:
        sums[name] += count
    return dict(sums)


def _days(by_day: dict[date, Count]) -> tuple[tuple[date, Count], ...]:
    """Without gaps, from the first day with a view to the last."""
    known = sorted(by_day)
    if not known:
        return ()
    span = (known[-1] - known[0]).days + 1
    return tuple((day, by_day.get(day, Count())) for day in (known[0] + timedelta(days=n) for n in range(span)))


def _pace(campaign: Campaign, delivered: int) -> Pace | None:
    """In whole days: today counts as over."""
    if not campaign.booked_views:
        return None
    whole = (campaign.ends_on - campaign.starts_on).days + 1
    over = min(whole, max(0, (timezone.localdate() - campaign.starts_on).days + 1))
    return Pace(campaign.booked_views, round(campaign.booked_views * over / whole), delivered)
