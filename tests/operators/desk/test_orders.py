"""Work orders: places by the lower end of their rate, as a page and as CSV, of the own carrier."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from complaints.base.selection import Selection
from complaints.carriers.models import Carrier
from complaints.maps.queries import EVERYWHERE, place_count, place_series
from complaints.maps.rebuilding import rebuild
from operators.desk.queries import weeks
from tests.builders import a_member, a_post, a_promise, a_report, a_town
from tests.complaints.echoes.test_echoes import an_echo

pytestmark = pytest.mark.django_db
PAGE, FILE = "/intern/lage/orte/", "/intern/lage/orte.csv"


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(a_member("o2", "author", "replier"))
    return client


def reports(count: int, slug: str, name: str, days: int = 3, **fields: Any) -> None:
    for _n in range(count):
        a_report(town=a_town(name, slug), at=timezone.now() - timedelta(days=days), **fields)


def rows(client: Client, **query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(FILE, query).text)))


def test_places_are_ranked_by_the_lower_end_of_their_rate(desk: Client) -> None:
    reports(6, "muenster", "Münster")
    reports(20, "muenster", "Münster", days=20)
    reports(12, "berlin", "Berlin")
    reports(4, "ahaus", "Ahaus")
    found = rows(desk)
    assert [row["place"] for row in found] == ["Münster", "Berlin"], "Ahaus has too few"
    assert [row["reports"] for row in found] == ["26", "12"]
    assert found[0]["weeks_with_reports"] == "2"
    assert float(found[0]["rate_low"]) < float(found[0]["rate_per_100k"]) < float(found[0]["rate_high"])
    page = desk.get(PAGE).text
    assert page.index(">Münster</a>") < page.index(">Berlin</a>")
    assert "26 Meldungen, 0 Echos" in page


def test_people_are_reports_and_echoes_that_say_it_is_bad(desk: Client) -> None:
    reports(5, "muenster", "Münster")
    report = a_report("sms")
    an_echo(report)
    an_echo(report, kind="still-bad")
    an_echo(report, kind="works-again")
    an_echo(report, held_at=timezone.now())
    (row,) = rows(desk)
    assert (row["reports"], row["echoes"], row["people"]) == ("6", "2", "8")
    assert row["problems"] == "dropped:5 sms:1"


def test_open_promises_stand_beside_their_place(desk: Client) -> None:
    reports(5, "muenster", "Münster")
    a_promise(a_post(body="=HYPERLINK(1)"))
    a_promise(a_post("vodafone", body="Fremdes Versprechen"))
    (row,) = rows(desk)
    assert "=HYPERLINK(1)" in row["open_promises"]
    assert not row["open_promises"].startswith("=")
    assert "Fremdes" not in desk.get(PAGE).text


def test_a_place_that_looks_like_a_formula_is_text(desk: Client) -> None:
    reports(5, "formel", "=1+1", land=a_town().land)
    assert rows(desk)[0]["place"] == "'=1+1"


def test_only_the_own_network_counts(desk: Client) -> None:
    reports(9, "muenster", "Münster", carrier="vodafone")
    assert rows(desk) == []
    assert "Kein Ort hat genug Meldungen" in desk.get(PAGE).text
    assert desk.get(FILE, {"anbieter": "vodafone"}).status_code == 404


def test_filters_choose_period_land_and_number(desk: Client) -> None:
    reports(6, "muenster", "Münster", days=120)
    reports(6, "berlin", "Berlin")
    assert [row["place"] for row in rows(desk)] == ["Berlin"]
    assert len(rows(desk, zeit="26")) == 2
    assert [row["place"] for row in rows(desk, zeit="26", land="nordrhein-westfalen")] == ["Münster"]
    for wrong in ({"zeit": "5"}, {"land": "atlantis"}, {"art": "land"}, {"anzahl": "1000000"}):
        assert desk.get(FILE, wrong).status_code == 422
        assert desk.get(PAGE, wrong).status_code == 422


def test_packed_and_waiting_rows_give_the_same_series() -> None:
    """Windows of days from the tiles against the counts of each window by itself."""
    o2, town = Carrier.objects.get(slug="o2"), a_town()
    for day in range(0, 30, 3):
        reports(2, "muenster", "Münster", days=day)
    rebuild()
    reports(3, "muenster", "Münster", days=8)
    reports(2, "muenster", "Münster", days=1, carrier="telekom")
    a_report("works")
    windows = weeks(timezone.localdate(), 5)
    for networks in ((), (o2.pk,)):
        series = place_series(Selection(networks=networks), windows)
        alone = [place_count(Selection(networks=networks, since=a, until=b), town.pk).trouble for a, b in windows]
        assert series.of(town.pk).tolist() == alone
        assert sum(alone) == (25 if not networks else 23)
        assert series.of(EVERYWHERE).tolist() == alone
    assert series.of(987_654).tolist() == [0] * 5
