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


class Show(Protocol):
    """Undoes `Hide` and writes the decision; changes nothing where nothing is hidden."""

    def __call__(self, *, number: int, note: str, by: str) -> None: ...


@dataclass(frozen=True)
class Kind:
    """How things of a kind are found while they are public, hidden, shown again, and how many wait for a look.

    `words` gives what a thing says also while it is hidden, to the site's staff.
    """

    find: Callable[[int], Exhibit | None]
    hide: Hide
    show: Show
    waiting: Callable[[], int] | None = None
    words: Callable[[int], str] | None = None


_kinds: dict[Subject, Kind] = {}


def register(subject: Subject, kind: Kind) -> None:
    """Called once by each feature when the app starts."""
    _kinds[subject] = kind


def find(subject: str, number: int) -> Exhibit | None:
    """The public thing of a kind with a number, None where there is none."""
    kind = _kinds.get(Subject(subject)) if subject in Subject else None
    return kind.find(number) if kind and number < 1 << 62 else None


def words(subject: str, number: int) -> str:
    """What a thing says, public or not; empty where it is gone."""
    said = _kinds[Subject(subject)].words
    return said(number) if said else ""


def hide(subject: str, *, number: int, reason: str, note: str, by: str) -> None:
    """Hides a thing and writes the decision; repeated calls change nothing."""
    _kinds[Subject(subject)].hide(number=number, reason=reason, note=note, by=by)


def show(subject: str, *, number: int, note: str, by: str) -> None:
    """Shows a hidden thing again and writes the decision; repeated calls change nothing."""
    _kinds[Subject(subject)].show(number=number, note=note, by=by)


def waiting() -> list[tuple[Subject, int]]:
    """How many things of each kind are held now; one query a kind."""
    return [(subject, kind.waiting()) for subject, kind in _kinds.items() if kind.waiting]
