"""How the board prints its figures, and the board's lines on other pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _t

from complaints.base.effects import FEWEST, Effect, Verdict
from complaints.base.survival import DAY, HOUR, Estimate
from complaints.base.tags import decimal
from complaints.carriers.queries import CarrierRow
from operators.board import queries
from operators.board.forms import DEFAULT
from operators.board.measures import effects
from operators.posts.models import Promise

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share as a whole percentage; small ones are not rounded to nothing, nor large ones to all."""
    if share is None:
        return "–"
    points = 100 * share
    sign = "%" if get_language() == "en" else "\u00a0%"
    return decimal(points, 1 if 0 < points < 1 or 99 < points < 100 else 0) + sign


@register.filter
def percent_range(share: Estimate) -> str:
    """Both ends with one sign: "0.1–2 %", as everywhere else."""
    low, high = percent(share.low), percent(share.high)
    return high if low == high else f"{low.rstrip('%').rstrip()}–{high}"


@register.filter
def duration(minutes: float | None) -> str:
    """Minutes in the unit that fits: "45 minutes", "3.5 hours", "12 days"; "open" for None."""
    if minutes is None:
        return _t("open")
    if minutes < 2 * HOUR:
        return ngettext("%(n)s minute", "%(n)s minutes", round(minutes)) % {"n": round(minutes)}
    if minutes < 2 * DAY:
        return _t("%(n)s hours") % {"n": decimal(minutes / HOUR, 0 if minutes >= 10 * HOUR else 1)}
    return _t("%(n)s days") % {"n": decimal(minutes / DAY, 0 if minutes >= 10 * DAY else 1)}


@register.inclusion_tag("operators/board/_speed.html", takes_context=True)
def answer_speed(context: Context, carrier: CarrierRow) -> dict[str, Any]:
    """How fast a carrier answered in the last 90 days; for the page of a network or brand."""
    board = queries.board(DEFAULT)
    return {"row": board.of(carrier.id), "board": board, "carrier": carrier}


@register.simple_tag(name="effects")
def effects_of(promises: Iterable[Promise]) -> dict[int, Effect]:
    """The effects of the promises that a page shows, for `effect`; two queries for all of them."""
    return effects(promises)


@register.inclusion_tag("operators/board/_effect.html")
def effect(found: dict[int, Effect], promise: Promise) -> dict[str, Any]:
    """Whether a promise that is said to be kept helped; nothing where that is not asked yet."""
    return {
        "effect": found.get(promise.pk),
        "kinds": promise.problem_list,
        "fewest": FEWEST,
        "too_few": Verdict.TOO_FEW,
    }
