"""Pages of reports: file one, its receipt, the report itself, the list."""

from uuid import uuid4

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.base import sharepicture
from complaints.base.inlinestyle import policy_source
from complaints.base.keys import is_key
from complaints.base.publicpage import public_page
from complaints.moderation.log import why_removed
from complaints.moderation.models import Subject
from complaints.places.models import Place
from complaints.places.tasks import ask_later
from complaints.reports import actions, answers, authors, likeness, queries, tasks
from complaints.reports.admission import admitted, admitted_edit
from complaints.reports.answers import CHANGE, SeeOther, fresh_address, is_fresh, own_key
from complaints.reports.filters import FilterForm, described
from complaints.reports.forms import ReportForm, prefilled, typed
from complaints.reports.models import Report


@csp_update({"style-src": [policy_source()]})  # the form brings its style with it
@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """The form; a valid report is stored and answered 303 to its receipt, an invalid one 422 with what was typed.

    Who accepts JSON gets the same answers as JSON: 201 for a new report, 200 for one that was here, 422.
    """
    if request.method == "POST":
        return _file(request)
    form = ReportForm(initial=prefilled(request.GET) | {"submission": uuid4()})
    response = render(request, "complaints/reports/form.html", {"form": form})
    patch_cache_control(response, no_store=True)  # the key inside belongs to one visitor
    return response


def _file(request: HttpRequest) -> HttpResponse:
    form = ReportForm(request.POST)
    if not form.is_valid():
        if form.unknown_place:
            ask_later(form.unknown_place)
        return answers.refused(request, form)
    filing = form.filing()
    if asked := likeness.question(request, filing):
        return asked
    language = get_language() or "de"
    filed = actions.file_report(
        filing=filing,
        language=language,
        on_contact=tasks.send_key.enqueue,
        admission=admitted(request, filing),
        repeats=likeness.repeats(filing, request.POST.get("own", "")),
    )
    return answers.filed(request, filed)


def _report_or_404(number: int, *, waiting: bool = False, gone: bool = False) -> Report:
    """A report that is public; one that waits for a look, or that was hidden, only where that is wanted."""
    if number > 1 << 62:
        raise Http404
    found = get_object_or_404(Report.objects.for_list(), number=number, **({} if gone else {"hidden_at": None}))
    if found.held_at and not (found.withdrawn_at or found.hidden_at or waiting):
        raise Http404(_t("This report still waits for a look and is not public yet."))
    return found


def _gone(request: HttpRequest, report: Report) -> HttpResponse | None:
    """410 with a sentence, for a report that its author withdrew or the site's staff hid."""
    if report.withdrawn_at:
        return render(request, "410.html", {"gone": report.number}, status=410)
    if report.hidden_at is None:
        return None
    why = {"title": _t("We have hidden this report."), "sentence": why_removed(Subject.REPORT, report.number)}
    return render(request, "410.html", why, status=410)


@require_safe
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """Whether the report is alone; its author's key in the address also shows the link to change it."""
    shown = _report_or_404(number, waiting=True, gone=True)
    if gone := _gone(request, shown):
        return gone
    key = own_key(request, shown)
    if shown.held_at:
        return authors.waiting(request, shown, key)
    context = {"report": shown, "receipt": queries.receipt(shown), "key": key, "fresh": is_fresh(shown)}
    response = render(request, "complaints/reports/receipt.html", context)
    patch_cache_control(response, **({"private": True, "no_store": True} if key else {"public": True, "max_age": 60}))
    return response


@require_safe
@public_page(queries.version)
def report(request: HttpRequest, number: int) -> HttpResponse:
    shown = _report_or_404(number, gone=True)
    if gone := _gone(request, shown):
        return gone
    return render(request, "complaints/reports/report.html", {"report": shown})


@require_safe
@public_page(queries.version, max_age=3600)
def picture(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt as a share picture, PNG, 1200 × 630."""
    shown = _report_or_404(number)
    if shown.withdrawn_at:
        raise Http404
    context = {"report": shown, "receipt": queries.receipt(shown), "site_is_demo": queries.has_demo_data()}
    text = render_to_string("complaints/reports/picture.txt", context)
    words = sharepicture.Words(*(part.strip() for part in text.strip().split("|")))
    return HttpResponse(sharepicture.draw(words), content_type="image/png")


def _own_report_or_404(number: int, key: str, *, ended: bool = False) -> Report:
    """The report of a key, with `ended` also one that was withdrawn or hidden."""
    if not is_key(key, CHANGE, number):
        raise Http404(_t("This link does not belong to a report."))
    rows = Report.objects.for_list()
    return get_object_or_404(rows if ended else rows.filter(withdrawn_at=None, hidden_at=None), number=number)


def _ended(request: HttpRequest, own: Report, key: str) -> HttpResponse:
    """What its author sees of a withdrawn report: what is gone; of a hidden one: why, and how to withdraw it."""
    why = "" if own.withdrawn_at else why_removed(Subject.REPORT, own.number)
    response = render(request, "complaints/reports/withdrawn.html", {"report": own, "key": key, "why": why}, status=410)
    patch_cache_control(response, private=True, no_store=True)
    return response


@csrf_exempt  # the signed key in the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The form with what the report says; POST replaces it."""
    own = _own_report_or_404(number, key, ended=True)
    if own.withdrawn_at or own.hidden_at:
        return _ended(request, own, key)
    form = ReportForm(request.POST, stored=own) if request.method == "POST" else ReportForm(initial=typed(own))
    if form.is_bound and form.is_valid():
        return _change(request, form, own)
    context = {"form": form, "report": own, "key": key}
    response = render(request, "complaints/reports/change.html", context, status=422 if form.is_bound else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _change(request: HttpRequest, form: ReportForm, own: Report) -> HttpResponse:
    language, filing = get_language() or "de", form.filing()
    try:
        actions.change_report(
            report=own,
            filing=filing,
            language=language,
            on_contact=tasks.send_key.enqueue,
            admission=admitted_edit(request, filing, own),
        )
    except Report.DoesNotExist as error:
        raise Http404 from error
    return SeeOther(fresh_address(own))


@csrf_exempt  # the signed key in the address is the permission
@require_POST
def withdraw(request: HttpRequest, number: int, key: str) -> HttpResponse:
    actions.withdraw_report(report=_own_report_or_404(number, key, ended=True))
    return SeeOther(reverse("report-change", args=(number, key)))


@require_safe
@public_page(queries.version)
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports of the filters in the address, newest first; `fragment` gives the bare list for the map's sheet."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return render(request, "complaints/reports/list.html", {"form": form}, status=400)
    if form.page > queries.LAST_PAGE:
        raise Http404(_t("The list does not go back this far. Please choose a period."))
    selection = form.selection()
    page = queries.list_page(selection, form.page)
    if form.page > 1 and not page.reports:
        raise Http404(_t("The list has no page with this number."))
    template = "_cases.html" if "fragment" in request.GET else "list.html"
    place = Place.objects.filter(pk=selection.place).first() if selection.place else None
    context = {"form": form, "selection": selection, "page": page, "today": timezone.localdate()}
    context["shown"] = described(selection, place)
    return render(request, f"complaints/reports/{template}", context)
