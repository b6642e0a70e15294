"""Why an ad is not shown on a page: every reason, in words, from the same rules that choose."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from operators.ads.asking import Asked
from operators.ads.choosing import behind
from operators.ads.rules import RULES, Why, nothing_that_fits, rival_beside, rivals_on_page
from operators.ads.slots import OFFERS
from operators.ads.stock import Booking

AHEAD = _("It has had more views than its pace needs by now; it goes on when the pace has caught up.")
PAUSES = _("It takes turns with others: its share of the views is smaller than all.")


@dataclass(frozen=True)
class Answer:
    """`reasons` keep an ad from a frame; `turns` is why it is not shown each time although it may be."""

    reasons: tuple[Why, ...]
    turns: str | Promise


def explain(booking: Booking, asked: Asked, stock: tuple[Booking, ...], now: datetime) -> Answer:
    """All that speaks against a booking in a frame. Of rivals that exclude each other, a lot may name another one."""
    drawn = asked.device in OFFERS[asked.slot].shapes
    rules = [rule for rule in RULES if drawn or rule is not nothing_that_fits]
    reasons = [why for rule in rules if (why := rule(booking, asked))]
    if not reasons:
        beside = rival_beside(booking, asked, rivals_on_page(stock, asked))
        reasons = [beside] if beside else []
    return Answer(tuple(reasons), "" if reasons else _turns(booking, now))


def _turns(booking: Booking, now: datetime) -> str | Promise:
    if booking.booked_views and behind(booking, now) <= 0:
        return AHEAD
    return "" if booking.exclusive else PAUSES
