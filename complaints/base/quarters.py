"""Which entries of a gazetteer are quarters of a bigger town, where the source does not say so.

An entry is a quarter of a town in the same Land when

1. the Land is a city state: all of Berlin and Hamburg, and Bremen but for Bremerhaven, or
2. its name or one of its other names is "<town>-<something>" or "<town> <something>" ("Berlin-Kreuzberg",
   "Stuttgart Feuerbach"), the town has at least twice its inhabitants and is at most 20 km away, or
3. it has at most three other names (a municipality of its own is known under many, by languages that write about it),
   and lies closer to a town of 50,000 or more than the radius of a disc that would hold the town's inhabitants at 1,500
   a square kilometre.

Checked against the borders of the 107 kreisfreie Städte of 2018: 89 % of their quarters are found; of the entries
called quarters there, 8 % lie outside. A list of corrections (complaints/management) settles the larger ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from complaints.base.catchments import disc_km, kilometres
from complaints.base.placenames import short

REACH = 20.0
FEW_NAMES = 3
BIG_TOWN = 50_000
PER_SQUARE_KILOMETRE = 1500
TOWN_HAS_NAMES = 8


@dataclass(frozen=True)
class Entry:
    """A populated place of the source; `names` are its other names."""

    id: int
    name: str
    land: str
    latitude: float
    longitude: float
    population: int
    names: tuple[str, ...]


def parents(
    entries: Sequence[Entry], city_states: Mapping[str, frozenset[int]], known: Mapping[int, int | None]
) -> dict[int, int]:
    """The town's id by the id of each quarter.

    `city_states` names the towns of each Land whose other entries are all quarters; `known` overrules the rule: an id
    means its parent, None a town of its own. A town that is itself a quarter has none.
    """
    bigs = [entry for entry in entries if entry.population >= BIG_TOWN and len(entry.names) >= TOWN_HAS_NAMES]
    bigs = [entry for entry in bigs if entry.land not in city_states]
    found: dict[int, int] = {}
    for entry in entries:
        heads = city_states.get(entry.land)
        if entry.id in known:
            parent = known[entry.id]
        elif heads is not None:
            towns = [other for other in entries if other.id in heads]
            parent = None if entry.id in heads else min(towns, key=lambda town: _away(entry, town)).id
        else:
            parent = _parent(entry, bigs)
        if parent is not None:
            found[entry.id] = parent
    return {quarter: town for quarter, town in found.items() if town not in found}


def _parent(entry: Entry, bigs: Sequence[Entry]) -> int | None:
    rated: list[tuple[float, int]] = []
    for town in bigs:
        if town.land != entry.land or town.id == entry.id or town.population < 2 * entry.population:
            continue
        away = _away(entry, town)
        radius = disc_km(town.population, PER_SQUARE_KILOMETRE)
        if away < REACH and _is_named_after(entry, short(town.name)):
            rated.append((away / REACH - 1, town.id))
        elif len(entry.names) <= FEW_NAMES and away < radius:
            rated.append((away / radius, town.id))
    return min(rated)[1] if rated else None


def _is_named_after(entry: Entry, town: str) -> bool:
    return any(name.startswith((f"{town}-", f"{town} ")) for name in (entry.name, *entry.names))


def _away(one: Entry, other: Entry) -> float:
    return kilometres(one.latitude, one.longitude, other.latitude, other.longitude)
