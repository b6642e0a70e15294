"""Echoes: other customers' one tap on a report."""

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from complaints.reports.models import Report, Source


class Kind(models.TextChoices):
    ME_TOO = "me-too", _("me too")
    STILL_BAD = "still-bad", _("still bad")
    WORKS_AGAIN = "works-again", _("works again")


class EchoQuerySet(models.QuerySet["Echo"]):
    def by_kind(self) -> list[tuple[Kind, int]]:
        """How many of each kind that there is, in the order of `Kind`; one query."""
        counts = dict(self.order_by().values_list("kind").annotate(count=Count("pk")))
        return [(kind, counts[kind.value]) for kind in Kind if kind.value in counts]


class Echo(models.Model):
    """One customer's "me too", "still bad" or "works again" on a report; never changed.

    `happened_at` is the customer's clock, `received_at` ours. `submission` makes a repeated sending one echo. The
    triggers of migration 0050 count it in `Report.echoes` and move the version of the public pages.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="said", db_index=False)
    submission = models.UUIDField(_("submission key"))
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    carrier = models.ForeignKey(
        Carrier, verbose_name=_("carrier"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    happened_at = models.DateTimeField(_("happened at"))
    received_at = models.DateTimeField(_("got through at"))
    source = models.CharField(_("source"), max_length=6, choices=Source.choices, default=Source.WEB)

    objects = EchoQuerySet.as_manager()

    class Meta:
        verbose_name = _("echo")
        verbose_name_plural = _("echoes")
        constraints = [
            models.UniqueConstraint("submission", name="submission_is_one_echo"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="echo_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("received_at")), name="echo_happened_before_it_arrived"
            ),
        ]
        indexes = [
            models.Index(fields=("report", "kind"), name="echoes_of_a_report"),
            models.Index(fields=("received_at",), name="echoes_by_arrival"),
        ]
