"""Writes of posts and promises: coming out, correcting, retracting, and what becomes of a promise."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base.tags import day
from complaints.follows.actions import tell
from complaints.follows.models import Topic
from complaints.moderation.actions import decide
from complaints.moderation.models import Subject, Verb
from complaints.threads.actions import open_thread
from operators.posts.models import SOON, Post, Promise, PromiseChange, PromiseState, PromiseStep

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class SettledError(ValueError):
    """The promise was kept or broken already; nothing has changed."""


@transaction.atomic
def come_out(*, post: Post) -> None:
    """Opens the thread of a public post and begins the history of its promises; safe to repeat."""
    if not post.is_public or post.published_at is None:
        return
    stored = Post.objects.select_for_update().get(pk=post.pk)
    if stored.thread_id is None:
        with translation.override("de"):
            address = stored.get_absolute_url()
        stored.thread = open_thread(carrier=stored.carrier, address=address)
        Post.objects.filter(pk=stored.pk).update(thread=stored.thread)
        _tell_of_post(stored, address)
    made = PromiseChange.objects.filter(promise=OuterRef("pk"), step=PromiseStep.MADE)
    for promise in stored.promises.filter(~Exists(made)).select_related("place", "post", "carrier"):
        at = max(post.published_at, promise.made_at)
        _step(promise, PromiseStep.MADE, by=stored.author_name, at=at)
        Promise.objects.filter(pk=promise.pk).update(made_at=at)


def come_out_due() -> int:
    """Lets scheduled posts come out whose time has come; returns how many. The clock calls it every minute."""
    due = list(Post.objects.public().filter(thread=None))
    for post in due:
        come_out(post=post)
    return len(due)


@transaction.atomic
def correct(*, post: Post, note: str, by: str) -> None:
    """Adds the visible note that something published was wrong."""
    post.corrections.create(note=note, by=by, corrected_at=timezone.now())


def retract(*, post: Post, reason: str) -> bool:
    """Takes a public post back for good; its address, its reason and its promises stay. False if it was already."""
    rows = Post.objects.public().filter(pk=post.pk, retracted_at=None)
    return rows.update(retracted_at=timezone.now(), retraction=reason, changed_at=timezone.now()) == 1


@transaction.atomic
def hide(*, post: Post, reason: str, note: str = "", by: str) -> None:
    """Takes a post's words and pictures out of sight; address, reason and promises stay. Safe to repeat."""
    if Post.objects.filter(pk=post.pk, hidden_at=None).update(hidden_at=timezone.now(), hidden_reason=reason):
        decide(subject=Subject.POST, number=post.pk, verb=Verb.HIDDEN, reason=reason, note=note, by=by)


@transaction.atomic
def show(*, post: Post, note: str = "", by: str) -> None:
    """Undoes `hide`. Safe to repeat."""
    if Post.objects.filter(pk=post.pk).exclude(hidden_at=None).update(hidden_at=None, hidden_reason=""):
        decide(subject=Subject.POST, number=post.pk, verb=Verb.SHOWN, note=note, by=by)


@transaction.atomic
def move(*, promise: Promise, due_on: date, note: str, by: str) -> None:
    """Gives an open promise another date; the earlier ones stay visible. Raises SettledError."""
    own = _open(promise)
    own.due_on = due_on
    own.save(update_fields=["due_on"])
    _step(own, PromiseStep.MOVED, note=note, by=by)


@transaction.atomic
def keep(*, promise: Promise, evidence: str, by: str) -> None:
    """Says that an open promise was kept, and what shows it. Raises SettledError."""
    own = _open(promise)
    own.state, own.evidence, own.settled_on = PromiseState.KEPT, evidence, timezone.localdate()
    own.save(update_fields=["state", "evidence", "settled_on"])
    _step(own, PromiseStep.KEPT, by=by)


@transaction.atomic
def give_up(*, promise: Promise, note: str, by: str) -> None:
    """Says that an open promise will not be kept. Raises SettledError."""
    own = _open(promise)
    own.state, own.settled_on = PromiseState.BROKEN, timezone.localdate()
    own.save(update_fields=["state", "settled_on"])
    _step(own, PromiseStep.BROKEN, note=note, by=by)


