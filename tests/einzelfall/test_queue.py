"""The first page of the site's own staff: what waits for them."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from operators.ads.models import Creative, Review, State
from operators.members.models import User
from tests.builders import a_campaign, a_member, a_report, site_staff

pytestmark = pytest.mark.django_db
PILE = re.compile(r'queue__pile" href="([^"]+)"><strong>([^<]+)</strong> ([^<]+)<')


def piles(client: Client, user: User) -> dict[str, tuple[str, str]]:
    client.force_login(user)
    return {label: (count, address) for address, count, label in PILE.findall(client.get("/intern/").text)}


def test_it_counts_what_waits_and_leads_to_it(client: Client) -> None:
    a_report(held_at=timezone.now(), held_reason="links")
    a_report()
    a_campaign(state=State.SUBMITTED)
    Creative.objects.update(review=Review.OPEN)
    found = piles(client, site_staff())
    counts = {label: count for label, (count, _address) in found.items()}
    assert counts == {
        "zurückgehaltene Meldung": "1",
        "zurückgehaltene Kommentare": "0",
        "offene Einsprüche": "0",
        "zurückgehaltene Echos": "0",
        "eingereichte Buchung": "1",
        "Anzeige, die noch niemand angesehen hat": "1",
    }
    assert all(client.get(address).status_code == 200 for _count, address in found.values())


def test_an_ad_of_a_draft_does_not_wait(client: Client) -> None:
    a_campaign(state=State.DRAFT)
    Creative.objects.update(review=Review.OPEN)
    assert piles(client, site_staff())["Anzeigen, die noch niemand angesehen hat"][0] == "0"


def test_everybody_sees_only_what_they_may_work_off(client: Client) -> None:
    helper = User.objects.create_user("hilfe", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_flag"))
    assert list(piles(client, helper)) == ["offene Einsprüche"]
    assert piles(client, a_member("o2", "replier")) == {}


def test_a_flood_is_not_counted_to_its_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("einzelfall.queue.MOST", 1)
    for _n in range(3):
        a_report(held_at=timezone.now(), held_reason="links")
    assert piles(client, site_staff())["zurückgehaltene Meldungen"][0] == "über 1"
