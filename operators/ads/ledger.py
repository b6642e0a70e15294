"""What the public may know of ads: who booked which slot when, what is for sale, and the rules in words."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from complaints import reading
from operators.ads.models import Campaign, CampaignChange, State
from operators.ads.rules import (
    full,
    full_for_today,
    not_live,
    nothing_that_fits,
    other_device,
    other_language,
    other_network,
    other_place,
    other_problem,
    outside_its_days,
    page_without_this_slot,
    rival_beside,
    rivals_own_post,
    slot_not_booked,
)
from operators.ads.slots import OFFERS, PageKind, PriceClass, Shape, Slot
from operators.members.advertisers import Advertiser

PAGE_SIZE = 50
LAST_PAGE = 1000
FIREWALL: tuple[tuple[object, str | Promise], ...] = (
    (
        page_without_this_slot,
        _("Ads stand only on the pages listed here; the form, receipts, light pages, help and moderation have none."),
    ),
    (not_live, _("People of the site look at each campaign and each ad before it is shown, and may refuse both.")),
    (outside_its_days, _("An ad is shown on the booked days only.")),
    (slot_not_booked, _("An ad is shown in the booked slot only.")),
    (nothing_that_fits, _("A picture has exactly the size of its slot, so that nothing on the page moves.")),
    (other_language, _("Who books one language is shown on pages in that language only.")),
    (other_device, _("Who books phones or desktops is shown there only.")),
    (other_network, _("Who books the pages of a network is shown on those only.")),
    (other_place, _("Who books the pages of a place is shown on those only.")),
    (other_problem, _("Who books a kind of trouble is shown on cases of that kind only.")),
    (full_for_today, _("A limit of views a day ends the ad for that day.")),
    (full, _("A limit of views in all ends the ad for good.")),
    (
        rival_beside,
        _("Of rivals that do not want to stand beside each other, a page shows one; a daily lot says whom."),
    ),
    (
        rivals_own_post,
        _("A carrier may keep rivals' ads off the pages of its own posts; that is open to every carrier."),
    ),
)
"""Every rule of rules.py in a sentence for readers; a test says that none is missing."""


@dataclass(frozen=True)
class Entry:
    """A booking as everybody may see it; `slots` are pairs of slot and price class.

    `first` and `last` are the days it may be shown, which approvals and ends make fewer than were booked.
    """

    payer: str
    is_house: bool
    slots: tuple[tuple[Slot, PriceClass], ...]
    starts_on: date
    ends_on: date
    first: date
    last: date
    standing: str


@dataclass(frozen=True)
class LedgerPage:
    """Bookings, the latest period first; the numbers of the neighbour pages."""

    entries: tuple[Entry, ...]
    page: int
    newer: int | None
    older: int | None


@dataclass(frozen=True)
class ForSale:
    """A slot of the price list."""

    slot: Slot
    shapes: tuple[Shape, ...]
    pages: tuple[PageKind, ...]
    price_class: PriceClass


def ledger_page(page: int) -> LedgerPage:
    """A page of what was ever sold; drafts and what was refused never stand here. Two queries."""
    start = (page - 1) * PAGE_SIZE
    booked = Campaign.objects.using(reading.alias()).booked().select_related("advertiser").prefetch_related("changes")
    found = list(booked.order_by("-starts_on", "-pk")[start : start + PAGE_SIZE + 1])
    return LedgerPage(
        entries=tuple(_entry(campaign) for campaign in found[:PAGE_SIZE]),
        page=page,
        newer=page - 1 if page > 1 else None,
        older=page + 1 if len(found) > PAGE_SIZE else None,
    )


def _entry(campaign: Campaign) -> Entry:
    slots = tuple((Slot(slot), OFFERS[Slot(slot)].price_class) for slot in campaign.slots)
    payer, days = campaign.advertiser, (campaign.starts_on, campaign.ends_on, *campaign.days_run())
    return Entry(payer.payer, payer.is_house, slots, *days, standing(campaign))


def standing(campaign: Campaign) -> str:
    """Where a booking is: `planned`, `running`, `paused` or `ended`."""
    today = timezone.localdate()
    if campaign.state == State.ENDED or campaign.ends_on < today:
        return "ended"
    if campaign.state == State.PAUSED:
        return "paused"
    return "planned" if campaign.starts_on > today else "running"


def for_sale() -> tuple[ForSale, ...]:
    """The price list, from the same table that the frames follow."""
    return tuple(
        ForSale(
            slot,
            tuple(offer.shapes.values()),
            tuple(kind for kind in PageKind if kind in offer.pages),
            offer.price_class,
        )
        for slot, offer in OFFERS.items()
    )


def version() -> str:
    """Changes with every step of a campaign and with every payer's name. Three queries."""
    newest = CampaignChange.objects.using(reading.alias()).aggregate(newest=Max("pk"))["newest"]
    latest = Campaign.objects.using(reading.alias()).booked().aggregate(newest=Max("pk"))["newest"]
    payers = list(Advertiser.objects.using(reading.alias()).order_by("pk").values_list("payer", flat=True))
    return f"{newest} {latest} {blake2b(repr(payers).encode(), digest_size=6).hexdigest()}"
