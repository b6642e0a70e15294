"""Sessions that know whose they are, so that they can be listed and ended: Django's store with a table of our own.

No address and no browser string is kept: a device is a few words such as "Firefox, Windows".
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from operators.members.models import StaffSession, User

FRESH = timedelta(minutes=5)
"""How exact the last use is; each step costs a write."""
DEVICE, STARTED, USED = "device", "started_at", "used_at"
BROWSERS = {
    "Firefox": r"Firefox/|FxiOS/",
    "Edge": r"Edg(?:e|A|iOS)?/",
    "Opera": r"OPR/",
    "Samsung Internet": r"SamsungBrowser/",
    "Chrome": r"Chrome/|CriOS/",
    "Safari": r"Safari/",
}
SYSTEMS = {
    "iPhone": r"iPhone",
    "iPad": r"iPad",
    "Android": r"Android",
    "Windows": r"Windows",
    "macOS": r"Macintosh|Mac OS",
    "ChromeOS": r"CrOS",
    "Linux": r"Linux",
}


@dataclass(frozen=True)
class Open:
    """A session as its owner sees it; `mark` names it without giving its key away."""

    mark: str
    device: str
    started_at: datetime
    used_at: datetime
    is_this: bool


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[StaffSession]:
        return StaffSession

    def create_model_instance(self, data: dict[str, Any]) -> StaffSession:
        row = super().create_model_instance(data)
        assert isinstance(row, StaffSession)  # noqa: S101  # of the class above
        row.user_id = data.get("_auth_user_id")
        row.device = data.get(DEVICE, "")
        row.started_at, row.used_at = (_moment(data.get(key)) for key in (STARTED, USED))
        return row


def start(request: HttpRequest) -> None:
    """Notes device and time of a log-in in its session."""
    now = timezone.now().isoformat()
    request.session[DEVICE] = device(request.META.get("HTTP_USER_AGENT", ""))
    request.session[STARTED] = request.session[USED] = now


def touch(session: SessionBase) -> None:
    """Notes that a session is in use, every few minutes; one that no log-in began stays as it is."""
    used = session.get(USED)
    if used and _moment(used) < timezone.now() - FRESH:
        session[USED] = timezone.now().isoformat()


def of(user: User, this: str | None) -> list[Open]:
    """Somebody's open sessions, the last used first; `this` is the key of the one that asks."""
    rows = StaffSession.objects.of(user)
    return [Open(_mark(row), row.device, row.started_at, row.used_at, row.session_key == this) for row in rows]


def end(user: User, mark: str) -> int:
    """Ends the session with a mark; returns how many it were."""
    keys = [row.session_key for row in StaffSession.objects.of(user) if _mark(row) == mark]
    return StaffSession.objects.filter(session_key__in=keys).delete()[0]


def end_all(user: User, but: str | None = None) -> int:
    """Logs somebody out everywhere, except from the session with this key; returns from how many."""
    return StaffSession.objects.filter(user=user).exclude(session_key=but or "").delete()[0]


def device(agent: str) -> str:
    """Browser and system in a few words, empty where nothing is known of them."""
    found = (
        next((name for name, sign in signs.items() if re.search(sign, agent)), "") for signs in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in found if name)


def _mark(row: StaffSession) -> str:
    return salted_hmac("einzelfall.session", row.session_key).hexdigest()[:24]


def _moment(text: object) -> datetime:
    return datetime.fromisoformat(text) if isinstance(text, str) else timezone.now()
