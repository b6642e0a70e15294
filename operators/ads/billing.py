"""What campaigns cost, from what was counted, and the statements of past months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import number_format

from operators.ads.bills import Line, Statement
from operators.ads.deliveries import Click, DailyCount, View
from operators.ads.models import BOOKED, Campaign, PriceModel
from operators.members.advertisers import Advertiser

SETTLE = timedelta(hours=1)
"""How long after a month's end its statements are made at the earliest, so that its last views have become counts."""

LATE_CLICKS = timedelta(days=2)
"""How long after a campaign's end a click on it may still be counted (counting.TOKEN_LIFE)."""


@dataclass(frozen=True)
class Counted:
    """What counts of a campaign up to a day, and what was filtered."""

    views: int = 0
    clicks: int = 0
    filtered: int = 0


def counted(campaign: Campaign, until: date) -> Counted:
    """From the first day to `until`, which is included. One query."""
    rows = DailyCount.objects.filter(campaign=campaign, day__lte=until).values_list("reason")
    sums = {reason: (views, clicks) for reason, views, clicks in rows.annotate(Sum("views"), Sum("clicks"))}
    views, clicks = sums.pop("", (0, 0))
    return Counted(views, clicks, sum(seen + clicked for seen, clicked in sums.values()))


def charged_days(campaign: Campaign, until: date) -> int:
    """Days of a fixed price up to `until`: from the approval on, if that came late, to the end, if that came early."""
    first, last = campaign.days_run()
    return max(0, (min(last, until) - first).days + 1)


def due_cents(campaign: Campaign, seen: Counted, days: int) -> int:
    """The net price of what was delivered; views beyond what was booked or capped cost nothing."""
    price = campaign.price_cents
    if campaign.price_model == PriceModel.CPC:
        return price * seen.clicks
    if campaign.price_model == PriceModel.CPM:
        limit = min(filter(None, (campaign.total_cap, campaign.booked_views)), default=seen.views)
        return _rounded(price * min(seen.views, limit), 1000)
    return _rounded(price * days, (campaign.ends_on - campaign.starts_on).days + 1)


def _rounded(dividend: int, divisor: int) -> int:
    """Half a cent and more is a cent."""
    return (2 * dividend + divisor) // (2 * divisor)


def euros(cents: int) -> str:
    """An amount in words: 1.234,50 € in German."""
    return f"{number_format(Decimal(cents) / 100, 2, use_l10n=True, force_grouping=True)} €"


def spent_cents(campaign: Campaign) -> int:
    """What a campaign has cost up to today. Two queries."""
    today = timezone.localdate()
    if campaign.state not in BOOKED or campaign.advertiser.is_house:
        return 0
    return due_cents(campaign, counted(campaign, today), charged_days(campaign, today))


def line(campaign: Campaign, month: date) -> Line | None:
    """What a month adds to the cost: months add up to the whole to the cent. None where there was nothing."""
    before, last = month - timedelta(days=1), _next(month) - timedelta(days=1)
    old, new = counted(campaign, before), counted(campaign, last)
    days = charged_days(campaign, last) - charged_days(campaign, before)
    net = due_cents(campaign, new, charged_days(campaign, last))
    net -= due_cents(campaign, old, charged_days(campaign, before))
    views, clicks, filtered = new.views - old.views, new.clicks - old.clicks, new.filtered - old.filtered
    if not (views or clicks or filtered or net):
        return None
    fixed = days if campaign.price_model == PriceModel.FIXED else 0
    words = (campaign.pk, campaign.name, campaign.price_model, campaign.price_cents)
    return Line(*words, fixed, views, clicks, filtered, net)


def make_statements(now: datetime | None = None) -> int:
    """Writes what is missing of the statements of past months, in the site's time zone; returns how many.

    A month waits while some of its views are not counts yet. Safe to repeat.
    """
    now = now or timezone.now()
    made = 0
    for month in _past_months(now):
        if not _is_settled(month):
            break
        written = set(Statement.objects.filter(month=month).values_list("advertiser", flat=True))
        advertisers = Advertiser.objects.filter(is_house=False).exclude(pk__in=written).order_by("pk")
        made += sum(make_statement(advertiser, month, now) is not None for advertiser in advertisers)
    return made


def make_statement(advertiser: Advertiser, month: date, now: datetime, *, demo: bool = False) -> Statement | None:
    """The statement of an advertiser for a month, None where there is nothing to say."""
    theirs = Campaign.objects.filter(advertiser=advertiser, state__in=BOOKED)
    running = theirs.filter(starts_on__lt=_next(month), ends_on__gte=month - LATE_CLICKS)
    lines = [made for campaign in running.order_by("pk") if (made := line(campaign, month))]
    if not lines:
        return None
    with transaction.atomic():
        number = f"{month:%Y-%m}-{Statement.objects.filter(month=month).count() + 1:03d}"
        return Statement.objects.create(
            number=number,
            advertiser=advertiser,
            month=month,
            payer=advertiser.payer,
            lines=[one.stored() for one in lines],
            net_cents=sum(one.net_cents for one in lines),
            demo=demo,
            made_at=now,
        )


def _past_months(now: datetime) -> Iterator[date]:
    """The first days of the months that are over, from the first booking on."""
    first = Campaign.objects.booked().order_by("starts_on").values_list("starts_on", flat=True).first()
    month = first.replace(day=1) if first else None
    while month and datetime.combine(_next(month), time.min, timezone.get_default_timezone()) + SETTLE <= now:
        yield month
        month = _next(month)


def _is_settled(month: date) -> bool:
    waiting = {"folded": False, "day__lt": _next(month)}
    return not View.objects.filter(**waiting).exists() and not Click.objects.filter(**waiting).exists()


def _next(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
