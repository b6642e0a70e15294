"""Stories of the answer board."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from complaints.base import memo
from complaints.carriers.models import Carrier
from complaints.carriers.queries import carriers
from complaints.places.models import Place
from complaints.reports.models import Report
from complaints.reports.queries import has_demo_data
from operators.board import queries
from operators.board.actions import renew_boards
from operators.board.models import Snapshot
from operators.replies.models import Answer, Answered
from tests.builders import MUENSTER, a_report, a_town

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
OWN_WORDS = "Der Mast am Hansaring ist seit heute früh wieder am Netz, bitte prüfe es noch einmal."


def reports(count: int, carrier: str = "o2", days: int = 10, **fields: Any) -> list[Report]:
    return [a_report(carrier=carrier, at=timezone.now() - timedelta(days=days), **fields) for _ in range(count)]


def answer(*to: Report, after: timedelta = HOUR, text: str = OWN_WORDS, place: Place | None = None) -> list[Answered]:
    day = to[0].happened_on
    where = {"place": place, "since": day, "until": day} if place else {}
    official = Answer.objects.create(
        **{"carrier": to[0].carrier, "author_name": "Max", "text": text, "answered_at": to[0].received_at + after}
        | where
    )
    return Answered.objects.bulk_create(Answered(answer=official, report=report) for report in to)


def row_of(slug: str, days: int = 90) -> queries.BoardRow:
    found = queries.board(days).of(Carrier.objects.get(slug=slug).pk)
    assert found is not None
    return found


def shares(slug: str, days: int = 90) -> list[float]:
    speed = row_of(slug, days).speed
    assert speed is not None
    return [round(share.value, 2) for share in speed.shares if share]


def test_silence_counts_and_a_cluster_answer_is_no_form_letter() -> None:
    answer(*reports(40)[:10], after=3 * HOUR, place=a_town())
    assert shares("o2") == [0, 0.25, 0.25, 0.25]
    assert (row_of("o2").base, row_of("o2").waiting) == (40, 30)


def test_a_disputed_answer_does_not_count() -> None:
    said = answer(*reports(40)[:20], place=a_town())
    Answered.objects.filter(pk__in=[row.pk for row in said[:10]]).update(disputed_at=timezone.now())
    assert shares("o2")[3] == 0.25


@pytest.mark.parametrize(("times", "counts"), [(queries.MOST_SINGLES, True), (queries.MOST_SINGLES + 1, False)])
def test_the_same_words_to_many_single_reports_are_a_form_letter(times: int, counts: bool) -> None:
    for n, report in enumerate(reports(30)[:times]):
        answer(report, text=f"Hallo {report.number}, {OWN_WORDS} Vorgang {n}")
    assert (shares("o2")[3] > 0) is counts
    assert row_of("o2").letters == (0 if counts else times)


def test_the_same_words_to_clusters_in_many_places_are_a_form_letter() -> None:
    waiting = reports(30)
    for n, slug in enumerate(("muenster", "mannheim", "hamburg")):
        answer(*waiting[n * 10 : n * 10 + 10], place=a_town(slug.title(), slug))
    assert shares("o2") == [0, 0, 0, 0]


def test_a_later_real_answer_counts_from_when_it_came() -> None:
    waiting = reports(30)
    for report in waiting[:6]:
        answer(report)
    answer(
        *waiting[:6],
        after=30 * HOUR,
        text="Seit gestern Abend läuft der Ersatzsender in der Innenstadt.",
        place=a_town(),
    )
    assert shares("o2") == [0, 0, 0, 0.2]


def test_good_hidden_held_and_old_reports_are_no_base() -> None:
    reports(30)
    a_report("works", at=timezone.now() - timedelta(days=10))
    reports(1, hidden_at=timezone.now())
    reports(1, held_at=timezone.now(), held_reason="flood")
    reports(1, days=91)
    assert row_of("o2").base == 30
    assert row_of("o2", 365).base == 31


@pytest.mark.parametrize(("age", "days"), [(29, 30), (30, 90), (89, 90), (90, 365), (364, 365)])
def test_a_report_counts_in_the_periods_that_hold_its_day(age: int, days: int) -> None:
    a_report(at=timezone.localtime() - timedelta(days=age))  # by the wall clock: summer time may end in between
    assert [n for n in queries.PERIODS if row_of("o2", n).base] == [n for n in queries.PERIODS if n >= days]


def test_few_reports_get_no_figure(client: Client) -> None:
    answer(*reports(29, "congstar"), place=a_town())
    page = client.get("/antworten/").text
    assert "Noch nicht zu sagen" in page
    assert "congstar (29)" in page
    assert "<td" not in page


def test_the_page_says_shares_medians_and_who_waits(client: Client) -> None:
    answer(*reports(40)[:30], after=3 * HOUR, place=a_town())
    page = client.get("/antworten/").text
    for part in ("O2", "75\u00a0%", "3,0 Stunden", "<svg", "Formbriefe zählen nicht", "Stand:"):
        assert part in page, part
    assert "3.0 hours" in client.get("/en/answers/").text


def test_an_unknown_period_is_a_sentence(client: Client) -> None:
    for address in ("/antworten/?zeit=7", "/antworten.csv?zeit=x"):
        response = client.get(address)
        assert response.status_code == 422
        assert "Diesen Zeitraum kennen wir nicht" in response.text


def test_the_table_as_csv(client: Client) -> None:
    answer(*reports(40)[:30], after=3 * HOUR, place=a_town())
    rows = list(csv.DictReader(io.StringIO(client.get("/antworten.csv").text)))
    o2 = next(row for row in rows if row["carrier"] == "o2")
    assert (o2["reports"], o2["waiting"], o2["answered_1h"], o2["answered_4h"]) == ("40", "10", "0.0", "0.75")
    assert float(o2["answered_4h_low"]) < 0.75 < float(o2["answered_4h_high"])
    assert next(row for row in rows if row["carrier"] == "telekom")["answered_4h"] == ""
    assert o2["hotline_asked"] == "0"


def test_the_csv_holds_what_the_hotlines_said(client: Client) -> None:
    reports(4, hotline="isolated")
    rows = csv.DictReader(io.StringIO(client.get("/antworten.csv").text))
    o2 = next(row for row in rows if row["carrier"] == "o2")
    parts = ("asked", "isolated", "placed", "contradicted")
    assert [o2[f"hotline_{part}"] for part in parts] == ["4", "4", "4", "4"]


def test_what_the_hotline_said_against_reports_nearby() -> None:
    reports(4, hotline="isolated")
    reports(28, "telekom", hotline="known", point=(48.1, 11.5))
    reports(2, "telekom", hotline="isolated", point=(53.5, 10.0))
    telekom, o2 = queries.board(30).hotline
    assert (telekom.asked, telekom.isolated, telekom.placed, telekom.contradicted) == (30, 2, 2, 0)
    assert telekom.alone is not None
    assert telekom.alone.low == pytest.approx(0.0082, abs=1e-4)
    assert (o2.asked, o2.isolated, o2.placed, o2.contradicted, o2.alone) == (4, 4, 4, 4, None)


def test_like_reports_count_only_in_their_network_square_and_week() -> None:
    told: Any = {"hotline": "isolated", "point": MUENSTER}
    reports(1, **told)
    reports(3, "telekom", point=MUENSTER)
    reports(3, days=17, point=MUENSTER)
    reports(3, days=9, point=MUENSTER)
    reports(3, point=MUENSTER, precision="town")
    reports(2, "aldi-talk", days=16, point=MUENSTER)
    assert queries.board(30).hotline[0].contradicted == 0
    memo.clear_all()
    Snapshot.objects.all().delete()
    reports(1, days=12, point=MUENSTER)
    renew_boards()
    assert queries.board(30).hotline[0].contradicted == 1


def test_the_regular_job_leaves_what_would_be_computed() -> None:
    answer(*reports(40, hotline="isolated")[:30], after=3 * HOUR, place=a_town())
    computed = queries.boards(timezone.now())
    renew_boards()
    for days in queries.PERIODS:
        kept = queries.board(days)
        assert (kept.rows, kept.untold, kept.hotline) == (
            computed[days].rows,
            computed[days].untold,
            computed[days].hotline,
        )


def test_old_figures_of_a_job_that_nobody_runs_are_not_shown() -> None:
    renew_boards()
    Snapshot.objects.update(as_of=timezone.now() - timedelta(hours=4))
    reports(1)
    assert row_of("o2").base == 1


def test_the_page_asks_twice_however_many_reports(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    answer(*reports(40)[:30], place=a_town())
    renew_boards()
    carriers(), has_demo_data()
    with django_assert_num_queries(2):
        client.get("/antworten/")


def test_a_page_that_one_has_is_not_sent_again(client: Client) -> None:
    renew_boards()
    etag = client.get("/antworten/").headers["ETag"]
    assert client.get("/antworten/", headers={"If-None-Match": etag}).status_code == 304
    renew_boards()
    assert client.get("/antworten/", headers={"If-None-Match": etag}).status_code == 200


def test_a_dated_board_shows_what_was_known_at_the_end_of_that_day(client: Client) -> None:
    then = timezone.localdate() - timedelta(days=5)
    answer(*reports(40)[:20], after=timedelta(days=7))  # three days ago
    answer(*reports(40, "telekom")[:20])
    reports(10, "telekom", days=2)
    page = client.get(f"/antworten/?bis={then}").text
    assert f"Stand {then:%d.%m.%Y}." in page
    assert "Zum heutigen Stand" in page
    board = queries.board(90, then)
    speeds = {row.carrier.slug: (row.base, row.waiting) for row in board.rows}
    assert speeds == {"o2": (40, 40), "telekom": (40, 20)}
    assert (row_of("o2").waiting, row_of("telekom").base) == (20, 50)
    rows = csv.DictReader(io.StringIO(client.get(f"/antworten.csv?bis={then}").text))
    assert {row["waiting"] for row in rows if row["carrier"] == "o2"} == {"40"}


@pytest.mark.parametrize(
    ("day", "words"), [("gestern", "kein Tag"), ("2019-01-01", "365 Tage"), ("2999-01-01", "365 Tage")]
)
def test_a_board_of_no_day_is_refused_in_words(client: Client, day: str, words: str) -> None:
    for address in ("/antworten/", "/antworten.csv"):
        response = client.get(address, {"bis": day})
        assert response.status_code == 422
        assert words in response.text
