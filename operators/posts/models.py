"""Guest posts of carriers: the article, its ticker, its pictures, its corrections, and the promises in it."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from complaints.moderation.models import Objection
from complaints.places.models import Place
from complaints.reports.models import Problem, problems_of
from complaints.threads.models import Thread
from operators.members.models import User

BODY_LIMIT = 40_000
SOON = timedelta(days=14)


class PostQuerySet(models.QuerySet["Post"]):
    def public(self) -> Self:
        """Published; also what was retracted or hidden, which stays as a note with its reason."""
        return self.filter(published_at__lte=timezone.now())

    def readable(self) -> Self:
        return self.public().filter(retracted_at=None, hidden_at=None)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")

    def for_list(self) -> Self:
        """Everything a row of a list shows, in one query."""
        return self.select_related("carrier").defer("body")


class Post(models.Model):
    """A carrier's article: a draft until `published_at`, which may lie in the future (scheduled).

    `body` is Markdown. `author_name` outlives the account ("Max"); `thread` is made with the publication.
    """

    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(_("name of the author"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    summary = models.CharField(_("summary"), max_length=300)
    body = models.TextField(_("text"), max_length=BODY_LIMIT)
    places = models.ManyToManyField(Place, verbose_name=_("places"), blank=True, related_name="+")
    thread = models.OneToOneField(Thread, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    retracted_at = models.DateTimeField(_("retracted at"), null=True, blank=True)
    retraction = models.CharField(_("why it was retracted"), max_length=300, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=11, choices=Objection.choices, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest post")
        verbose_name_plural = _("guest posts")
        constraints = [
            models.CheckConstraint(condition=Q(retracted_at=None) | ~Q(retraction=""), name="retraction_says_why"),
            models.CheckConstraint(
                condition=Q(retracted_at=None) | Q(published_at__isnull=False),
                name="only_a_published_post_is_retracted",
            ),
            models.CheckConstraint(condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="hidden_post_says_why"),
        ]
        indexes = [models.Index(fields=("carrier", "-published_at"), name="posts_of_a_carrier")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("post", args=(self.slug,))

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def headline(self) -> str:
        """The title as the public reads it."""
        return gettext("A post that we have hidden") if self.hidden_at else self.title


class Correction(models.Model):
    """A visible note of what was wrong in a published post; never changed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="corrections")
    note = models.CharField(_("what was corrected"), max_length=500)
    by = models.CharField(_("corrected by"), max_length=80)
    corrected_at = models.DateTimeField(_("corrected at"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("corrected_at",)


class TickerEntry(models.Model):
    """A short dated update below a post, newest first."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="ticker")
    text = models.CharField(_("text"), max_length=500)
    by = models.CharField(_("name"), max_length=80)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("ticker entry")
        verbose_name_plural = _("ticker entries")
        ordering = ("-written_at", "-id")

    def __str__(self) -> str:
        return Truncator(self.text).chars(60)


class Picture(models.Model):
    """A picture of a carrier's posts, already re-encoded without its metadata; kept in the database with the backup.

    The body shows it as `![](picture:<number>)`; numbers begin with 1 in each post.
    """

    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    key = models.UUIDField(unique=True)
    alt = models.CharField(_("what the picture shows"), max_length=300)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="picture_says_what_it_shows"),
            models.UniqueConstraint("post", "number", name="picture_has_a_number_in_its_post"),
        ]

    def __str__(self) -> str:
        return self.alt


class PictureSize(models.Model):
    """One width in pixels of a picture, as WebP."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="sizes")
    width = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("picture", "width", name="picture_has_a_width_once")]


class PromiseState(models.TextChoices):
    """What staff or time have made of a promise; due soon and overdue follow from `due_on`."""

    OPEN = "open", _("open")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")


class Standing(models.TextChoices):
    """What pages say about a promise: computed in PromiseQuerySet.standing and nowhere else."""

    OPEN = "open", _("open")
    MOVED = "moved", _("moved")
    DUE_SOON = "due-soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")


class PromiseQuerySet(models.QuerySet["Promise"]):
    def public(self) -> Self:
        """Promises of published posts; those of a retracted post stay."""
        return self.filter(post__published_at__lte=timezone.now())

    def standing(self) -> Self:
        """Each with `standing`, a value of Standing, and `earliest`, the day that was promised first."""
        today = timezone.localdate()
        changes = PromiseChange.objects.filter(promise=OuterRef("pk"))
        return self.annotate(
            earliest=Coalesce(Subquery(changes.order_by("changed_at", "id").values("due_on")[:1]), F("due_on")),
            standing=Case(
                When(~Q(state=PromiseState.OPEN), then=F("state")),
                When(due_on__lt=today, then=Value(Standing.OVERDUE.value)),
                When(due_on__lte=today + SOON, then=Value(Standing.DUE_SOON.value)),
                When(Exists(changes.filter(step=PromiseStep.MOVED)), then=Value(Standing.MOVED.value)),
                default=Value(Standing.OPEN.value),
                output_field=models.CharField(),
            ),
        )

    def about(self, place: Place | None) -> Self:
        """Promises about a place, of a Land also about the places in it; all where none is given."""
        return self.filter(Q(place=place) | Q(place__land=place)) if place else self

    def pressing(self) -> Self:
        """Those that wait, the oldest date first, then the settled ones, the newest first."""
        waits = Case(When(state=PromiseState.OPEN, then=Value(0)), default=Value(1))
        return self.order_by(waits, F("settled_on").desc(nulls_last=True), "due_on", "id")

    def for_list(self) -> Self:
        """Everything a card shows, in two queries."""
        rows = self.select_related("carrier", "place", "place__land", "post").prefetch_related("changes")
        return rows.defer("post__body").standing()


class Promise(models.Model):
    """A sentence of a post that says what, where and until when.

    `problems` is a bit mask of complaints.reports.models.Problem, 0 for all trouble. `evidence` is what shows that it
    was kept. Every earlier date is a row of PromiseChange.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="promises")
    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(_("sentence"), max_length=300)
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="+")
    problems = models.PositiveSmallIntegerField(_("problems"), default=0)
    due_on = models.DateField(_("until"))
    made_at = models.DateTimeField(_("promised at"))
    state = models.CharField(_("state"), max_length=6, choices=PromiseState.choices, default=PromiseState.OPEN)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), max_length=1000, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PromiseState.OPEN) ^ Q(settled_on__isnull=False), name="settled_promise_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=PromiseState.KEPT) | ~Q(evidence=""), name="kept_promise_has_evidence"
            ),
        ]
        indexes = [models.Index(fields=("state", "due_on"), name="promises_by_state_and_date")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def days_late(self) -> int:
        """How many days after the first date that was promised it was kept; 0 where in time. Wants standing()."""
        if self.state != PromiseState.KEPT or self.settled_on is None:
            return 0
        first: date = getattr(self, "earliest", None) or self.due_on
        return max(0, (self.settled_on - first).days)

    @property
    def problem_list(self) -> list[Problem]:
        """The kinds of trouble it is about; empty for all."""
        return problems_of(self.problems)


class PromiseStep(models.TextChoices):
    MADE = "made", _("made")
    MOVED = "moved", _("moved")
    KEPT = "kept", _("kept")
    BROKEN = "broken", _("broken")
    DUE = "due", _("due soon")
    OVERDUE = "overdue", _("overdue")


class PromiseChange(models.Model):
    """A row of a promise's history: what became of it, when, by whom (a label); never changed."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="changes")
    step = models.CharField(max_length=7, choices=PromiseStep.choices)
    due_on = models.DateField(_("until"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("changed_at", "id")
