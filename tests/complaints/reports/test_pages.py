"""Stories of reading: case, receipt, list, downloads, feed."""

import csv
import io
import json
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.base import sharepicture, zorder
from complaints.base.keys import key_for
from complaints.base.tags import number as localized
from complaints.carriers.models import Carrier
from complaints.reports import actions
from complaints.reports.api import COLUMNS
from complaints.reports.forms import ReportForm
from complaints.reports.models import Precision, Report, Source
from complaints.reports.news import TallyChange
from tests.builders import MUENSTER, a_report, a_town

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def key_of(report: Report) -> str:
    return key_for("change", report.number)


def test_a_case_shows_what_where_and_both_clocks(client: Client) -> None:
    at = timezone.now() - timedelta(hours=2)
    report = a_report("no-network", at=at, received_at=at + timedelta(minutes=47), text="Am Gleis nichts.")
    page = page_of(client, f"/fall/{report.number}/")
    for part in (
        f"Einzelfall Nr. {localized(report.number)}",
        "Kein Netz",
        "Münster",
        "Am Gleis nichts.",
        "47\xa0Minuten später",
    ):
        assert part in page


def test_a_case_in_english(client: Client) -> None:
    assert "Münster" in page_of(client, f"/en/case/{a_report().number}/")


def test_hidden_withdrawn_and_unknown_cases(client: Client) -> None:
    hidden, withdrawn = a_report(), a_report()
    actions.hide_report(report=hidden)
    actions.withdraw_report(report=withdrawn)
    gone = client.get(f"/fall/{hidden.number}/")
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache")  # it may be shown again
    assert client.get(f"/fall/{withdrawn.number}/").status_code == 410
    for number in ("0", "99999999", "9" * 40):
        assert client.get(f"/fall/{number}/").status_code == 404


def test_the_receipt_counts_the_same_network_within_two_kilometres(client: Client) -> None:
    now = timezone.now()
    near, far = (MUENSTER[0] + 0.01, MUENSTER[1]), (MUENSTER[0] + 0.03, MUENSTER[1])
    for _ in range(3):
        a_report(point=near, at=now - timedelta(days=2))
    a_report(point=near, at=now - timedelta(days=20))
    a_report(point=far, at=now - timedelta(days=2))
    a_report(point=near, carrier="telekom", at=now - timedelta(days=2))
    a_report("works", point=near, at=now - timedelta(days=2))
    own = a_report(carrier="aldi-talk")
    page = page_of(client, f"/fall/{own.number}/beleg/")
    assert "<h1>Kein Einzelfall.</h1>" in page
    assert "Nummer 4 von 4 im Umkreis von 2\N{NO-BREAK SPACE}km" in page
    assert "Du bist" not in page  # others read it, too
    assert '<span class="figure__number">5</span>' in page


def test_company_of_another_week_is_no_company_now(client: Client) -> None:
    for _ in range(12):
        a_report(at=timezone.now() - timedelta(days=18))
    address = f"/fall/{a_report().number}/beleg/"
    page = page_of(client, address)
    assert "<h1>Diese Woche bisher allein.</h1>" in page
    assert "Kein Einzelfall" not in page
    a_report()
    cache.clear()
    assert "<h1>Kein Einzelfall.</h1>" in page_of(client, address)


def test_the_receipt_goes_on_counting_for_three_days(client: Client) -> None:
    now = timezone.now()
    own, old = (a_report(at=now - timedelta(days=days)) for days in (3, 45))
    assert "Bisher steht diese Meldung allein." in page_of(client, f"/fall/{own.number}/beleg/")
    a_report()
    page = page_of(client, f"/fall/{own.number}/beleg/")
    assert "Nummer 1 von 2 im Umkreis" in page
    assert f"bis zum {timezone.localdate():%d.%m.%Y}" in page
    assert "was dasselbe Gerät in 30 Tagen noch einmal" in page
    assert "Bisher steht diese Meldung allein." in page_of(client, f"/fall/{old.number}/beleg/")


