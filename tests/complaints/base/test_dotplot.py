"""The dots of a receipt: one for each report, in their days, never more than fit."""

import pytest

from complaints.base.dotplot import HIGHEST, dot_plot


def dots(path: str) -> int:
    return path.count("M")


def test_it_draws_every_report_once_and_marks_the_own_one() -> None:
    plot = dot_plot([0] * 26 + [3, 0, 2, 4], own=0)
    assert (dots(plot.others), dots(plot.own), dots(plot.none)) == (8, 1, 27)
    assert plot.own == "M295 35h0"
    assert "M295 5h0" in plot.others
    assert (plot.each, plot.view_box, plot.week_x, plot.week_width) == (1, "0 0 300 40", 230, 70)


def test_the_own_one_stands_in_its_day() -> None:
    plot = dot_plot([0] * 28 + [2, 1], own=1)
    assert (plot.own, dots(plot.others)) == ("M285 35h0", 2)


def test_it_shows_who_is_alone_among_empty_days() -> None:
    plot = dot_plot([0] * 29 + [1], own=0)
    assert (dots(plot.others), dots(plot.own), dots(plot.none)) == (0, 1, 29)


def test_it_shows_a_report_that_is_not_counted_itself() -> None:
    plot = dot_plot([0] * 30, own=None)
    assert (dots(plot.none), plot.own) == (30, "")


@pytest.mark.parametrize("most", [13, 120, 98_765, 1_000_000])
def test_a_dot_stands_for_several_where_there_are_many(most: int) -> None:
    plot = dot_plot([most, *[1] * 29], own=0)
    assert plot.each > 1
    assert -(-most // plot.each) <= HIGHEST
    assert plot.height <= HIGHEST * 10
    assert dots(plot.others) + dots(plot.own) == -(-most // plot.each) + 29
