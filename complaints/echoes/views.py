"""The one tap on a report."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from complaints.echoes.actions import Tapped, file_echo
from complaints.echoes.forms import EchoForm
from complaints.reports.admission import sender_of
from complaints.reports.answers import SeeOther, wants_json
from complaints.reports.models import Report


@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_POST
def echo(request: HttpRequest, number: int) -> HttpResponse:
    """Stores an echo and answers 303 to the report; what is wrong is 422, 404 or 410 with a sentence.

    Who accepts JSON gets 201 (new) or 200 (was here): {"echoes": how many count now, "number": of the report, "thanks":
    address of the page that says both, "waiting": whether it counts only after a look}.
    """
    known = Report.objects.filter(number=number, hidden_at=None).first() if number < 1 << 62 else None
    if known and known.withdrawn_at:
        return _refused(request, _t("This report was withdrawn by its author."), 410)
    if known is None or known.held_at:
        return _refused(request, _t("There is no public report with this number."), 404)
    form = EchoForm(request.POST)
    if not form.is_valid():
        return _refused(request, " ".join(str(line) for lines in form.errors.values() for line in lines), 422)
    tapped = file_echo(tap=form.tap(number), sender=sender_of(request))
    return _taken(request, tapped, form.cleaned_data["kind"])


def _taken(request: HttpRequest, tapped: Tapped, kind: str) -> HttpResponse:
    said = "wartet" if tapped.held else kind
    thanks = f"{reverse('report', args=(tapped.number,))}?danke={said}#echoes"
    if not wants_json(request):
        return SeeOther(thanks)
    answer = {"echoes": tapped.echoes, "number": tapped.number, "thanks": thanks, "waiting": tapped.held}
    return JsonResponse(answer, status=201 if tapped.created else 200)


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"errors": {"echo": [sentence]}}, status=status)
    if status == 404:
        raise Http404(sentence)
    return render(request, "complaints/echoes/refused.html", {"sentence": sentence, "status": status}, status=status)
