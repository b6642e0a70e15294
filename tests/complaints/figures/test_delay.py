"""How long reports of a place need until they get through."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from complaints.base.selection import Selection
from complaints.figures.delays import Delay, delay
from tests.builders import a_report, a_town


@pytest.mark.django_db
def test_the_median_and_the_slowest_tenth_are_said_with_their_base(client: Client) -> None:
    now = timezone.now()
    for minutes in (*range(18), 47):
        a_report(at=now - timedelta(hours=2), received_at=now - timedelta(hours=2) + timedelta(minutes=minutes))
    a_report(at=now - timedelta(days=9), received_at=now, source="import")
    town = a_town()
    assert delay(Selection(place=town.pk)) is None
    assert "Meldung ankommt" not in client.get("/ort/nordrhein-westfalen/muenster/").text
    a_report(at=now - timedelta(hours=2), received_at=now - timedelta(hours=2) + timedelta(minutes=50))
    assert delay(Selection(place=town.pk)) == Delay(median=10, slow=47, base=20)
    assert delay(Selection(place=town.pk, until=timezone.localdate(now - timedelta(days=2)))) is None
    page = client.get("/ort/nordrhein-westfalen/muenster/").text
    assert (
        "vergehen hier im Mittel (Median) 10 Minuten; bei jeder zehnten sind es 47\N{NO-BREAK SPACE}Minuten oder mehr"
        in page
    )
    assert "die neuesten 20 hier" in page
    assert "tag--demo" not in page.partition("Meldung ankommt")[2].partition("</p>")[0]


@pytest.mark.django_db
def test_made_up_reports_are_said_to_be_and_never_mixed_with_real_ones(client: Client) -> None:
    now, town = timezone.now(), a_town()
    for n in range(20):
        a_report(at=now - timedelta(hours=2), received_at=now - timedelta(hours=1), source="demo")
        if n:
            a_report(at=now - timedelta(hours=2), received_at=now - timedelta(minutes=110))
    assert delay(Selection(place=town.pk)) == Delay(median=60, slow=60, base=20, demo=True)
    page = client.get("/ort/nordrhein-westfalen/muenster/").text
    assert '<span class="tag tag--demo">Demo</span>' in page.partition("Meldung ankommt")[2].partition("</p>")[0]
    a_report(at=now - timedelta(hours=2), received_at=now - timedelta(minutes=110))
    assert delay(Selection(place=town.pk)) == Delay(median=10, slow=10, base=20)
