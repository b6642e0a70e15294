"""What the first view of a page may weigh on the line, compressed, and what it may wait for."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.builders import a_report

pytestmark = pytest.mark.django_db

FORM_BYTES, PAGE_BYTES = 14_000, 30_000
PACKED = {"accept-encoding": "gzip"}


def style_bytes(page: str) -> int:
    """The style sheets a page links to, each compressed as it is served."""
    linked = re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="/static/([^"]+)"', page)
    return sum(len(gzip.compress(Path(settings.BASE_DIR, "static", name).read_bytes())) for name in linked)


@pytest.mark.parametrize("address", ["/melden/", "/en/report/", "/leicht/melden/"])
def test_the_form_comes_in_one_round_trip(client: Client, address: str) -> None:
    response = client.get(address, headers=PACKED)
    page = gzip.decompress(response.content).decode()
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) <= FORM_BYTES
    assert "stylesheet" not in page
    assert all('type="module"' in script for script in re.findall(r"<script[^>]*>", page))
    assert "<img" not in page


def test_the_refused_form_is_as_small(client: Client) -> None:
    assert len(client.post("/melden/", {}, headers=PACKED).content) <= FORM_BYTES


def test_the_style_inside_is_the_one_the_policy_allows(client: Client) -> None:
    policy = client.get("/melden/").headers["Content-Security-Policy"]
    assert re.search(r"style-src [^;]*'sha256-[A-Za-z0-9+/=]{44}'", policy)
    assert "unsafe" not in policy
    assert "sha256" not in client.get("/faelle/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/faelle/", "/fall/{}/", "/fall/{}/beleg/", "/en/"])
def test_other_pages_stay_small(client: Client, address: str) -> None:
    reports = [a_report("sms", "data-slow", text="Seit Tagen geht hier gar nichts. " * 8) for _ in range(40)]
    response = client.get(address.format(reports[0].number), headers=PACKED)
    page = gzip.decompress(response.content).decode()
    assert len(response.content) + style_bytes(page) <= PAGE_BYTES


def test_light_pages_lead_to_light_pages_and_load_no_map(client: Client) -> None:
    for address in ("/leicht/", "/leicht/melden/", "/leicht/karte/", "/leicht/en/map/"):
        page = client.get(address).content.decode()
        assert "<img" not in page
        scripts = re.findall(r"<script[^>]*", page)
        assert not [script for script in scripts if "complaints/offline/form.js" not in script]
    home = client.get("/leicht/").content.decode()
    assert 'href="/leicht/melden/"' in home
    assert '<link rel="canonical" href="http://testserver/">' in home
    assert 'href="/leicht/en/"' in home
    assert 'href="/">' in home


def test_a_browser_that_saves_data_gets_light_pages_of_their_own(client: Client) -> None:
    usual, light = client.get("/"), client.get("/", headers={"save-data": "on"})
    assert "<img" in usual.content.decode()
    assert "<img" not in light.content.decode()
    assert "Save-Data" in light.headers["Vary"]
    assert usual.headers["ETag"] != light.headers["ETag"]


def test_a_light_form_files_and_leads_to_a_light_receipt(client: Client) -> None:
    response = client.post("/leicht/melden/", {"carrier": "o2", "problems": ["sms"], "place": "Kassel"})
    assert response.headers["Location"].startswith("/leicht/fall/")
    assert client.get(response.headers["Location"]).status_code == 200
