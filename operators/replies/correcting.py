"""The page where a carrier adds to an answer that it gave, so that what was wrong is put right in public."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from complaints.reports.answers import SeeOther
from operators.replies import actions, queries, tasks
from operators.replies.desk import Desk, at_desk
from operators.replies.forms import ReplyForm
from operators.replies.models import Answer, TextBlock
from operators.replies.views import page_context, reply_of, succeed, with_block

LARGEST_KEY = 1 << 62


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def correct(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Another answer to all reports that one stands at; what was said stays."""
    answers = Answer.objects.filter(carrier=desk.carrier, hidden_at=None, pk=min(number, LARGEST_KEY))
    first = get_object_or_404(answers.select_related("carrier", "place"))
    typed = with_block(request, desk) if request.method == "POST" else {"submission": uuid4()}
    form, status = ReplyForm(initial=typed), 200
    if request.POST.get("do") == "answer":
        form, status = ReplyForm(request.POST), 422
        if form.is_valid():
            try:
                return _given(desk, request, actions.answer_again(first=first, reply=reply_of(form, desk), tell=tell))
            except actions.OvertakenError:
                form.add_error(None, _t("No public report is left to which this answer stands."))
    context = page_context(request, desk, _t("Correct or add to an answer")) | {
        "first": first,
        "count": queries.standing_at(first),
        "case": queries.first_case(first),
        "disputed": first.answered.exclude(disputed_at=None).order_by("pk").first(),
        "reply": form,
        "blocks": list(TextBlock.objects.filter(carrier=desk.carrier)),
    }
    return render(request, "operators/replies/again.html", context, status=status)


def tell(answered: int) -> object:
    return tasks.send_answer.enqueue(answered)


def _given(desk: Desk, request: HttpRequest, given: actions.Given) -> HttpResponse:
    said = ngettext(
        "What you added stands at %(count)s report.", "What you added stands at %(count)s reports.", given.count
    )
    case = queries.first_case(given.answer)
    public = case.get_absolute_url() if case else reverse("report-list")
    succeed(request, said % {"count": given.count}, ((f"{public}#antwort", _t("See it in public")),))
    return SeeOther(reverse("inbox") + f"?anbieter={desk.carrier.slug}")
