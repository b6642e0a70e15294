"""The answer board as the regular job left it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Figures = dict[str, list[dict[str, Any]]]


class Snapshot(models.Model):
    """The figures of a period of `days` at a moment: the rows of operators.board.queries.Board as JSON."""

    days = models.PositiveSmallIntegerField(primary_key=True)
    as_of = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        verbose_name = _("answer board")
