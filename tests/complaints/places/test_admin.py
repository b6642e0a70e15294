"""Places in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from complaints.places.models import Edition, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("other_data")]


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("staff", "staff@example.org", "secret"))
    return client


def test_it_finds_a_place_by_name(staff: Client) -> None:
    answer = staff.get("/intern/complaints/place/", {"q": "Kreuzberg", "kind__exact": "quarter"})
    assert answer.status_code == 200
    assert [str(place) for place in answer.context["cl"].result_list] == ["Kreuzberg"]


def test_a_change_is_a_new_edition(staff: Client) -> None:
    place = Place.objects.get(slug="muenster", land__code="05")
    editions = Edition.objects.count()
    fields = {
        "kind": "town",
        "name": "Münster",
        "slug": "muenster",
        "land": place.land_id,
        "parent": "",
        "latitude": "51.96",
        "longitude": "7.63",
        "population": "300000",
        "aliases": "Mimigernaford",
        "population_source": "",
        "code": "",
    }
    management = {"boundary-TOTAL_FORMS": "0", "boundary-INITIAL_FORMS": "0"}
    answer = staff.post(f"/intern/complaints/place/{place.pk}/change/", fields | management)
    assert answer.status_code == 302
    place.refresh_from_db()
    assert (place.population, place.aliases) == (300_000, "Mimigernaford")
    assert Edition.objects.count() == editions + 1


def test_it_shows_an_outline_without_letting_it_be_changed(staff: Client) -> None:
    land = Place.objects.get(slug="bayern")
    page = staff.get(f"/intern/complaints/place/{land.pk}/change/").content.decode()
    assert "Natural Earth" in page
    assert 'name="boundary-0-outline"' not in page


def test_strangers_see_nothing(client: Client) -> None:
    assert client.get("/intern/complaints/place/").status_code == 302
