"""Inhabitants by square."""

import numpy as np
import pytest

from complaints.base import peoplegrid, zorder

CITY, VILLAGE = (51.962, 7.626, 300_000.0), (54.012, 9.03, 900.0)


@pytest.fixture(scope="module")
def grids() -> dict[int, peoplegrid.Grid]:
    places = np.array([CITY, VILLAGE])
    return peoplegrid.levels(places[:, 0], places[:, 1], places[:, 2])


@pytest.mark.parametrize("zoom", range(5, 15))
def test_it_loses_nobody_at_any_zoom(grids: dict[int, peoplegrid.Grid], zoom: int) -> None:
    assert grids[zoom].sum() == pytest.approx(300_900)


def test_it_spreads_a_city_wider_than_a_village(grids: dict[int, peoplegrid.Grid]) -> None:
    assert (grids[14] > 1000).sum() > 40  # 150 square kilometres
    x, y = zorder.to_grid(*VILLAGE[:2], 10)
    village = peoplegrid.tile(grids, 10, x, y)
    assert 4 <= (village > 0).sum() <= 9
    assert village.sum() == pytest.approx(900)


@pytest.mark.parametrize("people", [265_208.0, 3_600_000.0])
def test_no_square_inside_of_a_city_is_empty(people: float) -> None:
    grid = peoplegrid.levels(np.array([50.7766]), np.array([6.0834]), np.array([people]))[14]
    rows, columns = grid.nonzero()
    middle, radius = (rows.mean(), columns.mean()), np.sqrt((grid > 0).sum() / np.pi)
    y, x = np.indices(grid.shape)
    inside = np.hypot(y - middle[0], x - middle[1]) < radius - 2
    assert inside.sum() > 20
    assert grid[inside].min() > 1000


@pytest.mark.parametrize(("zoom", "side"), [(0, 32), (5, 32), (9, 32), (10, 16), (12, 4), (14, 1), (18, 1)])
def test_it_gives_a_tile_in_squares_no_finer_than_known(
    grids: dict[int, peoplegrid.Grid], zoom: int, side: int
) -> None:
    x, y = zorder.to_grid(*CITY[:2], zoom)
    found = peoplegrid.tile(grids, zoom, x, y)
    assert found.shape == (side, side)
    assert found.any()


def test_it_agrees_with_its_own_larger_squares(grids: dict[int, peoplegrid.Grid]) -> None:
    x, y = zorder.to_grid(*CITY[:2], 8)
    assert peoplegrid.tile(grids, 8, x, y).sum() == pytest.approx(
        sum(peoplegrid.tile(grids, 9, 2 * x + dx, 2 * y + dy).sum() for dx in (0, 1) for dy in (0, 1))
    )


def test_it_has_nobody_outside_of_the_grid(grids: dict[int, peoplegrid.Grid]) -> None:
    assert not peoplegrid.tile(grids, 8, 0, 0).any()
    assert not peoplegrid.tile(grids, 14, 16_383, 16_383).any()
