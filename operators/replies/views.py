"""The inbox of carrier staff, answering one thing or a cluster; and the page where a reporter says "not my case"."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from complaints.base.keys import is_key
from complaints.reports.answers import CHANGE, SeeOther
from complaints.reports.models import Report
from operators.replies import actions, inbox, queries, tasks
from operators.replies.actions import OvertakenError, Reply, TooManyError
from operators.replies.desk import Desk, at_desk
from operators.replies.forms import ClusterForm, ClusterReplyForm, InboxForm, ReplyForm
from operators.replies.models import Answered, TextBlock


def page_context(request: HttpRequest, desk: Desk, title: str) -> dict[str, Any]:
    """What every page of the inbox wants: the admin's frame without its index of tables (40 queries), and the desk."""
    return {"has_permission": True, "site_url": "/", "desk": desk, "title": title}


@require_safe
@at_desk
def waiting(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What waits for an answer, longest first."""
    form = InboxForm(request.GET)
    context = page_context(request, desk, _t("Inbox")) | {"form": form}
    if not form.is_valid():
        return render(request, "operators/replies/inbox.html", context, status=422)
    query = request.GET.copy()
    query.pop("nach", None)
    context |= {
        "page": inbox.page(desk.carrier, form.wanted(desk.user)),
        "counts": inbox.counts(desk.carrier),
        "query": query.urlencode(),
        "reply": ReplyForm(initial={"submission": uuid4(), "seen": 0}, auto_id=False),
        "blocks": list(TextBlock.objects.filter(carrier=desk.carrier)),
        "colleagues": inbox.colleagues(desk.carrier),
    }
    return render(request, "operators/replies/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def cluster(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose alike reports, see them, answer all of them at once."""
    asked = request.POST if request.method == "POST" else request.GET
    context = page_context(request, desk, _t("Answer a cluster"))
    form = ClusterForm(asked) if "ort" in asked else ClusterForm(initial=_last_month())
    context |= {"form": form, "blocks": list(TextBlock.objects.filter(carrier=desk.carrier))}
    if not form.is_bound:
        context["proposals"] = queries.proposals(desk.carrier, timezone.now())
        return render(request, "operators/replies/cluster.html", context)
    if not form.is_valid():
        return render(request, "operators/replies/cluster.html", context, status=422)
    chosen = form.cluster(desk.carrier)
    if request.method == "POST":
        return _answer_cluster(request, desk, chosen, context)
    preview = queries.preview(chosen)
    initial = {"submission": uuid4(), "up_to": preview.newest}
    context |= {"cluster": chosen, "preview": preview, "reply": ClusterReplyForm(initial=initial)}
    return render(request, "operators/replies/cluster.html", context)


def _answer_cluster(request: HttpRequest, desk: Desk, chosen: queries.Cluster, context: dict[str, Any]) -> HttpResponse:
    form = ClusterReplyForm(with_block(request, desk))
    context |= {"cluster": chosen, "reply": form}
    if request.POST.get("do") == "block":
        context["preview"] = queries.preview(chosen)
        form.errors.clear()
        return render(request, "operators/replies/cluster.html", context)
    if form.is_valid():
        try:
            given = actions.answer_cluster(
                cluster=chosen,
                reply=reply_of(form, desk),
                up_to=form.cleaned_data["up_to"],
                tell=tasks.send_answer.enqueue,
            )
        except OvertakenError as error:
            context |= {"overtaken": True, "theirs": error.answer}
        except TooManyError:
            form.add_error(None, _t("These are too many reports for one answer. Please choose a smaller cluster."))
        else:
            sentence = ngettext("%(count)s report is answered.", "%(count)s reports are answered.", given.count)
            first = given.answer.answered.order_by("report").first()
            public = reverse("report", args=(first.report_id,)) if first else reverse("report-list")
            said = sentence % {"count": given.count}
            messages.success(
                request, format_html('{} <a href="{}#antwort">{}</a>', said, public, _t("See it in public"))
            )
            return SeeOther(reverse("inbox") + f"?anbieter={desk.carrier.slug}")
    context["preview"] = queries.preview(chosen)
    return render(request, "operators/replies/cluster.html", context, status=409 if "overtaken" in context else 422)


def with_block(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """What was posted; where a text block was asked for, it is added to the text."""
    posted = {name: request.POST[name] for name in request.POST}
    block = TextBlock.objects.filter(carrier=desk.carrier, pk=_number(request.POST.get("block", "")))
    if request.POST.get("do") == "block" and (found := block.first()):
        posted["text"] = f"{posted.get('text', '')}\n\n{found.text}".strip()
    return posted


def reply_of(form: ReplyForm, desk: Desk) -> Reply:
    data = form.cleaned_data
    return Reply(data["submission"], desk.carrier, desk.user, data["text"], data["fixed"])


def _number(text: str) -> int:
    """The key in a field; 0, which no row has, for what is none."""
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _last_month() -> dict[str, Any]:
    today = timezone.localdate()
    return {"von": today - timedelta(days=queries.PROPOSED_DAYS), "bis": today}


@csrf_exempt  # the signed key in the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """A reporter's word that an answer is not about their report; GET asks, POST takes it out."""
    if not is_key(key, CHANGE, number):
        raise Http404(_t("This link does not belong to a report."))
    report = get_object_or_404(Report.objects.for_list(), number=number, hidden_at=None, withdrawn_at=None)
    if request.method == "POST":
        answered = Answered.objects.filter(report=report, pk=_number(request.POST.get("answered", "")))
        actions.dispute(answered=get_object_or_404(answered))
        return SeeOther(reverse("answer-dispute", args=(number, key)) + "?danke")
    answers = queries.standing(report)
    context = {"report": report, "answers": answers, "key": key, "done": "danke" in request.GET}
    response = render(request, "operators/replies/dispute.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response
