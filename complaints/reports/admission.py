"""Between a request and the limits: who files, and what, as complaints/moderation wants to know it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from complaints.base import formtoken, limits, traces, zorder
from complaints.moderation.queries import Admission, Message, Sender, judged
from complaints.reports.actions import Filing
from complaints.reports.models import Precision, Report


def admitted(request: HttpRequest, filing: Filing, changes: int | None = None) -> Admission:
    """Whether a valid filing counts at once; one query. Its arrival is stored with the report.

    `changes` is the number of the report that it replaces, if it is an edit.
    """
    message = Message(
        zorder=zorder.encode(filing.latitude, filing.longitude),
        point=filing.precision == Precision.POINT,
        text=filing.text,
        said=f"{filing.carrier_id} {filing.problems}",
        happened_at=filing.happened_at,
        received_at=filing.received_at,
        changes=changes,
    )
    return judged(sender_of(request), message)


def admitted_edit(request: HttpRequest, filing: Filing, own: Report) -> Admission | None:
    """Whether an edit counts at once; None where it changes nothing that the limits look at (words, choices, place)."""
    old = (own.carrier_id, own.problems, own.precision, _cell(own.latitude, own.longitude), traces.letters(own.text))
    new = (
        filing.carrier_id,
        filing.problems,
        filing.precision,
        _cell(filing.latitude, filing.longitude),
        traces.letters(filing.text),
    )
    return None if old == new else admitted(request, filing, own.number)


def _cell(latitude: float, longitude: float) -> int:
    return zorder.encode(latitude, longitude) >> 2 * (24 - limits.CELL_ZOOM)


def address_of(request: HttpRequest) -> str:
    """The visitor's address as our own proxies saw it; only for a hash, never to be kept."""
    heard = (request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))
    return traces.client_address(*heard, settings.TRUSTED_PROXIES)


def sender_of(request: HttpRequest) -> Sender:
    """Who sent a form: hashes of the day, and what its hidden fields say."""
    meta, day = request.META, timezone.localdate()
    return Sender(
        connection=traces.connection(address_of(request), day),
        device=traces.mark(f"{meta.get('HTTP_USER_AGENT', '')} {meta.get('HTTP_ACCEPT_LANGUAGE', '')}", day),
        trapped=bool(request.POST.get(formtoken.TRAP)),
        doubtful=formtoken.is_doubtful(request.POST.get(formtoken.FIELD, "")),
    )
