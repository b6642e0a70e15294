"""Stories of the pages of places and networks, and of the home page."""

import re
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from complaints.base.selection import Selection
from complaints.base.tags import day
from complaints.figures import queries, shares
from complaints.figures.bursts import bursts
from complaints.maps import timeline
from complaints.maps.actions import fold_changes
from complaints.places.models import Place
from tests.builders import a_post, a_promise, a_report, a_town

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_rates_turn_the_order_of_numbers_around() -> None:
    berlin, mannheim = a_town("Berlin", "berlin"), a_town("Mannheim", "mannheim")
    for town, count in ((berlin, 60), (mannheim, 25)):
        for _ in range(count):
            a_report(town=town)
    ranking = queries.ranking(Selection())
    assert [row.place.name for row in ranking.by_number][:2] == ["Berlin", "Mannheim"]
    assert [row.place.name for row in ranking.by_rate] == ["Mannheim", "Berlin"]
    assert ranking.by_rate[0].rate is not None
    assert ranking.by_rate[0].rate.low < ranking.by_rate[0].rate.value < ranking.by_rate[0].rate.high


def test_towns_with_few_reports_are_not_compared_by_rate() -> None:
    for _ in range(shares.FEWEST_REPORTS - 1):
        a_report()
    assert not queries.ranking(Selection()).by_rate


def test_a_place_page_says_rate_networks_kinds_and_cases(client: Client) -> None:
    for _ in range(3):
        a_report("sms", "dropped")
    a_report("no-network", carrier="telekom")
    a_report("works")
    fold_changes()
    page = page_of(client, "/ort/nordrhein-westfalen/muenster/")
    for part in (
        "4 Meldungen bei",
        "95\N{NO-BREAK SPACE}%-Bereich",
        "Eine Meldung sagt: Hier geht alles.",
        "SMS verspätet",
        "Telekom",
    ):
        assert part in page
    assert page.count('<li class="case ') == 5


def test_shares_of_networks_have_a_range_and_name_the_good_reports_beside_them(client: Client) -> None:
    for carrier, count in (("o2", 15), ("telekom", 5)):
        for _ in range(count):
            a_report("sms", carrier=carrier)
    a_report("works", carrier="vodafone")
    fold_changes()
    o2, telekom, vodafone = shares.by_network(Selection())
    assert (o2.percent, vodafone.count, vodafone.works) == (75, 0, 1)
    assert o2.range == pytest.approx((50.9, 91.34), abs=0.01)  # as R's binom.test(15, 20) says
    assert telekom.range[1] == pytest.approx(100 - o2.range[0])
    page = page_of(client, "/ort/nordrhein-westfalen/muenster/").partition("Netze</h2>")[2]
    assert "51–91\N{NO-BREAK SPACE}%" in page
    assert page.index("Vodafone</a>") < page.index("dazu eine gute") < page.index("Was gemeldet wird")


@pytest.mark.parametrize("path", ["/karte/", "/faelle/"])
def test_an_unknown_place_is_never_swapped_for_another(client: Client, path: str) -> None:
    page = client.get(f"{path}?ort=Musterstadt").content.decode()
    assert "Einen Ort namens „Musterstadt“" in page
    assert "ort=rheinland-pfalz/mutterstadt" in page.partition("Meinst du:")[2]
    assert "Meinst du das?" in client.get("/ort/?ort=Xyzhausen").content.decode()


def test_a_place_without_reports_says_that_this_is_not_good(client: Client) -> None:
    page = page_of(client, "/ort/bayern/nuernberg/")
    assert "Keine Meldung" in page
    assert "0,0</span>" not in page
    assert "Das heißt nicht, dass der Empfang gut ist" in page_of(client, "/ort/bayern/nuernberg/")


def test_a_land_page_ranks_its_towns(client: Client) -> None:
    for _ in range(25):
        a_report()
    page = page_of(client, "/ort/nordrhein-westfalen/?zeit=30")
    assert "Orte nach Rate" in page
    assert "/ort/nordrhein-westfalen/muenster/" in page


def test_old_reports_show_since_the_beginning_only(client: Client) -> None:
    a_report(at=timezone.now() - timedelta(days=5000))
    assert "liegt keine Meldung vor" in page_of(client, "/ort/nordrhein-westfalen/muenster/")
    assert "liegt keine Meldung vor" not in page_of(client, "/ort/nordrhein-westfalen/muenster/?zeit=alles")


