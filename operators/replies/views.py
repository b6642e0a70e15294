"""The inbox of carrier staff, answering one thing or a cluster; and the page where a reporter says "not my case"."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from complaints.base.keys import is_key
from complaints.places.forms import typed_of
from complaints.reports.answers import CHANGE, SeeOther
from complaints.reports.models import Report
from operators.replies import actions, inbox, queries, tasks
from operators.replies.actions import OvertakenError, Reply, TooManyError
from operators.replies.desk import Desk, at_desk
from operators.replies.forms import ClusterForm, ClusterReplyForm, InboxForm, ReplyForm
from operators.replies.models import Answer, Answered, TextBlock

NEXT = "neu"
"""Prefix of the fields for another cluster than the one that is shown."""


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
        "recent": queries.recent(desk.carrier),
        "query": query.urlencode(),
        "reply": ReplyForm(initial={"submission": uuid4(), "seen": 0}, auto_id=False),
        "blocks": list(TextBlock.objects.filter(carrier=desk.carrier)),
        "colleagues": inbox.colleagues(desk.carrier),
    }
    return render(request, "operators/replies/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def cluster(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Choose alike reports, see them, answer all of them at once; another choice keeps the answer begun."""
    context = page_context(request, desk, _t("Answer a cluster"))
    context["blocks"] = list(TextBlock.objects.filter(carrier=desk.carrier))
    if request.method == "POST":
        return _posted(request, desk, context)
    form = ClusterForm(request.GET) if "ort" in request.GET else ClusterForm(initial=_last_month())
    if not form.is_bound:
        context |= {"form": form, "proposals": queries.proposals(desk.carrier, timezone.now())}
        return render(request, "operators/replies/cluster.html", context)
    if not form.is_valid():
        return render(request, "operators/replies/cluster.html", context | {"form": form}, status=422)
    return _shown(request, form.cluster(desk.carrier), context)


def _posted(request: HttpRequest, desk: Desk, context: dict[str, Any]) -> HttpResponse:
    """An answer is to the choice that was shown; `do=show` shows the one in the fields NEXT instead, if it is valid."""
    shown, other = ClusterForm(request.POST), None
    if request.POST.get("do") == "show":
        other = ClusterForm(request.POST, prefix=NEXT)
        shown = other if other.is_valid() else shown
    if not shown.is_valid():
        return render(request, "operators/replies/cluster.html", context | {"form": shown}, status=422)
    chosen = shown.cluster(desk.carrier)
    if request.POST.get("do") == "answer":
        if f"{NEXT}-ort" not in request.POST:
            return _answer_cluster(request, desk, chosen, context)
        other = ClusterForm(request.POST, prefix=NEXT)
        if other.is_valid() and other.cluster(desk.carrier) == chosen:
            return _answer_cluster(request, desk, chosen, context)
        context["changed"] = True  # nobody answers what they have not seen
        chosen = other.cluster(desk.carrier) if other.is_valid() else chosen
    return _shown(request, chosen, context, with_block(request, desk), other)


def _shown(
    request: HttpRequest,
    chosen: queries.Cluster,
    context: dict[str, Any],
    typed: dict[str, Any] | None = None,
    other: ClusterForm | None = None,
) -> HttpResponse:
    """What an answer to a cluster would reach, with what is typed of it so far, and `other`, a choice that fails."""
    preview, typed = queries.preview(chosen), typed or {}
    initial = {"submission": uuid4(), "up_to": preview.newest, "text": typed.get("text"), "fixed": typed.get("fixed")}
    failed = other is not None and not other.is_valid()
    context |= {"cluster": chosen, "preview": preview, "reply": ClusterReplyForm(initial=initial)}
    context["form"] = other if failed else _of(chosen)
    status = 422 if failed else 409 if "changed" in context else 200
    return render(request, "operators/replies/cluster.html", context, status=status)


def _of(chosen: queries.Cluster) -> ClusterForm:
    """The fields for another choice, filled with this one."""
    problems = [problem.value for problem in chosen.problem_list]
    values = {"ort": typed_of([chosen.place]), "problem": problems, "von": chosen.since, "bis": chosen.until}
    return ClusterForm(prefix=NEXT, initial=values)


def _answer_cluster(request: HttpRequest, desk: Desk, chosen: queries.Cluster, context: dict[str, Any]) -> HttpResponse:
    form = ClusterReplyForm(request.POST)
    context |= {"cluster": chosen, "reply": form, "form": _of(chosen)}
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
            sentence = ngettext(
                "%(count)s report from %(place)s is answered.",
                "%(count)s reports from %(place)s are answered.",
                given.count,
            )
            first = given.answer.answered.order_by("report").first()
            public = reverse("report", args=(first.report_id,)) if first else reverse("report-list")
            links = ((f"{public}#antwort", _t("See it in public")), (again(given.answer), _t("Correct or add")))
            succeed(request, sentence % {"count": given.count, "place": chosen.place.name}, links)
            return SeeOther(reverse("inbox") + f"?anbieter={desk.carrier.slug}")
    context["preview"] = queries.preview(chosen)
    return render(request, "operators/replies/cluster.html", context, status=409 if "overtaken" in context else 422)


def again(answer: Answer) -> str:
    """The address where a carrier corrects an answer."""
    return reverse("inbox-answer", args=(answer.pk,)) + f"?anbieter={answer.carrier.slug}"


def succeed(request: HttpRequest, said: str, links: Iterable[tuple[str, str]]) -> None:
    """Says what was done, with links to see it and to go on."""
    joined = format_html_join(" · ", '<a href="{}">{}</a>', links)
    messages.success(request, format_html("{} {}", said, joined))


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
