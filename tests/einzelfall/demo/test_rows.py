"""What holds for every row of the demo, and that the same seed gives the same rows."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from complaints.base import zorder
from complaints.carriers.queries import carriers
from complaints.imports.actions import Row
from complaints.places.models import Place
from einzelfall.demo import bulk, sampling, texts
from einzelfall.demo.cases import slugs
from einzelfall.demo.loading import rows_of
from einzelfall.demo.towns import Towns
from tests.einzelfall.demo.conftest import END, PLAN

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.django_db
def test_it_draws_the_same_rows_for_the_same_seed(rows: list[Row]) -> None:
    assert rows_of(PLAN) == rows


@pytest.mark.django_db
def test_it_draws_other_rows_for_another_seed_or_date(towns: Towns) -> None:
    def first_block(seed: int, end: int) -> bytes:
        known = slugs(carriers())
        drawn = bulk.blocks(
            seed=seed, towns=towns, carriers=known, end=end, first_number=1, count=500, progress=lambda count: None
        )
        return b"".join(drawn)

    same = first_block(1, END)
    assert first_block(1, END) == same
    assert first_block(2, END) != same
    assert first_block(1, END - 86_400) != same


def test_it_keeps_the_local_day_and_the_key_in_step(rows: list[Row]) -> None:
    for row in rows:
        assert row.happened_on == row.happened_at.astimezone(BERLIN).date()
        assert row.zorder == zorder.encode(row.latitude, row.longitude)
        assert (round(row.latitude, 3), round(row.longitude, 3)) == (row.latitude, row.longitude)
        assert row.happened_at <= row.received_at


@pytest.mark.django_db
def test_a_town_lies_in_its_own_land(rows: list[Row]) -> None:
    laender = dict(Place.objects.towns().values_list("pk", "land"))
    assert all(row.land_id == laender[row.town_id] for row in rows if row.town_id)


def test_it_finds_the_local_day_around_clock_changes() -> None:
    spring = [sampling.seconds_of(sampling.moment_of(1774735200 + 900 * n)) for n in range(200)]
    autumn = [1792879200 + 900 * n for n in range(200)]
    moments = np.array(spring + autumn)
    expected = [sampling.moment_of(moment).astimezone(BERLIN).date() for moment in moments]
    assert (np.datetime64("1970-01-01", "D") + sampling.local_days(moments)).tolist() == expected


def test_it_writes_varied_texts(rows: list[Row]) -> None:
    written = [row.text for row in rows if row.text]
    assert 0.57 < len(written) / len(rows) < 0.63
    assert len(set(written)) > 0.85 * len(written)
    assert len(set(texts.fragments())) >= 200
    assert not any(sign in text for text in written for sign in "[]{}|")


def test_it_writes_nothing_that_contradicts_the_report(rows: list[Row]) -> None:
    for row in rows:
        if row.situation == "train":
            assert "Wohnung" not in row.text
        if row.technology == "2g":
            assert "UMTS ist da" not in row.text
        if not row.device:
            assert "Mein  " not in row.text


def test_it_gives_every_report_a_submission_of_its_own(rows: list[Row]) -> None:
    assert len({row.submission for row in rows}) == len(rows)
    assert {row.submission.version for row in rows} == {4}


def test_it_ticks_exactly_and_leaves_nobody_without() -> None:
    rng = np.random.default_rng(3)
    ticked = sampling.ticks(rng, rng.standard_normal((50, 3)), np.array([30, 20, 5]))
    assert ticked.sum(axis=0).tolist() == [30, 20, 5]
    assert ticked.any(axis=1).all()
