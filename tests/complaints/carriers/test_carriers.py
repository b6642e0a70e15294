import pytest
from django.db import IntegrityError

from complaints.carriers.models import Carrier
from complaints.carriers.queries import brands, by_slug, networks

pytestmark = pytest.mark.django_db


def test_the_networks_and_their_brands_are_there() -> None:
    assert {row.slug for row in networks()} == {"o2", "telekom", "vodafone", "1und1", "e-plus"}
    hosts = {row.slug: next(n.slug for n in networks() if n.id == row.network_id) for row in brands()}
    assert (hosts["aldi-talk"], hosts["blau"], hosts["congstar"], hosts["fonic"]) == ("o2", "o2", "telekom", "o2")


def test_a_carrier_without_host_runs_on_itself() -> None:
    carrier = Carrier.objects.create(slug="quam", name="Quam")
    assert carrier.is_network
    assert Carrier.objects.networks().filter(slug="quam").exists()


def test_an_unknown_name_is_nobody() -> None:
    assert by_slug("quam") is None


def test_a_colour_number_outside_of_the_palette_is_refused() -> None:
    with pytest.raises(IntegrityError):
        Carrier.objects.create(slug="quam", name="Quam", tone=9)
