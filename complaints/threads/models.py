"""Comment threads: what readers and carriers say to each other below a report or a guest post."""

from datetime import timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from complaints.moderation.models import Objection
from complaints.reports.models import Report

TEXT_LIMIT = 4000
DEEPEST = 4
"""Levels below a first comment; answers to a comment that deep stand beside it."""
EDIT_TIME = timedelta(minutes=10)


class Thread(models.Model):
    """The conversation about one thing. `report` is empty where it is about something of operators (a guest post).

    `carrier` is whom the thread is addressed to: its staff find the comments without an answer in their inbox.
    """

    report = models.OneToOneField(Report, null=True, blank=True, on_delete=models.CASCADE, related_name="thread")
    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    comments = models.PositiveIntegerField(_("comments"), default=0, db_default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")

    @property
    def is_public(self) -> bool:
        """Whether what it is about is public; what operators withdraw, their own page says."""
        about = self.report
        return about is None or (about.held_at is None and about.hidden_at is None and about.withdrawn_at is None)


class CommentQuerySet(models.QuerySet["Comment"]):
    def public(self) -> Self:
        """What stands in a thread: also what was hidden, as a mark with its reason; not what waits or never came in."""
        return self.filter(held_at=None)

    def readable(self) -> Self:
        """What visitors may read."""
        return self.filter(held_at=None, hidden_at=None, withdrawn_at=None)

    def waiting(self) -> Self:
        """What is held until somebody of the site has looked at it."""
        return self.filter(held_at__isnull=False, hidden_at=None, withdrawn_at=None)

    def unanswered(self) -> Self:
        """Readers' comments that no carrier has answered."""
        return self.readable().filter(carrier=None, answered_at=None)


class Comment(models.Model):
    """What somebody wrote in a thread; official where `carrier` is set: then `name` is that of a member of its staff.

    `path` is the numbers of the comments above, from the first, and its own: sorting by it gives reading order. It is
    at most DEEPEST + 1 long. `root` is the first of them. `said_at` is our clock.
    """

    number = models.BigAutoField(primary_key=True)
    submission = models.UUIDField(_("submission key"))
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="all_comments", db_index=False)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    root = models.BigIntegerField()
    path = ArrayField(models.BigIntegerField())
    addressee = models.ForeignKey(
        Carrier, verbose_name=_("addressed to"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    carrier = models.ForeignKey(
        Carrier, verbose_name=_("official for"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    text = models.TextField(_("text"))
    said_at = models.DateTimeField(_("said at"))
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    thanks = models.PositiveIntegerField(_("found helpful by"), default=0, db_default=0)
    held_at = models.DateTimeField(_("held since"), null=True, blank=True)
    held_reason = models.CharField(_("why it is held"), max_length=20, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=11, choices=Objection.choices, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint("submission", name="submission_is_one_comment"),
            models.CheckConstraint(condition=Q(path__len__gte=1, path__len__lte=DEEPEST + 1), name="path_has_a_depth"),
            models.CheckConstraint(condition=Q(path__0=F("root")), name="path_begins_at_the_root"),
            models.CheckConstraint(condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="hidden_comment_says_why"),
        ]
        indexes = [
            models.Index(fields=("thread", "path"), name="comments_in_reading_order"),
            models.Index(
                fields=("addressee", "number"),
                name="comments_without_an_answer",
                condition=Q(carrier=None, answered_at=None, held_at=None, hidden_at=None, withdrawn_at=None),
            ),
            models.Index(fields=("number",), name="comments_that_wait", condition=Q(held_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"Nr. {self.number}"

    def get_absolute_url(self) -> str:
        """The permalink: finds the page of the thread where the comment stands."""
        return reverse("comment", args=(self.number,))

    @property
    def depth(self) -> int:
        return len(self.path) - 1

    @property
    def is_official(self) -> bool:
        return self.carrier_id is not None

    @property
    def may_change(self) -> bool:
        """Whether its author may still write it anew."""
        return timezone.now() < self.said_at + EDIT_TIME and self.hidden_at is None and self.withdrawn_at is None

    @property
    def is_readable(self) -> bool:
        return self.held_at is None and self.hidden_at is None and self.withdrawn_at is None

    @property
    def signed(self) -> str:
        """The name as pages show it: only carriers' staff are "of" a carrier."""
        if self.carrier:
            return gettext("%(name)s of %(carrier)s") % {"name": self.name, "carrier": self.carrier.name}
        return self.name or gettext("Anonymous")
