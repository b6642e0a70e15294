"""What can be objected to: each feature above says how its things are found and hidden; this floor knows them not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from complaints.moderation.models import Subject


@dataclass(frozen=True)
class Exhibit:
    """A public thing as the flag form and the queue show it; `address` is a path."""

    title: str
    text: str
    address: str


class Hide(Protocol):
    """Hides the thing with this number and writes the decision."""

    def __call__(self, *, number: int, reason: str, note: str, by: str) -> None: ...


@dataclass(frozen=True)
class Kind:
    """How things of a kind are found while they are public, hidden (None: not here), and how many wait for a look."""

    find: Callable[[int], Exhibit | None]
    hide: Hide | None = None
    waiting: Callable[[], int] | None = None


_kinds: dict[Subject, Kind] = {}


def register(subject: Subject, kind: Kind) -> None:
    """Called once by each feature when the app starts."""
    _kinds[subject] = kind


def find(subject: str, number: int) -> Exhibit | None:
    """The public thing of a kind with a number, None where there is none."""
    kind = _kinds.get(Subject(subject)) if subject in Subject else None
    return kind.find(number) if kind and number < 1 << 62 else None


def can_hide(subject: str) -> bool:
    kind = _kinds.get(Subject(subject))
    return bool(kind and kind.hide)


def hide(subject: str, *, number: int, reason: str, note: str, by: str) -> bool:
    """Whether a thing of this kind could be hidden from here; repeated calls change nothing."""
    kind = _kinds.get(Subject(subject))
    if kind is None or kind.hide is None:
        return False
    kind.hide(number=number, reason=reason, note=note, by=by)
    return True


def waiting() -> list[tuple[Subject, int]]:
    """How many things of each kind are held now; one query a kind."""
    return [(subject, kind.waiting()) for subject, kind in _kinds.items() if kind.waiting]