def test_what_names_only_the_town_is_not_counted_within_two_kilometres(client: Client) -> None:
    a_report(precision="town")
    own = a_report()
    assert "Nummer 2 von 2 in Münster" in page_of(client, f"/fall/{own.number}/beleg/")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("feld=16-34616-20944", "ein Feld der Karte"),
        ("ausschnitt=15-17300-10463-17312-10479", "ein Ausschnitt der Karte"),
    ],
)
def test_a_list_says_of_which_part_of_the_map_it_is_and_keeps_it(client: Client, part: str, said: str) -> None:
    page = page_of(client, f"/faelle/?{part}&netz=o2")
    assert f"Nur O2 · {said}." in page
    name, value = part.split("=")
    assert f'<input type="hidden" name="{name}" value="{value}"' in page


def test_a_list_says_what_is_open_again(client: Client) -> None:
    a_report()
    assert "wieder offen" not in page_of(client, "/faelle/")
    a_report(status="reopened")
    assert page_of(client, "/faelle/").count("wieder offen") == 1


def test_the_receipt_says_honestly_alone(client: Client) -> None:
    own = a_report(carrier="aldi-talk")
    a_report(carrier="telekom")
    page = page_of(client, f"/fall/{own.number}/beleg/")
    assert "Bisher steht diese Meldung allein." in page
    assert "In Münster hat in 30 Tagen niemand sonst ein Problem im Netz O2 gemeldet." in page
    assert "Aldi Talk (Netz O2)" in page
    assert 'href="/ort/nordrhein-westfalen/muenster/">alle Meldungen aus Münster' in page


def test_the_first_of_a_week_says_where_the_other_one_was(client: Client) -> None:
    a_report(at=timezone.now() - timedelta(days=20))
    own = a_report(hotline="isolated")
    page = page_of(client, f"/fall/{own.number}/beleg/")
    assert "In dieser Woche die erste Meldung im Umkreis von 2\N{NO-BREAK SPACE}km, in 30 Tagen" in page
    assert "Die Hotline hatte gesagt: ein Einzelfall." in page
    assert f"<span>{own.happened_on - timedelta(days=29):%d.%m.%Y}</span>" in page


def test_the_receipt_widens_to_the_town(client: Client) -> None:
    a_report(point=(MUENSTER[0] + 0.05, MUENSTER[1]), at=timezone.now() - timedelta(days=1))
    own = a_report()
    page = page_of(client, f"/fall/{own.number}/beleg/")
    assert "Nummer 2 von 2 in Münster" in page


def test_the_receipt_tells_the_chance_against_what_is_usual(client: Client) -> None:
    now = timezone.now()
    for week in range(2, 30):
        a_report(at=now - timedelta(weeks=week))
    for _ in range(12):
        a_report(at=now - timedelta(days=1))
    page = page_of(client, f"/fall/{a_report().number}/beleg/")
    assert "Zufall? Die Wahrscheinlichkeit dafür liegt bei höchstens 1 zu" in page
    assert "Przyborowski" in page


def test_only_the_author_sees_the_link_to_change(client: Client) -> None:
    report = a_report()
    own = client.get(f"/fall/{report.number}/beleg/?key={key_of(report)}")
    assert f"/aendern/{key_of(report)}" in own.content.decode()
    assert "no-store" in own["Cache-Control"]
    for key in ("", "falsch", key_for("change", report.number + 1)):
        assert "/aendern/" not in page_of(client, f"/fall/{report.number}/beleg/?key={key}")


@pytest.mark.parametrize(("other", "marked"), [(Source.WEB, False), (Source.DEMO, True)])
def test_a_picture_says_demo_where_invented_reports_may_count(
    client: Client, monkeypatch: pytest.MonkeyPatch, other: Source, marked: bool
) -> None:
    drawn: list[sharepicture.Words] = []
    monkeypatch.setattr(sharepicture, "draw", drawn.append)
    a_report(source=other)
    client.get(f"/fall/{a_report().number}/bild.png")
    assert ("DEMO" in drawn[0].top) is marked


