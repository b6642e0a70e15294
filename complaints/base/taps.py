"""Which taps count at once: plain rules over the last hour, as complaints/base/limits.py has them for reports."""

from dataclasses import dataclass

from complaints.base.limits import ADDRESS_CEILING, NETWORK_CEILING, allowance

PER_ADDRESS_AND_REPORT, PER_NETWORK_AND_REPORT, PER_ADDRESS = 30, 90, 200


@dataclass(frozen=True)
class Taps:
    """Taps let through in the last hour: of this address on the report, of its network on the report, of it on any."""

    address_here: int = 0
    network_here: int = 0
    address: int = 0


@dataclass(frozen=True)
class Usual:
    """Taps on any report in an hour that was usual: the hour before, or this hour yesterday if that was more."""

    address: int = 0
    network: int = 0


def too_many(taps: Taps, usual: Usual) -> bool:
    """Whether one more waits instead of counting; where many share a connection it is allowed what it usually sends."""
    return (
        taps.address_here >= allowance(PER_ADDRESS_AND_REPORT, usual.address, ADDRESS_CEILING)
        or taps.network_here >= allowance(PER_NETWORK_AND_REPORT, usual.network, NETWORK_CEILING)
        or taps.address >= allowance(PER_ADDRESS, usual.address, ADDRESS_CEILING)
    )
