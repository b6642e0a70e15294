"""Which carriers there are; asked on nearly every request, so kept in the process."""

from dataclasses import dataclass

from complaints.base.memo import for_seconds
from complaints.carriers.models import Carrier


@dataclass(frozen=True)
class CarrierRow:
    """A carrier as pages and forms need it."""

    id: int
    slug: str
    name: str
    network_id: int
    tone: int
    closed: bool

    @property
    def is_network(self) -> bool:
        return self.id == self.network_id


@for_seconds(60)
def carriers() -> tuple[CarrierRow, ...]:
    """All carriers: networks first, then brands, each by name. At most one query a minute."""
    rows = [
        CarrierRow(c.id, c.slug, c.name, c.runs_on_id or c.id, c.tone, c.closed_on is not None)
        for c in Carrier.objects.order_by("name")
    ]
    return tuple(sorted(rows, key=lambda row: (not row.is_network, row.name.casefold())))


def networks() -> tuple[CarrierRow, ...]:
    return tuple(row for row in carriers() if row.is_network)


def brands() -> tuple[CarrierRow, ...]:
    return tuple(row for row in carriers() if not row.is_network)


def by_slug(slug: str) -> CarrierRow | None:
    return next((row for row in carriers() if row.slug == slug), None)


def by_id(carrier_id: int) -> CarrierRow | None:
    return next((row for row in carriers() if row.id == carrier_id), None)
