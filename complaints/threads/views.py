"""Comments: written, found again, thanked for, changed and withdrawn by their authors."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from complaints.base.keys import is_key, key_for
from complaints.base.strangers import why_held
from complaints.moderation.models import Deed, Sending
from complaints.moderation.queries import Sender
from complaints.reports.admission import sender_of
from complaints.reports.answers import SeeOther
from complaints.reports.models import Report
from complaints.threads import actions, queries
from complaints.threads.forms import CommentForm, TextForm, written
from complaints.threads.models import Comment, Thread

OWN = "comment"
LARGEST = 1 << 62


@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_http_methods(["GET", "HEAD", "POST"])
def comment_on_report(request: HttpRequest, number: int) -> HttpResponse:
    """The form below a report; a valid comment is answered 303 to its author's page, an invalid one 422."""
    report = get_object_or_404(Report.objects.public().select_related("carrier"), number=min(number, LARGEST))
    return _write(request, actions.thread_of_report(report) if request.method == "POST" else None, report)


@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_http_methods(["GET", "HEAD", "POST"])
def comment_on_thread(request: HttpRequest, number: int) -> HttpResponse:
    """The same for any thread; `?antwort=` of the form's address is the comment to answer."""
    thread = get_object_or_404(Thread.objects.select_related("report"), pk=min(number, LARGEST))
    if not thread.is_public:
        raise Http404(_t("This report is not public any more."))
    return _write(request, thread, thread.report)


def _write(request: HttpRequest, thread: Thread | None, report: Report | None) -> HttpResponse:
    if request.method != "POST" or thread is None:
        form = CommentForm(initial=written(request.GET))
        return _form(request, thread, report, form)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _form(request, thread, report, form)
    try:
        return _say(request, thread, form)
    except actions.CannotAnswerError as error:
        alone = request.POST.copy()
        alone["parent"] = ""
        form = CommentForm(alone)
        form.add_error(None, str(error.sentence))
        return _form(request, thread, report, form)


def _form(request: HttpRequest, thread: Thread | None, report: Report | None, form: CommentForm) -> HttpResponse:
    asked = form["parent"].value()
    parent = _parent(thread, int(asked)) if thread and str(asked or "").isdecimal() else None
    context = {"form": form, "thread": thread, "report": report, "parent": parent}
    response = render(request, "complaints/threads/write.html", context, status=422 if form.is_bound else 200)
    patch_cache_control(response, no_store=True)
    return response


def _parent(thread: Thread, number: int) -> Comment | None:
    return (
        Comment.objects.readable().select_related("carrier").filter(thread=thread, number=min(number, LARGEST)).first()
    )


def _say(request: HttpRequest, thread: Thread, form: CommentForm) -> HttpResponse:
    asked = form.cleaned_data["parent"]
    parent = _parent(thread, asked) if asked else None
    if asked and parent is None:
        raise actions.CannotAnswerError
    sender = sender_of(request)
    said = actions.say(
        thread=thread,
        words=form.words(thread, parent, sender.connection.address),
        held_reason=_why_held(sender, f"{form.cleaned_data['name']} {form.cleaned_data['text']}"),
        sender=sender.connection.address,
        language=get_language() or "de",
    )
    return SeeOther(reverse("comment-own", args=(said.comment.number, key_for(OWN, said.comment.number))))


def _why_held(sender: Sender, text: str) -> str:
    """Many may share an address that is not a public one, so there nobody is counted."""
    known = sender.connection.known
    recent = Sending.objects.last_hour(Deed.COMMENT, sender.connection.address).count() if known else 0
    return why_held(text, recent=recent, trapped=sender.trapped, doubtful=sender.doubtful)


@require_safe
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """The permalink: 302 to the page of the thread where the comment stands now."""
    return HttpResponseRedirect(_place_of(_public_or_404(number), kommentar=number))


def _public_or_404(number: int) -> Comment:
    found = get_object_or_404(Comment.objects.public().select_related("thread__report"), number=min(number, LARGEST))
    if not found.thread.is_public:
        raise Http404(_t("This report is not public any more."))
    return found


def _place_of(comment: Comment, **query: int) -> str:
    page = queries.page_of(comment)
    if page > 1:
        query["seite"] = page
    return f"{queries.address_of(comment.thread)}{'?' * bool(query)}{urlencode(query)}#kommentar-{comment.number}"


@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_POST
def thank(request: HttpRequest, number: int) -> HttpResponse:
    """One tap, counted once a day for each connection; back to the comment either way."""
    found = _public_or_404(number)
    if found.is_readable:
        actions.thank(comment=found, sender=sender_of(request).connection.address)
    return SeeOther(_place_of(found, dank=found.number))


@csrf_exempt  # the signed key in the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """What only the author sees: whether the comment stands or waits, and for ten minutes the form to change it."""
    mine = _own_or_404(number, key)
    form = TextForm(request.POST) if request.method == "POST" else TextForm(initial={"text": mine.text})
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        if text == mine.text or actions.change(
            comment=mine, text=text, held_reason=_why_held(sender_of(request), text)
        ):
            return SeeOther(request.path)
        form.add_error("text", _t("The ten minutes are over, or somebody has hidden the comment. It stays as it was."))
    context = {"comment": mine, "form": form, "key": key, "thread_url": queries.address_of(mine.thread)}
    response = render(request, "complaints/threads/own.html", context, status=422 if form.is_bound else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _own_or_404(number: int, key: str) -> Comment:
    if not is_key(key, OWN, number):
        raise Http404(_t("This link does not belong to a comment."))
    return get_object_or_404(
        Comment.objects.select_related("thread", "carrier"), number=min(number, LARGEST), carrier=None
    )


@csrf_exempt  # the signed key in the address is the permission
@require_POST
def withdraw(request: HttpRequest, number: int, key: str) -> HttpResponse:
    mine = _own_or_404(number, key)
    actions.withdraw(comment=mine)
    return SeeOther(reverse("comment-own", args=(mine.number, key)))