def test_a_dated_page_shows_the_same_on_a_later_day(client: Client) -> None:
    day = timezone.localdate() - timedelta(days=10)
    a_report(at=timezone.now() - timedelta(days=11))
    a_report()
    fold_changes()
    address = "/ort/nordrhein-westfalen/muenster/?zeit=30"
    today, then = page_of(client, address), page_of(client, f"{address}&bis={day}")
    assert "2 Meldungen bei" in today
    assert f'href="?zeit=30&amp;bis={timezone.localdate()}" rel="nofollow"' in today
    assert "eine Meldung bei" in then
    assert f"bis zum {day:%d.%m.%Y}" in then
    assert f"bis={day}" in then.partition("CSV")[0].rpartition("href=")[2]
    assert then.count('<li class="case ') == 1
    assert "Zum heutigen Stand" in then
    assert "Zum heutigen Stand" not in today


def test_a_dated_page_shows_nothing_of_later_days(client: Client) -> None:
    a_promise(a_post("o2"))
    network, place = "/netz/o2/", "/ort/nordrhein-westfalen/muenster/"
    for address, words in ((network, "Was O2 dazu sagt"), (place, "Was die Anbieter hier versprechen")):
        assert words in page_of(client, address)
        assert words not in page_of(client, f"{address}?bis={timezone.localdate() - timedelta(days=10)}")


@pytest.mark.parametrize("path", ["/ort/", "/ort/bayern/", "/netz/o2/"])
def test_every_page_of_figures_has_a_dated_address(client: Client, path: str) -> None:
    a_report(at=timezone.now() - timedelta(days=40))
    page = page_of(client, f"{path}?zeit=alles&bis={timezone.localdate()}")
    assert "Dieser Tag läuft noch." in page
    assert f"?zeit=30&amp;bis={timezone.localdate()}" in page


@pytest.mark.parametrize("day", ["morgen", "1999-12-31", "2999-01-01", "2026-02-30"])
def test_a_day_without_figures_is_said_to_be_none(client: Client, day: str) -> None:
    response = client.get(f"/ort/bayern/?bis={day}")
    assert response.status_code == 404
    assert any(
        part in response.content.decode() for part in ("Das ist kein Tag", "Zahlen gibt es vom Jahr 2000 bis heute")
    )


def test_a_network_counts_its_brands_and_a_brand_itself(client: Client) -> None:
    a_report(carrier="o2")
    a_report(carrier="aldi-talk")
    assert '<span class="figure__number">2</span>' in page_of(client, "/netz/o2/")
    assert '<span class="figure__number">1</span>' in page_of(client, "/netz/aldi-talk/")


@pytest.mark.parametrize(
    "address",
    [
        "/ort/atlantis/",
        "/ort/bayern/atlantis/",
        "/netz/quam/",
        "/netz/quam/feed/",
        "/ort/atlantis/feed/",
        "/netz/o2/?zeit=9",
    ],
)
def test_unknown_places_and_networks_are_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/ort/nordrhein-westfalen/feed/", "/ort/nordrhein-westfalen/muenster/feed/", "/netz/o2/feed/"]
)
def test_feeds_of_places_and_networks(client: Client, address: str) -> None:
    a_report()
    a_report(carrier="telekom", town=a_town("Berlin", "berlin"))
    assert len(feedparser.parse(client.get(address).content).entries) == 1


def test_home_begins_with_the_number(client: Client) -> None:
    for _ in range(3):
        a_report()
    a_report("works")
    page = page_of(client, "/")
    assert '<span class="figure__number">3</span>' in page


def test_home_of_an_empty_site(client: Client) -> None:
    assert "Noch ist alles still." in page_of(client, "/")


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/", 14),
        ("/ort/nordrhein-westfalen/muenster/", 48),
        ("/netz/o2/", 40),
        ("/netz/aldi-talk/", 40),
        ("/ort/", 10),
        ("/netz/", 2),
        ("/daten/", 2),
    ],
)
def test_query_budgets_do_not_depend_on_the_number_of_reports(
    client: Client, django_assert_max_num_queries: Any, address: str, budget: int
) -> None:
    for _ in range(30):
        a_report()
    client.get("/netz/")
    with django_assert_max_num_queries(budget):
        assert client.get(address).status_code == 200


