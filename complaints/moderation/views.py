"""The fresh form token of kept reports, readers' objections, and the public log of what was decided."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from complaints.base import formtoken, traces
from complaints.base.formtoken import new_token
from complaints.base.publicpage import public_page
from complaints.moderation import exhibits, log
from complaints.moderation.actions import raise_flag
from complaints.moderation.forms import FlagForm
from complaints.moderation.models import Raised


@require_safe
def token(request: HttpRequest) -> JsonResponse:
    response = JsonResponse({"token": new_token(kept=True)})
    patch_cache_control(response, no_store=True)
    return response


@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, subject: str, number: int) -> HttpResponse:
    """The form of an objection; a valid one is stored and answered with thanks, 429 where there are too many."""
    exhibit = exhibits.find(subject, number)
    if exhibit is None:
        raise Http404(_t("There is nothing public with this number."))
    form = FlagForm(request.POST or None)
    raised = _flag(request, subject, number, form) if form.is_valid() else None
    status = 422 if form.errors else 200
    if raised == Raised.TOO_MANY:
        form.add_error("reason", _t("Many objections have just come from your connection. Please send it in an hour."))
        status = 429
    context = {"form": form, "exhibit": exhibit, "sent": raised == Raised.NEW, "known": raised == Raised.KNOWN}
    response = render(request, "complaints/moderation/flag.html", context, status=status)
    patch_cache_control(response, no_store=True)
    return response


def _flag(request: HttpRequest, subject: str, number: int, form: FlagForm) -> Raised:
    """Programs that fill in the trap are thanked like everybody."""
    if request.POST.get(formtoken.TRAP):
        return Raised.NEW
    data = form.cleaned_data
    return raise_flag(subject=subject, number=number, reason=data["reason"], text=data["text"], sender=_sender(request))


def _sender(request: HttpRequest) -> UUID:
    meta = request.META
    heard = (meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))
    address = traces.client_address(*heard, settings.TRUSTED_PROXIES)
    return traces.connection(address, timezone.localdate()).address


@require_safe
@public_page(log.version)
def log_view(request: HttpRequest) -> HttpResponse:
    """What was removed, released and left standing, and why."""
    asked = request.GET.get("seite", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 0
    shown = log.log_page(page) if 1 <= page <= log.LAST_PAGE else None
    if shown is None or (page > 1 and not shown.decisions):
        raise Http404(_t("The log has no page with this number."))
    return render(request, "complaints/moderation/log.html", {"log": shown})
