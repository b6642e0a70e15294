"""Atom feeds of guest posts and of promises."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _t

from complaints.base.publicpage import public_page
from complaints.base.tags import day
from complaints.carriers.queries import CarrierRow, by_slug
from complaints.reports.queries import version
from operators.posts.models import Post, PromiseChange
from operators.posts.queries import newest_changes, of

LENGTH = 30


class PostFeed(Feed[Post, CarrierRow | None]):
    """The newest posts of all carriers."""

    feed_type = Atom1Feed

    def title(self, obj: CarrierRow | None) -> str:
        return _t("Einzelfall: guest posts") + (f" ({obj.name})" if obj else "")

    def subtitle(self, obj: CarrierRow | None) -> str:
        return _t("What carriers say about their networks, and what they promise.")

    def link(self, obj: CarrierRow | None) -> str:
        return reverse("post-list") + (f"?anbieter={obj.slug}" if obj else "")

    def items(self, obj: CarrierRow | None) -> list[Post]:
        return list(of(obj).readable().newest().for_list()[:LENGTH])

    def item_title(self, item: Post) -> str:
        return item.title

    def item_description(self, item: Post) -> str:
        return item.summary

    def item_author_name(self, item: Post) -> str:
        return f"{item.author_name} ({item.carrier})"

    def item_link(self, item: Post) -> str:
        return item.get_absolute_url()

    def item_pubdate(self, item: Post) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Post) -> datetime | None:
        return max(item.published_at or item.changed_at, item.changed_at)


class CarrierPostFeed(PostFeed):
    """The newest posts of one carrier."""

    def get_object(self, request: HttpRequest, slug: str) -> CarrierRow:
        carrier = by_slug(slug)
        if carrier is None:
            raise Http404(_t("We do not know this network."))
        return carrier


class PromiseFeed(Feed[PromiseChange, None]):
    """What has become of promises, newest first."""

    feed_type = Atom1Feed
    author_name = "Einzelfall"

    def title(self) -> str:
        return _t("Einzelfall: promises of the carriers")

    def subtitle(self) -> str:
        return _t("Made, moved, kept, broken or overdue.")

    def link(self) -> str:
        return reverse("promise-list")

    def items(self) -> list[PromiseChange]:
        return newest_changes(LENGTH)

    def item_title(self, item: PromiseChange) -> str:
        promise = item.promise
        return f"{promise.carrier}, {promise.place}: {item.get_step_display()} ({day(item.due_on)})"

    def item_description(self, item: PromiseChange) -> str:
        return "\n".join(part for part in (f"„{item.promise.sentence}“", item.note) if part)

    def item_link(self, item: PromiseChange) -> str:
        return f"{item.promise.post.get_absolute_url()}#versprechen-{item.promise_id}"

    def item_guid(self, item: PromiseChange) -> str:
        return f"tag:einzelfall,2011:promise-change-{item.pk}"

    def item_pubdate(self, item: PromiseChange) -> datetime:
        return item.changed_at

    def item_updateddate(self, item: PromiseChange) -> datetime:
        return item.changed_at


post_feed = public_page(version)(PostFeed())
carrier_feed = public_page(version)(CarrierPostFeed())
promise_feed = public_page(version)(PromiseFeed())
