"""What is remembered, for two days, about how reports arrived: never an address, only keyed hashes of it."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.IntegerChoices):
    REPORT = 1, _("report")
    ECHO = 2, _("echo")


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


class SpentPuzzle(models.Model):
    """A question that was answered, rightly or wrongly; each counts once. Deleted by `tick` after a day."""

    nonce = models.UUIDField(primary_key=True)
    report = models.BigIntegerField()
    right = models.BooleanField()
    spent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("report",), name="puzzles_of_a_report")]
