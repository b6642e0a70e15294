"""Colours and forms of the map's cells."""

import re
from pathlib import Path

from complaints.base import ratescale
from complaints.base.chance import poisson_interval


def test_it_colours_by_the_rate_against_the_usual_one() -> None:
    counts = (0, 498, 499, 996, 1000, 1996, 2003, 4008, 4010, 9999)
    found = [ratescale.step_of(count, 10_000_000.0, 10.0) for count in counts]
    assert found == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_it_believes_a_rate_the_more_reports_there_are() -> None:
    ten_times_the_usual = [ratescale.step_of(count, count * 1000.0, 10.0) for count in (1, 5, 20, 100)]
    assert ten_times_the_usual == [3, 4, 5, 5]


def test_it_knows_no_rate_below_a_thousand_inhabitants() -> None:
    assert ratescale.step_of(5, 999.0, 10.0) == 0
    assert ratescale.step_of(5, 1000.0, 10.0) == 4


def test_it_names_the_bounds_of_the_colours() -> None:
    found = [(step.number, step.first, step.last) for step in ratescale.steps(12.0)]
    assert found == [(1, 0.0, 6.0), (2, 6.0, 12.0), (3, 12.0, 24.0), (4, 24.0, 48.0), (5, 48.0, None)]


def test_it_keeps_a_rate_where_nothing_is_reported_or_nobody_known() -> None:
    assert ratescale.usual_rate(0, 0.0) == 100.0
    assert ratescale.usual_rate(800, 80_000_000.0) == 1.0


def test_its_forms_say_how_wide_the_interval_is() -> None:
    spans = {count: poisson_interval(count)[1] / poisson_interval(count)[0] for count in (4, 5, 19, 20)}
    assert spans[20] < 2.56 < spans[19]
    assert spans[5] < 8 < spans[4]
    assert [ratescale.share_of(count) for count in (1, 4, 5, 19, 20)] == [0.4, 0.4, 0.66, 0.66, 0.94]


def test_the_script_draws_by_the_same_rules() -> None:
    script = Path("static/complaints/maps/marks.js").read_text()
    assert f"MULTIPLES = [{', '.join(f'{multiple:g}' for multiple in ratescale.MULTIPLES)}]" in script
    assert f"PRIOR = {ratescale.PRIOR:g};" in script
    assert f"SHARES = [{', '.join(f'{share:g}' for share in ratescale.SHARES)}]" in script
    assert f"[FAIR, SURE] = [{ratescale.FAIR}, {ratescale.SURE}]" in script
    assert re.search(rf"FEWEST_PEOPLE = {ratescale.FEWEST_PEOPLE};\nconst INHABITED = {ratescale.INHABITED};", script)
