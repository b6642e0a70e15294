"""What lies at a point."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from complaints.base.catchments import disc_km
from complaints.places import atlas
from complaints.places.atlas import QUARTER_DENSITY
from complaints.places.models import Place
from complaints.places.queries import breadcrumbs, locate, place_by_slugs

pytestmark = pytest.mark.django_db

KNOWN = [
    (52.5200, 13.4050, "Berlin", "Berlin"),
    (52.4990, 13.4030, "Berlin", "Berlin"),  # Kreuzberg
    (52.5219, 13.4132, "Berlin", "Berlin"),  # Alexanderplatz
    (52.4009, 13.0591, "Brandenburg", "Potsdam"),
    (53.5530, 10.0067, "Hamburg", "Hamburg"),  # Hauptbahnhof
    (53.5503, 9.9350, "Hamburg", "Hamburg"),  # Altona
    (53.0793, 8.8017, "Bremen", "Bremen"),
    (53.5396, 8.5809, "Bremen", "Bremerhaven"),
    (48.1372, 11.5755, "Bayern", "München"),
    (49.4521, 11.0767, "Bayern", "Nürnberg"),
    (49.4771, 10.9887, "Bayern", "Fürth"),
    (49.0134, 12.1016, "Bayern", "Regensburg"),
    (50.9413, 6.9583, "Nordrhein-Westfalen", "Köln"),
    (51.2277, 6.7735, "Nordrhein-Westfalen", "Düsseldorf"),
    (51.9607, 7.6261, "Nordrhein-Westfalen", "Münster"),
    (51.5136, 7.4653, "Nordrhein-Westfalen", "Dortmund"),
    (50.7374, 7.0982, "Nordrhein-Westfalen", "Bonn"),
    (50.1109, 8.6821, "Hessen", "Frankfurt am Main"),
    (50.0782, 8.2398, "Hessen", "Wiesbaden"),
    (50.0012, 8.2763, "Rheinland-Pfalz", "Mainz"),
    (49.4875, 8.4660, "Baden-Württemberg", "Mannheim"),
    (49.4774, 8.4452, "Rheinland-Pfalz", "Ludwigshafen am Rhein"),
    (48.7758, 9.1829, "Baden-Württemberg", "Stuttgart"),
    (47.9961, 7.8494, "Baden-Württemberg", "Freiburg im Breisgau"),
    (51.3397, 12.3731, "Sachsen", "Leipzig"),
    (51.0504, 13.7373, "Sachsen", "Dresden"),
    (51.4828, 11.9700, "Sachsen-Anhalt", "Halle (Saale)"),
    (50.9787, 11.0328, "Thüringen", "Erfurt"),
    (54.3233, 10.1228, "Schleswig-Holstein", "Kiel"),
    (54.0887, 12.1405, "Mecklenburg-Vorpommern", "Rostock"),
    (49.2402, 6.9969, "Saarland", "Saarbrücken"),
    (52.2799, 8.0472, "Niedersachsen", "Osnabrück"),
    (54.1810, 7.8890, "Schleswig-Holstein", "Helgoland"),
]


@pytest.mark.parametrize(("latitude", "longitude", "land", "town"), KNOWN)
def test_it_knows_land_and_town_of_a_point(latitude: float, longitude: float, land: str, town: str) -> None:
    there = locate(latitude, longitude)
    assert there is not None
    assert there.town_id is not None
    assert Place.objects.get(pk=there.land_id).name == land
    assert Place.objects.get(pk=there.town_id).name == town


def test_it_names_the_quarter_where_a_town_has_some() -> None:
    there = locate(52.499, 13.403)
    assert there is not None
    assert there.label == "Kreuzberg, Berlin"
    assert there.quarter_id is not None
    assert Place.objects.get(pk=there.quarter_id).parent_id == there.town_id


def test_it_names_no_quarter_farther_than_its_inhabitants_would_reach() -> None:
    small = Place.objects.filter(kind="quarter", population__lt=4000)[:50]
    assert small
    for place in small:
        away = locate(place.latitude + (disc_km(place.population or 0, QUARTER_DENSITY) + 0.3) / 111.2, place.longitude)
        assert away is None or away.quarter_id != place.pk


@pytest.mark.parametrize(
    ("latitude", "longitude", "land"),
    [(53.75, 7.0, "Niedersachsen"), (54.35, 12.0, "Mecklenburg-Vorpommern"), (54.75, 8.1, "Schleswig-Holstein")],
)
def test_it_puts_a_point_off_the_coast_into_the_nearest_land(latitude: float, longitude: float, land: str) -> None:
    there = locate(latitude, longitude)
    assert there is not None
    assert Place.objects.get(pk=there.land_id).name == land


@pytest.mark.parametrize(
    "point",
    [(48.8566, 2.3522), (53.43, 14.55), (52.23, 21.01), (47.07, 15.44), (0.0, 0.0), (55.68, 12.57), (54.3, 6.5)],
)
def test_it_knows_nothing_abroad_and_on_the_high_sea(point: tuple[float, float]) -> None:
    assert locate(*point) is None


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.floats() | st.floats(min_value=47, max_value=55.2),
    st.floats() | st.floats(min_value=5.5, max_value=15.2),
)
def test_it_never_fails_on_any_numbers(latitude: float, longitude: float) -> None:
    there = locate(latitude, longitude)
    assert there is None or (math.isfinite(latitude) and there.label)


def test_the_town_lies_in_the_land_of_the_point() -> None:
    entries = atlas.current().gazetteer.entries
    for latitude, longitude, _, _ in KNOWN:
        there = locate(latitude, longitude)
        assert there is not None
        assert there.town_id is not None
        assert entries[there.town_id].land == there.land_id


def test_locating_asks_the_database_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    locate(51.96, 7.62)
    with django_assert_num_queries(0):
        locate(51.97, 7.63)


def test_a_place_is_found_by_the_words_of_its_address() -> None:
    assert place_by_slugs("nordrhein-westfalen", "muenster").name == "Münster"
    assert place_by_slugs("berlin", "kreuzberg").parent == place_by_slugs("berlin", "berlin")
    with pytest.raises(Place.DoesNotExist):
        place_by_slugs("berlin", "muenster")


def test_a_city_that_is_its_own_land_stands_once_among_the_breadcrumbs() -> None:
    assert [place.name for place in breadcrumbs(place_by_slugs("berlin", "kreuzberg"))] == ["Berlin"]
    assert [place.name for place in breadcrumbs(place_by_slugs("berlin", "berlin"))] == []
    above = breadcrumbs(place_by_slugs("nordrhein-westfalen", "koeln-nippes"))
    assert [place.name for place in above] == ["Nordrhein-Westfalen", "Köln"]
