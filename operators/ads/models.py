"""What is booked and how it looks; what was delivered of it is in deliveries.py."""

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from complaints.places.models import Place
from operators.ads.slots import Device, Shape, Slot
from operators.members.advertisers import Advertiser


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED}),
    State.SUBMITTED: frozenset({State.APPROVED, State.REJECTED, State.DRAFT}),
    State.REJECTED: frozenset({State.SUBMITTED, State.DRAFT}),
    State.APPROVED: frozenset({State.RUNNING, State.PAUSED, State.ENDED}),
    State.RUNNING: frozenset({State.PAUSED, State.ENDED}),
    State.PAUSED: frozenset({State.APPROVED, State.RUNNING, State.ENDED}),
    State.ENDED: frozenset(),
}
BOOKED = (State.APPROVED, State.RUNNING, State.PAUSED, State.ENDED)
"""States of what was sold: the public ledger shows these."""
LIVE = (State.APPROVED, State.RUNNING)
"""States in which ads are shown, within the period."""


class PriceModel(models.TextChoices):
    FIXED = "fixed", _("fixed price for the period")
    CPM = "cpm", _("for a thousand views")
    CPC = "cpc", _("for a click")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def booked(self) -> Self:
        return self.filter(state__in=BOOKED)

    def live(self, day: date) -> Self:
        """Those that may be shown on a day."""
        return self.filter(state__in=LIVE, starts_on__lte=day, ends_on__gte=day)


class Campaign(models.Model):
    """A booking. Days are whole days in the site's time zone, `ends_on` is the last one.

    How often it is shown: `booked_views` paces a number over the period, `share` takes so many of 100 matching views,
    `exclusive` takes all; one with none of these shares what is left by `weight`. Empty targets mean all.
    `problems` is a bit mask of complaints.reports.models.Problem. `price_cents` is net.
    """

    advertiser = models.ForeignKey(
        Advertiser, verbose_name=_("advertiser"), on_delete=models.PROTECT, related_name="campaigns"
    )
    name = models.CharField(_("name"), max_length=80)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    slots = models.JSONField(_("slots"), default=list)
    booked_views = models.PositiveIntegerField(_("booked views"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("share of the views in per cent"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    exclusive = models.BooleanField(_("exclusive"), default=False)
    excludes_rivals = models.BooleanField(_("not beside rivals"), default=False)
    daily_cap = models.PositiveIntegerField(_("most views a day"), null=True, blank=True)
    total_cap = models.PositiveIntegerField(_("most views in all"), null=True, blank=True)
    price_model = models.CharField(_("price model"), max_length=5, choices=PriceModel.choices)
    price_cents = models.PositiveIntegerField(_("net price in cents"))
    carriers = models.ManyToManyField(Carrier, verbose_name=_("pages of these networks"), blank=True, related_name="+")
    places = models.ManyToManyField(Place, verbose_name=_("pages of these places"), blank=True, related_name="+")
    problems = models.PositiveSmallIntegerField(_("kinds of trouble"), default=0)
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", _("German")), ("en", _("English"))], blank=True
    )
    device = models.CharField(_("device"), max_length=7, choices=Device.choices, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-starts_on", "name")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_it_begins",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                condition=(Q(daily_cap=None) | Q(daily_cap__gt=0))
                & (Q(total_cap=None) | Q(total_cap__gt=0))
                & (Q(booked_views=None) | Q(booked_views__gt=0)),
                name="campaign_limits_are_not_zero",
                violation_error_message=_("A limit of zero views shows nothing. Leave the field empty for no limit."),
            ),
            models.CheckConstraint(
                condition=Q(price_cents__gte=0),
                name="price_is_not_negative",
                violation_error_message=_("A price cannot be negative."),
            ),
            models.CheckConstraint(
                condition=(Q(share=None) | Q(share__gte=1, share__lte=100)) & Q(weight__gte=1, weight__lte=100),
                name="share_and_weight_are_1_to_100",
                violation_error_message=_("Share and weight are numbers from 1 to 100."),
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="campaign_state_is_known"),
            models.CheckConstraint(
                condition=Q(slots__contained_by=Slot.values) & ~Q(slots=[]) & ~Q(slots={}),
                name="campaign_has_known_slots",
                violation_error_message=_("Choose at least one slot."),
            ),
            models.CheckConstraint(
                condition=Q(booked_views=None) | Q(share=None, exclusive=False),
                name="campaign_is_paced_or_shared",
                violation_error_message=_("Book a number of views, or a share, or the slot alone: only one of them."),
            ),
        ]
        indexes = [models.Index(fields=("ends_on",), name="campaigns_by_their_end", condition=Q(state__in=LIVE))]

    def __str__(self) -> str:
        return self.name

    def days_run(self) -> tuple[date, date]:
        """The first and the last day it may be shown: from its approval on, if late, to its end, if early.

        The last lies before the first where it ended before it began. One query, none with its changes prefetched.
        """
        marks = {change.after: timezone.localdate(change.changed_at) for change in [*self.changes.all()][::-1]}
        approved, ended = marks.get(State.APPROVED, self.starts_on), marks.get(State.ENDED, self.ends_on)
        return max(self.starts_on, approved), min(self.ends_on, ended)


class CampaignChange(models.Model):
    """A row of a campaign's history: what became of it, when, by whom (a label); never changed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(_("before"), max_length=9, choices=State.choices, blank=True)
    after = models.CharField(_("after"), max_length=9, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.CharField(_("by"), max_length=80)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("change of a campaign")
        verbose_name_plural = _("changes of campaigns")
        ordering = ("changed_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(after=State.REJECTED) | ~Q(reason=""), name="rejected_campaign_hears_why"
            )
        ]


class Review(models.TextChoices):
    """What the site's staff said about a creative; only approved ones are shown."""

    OPEN = "open", _("not looked at yet")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")


class Kind(models.TextChoices):
    PICTURE = "picture", _("picture")
    TEXT = "text", _("text")


class Creative(models.Model):
    """How an ad of a campaign looks and where it leads. A text fits every slot, a picture those of its shape.

    What was approved is not changed any more: a change makes the review open again. The site's own ads may lead to a
    path of the site; forms take whole addresses only.
    """

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="creatives"
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    shape = models.CharField(_("size"), max_length=7, choices=Shape.choices, blank=True)
    headline = models.CharField(_("headline"), max_length=40, blank=True)
    text = models.CharField(_("text"), max_length=90, blank=True)
    alt = models.CharField(_("what the picture shows"), max_length=150, blank=True)
    target_url = models.URLField(_("target address"), max_length=500)
    review = models.CharField(_("review"), max_length=8, choices=Review.choices, default=Review.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("creative")
        verbose_name_plural = _("creatives")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(target_url__startswith="https://") | Q(target_url__regex="^/[^/\\\\]"),
                name="target_is_https",
                violation_error_message=_("The target address must begin with https://."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.TEXT, shape="") & ~Q(headline="")
                | Q(kind=Kind.PICTURE, shape__in=Shape.values) & ~Q(alt=""),
                name="creative_has_words_or_a_picture",
                violation_error_message=_(
                    "A text ad needs a headline and no size; a picture needs its size and a sentence on what it shows."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(review=Review.REJECTED) | ~Q(reason=""), name="rejected_creative_hears_why"
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.alt


class CreativePicture(models.Model):
    """The pixels of a creative as WebP in twice its shape's size, already re-encoded; `dark` is for dark mode."""

    creative = models.ForeignKey(Creative, on_delete=models.CASCADE, related_name="pictures")
    dark = models.BooleanField(default=False)
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("creative", "dark", name="creative_has_a_picture_once_a_mode")]
