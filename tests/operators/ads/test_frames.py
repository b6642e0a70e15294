"""Slots on pages, the frames in them, and the way a click takes."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.base import memo
from complaints.carriers.models import Carrier
from operators.ads.counting import TOKEN_LIFE
from operators.ads.deliveries import Click, View
from operators.ads.models import Creative, CreativePicture, Review, State
from tests.builders import a_campaign, a_creative, a_post, a_report, an_advertiser
from tests.operators.ads.frames import BROWSER, FOLLOWS, ask, frame_on, frames_of, link_in, shows_an_ad

pytestmark = pytest.mark.django_db
HOUSE = {"branch": "", "payer": "Einzelfall", "is_house": True}


def test_it_shows_what_is_booked_with_the_payers_name() -> None:
    a_campaign("telekom")
    response = ask(frame_on("/"))
    body = response.content.decode()
    assert "<span>Anzeige</span> · Telekom GmbH" in body
    assert "Das beste Netz" in body
    assert 'rel="sponsored nofollow noopener" target="_top"' in body or (
        'target="_top" rel="sponsored nofollow noopener"' in body
    )
    assert View.objects.get().reason == ""


def test_a_frame_is_kept_by_nobody_and_only_our_pages_hold_it() -> None:
    a_campaign()
    response = ask(frame_on("/"))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["frame-ancestors"] == "'self'"
    assert (policy["default-src"], policy["img-src"], policy["script-src"]) == ("'none'", "'self'", "'none'")
    assert re.fullmatch(r"'nonce-[^']+'", policy["style-src"])
    assert not response.cookies
    assert "frame-ancestors 'none'" in Client().get("/")["Content-Security-Policy"]


def test_it_shows_the_house_where_nothing_is_booked_and_else_the_way_to_the_ledger() -> None:
    address = frame_on("/")
    empty = ask(address)
    assert empty.status_code == 200
    assert re.findall(r'<a [^>]*href="([^"]+)"', empty.content.decode()) == ["/werbung/"]
    assert not View.objects.exists()
    a_campaign(an_advertiser("einzelfall", **HOUSE))
    memo.clear_all()
    assert "Eigenwerbung" in ask(address).content.decode()
    a_campaign("telekom")
    memo.clear_all()
    assert "Telekom GmbH" in ask(address).content.decode()


def test_a_picture_is_shown_light_and_dark_with_what_it_shows() -> None:
    campaign = a_campaign(creatives=False)
    creative = a_creative(campaign, kind="picture", shape="160x600", headline="", text="", alt="Ein Mast im Abendrot")
    light, dark = (
        CreativePicture.objects.create(creative=creative, dark=dark, content=b"webp") for dark in (False, True)
    )
    body = ask(frame_on("/")).content.decode()
    assert f"/werbung/bild/{light.key}.webp" in body
    assert f'srcset="/werbung/bild/{dark.key}.webp" media="(prefers-color-scheme: dark)"' in body
    assert 'width="160" height="600" alt="Ein Mast im Abendrot"' in body
    answer = Client().get(f"/werbung/bild/{light.key}.webp")
    assert (answer.content, answer["Content-Type"]) == (b"webp", "image/webp")
    assert "immutable" in answer["Cache-Control"]


def test_a_frame_costs_two_queries_and_one_where_the_stock_is_known() -> None:
    a_campaign()
    address = frame_on("/")
    with CaptureQueriesContext(
        connection,
    ) as first:
        ask(address)
    with CaptureQueriesContext(connection) as second:
        ask(address)
    assert (len(first), len(second)) == (2, 1 + 1)  # the second is a reload within seconds: it is written down as one


def test_the_slots_of_a_page_ask_the_database_nothing(settings: object) -> None:
    a_report()
    counts = []
    for sells in (False, True):
        memo.clear_all()
        settings.ADS = sells  # type: ignore[attr-defined]
        with CaptureQueriesContext(connection) as queries:
            body = Client().get(f"/?{sells}").content.decode()
        counts.append(len(queries))
        assert len(frames_of(body)) == (3 if sells else 0)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "path",
    [
        "/melden/",
        "/karte/",
        "/moderation/",
        "/datenschutz/",
        "/hilfe/",
        "/impressum/",
        "/barrierefreiheit/",
        "/methode/",
        "/daten/",
        "/antworten/",
        "/versprechen/",
        "/leicht/",
        "/leicht/faelle/",
        "/gibt-es-nicht/",
    ],
)
def test_pages_without_slots(path: str) -> None:
    assert frames_of(Client().get(path).content.decode()) == []


def test_the_receipt_and_its_forms_have_no_slots() -> None:
    number = a_report().number
    for path in (f"/fall/{number}/beleg/", f"/einspruch/report/{number}/"):
        assert frames_of(Client().get(path).content.decode()) == []
    assert frames_of(Client().get("/", HTTP_SAVE_DATA="on").content.decode()) == []


def test_pages_with_slots() -> None:
    number, post = a_report().number, a_post()
    slots = {
        path: sorted(re.findall(r"/platz/(\w+)/(\w+)/", " ".join(frames_of(Client().get(path).content.decode()))))
        for path in (
            "/",
            "/netz/o2/",
            "/ort/nordrhein-westfalen/",
            "/faelle/",
            f"/fall/{number}/",
            "/beitraege/",
            f"/beitraege/{post.slug}/",
        )
    }
    left, top, in_list = ("left", "desktop"), ("top", "phone"), ("list", "phone")
    full, short = [left, in_list, top], [left, top]
    assert list(slots.values())[:6] == [full, full, full, full, short, short]
    assert slots[f"/beitraege/{post.slug}/"] == [left, ("post", "desktop"), ("post", "phone"), top]


def test_a_retracted_post_has_no_slots() -> None:
    post = a_post(retracted_at=timezone.now(), retraction="Es war falsch.")
    assert frames_of(Client().get(f"/beitraege/{post.slug}/").content.decode()) == []


@pytest.mark.parametrize(
    "address",
    [
        "/werbung/platz/ceiling/desktop/?{query}",
        "/werbung/platz/left/toaster/?{query}",
        "/werbung/platz/left/phone/?{query}",
        "/werbung/platz/left/desktop/",
        "/werbung/platz/left/desktop/?p=home~abc~~~0~0:forged",
        "/werbung/platz/left/desktop/?{query}x",
        "/werbung/platz/left/desktop/?p=%ff%00",
        "/werbung/platz/left/desktop/?p=" + "9" * 5000,
        "/werbung/platz/left/desktop/?p[]=1",
    ],
)
def test_it_refuses_what_no_page_of_ours_asks(address: str) -> None:
    a_campaign()
    query = frame_on("/").partition("?")[2]
    assert ask(address.replace("{query}", query)).status_code in (400, 404)
    assert not View.objects.exists()


def test_it_has_no_frames_where_the_site_sells_no_ads(settings: object) -> None:
    address = frame_on("/")
    settings.ADS = False  # type: ignore[attr-defined]
    assert ask(address).status_code == 404


def test_programs_are_told_to_stay_away() -> None:
    robots = Client().get("/robots.txt").content.decode()
    assert "Disallow: /werbung/platz/" in robots
    assert "Disallow: /werbung/klick/" in robots
    assert "platz" not in Client().get("/sitemap.xml").content.decode()


def test_a_click_leads_to_the_target_and_counts_once() -> None:
    a_campaign()
    link = link_in(ask(frame_on("/")))
    answers = [Client().get(link, **FOLLOWS) for _ in range(3)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "https://example.org/netz")] * 3
    assert answers[0]["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answers[0]["Cache-Control"]
    assert [click.reason for click in Click.objects.all()] == [""]
    assert Click.objects.get().view == View.objects.get().key


def test_looking_at_the_head_of_a_link_or_frame_counts_nothing() -> None:
    a_campaign()
    address = frame_on("/")
    link = link_in(ask(address))
    assert Client().head(link, **FOLLOWS).status_code == 302
    assert Client().head(address, **BROWSER).status_code == 200
    assert (View.objects.count(), Click.objects.count()) == (1, 0)


def test_an_old_link_is_gone_and_a_changed_one_never_was() -> None:
    a_campaign()
    link = link_in(ask(frame_on("/")))
    later = timezone.now() + TOKEN_LIFE + timedelta(minutes=1)
    with patch("django.core.signing.time.time", later.timestamp):
        assert Client().get(link, **FOLLOWS).status_code == 410
    for wrong in (link[:-5] + "AAAA/", "/werbung/klick/x/", "/werbung/klick/https://evil.example/", link.upper()):
        assert Client().get(wrong, **FOLLOWS).status_code == 404
    assert not Click.objects.exists()


def test_a_link_takes_no_target_from_the_address() -> None:
    a_campaign()
    link = link_in(ask(frame_on("/")))
    answer = Client().get(f"{link}?url=https://evil.example/&next=//evil.example", **FOLLOWS)
    assert answer["Location"] == "https://example.org/netz"


def test_a_link_of_a_creative_that_was_rejected_leads_nowhere() -> None:
    a_campaign()
    link = link_in(ask(frame_on("/")))
    Creative.objects.update(review=Review.REJECTED, reason="Führt in die Irre.")
    assert Client().get(link, **FOLLOWS).status_code == 404


def test_only_creatives_that_were_approved_are_shown() -> None:
    campaign = a_campaign(creatives=False)
    a_creative(campaign, review=Review.OPEN)
    address = frame_on("/")
    assert not shows_an_ad(address)
    campaign.state = State.PAUSED
    campaign.save()
    a_creative(campaign)
    memo.clear_all()
    assert not shows_an_ad(address)


def test_telekom_is_seen_on_o2s_pages_and_in_both_languages() -> None:
    a_campaign("telekom", carriers=[Carrier.objects.get(slug="o2")], language="en")
    number = a_report(carrier="o2").number
    assert "Telekom GmbH" in ask(frame_on("/en/network/o2/")).content.decode()
    assert "Telekom GmbH" in ask(frame_on(f"/en/case/{number}/")).content.decode()
    assert "Telekom GmbH" not in ask(frame_on("/netz/o2/")).content.decode()
    assert "Telekom GmbH" not in ask(frame_on("/en/network/vodafone/")).content.decode()
