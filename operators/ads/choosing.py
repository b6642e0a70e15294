"""Which of the eligible bookings a frame shows, so that everybody gets what was booked, spread over its days.

In this order: who has the slot alone; whose share of the matching views is due; who is behind the pace of the views
that were booked, by how much; who shares what is left, by weight; the house. Shares are kept exactly by a credit that
each matching view raises and each showing spends; paces correct themselves, because they look at what was counted.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from operators.ads.asking import Asked
from operators.ads.rules import eligible
from operators.ads.slots import OFFERS
from operators.ads.stock import Booking, Piece

FINISH = 0.97
"""Part of the period after which booked views should be delivered: the last hours are a reserve for a slow end."""


@dataclass
class Turns:
    """What one worker remembers between frames: credits of shares, and what it showed since the stock was read."""

    random: Random = field(default_factory=Random)
    credits: dict[int, float] = field(default_factory=dict)
    shown: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    seen: tuple[Booking, ...] = ()

    def glance(self) -> "Turns":
        """The same, to choose with for somebody who does not count: what they are shown takes nobody's turn."""
        return replace(self, credits=dict(self.credits))

    def current(self, stock: tuple[Booking, ...]) -> tuple[Booking, ...]:
        """The stock with what this worker has shown since; a new stock has counted that already."""
        if stock is not self.seen:
            self.seen, self.shown = stock, defaultdict(int)
        return stock


@dataclass(frozen=True)
class Choice:
    """What a frame shows."""

    booking: Booking
    piece: Piece


def choose(stock: tuple[Booking, ...], asked: Asked, now: datetime, turns: Turns) -> Choice | None:
    """What to show, None where nothing is eligible. Pure but for `turns`; no query."""
    candidates = eligible(turns.current(stock), asked)
    booking = _pick([one for one in candidates if not _is_full(one, turns)], now, turns)
    if booking is None:
        return None
    shape = OFFERS[asked.slot].shapes[asked.device]
    return Choice(booking, turns.random.choice([piece for piece in booking.pieces if piece.fits(shape)]))


def _is_full(booking: Booking, turns: Turns) -> bool:
    """Whether a cap is reached when this worker's own showings are added to the counts."""
    shown = turns.shown[booking.id]
    limits = ((booking.daily_cap, booking.views_today), (booking.total_cap, booking.views))
    return any(limit and views + shown >= limit for limit, views in limits)


def _pick(candidates: list[Booking], now: datetime, turns: Turns) -> Booking | None:
    paying = [one for one in candidates if not one.payer.is_house]
    return (
        next((one for one in paying if one.exclusive), None)
        or _due_share([one for one in paying if one.share], turns)
        or _by_weight(_needs([one for one in paying if one.booked_views], now, turns), turns)
        or _by_weight([(one, one.weight) for one in paying if not one.booked_views and not one.share], turns)
        or _by_weight([(one, one.weight) for one in candidates if one.payer.is_house], turns)
    )


def _due_share(sharing: list[Booking], turns: Turns) -> Booking | None:
    """The booking whose credit has reached one whole view; the greatest of several."""
    for one in sharing:
        before = turns.credits.setdefault(one.id, turns.random.random())
        turns.credits[one.id] = min(before + (one.share or 0) / 100, 2.0)
    due = max(sharing, key=lambda one: turns.credits[one.id], default=None)
    if due is None or turns.credits[due.id] < 1:
        return None
    turns.credits[due.id] -= 1
    return due


def _needs(paced: list[Booking], now: datetime, turns: Turns) -> list[tuple[Booking, float]]:
    """Those behind their pace, each with the part of its booking that is missing, times its weight."""
    return [(one, need * one.weight) for one in paced if (need := behind(one, now, turns.shown[one.id])) > 0]


def behind(booking: Booking, now: datetime, shown: int = 0) -> float:
    """Which part of the booked views should have been shown by now and was not; negative where it is ahead."""
    booked = booking.booked_views or 1
    whole = (booking.ends_at - booking.begins_at).total_seconds() * FINISH
    elapsed = (now - booking.begins_at).total_seconds()
    return min(1.0, max(0.0, elapsed / whole)) - (booking.views + shown) / booked


def _by_weight(weighted: Iterable[tuple[Booking, float]], turns: Turns) -> Booking | None:
    pairs = list(weighted)
    if not pairs:
        return None
    bookings, weights = [booking for booking, _weight in pairs], [weight for _booking, weight in pairs]
    return turns.random.choices(bookings, weights)[0]
