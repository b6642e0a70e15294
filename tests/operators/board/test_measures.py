"""Whether a promise that is said to be kept helped."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from complaints.base.effects import FEWEST_PLACES, Verdict
from complaints.carriers.models import Carrier
from complaints.carriers.queries import carriers
from complaints.figures.queries import place_rows
from complaints.places.models import Kind, Place
from operators.board.measures import comparable, effects
from operators.posts.models import Post, Promise
from tests.builders import a_report, a_town

pytestmark = pytest.mark.django_db


def kept(settled_on: date, carrier: str = "o2", problems: int = 0) -> Promise:
    now, brand = timezone.now(), Carrier.objects.get(slug=carrier)
    post = Post.objects.create(
        carrier=brand,
        author_name="Max",
        title="Plan",
        slug=f"plan-{Post.objects.count()}",
        summary="x",
        body="x",
        published_at=now - timedelta(days=90),
    )
    return Promise.objects.create(
        post=post,
        carrier=brand,
        sentence="Ein Mast mehr",
        place=a_town(),
        problems=problems,
        due_on=settled_on,
        made_at=now - timedelta(days=90),
        state="kept",
        settled_on=settled_on,
        evidence="Foto",
    )


def filed(town: Place, days: int, count: int, **fields: str) -> None:
    for _ in range(count):
        a_report(town=town, at=timezone.now() - timedelta(days=days), **fields)  # type: ignore[arg-type]


def a_story(promise: Promise) -> None:
    """Münster from 30 to 4, ten comparable towns unchanged at 5."""
    filed(a_town(), 35, 30)
    filed(a_town(), 25, 4)
    rows = place_rows()
    for other in comparable(rows[promise.place_id], rows.values(), {promise.place_id})[:10]:
        filed(Place.objects.get(pk=other), 35, 5)
        filed(Place.objects.get(pk=other), 25, 5)


def test_it_says_better_where_reports_fell_against_comparable_towns() -> None:
    promise = kept(timezone.localdate() - timedelta(days=30))
    a_story(promise)
    found = effects([promise])[promise.pk]
    assert (found.verdict, found.counts.before, found.counts.after) == (Verdict.BETTER, 30, 4)
    assert (found.others.before, found.others.after, found.places) == (50, 50, 10)


def test_silence_everywhere_is_not_told_as_good(client: Client) -> None:
    promise = kept(timezone.localdate() - timedelta(days=30), problems=1)
    rows = place_rows()
    others = comparable(rows[promise.place_id], rows.values(), {promise.place_id})[:5]
    for place, count in ((promise.place, 25), *((Place.objects.get(pk=other), 5) for other in others)):
        for _ in range(count):
            a_report("no-network", town=place, at=timezone.now() - timedelta(days=35))
    page = client.get("/versprechen/").text
    assert "Keine Meldung heißt hier nicht, dass es gut war." in page
    assert "Gezählt ist nur, worum es im Versprechen geht." in page


def test_other_networks_and_the_day_itself_do_not_count() -> None:
    promise = kept(timezone.localdate() - timedelta(days=30), problems=1)
    filed(a_town(), 35, 2, carrier="telekom")
    filed(a_town(), 35, 2)
    filed(a_town(), 30, 2)
    filed(a_town(), 62, 2)
    for day in (59, 35, 25, 1):
        a_report("no-network", at=timezone.now() - timedelta(days=day))
    found = effects([promise])[promise.pk]
    assert (found.verdict, found.counts.before, found.counts.after) == (Verdict.TOO_FEW, 2, 2)


def test_a_promise_kept_lately_or_open_is_not_judged() -> None:
    assert effects([kept(timezone.localdate() - timedelta(days=14))]) == {}
    assert len(effects([kept(timezone.localdate() - timedelta(days=15))])) == 1


def test_comparable_places_are_of_like_size_and_without_promises() -> None:
    rows = place_rows()
    muenster = rows[a_town().pk]
    found = comparable(muenster, rows.values(), {muenster.id})
    assert len(found) == 30
    assert muenster.id not in found
    assert {rows[place].kind for place in found} == {Kind.TOWN.value}
    assert all(0.3 < rows[place].population / muenster.population < 3 for place in found)
    assert found[0] not in comparable(muenster, rows.values(), {found[0]})
    assert (
        len(comparable(rows[a_town("Berlin", "berlin").pk], rows.values(), set())) < FEWEST_PLACES
    )  # nothing is like it


def test_a_page_of_promises_asks_twice() -> None:
    promises = [kept(timezone.localdate() - timedelta(days=30), carrier) for carrier in ("o2", "telekom", "vodafone")]
    a_story(promises[0])
    carriers(), place_rows()
    page = Template("{% load board %}{% effects ps as found %}{% for p in ps %}{% effect found p %}{% endfor %}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        text = page.render(Context({"ps": promises}))
    assert len(queries) == 2
    assert "besser" in text
    assert text.count("Das lässt sich nicht sagen: Dafür braucht es mindestens 20 Meldungen") == 2
