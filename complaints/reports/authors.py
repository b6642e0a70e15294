"""What only a report's author sees: that it waits, what lets it through, everything stored about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from complaints.base import retention
from complaints.base.keys import is_key
from complaints.base.limits import Verdict
from complaints.moderation import actions as moderation
from complaints.moderation import queries as hurdles
from complaints.reports import actions
from complaints.reports.answers import CHANGE, SeeOther, receipt_address
from complaints.reports.models import Report


def waiting(request: HttpRequest, report: Report, key: str) -> HttpResponse:
    """The receipt of a held report; with the author's key also the question and the work, where either is enough."""
    hurdle = hurdles.hurdle(report.number) if key and Verdict(report.held_reason).ask else None
    context = {"report": report, "key": key, "hurdle": hurdle}
    response = render(request, "complaints/moderation/waiting.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


@csrf_exempt  # the signed key in the address is the permission
@require_POST
def answer(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Lets the report through if the question is answered or the work done rightly; back to the receipt either way."""
    own = _own_or_404(number, key)
    may = own.held_at is not None and Verdict(own.held_reason).ask
    if may and _is_cleared(request.POST, number):
        actions.release_report(report=own)
    return SeeOther(receipt_address(own))


def _is_cleared(form: QueryDict, number: int) -> bool:
    if "proof" in form:
        return moderation.spend_proof(proof=form.get("proof", ""), report=number)
    return moderation.spend(sealed=form.get("question", ""), report=number, answer=form.get("answer", ""))


@require_GET
def export(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Everything stored about a report as a JSON file (GDPR, articles 15 and 20)."""
    own = _own_or_404(number, key)
    contact = getattr(own, "contact", None)
    arrivals = hurdles.arrivals_of(number, own.received_at)
    stored = {
        "report": _columns(own),
        "names": {name: str(getattr(own, name) or "") for name in ("carrier", "network", "land", "district", "town")},
        "contact": _columns(contact) if contact else None,
        "arrival": [_columns(arrival) for arrival in arrivals],
        "deleted_after": {str(kept.what): f"{kept.hours} h" for kept in retention.TABLE},
    }
    response = JsonResponse(stored, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="einzelfall-{number}.json"'
    patch_cache_control(response, private=True, no_store=True)
    return response


def _columns(row: Any) -> dict[str, Any]:
    """The stored columns of a row, with their names in the database."""
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


def _own_or_404(number: int, key: str) -> Report:
    """The report of a key, also while it waits."""
    if not is_key(key, CHANGE, number):
        number = 0  # numbers begin with 1
    return get_object_or_404(Report.objects.for_list(), number=number, withdrawn_at=None)
