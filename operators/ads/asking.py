"""What a frame asks for: on which page, in which slot, and what that page is about; signed, so that nobody invents it.

Everything here follows from the page's address and its rows, never from what is booked or who looks: the same page
carries the same frames for everybody and stays cacheable.
"""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from uuid import UUID

from django.core.signing import BadSignature, Signer

from operators.ads.slots import Device, PageKind, Slot

_signer = Signer(salt="einzelfall.ads.page")
MOST = 2000
"""Characters of a signed page; ours are shorter."""


@dataclass(frozen=True)
class Page:
    """A page as targets see it. `problems` is a bit mask; `owner` is the carrier whose post it is, 0 for none."""

    kind: PageKind
    mark: str
    carriers: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()
    problems: int = 0
    owner: int = 0

    def signed(self) -> str:
        parts = (self.kind, self.mark, _joined(self.carriers), _joined(self.places), self.problems, self.owner)
        return _signer.sign("~".join(str(part) for part in parts))


@dataclass(frozen=True)
class Asked:
    """A frame's request. `sender` is the hash of the day of who asks (complaints/base/traces.py)."""

    page: Page
    slot: Slot
    device: Device
    language: str
    day: date
    sender: UUID

    @property
    def lot(self) -> str:
        """The same for all frames of a page that somebody looks at, all day."""
        return f"{self.sender}{self.page.mark}"

    def anywhere(self, slot: Slot, device: Device) -> "Asked":
        """The same page's question for another slot."""
        return replace(self, slot=slot, device=device)


def mark_of(address: str) -> str:
    """A short mark of a page's address, the same for every frame on it."""
    return blake2b(address.encode(), digest_size=6).hexdigest()


def page_of(signed: str) -> Page | None:
    """The page that `Page.signed` wrote; None for anything else."""
    if len(signed) > MOST:
        return None
    try:
        kind, mark, carriers, places, problems, owner = _signer.unsign(signed).split("~")
    except BadSignature:
        return None
    return Page(PageKind(kind), mark, _split(carriers), _split(places), int(problems), int(owner))


def _joined(numbers: frozenset[int]) -> str:
    return ".".join(map(str, sorted(numbers)))


def _split(text: str) -> frozenset[int]:
    return frozenset(map(int, filter(None, text.split("."))))
