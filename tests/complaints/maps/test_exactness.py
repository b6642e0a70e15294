"""Whatever was filed, hidden or folded: the packed figures are those of a plain count."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from unittest import mock

import pytest
from django.db.models import F, QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from complaints.base import zorder
from complaints.base.selection import Selection
from complaints.carriers.models import Carrier
from complaints.maps import queries, rebuilding
from complaints.maps.actions import fold_changes
from complaints.maps.queries import Count
from complaints.maps.rebuilding import rebuild
from complaints.maps.tasks import fold_all
from complaints.maps.verifying import verify
from complaints.reports.actions import counted_later
from complaints.reports.models import BITS, WORKS_BIT, Report
from complaints.reports.news import TallyChange
from tests.builders import a_report, a_town

START = date(2024, 1, 1)
DAYS = 700
PROBLEMS = [[name] for name in BITS] + [["dropped", "sms"], ["data-slow", "no-incoming"]]
CARRIERS = ("o2", "telekom", "aldi-talk", "congstar")
POINTS = [(52.52, 13.405), (52.521, 13.404), (52.5, 13.5), (51.962, 7.626), (51.963, 7.62), (48.14, 11.58), (50.0, 8.2)]


@dataclass(frozen=True)
class Window:
    since: date | None
    until: date | None


def some_reports(count: int, seed: int = 1) -> list[Report]:
    random = Random(seed)  # noqa: S311
    towns = [a_town(), a_town("Berlin", "berlin"), a_town("Mainz", "mainz")]
    return [
        a_report(
            *random.choice(PROBLEMS),
            carrier=random.choice(CARRIERS),
            at=datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=int(random.random() ** 2 * DAYS)),
            point=random.choice(POINTS),
            town=random.choice(towns),
        )
        for _ in range(count)
    ]


def hide(report: Report) -> None:
    Report.objects.filter(number=report.number).update(hidden_at=report.received_at)


def plain(selection: Selection) -> QuerySet[Report]:
    """The reports of a selection, filtered in the plainest way."""
    reports = Report.objects.filter(hidden_at=None, withdrawn_at=None, held_at=None)
    if selection.networks:
        reports = reports.filter(network_id__in=selection.networks)
    if selection.carriers:
        reports = reports.filter(carrier_id__in=selection.carriers)
    if selection.problems:
        reports = reports.annotate(hit=F("problems").bitand(selection.problems)).exclude(hit=0)
    if selection.since:
        reports = reports.filter(happened_on__gte=selection.since)
    if selection.until:
        reports = reports.filter(happened_on__lte=selection.until)
    if selection.place:
        reports = reports.filter(town_id=selection.place)
    return reports


def is_works(report: Report, selection: Selection) -> bool:
    return report.problems == WORKS_BIT and selection.problems != WORKS_BIT


def counted(
    zoom: int, x: int, y: int, selection: Selection
) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
    trouble, works = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for report in plain(selection):
        column, row = (value >> (zorder.ZOOM - zoom - 5) for value in zorder.deinterleave(report.zorder))
        if (column >> 5, row >> 5) == (x, y):
            (works if is_works(report, selection) else trouble)[column & 31, row & 31] += 1
    return trouble, works


def assert_tile(zoom: int, point: tuple[float, float], selection: Selection) -> None:
    x, y = zorder.to_grid(*point, zoom)
    found = queries.tile_counts(zoom, x, y, selection)
    trouble, works = counted(zoom, x, y, selection)
    assert {(dx, dy): n for dx, dy, n in found.trouble.tolist()} == trouble
    assert {(dx, dy): n for dx, dy, n in found.works.tolist()} == works
    assert (found.total, found.works_total) == (trouble.total(), works.total())


def assert_figures(selection: Selection) -> None:
    reports = list(plain(selection))
    works = sum(is_works(report, selection) for report in reports)
    assert queries.totals(selection) == Count(len(reports) - works, works)
    places: dict[int, list[int]] = {}
    for report in reports:
        for place in (report.land_id, report.town_id):
            places.setdefault(place or 0, [0, 0])[is_works(report, selection)] += 1
    assert queries.place_counts(selection) == {place: Count(*both) for place, both in places.items()}
    country = queries.country_counts(selection)
    assert (int(country.trouble.sum()), int(country.works.sum())) == (len(reports) - works, works)


days = st.none() | st.integers(-40, DAYS + 40).map(lambda n: START + timedelta(days=n))
masks = st.sampled_from([0, 0, WORKS_BIT, 1, BITS["dropped"], BITS["sms"] | BITS["works"], 255])


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    first, last = draw(days), draw(days)
    if first and last and first > last:
        first, last = last, first
    ids = dict(Carrier.objects.values_list("slug", "id"))
    networks = draw(st.sampled_from([(), (), ("o2",), ("telekom",), ("o2", "telekom")]))
    carriers = draw(st.sampled_from([(), (), (), ("aldi-talk",), ("o2", "congstar")]))
    return Selection(
        networks=tuple(ids[slug] for slug in networks),
        carriers=tuple(ids[slug] for slug in carriers),
        problems=draw(masks),
        since=first,
        until=last,
    )


class TestFigures(TestCase):
    """Two thirds of 240 reports are folded, some of either part are hidden again."""

    @classmethod
    def setUpTestData(cls) -> None:
        reports = some_reports(240)
        for report in reports[:5]:
            hide(report)
        fold_changes(100)
        fold_changes(60)
        for report in reports[5:9] + reports[-3:]:
            hide(report)

    @settings(max_examples=120, deadline=None)
    @given(selections(), st.integers(0, 18), st.sampled_from(POINTS))
    def test_a_tile_equals_a_plain_count(self, selection: Selection, zoom: int, point: tuple[float, float]) -> None:
        assert_tile(zoom, point, selection)

    @settings(max_examples=60, deadline=None)
    @given(selections())
    def test_totals_and_places_equal_a_plain_count(self, selection: Selection) -> None:
        assert_figures(selection)

    def test_it_counts_one_place_only(self) -> None:
        selection = Selection(place=a_town().id, since=START)
        assert_tile(8, POINTS[3], selection)
        assert_tile(2, POINTS[3], selection)
        assert queries.totals(selection).trouble == plain(selection).exclude(problems=WORKS_BIT).count()

    def test_it_agrees_after_everything_is_folded(self) -> None:
        fold_all()
        assert not TallyChange.objects.exists()
        assert verify() == []
        for zoom in range(19):
            assert_tile(zoom, POINTS[0], Selection())

    def test_it_agrees_after_a_rebuild(self) -> None:
        with mock.patch.object(rebuilding, "SLICE_REPORTS", 20):
            assert rebuild() == Report.objects.filter(hidden_at=None).count()
        assert not TallyChange.objects.exists()
        assert verify() == []
        assert_tile(11, POINTS[0], Selection(since=START, until=START + timedelta(days=100)))


@pytest.mark.django_db
def test_verify_says_what_differs() -> None:
    report = a_report("sms")
    fold_all()
    assert verify() == []
    with counted_later():
        Report.objects.filter(number=report.number).update(problems=BITS["works"])
    assert any(sentence.startswith("Zoom 5, layer 0") for sentence in verify())


@pytest.mark.django_db
def test_without_reports_there_is_nothing_to_build() -> None:
    assert rebuild() == 0
    assert verify() == []
    assert queries.place_counts(Selection()) == {}
    assert queries.country_counts(Selection()).x.size == 0


@pytest.mark.django_db
def test_a_removal_before_the_fold_leaves_nothing() -> None:
    hide(a_report("sms"))
    fold_all()
    assert verify() == []
    assert queries.totals(Selection()) == Count(0, 0)
