"""The story of 2011: 7,691 reports of O2 customers whose published marginals hold to the unit.

Figures: newspapers and trade sites on the first "Wir sind Einzelfall" (see docs/demo.md). What was not published
(the days one by one, other towns, text messages) is ours.
"""

from datetime import date, timedelta

import numpy as np

from complaints.carriers.queries import CarrierRow
from complaints.imports.actions import Row
from complaints.reports.models import Problem
from einzelfall.demo import devices, sampling
from einzelfall.demo.cases import Case, rows_of
from einzelfall.demo.sampling import Ints, Rng
from einzelfall.demo.towns import Point, Towns, middle_of, point_in_town, point_near

ONLINE = date(2011, 11, 12)
FIRST_TEN_DAYS = (74, 188, 612, 1247, 1386, 1058, 803, 497, 418, 417)
LATER_DAYS = (203, 171, 142, 118, 71, 66, 83, 58, 39, 25, 15)
DAYS = FIRST_TEN_DAYS + LATER_DAYS
REPORTS = sum(DAYS)

KINDS = {
    Problem.NO_NETWORK: 2307,
    Problem.NO_OUTGOING: 3142,
    Problem.NO_INCOMING: 2307,
    Problem.DROPPED: 3080,
    Problem.SMS: 614,
    Problem.DATA_NONE: 4815,
    Problem.DATA_SLOW: 4997,
}
# How much each kind goes with trouble of voice and of data: people ticked several kinds of one sort.
LEANINGS = np.array([[0.5, 0.3], [0.9, 0], [0.9, 0], [0.8, 0], [0.5, 0.1], [0, 0.6], [0, 0.7]])

BERLIN, HAMBURG, MUENCHEN, FRANKFURT, MANNHEIM, KOELN = 2950159, 2911298, 2867714, 2925533, 2873891, 2886242
CITIES = {BERLIN: 1224, HAMBURG: 1117, MUENCHEN: 607, FRANKFURT: 434, MANNHEIM: 306, KOELN: 270}
MUENSTER, OSNABRUECK = 2867543, 2856883
WORSE = {MUENSTER: 4.5, OSNABRUECK: 4.5}
# No other town comes nearer than this to Mannheim's reports an inhabitant.
CEILING = 0.75

SPOTS: dict[int, tuple[tuple[str, float, float, float], ...]] = {
    HAMBURG: (("Hauptbahnhof", 53.553, 10.006, 0.22), ("Mönckebergstraße", 53.551, 9.999, 0.13)),
    BERLIN: (("Hackescher Markt", 52.523, 13.402, 0.11),),
    MUENCHEN: (("Innenstadt", 48.138, 11.573, 0.20),),
}
SPOT_KILOMETRES = 0.2
WHOLE_TOWN = 0.12

SITUATIONS = {"indoors": 0.46, "outdoors": 0.25, "train": 0.10, "car": 0.08, "": 0.11}
FREQUENCIES = {"always": 0.36, "often": 0.38, "sometimes": 0.16, "once": 0.03, "": 0.07}
HOTLINES = {"isolated": 0.56, "not-asked": 0.24, "fixed-soon": 0.08, "known": 0.06, "no-answer": 0.06}


def story(rng: Rng, towns: Towns, o2: CarrierRow) -> list[Row]:
    """The 7,691 rows in the order of their arrival. Raises MissingTownError."""
    received, happened = _times(rng)
    places = rng.permutation(np.repeat(np.arange(len(towns)), town_counts(rng, towns)))
    kinds = _problem_sets(rng)
    technologies = sampling.choose(rng, {"3g": 0.68, "2g": 0.32}, REPORTS)
    situations = sampling.choose(rng, SITUATIONS, REPORTS)
    frequencies = sampling.choose(rng, FREQUENCIES, REPORTS)
    hotlines = sampling.choose(rng, HOTLINES, REPORTS)
    models = devices.draw(rng, devices.THEN, REPORTS)
    cases = []
    for n in range(REPORTS):
        spot, point = _point(rng, towns, int(places[n]))
        cases.append(
            Case(
                carrier=o2,
                problems=kinds[n],
                point=point,
                happened=int(happened[n]),
                received=int(received[n]),
                technology=technologies[n],
                situation="outdoors" if spot and situations[n] == "car" else situations[n],
                frequency=frequencies[n],
                hotline=hotlines[n],
                device=models[n][0],
                system=models[n][1],
                spot=spot,
            )
        )
    return rows_of(rng, cases)


def town_counts(rng: Rng, towns: Towns) -> Ints:
    """Reports of each town: the published ones, the rest by inhabitants and below CEILING of Mannheim's rate."""
    fixed = {towns.index(geoname): count for geoname, count in CITIES.items()}
    mannheim = towns.index(MANNHEIM)
    weights = towns.people**1.05 * rng.lognormal(0, 0.3, len(towns))
    for geoname, factor in WORSE.items():
        weights[towns.index(geoname)] *= factor
    weights[list(fixed)] = 0
    highest = np.floor(CEILING * CITIES[MANNHEIM] / towns.people[mannheim] * towns.people).astype(np.int64)
    counts = _capped(weights, highest, REPORTS - sum(CITIES.values()))
    for town, count in fixed.items():
        counts[town] = count
    return counts


def _capped(weights: sampling.Floats, highest: Ints, total: int) -> Ints:
    """`total` by weights, none above its highest; what is cut off goes to the others."""
    counts = sampling.apportion(weights, total)
    while (counts > highest).any():
        counts = np.minimum(counts, highest)
        room = np.where(counts < highest, weights, 0)
        counts = counts + sampling.apportion(room, total - int(counts.sum()))
    return counts


def _times(rng: Rng) -> tuple[Ints, Ints]:
    """Arrival and trouble, both on the same local day, so that days count alike by either clock."""
    days = [ONLINE + timedelta(days=n) for n, count in enumerate(DAYS) for _ in range(count)]
    received = np.sort(sampling.moments_of_days(rng, days))
    starts = np.array([sampling.midnight(day) for day in days])
    gap = 60 * rng.lognormal(np.log(40), 1.1, REPORTS)
    return received, np.maximum((received - gap.astype(np.int64)) // 60 * 60, starts)


def _problem_sets(rng: Rng) -> list[tuple[str, ...]]:
    moods = rng.standard_normal((REPORTS, 2))
    scores = moods @ LEANINGS.T + 0.8 * rng.standard_normal((REPORTS, len(KINDS)))
    ticked = sampling.ticks(rng, scores, np.array(list(KINDS.values())))
    names = [kind.value for kind in KINDS]
    return [tuple(names[kind] for kind in np.flatnonzero(row)) for row in ticked]


def _point(rng: Rng, towns: Towns, town: int) -> tuple[str, Point]:
    luck = rng.random()
    for name, latitude, longitude, share in SPOTS.get(int(towns.geonames[town]), ()):
        if luck < share:
            return name, point_near(rng, towns, town, (latitude, longitude), SPOT_KILOMETRES)
        luck -= share
    if rng.random() < WHOLE_TOWN:
        return "", middle_of(towns, town)
    return "", point_in_town(rng, towns, town)
