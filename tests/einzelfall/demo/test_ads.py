"""The demo's ads, their past and their statements."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from complaints.base import memo
from einzelfall.demo.ads import make_ads
from einzelfall.demo.loading import Plan
from operators.ads.billing import make_statements
from operators.ads.bills import Statement
from operators.ads.deliveries import DailyCount
from operators.ads.models import Campaign, CreativePicture
from tests.builders import a_member
from tests.operators.ads.frames import FOLLOWS, ask, frame_on, link_in

pytestmark = pytest.mark.django_db
END = int(datetime.now(UTC).timestamp())


def test_the_ledger_shows_who_booked_and_nobody_pays_for_the_house(client: Client) -> None:
    make_ads(Plan(seed=1, end=END, reports=0))
    page = client.get("/werbung/").text
    assert "Telekom" in page
    assert "Vodafone" in page
    assert not DailyCount.objects.filter(campaign__advertiser__is_house=True).exists()
    assert CreativePicture.objects.count() == 4


def test_past_months_are_billed_once_and_to_the_cent() -> None:
    make_ads(Plan(seed=1, end=END, reports=0))
    before = Statement.objects.count()
    assert before >= 2
    assert all(bill.demo and bill.net_cents > 0 for bill in Statement.objects.all())
    assert make_statements() == 0
    assert Statement.objects.count() == before


def test_the_advertiser_finds_the_own_booking_only(client: Client) -> None:
    make_ads(Plan(seed=1, end=END, reports=0))
    client.force_login(a_member("telekom", "advertiser"))
    page = client.get("/intern/operators/campaign/").text
    own, other = (Campaign.objects.get(advertiser__slug=slug).name for slug in ("telekom", "vodafone"))
    assert own in page
    assert other not in page


def test_an_empty_slot_leads_to_the_form_and_o2s_page_shows_telekom(client: Client) -> None:
    make_ads(Plan(seed=1, end=END, reports=0))
    memo.clear_all()
    assert "Telekom (Demo)" in ask(frame_on("/netz/o2/")).text
    house = ask(frame_on("/netz/vodafone/"))
    assert "Eigenwerbung" in house.text
    assert client.get(link_in(house), **FOLLOWS).headers["Location"] == "/melden/"


def test_the_house_speaks_the_language_of_the_page(client: Client) -> None:
    make_ads(Plan(seed=1, end=END, reports=0))
    memo.clear_all()
    house = ask(frame_on("/en/network/vodafone/"))
    assert "Report it." in house.text
    assert client.get(link_in(house), **FOLLOWS).headers["Location"] == "/en/report/"