def test_every_place_has_a_page(client: Client) -> None:
    for place in Place.objects.towns().select_related("land").order_by("-population")[:3]:
        assert place.land
        page_of(client, f"/ort/{place.land.slug}/{place.slug}/")


def test_two_days_that_hold_most_reports_are_named(client: Client) -> None:
    day = timezone.now() - timedelta(days=20)
    for n in range(18):
        a_report(at=day - timedelta(days=n % 2))
    for n in range(6):
        a_report(at=timezone.now() - timedelta(days=40 + 9 * n))
    fold_changes()
    page = page_of(client, "/ort/nordrhein-westfalen/muenster/")
    assert "18 der 24 Meldungen kommen von zwei Tagen" in page
    assert page.count("Diese Anteile prägt vor allem") == 2  # of networks and of kinds
    assert page.count("Für einen Vergleich der Netze taugen sie hier kaum.") == 1
    assert len(re.findall(r"davon 18 am \S+ und \S+", page_of(client, "/ort/"))) == 2  # of the town and of its Land
    assert re.search(r"davon 18 am \S+ und \S+", page_of(client, "/"))
    assert "18 der 24 Meldungen kommen von zwei Tagen" in page_of(
        client, "/ort/nordrhein-westfalen/muenster/?zeit=alles"
    )


@pytest.mark.parametrize(("count", "named"), [(9, False), (10, True)])
def test_a_burst_of_few_reports_is_named_from_ten_on(client: Client, count: int, named: bool) -> None:
    for _ in range(count):
        a_report(at=timezone.now() - timedelta(days=20))
    fold_changes()
    page = page_of(client, "/ort/nordrhein-westfalen/muenster/")
    assert ("Das spricht für einen einzelnen Ausfall" in page) == named


def test_a_week_that_holds_most_reports_is_named_also_across_years(client: Client) -> None:
    new_year = timezone.localtime().replace(year=2016, month=1, day=1, hour=12)
    for n in range(-3, 4):
        for _ in range(3):
            a_report(at=new_year + timedelta(days=n))
    for n in range(9):
        a_report(at=new_year + timedelta(days=60 * (n + 1)))
    fold_changes()
    page = page_of(client, "/ort/nordrhein-westfalen/muenster/?zeit=alles")
    assert "21 der 30 Meldungen kommen aus 7 Tagen</strong>, vom 29.12.2015 bis zum 04.01.2016." in page
    assert ", davon 21 vom 29.12.2015 bis 04.01.2016" in page_of(client, "/ort/?zeit=alles")


def test_the_shares_of_a_land_tell_of_the_outage_of_one_town(client: Client) -> None:
    for n in range(60):
        a_report(town=a_town("Bielefeld", "bielefeld"), at=timezone.now() - timedelta(days=n))
    for _ in range(20):
        a_report(at=timezone.now() - timedelta(days=20))
    fold_changes()
    land = page_of(client, "/ort/nordrhein-westfalen/")
    assert "kommen von zwei Tagen" not in land
    assert land.count("Darin stecken 20 Meldungen aus Münster vom ") == 2
    assert page_of(client, "/netz/o2/").count("Darin stecken 20 Meldungen aus Münster vom ") == 1
    assert page_of(client, "/").count("Darin stecken 20 Meldungen aus Münster vom ") == 1


def test_a_network_that_came_later_has_no_data_before(client: Client) -> None:
    for _ in range(20):  # so many that shares are told
        a_report(carrier="o2", at=timezone.now() - timedelta(days=800))
    later = a_report(carrier="telekom")
    fold_changes()
    page = page_of(client, "/netz/telekom/?zeit=alles")
    assert f"seit Beginn am {day(later.happened_on)}" in page
    assert "nirgends oder in diesem Netz noch nicht gemeldet" in page
    land = page_of(client, "/ort/nordrhein-westfalen/?zeit=alles")
    assert f"Telekom erst seit dem {day(later.happened_on)}" in land
    assert "nicht alle Netze von Anfang an" not in page_of(client, "/ort/nordrhein-westfalen/")


