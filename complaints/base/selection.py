"""What a visitor selected: the one set of filters that lists, downloads, feeds and maps share."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Selection:
    """Filters joined by "and"; inside one of them "or". Empty values do not filter.

    `networks` and `carriers` are carrier ids, `problems` a bit mask (complaints/reports/models.py), `since` and
    `until` whole days of `happened_on`, both included. `place` is the id of a Place.
    """

    networks: tuple[int, ...] = ()
    carriers: tuple[int, ...] = ()
    problems: int = 0
    place: int | None = None
    since: date | None = None
    until: date | None = None
    cell: tuple[int, int] | None = None
    """Range of z-order keys of one square of the map, the end excluded."""
    area: tuple[tuple[int, int], ...] = ()
    """Ranges of z-order keys that together are a rectangle of the map."""
    text: str = ""
    query: str = ""
    """The same filters as a canonical query string without `seite`, for links."""