def test_the_picture_is_a_png(client: Client) -> None:
    response = client.get(f"/fall/{a_report().number}/bild.png")
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_the_author_changes_a_report_and_the_figures_follow(client: Client) -> None:
    report = a_report("dropped")
    address = f"/fall/{report.number}/aendern/{key_of(report)}/"
    assert "Münster" in page_of(client, address)
    form = {"carrier": "telekom", "problems": ["sms"], "place": "Münster"}
    assert client.post(address, form).status_code == 303
    report.refresh_from_db()
    assert (report.carrier.slug, report.network.slug, report.edited_at is None) == ("telekom", "telekom", False)
    o2, telekom = (Carrier.objects.get(slug=slug).id for slug in ("o2", "telekom"))
    news = list(TallyChange.objects.order_by("id").values_list("sign", "network_id"))
    assert news == [(1, o2), (-1, o2), (1, telekom)]
    assert client.post(address, {}).status_code == 422
    assert client.get(f"/fall/{report.number}/aendern/falsch/").status_code == 404


def test_the_author_withdraws_a_report(client: Client) -> None:
    report = a_report(text="Geheim", name="Anja", device="Pixel")
    address = f"/fall/{report.number}/zurueckziehen/{key_of(report)}/"
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 303
    report.refresh_from_db()
    assert (report.text, report.name, report.device) == ("", "", "")
    assert sum(TallyChange.objects.values_list("sign", flat=True)) == 0
    assert client.get(f"/fall/{report.number}/").status_code == 410


def test_an_edit_is_seen_at_once(client: Client) -> None:
    report = a_report(text="Alte Worte")
    assert "Alte Worte" in page_of(client, f"/fall/{report.number}/")
    form = {"carrier": "o2", "problems": ["dropped"], "place": "Münster", "text": "Neue Worte"}
    client.post(f"/fall/{report.number}/aendern/{key_of(report)}/", form)
    # Inside of one test transaction the version stands still; test_commits.py shows that it moves.
    assert "Neue Worte" in page_of(client, f"/fall/{report.number}/?neu")


def test_what_is_left_as_shown_stays_as_it_is(client: Client) -> None:
    at = timezone.now() - timedelta(days=2, seconds=42)
    report = a_report(at=at, precision="town", place_text="Neustadt")
    address = f"/fall/{report.number}/aendern/{key_of(report)}/"
    shown = timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
    form = {"carrier": "o2", "problems": ["dropped"], "place": "Neustadt", "happened_at": shown, "text": "Neu"}
    assert client.post(address, form).status_code == 303
    same = ("happened_at", "latitude", "longitude", "precision", "town_id")
    before = [getattr(report, name) for name in same]
    report.refresh_from_db()
    assert [getattr(report, name) for name in same] == before
    assert report.text == "Neu"


