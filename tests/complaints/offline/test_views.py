"""The worker, the manifests and the page of kept reports."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from complaints.management.commands.draw_icons import ICONS, drawn

STATIC = settings.BASE_DIR / "static"
MODULES = [STATIC / "complaints" / "offline" / f"{name}.js" for name in ("store", "outbox", "question", "form")]
WAYS = [*(STATIC / "complaints" / "reports").glob("*.js"), *(STATIC / "complaints" / "places").glob("*.js")]

pytestmark = pytest.mark.django_db


def site_of(script: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(script.splitlines()[0].removeprefix("const SITE = ").removesuffix(";"))
    return found


def test_the_worker_is_a_plain_script_that_is_asked_for_at_every_visit(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert not re.search(r"^(import|export) ", response.content.decode(), re.MULTILINE)
    again = client.get("/sw.js", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_the_worker_keeps_pages_and_files_that_are_there(client: Client) -> None:
    site = site_of(client.get("/sw.js").content.decode())
    assert site["shells"] == [
        *("/melden/", "/melden/aufgehoben/", "/hilfe/"),
        *("/en/report/", "/en/report/kept/", "/en/help/"),
    ]
    assert [client.get(address).status_code for address in site["shells"]] == [200] * 6
    for address in site["assets"]:  # type: ignore[attr-defined]
        assert (STATIC / address.removeprefix("/static/")).is_file()


def test_the_worker_knows_receipts_and_nothing_else_of_reports(client: Client) -> None:
    pattern = re.compile(str(site_of(client.get("/sw.js").content.decode())["receipts"]))
    assert pattern.match("/fall/12/beleg/")
    assert pattern.match("/en/case/12/receipt/")
    assert not pattern.match("/fall/12/")
    assert not pattern.match("/fall/12/aendern/abc/")


@pytest.mark.parametrize(
    ("address", "start", "shortcut"),
    [
        ("/manifest.webmanifest", "/melden/?app=1", "Jetzt melden"),
        ("/en/manifest.webmanifest", "/en/report/?app=1", "Report now"),
    ],
)
def test_the_manifest_speaks_the_language_of_its_address(
    client: Client, address: str, start: str, shortcut: str
) -> None:
    response = client.get(address)
    assert response["Content-Type"] == "application/manifest+json"
    said = response.json()
    assert (said["start_url"], said["shortcuts"][0]["name"]) == (start, shortcut)
    assert client.get(start).status_code == 200
    assert client.get(said["shortcuts"][1]["url"]).status_code == 200
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    for icon in said["icons"][1:]:
        with Image.open(STATIC / icon["src"].removeprefix("/static/")) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]


def test_pages_name_the_manifest_of_their_language(client: Client) -> None:
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/hilfe/").content.decode()
    assert '<link rel="manifest" href="/en/manifest.webmanifest">' in client.get("/en/help/").content.decode()


def test_a_shared_text_opens_the_form_filled(client: Client) -> None:
    page = client.get("/melden/?title=Standort&text=Kein+Netz+hier&url=").content.decode()
    assert "Kein Netz hier</textarea>" in page


def test_the_icons_are_drawn_from_the_sign() -> None:
    sign = (STATIC / "favicon.svg").read_text()
    for name, (side, share) in ICONS.items():
        with Image.open(STATIC / "icons" / f"{name}.png") as stored:
            assert stored.convert("RGB").tobytes() == drawn(sign, side, share).tobytes(), name


def test_the_form_works_the_same_without_its_scripts(client: Client) -> None:
    page = client.get("/melden/").content.decode()
    assert re.search(r"<section [^>]*data-outbox[^>]* hidden", page)
    assert "Auf deinem Telefon aufgehoben" in page


@pytest.mark.parametrize(("modules", "most"), [(MODULES, 9_700), (WAYS, 4_200)], ids=["outbox", "way through the form"])
def test_its_scripts_are_small(modules: list[Path], most: int) -> None:
    assert 0 < sum(len(gzip.compress(path.read_bytes())) for path in modules) < most