def test_kinds_of_the_newest_reports_tell_of_no_older_outage(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(20):
        a_report(at=timezone.now() - timedelta(days=20))
    fold_changes()
    assert "Darin stecken 20 Meldungen" in page_of(client, "/netz/o2/")
    assert page_of(client, "/ort/nordrhein-westfalen/muenster/").count("Diese Anteile prägt") == 2
    monkeypatch.setattr(shares, "SAMPLE", 10)
    cache.clear()
    assert "Darin stecken 20 Meldungen" not in page_of(client, "/netz/o2/")
    assert page_of(client, "/ort/nordrhein-westfalen/muenster/").count("Diese Anteile prägt") == 1


def test_in_a_long_period_a_fifth_of_the_reports_from_one_outage_is_named(client: Client) -> None:
    for n in range(100):
        a_report(town=a_town("Berlin", "berlin"), at=timezone.now() - timedelta(days=n))
    for n in range(24):
        a_report(at=timezone.now() - timedelta(days=n))
    for _ in range(7):
        a_report(at=timezone.now() - timedelta(days=4))
    fold_changes()
    page = page_of(client, "/ort/nordrhein-westfalen/muenster/")
    assert "9 der 31 Meldungen kommen von zwei Tagen" in page
    assert "Ohne sie sähen die Anteile anders aus." in page
    assert len(re.findall(r"davon 9 am \S+ und \S+", page_of(client, "/ort/"))) == 2
    assert "aus 7 Tagen" not in page_of(client, "/ort/nordrhein-westfalen/muenster/?zeit=30")
    assert "9 der 31 Meldungen kommen von zwei Tagen" in page_of(
        client, "/ort/nordrhein-westfalen/muenster/?zeit=alles"
    )


def test_days_without_any_report_anywhere_are_no_data_and_not_zero(client: Client) -> None:
    a_report(town=a_town("Berlin", "berlin"), at=timezone.now() - timedelta(days=100))
    a_report()
    fold_changes()
    timeline.bars.clear()
    year = queries.trend(Selection(), "365", timezone.localdate(), a_town().pk)
    values = [bar.value for bar in year.bars]
    assert (values[0], values[-1]) == (None, 1)
    assert 0 in values  # there Berlin reported, and Münster did not
    page = page_of(client, "/ort/nordrhein-westfalen/muenster/")
    assert "Grau: keine Daten" in page
    assert '<td class="num">keine Daten</td>' in page


def test_reports_of_many_days_are_no_burst() -> None:
    for n in range(30):
        a_report(at=timezone.now() - timedelta(days=n))
    fold_changes()
    today = timezone.localdate()
    year = Selection(since=queries.since_of("365", today))
    assert bursts(year, today)(a_town().pk) is None
    assert bursts(Selection(), today)(a_town().pk) is None


@pytest.mark.parametrize(("period", "parts", "days"), [("30", 30, 1), ("365", 26, 14)])
def test_the_chart_has_the_parts_of_its_period(period: str, parts: int, days: int) -> None:
    last = timezone.localdate()
    found = list(queries.windows(period, last))
    assert len(found) == parts
    assert found[-1][2] == last
    assert {(end - first).days + 1 for _name, first, end in found} == {days}


def test_the_chart_of_everything_has_years(client: Client) -> None:
    a_report(at=timezone.now() - timedelta(days=5000))
    fold_changes()
    found = list(queries.windows("alles", timezone.localdate()))
    assert [name for name, _first, _end in found] == [str(year) for year in range(2013, timezone.localdate().year + 1)]
    assert "Problemmeldungen je Jahr" in page_of(client, "/netz/o2/?zeit=alles")


def test_a_period_says_when_its_reports_begin(client: Client) -> None:
    day = timezone.localdate() - timedelta(days=100)
    a_report(at=timezone.localtime() - timedelta(days=100))
    assert f"(Daten erst ab dem {day:%d.%m.%Y})" in page_of(client, "/ort/bayern/")
    a_report(at=timezone.localtime() - timedelta(days=363))
    assert "(Daten erst ab dem" not in page_of(client, "/ort/bayern/")


@pytest.mark.parametrize("slug", ["berlin", "hamburg"])
def test_a_city_that_is_a_land_has_one_number_of_inhabitants(slug: str) -> None:
    town = a_town(slug=slug)
    assert town.land is not None
    assert town.population == town.land.population
    assert town.population_source == town.land.population_source
