"""A month of page views against twenty campaigns: what was booked, what was delivered, by how much caps were missed.

Simulated are the visitors, the clock and the counts as each worker knows them; rules and choosing are the real ones.
Frames of a page are asked for in order. Counts of other workers are `stale` seconds old, as with stock.py.
"""

from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from django.utils import timezone

from operators.ads.asking import Asked, Page
from operators.ads.choosing import Turns, choose
from operators.ads.models import State
from operators.ads.rules import eligible
from operators.ads.slots import OFFERS, Device, PageKind, Slot
from operators.ads.stock import Booking, Payer, Piece, midnight

DAYS = 30
FIRST = date(2026, 3, 15)
"""The clock changes to summer time within the month."""
BY_HOUR = (6, 3, 2, 1, 1, 2, 8, 18, 30, 38, 42, 44, 46, 44, 42, 42, 44, 48, 54, 60, 62, 54, 36, 16)
KINDS = {"home": 25, "place": 25, "network": 15, "cases": 15, "case": 13, "posts": 2, "post": 5}
CARRIERS, PLACES = (1, 1, 1, 2, 2, 3), tuple(range(1, 41))
WORDS = (Piece(1, None, "Netz", "", "", "https://example.org/", None, None),)


def booking(number: int, branch: str = "", days: int = DAYS, **fields: object) -> Booking:
    """A running booking of a payer of its own, in all slots, for everybody."""
    plain = Booking(
        id=number,
        state=State.RUNNING,
        starts_on=FIRST,
        ends_on=FIRST + timedelta(days=days - 1),
        slots=frozenset(Slot.values),
        booked_views=None,
        share=None,
        weight=1,
        exclusive=False,
        excludes_rivals=False,
        daily_cap=None,
        total_cap=None,
        problems=0,
        language="",
        device="",
        payer=Payer(number, f"Kunde {number}", branch, is_house=False),
        carriers=frozenset(),
        places=frozenset(),
        kept_off=frozenset(),
        pieces=WORDS,
        views=0,
        views_today=0,
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def twenty(views: int) -> list[Booking]:
    """Twenty campaigns for a month of so many page views: paced, shared, capped, aimed, rivals; and the house."""

    def part(share: float) -> int:
        return round(views * share)

    left, phone = frozenset({Slot.LEFT}), frozenset({Slot.TOP, Slot.LIST})
    return [
        booking(1, "mobile", booked_views=part(0.08), excludes_rivals=True),
        booking(2, "mobile", booked_views=part(0.05)),
        booking(3, "mobile", booked_views=part(0.01), carriers=frozenset({1})),
        booking(4, booked_views=part(0.20), slots=left),
        booking(5, booked_views=part(0.35), slots=phone),
        booking(6, booked_views=part(0.02), language="en"),
        booking(7, booked_views=part(0.02), places=frozenset({1, 2, 3})),
        booking(8, booked_views=part(0.004), problems=0b1000),
        booking(9, booked_views=part(0.02), days=7),
        booking(10, booked_views=part(0.03), daily_cap=part(0.002)),
        booking(11, share=10),
        booking(12, share=5, slots=left),
        booking(13, share=20, carriers=frozenset({2})),
        booking(14, share=8, device="phone"),
        booking(15, "bread", share=4, excludes_rivals=True),
        booking(16, "bread", share=4),
        booking(17, share=10, total_cap=part(0.02)),
        booking(18, weight=3, daily_cap=part(0.0005)),
        booking(19, weight=1, total_cap=part(0.01)),
        booking(20, weight=1, slots=left, daily_cap=part(0.0003)),
        booking(21, payer=Payer(21, "Einzelfall", "", is_house=True)),
    ]


def seeded(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311  a simulation


@dataclass
class Worker:
    """A process: its memory, and the stock as it read it."""

    turns: Turns
    stock: tuple[Booking, ...] = ()
    read_at: datetime | None = None


@dataclass
class Month:
    """The run: views by campaign, by day and campaign, chances (how often a campaign could have been shown)."""

    bookings: list[Booking]
    page_views: int
    workers: int = 2
    stale: float = 2.0
    seed: int = 1
    views: Counter[int] = field(default_factory=Counter)
    daily: Counter[tuple[int, date]] = field(default_factory=Counter)
    chances: Counter[int] = field(default_factory=Counter)
    together: int = 0
    frames: int = 0

    def run(self) -> "Month":
        random = seeded(self.seed)
        crew = [Worker(Turns(random=seeded(self.seed + n))) for n in range(self.workers)]
        for now in self.moments(random):
            self.visit(now, random, crew)
        return self

    def moments(self, random: Random) -> list[datetime]:
        """When pages are asked for: by hour of the day as on a site of news."""
        marks = list(accumulate(BY_HOUR))
        found = []
        for _ in range(self.page_views):
            hour = bisect(marks, random.randrange(marks[-1]))
            day = FIRST + timedelta(days=random.randrange(DAYS))
            found.append(midnight(day) + timedelta(hours=hour, seconds=3600 * random.random()))
        return sorted(found)

    def visit(self, now: datetime, random: Random, crew: list[Worker]) -> None:
        page, device = self.page(random), random.choices(list(Device), (6, 4))[0]
        day, language = timezone.localdate(now), "en" if random.random() < 0.1 else "de"
        sender = UUID(int=random.getrandbits(128))
        branches = defaultdict(set)
        for slot, offer in OFFERS.items():
            if page.kind in offer.pages and device in offer.shapes:
                shown = self.frame(Asked(page, slot, device, language, day, sender), now, random.choice(crew))
                if shown and shown.payer.branch:
                    branches[shown.payer.branch].add(shown)
        for rivals in branches.values():
            self.together += len({one.payer.id for one in rivals}) > 1 and any(one.excludes_rivals for one in rivals)

    def page(self, random: Random) -> Page:
        kind = PageKind(random.choices(list(KINDS), list(KINDS.values()))[0])
        carrier, place = frozenset({random.choice(CARRIERS)}), frozenset({random.choice(PLACES)})
        mark = f"{random.getrandbits(48):x}"
        if kind is PageKind.CASE:
            return Page(kind, mark, carrier, place, 1 << random.randrange(8))
        about = carrier if kind in (PageKind.NETWORK, PageKind.POST) else frozenset()
        return Page(kind, mark, about, place if kind is PageKind.PLACE else frozenset())

    def frame(self, asked: Asked, now: datetime, worker: Worker) -> Booking | None:
        self.frames += 1
        if worker.read_at is None or (now - worker.read_at).total_seconds() >= self.stale:
            worker.stock, worker.read_at = self.counted(asked.day), now
        self.chances.update(one.id for one in eligible(worker.stock, asked))
        choice = choose(worker.stock, asked, now, worker.turns)
        if choice is None:
            return None
        worker.turns.shown[choice.booking.id] += 1
        self.views[choice.booking.id] += 1
        self.daily[choice.booking.id, asked.day] += 1
        return choice.booking

    def counted(self, day: date) -> tuple[Booking, ...]:
        return tuple(
            replace(one, views=self.views[one.id], views_today=self.daily[one.id, day])
            for one in self.bookings
            if one.starts_on <= day <= one.ends_on
        )

    def delivered(self) -> dict[int, float]:
        """Delivered views over booked ones (or over the share of the chances), of campaigns without a smaller cap."""
        found = {}
        for one in self.bookings:
            if one.booked_views:
                found[one.id] = self.views[one.id] / one.booked_views
            elif one.share and not one.total_cap:
                found[one.id] = self.views[one.id] / (self.chances[one.id] * one.share / 100)
        return found

    def overshot(self) -> int:
        """The most views that any cap, of a day or in all, was missed by."""
        total = [self.views[one.id] - one.total_cap for one in self.bookings if one.total_cap]
        caps = {one.id: one.daily_cap for one in self.bookings if one.daily_cap}
        return max(0, *total, *(n - caps[number] for (number, _day), n in self.daily.items() if number in caps))
