"""Why an ad is not shown: the firewall and the bookings' own limits, each rule one small function with a name.

A rule looks at a booking and at what a frame asks for and returns a reason or None; none of them reads or writes
anything. A new rule is a function, its reasons in Why and a place in RULES, where the first one that speaks decides.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b

from django.db import models
from django.utils.translation import gettext_lazy as _

from operators.ads.asking import Asked
from operators.ads.models import LIVE, State
from operators.ads.slots import OFFERS, OWN_POSTS_WITHOUT_RIVALS
from operators.ads.stock import Booking


class Why(models.TextChoices):
    """The reasons, as the workplace says them."""

    UNAPPROVED = "unapproved", _("The site has not approved the campaign.")
    PAUSED = "paused", _("The campaign is paused.")
    ENDED = "ended", _("The campaign has ended.")
    EARLY = "early", _("Its first day is still to come.")
    LATE = "late", _("Its last day is over.")
    PAGE = "page", _("This slot is not sold on this page.")
    SLOT = "slot", _("It has not booked this slot.")
    SHAPE = "shape", _("It has no approved ad of this size.")
    LANGUAGE = "language", _("It is booked for pages in another language.")
    DEVICE = "device", _("It is booked for another device.")
    NETWORK = "network", _("It is booked for pages of other networks.")
    PLACE = "place", _("It is booked for pages of other places.")
    PROBLEM = "problem", _("It is booked for other kinds of trouble.")
    DAILY = "daily", _("It has had its views for today.")
    TOTAL = "total", _("It has had all its views.")
    OWN_POSTS = (
        "own-posts",
        _("A carrier keeps rivals off the pages of its own posts, as every carrier may."),
    )
    RIVAL = "rival", _("A rival is shown on this page, and one of the two does not want to stand beside the other.")


Rule = Callable[[Booking, Asked], Why | None]


def not_live(booking: Booking, asked: Asked) -> Why | None:
    stopped = {State.PAUSED: Why.PAUSED, State.ENDED: Why.ENDED}
    return None if booking.state in LIVE else stopped.get(State(booking.state), Why.UNAPPROVED)


def outside_its_days(booking: Booking, asked: Asked) -> Why | None:
    if asked.day < booking.starts_on:
        return Why.EARLY
    return Why.LATE if asked.day > booking.ends_on else None


def page_without_this_slot(booking: Booking, asked: Asked) -> Why | None:
    offer = OFFERS[asked.slot]
    return None if asked.page.kind in offer.pages and asked.device in offer.shapes else Why.PAGE


def slot_not_booked(booking: Booking, asked: Asked) -> Why | None:
    return None if asked.slot in booking.slots else Why.SLOT


def nothing_that_fits(booking: Booking, asked: Asked) -> Why | None:
    shape = OFFERS[asked.slot].shapes[asked.device]
    return None if any(piece.fits(shape) for piece in booking.pieces) else Why.SHAPE


def other_language(booking: Booking, asked: Asked) -> Why | None:
    return None if booking.language in ("", asked.language) else Why.LANGUAGE


def other_device(booking: Booking, asked: Asked) -> Why | None:
    return None if booking.device in ("", asked.device) else Why.DEVICE


def other_network(booking: Booking, asked: Asked) -> Why | None:
    return None if not booking.carriers or booking.carriers & asked.page.carriers else Why.NETWORK


def other_place(booking: Booking, asked: Asked) -> Why | None:
    return None if not booking.places or booking.places & asked.page.places else Why.PLACE


def other_problem(booking: Booking, asked: Asked) -> Why | None:
    return None if not booking.problems or booking.problems & asked.page.problems else Why.PROBLEM


def full_for_today(booking: Booking, asked: Asked) -> Why | None:
    return Why.DAILY if booking.daily_cap and booking.views_today >= booking.daily_cap else None


def full(booking: Booking, asked: Asked) -> Why | None:
    limit = min(filter(None, (booking.total_cap, booking.booked_views)), default=None)
    return Why.TOTAL if limit and booking.views >= limit else None


def rivals_own_post(booking: Booking, asked: Asked) -> Why | None:
    """A carrier may keep rivals off its own posts' pages, but only as the price list offers it to everybody."""
    return Why.OWN_POSTS if OWN_POSTS_WITHOUT_RIVALS and asked.page.owner in booking.kept_off else None


RULES: tuple[Rule, ...] = (
    not_live,
    outside_its_days,
    page_without_this_slot,
    slot_not_booked,
    nothing_that_fits,
    other_language,
    other_device,
    other_network,
    other_place,
    other_problem,
    rivals_own_post,
    full_for_today,
    full,
)


def why_not(booking: Booking, asked: Asked) -> Why | None:
    """The first reason that speaks against a booking by itself; None where it may be shown."""
    return next((why for rule in RULES if (why := rule(booking, asked))), None)


def rival_beside(booking: Booking, asked: Asked, present: list[Booking]) -> Why | None:
    """Of rivals that exclude each other a page shows one: whom the page's lot names, in all its frames, all day.

    `present` are those of rivals_on_page. Known limit: where a cap is reached between two frames of one page, the lot
    may name another one.
    """
    if booking not in present:
        return None
    admitted: dict[int, bool] = {}
    for one in sorted(present, key=lambda one: blake2b(f"{asked.lot}{one.payer.id}".encode()).digest()):
        if one.payer.branch != booking.payer.branch:
            continue
        excludes = any(other.excludes_rivals for other in present if other.payer.id == one.payer.id)
        if one.payer.id in admitted or not (admitted and (excludes or any(admitted.values()))):
            admitted[one.payer.id] = excludes
    return None if booking.payer.id in admitted else Why.RIVAL


def eligible(stock: Iterable[Booking], asked: Asked) -> list[Booking]:
    """The bookings that may be shown in a frame."""
    stock = tuple(stock)
    fitting = [booking for booking in stock if not why_not(booking, asked)]
    present = rivals_on_page(stock, asked)
    return [booking for booking in fitting if not rival_beside(booking, asked, present)]


def rivals_on_page(stock: Iterable[Booking], asked: Asked) -> list[Booking]:
    """Of the branches in which somebody excludes rivals, the bookings that may be shown in any slot of the page."""
    stock = tuple(stock)
    guarded = {booking.payer.branch for booking in stock if booking.excludes_rivals and booking.payer.branch}
    questions = [asked.anywhere(slot, device) for slot, offer in OFFERS.items() for device in offer.shapes]
    rivals = [booking for booking in stock if booking.payer.branch in guarded]
    return [booking for booking in rivals if any(not why_not(booking, question) for question in questions)]
