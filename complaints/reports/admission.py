"""Between a request and the limits: who files, and what, as complaints/moderation wants to know it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from complaints.base import formtoken, traces, zorder
from complaints.moderation.queries import Admission, Message, Sender, judged
from complaints.reports.actions import Filing
from complaints.reports.models import Precision


def admitted(request: HttpRequest, filing: Filing) -> Admission:
    """Whether a valid filing counts at once; one query. Its arrival is stored with the report."""
    message = Message(
        zorder=zorder.encode(filing.latitude, filing.longitude),
        point=filing.precision == Precision.POINT,
        text=filing.text,
        said=f"{filing.carrier_id} {filing.problems}",
        happened_at=filing.happened_at,
        received_at=filing.received_at,
    )
    return judged(sender_of(request), message)


def sender_of(request: HttpRequest) -> Sender:
    """Who sent a form: hashes of the day, and what its hidden fields say."""
    meta, day = request.META, timezone.localdate()
    address = traces.client_address(
        meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES
    )
    return Sender(
        connection=traces.connection(address, day),
        device=traces.mark(f"{meta.get('HTTP_USER_AGENT', '')} {meta.get('HTTP_ACCEPT_LANGUAGE', '')}", day),
        trapped=bool(request.POST.get(formtoken.TRAP)),
        doubtful=formtoken.is_doubtful(request.POST.get(formtoken.FIELD, "")),
    )
