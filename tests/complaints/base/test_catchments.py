import math

from hypothesis import given
from hypothesis import strategies as st

from complaints.base.catchments import TOWN_EXPONENT, Catchments, Centre, nearest_bigger
from complaints.base.outlines import EAST_WEST

CITY = Centre(1, 51.96, 7.63, 300_000)
VILLAGE = Centre(2, 51.96, 7.83, 1_000)
FAR = Centre(3, 52.5, 7.63, 50_000)
TOWNS = Catchments([CITY, VILLAGE, FAR], TOWN_EXPONENT)


def test_a_city_reaches_farther_than_a_village() -> None:
    assert TOWNS.nearest(51.96, 7.74) == CITY
    assert TOWNS.nearest(51.96, 7.82) == VILLAGE


def test_it_gives_nothing_beyond_the_limit() -> None:
    assert TOWNS.nearest(48.0, 12.0, limit=10) is None
    assert Catchments([], 0.3).nearest(51.96, 7.63) is None


@given(st.floats(min_value=51, max_value=53), st.floats(min_value=6.5, max_value=9))
def test_remembered_squares_change_no_answer(latitude: float, longitude: float) -> None:
    def score(town: Centre) -> float:
        away = math.hypot(town.latitude - latitude, (town.longitude - longitude) * EAST_WEST)
        return float(away / town.population**TOWN_EXPONENT)

    found = TOWNS.nearest(latitude, longitude)
    assert found is not None
    assert math.isclose(score(found), min(map(score, TOWNS.centres)), rel_tol=1e-9, abs_tol=1e-12)


def test_the_nearest_bigger_town_is_much_bigger() -> None:
    assert nearest_bigger([CITY, VILLAGE, FAR], [0, 1, 2]) == [-1, 0, 0]