def mark_due_soon() -> int:
    """Writes down, once for each date, that it comes near; returns how many. Safe to repeat.

    Not for a date that was near already when it was named.
    """
    today = timezone.localdate()
    changes = PromiseChange.objects.filter(promise=OuterRef("pk"), due_on=OuterRef("due_on"))
    said = changes.filter(Q(step=PromiseStep.DUE) | Q(changed_at__date__gte=OuterRef("due_on") - SOON))
    waiting = Q(state=PromiseState.OPEN, due_on__range=(today, today + SOON))
    numbers = list(Promise.objects.public().filter(waiting, ~Exists(said)).values_list("pk", flat=True))
    return sum(_due_soon(number) for number in numbers)


@transaction.atomic
def _due_soon(number: int) -> bool:
    rows = Promise.objects.select_for_update(of=("self",)).select_related("place", "post", "carrier")
    own = rows.get(pk=number)
    if own.state != PromiseState.OPEN or own.changes.filter(step=PromiseStep.DUE, due_on=own.due_on).exists():
        return False
    _step(own, PromiseStep.DUE)
    return True


def mark_overdue() -> int:
    """Writes down, once for each date, that a promise ran past it; returns how many. Safe to repeat."""
    late = PromiseChange.objects.filter(promise=OuterRef("pk"), step=PromiseStep.OVERDUE, due_on=OuterRef("due_on"))
    waiting = Q(state=PromiseState.OPEN, due_on__lt=timezone.localdate())
    numbers = list(Promise.objects.public().filter(waiting, ~Exists(late)).values_list("pk", flat=True))
    return sum(_overdue(number) for number in numbers)


@transaction.atomic
def _overdue(number: int) -> bool:
    rows = Promise.objects.select_for_update(of=("self",)).select_related("place", "post", "carrier")
    own = rows.get(pk=number)
    again = own.changes.filter(step=PromiseStep.OVERDUE, due_on=own.due_on).exists()
    if own.state != PromiseState.OPEN or own.due_on >= timezone.localdate() or again:
        return False
    _step(own, PromiseStep.OVERDUE)
    return True


def _open(promise: Promise) -> Promise:
    """The promise, held until the end of the transaction."""
    rows = Promise.objects.select_for_update(of=("self",)).select_related("place", "post", "carrier")
    own = rows.get(pk=promise.pk)
    if own.state != PromiseState.OPEN:
        raise SettledError
    return own


_NEWS = {
    PromiseStep.MADE: _("{carrier} has promised something for {place}"),
    PromiseStep.MOVED: _("{carrier} has moved a promise for {place}"),
    PromiseStep.KEPT: _("{carrier} says: a promise for {place} is kept"),
    PromiseStep.BROKEN: _("{carrier} has given up a promise for {place}"),
    PromiseStep.DUE: _("A promise of {carrier} for {place} is due soon"),
    PromiseStep.OVERDUE: _("A promise of {carrier} for {place} is overdue"),
}


def _step(promise: Promise, step: PromiseStep, *, note: str = "", by: str = "", at: datetime | None = None) -> None:
    """Appends to the history, and tells who follows the place if the post is public."""
    at = at or timezone.now()
    promise.changes.create(step=step, due_on=promise.due_on, note=note, by=by, changed_at=at)
    headline = format_lazy(_NEWS[step], carrier=promise.carrier.name, place=promise.place.name)
    said = "\n\n".join(part for part in (f"„{promise.sentence}“", note, promise.evidence) if part)
    until = format_lazy(_("Promised until {day}."), day=lazy(day, str)(promise.due_on))
    with translation.override("de"):
        address = f"{reverse('post', args=(promise.post.slug,))}#versprechen-{promise.pk}"
    text = format_lazy("{said}\n\n{until}", said=said, until=until)
    for place in filter(None, (promise.place_id, promise.place.land_id)):
        tell(topic=Topic.PLACE, subject=place, subject_line=headline, text=text, address=address)


def _tell_of_post(post: Post, address: str) -> None:
    """Tells who follows a place of a new post about it; places of a Land count as the Land's, once."""
    places = post.places.values_list("pk", "land_id")
    headline = format_lazy(_("A new post of {carrier}: {title}"), carrier=post.carrier.name, title=post.title)
    for place in {number for pair in places for number in pair if number}:
        tell(topic=Topic.PLACE, subject=place, subject_line=headline, text=post.summary, address=address)


def slug_of(post: Post) -> str:
    """An address that begins with the carrier, so that it says nothing about others' drafts."""
    said = slugify(post.title.translate(UMLAUTS)) or slugify(_t("post"))  # a title in Arabic letters leaves nothing
    base = f"{post.carrier.slug}-{said}"[:110]
    taken = set(Post.objects.filter(slug__startswith=base).exclude(pk=post.pk).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if slug not in taken)
