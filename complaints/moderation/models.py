"""What the site's staff decide and readers object to; and how reports arrived: never an address, only keyed hashes."""

from datetime import timedelta
from enum import Enum
from typing import Self
from uuid import UUID

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.IntegerChoices):
    REPORT = 1, _("report")
    ECHO = 2, _("echo")
    COMMENT = 3, _("comment")


class Reason(models.TextChoices):
    """Why a report waits for a look; the rules are in complaints/base/limits.py."""

    TRAP = "trap", _("a field was filled in that people do not see")
    SAME_TEXT = "same-text", _("the same text many times")
    SAME_SECOND = "same-second", _("many within a second")
    TRAVEL = "travel", _("too far apart in too short a time")
    DUPLICATE = "duplicate", _("the same report again")
    DEVICE = "device", _("many from one device")
    ADDRESS = "address", _("many from one connection")
    NETWORK = "network", _("many from one range of connections")
    CELL = "cell", _("many in one place")
    SURGE = "surge", _("during a wave of reports")


class Subject(models.TextChoices):
    """What a flag or a decision is about; complaints/moderation knows only the kind and the number."""

    REPORT = "report", _("report")
    COMMENT = "comment", _("comment")
    POST = "post", _("guest post")
    ANSWER = "answer", _("answer")
    ECHO = "echo", _("echoes on case")


class Objection(models.TextChoices):
    """Why something should not stay, as readers and the site's staff say it."""

    INSULT = "insult", _("insults or threatens somebody")
    PRIVATE = "private", _("shows personal data")
    ADVERTISING = "advertising", _("advertising or spam")
    UNTRUE = "untrue", _("is not true")
    ILLEGAL = "illegal", _("is against the law")
    OFF_TOPIC = "off-topic", _("has nothing to do with the subject")
    OTHER = "other", _("something else")


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)


class Flag(models.Model):
    """A reader's objection to something public; `sender` is a hash of the day (complaints/base/traces.py)."""

    subject = models.CharField(_("subject"), max_length=7, choices=Subject.choices)
    number = models.BigIntegerField(_("number"))
    reason = models.CharField(_("reason"), max_length=11, choices=Objection.choices)
    text = models.CharField(_("explanation"), max_length=500, blank=True)
    sender = models.UUIDField()
    flagged_at = models.DateTimeField(_("flagged at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(
                fields=("subject", "number", "sender", "reason"),
                condition=Q(settled_at=None),
                name="open_flag_is_one_a_reason",
            ),
            models.CheckConstraint(condition=Q(reason__in=Objection.values), name="flag_has_a_known_reason"),
        ]
        indexes = [
            models.Index(fields=("flagged_at",), name="flags_that_are_open", condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.number}: {self.get_reason_display()}"


class Raised(Enum):
    """What became of an objection."""

    NEW = "new"
    KNOWN = "known"
    """The same connection has said so already, and nobody has decided yet."""
    TOO_MANY = "too many"


class Verb(models.TextChoices):
    HIDDEN = "hidden", _("hidden")
    SHOWN = "shown", _("shown again")
    RELEASED = "released", _("released")
    REJECTED = "rejected", _("rejected")
    KEPT = "kept", _("left standing after a flag")


class Decision(models.Model):
    """What the site's staff decided about something, and why; the rows of the public log, never changed.

    `by` is a label, so that the log outlives the account; `note` is public.
    """

    subject = models.CharField(_("subject"), max_length=7, choices=Subject.choices)
    number = models.BigIntegerField(_("number"))
    verb = models.CharField(_("decision"), max_length=8, choices=Verb.choices)
    reason = models.CharField(_("reason"), max_length=11, choices=Objection.choices, blank=True)
    note = models.CharField(_("public note"), max_length=300, blank=True)
    by = models.CharField(_("decided by"), max_length=80)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=(Verb.HIDDEN, Verb.REJECTED)) | ~Q(reason=""), name="removal_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=("-decided_at",), name="decisions_newest_first"),
            models.Index(fields=("subject", "number"), name="decisions_about_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.number}: {self.get_verb_display()}"

    @property
    def can_be_undone(self) -> bool:
        """Whether it took something out of sight that still exists, and nothing was decided about that since."""
        if self.verb not in (Verb.HIDDEN, Verb.REJECTED) or self.subject == Subject.ECHO:
            return False
        return not Decision.objects.filter(subject=self.subject, number=self.number, pk__gt=self.pk).exists()


class Arrival(models.Model):
    """One accepted filing as the limits see it (complaints/base/limits.py); deleted by `tick` after two days.

    `address` and `network` are 16 bytes of a hash keyed with the site's secret and the day, so that the same address
    is another value tomorrow; `device`, `text` and `content` are 64 bits of such a hash. `cell` is the report's z-order
    number at zoom 14, a square of about 1.5 km. `text` is null where the text is too short to tell anything.
    """

    kind = models.PositiveSmallIntegerField(default=Kind.REPORT)
    address = models.UUIDField()
    network = models.UUIDField()
    device = models.BigIntegerField()
    cell = models.BigIntegerField()
    text = models.BigIntegerField(null=True)
    content = models.BigIntegerField()
    happened_at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    report = models.BigIntegerField(null=True)
    held = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=("address", "arrived_at"), name="arrivals_of_an_address", condition=Q(held=False)),
            models.Index(fields=("network", "arrived_at"), name="arrivals_of_a_network", condition=Q(held=False)),
            models.Index(fields=("cell", "arrived_at"), name="arrivals_in_a_cell", condition=Q(held=False)),
            models.Index(
                fields=("text", "arrived_at"), name="arrivals_with_a_text", condition=Q(held=False, text__isnull=False)
            ),
            BrinIndex(fields=("arrived_at",), name="arrivals_by_time", pages_per_range=16, autosummarize=True),
        ]


class Deed(models.IntegerChoices):
    COMMENT = 1, _("comment")
    THANKS = 2, _("thanks")
    FLAG = 3, _("flag")
    FOLLOW = 4, _("follow")


class SendingQuerySet(models.QuerySet["Sending"]):
    def last_hour(self, deed: Deed, sender: UUID) -> Self:
        """What a connection sent of one kind lately."""
        return self.filter(sender=sender, deed=deed, sent_at__gt=timezone.now() - timedelta(hours=1))


class Sending(models.Model):
    """That a connection sent something small about something today; deleted by `tick` after two days.

    `sender` is a hash of the day (complaints/base/traces.py), `number` that of what was sent or thanked for.
    """

    deed = models.PositiveSmallIntegerField(choices=Deed.choices)
    number = models.BigIntegerField()
    sender = models.UUIDField()
    sent_at = models.DateTimeField()

    objects = SendingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("sender", "deed", "number", name="sender_does_a_thing_once_a_day")]
        indexes = [models.Index(fields=("sent_at",), name="sendings_by_time")]


class SpentPuzzle(models.Model):
    """A question that was answered, rightly or wrongly; each counts once. Deleted by `tick` after a day."""

    nonce = models.UUIDField(primary_key=True)
    report = models.BigIntegerField()
    right = models.BooleanField()
    spent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("report",), name="puzzles_of_a_report")]
