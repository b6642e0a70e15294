"""The public ledger of ads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.base import memo
from complaints.base.tags import day
from operators.ads import rules
from operators.ads.ledger import FIREWALL, PAGE_SIZE, for_sale
from operators.ads.models import State
from operators.ads.slots import OFFERS
from tests.builders import a_campaign, an_advertiser

pytestmark = pytest.mark.django_db


def page(path: str = "/werbung/") -> str:
    return Client().get(path).content.decode()


def test_it_is_empty_before_the_first_booking() -> None:
    assert "Noch hat niemand gebucht." in page()
    assert "Nobody has booked yet." in page("/en/advertising/")


def test_it_lists_what_was_sold_and_never_a_draft() -> None:
    today = timezone.localdate()
    a_campaign("telekom")
    a_campaign("vodafone", state=State.DRAFT, name="Geheimplan")
    a_campaign(an_advertiser("konditor", name="Konditor", payer="Konditorei Ey", branch=""), state=State.REJECTED)
    a_campaign("o2", state=State.ENDED, starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=60))
    shown = page()
    assert "Telekom GmbH" in shown
    assert "O2 GmbH" in shown
    assert "läuft" in shown
    assert "beendet" in shown
    assert "Klasse A" in shown
    for hidden in ("Vodafone GmbH", "Geheimplan", "Konditorei Ey", "100000", "1.000,00"):
        assert hidden not in shown


def test_it_says_what_was_approved_late_or_ended_early() -> None:
    now, today = timezone.now(), timezone.localdate()
    late = a_campaign("telekom", starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=9))
    late.changes.create(before=State.SUBMITTED, after=State.APPROVED, by="Seite", changed_at=now)
    assert f"freigegeben erst am {day(today)}" in page()
    late.changes.create(before=State.RUNNING, after=State.ENDED, by="Seite", changed_at=now)
    assert f"beendet schon am {day(today)}" in page()
    never = a_campaign("o2", state=State.ENDED, starts_on=today + timedelta(days=3))
    never.changes.create(before=State.APPROVED, after=State.ENDED, by="Seite", changed_at=now)
    assert "beendet, bevor sie zu sehen war" in page()


def test_every_rule_stands_there_in_words() -> None:
    assert {rule for rule, _words in FIREWALL} == {*rules.RULES, rules.rival_beside}
    assert len({str(words) for _rule, words in FIREWALL}) == len(FIREWALL)


def test_every_slot_is_for_sale() -> None:
    assert {offer.slot for offer in for_sale()} == set(OFFERS)
    assert "160 × 600" in page()


def test_it_is_paged_and_costs_the_same_for_many() -> None:
    today = timezone.localdate()
    for n in range(PAGE_SIZE + 1):
        a_campaign("telekom", creatives=False, starts_on=today + timedelta(days=n), ends_on=today + timedelta(days=99))
    memo.clear_all()
    with CaptureQueriesContext(connection) as queries:
        first = page()
    assert len(queries) <= 6
    assert first.count('case__what">Telekom GmbH') == PAGE_SIZE
    assert page("/werbung/?seite=2").count('case__what">Telekom GmbH') == 1
    for wrong in ("3", "0", "-1", "x", "²", "99999999999"):
        assert Client().get(f"/werbung/?seite={wrong}").status_code == 404


def test_it_sets_no_cookie_and_may_be_kept() -> None:
    a_campaign("telekom")
    answer = Client().get("/werbung/")
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]
    assert Client().get("/werbung/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_new_payers_name_is_seen_at_once() -> None:
    campaign = a_campaign("telekom")
    assert "Telekom GmbH" in page()
    campaign.advertiser.payer = "Telekom AG"
    campaign.advertiser.save()
    assert "Telekom AG" in page()


def test_the_footer_leads_there() -> None:
    assert 'href="/werbung/"' in page("/hilfe/")
