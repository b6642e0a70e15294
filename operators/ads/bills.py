"""Monthly statements: written once and never changed; the database itself refuses (migration 0090)."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from operators.members.advertisers import Advertiser


@dataclass(frozen=True)
class Line:
    """What a campaign cost in a month; `days` are those charged by a fixed price. Net cents."""

    campaign: int
    name: str
    price_model: str
    price_cents: int
    days: int
    views: int
    clicks: int
    filtered: int
    net_cents: int

    def stored(self) -> dict[str, Any]:
        return asdict(self)


class Statement(models.Model):
    """What an advertiser owes for a month. Corrections are rows of their own."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    advertiser = models.ForeignKey(
        Advertiser, verbose_name=_("advertiser"), on_delete=models.PROTECT, related_name="statements"
    )
    month = models.DateField(_("month"))
    payer = models.CharField(_("payer"), max_length=60)
    lines = models.JSONField(_("lines"))
    net_cents = models.BigIntegerField(_("net sum in cents"))
    demo = models.BooleanField(_("demo"), default=False)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("-month", "number")
        constraints = [models.UniqueConstraint("advertiser", "month", name="month_has_one_statement")]

    def __str__(self) -> str:
        return self.number

    @property
    def rows(self) -> list[Line]:
        return [Line(**line) for line in self.lines]

    @property
    def owed_cents(self) -> int:
        """The net sum with all corrections."""
        return self.net_cents + sum(correction.net_cents for correction in self.corrections.all())


class StatementCorrection(models.Model):
    """What is added to or taken from a statement afterwards, and why."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="corrections"
    )
    net_cents = models.BigIntegerField(_("net amount in cents"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.CharField(_("by"), max_length=80)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("made_at", "id")
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="correction_says_why"),
            models.CheckConstraint(condition=~models.Q(net_cents=0), name="correction_changes_something"),
        ]
