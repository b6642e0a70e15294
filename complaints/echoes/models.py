"""Echoes: other customers' one tap on a report."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext_lazy as _

from complaints.base.taps import Taps, Usual
from complaints.base.traces import Connection
from complaints.carriers.models import Carrier
from complaints.reports.models import Report, Source


class Kind(models.TextChoices):
    ME_TOO = "me-too", _("me too")
    STILL_BAD = "still-bad", _("still bad")
    WORKS_AGAIN = "works-again", _("works again")


class EchoQuerySet(models.QuerySet["Echo"]):
    def held(self) -> "EchoQuerySet":
        return self.filter(held_at__isnull=False)

    def by_kind(self) -> list[dict[str, Any]]:
        """How many of each kind count, in the order of `Kind`: kind, count, the newest's time and how many of them came
        after the answer to their report; one query."""
        after = Count("pk", filter=Q(received_at__gt=F("report__answered_at")))
        rows = self.filter(held_at=None).order_by().values("kind")
        found: dict[str, dict[str, Any]] = {
            row["kind"]: dict(row) for row in rows.annotate(count=Count("pk"), newest=Max("received_at"), after=after)
        }
        return [found[kind.value] for kind in Kind if kind.value in found]

    def agreeing(self) -> int:
        """How many say that they have the same trouble."""
        return self.filter(held_at=None).exclude(kind=Kind.WORKS_AGAIN).count()


class Echo(models.Model):
    """One customer's "me too", "still bad" or "works again" on a report; only `held_at` ever changes.

    `happened_at` is the customer's clock, `received_at` ours. `submission` makes a repeated sending one echo. The
    triggers of migrations 0051 and 0062 count those that are not held in `Report.echoes` and move the version of the
    public pages.
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
    held_at = models.DateTimeField(_("held since"), null=True, blank=True)

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
            models.Index(fields=("held_at",), name="echoes_that_wait", condition=Q(held_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.report_id})"


class TapTraceQuerySet(models.QuerySet["TapTrace"]):
    def last_hour(self, known: Connection, report: int, now: datetime) -> Taps:
        """What was let through of a connection, in all and on a report; one query."""
        own = Q(address__in=(known.address, known.address_yesterday))
        near = Q(network__in=(known.network, known.network_yesterday), report=report)
        rows = self.filter(own | near, held=False, tapped_at__gt=now - timedelta(hours=1))
        here = own & Q(report=report)
        found = rows.aggregate(a=Count("pk", filter=here), b=Count("pk", filter=near), c=Count("pk", filter=own))
        return Taps(found["a"], found["b"], found["c"])

    def usual(self, known: Connection, now: datetime) -> Usual:
        """What was let through of a connection in the hour before, or at this hour yesterday; four queries."""
        address = Q(address__in=(known.address, known.address_yesterday))
        network = Q(network__in=(known.network, known.network_yesterday))
        return Usual(self._usual(address, now), self._usual(network, now))

    def _usual(self, whose: Q, now: datetime) -> int:
        starts = (now - timedelta(hours=hours) for hours in (2, 24))
        rows = self.filter(whose, held=False)
        return max(rows.filter(tapped_at__range=(start, start + timedelta(hours=1))).count() for start in starts)


class TapTrace(models.Model):
    """How a tap arrived, as the limits see it (complaints/base/taps.py); deleted by `tick` after two days.

    Hashes of the day as in Arrival. One device of one address says a thing about a report once a day.
    """

    address = models.UUIDField()
    network = models.UUIDField()
    device = models.BigIntegerField()
    report = models.BigIntegerField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    tapped_at = models.DateTimeField()
    held = models.BooleanField()

    objects = TapTraceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("report", "address", "device", "kind", name="device_says_a_thing_once_a_day"),
        ]
        indexes = [
            models.Index(fields=("address", "tapped_at"), name="taps_of_an_address", condition=Q(held=False)),
            models.Index(fields=("network", "tapped_at"), name="taps_of_a_network", condition=Q(held=False)),
            BrinIndex(fields=("tapped_at",), name="taps_by_time", pages_per_range=16, autosummarize=True),
        ]
