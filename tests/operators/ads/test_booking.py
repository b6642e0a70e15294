"""What may be booked, who may book it, and the way of a campaign from draft to end."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from complaints.carriers.models import Carrier
from operators.ads import actions
from operators.ads.models import TRANSITIONS, Campaign, CampaignChange, Creative, Review, State
from operators.members.advertisers import advertisers_of
from operators.members.queries import belongs
from tests.builders import a_campaign, a_creative, a_member, a_seat, a_town, an_advertiser, site_staff

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": TODAY() - timedelta(days=1)}, "Der letzte Tag kann nicht vor dem ersten liegen."),
        ({"daily_cap": 0}, "Eine Grenze von null Einblendungen zeigt nichts."),
        ({"total_cap": 0}, "Eine Grenze von null Einblendungen zeigt nichts."),
        ({"booked_views": 0}, "Eine Grenze von null Einblendungen zeigt nichts."),
        ({"price_cents": -1}, ""),
        ({"share": 101}, "Anteil und Gewicht sind Zahlen von 1 bis 100."),
        ({"weight": 0}, "Anteil und Gewicht sind Zahlen von 1 bis 100."),
        ({"slots": []}, "Dieses Feld darf nicht leer sein."),
        ({"slots": ["ceiling"]}, "Wähle mindestens einen Platz."),
        ({"booked_views": 5, "share": 20}, "nur eins davon"),
        ({"booked_views": 5, "exclusive": True}, "nur eins davon"),
        ({"state": "sleeping"}, ""),
    ],
    ids=str,
)
def test_it_refuses_impossible_bookings_twice(fields: dict[str, Any], sentence: str) -> None:
    """With a sentence where somebody types them, and by the database whoever writes them."""
    campaign = a_campaign()
    for name, value in fields.items():
        setattr(campaign, name, value)
    with translation.override("de"), pytest.raises(ValidationError) as refused:
        campaign.full_clean()
    assert sentence in " ".join(refused.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"target_url": "http://example.org/"},
        {"target_url": "javascript:alert(1)"},
        {"headline": ""},
        {"kind": "picture", "shape": "320x100", "alt": ""},
        {"kind": "picture", "shape": "1x1", "alt": "Ein Mast"},
        {"review": Review.REJECTED},
    ],
    ids=str,
)
def test_it_refuses_impossible_creatives(fields: dict[str, Any]) -> None:
    creative = a_creative(a_campaign(creatives=False))
    for name, value in fields.items():
        setattr(creative, name, value)
    with pytest.raises(ValidationError):
        creative.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Creative.objects.filter(pk=creative.pk).update(**fields)


def test_it_knows_who_books_for_whom() -> None:
    telekom, baker = an_advertiser("telekom"), an_advertiser("baecker", branch="bread")
    assert list(advertisers_of(a_member("telekom", "advertiser"))) == [telekom]
    assert not advertisers_of(a_member("telekom", "author"))
    assert list(advertisers_of(a_seat(baker))) == [baker]
    assert advertisers_of(site_staff()).count() == 2


def test_an_ended_seat_shuts_the_door_at_once() -> None:
    user = a_seat(an_advertiser("baecker"))
    assert belongs(user)
    user.seats.update(ends_at=timezone.now())
    assert not belongs(user)
    assert not user.is_site_staff


def test_it_goes_from_draft_to_running_and_writes_it_down() -> None:
    campaign = a_campaign(state=State.DRAFT)
    for step in (State.SUBMITTED, State.APPROVED, State.RUNNING, State.PAUSED, State.RUNNING, State.ENDED):
        actions.move(campaign=campaign, to=step, by="betrieb")
    assert list(CampaignChange.objects.values_list("before", "after"))[:2] == [
        ("draft", "submitted"),
        ("submitted", "approved"),
    ]
    assert Campaign.objects.get().state == State.ENDED


@pytest.mark.parametrize("before", State)
def test_it_takes_no_other_steps(before: State) -> None:
    for after in set(State) - TRANSITIONS[before] - {before}:
        campaign = a_campaign(state=before)
        with pytest.raises(actions.BookingError):
            actions.move(campaign=campaign, to=after, by="betrieb", reason="Darum.")
    assert not CampaignChange.objects.exists()


def test_it_needs_a_reason_for_a_no_and_something_to_show_for_a_yes() -> None:
    campaign = a_campaign(state=State.SUBMITTED, creatives=False)
    creative = a_creative(campaign, review=Review.OPEN)
    with pytest.raises(actions.BookingError, match=r"why|warum"):
        actions.move(campaign=campaign, to=State.REJECTED, by="betrieb")
    with pytest.raises(actions.BookingError):
        actions.move(campaign=campaign, to=State.APPROVED, by="betrieb")
    actions.judge(creative=creative, review=Review.APPROVED)
    actions.move(campaign=campaign, to=State.APPROVED, by="betrieb")


@pytest.mark.parametrize(
    ("mine", "refused"),
    [
        ({}, True),
        ({"slots": ["post"]}, False),
        ({"carriers": ["o2"]}, True),
        ({"carriers": ["vodafone"]}, False),
        ({"starts_on": TODAY() + timedelta(days=30), "ends_on": TODAY() + timedelta(days=40)}, False),
        ({"starts_on": TODAY() + timedelta(days=29), "ends_on": TODAY() + timedelta(days=40)}, True),
        ({"exclusive": False}, False),
        ({"language": "en"}, False),
    ],
    ids=str,
)
def test_it_sells_a_slot_alone_only_once(mine: dict[str, Any], refused: bool) -> None:
    o2 = Carrier.objects.get(slug="o2")
    a_campaign("telekom", exclusive=True, carriers=[o2], places=[a_town()], language="de")
    if "carriers" in mine:
        mine = mine | {"carriers": Carrier.objects.filter(slug__in=mine["carriers"])}
    fields: dict[str, Any] = {"exclusive": True, "state": State.SUBMITTED} | mine
    campaign = a_campaign("vodafone", **fields)
    if not refused:
        actions.move(campaign=campaign, to=State.APPROVED, by="betrieb")
        return
    with pytest.raises(actions.BookingError):
        actions.move(campaign=campaign, to=State.APPROVED, by="betrieb")


def test_campaigns_begin_and_end_by_themselves() -> None:
    today = TODAY()
    begins = a_campaign(state=State.APPROVED)
    over = a_campaign(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    later = a_campaign(state=State.APPROVED, starts_on=today + timedelta(days=1))
    assert actions.begin_and_end_due() == 2
    states = dict(Campaign.objects.values_list("pk", "state"))
    assert (states[begins.pk], states[over.pk], states[later.pk]) == (State.RUNNING, State.ENDED, State.APPROVED)
    assert actions.begin_and_end_due() == 0
