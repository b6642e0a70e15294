import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from complaints.base.outlines import Outline, Outlines

AREAS = Outlines([Outline(7, box(8, 50, 9, 51)), Outline(9, box(9, 50, 10, 51))])


def test_a_point_lies_in_its_area() -> None:
    assert AREAS.holding(50.5, 8.5) == 7
    assert AREAS.holding(50.5, 9.5) == 9
    assert AREAS.holding(52, 9.5) is None
    assert AREAS.holding(50.5, 9.0) in (7, 9)


def test_a_point_outside_goes_to_the_nearest_area_within_reach() -> None:
    assert AREAS.nearest(51.1, 9.5, 25) == 9
    assert AREAS.nearest(51.1, 9.5, 5) is None


@given(st.lists(st.tuples(st.floats(49.5, 51.5), st.floats(7.5, 10.5)), max_size=20))
def test_many_points_get_what_one_point_gets(points: list[tuple[float, float]]) -> None:
    latitudes, longitudes = np.array(points).reshape(-1, 2).T
    many = AREAS.holding_many(latitudes, longitudes)
    for (latitude, longitude), found in zip(points, many.tolist(), strict=True):
        edge = latitude in (50, 51) or longitude in (8, 9, 10)
        assert edge or found == (AREAS.holding(latitude, longitude) or 0)


def test_no_areas_hold_nothing() -> None:
    none = Outlines([])
    assert none.holding(50.5, 8.5) is None
    assert none.nearest(50.5, 8.5, 100) is None