def test_an_address_added_later_gets_the_link(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    report = a_report()
    form = {"carrier": "o2", "problems": ["dropped"], "place": "Münster", "email": "anja@example.org"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/en/case/{report.number}/change/{key_of(report)}/", form)
    assert mail.outbox[0].to == ["anja@example.org"]
    assert report.contact.language == "en"


def test_a_withdrawn_report_cannot_be_changed_by_a_late_form(client: Client) -> None:
    report = a_report(text="Privat")
    filing = ReportForm({"carrier": "o2", "problems": ["sms"], "place": "Münster", "text": "Privat"})
    assert filing.is_valid()
    actions.withdraw_report(report=report)
    with pytest.raises(Report.DoesNotExist):
        actions.change_report(report=report, filing=filing.filing(), on_contact=print)
    report.refresh_from_db()
    assert report.text == ""


def test_a_place_known_by_name_only_claims_no_two_kilometres(client: Client) -> None:
    a_report(precision="town")
    page = page_of(client, f"/fall/{a_report(precision='town').number}/beleg/")
    assert "Nummer 2 von 2 in Münster" in page
    assert "\N{NO-BREAK SPACE}km" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("address", ["/faelle/", "/karte/", "/karte.svg", "/fall/{}/", "/fall/{}/beleg/", "/healthz"])
def test_head_is_answered_like_get(client: Client, address: str) -> None:
    assert client.head(address.format(a_report().number)).status_code == 200


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"a", "b", "c", "d"}),
        ("netz=o2", {"a", "b", "d"}),
        ("anbieter=aldi-talk", {"b"}),
        ("problem=sms", {"b"}),
        ("problem=sms&problem=no-network", {"b", "c"}),
        ("problem=works", {"d"}),
        ("von=2026-01-01&bis=2026-01-31", {"a"}),
        ("q=Bahnhof", {"a"}),
        ("ort=nordrhein-westfalen/muenster", {"a", "b", "d"}),
        ("ort=Mannheim", {"c"}),
        ("netz=o2&problem=dropped", {"a", "b"}),
    ],
)
def test_the_list_filters(client: Client, query: str, found: set[str]) -> None:
    day = timezone.make_aware(datetime(2026, 1, 15, 12))  # noqa: DTZ001
    mannheim = a_town("Mannheim", "mannheim")
    a_report("dropped", name="a", text="Am Bahnhof nichts", at=day)
    a_report("sms", "dropped", name="b", carrier="aldi-talk")
    a_report("no-network", name="c", carrier="vodafone", town=mannheim)
    a_report("works", name="d")
    rows = list(csv.DictReader(io.StringIO(b"".join(client.get(f"/faelle.csv?{query}")).decode())))
    numbers = {int(row["number"]) for row in rows}
    assert set(Report.objects.filter(number__in=numbers).values_list("name", flat=True)) == found
    page = page_of(client, f"/faelle/?{query}")
    assert page.count('<li class="case ') == len(found)
    features = json.loads(b"".join(client.get(f"/faelle.geojson?{query}")))["features"]
    assert {feature["properties"]["number"] for feature in features} == numbers
    assert len(feedparser.parse(client.get(f"/faelle/feed/?{query}").content).entries) == len(found)


def test_the_list_has_pages(client: Client) -> None:
    for _ in range(45):
        a_report()
    first, second = page_of(client, "/faelle/"), page_of(client, "/faelle/?seite=2")
    assert (first.count('<li class="case '), second.count('<li class="case ')) == (40, 5)
    assert 'href="?seite=2" rel="next"' in first


@pytest.mark.parametrize("query", ["seite=999999999999", "seite=401", "seite=3"])
def test_pages_beyond_the_end_are_not_there(client: Client, query: str) -> None:
    assert client.get(f"/faelle/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "netz=quam",
        "problem=x",
        "von=gestern",
        "von=2026-02-30",
        "von=2026-02-02&bis=2026-01-01",
        "ort=Xqzvwbrk",
        "seite=0",
        "seite=x",
        "feld=1-9-9",
        "q=" + "x" * 101,
    ],
)
def test_wrong_filters_are_answered_with_a_sentence(client: Client, query: str) -> None:
    assert client.get(f"/faelle/?{query}").status_code == 400
    if not query.startswith("seite"):
        assert client.get(f"/faelle.csv?{query}").json()["error"]
        assert client.get(f"/faelle/feed/?{query}").status_code == 404


def test_a_square_of_the_map_is_a_filter(client: Client) -> None:
    report = a_report()
    a_report(point=(MUENSTER[0] + 0.5, MUENSTER[1]))
    column, row = zorder.to_grid(report.latitude, report.longitude, 14)
    page = page_of(client, f"/faelle/?feld=14-{column}-{row}&fragment=1")
    assert page.count('<li class="case ') == 1
    assert "<html" not in page


