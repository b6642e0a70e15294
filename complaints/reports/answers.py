"""How a filing is answered: as pages to a browser's form, as JSON to a script that says so by `Accept`."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from complaints.base.keys import is_key, key_for
from complaints.reports.actions import Filed
from complaints.reports.forms import ReportForm
from complaints.reports.models import Report

CHANGE = "change"
RECEIPT = "receipt"
FRESH = timedelta(minutes=15)
"""How long the address to which a browser is sent shows the link to change: people share what the bar holds."""


class SeeOther(HttpResponseRedirect):
    status_code = 303


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def receipt_address(report: Report) -> str:
    """The receipt with its author's key, for those who keep it: scripts and mails."""
    return reverse("receipt", args=(report.number,)) + f"?key={key_for(CHANGE, report.number)}"


def fresh_address(report: Report) -> str:
    """The receipt as its author's for FRESH after it was filed or changed, and after that as everybody's."""
    return reverse("receipt", args=(report.number,)) + f"?neu={key_for(RECEIPT, report.number)}"


def is_fresh(report: Report) -> bool:
    """Whether it was filed or changed less than FRESH ago."""
    return timezone.now() - max(report.received_at, report.edited_at or report.received_at) < FRESH


def own_key(request: HttpRequest, report: Report) -> str:
    """The author's key where the address shows that its author asks, else nothing."""
    fresh = is_fresh(report) and is_key(request.GET.get("neu", ""), RECEIPT, report.number)
    return key_for(CHANGE, report.number) if fresh or is_key(request.GET.get("key", ""), CHANGE, report.number) else ""


def filed(request: HttpRequest, filed: Filed) -> HttpResponse:
    """303 to the receipt; as JSON 201 (new) or 200 (was here): number, receipt and both clocks."""
    report = filed.report
    if not wants_json(request):
        return SeeOther(fresh_address(report))
    answer = {
        "number": report.number,
        "receipt": receipt_address(report),
        "happened_at": timezone.localtime(report.happened_at).isoformat(timespec="seconds"),
        "received_at": timezone.localtime(report.received_at).isoformat(timespec="seconds"),
        "waiting": report.held_at is not None,
    }
    return JsonResponse(answer, status=201 if filed.created else 200)


def refused(request: HttpRequest, form: ReportForm) -> HttpResponse:
    """422: the form with what was typed; as JSON the sentences of each field."""
    if wants_json(request):
        return JsonResponse({"errors": form.errors}, status=422)
    return render(request, "complaints/reports/form.html", {"form": form}, status=422)
