"""Times as customers type them."""

from datetime import datetime, timedelta, tzinfo

MAX_AGE = timedelta(days=731)
SKEW = timedelta(minutes=15)
"""How far a phone's clock may run ahead; such a time counts as now."""


class NotATimeError(ValueError):
    """No ISO 8601 date or time."""


class TooEarlyError(ValueError):
    """Before what is taken."""


class TooLateError(ValueError):
    """In the future."""


def parse(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment an ISO 8601 text means, at most `now`; without an offset it is a time in `zone`.

    A day alone means its noon. Raises NotATimeError, TooEarlyError or TooLateError.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise NotATimeError(text) from None
    if len(text) <= 10:
        moment = moment.replace(hour=12)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    try:
        moment = moment.astimezone(now.tzinfo)
    except OverflowError:
        raise TooEarlyError(text) from None
    if moment < now - MAX_AGE:
        raise TooEarlyError(text)
    if moment.date() == now.date() and len(text) <= 10:
        return min(moment, now)
    if moment > now + SKEW:
        raise TooLateError(text)
    return min(moment, now)
