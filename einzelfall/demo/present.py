"""The present: reports of all open networks over the days before the demo's end, with clusters and quiet areas."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from complaints.carriers.queries import CarrierRow
from complaints.imports.actions import Row
from einzelfall.demo import devices, sampling
from einzelfall.demo.cases import Case, rows_of
from einzelfall.demo.clusters import EPISODES, Episode, points_of
from einzelfall.demo.sampling import DAY, Floats, Ints, Rng
from einzelfall.demo.towns import Point, Towns, middle_of, point_in_town

REPORTS = 2_500
DAYS = 120
WORKING = 0.15
WHOLE_TOWN = 0.16
GROWTH = 0.3

NETWORKS = {"o2": 0.34, "telekom": 0.25, "vodafone": 0.29, "1und1": 0.12}
# Shares of the brands inside of their network; a brand that is not listed takes part with RARE.
BRANDS = {
    "o2": 0.52,
    "aldi-talk": 0.16,
    "blau": 0.10,
    "telekom": 0.62,
    "congstar": 0.20,
    "klarmobil": 0.06,
    "vodafone": 0.72,
    "otelo": 0.10,
    "lidl-connect": 0.12,
    "1und1": 0.62,
    "winsim": 0.16,
    "sim-de": 0.12,
}
RARE = 0.03

PROBLEMS: dict[tuple[str, ...], float] = {
    ("data-slow",): 20,
    ("data-none",): 13,
    ("no-network",): 11,
    ("dropped",): 11,
    ("data-none", "data-slow"): 6,
    ("no-network", "data-none"): 5,
    ("no-network", "no-outgoing", "no-incoming"): 4,
    ("no-incoming",): 5,
    ("no-outgoing",): 5,
    ("dropped", "data-slow"): 5,
    ("dropped", "no-outgoing"): 4,
    ("sms",): 3,
    ("no-incoming", "sms"): 2,
    ("other",): 3,
    ("dropped", "other"): 1,
}
SITUATIONS = {"indoors": 0.44, "outdoors": 0.22, "train": 0.12, "car": 0.10, "": 0.12}
FREQUENCIES = {"always": 0.22, "often": 0.34, "sometimes": 0.20, "once": 0.12, "": 0.12}
HOTLINES = {"isolated": 0.20, "known": 0.09, "fixed-soon": 0.09, "no-answer": 0.15, "not-asked": 0.35, "": 0.12}
CITY_TECHNOLOGIES = {"5g": 0.50, "4g": 0.40, "unknown": 0.10}
COUNTRY_TECHNOLOGIES = {"4g": 0.66, "5g": 0.20, "unknown": 0.14}
CITY = 100_000
LARGE = 300_000

# South, north, west and east of areas from which hardly anybody reports.
QUIET_AREAS = (
    (52.3, 53.0, 10.9, 12.1),  # Altmark
    (52.9, 53.5, 13.3, 14.5),  # Uckermark
    (48.7, 49.9, 12.2, 13.7),  # Bayerischer Wald and Oberpfalz
    (50.0, 50.5, 6.1, 6.9),  # Eifel
)
QUIET = 0.04


@dataclass(frozen=True)
class _Scene:
    """What a group of n reports shares: the moment before which nothing happened, the circumstances."""

    start: int
    cities: NDArray[np.bool_]
    frequencies: Mapping[str, float] = field(default_factory=lambda: FREQUENCIES)
    situations: Mapping[str, float] = field(default_factory=lambda: SITUATIONS)


def present(rng: Rng, towns: Towns, carriers: dict[str, CarrierRow], end: int) -> list[Row]:
    """The 2,500 rows of the DAYS before `end` (seconds since 1970), in the order of their arrival."""
    cases = [case for episode in EPISODES for case in _episode(rng, towns, carriers, episode, end)]
    cases += _background(rng, towns, carriers, end, REPORTS - len(cases), _working(cases))
    return rows_of(rng, cases)


def carrier_weights(carriers: dict[str, CarrierRow]) -> dict[str, float]:
    """The share of each open carrier in all reports."""
    slug_of = {carrier.id: slug for slug, carrier in carriers.items()}
    inside = {slug: BRANDS.get(slug, RARE) for slug, carrier in carriers.items() if not carrier.closed}
    totals: dict[str, float] = {}
    for slug, share in inside.items():
        network = slug_of[carriers[slug].network_id]
        totals[network] = totals.get(network, 0) + share
    found = {}
    for slug, share in inside.items():
        network = slug_of[carriers[slug].network_id]
        found[slug] = NETWORKS.get(network, RARE) * share / totals[network]
    return found


def town_weights(rng: Rng, towns: Towns) -> Floats:
    """How likely a report comes from each town: its inhabitants, some chance, and quiet areas."""
    spread = np.where(towns.people > LARGE, 0.12, 0.5)
    weights: Floats = towns.people.astype(np.float64) * np.exp(spread * rng.standard_normal(len(towns)))
    for south, north, west, east in QUIET_AREAS:
        inside = (towns.latitudes > south) & (towns.latitudes < north)
        inside &= (towns.longitudes > west) & (towns.longitudes < east)
        weights = np.where(inside, weights * QUIET, weights)
    return weights


def _working(cases: list[Case]) -> int:
    """How many positive reports the background must hold."""
    return round(WORKING * REPORTS) - sum(case.problems == ("works",) for case in cases)


def _background(
    rng: Rng, towns: Towns, carriers: dict[str, CarrierRow], end: int, size: int, working: int
) -> list[Case]:
    start = end - DAYS * DAY
    weights = town_weights(rng, towns)
    places = rng.choice(len(towns), size, p=weights / weights.sum())
    brands = sampling.choose(rng, carrier_weights(carriers), size)
    kinds = list(PROBLEMS)
    drawn = sampling.choose(rng, {str(n): PROBLEMS[kind] for n, kind in enumerate(kinds)}, size)
    problems = [kinds[int(n)] for n in drawn]
    for n in rng.choice(size, working, replace=False):
        problems[n] = ("works",)
    received = sampling.moments_between(rng, start, end, size, GROWTH)
    points = [_town_point(rng, towns, int(town)) for town in places]
    cities = towns.people[places] >= CITY
    return _cases(rng, [carriers[brand] for brand in brands], problems, points, received, _Scene(start, cities))


def _episode(rng: Rng, towns: Towns, carriers: dict[str, CarrierRow], episode: Episode, end: int) -> list[Case]:
    start = end - round(episode.first_day * DAY)
    received = sampling.moments_between(rng, start, end - round(episode.last_day * DAY), episode.size, episode.growth)
    brands = sampling.choose(rng, episode.carriers, episode.size)
    kinds = list(episode.problems)
    drawn = sampling.choose(rng, {str(n): episode.problems[kind] for n, kind in enumerate(kinds)}, episode.size)
    points = points_of(rng, towns, episode)
    in_city = np.full(episode.size, bool(episode.town))
    return _cases(
        rng,
        [carriers[brand] for brand in brands],
        [kinds[int(n)] for n in drawn],
        points,
        received,
        _Scene(start, in_city, episode.frequencies or FREQUENCIES, episode.situations or SITUATIONS),
    )


def _cases(
    rng: Rng,
    brands: list[CarrierRow],
    problems: list[tuple[str, ...]],
    points: list[Point],
    received: Ints,
    scene: _Scene,
) -> list[Case]:
    """Adds what everybody has: a clock, a telephone, circumstances."""
    size = len(points)
    offline = np.array(["no-network" in kinds or "data-none" in kinds for kinds in problems])
    gap = np.minimum(sampling.gaps(rng, offline), received - scene.start)
    happened = np.maximum(sampling.when_it_happened(received, gap), scene.start)
    situations = sampling.choose(rng, scene.situations, size)
    frequencies = sampling.choose(rng, scene.frequencies, size)
    hotlines = sampling.choose(rng, HOTLINES, size)
    city, country = (sampling.choose(rng, kinds, size) for kinds in (CITY_TECHNOLOGIES, COUNTRY_TECHNOLOGIES))
    models = devices.draw(rng, devices.NOW, size)
    found = []
    for n in range(size):
        works = problems[n] == ("works",)
        found.append(
            Case(
                carrier=brands[n],
                problems=problems[n],
                point=points[n],
                happened=int(happened[n]),
                received=int(received[n]),
                technology="unknown" if "no-network" in problems[n] else city[n] if scene.cities[n] else country[n],
                situation=situations[n],
                frequency="" if works else frequencies[n],
                hotline="" if works else hotlines[n],
                device=models[n][0],
                system=models[n][1],
            )
        )
    return found


def _town_point(rng: Rng, towns: Towns, town: int) -> Point:
    return middle_of(towns, town) if rng.random() < WHOLE_TOWN else point_in_town(rng, towns, town)
