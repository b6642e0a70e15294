"""What reports leave behind when they change: rows for the map's figures, and rows of their own timeline."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.reports.models import Report
from complaints.reports.status import Status


class TallyChange(models.Model):
    """News for the map's read model: one report more (+1) or one fewer (-1) in the public figures.

    Written by the triggers of migration 0031 with every insert, change or removal of a report; folded into the packed
    tiles and deleted by the task of complaints/maps. Readers add the rows not folded yet, so figures are always exact.
    """

    sign = models.SmallIntegerField()
    carrier_id = models.SmallIntegerField()
    network_id = models.SmallIntegerField()
    problems = models.PositiveSmallIntegerField()
    happened_on = models.DateField()
    zorder = models.BigIntegerField()
    land_id = models.BigIntegerField()
    district_id = models.BigIntegerField(null=True)
    town_id = models.BigIntegerField(null=True)
    quarter_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(sign__in=(-1, 1)), name="tally_change_is_plus_or_minus_one")]
        indexes = [models.Index(fields=("zorder",), name="tally_changes_of_a_tile")]


class Cause(models.TextChoices):
    """What moved a report to its next status."""

    ANSWER = "answer", _("the carrier answered")
    CARRIER = "carrier", _("the carrier said so")
    ECHO = "echo", _("other customers' taps")
    REPORT = "report", _("new reports nearby")
    DISPUTE = "dispute", _("its author: not my case")
    SITE = "site", _("the site's staff")


class StatusChange(models.Model):
    """A row of a report's timeline: from which status to which, when and why; never changed. `by` is a label."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(max_length=10, choices=Status.choices)
    after = models.CharField(max_length=10, choices=Status.choices)
    cause = models.CharField(max_length=7, choices=Cause.choices)
    by = models.CharField(max_length=80, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("changed_at", "id")
        indexes = [models.Index(fields=("changed_at",), name="status_changes_by_time")]
        constraints = [
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="status_change_changes_something"),
        ]
