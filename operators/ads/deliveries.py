"""What was delivered: views and clicks as they come, and what they add up to each day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from operators.ads.models import Campaign, Creative
from operators.ads.slots import PageKind, Slot


class Reason(models.TextChoices):
    """Why a view or a click does not count; such rows are shown as filtered."""

    ROBOT = "robot", _("robot")
    PREFETCH = "prefetch", _("fetched ahead")
    NO_FRAME = "no-frame", _("not asked for by a page")
    RELOAD = "reload", _("same page again within seconds")
    RATE = "rate", _("more than a person can see")


class Delivery(models.Model):
    """What a view and a click have in common. `sender` is a hash of the day, `reason` is empty where it counts."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", db_index=False)
    creative = models.ForeignKey(Creative, on_delete=models.PROTECT, related_name="+", db_index=False)
    slot = models.CharField(max_length=4, choices=Slot.choices)
    page_kind = models.CharField(max_length=7, choices=PageKind.choices)
    day = models.DateField()
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)
    sender = models.UUIDField()
    happened_at = models.DateTimeField()
    folded = models.BooleanField(default=False)

    class Meta:
        abstract = True


class View(Delivery):
    """A frame that was answered with an ad; deleted two days after it was folded. `page` is a mark of the address."""

    key = models.UUIDField(primary_key=True)
    page = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=("sender", "happened_at"), name="views_of_a_sender"),
            models.Index(fields=("campaign", "day"), name="views_to_fold", condition=Q(folded=False)),
            models.Index(fields=("happened_at",), name="views_by_time"),
        ]


class Click(Delivery):
    """A click on the ad of one view, which is its key: a second one finds the row and does not count."""

    view = models.UUIDField(primary_key=True)

    class Meta:
        indexes = [
            models.Index(fields=("sender", "happened_at"), name="clicks_of_a_sender"),
            models.Index(fields=("campaign", "day"), name="clicks_to_fold", condition=Q(folded=False)),
            models.Index(fields=("happened_at",), name="clicks_by_time"),
        ]


class DailyCount(models.Model):
    """Views and clicks of a day; `reason` is empty for those that count. Only folding.py writes here."""

    day = models.DateField(_("day"))
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="counts", db_index=False)
    creative = models.ForeignKey(Creative, on_delete=models.PROTECT, related_name="+", db_index=False)
    slot = models.CharField(_("slot"), max_length=4, choices=Slot.choices)
    page_kind = models.CharField(_("page"), max_length=7, choices=PageKind.choices)
    reason = models.CharField(_("filtered"), max_length=8, choices=Reason.choices, blank=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts of days")
        constraints = [
            models.UniqueConstraint(
                fields=("campaign", "day", "creative", "slot", "page_kind", "reason"), name="count_is_one_row"
            )
        ]
