"""The picture of the country: positions and marks."""

from complaints.base import countrymap
from complaints.base.countrymap import Cell


def test_it_puts_all_of_germany_on_the_picture() -> None:
    for lat, lon in ((55.06, 8.4), (47.27, 10.2), (51.05, 5.87), (51.27, 15.04)):
        x, y = countrymap.place_on_picture(lat, lon)
        assert 10 < x < countrymap.WIDTH - 10
        assert 90 < y < countrymap.HEIGHT - 110


def squares(path: str) -> list[float]:
    return [float(part.split("v")[0]) for part in path.split("h")[1:] if "v" in part]


def test_it_draws_dots_for_few_reports_and_larger_squares_for_more() -> None:
    found = ["".join(countrymap.marks([Cell(540, 340, count, 0, 100_000.0)], 0.01).colours) for count in (4, 5, 19, 20)]
    assert "a" in found[0]
    assert squares(found[0]) == []
    assert squares(found[1]) == squares(found[2]) < squares(found[3])


def test_it_draws_a_ring_only_where_works_prevails() -> None:
    cells = [Cell(540, 340, 2, 2, 5000.0), Cell(541, 340, 1, 2, 5000.0)]
    marks = countrymap.marks(cells, 10.0)
    assert len(marks.rings) == 1
    assert "".join(marks.colours).count("M") == 1


def test_it_colours_by_rate_and_not_by_number() -> None:
    few_in_a_village, many_in_a_city = Cell(540, 340, 15, 0, 2000.0), Cell(541, 340, 50, 0, 1_000_000.0)
    marks = countrymap.marks([few_in_a_village, many_in_a_city], 10.0)
    assert [bool(path) for path in marks.colours] == [False, True, False, False, True]


def test_it_hatches_where_people_live_and_nobody_reported() -> None:
    marks = countrymap.marks([Cell(540, 340, 0, 0, 5000.0), Cell(541, 340, 0, 0, 3.0)], 10.0)
    assert marks.empty.count("M") == 1
    assert not "".join(marks.colours)


def test_it_gives_no_rate_where_hardly_anybody_lives() -> None:
    marks = countrymap.marks([Cell(540, 340, 7, 0, 30.0)], 10.0)
    assert marks.unknown
    assert not "".join(marks.colours)
