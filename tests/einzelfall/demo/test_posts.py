"""The demo's guest posts and promises."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from einzelfall.demo.loading import Plan
from einzelfall.demo.posts import make_posts
from einzelfall.demo.talk import make_talk
from operators.posts.actions import mark_overdue
from operators.posts.markup import occurs
from operators.posts.models import Post, Promise, Standing

pytestmark = pytest.mark.django_db


def test_there_are_promises_in_every_state_and_the_story_is_told(client: Client) -> None:
    make_posts(Plan(seed=1, end=int(datetime.now(UTC).timestamp()), reports=0))
    standings = {promise.standing for promise in Promise.objects.public().standing()}  # type: ignore[attr-defined]
    assert standings == set(Standing.values)
    assert mark_overdue() == 0
    assert all(occurs(promise.sentence, promise.post.body) for promise in Promise.objects.select_related("post"))
    page = client.get("/beitraege/o2-fuenf-staedte-2011/").content.decode()
    for part in ("Max von O2", "Osnabrück", "Demo", "Hackeschen Markt"):
        assert part in page
    assert not Post.objects.filter(thread=None).exists()
    assert not Post.objects.filter(ticker__written_at__gt=timezone.now()).exists()


def test_max_answers_below_the_story(client: Client) -> None:
    plan = Plan(seed=1, end=int(datetime.now(UTC).timestamp()), reports=0)
    make_posts(plan)
    count = make_talk(plan)
    thread = Post.objects.get(slug="o2-fuenf-staedte-2011").thread
    assert thread is not None
    assert (thread.comments, thread.all_comments.filter(carrier__slug="o2").count()) == (count, 10)
    page = client.get("/beitraege/o2-fuenf-staedte-2011/").text
    assert page.index("Am Prinzipalmarkt geht ab 17 Uhr") < page.index("Die drei Stationen rund um den Prinzipalmarkt")
