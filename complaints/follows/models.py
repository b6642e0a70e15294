"""Follows: who wants to hear by e-mail of something, confirmed first, ended by one click."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What can be followed; `Follow.subject` is its number."""

    THREAD = "thread", _("thread")
    PLACE = "place", _("place")


QUIET = {Topic.THREAD: timedelta(minutes=10), Topic.PLACE: timedelta(days=1)}
"""How long nothing more is sent after a mail with news: what comes meanwhile goes into the next one."""


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def with_news(self, now: datetime) -> Self:
        """Those with a letter that may be sent now."""
        quiet = Q()
        for topic, span in QUIET.items():
            quiet |= Q(topic=topic, told_at__gt=now - span)
        return self.filter(Exists(Letter.objects.filter(follow=OuterRef("pk")))).exclude(quiet)

    def of(self, topic: Topic, subject: int) -> Self:
        return self.filter(topic=topic, subject=subject)


class Follow(models.Model):
    """An address that hears of one thing; deleted when it is ended, or not confirmed in time.

    `asked_at` is when the mail with the link to confirm went out; empty: it is still to be sent. `asks` counts those
    mails, `told_at` is the last mail with news. `label` is the name of the subject, empty where it has none.
    """

    topic = models.CharField(max_length=6, choices=Topic.choices)
    subject = models.BigIntegerField()
    label = models.CharField(max_length=120, blank=True, default="", db_default="")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, default="de")
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asks = models.PositiveSmallIntegerField(default=0, db_default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint("topic", "subject", Lower("email"), name="address_follows_a_thing_once"),
        ]
        indexes = [models.Index(fields=("created_at",), name="follows_to_confirm", condition=Q(confirmed_at=None))]


class Letter(models.Model):
    """A mail to a follower that is still to be sent; deleted with the sending. `address` is the page it is about."""

    follow = models.ForeignKey(Follow, on_delete=models.CASCADE, related_name="letters")
    subject_line = models.CharField(max_length=150)
    text = models.TextField()
    address = models.CharField(max_length=300)
    written_at = models.DateTimeField(auto_now_add=True)
