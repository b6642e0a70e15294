"""Stories of people who book ads, and of the site's staff who look at them."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from PIL import Image

from operators.ads.bookingforms import EuroField
from operators.ads.models import Campaign, Creative, Review, State
from operators.members.advertisers import Seat
from operators.members.models import StaffSession, User
from tests.builders import a_campaign, a_creative, a_land, a_member, a_seat, a_town, an_advertiser, site_staff

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def wiebke() -> Client:
    """Who books for Telekom."""
    an_advertiser("telekom")
    return logged_in(a_member("telekom", "advertiser"))


@pytest.fixture
def staff() -> Client:
    return logged_in(site_staff())


def booked(**fields: Any) -> dict[str, Any]:
    """What the form of a booking sends."""
    today = timezone.localdate()
    sent = {"advertiser": an_advertiser("telekom").pk, "name": "Herbst", "slots": ["left", "top"], "weight": "1"}
    sent |= {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=9)).isoformat()}
    return sent | {"price_model": "fixed", "price": "1000,50"} | fields


def book(client: Client, **fields: Any) -> Any:
    return client.post("/intern/operators/campaign/add/", booked(**fields))


def picture(size: tuple[int, int] = (160, 600), form: str = "PNG", noise: bool = False) -> SimpleUploadedFile:
    out = io.BytesIO()
    image = Image.effect_noise(size, 250).convert("RGB") if noise else Image.new("RGB", size, (226, 0, 116))
    image.save(out, form)
    return SimpleUploadedFile("anzeige.png", out.getvalue(), "image/png")


def show(client: Client, campaign: Campaign, **fields: Any) -> Any:
    """Sends the form of an ad: the picture of a skyscraper, unless something else is said."""
    sent: dict[str, Any] = {"campaign": campaign.pk, "kind": "picture", "shape": "160x600", "alt": "Ein Mast"}
    sent |= {"target_url": "https://example.org/", "picture": picture()} | fields
    return client.post("/intern/operators/creative/add/", {name: value for name, value in sent.items() if value != ""})


def step(client: Client, campaign: Campaign, to: str, reason: str = "") -> str:
    address = f"/intern/operators/campaign/{campaign.pk}/schritt/"
    response = client.post(address, {"to": to, "reason": reason}, follow=True)
    campaign.refresh_from_db()
    return response.content.decode()


def test_a_campaign_goes_from_draft_to_the_page(wiebke: Client, staff: Client) -> None:
    a_town(land=a_land())
    assert book(wiebke, place_names="Münster\nNordrhein-Westfalen", kinds=["sms"]).status_code == 302
    campaign = Campaign.objects.get()
    assert (campaign.state, campaign.price_cents, campaign.problems) == ("draft", 100_050, 16)
    assert {place.name for place in campaign.places.all()} == {"Münster", "Nordrhein-Westfalen"}
    assert show(wiebke, campaign).status_code == 302
    assert "eingereicht" in step(wiebke, campaign, "submitted")
    creative = campaign.creatives.get()
    verdict = f"/intern/operators/creative/{creative.pk}/urteil/"
    assert wiebke.post(verdict, {"review": "approved"}).status_code == 404
    step(wiebke, campaign, "approved")
    assert campaign.state == State.SUBMITTED
    staff.post(verdict, {"review": "approved"})
    step(staff, campaign, "approved")
    assert campaign.state == State.APPROVED
    seen = wiebke.get(f"/intern/operators/campaign/{campaign.pk}/stand/").content.decode()
    assert "Einzelfall" in seen
    assert "betrieb" not in seen


def test_the_page_of_a_campaign_reads_the_booking_back_and_says_what_follows(wiebke: Client) -> None:
    a_town(land=a_land())
    book(wiebke, place_names="Münster", kinds=["sms"], booked_views="12000", daily_cap="900", excludes_rivals="on")
    campaign = Campaign.objects.get()
    address = f"/intern/operators/campaign/{campaign.pk}/stand/"
    page = wiebke.get(address).text
    for part in ("12.000 Einblendungen", "höchstens 900", "nicht neben Konkurrenten", "Orte: Münster", "SMS"):
        assert part in page
    assert "Netze und Marken:" not in page
    assert "wartet" in page
    Campaign.objects.update(state=State.PAUSED, booked_views=None, exclusive=True)
    page = wiebke.get(address).text
    assert "Ein fester Preis läuft weiter" in page
    assert "allein auf ihren Plätzen" in page


def test_a_rejection_says_why_and_what_was_rejected_may_be_changed(wiebke: Client, staff: Client) -> None:
    campaign = a_campaign("telekom", state=State.SUBMITTED)
    assert "Grund" in step(staff, campaign, "rejected")
    assert campaign.state == State.SUBMITTED
    step(staff, campaign, "rejected", "Zu laut für hier.")
    assert "Zu laut für hier." in wiebke.get(f"/intern/operators/campaign/{campaign.pk}/stand/").content.decode()
    address = f"/intern/operators/campaign/{campaign.pk}/change/"
    assert wiebke.post(address, booked(name="Leiser")).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.name, campaign.state) == ("Leiser", State.REJECTED)


def test_what_is_booked_is_not_changed_any_more(wiebke: Client) -> None:
    campaign = a_campaign("telekom")
    address = f"/intern/operators/campaign/{campaign.pk}/change/"
    assert wiebke.get(address).status_code == 302
    assert wiebke.post(address, booked(name="Heimlich", price="0")).status_code == 403
    campaign.refresh_from_db()
    assert campaign.name == "Telekom im Herbst"


def test_an_ad_that_changes_waits_for_a_new_look(wiebke: Client) -> None:
    campaign = a_campaign("telekom")
    creative = campaign.creatives.get()
    sent = {"kind": "text", "headline": "Noch besser", "target_url": "https://example.org/"}
    assert wiebke.post(f"/intern/operators/creative/{creative.pk}/change/", sent).status_code == 302
    creative.refresh_from_db()
    assert (creative.headline, creative.review) == ("Noch besser", Review.OPEN)
    assert "Noch besser" in campaign.changes.get().reason


def test_own_campaigns_pause_go_on_and_end(wiebke: Client, staff: Client) -> None:
    campaign = a_campaign("telekom")
    for to in ("paused", "running", "paused", "ended"):
        step(wiebke, campaign, to)
        assert campaign.state == to
    other = a_campaign("telekom", name="Zweite")
    step(staff, other, "paused", "Beschwerden prüfen wir erst.")
    step(wiebke, other, "running")
    assert other.state == State.PAUSED
    step(staff, other, "running")
    assert other.state == State.RUNNING


def test_a_seat_books_without_a_carrier() -> None:
    baker = an_advertiser("baecker", name="Bäckerei Süß", payer="Süß KG", branch="")
    client = logged_in(a_seat(baker))
    assert book(client, advertiser=baker.pk).status_code == 302
    assert book(client, advertiser=an_advertiser("telekom").pk).status_code == 200
    assert [campaign.advertiser for campaign in Campaign.objects.all()] == [baker]


def test_the_sites_staff_make_advertisers_seats_and_the_house_ad(staff: Client, wiebke: Client) -> None:
    user = User.objects.create(username="neu")
    sent = {"name": "Einzelfall", "slug": "haus", "payer": "Einzelfall", "is_house": "on", "seats-TOTAL_FORMS": "1"}
    sent |= {"seats-INITIAL_FORMS": "0", "seats-0-user": str(user.pk)}
    assert staff.post("/intern/operators/advertiser/add/", sent).status_code == 302
    seat = user.seats.select_related("advertiser").get()
    assert (seat.advertiser.slug, seat.advertiser.is_house) == ("haus", True)
    assert book(staff, advertiser=seat.advertiser.pk, weight="3", price="0").status_code == 302
    assert wiebke.post("/intern/operators/advertiser/add/", sent).status_code == 403


def test_the_weight_is_the_sites_to_give(wiebke: Client) -> None:
    book(wiebke, weight="90")
    assert Campaign.objects.get().weight == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": "2020-01-01", "starts_on": "2020-01-02"}, "Der letzte Tag kann nicht vor dem ersten liegen."),
        ({"ends_on": "2020-01-03", "starts_on": "2020-01-02"}, "Dieser Tag ist vorbei."),
        ({"daily_cap": "0"}, "Eine Grenze von null Einblendungen zeigt nichts."),
        ({"total_cap": "0"}, "Eine Grenze von null Einblendungen zeigt nichts."),
        ({"booked_views": "0"}, "Eine Grenze von null Einblendungen zeigt nichts."),
        ({"price": "-1"}, "Ein Preis kann nicht negativ sein."),
        ({"share": "0"}, "Ein Anteil ist eine Zahl von 1 bis 100."),
        ({"share": "101"}, "Ein Anteil ist eine Zahl von 1 bis 100."),
        ({"share": "10", "booked_views": "100"}, "nur eins davon"),
        ({"slots": []}, "Wähle mindestens einen Platz."),
        ({"starts_on": "2026-01-02"}, "Dieser Tag ist vorbei. Wähle heute oder einen späteren."),
        ({"place_names": "Xyzzyhausen"}, "Einen Ort namens „Xyzzyhausen“ kennen wir nicht."),
        ({"place_names": "Münsterr"}, "Welches „Münsterr“?"),
        ({"booked_views": "99999999999"}, "errorlist"),
        ({"price": "99999999"}, "errorlist"),
    ],
    ids=str,
)
def test_a_wrong_booking_gets_a_sentence_and_keeps_what_was_typed(
    wiebke: Client, fields: dict[str, Any], sentence: str
) -> None:
    response = book(wiebke, name="Mein langer Titel", **fields)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Mein langer Titel" in response.content.decode()
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"picture": SimpleUploadedFile("a.svg", SVG)}, "Das können wir nicht als Bild lesen."),
        ({"picture": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99)}, "Bild"),
        ({"picture": SimpleUploadedFile("a.png", b"0" * 20_000_000)}, "Dieses Bild ist größer als 5 MB."),
        ({"picture": picture((161, 600))}, "Dieses Bild hat 161 × 600 Bildpunkte."),
        ({"picture": picture((4000, 4000))}, "Dieses Bild hat mehr als 4 Millionen Bildpunkte."),
        ({"picture": picture((320, 1200), noise=True)}, "Dieses Bild würde mehr als 80 kB wiegen."),
        ({"picture": ""}, "Wähle ein Bild."),
        ({"shape": ""}, "Wähle die Größe des Bildes."),
        ({"shape": "640x100"}, "Keiner der gebuchten Plätze hat diese Größe."),
        ({"alt": ""}, "Sag in einem Satz, was das Bild zeigt"),
        ({"target_url": "http://example.org/"}, "https://"),
        ({"target_url": "javascript:alert(1)"}, "Schreib eine ganze Adresse"),
        ({"target_url": "data:text/html,x"}, "Schreib eine ganze Adresse"),
        ({"kind": "text", "picture": ""}, "Eine Textanzeige braucht eine Überschrift."),
        ({"kind": "text", "headline": "Netz"}, "Eine Textanzeige hat kein Bild."),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_wrong_ad_gets_a_sentence_and_keeps_what_was_typed(
    wiebke: Client, fields: dict[str, Any], sentence: str
) -> None:
    for file in fields.values():
        if isinstance(file, SimpleUploadedFile):
            file.seek(0)
    response = show(wiebke, a_campaign("telekom", creatives=False), text="Bleibt stehen", **fields)
    assert response.status_code == 200
    body = response.content.decode()
    assert sentence in body
    assert "Bleibt stehen" in body
    assert ("Dein Browser behält die Datei nicht" in body) == (fields.get("picture", "x") != "")
    assert not Creative.objects.exists()


@pytest.mark.parametrize("size", [(160, 600), (320, 1200)])
def test_a_picture_is_encoded_anew_and_replaced_under_a_new_address(wiebke: Client, size: tuple[int, int]) -> None:
    campaign = a_campaign("telekom", creatives=False)
    assert show(wiebke, campaign, picture=picture(size, "JPEG"), dark_picture=picture(size)).status_code == 302
    creative = campaign.creatives.get()
    light, dark = creative.pictures.order_by("dark")
    with Image.open(io.BytesIO(light.content)) as stored:
        assert (stored.format, stored.size) == ("WEBP", size)
    sent = {"kind": "picture", "shape": "160x600", "alt": "Ein Mast", "target_url": "https://example.org/"}
    address = f"/intern/operators/creative/{creative.pk}/change/"
    assert wiebke.post(address, sent | {"picture": picture(size)}).status_code == 302
    keys = dict(creative.pictures.values_list("dark", "key"))
    assert keys[False] != light.key
    assert keys[True] == dark.key
    assert wiebke.post(address, sent).status_code == 302
    assert creative.pictures.count() == 2


def test_a_preview_shows_the_ad_in_light_and_dark_and_counts_nothing(wiebke: Client) -> None:
    creative = a_creative(a_campaign("telekom", state=State.DRAFT, creatives=False), review=Review.OPEN)
    before = f"/intern/operators/creative/{creative.pk}/vorschau"
    light, dark = (wiebke.get(f"{before}/left/desktop/{mode}/") for mode in ("hell", "dunkel"))
    assert "@media not all" in light.content.decode()
    assert "@media all" in dark.content.decode()
    for frame in (light, dark):
        assert "Das beste Netz" in frame.content.decode()
        assert "/klick/" not in frame.content.decode()
        assert frame["X-Frame-Options"] == "SAMEORIGIN"
        assert "script-src 'none'" in frame["Content-Security-Policy"]
    for wrong in ("left/phone/hell", "left/desktop/bunt", "nirgends/desktop/hell"):
        assert wiebke.get(f"{before}/{wrong}/").status_code == 404


def test_nobody_else_finds_a_campaign(wiebke: Client) -> None:
    campaign, other = a_campaign("telekom"), logged_in(a_member("o2", "advertiser", "manager"))
    an_advertiser("o2")
    pages = ("stand/", "bericht/", "bericht.csv", "warum/", "change/", "history/")
    for page in pages:
        address = f"/intern/operators/campaign/{campaign.pk}/{page}"
        assert other.get(address).status_code == 404, page
        assert wiebke.get(address).status_code in (200, 302), page
    assert "Telekom im Herbst" not in other.get("/intern/operators/campaign/").content.decode()
    assert "Telekom im Herbst" not in other.get("/intern/operators/campaign/?q=Telekom").content.decode()
    step(other, campaign, "paused")
    assert campaign.state == State.RUNNING


def test_it_says_every_reason_why_an_ad_is_not_shown(wiebke: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    campaign = a_campaign(
        "telekom", starts_on=tomorrow, ends_on=tomorrow, slots=["left"], language="de", state=State.PAUSED
    )
    address = f"/intern/operators/campaign/{campaign.pk}/warum/"
    assert wiebke.get(address).status_code == 200
    question = {"page": "case", "slot": "top", "device": "phone", "language": "en", "carrier": "o2"}
    body = wiebke.get(address, question).content.decode()
    for reason in ("angehalten", "Ihr erster Tag kommt erst noch", "Platz", "Sprache"):
        assert reason in body
    assert body.count("<li>") >= 4
    wrong = wiebke.get(address, question | {"place": "Xyzzyhausen", "page": "nichts"})
    assert wrong.status_code == 422
    assert "Xyzzyhausen" in wrong.content.decode()


def test_it_says_when_an_ad_may_be_shown(wiebke: Client) -> None:
    campaign = a_campaign("telekom")
    question = {"page": "network", "slot": "left", "device": "desktop", "language": "de", "carrier": "o2"}
    body = wiebke.get(f"/intern/operators/campaign/{campaign.pk}/warum/", question).content.decode()
    assert "Sie darf dort gezeigt werden." in body


def test_the_end_of_a_seat_ends_the_sessions(staff: Client) -> None:
    """Only of somebody who belongs nowhere else."""
    baker = an_advertiser("baecker")
    member = a_member("o2", "replier")
    Seat.objects.create(user=member, advertiser=baker)
    gone, stays = logged_in(a_seat(baker)), logged_in(member)
    sent = {"name": baker.name, "slug": baker.slug, "payer": baker.payer, "branch": "mobile"}
    sent |= {"seats-TOTAL_FORMS": "2", "seats-INITIAL_FORMS": "2"}
    for n, seat in enumerate(baker.seats.order_by("pk")):
        sent |= {f"seats-{n}-id": str(seat.pk), f"seats-{n}-user": str(seat.user_id)}
        sent |= {f"seats-{n}-ends_at_0": "2026-01-01", f"seats-{n}-ends_at_1": "12:00"}
    answer = staff.post(f"/intern/operators/advertiser/{baker.pk}/change/", sent)
    assert answer.status_code == 302
    assert not StaffSession.objects.filter(session_key=gone.session.session_key).exists()
    assert StaffSession.objects.filter(session_key=stays.session.session_key).exists()


@pytest.mark.parametrize(
    ("typed", "euros"),
    [
        ("1200", "1200"),
        ("1.200", "1200"),
        ("1.200,50", "1200.50"),
        ("1200,5 €", "1200.5"),
        ("12.5", "12.5"),
        ("-1.000", "-1000"),
    ],
)
def test_euros_are_read_as_people_write_them(typed: str, euros: str) -> None:
    with translation.override("de"):
        assert EuroField(max_digits=9, decimal_places=2, localize=True).clean(typed) == Decimal(euros)
