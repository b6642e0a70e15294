"""Follows: who wants to hear by e-mail of something, confirmed first, ended by one click."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What can be followed; `Follow.subject` is its number."""

    THREAD = "thread", _("thread")
    PLACE = "place", _("place")


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def of(self, topic: Topic, subject: int) -> Self:
        return self.filter(topic=topic, subject=subject)


class Follow(models.Model):
    """An address that hears of one thing; deleted when it is ended, or not confirmed in time.

    `asked_at` is when the mail with the link to confirm went out; empty: it is still to be sent.
    """

    topic = models.CharField(max_length=6, choices=Topic.choices)
    subject = models.BigIntegerField()
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, default="de")
    created_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

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
