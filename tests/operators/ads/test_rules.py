"""Each rule by itself, the reasons that the workplace shows, and rivals who do not stand beside each other."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from complaints.carriers.models import Carrier
from operators.ads.asking import Asked, Page, mark_of, page_of
from operators.ads.models import State
from operators.ads.rules import RULES, Why, eligible, rival_beside, rivals_on_page, why_not
from operators.ads.slots import OFFERS, Device, PageKind, Slot
from operators.ads.stock import Piece, booking_of
from tests.builders import a_campaign, a_post, an_advertiser
from tests.operators.ads.frames import frame_on, shows_an_ad
from tests.operators.ads.month import FIRST, booking

PAGE = Page(PageKind.CASE, "abc", frozenset({1}), frozenset({7, 8}), 0b100)
ASKED = Asked(PAGE, Slot.TOP, Device.PHONE, "de", FIRST, uuid4())
BANNER = Piece(1, None, "x", "", "", "https://example.org/", None, None)


CASES: list[tuple[dict[str, Any], Why | None]] = [
    ({}, None),
    ({"state": State.PAUSED}, Why.PAUSED),
    ({"state": State.ENDED}, Why.ENDED),
    ({"state": State.SUBMITTED}, Why.UNAPPROVED),
    ({"starts_on": FIRST + timedelta(days=1)}, Why.EARLY),
    ({"ends_on": FIRST - timedelta(days=1)}, Why.LATE),
    ({"slots": frozenset({"left"})}, Why.SLOT),
    ({"pieces": ()}, Why.SHAPE),
    ({"pieces": (replace(BANNER, shape=OFFERS[Slot.LEFT].shapes[Device.DESKTOP], light=uuid4()),)}, Why.SHAPE),
    ({"pieces": (replace(BANNER, shape=OFFERS[Slot.TOP].shapes[Device.PHONE]),)}, Why.SHAPE),
    ({"pieces": (replace(BANNER, shape=OFFERS[Slot.TOP].shapes[Device.PHONE], light=uuid4()),)}, None),
    ({"language": "en"}, Why.LANGUAGE),
    ({"device": "desktop"}, Why.DEVICE),
    ({"carriers": frozenset({2})}, Why.NETWORK),
    ({"carriers": frozenset({1, 2})}, None),
    ({"places": frozenset({9})}, Why.PLACE),
    ({"places": frozenset({8})}, None),
    ({"problems": 0b011}, Why.PROBLEM),
    ({"problems": 0b110}, None),
    ({"daily_cap": 5, "views_today": 5}, Why.DAILY),
    ({"total_cap": 5, "views": 5}, Why.TOTAL),
    ({"booked_views": 5, "views": 5}, Why.TOTAL),
]


@pytest.mark.parametrize(("fields", "why"), CASES, ids=str)
def test_each_rule_gives_its_reason(fields: dict[str, Any], why: Why | None) -> None:
    assert why_not(booking(1, **fields), ASKED) == why


def test_a_slot_is_only_on_the_pages_where_it_is_sold() -> None:
    assert why_not(booking(1), ASKED.anywhere(Slot.POST, Device.PHONE)) == Why.PAGE
    assert why_not(booking(1), ASKED.anywhere(Slot.LEFT, Device.PHONE)) == Why.PAGE


def test_every_reason_is_tried_here() -> None:
    assert {why for _fields, why in CASES} == {*Why, None} - {Why.PAGE, Why.OWN_POSTS, Why.RIVAL}, "tests of their own"
    assert len({rule.__name__ for rule in RULES}) == len(RULES)


def test_of_rivals_that_exclude_each_other_a_page_shows_one_in_all_its_frames() -> None:
    stock = (booking(1, "mobile", excludes_rivals=True), booking(2, "mobile"), booking(3, "bread"), booking(4))
    parties = set()
    for _ in range(60):
        asked = replace(ASKED, sender=uuid4())
        frames = [
            eligible(stock, asked.anywhere(slot, device))
            for slot, device in ((Slot.TOP, Device.PHONE), (Slot.LEFT, Device.DESKTOP))
        ]
        mobile = {one.id for frame in frames for one in frame if one.payer.branch == "mobile"}
        assert len(mobile) == 1
        assert all({3, 4} <= {one.id for one in frame} for frame in frames)
        parties |= mobile
    assert parties == {1, 2}


def test_rivals_who_do_not_mind_stand_beside_each_other() -> None:
    stock = (booking(1, "mobile"), booking(2, "mobile"))
    assert eligible(stock, ASKED) == list(stock)


def test_those_who_do_not_mind_are_admitted_together() -> None:
    stock = (booking(1, "mobile", excludes_rivals=True), booking(2, "mobile"), booking(3, "mobile"))
    found = {tuple(one.id for one in eligible(stock, replace(ASKED, sender=uuid4()))) for _ in range(80)}
    assert found == {(1,), (2, 3)}


def test_a_rival_that_cannot_be_on_the_page_takes_no_place_there() -> None:
    stock = (booking(1, "mobile", excludes_rivals=True, carriers=frozenset({5})), booking(2, "mobile"))
    for _ in range(20):
        asked = replace(ASKED, sender=uuid4())
        assert not rival_beside(stock[1], asked, rivals_on_page(stock, asked))
        assert [one.id for one in eligible(stock, asked)] == [2]


@pytest.mark.django_db
def test_a_carrier_keeps_rivals_off_its_own_posts_only_as_the_price_list_offers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_advertiser("o2", own_posts_until=FIRST.replace(year=2099))
    campaign, other = a_campaign("telekom"), a_campaign(an_advertiser("baecker", branch="bread"))
    own, foreign = (Page(PageKind.POST, "abc", owner=Carrier.objects.get(slug=slug).pk) for slug in ("o2", "vodafone"))
    rival, stranger = booking_of(campaign.pk), booking_of(other.pk)
    assert rival
    assert stranger
    asked = Asked(own, Slot.TOP, Device.PHONE, "de", campaign.starts_on, uuid4())
    assert why_not(rival, asked) == Why.OWN_POSTS
    assert why_not(stranger, asked) is None
    assert why_not(rival, replace(asked, page=foreign)) is None
    monkeypatch.setattr("operators.ads.rules.OWN_POSTS_WITHOUT_RIVALS", False)
    assert why_not(rival, asked) is None


@pytest.mark.django_db
def test_the_pages_of_a_post_say_whose_it_is() -> None:
    an_advertiser("o2", own_posts_until=FIRST.replace(year=2099))
    a_campaign("telekom")
    path = f"/beitraege/{a_post().slug}/"
    assert not shows_an_ad(frame_on(path))
    assert shows_an_ad(frame_on("/beitraege/"))


def test_a_page_survives_its_signature_and_nothing_else_does() -> None:
    page = Page(PageKind.POST, mark_of("/beitraege/x/?seite=2"), frozenset({1, 2}), frozenset(), 0, 2)
    assert page_of(page.signed()) == page
    for wrong in ("", "home", page.signed() + "x", page.signed().replace("post", "home"), "~" * 9, "é:ü"):
        assert page_of(wrong) is None
