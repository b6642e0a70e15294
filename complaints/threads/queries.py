"""What a page of a thread shows, and where in it a comment stands."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import get_language

from complaints import reading
from complaints.reports.models import Report
from complaints.threads.models import Comment, CommentQuerySet, Thread

PAGE_SIZE = 50
LAST_PAGE = 2000


class Order(StrEnum):
    """How the conversations of a thread stand: by their first comment."""

    NEWEST = "neueste"
    BEST = "beste"


@dataclass(frozen=True)
class ThreadPage:
    """At most PAGE_SIZE comments in reading order; `older` and `newer` are pages, None where there is none."""

    thread: Thread | None
    comments: tuple[Comment, ...]
    order: Order
    page: int
    older: int | None = None
    newer: int | None = None


def thread_page(thread: Thread | None, order: Order = Order.NEWEST, page: int = 1) -> ThreadPage:
    """A page of a thread, in one query whatever its length; none for a thread that nobody has begun."""
    if thread is None:
        return ThreadPage(None, (), order, 1)
    start = (page - 1) * PAGE_SIZE
    found = list(_ordered(thread, order)[start : start + PAGE_SIZE + 1])
    older = page + 1 if len(found) > PAGE_SIZE else None
    return ThreadPage(thread, tuple(found[:PAGE_SIZE]), order, page, older, page - 1 if page > 1 else None)


def _ordered(thread: Thread, order: Order) -> CommentQuerySet:
    shown = (
        Comment.objects.using(reading.alias())
        .public()
        .filter(thread=thread)
        .select_related("carrier", "parent__carrier")
    )
    if order == Order.NEWEST:
        return shown.order_by("-root", "path")
    first = Comment.objects.filter(number=OuterRef("root"))
    liked = shown.annotate(
        waits=Subquery(first.values(waits=Q(answered_at=None))), liked=Subquery(first.values("thanks"))
    )
    return liked.order_by("waits", "-liked", "-root", "path")


def page_of(comment: Comment) -> int:
    """The page of the thread, newest first, on which a comment stands; one query."""
    before = Q(root__gt=comment.root) | Q(root=comment.root, path__lt=comment.path)
    return Comment.objects.public().filter(before, thread=comment.thread_id).count() // PAGE_SIZE + 1


def thread_of(report: Report) -> Thread | None:
    return Thread.objects.using(reading.alias()).filter(report=report).first()


def address_of(thread: Thread) -> str:
    """Where a thread is shown, in the language of the request; `Thread.address` is the German address."""
    wanted = get_language() or "de"
    with translation.override("de"):
        return translate_url(thread.address, wanted)


def next_number() -> int:
    """A number that no other comment has or gets: a comment's own number is part of its path."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('complaints_comment', 'number'))")
        number: int = cursor.fetchone()[0]
    return number
