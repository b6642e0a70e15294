"""What counts as a view or a click, what is filtered and why, and that every row is added up exactly once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from complaints.base import memo, retention
from operators.ads import counting
from operators.ads.deliveries import Click, DailyCount, Reason, View
from operators.ads.folding import fold_all, forget_deliveries
from operators.ads.stock import booking_of
from tests.builders import a_campaign
from tests.operators.ads.frames import FOLLOWS, ask, frame_on, link_in, shows_an_ad

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, ""),
        ({"HTTP_USER_AGENT": "Googlebot/2.1 (+http://www.google.com/bot.html)"}, Reason.ROBOT),
        ({"HTTP_USER_AGENT": "Mozilla/5.0 HeadlessChrome/126.0"}, Reason.ROBOT),
        ({"HTTP_USER_AGENT": "curl/8.5"}, Reason.ROBOT),
        ({"HTTP_USER_AGENT": "python-requests/2.32"}, Reason.ROBOT),
        ({"HTTP_USER_AGENT": ""}, Reason.ROBOT),
        ({"HTTP_SEC_PURPOSE": "prefetch;prerender"}, Reason.PREFETCH),
        ({"HTTP_PURPOSE": "prefetch"}, Reason.PREFETCH),
        ({"HTTP_X_MOZ": "prefetch"}, Reason.PREFETCH),
        ({"HTTP_SEC_FETCH_DEST": "document"}, Reason.NO_FRAME),
        ({"HTTP_SEC_FETCH_DEST": ""}, Reason.NO_FRAME),
    ],
    ids=str,
)
def test_it_counts_what_a_persons_browser_asked_for(headers: dict[str, Any], reason: str) -> None:
    a_campaign()
    assert ask(frame_on("/"), **headers).status_code == 200
    assert View.objects.get().reason == reason


def test_the_same_page_again_within_seconds_is_a_reload() -> None:
    a_campaign()
    address = frame_on("/")
    for _ in range(3):
        ask(address)
    assert sorted(View.objects.values_list("reason", flat=True)) == ["", "reload", "reload"]


def test_after_some_seconds_or_on_another_page_or_by_another_person_it_counts() -> None:
    a_campaign()
    ask(frame_on("/"))
    ask(frame_on("/faelle/"))
    ask(frame_on("/"), HTTP_USER_AGENT="Mozilla/5.0 Firefox/140.0")
    ask(frame_on("/"), REMOTE_ADDR="203.0.113.9")
    View.objects.update(happened_at=timezone.now() - timedelta(seconds=30))
    View.objects.filter(page=View.objects.order_by("happened_at")[0].page)
    assert set(View.objects.values_list("reason", flat=True)) == {""}


def test_more_than_people_behind_one_connection_can_see_is_filtered(monkeypatch: pytest.MonkeyPatch) -> None:
    a_campaign()
    monkeypatch.setattr(counting, "VIEWS_A_MINUTE", 3)
    for page in range(5):
        ask(frame_on(f"/?{page}"))
    assert sorted(View.objects.values_list("reason", flat=True)) == ["", "", "", "rate", "rate"]


def test_many_clicks_of_one_connection_are_filtered() -> None:
    a_campaign()
    for page in range(5):
        assert Client().get(link_in(ask(frame_on(f"/?{page}"))), **FOLLOWS).status_code == 302
    assert sorted(Click.objects.values_list("reason", flat=True)) == ["", "", "", "rate", "rate"]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [({"HTTP_USER_AGENT": "AhrefsBot/7.0"}, "robot"), ({"HTTP_SEC_PURPOSE": "prefetch"}, "prefetch")],
    ids=str,
)
def test_a_click_that_nobody_made_is_filtered(headers: dict[str, str], reason: str) -> None:
    a_campaign()
    assert Client().get(link_in(ask(frame_on("/"))), **FOLLOWS | headers).status_code == 302
    assert Click.objects.get().reason == reason


def test_it_adds_up_by_day_slot_and_page_exactly_once() -> None:
    campaign = a_campaign()
    link = link_in(ask(frame_on("/")))
    ask(frame_on("/"))
    ask(frame_on("/faelle/"))
    Client().get(link, **FOLLOWS)
    assert fold_all() == 4
    assert fold_all() == 0
    rows = DailyCount.objects.order_by("page_kind", "reason").values_list("page_kind", "reason", "views", "clicks")
    assert list(rows) == [("cases", "", 1, 0), ("home", "", 1, 1), ("home", "reload", 1, 0)]
    ask(frame_on("/beitraege/"))
    found = booking_of(campaign.pk)
    assert found
    assert (found.views, found.views_today) == (3, 3)
    fold_all()
    assert booking_of(campaign.pk) == found


def test_a_crash_while_adding_up_loses_and_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    a_campaign()
    for page in range(3):
        ask(frame_on(f"/?{page}"))
    monkeypatch.setattr("operators.ads.folding.AT_ONCE", 1)
    assert fold_all() == 3
    assert DailyCount.objects.get().views == 3


def test_it_forgets_single_rows_after_the_time_that_the_privacy_page_names() -> None:
    a_campaign()
    ask(frame_on("/"))
    ask(frame_on("/?later"))
    old = View.objects.order_by("happened_at").first()
    assert old
    View.objects.filter(pk=old.pk).update(happened_at=timezone.now() - retention.DELIVERIES)
    assert forget_deliveries() == 0  # not added up yet
    fold_all()
    assert forget_deliveries() == 1
    assert retention.DELIVERIES > counting.TOKEN_LIFE
    assert "Einblendungen und Klicks" in Client().get("/datenschutz/").content.decode()


def test_a_cap_ends_the_showing() -> None:
    a_campaign(daily_cap=2)
    shown = []
    for page in range(4):
        shown.append(shows_an_ad(frame_on(f"/?{page}")))
        memo.clear_all()
    assert shown == [True, True, False, False]
