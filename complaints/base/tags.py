"""Template filters and tags every page may use: numbers, icons, the same page in the other language."""

import functools
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.forms import BoundField
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from complaints.base import formtoken, inlinestyle
from complaints.base.publicpage import LIGHT

register = template.Library()
_MONTHS = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@register.filter
def number(value: float | None) -> str:
    """A whole number with separators: 7.691 in German, 7,691 in English; a dash for None."""
    return "–" if value is None else number_format(round(value), 0, use_l10n=True, force_grouping=True)


@register.filter
def decimal(value: float | None, places: int = 1) -> str:
    """A number with a fixed count of decimal places; a dash for None."""
    if value is None:
        return "–"
    # number_format cuts a float off; a Decimal of the rounded text is shown as it is.
    return number_format(Decimal(f"{value:.{places}f}"), places, use_l10n=True, force_grouping=True)


@register.filter
def word(names: str, count: int) -> str:
    """The word for a number out of a text of words that begins with the one for two."""
    return names.split()[count - 2]


@register.simple_tag
@functools.cache
def icon(name: str) -> SafeString:
    """The drawing static/icons/<name>.svg as inline SVG, hidden from screen readers."""
    drawing = Path(settings.BASE_DIR, "static", "icons", f"{name}.svg").read_text().strip()
    return mark_safe(drawing.replace("<svg ", '<svg class="icon" aria-hidden="true" ', 1))  # noqa: S308  our own files


@register.filter
def hinted(field: BoundField) -> SafeString:
    """A field that names its hint and its error, as _field.html writes them, to those who hear the page."""
    ids = [f"{field.auto_id}_hint", *([f"{field.auto_id}_error"] if field.errors else [])]
    return field.as_widget(attrs={"aria-describedby": " ".join(ids)})


@register.simple_tag
def inline_style() -> SafeString:
    """The style of the site and its form as an element; its view names `inlinestyle.policy_source()` in its policy."""
    return mark_safe(f"<style>{inlinestyle.style()}</style>")  # noqa: S308  our own file


@register.simple_tag
def form_token() -> str:
    """The signed mark that says when a form was made."""
    return formtoken.new_token()


@register.simple_tag(takes_context=True)
def other_language_url(context: Context) -> str:
    """The address of this page in the other language with its query; empty where it has only one language."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return ""
    here = request.get_full_path().removeprefix(LIGHT)
    there = translate_url(here, "de" if get_language() == "en" else "en")
    return "" if there == here else there


@register.simple_tag
def light_url(path: str) -> str:
    """The light twin of an address."""
    return LIGHT + path.removeprefix(LIGHT)


@register.simple_tag(takes_context=True)
def absolute_url(context: Context, path: str | None = None) -> str:
    """A path, or this page's own without its query, with scheme and host; empty where the host is not ours."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return ""
    try:
        return request.build_absolute_uri(path or request.path.removeprefix(LIGHT))
    except DisallowedHost:
        return ""


@register.filter
def iso(value: datetime) -> str:
    """A time for machines, to the second: HTML allows no finer fraction than three digits."""
    return timezone.localtime(value).isoformat(timespec="seconds")


@register.filter
def moment(value: datetime) -> str:
    """A time in the site's zone: "23.11.2026, 14:02" in German, "23 Nov 2026, 14:02" in English."""
    local = timezone.localtime(value)
    return f"{day(local.date())}, {local:%H:%M}"


@register.filter
def day(value: date) -> str:
    """A day, of a time the one in the site's zone: "23.11.2026" in German, "23 Nov 2026" in English."""
    if isinstance(value, datetime):
        value = timezone.localdate(value)
    return f"{value.day} {_MONTHS[value.month]} {value.year}" if get_language() == "en" else f"{value:%d.%m.%Y}"
