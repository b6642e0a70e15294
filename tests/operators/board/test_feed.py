"""The answer board as an Atom feed: an entry for each carrier and week, with ids that stay."""

from datetime import timedelta

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import a_report

pytestmark = pytest.mark.django_db


def test_it_has_an_entry_for_each_carrier_with_ids_that_stay(client: Client) -> None:
    a_report(at=timezone.now() - timedelta(days=10))  # figures are made at steps: a report of now comes with the next
    first, second = (feedparser.parse(client.get("/antworten/feed/").content) for _time in range(2))
    assert not first.bozo
    ids = [entry.id for entry in first.entries]
    assert ids == [entry.id for entry in second.entries]
    assert len(ids) == len(set(ids)) > 3
    mine = next(entry for entry in first.entries if "answer-board-o2-" in entry.id)
    assert "zu wenige Meldungen" in mine.title
    assert "1 Meldung in 90 Tagen" in mine.summary
    assert mine.link.endswith("/netz/o2/")


def test_it_speaks_english_and_the_page_leads_to_it(client: Client) -> None:
    a_report()
    assert "too few reports" in client.get("/en/answers/feed/").text
    assert "/antworten/feed/" in client.get("/antworten/").text
