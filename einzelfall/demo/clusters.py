"""What is going on in the present: troubles of one network at one place and time, and one that is over."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from einzelfall.demo.towns import Point, Towns, middle_of, point_anywhere

TRIES = 20
NEW = {"": 0.65, "once": 0.35}


@dataclass(frozen=True)
class Episode:
    """`size` reports scattered by `kilometres` around `path`, from `first_day` to `last_day` days before the end.

    `path` holds (latitude, longitude, share); `town` is the GeoNames number of a place where all of them lie, or 0
    where they lie in whatever town's area. Situations and frequencies are shares, None means the usual ones; `growth`
    is the trend over the time, as in sampling.moments_between.
    """

    path: tuple[tuple[float, float, float], ...]
    kilometres: float
    size: int
    first_day: float
    last_day: float
    carriers: dict[str, float]
    problems: dict[tuple[str, ...], float]
    town: int = 0
    situations: Mapping[str, float] | None = None
    frequencies: Mapping[str, float] | None = None
    growth: float = 0.0


MUENSTER, KASSEL, DRESDEN, ROSTOCK = 2867543, 2892518, 2935022, 2844588
RUNNING_IN_MUENSTER = Episode(
    town=MUENSTER,
    path=((51.962, 7.626, 1.0),),
    kilometres=0.8,
    size=44,
    first_day=6.4,
    last_day=0,
    growth=2.5,
    frequencies=NEW,
    carriers={"o2": 0.6, "aldi-talk": 0.2, "blau": 0.12, "fonic": 0.04, "tchibo": 0.04},
    problems={("data-none",): 0.7, ("data-none", "data-slow"): 0.2, ("no-outgoing", "data-none"): 0.1},
)
OUTAGE_IN_KASSEL = Episode(
    town=KASSEL,
    path=((51.317, 9.497, 0.7), (51.312, 9.446, 0.3)),
    kilometres=1.4,
    size=41,
    first_day=20.6,
    last_day=19.4,
    frequencies=NEW,
    carriers={"vodafone": 0.74, "otelo": 0.12, "lidl-connect": 0.14},
    problems={("no-network",): 0.5, ("no-network", "data-none"): 0.3, ("no-outgoing", "no-incoming"): 0.2},
)
KASSEL_WORKS_AGAIN = Episode(
    town=KASSEL,
    path=((51.317, 9.497, 1.0),),
    kilometres=1.6,
    size=7,
    first_day=19.4,
    last_day=16,
    carriers={"vodafone": 0.8, "otelo": 0.2},
    problems={("works",): 1.0},
)
RAILWAY_OFFENBURG_FREIBURG = Episode(
    path=(
        (48.334, 7.820, 0.18),  # Lahr
        (48.277, 7.795, 0.17),  # Orschweier
        (48.220, 7.772, 0.15),  # Herbolzheim
        (48.190, 7.763, 0.28),  # Kenzingen
        (48.158, 7.781, 0.22),  # Riegel
    ),
    kilometres=0.7,
    size=36,
    first_day=58,
    last_day=0.5,
    carriers={"telekom": 0.66, "congstar": 0.22, "klarmobil": 0.06, "penny-mobil": 0.06},
    problems={("dropped",): 0.42, ("no-network",): 0.3, ("data-none",): 0.18, ("dropped", "data-none"): 0.1},
    situations={"train": 1.0},
)
SLOW_IN_DRESDEN = Episode(
    town=DRESDEN,
    path=((51.064, 13.753, 1.0),),
    kilometres=1.0,
    size=22,
    first_day=41,
    last_day=1,
    carriers={"1und1": 0.7, "winsim": 0.18, "sim-de": 0.12},
    problems={("data-slow",): 0.8, ("data-slow", "dropped"): 0.2},
)
REPAIRED_IN_ROSTOCK = Episode(
    town=ROSTOCK,
    path=((54.089, 12.120, 1.0),),
    kilometres=1.3,
    size=18,
    first_day=112,
    last_day=74,
    carriers={"o2": 0.7, "blau": 0.15, "aldi-talk": 0.15},
    problems={("no-incoming",): 0.5, ("dropped",): 0.5},
)
EPISODES = (
    RUNNING_IN_MUENSTER,
    OUTAGE_IN_KASSEL,
    KASSEL_WORKS_AGAIN,
    RAILWAY_OFFENBURG_FREIBURG,
    SLOW_IN_DRESDEN,
    REPAIRED_IN_ROSTOCK,
)


def points_of(rng: np.random.Generator, towns: Towns, episode: Episode) -> list[Point]:
    """The points of an episode, its `size` many."""
    shares = np.array([share for _, _, share in episode.path])
    drawn = rng.choice(len(shares), episode.size, p=shares / shares.sum())
    return [_point(rng, towns, episode, episode.path[n][:2]) for n in drawn]


def _point(rng: np.random.Generator, towns: Towns, episode: Episode, around: tuple[float, float]) -> Point:
    town = towns.index(episode.town) if episode.town else None
    for _ in range(TRIES):
        found = point_anywhere(rng, around, episode.kilometres)
        if found is not None and (town is None or found.where.town_id == towns.ids[town]):
            return found
    return middle_of(towns, town or 0)
