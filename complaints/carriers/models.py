"""Carriers: the brands customers know, and the networks they run on."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

TONES = 8


class CarrierQuerySet(models.QuerySet["Carrier"]):
    def networks(self) -> Self:
        """Carriers with a network of their own."""
        return self.filter(runs_on=F("id"))

    def open(self) -> Self:
        """Carriers that still sell; the others stay for their history."""
        return self.filter(closed_on=None)


class Carrier(models.Model):
    """A brand; `runs_on` is the network it uses, itself if it has one."""

    id = models.SmallAutoField(primary_key=True)
    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    runs_on = models.ForeignKey(
        "self",
        verbose_name=_("runs on the network of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="brands",
        help_text=_("Leave empty for a carrier with a network of its own."),
    )
    tone = models.PositiveSmallIntegerField(_("colour number in figures"), default=TONES)
    website = models.URLField(_("website"), blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = CarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=Q(tone__gte=1, tone__lte=TONES), name="carrier_tone_is_1_to_8"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_network(self) -> bool:
        return self.runs_on_id == self.id

    def save(self, *args: object, **kwargs: object) -> None:
        """An empty `runs_on` becomes the carrier itself, whose id is known only after the insert."""
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        if self.runs_on_id is None:
            self.runs_on_id = self.id
            type(self).objects.filter(id=self.id).update(runs_on_id=self.id)
