import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from complaints.base import zorder

latitudes = st.floats(min_value=-84, max_value=84)
longitudes = st.floats(min_value=-180, max_value=179.99)


@given(latitudes, longitudes)
def test_one_point_and_many_points_get_the_same_key(latitude: float, longitude: float) -> None:
    many = zorder.encode_many(np.array([latitude]), np.array([longitude]))
    assert many[0] == zorder.encode(latitude, longitude)


@given(latitudes, longitudes, st.integers(min_value=0, max_value=24))
def test_a_point_lies_in_the_range_of_its_tile(latitude: float, longitude: float, zoom: int) -> None:
    x, y = zorder.to_grid(latitude, longitude, zoom)
    low, high = zorder.tile_range(zoom, x, y)
    assert low <= zorder.encode(latitude, longitude) < high


@given(st.integers(min_value=0, max_value=2**24 - 1), st.integers(min_value=0, max_value=2**24 - 1))
def test_interleaving_can_be_undone(x: int, y: int) -> None:
    assert zorder.deinterleave(zorder.interleave(x, y)) == (x, y)
    columns, rows = zorder.deinterleave_many(np.array([zorder.interleave(x, y)]))
    assert (columns[0], rows[0]) == (x, y)


@given(
    st.floats(min_value=47, max_value=55),
    st.floats(min_value=6, max_value=15),
    st.floats(min_value=-1, max_value=1),
    st.floats(min_value=-1, max_value=1),
)
def test_circle_ranges_miss_no_point_of_the_circle(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    other = (latitude + north * 0.02, longitude + east * 0.03)
    ranges = zorder.circle_ranges(latitude, longitude, 2000)
    if zorder.distance(latitude, longitude, *other) <= 2000:
        assert any(low <= zorder.encode(*other) < high for low, high in ranges)
    assert len(ranges) <= 16


def test_a_known_distance() -> None:
    assert round(zorder.distance(52.52, 13.405, 53.551, 9.993) / 1000) == 255
