"""The dashboard: what waits, what burns, what is reported, how fast the carrier answers; own carriers only."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.carriers.models import Carrier
from operators.board import queries as board
from operators.desk import queries
from operators.members.models import Membership, User
from tests.builders import a_member, a_post, a_promise, a_report, a_town, site_staff

pytestmark = pytest.mark.django_db
START, PAGE = "/intern/", "/intern/lage/"


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk() -> Client:
    return at(a_member("o2", "author", "replier"))


def ago(days: float) -> dict[str, Any]:
    return {"at": timezone.now() - timedelta(days=days)}


def test_it_is_the_first_page_of_carrier_staff(desk: Client) -> None:
    a_report(**ago(2.1))
    page = desk.get(START)
    assert "O2 heute" in page.text
    assert "1 Meldung" in page.text
    assert "Am längsten seit 2 Tagen" in page.text
    assert "/intern/postfach/?anbieter=o2" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "O2 heute" in desk.get(PAGE).text


def test_the_sites_staff_keep_the_index_of_tables() -> None:
    client = at(site_staff())
    assert "/intern/complaints/report/" in client.get(START).text
    assert client.get(PAGE).status_code == 404


def test_who_does_not_belong_finds_nothing(client: Client) -> None:
    for address in (START, PAGE, f"{PAGE}orte/", f"{PAGE}orte.csv"):
        assert client.get(address).status_code == 302
    assert at(a_member("o2", "advertiser")).get(PAGE).status_code == 404
    assert at(a_member("vodafone")).get(PAGE, {"anbieter": "o2"}).status_code == 404


def test_drafts_of_others_stay_hidden(desk: Client) -> None:
    a_post(title="Unser Entwurf", published_at=None)
    a_post(title="Morgen", published_at=timezone.now() + timedelta(days=1))
    a_post("vodafone", title="Fremder Entwurf", published_at=None)
    page = desk.get(PAGE).text
    assert "Unser Entwurf" in page
    assert "Morgen" in page
    assert "Fremder Entwurf" not in page


def test_who_works_for_two_carriers_chooses(desk: Client) -> None:
    user = a_member("o2", "author", "replier")
    Membership.objects.create(user=user, carrier=Carrier.objects.get(slug="vodafone"), role="author")
    page = desk.get(PAGE, {"anbieter": "vodafone"}).text
    assert "Vodafone heute" in page
    assert 'value="o2"' in page
    assert "/intern/postfach/" not in page, "answers for O2 only"


def test_it_burns_only_where_the_last_week_is_clearly_above_usual() -> None:
    carrier, here = Carrier.objects.get(slug="o2"), a_town()
    promise = a_promise(a_post())
    a_promise(a_post(body="Auch in Hamburg."), place=a_town("Hamburg", "hamburg"))
    for week in range(1, 9):
        a_report(**ago(7 * week + 1))
        a_report(town=a_town("Hamburg", "hamburg"), **ago(7 * week + 1))
    a_report(town=a_town("Hamburg", "hamburg"), **ago(1))
    for _n in range(9):
        a_report(**ago(1))
    (alarm,) = queries.overview(carrier, queries.Asked()).alarms
    assert alarm.promise == promise
    assert (alarm.place.id, alarm.seen, alarm.base, alarm.usual.value) == (here.pk, 9, 8, 1.0)
    assert alarm.usual.low
    assert alarm.usual.high
    assert alarm.usual.low < 1.0 < alarm.usual.high


def test_the_chart_follows_period_problem_and_place(desk: Client) -> None:
    a_report("sms", **ago(3)), a_report("dropped", **ago(10))
    a_report("dropped", town=a_town("Hamburg", "hamburg"), **ago(100))
    a_report("dropped", carrier="vodafone", **ago(3))
    for query, total in (
        ({"zeit": "13"}, 2),
        ({"zeit": "26"}, 3),
        ({"problem": "sms"}, 1),
        ({"ort": "Hamburg", "zeit": "26"}, 1),
    ):
        assert f"zusammen {total}" in desk.get(PAGE, query).text


def test_wrong_choices_get_a_sentence_and_the_usual_page(desk: Client) -> None:
    a_report(**ago(3))
    page = desk.get(PAGE, {"ort": "Xqzw", "zeit": "26"})
    assert page.status_code == 422
    assert "Xqzw“" in page.text
    assert 'value="Xqzw"' in page.text
    assert "zusammen 1" in page.text
    assert desk.get(PAGE, {"zeit": "7"}).status_code == 422
    assert desk.get(PAGE, {"problem": "works"}).status_code == 422


def test_response_is_compared_with_the_own_period_before() -> None:
    carrier = Carrier.objects.get(slug="o2")
    for n in range(40):
        a_report(**ago(100 + n))
    before = board.speed_before(carrier.pk, 90, timezone.now())
    assert before
    assert (before.base, before.waiting) == (40, 40)
    assert before.shares[2]
    assert before.shares[2].value == 0
    assert board.speed_before(Carrier.objects.get(slug="vodafone").pk, 90, timezone.now()) is None


def test_its_queries_do_not_grow(desk: Client) -> None:
    a_promise(a_post())
    a_report(**ago(3))
    desk.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        desk.get(PAGE)
    for n in range(5):
        a_post(published_at=None)
        a_promise(a_post())
        a_report(**ago(n + 1))
    with CaptureQueriesContext(connection) as many:
        desk.get(PAGE)
    assert len(many) == len(few) <= 20
