"""Stories of filing a report through the browser's own form encoding."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import feedparser
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints.base.keys import key_for
from complaints.reports.forms import ReportForm
from complaints.reports.models import Contact, Report
from complaints.reports.news import TallyChange

pytestmark = pytest.mark.django_db


def answers(**changes: Any) -> dict[str, Any]:
    """A valid report of the three required answers, with changes."""
    return {"carrier": "o2", "problems": ["dropped", "data-slow"], "place": "Münster"} | changes


def test_three_answers_make_a_report_and_lead_to_its_receipt(client: Client) -> None:
    response = client.post("/melden/", answers(submission=str(uuid4())))
    report = Report.objects.get()
    assert response.status_code == 303
    assert response["Location"].startswith(f"/fall/{report.number}/beleg/")
    assert [problem.value for problem in report.problem_list] == ["dropped", "data-slow"]
    assert str(report.town) == "Münster"
    assert str(report.land) == "Nordrhein-Westfalen"
    assert TallyChange.objects.get().sign == 1
    assert client.get(response["Location"]).status_code == 200


def own(*reports: Report) -> str:
    return " ".join(f"{report.number}:{key_for('change', report.number)}" for report in reports)


def test_the_receipt_thanks_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = client.post("/melden/", answers(), headers={"Accept": "application/json"}).json()["receipt"]
    assert "Angekommen. Danke" in client.get(address).content.decode()
    monkeypatch.setattr("complaints.reports.answers.FRESH", timedelta(0))
    assert "Das ist der Beleg deiner Meldung." in client.get(address).content.decode()


def test_a_text_that_is_too_long_is_said_and_kept_whole(client: Client) -> None:
    assert "maxlength" not in str(ReportForm()["text"])
    response = client.post("/melden/", answers(text="x" * 4_000 + "Ende"))
    assert response.status_code == 422
    assert "xEnde</textarea>" in response.content.decode()


def test_a_field_names_its_hint_and_its_error(client: Client) -> None:
    page = client.post("/melden/", answers(email="kein At")).content.decode()
    assert 'aria-describedby="id_email_hint id_email_error"' in page
    assert 'aria-describedby="id_happened_at_hint"' in page
    assert page.count('id="id_email_hint"') == page.count('id="id_email_error"') == 1


def test_what_the_same_device_reports_again_does_not_count_on_receipts(client: Client) -> None:
    receipt = client.post("/melden/", answers())["Location"]
    first = Report.objects.get()
    client.post("/melden/", answers(own=own(first)))
    again = Report.objects.latest("number")
    assert (first.repeats, again.repeats) == (False, True)
    assert "Bisher bist du allein." in client.get(receipt).content.decode()
    assert "Bisher steht diese Meldung allein." in client.get(f"/fall/{again.number}/beleg/").content.decode()
    client.post("/melden/", answers())  # somebody else
    for report in (first, again):
        page = client.get(f"/fall/{report.number}/beleg/").content.decode()
        assert "Nummer 1 von 2 in Münster" in page
    client.post(f"/fall/{again.number}/aendern/{key_for('change', again.number)}/", answers(place="Kassel"))
    again.refresh_from_db()
    assert not again.repeats


@pytest.mark.parametrize(
    ("changes", "repeats"),
    [({}, True), ({"carrier": "aldi-talk"}, True), ({"carrier": "telekom"}, False), ({"place": "Kassel"}, False),
     ({"problems": ["works"]}, False)],
)  # fmt: skip
def test_only_the_same_network_and_town_are_told_of_again(
    client: Client, changes: dict[str, Any], repeats: bool
) -> None:
    client.post("/melden/", answers())
    client.post("/melden/", answers(own=own(Report.objects.get()), **changes))
    assert Report.objects.latest("number").repeats is repeats


@pytest.mark.parametrize(
    "claim", ["{n}:wrong", "{n}", ":", "x:y", "9" * 40 + ":k", "9" * 5000 + ":k", "²:k", "\0", "{n}:" + "k" * 9000]
)
def test_nobody_claims_a_report_without_its_key(client: Client, claim: str) -> None:
    client.post("/melden/", answers())
    assert client.post("/melden/", answers(own=claim.format(n=Report.objects.get().number))).status_code == 303
    assert not Report.objects.filter(repeats=True).exists()


def test_everything_typed_is_kept(client: Client) -> None:
    happened = (timezone.localtime() - timedelta(hours=3)).replace(second=0, microsecond=0)
    extra = {
        "happened_at": happened.strftime("%Y-%m-%dT%H:%M"),
        "technology": "4g",
        "situation": "train",
        "frequency": "often",
        "hotline": "isolated",
        "device": "Pixel 9",
        "system": "Android 16",
        "text": "Seit Tagen nichts.\r\nGar nichts.",
        "name": "Anja",
        "lat": "51,9625",
        "lon": "7.6251",
    }
    client.post("/melden/", answers(**extra))
    report = Report.objects.get()
    assert report.happened_at == happened
    assert report.received_at > report.happened_at
    assert (report.technology, report.situation, report.frequency, report.hotline) == (
        "4g",
        "train",
        "often",
        "isolated",
    )
    assert report.text == "Seit Tagen nichts.\nGar nichts."
    assert report.latitude == pytest.approx(51.962, abs=0.001)
    assert (report.longitude, report.precision) == (7.625, "point")


def test_a_brand_counts_for_its_network(client: Client) -> None:
    client.post("/melden/", answers(carrier="aldi-talk"))
    assert Report.objects.get().network.slug == "o2"


def test_works_is_a_positive_report(client: Client) -> None:
    response = client.post("/melden/", answers(problems=["works"]))
    assert Report.objects.get().works
    assert "geht alles" in client.get(response["Location"]).content.decode()


def test_the_same_submission_is_one_report_and_the_same_answer(client: Client) -> None:
    form = answers(submission=str(uuid4()))
    first, second = client.post("/melden/", form), client.post("/melden/", form)
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == TallyChange.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"carrier": ""}, "Bitte wähle deinen Anbieter."),
        ({"carrier": "telefunken"}, "Diesen Anbieter kennen wir nicht."),
        ({"carrier": "e-plus"}, "Diesen Anbieter kennen wir nicht."),
        ({"problems": []}, "mindestens ein Problem"),
        ({"problems": ["kaputt"]}, "Diese Art von Problem"),
        ({"problems": ["works", "sms"]}, "passt nicht zusammen"),
        ({"place": ""}, "Bitte sag, wo es war"),
        ({"place": "Xqzvwbrk"}, "Diesen Ort finden wir nicht"),
        ({"place": "04277"}, "Postleitzahlen kennen wir hier nicht"),
        ({"place": "Neustadt"}, "Davon gibt es mehrere"),
        ({"lat": "91", "lon": "7"}, "Hier darf höchstens 90 stehen"),
        ({"lat": "NaN", "lon": "7"}, "als Zahl"),
        ({"lat": "5_1", "lon": "7"}, "als Zahl"),
        ({"lat": "51.9"}, "gehören zusammen"),
        ({"lat": "48.85", "lon": "2.35"}, "außerhalb von Deutschland"),
        ({"happened_at": "gestern"}, "Datum und Uhrzeit"),
        ({"happened_at": "1970-01-01T00:00"}, "zu lange her"),
        ({"happened_at": "2999-01-01T00:00"}, "in der Zukunft"),
        ({"text": "x" * 100_000}, "höchstens 4000"),
        ({"name": "x" * 61}, "höchstens 60"),
        ({"email": "keine"}, "gültige E-Mail"),
        ({"submission": "17"}, "gültige UUID"),
        ({"technology": "6g"}, "steht nicht zur Wahl"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(client: Client, changes: dict[str, Any], sentence: str) -> None:
    response = client.post("/melden/", answers(text="Behalte mich", name="Anja") | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert Report.objects.count() == TallyChange.objects.count() == 0
    if "text" not in changes:
        assert "Behalte mich" in page


def test_an_empty_form_says_every_missing_answer(client: Client) -> None:
    page = client.post("/melden/", {}).content.decode()
    for sentence in ("Bitte wähle deinen Anbieter", "mindestens ein Problem", "Bitte sag, wo es war"):
        assert sentence in page


def test_nul_bytes_and_invalid_utf8_are_refused_with_a_sentence(client: Client) -> None:
    body = b"carrier=o2&problems=sms&place=M%FF%FEnster"
    damaged = client.post("/melden/", body, content_type="application/x-www-form-urlencoded")
    for response in (client.post("/melden/", answers(text="a\x00b")), damaged):
        assert response.status_code == 422
        assert "beschädigt" in response.content.decode()
    assert not Report.objects.exists()


def test_characters_that_break_feeds_are_dropped(client: Client) -> None:
    client.post("/melden/", answers(text="vor\uffffnach \U0001f4f5"))
    assert Report.objects.get().text == "vornach \U0001f4f5"
    assert not feedparser.parse(client.get("/faelle/feed/").content).bozo


def test_markup_and_sql_are_text(client: Client) -> None:
    evil = "<script>alert(1)</script>'; DROP TABLE complaints_report; --"
    client.post("/melden/", answers(text=evil, name=evil[:60], device=evil[:80]))
    page = client.get(f"/fall/{Report.objects.get().number}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_choice_between_places_can_be_answered_without_script(client: Client) -> None:
    page = client.post("/melden/", answers(place="Neustadt")).content.decode()
    key = page.split('name="place_choice" value="')[1].split('"')[0]
    response = client.post("/melden/", answers(place="Neustadt", place_choice=key))
    assert response.status_code == 303
    assert "Neustadt" in str(Report.objects.get().town or Report.objects.get().quarter)


def test_the_address_is_kept_apart_and_gets_the_link(
    client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/melden/", answers(email="anja@example.org"))
    report = Report.objects.get()
    assert Contact.objects.get().report == report
    assert mail.outbox[0].to == ["anja@example.org"]
    assert key_for("change", report.number) in mail.outbox[0].body


def test_the_form_and_its_answers_set_no_cookie(client: Client) -> None:
    for response in (client.get("/melden/"), client.post("/melden/", answers()), client.post("/melden/", {})):
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_every_form_gets_a_key_of_its_own(client: Client) -> None:
    keys = {client.get("/melden/").content.decode().split('name="submission" value="')[1][:36] for _ in range(2)}
    assert len(keys) == 2


words = st.text(max_size=60) | st.sampled_from(["o2", "works", "sms", "Berlin", "51.9", "NaN", "-1e309", "' OR 1=1 --"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            [
                *answers(),
                "lat",
                "lon",
                "happened_at",
                "text",
                "email",
                "submission",
                "place_choice",
                "hotline",
                "device",
            ]
        ),
        words | st.lists(words, max_size=3),
    )
)
def test_random_answers_never_break_the_form(client: Client, form: dict[str, Any]) -> None:
    assert client.post("/melden/", form).status_code in (303, 422)


def test_a_link_fills_the_form(client: Client) -> None:
    page = client.get("/melden/?carrier=o2&problems=sms&problems=dropped&place=Kassel&text=%22%3Cb%3E").content.decode()
    assert page.split("<main")[1].count("checked") == 3
    assert 'value="Kassel"' in page
    assert "&lt;b&gt;" in page


def test_a_script_gets_the_same_answers_as_json(client: Client) -> None:
    form, asks = answers(submission=str(uuid4())), {"accept": "application/json"}
    first, again = (client.post("/melden/", form, headers=asks) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["receipt"].startswith(f"/fall/{first.json()['number']}/beleg/?key=")
    wrong = client.post("/melden/", {}, headers=asks)
    assert wrong.status_code == 422
    assert set(wrong.json()["errors"]) == {"carrier", "problems", "place"}


def test_the_receipts_address_shows_the_link_to_change_for_a_while_only(client: Client) -> None:
    address = client.post("/melden/", answers())["Location"]
    report = Report.objects.get()
    assert "?neu=" in address
    assert "/aendern/" in client.get(address).content.decode()
    then = timezone.now() - timedelta(minutes=16)
    Report.objects.update(happened_at=then, received_at=then)
    assert "/aendern/" not in client.get(address).content.decode()
    assert "/aendern/" not in client.get(f"/fall/{report.number}/beleg/?neu=falsch").content.decode()


def test_a_withdrawn_report_tells_its_author_so(client: Client) -> None:
    client.post("/melden/", answers())
    report = Report.objects.get()
    key = key_for("change", report.number)
    done = client.post(f"/fall/{report.number}/zurueckziehen/{key}/", follow=True)
    assert done.status_code == 410
    assert "Du hast deine Meldung zurückgezogen." in done.content.decode()
    assert "no-store" in done.headers["Cache-Control"]


def test_what_works_again_does_not_wipe_out_what_was(client: Client) -> None:
    client.post("/melden/", answers())
    report = Report.objects.get()
    address = f"/fall/{report.number}/aendern/{key_for('change', report.number)}/"
    assert "Geht es wieder?" in client.get(address).content.decode()
    for problems in (["works"], ["works", "dropped"]):
        refused = client.post(address, answers(problems=problems))
        assert refused.status_code == 422
        assert "Was gemeldet ist, bleibt gemeldet." in refused.content.decode()
    report.refresh_from_db()
    assert not report.works
