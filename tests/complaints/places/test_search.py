"""Places as people type them, on the committed gazetteer."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from complaints.places import atlas
from complaints.places.queries import search
from complaints.reports.models import Precision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Münster", "Münster, Nordrhein-Westfalen"),
        ("münster", "Münster, Nordrhein-Westfalen"),
        ("Muenster", "Münster, Nordrhein-Westfalen"),
        ("  MÜNSTER  ", "Münster, Nordrhein-Westfalen"),
        ("Mu\u0308nster", "Münster, Nordrhein-Westfalen"),
        ("Berlin", "Berlin"),
        ("Berlin Kreuzberg", "Kreuzberg, Berlin"),
        ("Kreuzberg, Berlin", "Kreuzberg, Berlin"),
        ("Berlin-Kreuzberg", "Kreuzberg, Berlin"),
        ("Berlin Kreutzberg", "Kreuzberg, Berlin"),
        ("Berlin Köpenick", "Köpenick, Berlin"),
        ("Hamburg Altona", "Altona, Hamburg"),
        ("Hamburg-Mitte", "Hamburg-Mitte"),
        ("Stuttgart Feuerbach", "Feuerbach, Stuttgart"),
        ("Köln Porz", "Porz am Rhein, Köln"),
        ("Ludwigshafn", "Ludwigshafen am Rhein, Rheinland-Pfalz"),
        ("Ludwigshafen", "Ludwigshafen am Rhein, Rheinland-Pfalz"),
        ("Frankfurt a. M.", "Frankfurt am Main, Hessen"),
        ("Frankfurt/Main", "Frankfurt am Main, Hessen"),
        ("Frankfurt (Oder)", "Frankfurt (Oder), Brandenburg"),
        ("Frankfurt an der Oder", "Frankfurt (Oder), Brandenburg"),
        ("Halle/Saale", "Halle (Saale), Sachsen-Anhalt"),
        ("Halle Westfalen", "Halle, Nordrhein-Westfalen"),
        ("Neustadt Sachsen", "Neustadt in Sachsen, Sachsen"),
        ("Münster NRW", "Münster, Nordrhein-Westfalen"),
        ("Köln", "Köln, Nordrhein-Westfalen"),
        ("Koeln", "Köln, Nordrhein-Westfalen"),
        ("Koln", "Köln, Nordrhein-Westfalen"),
        ("Cologne", "Köln, Nordrhein-Westfalen"),
        ("Munich", "München, Bayern"),
        ("Nuremberg", "Nürnberg, Bayern"),
        ("Dusseldorf", "Düsseldorf, Nordrhein-Westfalen"),
        ("St. Augustin", "Sankt Augustin, Nordrhein-Westfalen"),
        ("Neu Isenburg", "Neu-Isenburg, Hessen"),
        ("Köln Hauptbahnhof", "Köln, Nordrhein-Westfalen"),
        ("Hackescher Markt Berlin", "Berlin"),
        ("Hamburg, Mönckebergstraße 5", "Hamburg"),
        ("Altona Bahnhof Hamburg", "Altona, Hamburg"),
        ("48143 Münster", "Münster, Nordrhein-Westfalen"),
    ],
)
def test_it_takes_what_is_meant_without_asking(typed: str, label: str) -> None:
    found = search(typed)
    assert found.certain
    assert found.matches[0].label == label


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("Frankfurt", ("Frankfurt am Main, Hessen", "Frankfurt (Oder), Brandenburg")),
        ("Halle", ("Halle (Saale), Sachsen-Anhalt", "Halle, Nordrhein-Westfalen")),
        ("Munster", ("Munster, Niedersachsen", "Münster, Nordrhein-Westfalen")),
        ("Neustadt", ("Neustadt an der Weinstraße, Rheinland-Pfalz", "Neustadt am Rübenberge, Niedersachsen")),
        ("Müns", ("Münster, Nordrhein-Westfalen",)),
        ("Musterstadt", ("Mutterstadt, Rheinland-Pfalz",)),
        ("Xyzhausen", ("Erzhausen, Hessen",)),
    ],
)
def test_it_offers_a_choice_where_several_are_meant(typed: str, among: tuple[str, ...]) -> None:
    found = search(typed)
    assert not found.certain
    assert [match.label for match in found.matches][: len(among)] == list(among)


@pytest.mark.parametrize("typed", ["", "   ", "🙂", "\x00", "48143", "xqzwvkj", "%", "'; DROP TABLE", "-" * 500])
def test_it_finds_nothing_in_nothing(typed: str) -> None:
    assert search(typed).matches == ()


@pytest.mark.parametrize("typed", ["Kreis Paderborn", "Landkreis Göttingen", "LK München"])
def test_a_kreis_is_not_taken_for_the_town_of_its_name(typed: str) -> None:
    found = search(typed)
    assert found.matches
    assert not found.certain


def test_it_says_where_a_quarter_belongs() -> None:
    quarter = search("Kreuzberg").matches[0]
    town = search("Berlin").matches[0]
    assert quarter.precision == Precision.QUARTER
    assert quarter.town_id == town.town_id == town.place_id
    assert quarter.quarter_id == quarter.place_id
    assert (town.precision, town.quarter_id, town.land_id) == (Precision.TOWN, None, quarter.land_id)


def test_it_limits_the_choice() -> None:
    assert len(search("Neu", limit=3).matches) == 3


def test_every_label_leads_back_to_its_place() -> None:
    gazetteer = atlas.current().gazetteer
    assert len(set(gazetteer.labels.values())) == len(gazetteer.entries)
    lost = []
    for number, label in gazetteer.labels.items():
        answer = gazetteer.search(label)
        if not answer.certain or answer.hits[0].entry.id != number:
            lost.append(label)
    assert lost == []


def test_large_towns_bear_their_german_names() -> None:
    large = {entry.name for entry in atlas.current().gazetteer.entries.values() if entry.population > 250_000}
    assert {"Berlin", "Hamburg", "München", "Köln", "Frankfurt am Main", "Düsseldorf", "Nürnberg", "Hannover"} <= large
    assert not {"Munich", "Nuremberg", "Cologne", "Hanover"} & large


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300) | st.text(alphabet="abcdefghinrstuü äß,.-()/0123456789", max_size=60))
def test_it_never_fails_on_any_text(typed: str) -> None:
    assert len(search(typed).matches) <= 8


def test_searching_asks_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    search("Berlin")
    with django_assert_num_queries(0):
        search("Berlin Kreuzberg")
        search("Ludwigshafn")
