"""What pages show of posts and promises."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _t

from complaints.base.tags import day
from complaints.carriers.queries import CarrierRow, carriers
from complaints.places.models import Place
from operators.posts.markup import Shown, html_of
from operators.posts.models import (
    Correction,
    Picture,
    Post,
    PostQuerySet,
    Promise,
    PromiseChange,
    Standing,
    TickerEntry,
)

PAGE_SIZE = 10


@dataclass(frozen=True)
class PostPage:
    """Everything the page of a post shows; `promises` carry `standing` and `earliest`, and their changes."""

    post: Post
    body: str
    places: list[Place]
    ticker: list[TickerEntry]
    corrections: list[Correction]
    promises: list[Promise]


@dataclass(frozen=True)
class PostList:
    """A page of the list: its posts, its number, whether there are more, and the carriers that have posts."""

    posts: list[Post]
    number: int
    has_next: bool
    carriers: list[CarrierRow]


def _fate(promise: Any) -> str:
    """What a reader of the sentence should know, in the reader's language."""
    if promise.standing == Standing.MOVED:
        return _t("moved to %(day)s") % {"day": day(promise.due_on)}
    kept = _t("kept late") if promise.days_late else _t("kept")
    said = {Standing.OVERDUE: _t("overdue"), Standing.KEPT: kept, Standing.BROKEN: _t("given up")}
    return said.get(promise.standing, "")


def post_page(post: Post) -> PostPage:
    """Seven queries, whatever the post holds."""
    pictures = tuple(shown(picture) for picture in post.pictures.prefetch_related("sizes"))
    promises = list(post.promises.for_list().order_by("due_on", "id"))
    promised = tuple((promise.pk, promise.sentence, _fate(promise)) for promise in promises)
    return PostPage(
        post=post,
        body=html_of(post.body, pictures, promised),
        places=list(post.places.select_related("land")),
        ticker=list(post.ticker.filter(written_at__lte=timezone.now())),
        corrections=list(post.corrections.all()),
        promises=promises,
    )


def shown(picture: Picture) -> Shown:
    """A picture for the page, with the widths there are; its sizes must not load their content."""
    widths = tuple(sorted(size.width for size in picture.sizes.all()))
    return Shown(picture.number, str(picture.key), picture.alt, picture.width, picture.height, widths)


def list_page(carrier: CarrierRow | None, number: int) -> PostList:
    """A page of posts, newest first; two queries."""
    start = (number - 1) * PAGE_SIZE
    rows = list(of(carrier).newest().for_list()[start : start + PAGE_SIZE + 1])
    writing = set(Post.objects.public().values_list("carrier_id", flat=True).distinct())
    known = [row for row in carriers() if row.id in writing]
    return PostList(rows[:PAGE_SIZE], number, len(rows) > PAGE_SIZE, known)


def of(carrier: CarrierRow | None) -> PostQuerySet:
    """The public posts of a carrier, or of all."""
    posts = Post.objects.public()
    return posts.filter(carrier_id=carrier.id) if carrier else posts


@dataclass(frozen=True)
class Ledger:
    """A page of promises, and how many stand how among those of the same carrier and place."""

    promises: list[Promise]
    number: int
    has_next: bool
    counts: list[tuple[Standing, int]]
    carriers: list[CarrierRow]

    @property
    def base(self) -> int:
        return sum(count for _standing, count in self.counts)


def ledger(carrier: CarrierRow | None, place: Place | None, standing: str, number: int) -> Ledger:
    """A page of public promises, the most pressing first: overdue, then by date, settled ones last; four queries."""
    chosen = Promise.objects.public().about(place).standing()
    if carrier:
        chosen = chosen.filter(carrier_id=carrier.id)
    found = dict(chosen.order_by().values_list("standing").annotate(count=Count("id")))  # type: ignore[misc]
    rows = chosen.for_list().pressing()
    if standing:
        rows = rows.filter(standing=standing)  # type: ignore[misc]
    start = (number - 1) * PAGE_SIZE
    page = list(rows[start : start + PAGE_SIZE + 1])
    promising = set(Promise.objects.public().values_list("carrier_id", flat=True).distinct())
    known = [row for row in carriers() if row.id in promising]
    counts = [(choice, found.get(choice.value, 0)) for choice in Standing]
    return Ledger(page[:PAGE_SIZE], number, len(page) > PAGE_SIZE, counts, known)


def promises_here(place: Place, limit: int) -> list[Promise]:
    """The most pressing promises about a place or, of a Land, about places in it; one query, without their changes."""
    rows = Promise.objects.public().about(place).standing().pressing()
    return list(rows.select_related("carrier", "place", "place__land", "post").defer("post__body")[:limit])


def posts_about(place: Place, limit: int) -> list[Post]:
    """The newest readable posts about a place; one query."""
    return list(Post.objects.readable().filter(places=place).newest().for_list()[:limit])


def latest() -> Post | None:
    """The post with the newest news, which is its publication or the newest line of its ticker (`line`); one query."""
    now = timezone.now()
    lines = TickerEntry.objects.filter(post=OuterRef("pk"), written_at__lte=now).order_by("-written_at", "-id")
    posts = Post.objects.readable().annotate(line=Subquery(lines.values("text")[:1]))
    posts = posts.annotate(news_at=Coalesce(Subquery(lines.values("written_at")[:1]), F("published_at")))
    return posts.for_list().order_by("-news_at", "-id").first()  # type: ignore[misc]


def newest_changes(limit: int) -> list[PromiseChange]:
    """What became of promises last; one query."""
    rows = PromiseChange.objects.filter(promise__post__published_at__lte=timezone.now())
    related = ("promise__carrier", "promise__place", "promise__post")
    return list(rows.select_related(*related).defer("promise__post__body").order_by("-changed_at", "-id")[:limit])
