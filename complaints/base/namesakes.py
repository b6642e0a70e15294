"""Places that share a name, and the labels that tell them apart."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from complaints.base.catchments import Centre, nearest_bigger
from complaints.base.placenames import key, short

TOWN = "town"
QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Entry:
    """A town or quarter; `land`, `district` and `parent` (the town of a quarter) are ids of places."""

    id: int
    name: str
    kind: str
    land: int
    district: int | None
    parent: int | None
    latitude: float
    longitude: float
    population: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Land:
    """A Land and the short forms people write for it."""

    id: int
    name: str
    abbreviations: tuple[str, ...] = ()


def labels(entries: Sequence[Entry], laender: Mapping[int, Land]) -> dict[int, str]:
    """A line for each place that tells it from every other: "Kreuzberg, Berlin", "Neustadt, Bayern (bei Coburg)"."""
    by_id = {entry.id: entry for entry in entries}
    plain = {entry.id: _plain_label(entry, by_id, laender) for entry in entries}
    shared: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        shared[key(plain[entry.id])].append(index)
    double = [index for indexes in shared.values() if len(indexes) > 1 for index in indexes]
    centres = [
        Centre(entry.id, entry.latitude, entry.longitude, entry.population if entry.kind == TOWN else 0)
        for entry in entries
    ]
    taken: set[str] = set(shared)
    for index, near in zip(double, nearest_bigger(centres, double), strict=True):
        entry = entries[index]
        label = f"{plain[entry.id]} (bei {entries[near].name})" if near >= 0 else plain[entry.id]
        if key(label) in taken:
            label = f"{plain[entry.id]} ({entry.latitude:.2f}, {entry.longitude:.2f})"
        taken.add(key(label))
        plain[entry.id] = label
    return plain


def _plain_label(entry: Entry, by_id: Mapping[int, Entry], laender: Mapping[int, Land]) -> str:
    town = by_id.get(entry.parent or 0)
    if entry.kind == QUARTER and town is not None:
        return entry.name if entry.name.startswith(f"{short(town.name)}-") else f"{entry.name}, {town.name}"
    land = laender[entry.land].name
    return entry.name if land == entry.name else f"{entry.name}, {land}"
