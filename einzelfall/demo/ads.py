"""Ads of the demo: Telekom's skyscraper on O2's pages, a text of Vodafone's, and what the site says in empty slots.

Everything is invented, pictures and prices, too; past counts are drawn from the seed.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from complaints.carriers.models import Carrier
from einzelfall.demo.banners import paint
from einzelfall.demo.loading import Plan
from operators.ads.billing import make_statement
from operators.ads.deliveries import DailyCount, Reason
from operators.ads.models import (
    LIVE,
    Campaign,
    CampaignChange,
    Creative,
    CreativePicture,
    Kind,
    PriceModel,
    Review,
    State,
)
from operators.ads.pictures import fit
from operators.ads.slots import PageKind, Shape, Slot
from operators.members.advertisers import Advertiser

BRANCH = "mobilfunk"
WAY = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.RUNNING)
HOUSE = "einzelfall"


@dataclass(frozen=True)
class Booked:
    """A booking of the demo. Days count from the end of the present; `daily` are the mean views a day so far."""

    payer: str
    name: str
    first: int
    last: int
    slots: tuple[Slot, ...]
    pages: tuple[str, ...] = ()
    model: PriceModel = PriceModel.FIXED
    cents: int = 0
    booked_views: int | None = None
    daily: int = 0
    rate: float = 0.0
    shapes: tuple[Shape, ...] = ()
    alt: str = ""
    headline: str = ""
    text: str = ""
    target: str = "https://example.org/"
    language: str = ""


PAYERS = {
    "telekom": ("Telekom", "Telekom (Demo)", BRANCH),
    "vodafone": ("Vodafone", "Vodafone (Demo)", BRANCH),
    HOUSE: ("Einzelfall", "Einzelfall", ""),
}
BOOKINGS = (
    Booked(
        "telekom",
        "Links auf den Seiten von O2",
        first=-75,
        last=45,
        slots=(Slot.LEFT, Slot.TOP),
        pages=("o2",),
        cents=480_000,
        daily=640,
        rate=0.004,
        shapes=(Shape.SKYSCRAPER, Shape.BANNER),
        alt="Erfundene Anzeige der Demo: Wellen um einen Funkmast, dazu „Netz, wo du gerade bist.“",
        target="https://example.org/telekom-demo",
    ),
    Booked(
        "vodafone",
        "Ein Satz unter Beiträgen",
        first=-40,
        last=50,
        slots=(Slot.LIST, Slot.POST),
        model=PriceModel.CPM,
        cents=900,
        booked_views=60_000,
        daily=610,
        rate=0.003,
        headline="30 Tage ausprobieren",
        text="Erfundene Anzeige der Demo: Nimm dein Netz erst mit nach Hause.",
        target="https://example.org/vodafone-demo",
    ),
    Booked(
        HOUSE,
        "Wo nichts gebucht ist",
        first=-365,
        last=730,
        slots=tuple(Slot),
        headline="Kein Netz? Melde es.",
        text="20 Sekunden, ohne Anmeldung. Danach weißt du, ob du allein bist.",
        target="/melden/",
        language="de",
    ),
    Booked(
        HOUSE,
        "Wo nichts gebucht ist, auf Englisch",
        first=-365,
        last=730,
        slots=tuple(Slot),
        headline="No signal? Report it.",
        text="20 seconds, no account. Then you know whether you are alone.",
        target="/en/report/",
        language="en",
    ),
)
PAGES = {
    Slot.LEFT: (PageKind.NETWORK,),
    Slot.TOP: (PageKind.NETWORK,),
    Slot.LIST: (PageKind.HOME, PageKind.CASES),
    Slot.POST: (PageKind.POST,),
}


def make_ads(plan: Plan) -> int:
    """Makes advertisers, bookings, past counts and the statements of past months; returns how many bookings."""
    chance, today = Random(plan.seed), timezone.localdate(plan.ends_at)
    for slug, (name, payer, branch) in PAYERS.items():
        carrier = Carrier.objects.filter(slug=slug).first()
        Advertiser.objects.create(
            slug=slug, name=name, payer=payer, branch=branch, carrier=carrier, is_house=slug == HOUSE
        )
    for booked in BOOKINGS:
        _count(booked, _book(booked, today), today, chance)
    _bill(today, plan.ends_at)
    return len(BOOKINGS)


def _book(booked: Booked, today: date) -> Campaign:
    starts_on = today + timedelta(booked.first)
    campaign = Campaign.objects.create(
        advertiser=Advertiser.objects.get(slug=booked.payer),
        name=booked.name,
        state=State.RUNNING,
        starts_on=starts_on,
        ends_on=today + timedelta(booked.last),
        slots=list(booked.slots),
        language=booked.language,
        booked_views=booked.booked_views,
        price_model=booked.model,
        price_cents=booked.cents,
    )
    campaign.carriers.set(Carrier.objects.filter(slug__in=booked.pages))
    noon = timezone.make_aware(datetime.combine(starts_on - timedelta(days=len(WAY)), time(12)))
    for day, (before, after) in enumerate(zip(("", *WAY), WAY, strict=False)):
        CampaignChange.objects.create(
            campaign=campaign, before=before, after=after, by="Demo", changed_at=noon + timedelta(days=day)
        )
    if booked.shapes:
        for shape in booked.shapes:
            _picture(booked, campaign, shape)
    else:
        _creative(booked, campaign, kind=Kind.TEXT, headline=booked.headline, text=booked.text)
    return campaign


def _creative(booked: Booked, campaign: Campaign, **words: str) -> Creative:
    return Creative.objects.create(campaign=campaign, target_url=booked.target, review=Review.APPROVED, **words)


def _picture(booked: Booked, campaign: Campaign, shape: Shape) -> None:
    creative = _creative(booked, campaign, kind=Kind.PICTURE, shape=shape, alt=booked.alt)
    for dark in (False, True):
        png = paint(shape.size, dark=dark)
        CreativePicture.objects.create(creative=creative, dark=dark, content=fit(io.BytesIO(png), len(png), shape))


def _count(booked: Booked, campaign: Campaign, today: date, chance: Random) -> None:
    """Views and clicks of the days before today, with the share of robots and reloads that a site sees."""
    pieces = list(campaign.creatives.order_by("pk"))
    rows = []
    for day in (campaign.starts_on + timedelta(n) for n in range((today - campaign.starts_on).days)):
        for n, slot in enumerate(booked.slots if booked.daily else ()):
            page = chance.choice(PAGES[slot])
            views = round(booked.daily / len(booked.slots) * chance.uniform(0.7, 1.3))
            clicks = sum(chance.random() < booked.rate for _view in range(views))
            where = {"day": day, "campaign": campaign, "creative": pieces[n % len(pieces)]}
            where |= {"slot": slot, "page_kind": page}
            rows.append(DailyCount(**where, views=views, clicks=clicks))
            for reason, share in ((Reason.ROBOT, 0.09), (Reason.RELOAD, 0.03)):
                rows.append(DailyCount(**where, reason=reason, views=round(views * share * chance.uniform(0.5, 1.5))))
    DailyCount.objects.bulk_create(rows)


def _bill(today: date, now: datetime) -> None:
    """The statements of the months that are over, marked as demo."""
    month = min(Campaign.objects.filter(state__in=LIVE).values_list("starts_on", flat=True)).replace(day=1)
    payers = list(Advertiser.objects.filter(is_house=False).order_by("pk"))
    while month < today.replace(day=1):
        for payer in payers:
            make_statement(payer, month, now, demo=True)
        month = (month + timedelta(days=32)).replace(day=1)
