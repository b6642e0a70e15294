"""Official answers to reports, one by one or a whole cluster at once, and what staff note to each other about them."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from complaints.moderation.models import Objection
from complaints.places.models import Place
from complaints.reports.models import Report
from operators.members.models import User

TEXT_LIMIT = 4000


class Answer(models.Model):
    """A carrier's official words about one report or a cluster of them.

    A cluster has `place`, `problems` (a bit mask, 0 for all trouble) and a period of days; an answer to one report has
    none of them. `fixed` says that the carrier calls the trouble over. `author_name` outlives the account.
    `submission` makes an answer sent twice one answer.
    """

    submission = models.UUIDField(default=uuid4, unique=True, editable=False)
    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(_("name of the author"), max_length=60)
    text = models.TextField(_("text"), max_length=TEXT_LIMIT)
    fixed = models.BooleanField(_("the trouble is fixed"), default=False)
    answered_at = models.DateTimeField(_("answered at"))
    form_letter = models.BooleanField(_("form letter"), default=False, editable=False)
    """Whether nearly the same text went to many, as the regular job of the answer board found."""
    place = models.ForeignKey(
        Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    problems = models.PositiveSmallIntegerField(_("problems"), default=0)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=11, choices=Objection.choices, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(place=None, since=None, until=None) | Q(place__isnull=False, since__lte=F("until")),
                name="cluster_has_a_place_and_a_period",
            ),
            models.CheckConstraint(condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="hidden_answer_says_why"),
        ]
        indexes = [
            models.Index(fields=("carrier", "-answered_at"), name="answers_of_a_carrier"),
            models.Index(
                fields=("place", "-answered_at"), name="answers_to_clusters", condition=Q(place__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def byline(self) -> str:
        """How the public reads who speaks: "Max von O2"."""
        return _t("%(name)s of %(carrier)s") % {"name": self.author_name, "carrier": self.carrier.name}


class AnsweredQuerySet(models.QuerySet["Answered"]):
    def standing(self) -> Self:
        """Answers that the reporter has not called somebody else's."""
        return self.filter(disputed_at=None)


class Answered(models.Model):
    """That an answer is one to this report; `disputed_at` when its author said "not my case"."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="answered")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    disputed_at = models.DateTimeField(null=True, blank=True)

    objects = AnsweredQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("report", "answer", name="answer_is_to_a_report_once")]


class Item(models.TextChoices):
    """What waits in an inbox."""

    REPORT = "report", _("report")
    COMMENT = "comment", _("comment")


class Assignment(models.Model):
    """Who of a carrier's staff looks after something in the inbox."""

    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=7, choices=Item.choices)
    number = models.BigIntegerField()
    assignee = models.ForeignKey(User, verbose_name=_("assigned to"), on_delete=models.CASCADE, related_name="+")
    assigned_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint("carrier", "item", "number", name="item_is_assigned_once")]


class Note(models.Model):
    """A word to colleagues about something in the inbox; never public."""

    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=7, choices=Item.choices)
    number = models.BigIntegerField()
    by = models.CharField(max_length=80)
    text = models.CharField(_("note"), max_length=1000)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("written_at",)
        indexes = [models.Index(fields=("carrier", "item", "number"), name="notes_about_an_item")]


class TextBlock(models.Model):
    """A passage that a carrier's staff use often."""

    carrier = models.ForeignKey(Carrier, verbose_name=_("carrier"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=TEXT_LIMIT)

    class Meta:
        verbose_name = _("text block")
        verbose_name_plural = _("text blocks")
        ordering = ("title",)
        constraints = [models.UniqueConstraint("carrier", "title", name="text_block_has_a_title_once")]

    def __str__(self) -> str:
        return self.title


class OfficialComment(models.Model):
    """Which account wrote an official comment; the comment itself carries only the name."""

    comment = models.OneToOneField("complaints.Comment", on_delete=models.CASCADE, related_name="+", primary_key=True)
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
