"""The slots of a page: frames of a fixed size that depend on the page alone, so that it is the same for everybody."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from complaints.base.publicpage import LIGHT
from complaints.carriers.models import Carrier
from complaints.carriers.queries import CarrierRow
from complaints.places.models import Place
from complaints.reports.models import Report
from operators.ads.asking import Page, mark_of
from operators.ads.billing import euros as desk_euros
from operators.ads.slots import OFFERS, PageKind, Slot
from operators.posts.models import Post

register = template.Library()
PLACES = ("land_id", "district_id", "town_id", "quarter_id")
Subject = CarrierRow | Carrier | Place | Report | Post | str


@register.inclusion_tag("operators/ads/_slot.html", takes_context=True)
def ad_slot(context: Context, slot: str, kind: str, subject: Subject = "") -> dict[str, Any]:
    """The frames of a slot, one for each device, of which the style sheet shows one; a browser asks for no other.

    `subject` is what the page is about. Nothing on light pages and where the site sells no ads. No query.
    """
    if not _sells(context):
        return {}
    request: HttpRequest = context["request"]
    page = _page(PageKind(kind), mark_of(request.get_full_path().removeprefix(LIGHT)), subject)
    query = urlencode({"p": page.signed()})
    return {"slot": Slot(slot), "frames": OFFERS[Slot(slot)].shapes.items(), "query": query}


@register.simple_tag(takes_context=True)
def ad_column(context: Context) -> SafeString:
    """The attribute of a body whose page has the slot on the left: room is kept before a browser has read that far."""
    return mark_safe(' class="beside-ad"') if _sells(context) else mark_safe("")


def _sells(context: Context) -> bool:
    return settings.ADS and not getattr(context["request"], "light", False)


@register.filter
def euros(cents: int) -> str:
    """An amount in the page's language: 1.234,50 € for 123450."""
    return desk_euros(cents)


def _page(kind: PageKind, mark: str, subject: Subject) -> Page:
    match subject:
        case CarrierRow():
            return Page(kind, mark, frozenset({subject.id, subject.network_id}))
        case Carrier():
            return Page(kind, mark, _brand(subject))
        case Place():
            return Page(kind, mark, places=_numbers(subject.pk, subject.land_id, subject.parent_id))
        case Report():
            about = _numbers(*(getattr(subject, name) for name in PLACES))
            return Page(kind, mark, _numbers(subject.carrier_id, subject.network_id), about, subject.problems)
        case Post():
            return Page(kind, mark, _brand(subject.carrier), owner=subject.carrier_id)
    return Page(kind, mark)


def _brand(carrier: Carrier) -> frozenset[int]:
    return _numbers(carrier.pk, carrier.runs_on_id)


def _numbers(*numbers: int | None) -> frozenset[int]:
    return frozenset(number for number in numbers if number is not None)
