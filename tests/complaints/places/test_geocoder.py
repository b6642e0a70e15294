"""geopy's interface: the local geocoder, and services on a host of the operator's own."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.adapters import URLLibAdapter
from pytest_django import Settings

from complaints.base.geocoder import LocalGeocoder
from complaints.places import tasks
from complaints.places.models import Lookup, Place
from complaints.places.queries import geocoder, search

pytestmark = pytest.mark.django_db

CASTLE = ("Schloss Cappenberg, Selm", 51.6553, 7.5375)
TYPED = "Schlosskapellenweg Xyz"


class Service(BaseHTTPRequestHandler):
    """Answers like Nominatim and Photon; `answer` is a row or None, `asked` what was asked."""

    answer: tuple[str, float, float] | None = CASTLE
    status = 200
    asked: list[dict[str, list[str]]] = []

    def do_GET(self) -> None:
        Service.asked.append(parse_qs(urlsplit(self.path).query))
        body = json.dumps(self.photon() if self.path.startswith("/api") else self.nominatim()).encode()
        self.send_response(Service.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def nominatim(self) -> list[dict[str, object]]:
        if Service.answer is None:
            return []
        label, latitude, longitude = Service.answer
        return [{"display_name": label, "lat": str(latitude), "lon": str(longitude)}]

    def photon(self) -> dict[str, object]:
        assert Service.answer is not None
        label, latitude, longitude = Service.answer
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
        return {"features": [{"properties": {"name": label}, "geometry": geometry}]}

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def host() -> Iterator[str]:
    Service.answer, Service.status, Service.asked = CASTLE, 200, []
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_local_geocoder_speaks_like_geopy() -> None:
    local = geocoder()
    assert isinstance(local, LocalGeocoder)
    found = local.geocode("Berlin Kreuzberg")
    assert (found.address, round(found.latitude), round(found.longitude)) == ("Kreuzberg, Berlin", 52, 13)
    assert len(local.geocode("Neustadt", exactly_one=False, limit=3)) == 3
    assert local.geocode("xqzwvkj") is None
    assert local.reverse("52.499, 13.403").address == "Kreuzberg, Berlin"
    assert local.reverse((52.499, 13.403), exactly_one=False)[0].address == "Kreuzberg, Berlin"
    assert local.reverse((0, 0)) is None


@pytest.mark.parametrize("service", ["nominatim", "photon"])
def test_a_service_is_asked_at_its_own_host(service: str, host: str, settings: Settings) -> None:
    settings.GEOCODER = (service, host)
    chosen = geocoder()
    found = chosen.geocode(TYPED)
    assert (found.latitude, found.longitude) == CASTLE[1:]
    assert Service.asked[0]["q"] == [TYPED]
    assert isinstance(chosen.adapter, URLLibAdapter)
    assert chosen.timeout == 2


def test_an_unknown_place_is_found_once_the_service_has_answered(host: str, settings: Settings) -> None:
    settings.GEOCODER = ("nominatim", host)
    assert search(TYPED).matches == ()
    assert Service.asked == []  # nobody waits for the network
    tasks.ask_later(TYPED)
    match = search(TYPED.upper()).matches[0]
    assert (match.label, match.latitude, match.longitude) == CASTLE
    assert Place.objects.get(pk=match.land_id).name == "Nordrhein-Westfalen"
    assert match.place_id == match.town_id


def test_the_service_is_asked_once_for_a_text(host: str, settings: Settings) -> None:
    settings.GEOCODER = ("nominatim", host)
    tasks.ask_later(TYPED)
    tasks.ask_later(TYPED)
    assert Lookup.objects.count() == 1


def test_nobody_is_asked_without_a_service() -> None:
    tasks.ask_later(TYPED)
    assert not Lookup.objects.exists()


def test_an_answer_abroad_is_not_kept(host: str, settings: Settings) -> None:
    settings.GEOCODER = ("nominatim", host)
    Service.answer = ("Tour Eiffel", 48.8584, 2.2945)
    tasks.ask_later(TYPED)
    assert search(TYPED).matches == ()


@pytest.mark.parametrize(("answer", "status"), [(None, 200), (CASTLE, 500), (CASTLE, 429)])
def test_a_service_without_an_answer_does_no_harm(
    answer: tuple[str, float, float] | None, status: int, host: str, settings: Settings
) -> None:
    settings.GEOCODER = ("nominatim", host)
    Service.answer, Service.status = answer, status
    tasks.ask_later(TYPED)
    assert search(TYPED).matches == ()
    assert len(Service.asked) == 1


def test_a_flood_of_unknown_places_is_not_passed_on(settings: Settings) -> None:
    settings.GEOCODER = ("nominatim", "http://127.0.0.1:1")
    Lookup.objects.bulk_create(Lookup(key=f"x{n}", text=f"x{n}") for n in range(500))
    tasks.ask_later(TYPED)
    assert Lookup.objects.count() == 500