def test_csv_cells_are_no_formulas(client: Client) -> None:
    a_report(text="=HYPERLINK(1)")
    assert "'=HYPERLINK" in b"".join(client.get("/faelle.csv")).decode()


def test_public_pages_answer_304_until_something_changes(client: Client) -> None:
    report = a_report()
    for address in ("/faelle/", f"/fall/{report.number}/", "/faelle/feed/"):
        first = client.get(address)
        assert "public" in first["Cache-Control"]
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    before = client.get("/faelle/")["ETag"]
    a_report()
    assert client.get("/faelle/")["ETag"] != before


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/faelle/", 3), ("/fall/{}/", 5), ("/fall/{}/beleg/", 5), ("/faelle/feed/", 2), ("/melden/", 0)],
)
def test_query_budgets(client: Client, django_assert_max_num_queries: Any, address: str, queries: int) -> None:
    reports = [a_report() for _ in range(30)]
    client.get("/faelle/?seite=1&q=warm")
    with django_assert_max_num_queries(queries):
        client.get(address.format(reports[0].number))


def test_every_row_of_a_file_has_what_its_head_says(client: Client) -> None:
    a_report("sms", text="Nichts", source=Source.DEMO)
    a_report("works", precision=Precision.TOWN)
    rows = list(csv.reader(io.StringIO(b"".join(client.get("/faelle.csv")).decode())))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [(row["precision"], row["demo"]) for row in named] == [("town", "false"), ("point", "true")]
    assert set(json.loads(b"".join(client.get("/faelle.geojson")))["features"][0]["properties"]) == set(COLUMNS)
    only = list(csv.reader(io.StringIO(b"".join(client.get("/faelle.csv?problem=trouble")).decode())))
    assert len(only) == 2
    assert "Nur Störungen" in client.get("/faelle/?problem=trouble").content.decode()


def test_the_author_of_a_hidden_report_reads_why_and_may_still_withdraw_it(client: Client) -> None:
    own = a_report(text="Ruf Rudi an: 0171 2345678")
    key = key_for("change", own.number)
    address = f"/fall/{own.number}/aendern/{key}/"
    actions.hide_report(report=own)
    page = client.get(address)
    assert page.status_code == 410
    assert "Wir haben deine Meldung ausgeblendet." in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert client.get(reverse("report-export", args=(own.number, key))).status_code == 200
    assert "zurückgezogen" in client.post(reverse("report-withdraw", args=(own.number, key)), follow=True).text
    own.refresh_from_db()
    assert (own.text, own.withdrawn_at is None) == ("", False)


def test_who_taps_me_too_is_named_where_nobody_else_has_reported(client: Client) -> None:
    own = a_report()
    client.post(reverse("echo", args=(own.number,)), {"kind": "me-too"})
    page = page_of(client, f"/fall/{own.number}/beleg/")
    assert "Bisher steht diese Meldung allein." in page
    assert "Aber einmal hat jemand getippt: Bei mir auch." in page


def test_nobody_is_asked_for_echoes_on_good_news(client: Client) -> None:
    assert "Mir auch" in page_of(client, f"/fall/{a_report().number}/")
    assert "Mir auch" not in page_of(client, f"/fall/{a_report('works').number}/")


@pytest.mark.parametrize("query", ["problem=trouble&problem=sms", "problem=sms&problem=trouble", "problem=sms"])
def test_a_kind_of_trouble_narrows_any_trouble_down(client: Client, query: str) -> None:
    a_report("sms")
    a_report("dropped")
    a_report("works")
    assert page_of(client, f"/faelle/?{query}").count('<li class="case ') == 1
    assert page_of(client, "/faelle/?problem=trouble").count('<li class="case ') == 2
    assert page_of(client, "/faelle/?problem=trouble&problem=works").count('<li class="case ') == 3
