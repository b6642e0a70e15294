"""Which filings count at once and which wait for a look: plain rules over what the last hours hold.

Nothing is ever refused. Limits are per hour and adapt: a connection that many honest people share has sent much in the
hour before or at this hour yesterday, and sends from many devices. Only filings that were let through are counted, so
that a flood cannot raise its own limits by what was held.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from complaints.base import zorder

CELL_ZOOM = 14
PER_DEVICE, PER_DEVICE_IN_DOUBT = 6, 3
DEVICE_SHARE = 0.6
"""Of a shared connection's filings; the commonest browser string of a country has some 0.3."""
PER_ADDRESS, ADDRESS_CEILING = 200, 1200
PER_NETWORK, NETWORK_CEILING = 600, 3000
PER_CELL_OF_POINTS, PER_CELL_OF_NAMES = 150, 1500
GROWTH = 2.5
SAME_TEXT_HERE, SAME_TEXT_ANYWHERE = 3, 20
SAME_SECOND, SAME_CONTENT = 6, 3
SHARED_FROM_DEVICES, SHARED_FROM_BEFORE = 4, 20
FASTEST = 300.0
"""Metres a second, a little more than an airliner."""
FAR = 50_000.0
WAVE_FROM, WAVE_GROWTH, PER_NEW_ADDRESS_IN_WAVE = 300, 5.0, 2
FULL_FROM, FULL_GROWTH = 500, 10.0
"""Let through in ten minutes, and times the same hour yesterday: the hour before may be the flood's own."""
CLEARED_BY_ANSWER = frozenset({"device", "address", "network", "cell", "surge"})
"""Reasons that may well be honest: who answers a small question is let through."""


class Wave(IntEnum):
    """What the whole site gets: what it usually gets, far more, or more than can be an outage alone."""

    NONE = 0
    HIGH = 1
    FULL = 2


@dataclass(frozen=True)
class Facts:
    """What a filing itself says. `doubtful`: its form token is missing, old, or was made a moment ago."""

    cell: int
    happened_at: datetime
    point: bool = True
    long_text: bool = False
    known_address: bool = True
    trapped: bool = False
    doubtful: bool = False


@dataclass(frozen=True)
class Past:
    """Filings let through in the last hour; `…_before` in the hour before or at this hour yesterday, if that is more.

    `address_yesterday` is at this hour yesterday alone.
    `journey` are cell and time of what happened of the last ten minutes' filings of this device at this address.
    """

    address: int = 0
    address_before: int = 0
    address_yesterday: int = 0
    devices: int = 0
    device: int = 0
    second: int = 0
    content: int = 0
    text_here: int = 0
    text_anywhere: int = 0
    network: int = 0
    network_before: int = 0
    cell: int = 0
    journey: tuple[tuple[int, datetime], ...] = ()

    @property
    def shared(self) -> bool:
        """Whether many people seem to use this address."""
        return self.devices >= SHARED_FROM_DEVICES or self.address_before >= SHARED_FROM_BEFORE


@dataclass(frozen=True)
class Case:
    """A filing, its past, and whether the whole site is in a wave."""

    facts: Facts
    past: Past
    wave: Wave = Wave.NONE


@dataclass(frozen=True)
class Verdict:
    """`reason` is empty where the filing counts at once; `ask`: a right answer lets it through."""

    reason: str = ""

    @property
    def held(self) -> bool:
        return bool(self.reason)

    @property
    def ask(self) -> bool:
        return self.reason in CLEARED_BY_ANSWER


def judge(case: Case) -> Verdict:
    """The first rule that speaks decides."""
    return Verdict(next((reason for reason, broken in RULES.items() if broken(case)), ""))


def is_wave(last_ten_minutes: int, usual_ten_minutes: float) -> bool:
    """Whether far more arrives than usual on the whole site: an outage of a country, or a flood."""
    return last_ten_minutes >= max(WAVE_FROM, WAVE_GROWTH * usual_ten_minutes)


def is_full(passed_ten_minutes: int, yesterday_ten_minutes: float) -> bool:
    """Whether a wave let so much through that who is new must wait."""
    return passed_ten_minutes >= max(FULL_FROM, FULL_GROWTH * yesterday_ten_minutes)


def allowance(start: int, before: int, ceiling: int) -> int:
    """Filings an hour of something that had `before` in a usual hour."""
    return min(ceiling, max(start, int(GROWTH * before)))


def _trap(case: Case) -> bool:
    return case.facts.trapped


def _same_text(case: Case) -> bool:
    here = SAME_TEXT_HERE if case.facts.known_address else SAME_TEXT_ANYWHERE
    return case.past.text_here >= here or case.past.text_anywhere >= SAME_TEXT_ANYWHERE


def _same_second(case: Case) -> bool:
    return case.facts.known_address and case.past.second >= SAME_SECOND


def _travel(case: Case) -> bool:
    """Two impossible journeys, so that one report for somebody elsewhere does no harm."""
    if case.past.shared or not case.facts.known_address:
        return False
    here = (case.facts.cell, case.facts.happened_at)
    return sum(_too_fast(here, there) for there in case.past.journey) >= 2


def _too_fast(here: tuple[int, datetime], there: tuple[int, datetime]) -> bool:
    metres = zorder.distance(*_middle(here[0]), *_middle(there[0]))
    return metres > FAR and metres > FASTEST * abs((here[1] - there[1]).total_seconds())


def _middle(cell: int) -> tuple[float, float]:
    x, y = zorder.deinterleave(cell)
    return zorder.to_degrees(x + 0.5, y + 0.5, CELL_ZOOM)


def _duplicate(case: Case) -> bool:
    """The same words at the same place; without words the third time, unless many people share the address."""
    if case.facts.long_text:
        return case.past.content >= 1
    return case.past.content >= SAME_CONTENT and case.facts.known_address and not case.past.shared


def _device(case: Case) -> bool:
    """Where many share an address, many also have the same phone."""
    start = (PER_DEVICE_IN_DOUBT if case.facts.doubtful else PER_DEVICE) * (2 if case.past.shared else 1)
    return case.facts.known_address and case.past.device >= max(start, int(DEVICE_SHARE * case.past.address))


def _address(case: Case) -> bool:
    return case.past.address >= allowance(PER_ADDRESS, case.past.address_before, ADDRESS_CEILING)


def _network(case: Case) -> bool:
    return case.past.network >= allowance(PER_NETWORK, case.past.network_before, NETWORK_CEILING)


def _cell(case: Case) -> bool:
    return case.past.cell >= (PER_CELL_OF_POINTS if case.facts.point else PER_CELL_OF_NAMES)


def _surge(case: Case) -> bool:
    """In a wave who comes without a form waits, and a connection keeps to what it usually sends."""
    if case.wave == Wave.FULL:
        usual = allowance(0, case.past.address_yesterday, ADDRESS_CEILING)
    else:
        usual = allowance(PER_NEW_ADDRESS_IN_WAVE, case.past.address_before, ADDRESS_CEILING)
    return case.wave != Wave.NONE and (case.facts.doubtful or case.past.address >= usual)


RULES: dict[str, Callable[[Case], bool]] = {
    "trap": _trap,
    "same-text": _same_text,
    "same-second": _same_second,
    "travel": _travel,
    "duplicate": _duplicate,
    "device": _device,
    "address": _address,
    "network": _network,
    "cell": _cell,
    "surge": _surge,
}
