"""Template filters for numbers in the reader's language."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def number(value: float | None) -> str:
    """A whole number with separators: 7.691 in German, 7,691 in English; a dash for None."""
    return "–" if value is None else number_format(round(value), 0, use_l10n=True, force_grouping=True)


@register.filter
def decimal(value: float | None, places: int = 1) -> str:
    """A number with a fixed count of decimal places; a dash for None."""
    return "–" if value is None else number_format(value, places, use_l10n=True, force_grouping=True)
