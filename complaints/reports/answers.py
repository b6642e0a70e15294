"""How a filing is answered: as pages to a browser's form, as JSON to a script that says so by `Accept`."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from complaints.base.keys import key_for
from complaints.reports.actions import Filed
from complaints.reports.forms import ReportForm
from complaints.reports.models import Report

CHANGE = "change"


class SeeOther(HttpResponseRedirect):
    status_code = 303


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def receipt_address(report: Report) -> str:
    """The receipt with its author's key."""
    return reverse("receipt", args=(report.number,)) + f"?key={key_for(CHANGE, report.number)}"


def filed(request: HttpRequest, filed: Filed) -> HttpResponse:
    """303 to the receipt; as JSON 201 (new) or 200 (was here): number, receipt and both clocks."""
    report, address = filed.report, receipt_address(filed.report)
    if not wants_json(request):
        return SeeOther(address)
    answer = {
        "number": report.number,
        "receipt": address,
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
