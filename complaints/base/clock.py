"""Times as customers type them."""

import re
from datetime import datetime, timedelta, tzinfo

MAX_AGE = timedelta(days=731)
SKEW = timedelta(minutes=15)
"""How far a phone's clock may run ahead; such a time counts as now."""


_GERMAN = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})(?:,?\s+([0-9]{1,2}):([0-9]{2}))?")


class NotATimeError(ValueError):
    """No ISO 8601 date or time."""


class TooEarlyError(ValueError):
    """Before what is taken."""


class TooLateError(ValueError):
    """In the future."""


def parse(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment an ISO 8601 text or a German one ("23.11.2026, 14:02") means, at most `now`.

    Without an offset it is a time in `zone`; a day alone means its noon, or now where that is still to come. Raises
    NotATimeError, TooEarlyError or TooLateError.
    """
    text = _as_iso(text)
    moment = _moment(text, zone)
    if moment < now - MAX_AGE:
        raise TooEarlyError(text)
    only_today = len(text) <= 10 and moment.date() == now.astimezone(zone).date()
    if moment > now + SKEW and not only_today:
        raise TooLateError(text)
    return min(moment, now)


def _as_iso(text: str) -> str:
    german = _GERMAN.fullmatch(text)
    if not german:
        return text
    day, month, year, hour, minute = german.groups()
    return f"{year}-{month:>02}-{day:>02}" + (f"T{hour:>02}:{minute}" if hour else "")


def _moment(text: str, zone: tzinfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotATimeError(text) from None
    if len(text) <= 10:
        moment = moment.replace(hour=12)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(zone)
    except OverflowError:  # at the very ends of the calendar
        raise (TooLateError if moment.year > 5000 else TooEarlyError)(text) from None
