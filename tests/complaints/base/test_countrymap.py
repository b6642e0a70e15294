"""The picture of the country: positions, classes, marks."""

import pytest

from complaints.base import countrymap
from complaints.base.countrymap import Cell


def test_it_puts_all_of_germany_on_the_picture() -> None:
    for lat, lon in ((55.06, 8.4), (47.27, 10.2), (51.05, 5.87), (51.27, 15.04)):
        x, y = countrymap.place_on_picture(lat, lon)
        assert 10 < x < countrymap.WIDTH - 10
        assert 90 < y < countrymap.HEIGHT - 110


@pytest.mark.parametrize("largest", [0, 1, 7, 63, 64, 500, 4000, 50_000, 9_000_000])
def test_it_chooses_a_scale_that_spreads_the_counts(largest: int) -> None:
    scale = countrymap.scale_for(largest)
    assert list(scale) == sorted(set(scale))
    assert largest < scale[-1] * 4 or scale == countrymap.SCALES[-1]


def test_it_counts_each_number_to_one_class() -> None:
    scale = (1, 3, 10, 30, 100)
    assert [countrymap.class_of(n, scale) for n in (0, 1, 2, 3, 9, 10, 29, 30, 99, 100, 10**7)] == [
        0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    ]  # fmt: skip
    assert [(step.first, step.last) for step in countrymap.steps(scale)] == [
        (1, 2),
        (3, 9),
        (10, 29),
        (30, 99),
        (100, None),
    ]


def test_it_draws_larger_squares_for_more_reports() -> None:
    few = countrymap.marks([Cell(540, 340, 1, 0)], (1, 3, 10, 30, 100)).squares[0]
    many = countrymap.marks([Cell(540, 340, 500, 0)], (1, 3, 10, 30, 100)).squares[4]
    assert float(few.split("h")[1].split("v")[0]) < float(many.split("h")[1].split("v")[0])


def test_it_draws_a_ring_only_where_works_prevails() -> None:
    cells = [Cell(540, 340, 2, 2), Cell(541, 340, 1, 2), Cell(542, 340, 0, 0)]
    marks = countrymap.marks(cells, (1, 2, 4, 8, 16))
    assert len(marks.rings) == 1
    assert "".join(marks.squares).count("z") == 1
