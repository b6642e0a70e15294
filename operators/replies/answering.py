"""The page of one thing in the inbox: answer it, insert a text block, give it to a colleague, note something."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from complaints.base.tags import number as localized
from complaints.reports.answers import SeeOther
from complaints.reports.models import Report
from complaints.threads.actions import CannotAnswerError
from complaints.threads.models import Comment
from operators.replies import actions, inbox, queries, tasks
from operators.replies.actions import OvertakenError
from operators.replies.desk import Desk, at_desk
from operators.replies.forms import InboxForm, NoteForm, ReplyForm
from operators.replies.models import Item, Note, TextBlock
from operators.replies.views import again, page_context, reply_of, succeed, with_block


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def one(request: HttpRequest, desk: Desk, item: str, number: int) -> HttpResponse:
    """Something addressed to the desk's carrier, answered or not; POST says by `do` what happens with it."""
    row = _row_or_404(desk, Item(item), number)
    doing = {"answer": _answer, "assign": _assign, "note": _note}.get(request.POST.get("do", ""), _show)
    return doing(request, desk, row)


def _row_or_404(desk: Desk, item: Item, number: int) -> Report | Comment:
    found: Report | Comment | None
    if number > 1 << 62:
        raise Http404
    if item == Item.REPORT:
        found = Report.objects.all().public().for_list().filter(number=number, carrier=desk.carrier).first()
    else:
        own = Comment.objects.all().readable().filter(number=number, addressee=desk.carrier, carrier=None)
        found = own.select_related("thread__report", "parent").first()
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest,
    desk: Desk,
    row: Report | Comment,
    form: ReplyForm | None = None,
    note: NoteForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; with what was typed and its errors where there is any."""
    standing = _standing(desk, row)
    if form is None:
        known = {"submission": uuid4(), "seen": max((key for key, _answer in standing), default=0)}
        typed = with_block(request, desk) if request.method == "POST" else {}
        form = ReplyForm(initial=known | typed)
    context = page_context(request, desk, _t("Inbox")) | {
        "row": inbox.dressed(desk.carrier, [row])[0],
        "reply": form,
        "fresh": uuid4(),
        "note": note or _note_form(request),
        "standing": [answer for _key, answer in standing],
        "disputed": [given for given in queries.given(row) if given.disputed_at] if isinstance(row, Report) else [],
        "blocks": list(TextBlock.objects.filter(carrier=desk.carrier)),
        "colleagues": inbox.colleagues(desk.carrier),
    }
    return render(request, "operators/replies/one.html", context | more, status=status)


def _standing(desk: Desk, row: Report | Comment) -> list[tuple[int, object]]:
    """The answers that stand, each with the key by which a form says that its writer knew it."""
    if isinstance(row, Report):
        return [(answered.answer_id, answered.answer) for answered in queries.standing(row)]
    below = Comment.objects.all().readable().filter(parent=row, carrier=desk.carrier).order_by("number")
    return [(comment.number, comment) for comment in below]


def _answer(request: HttpRequest, desk: Desk, row: Report | Comment) -> HttpResponse:
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, desk, row, form, status=422)
    reply, seen = reply_of(form, desk), form.cleaned_data["seen"] or 0
    try:
        if isinstance(row, Report):
            given = actions.answer_report(number=row.number, reply=reply, seen=seen, tell=tasks.send_answer.enqueue)
            more = again(given.answer)
        else:
            actions.answer_comment(number=row.number, reply=reply, seen=seen)
            more = reverse("inbox-comment", args=(row.number,)) + f"?anbieter={desk.carrier.slug}"
    except OvertakenError:
        newest = max((key for key, _answer in _standing(desk, row)), default=0)
        return _show(request, desk, row, ReplyForm(request.POST.dict() | {"seen": newest}), status=409, overtaken=True)
    except CannotAnswerError:
        form.add_error(None, _t("This comment can no longer be answered; its thread is closed or it was removed."))
        return _show(request, desk, row, form, status=422)
    except (Report.DoesNotExist, Comment.DoesNotExist):
        form.add_error(None, _t("This was withdrawn or removed while you were writing."))
        return _show(request, desk, row, form, status=422)
    said = _t("Your answer to no. %(number)s is public now.") % {"number": localized(row.number)}
    if _note_form(request).is_valid():
        _write_note(request, desk, row)  # typed beside the answer, and not to be lost
    public = reverse("comment", args=(row.number,)) if isinstance(row, Comment) else row.get_absolute_url()
    succeed(request, said, ((public, _t("See it in public")), (more, _t("Correct or add"))))
    return _back(request, desk)


def _assign(request: HttpRequest, desk: Desk, row: Report | Comment) -> HttpResponse:
    chosen = request.POST.get("assignee", "")
    found = {str(user.pk): user for user in inbox.colleagues(desk.carrier)}
    if chosen and chosen not in found:
        messages.error(request, _t("This colleague cannot answer for %(carrier)s.") % {"carrier": desk.carrier.name})
        return _show(request, desk, row, status=422)
    actions.assign(carrier=desk.carrier, item=_item(row), number=row.number, assignee=found.get(chosen))
    messages.success(request, _t("Saved who looks after no. %(number)s.") % {"number": row.number})
    if _note_form(request).is_valid():
        _write_note(request, desk, row)  # both stand in one form, and nothing that was typed is lost
    return _go_on(request, desk, row) or _back(request, desk)


def _go_on(request: HttpRequest, desk: Desk, row: Report | Comment) -> HttpResponse | None:
    """The page again where an answer is begun, which only this page holds."""
    if not request.POST.get("text", "").strip():
        return None
    return _show(request, desk, row, note=NoteForm(prefix="note"))


def _item(row: Report | Comment) -> Item:
    return Item.REPORT if isinstance(row, Report) else Item.COMMENT


def _note_form(request: HttpRequest) -> NoteForm:
    is_meant = request.POST.get("note-text") or request.POST.get("do") == "note"
    return NoteForm(request.POST if is_meant else None, prefix="note", use_required_attribute=False)


def _note(request: HttpRequest, desk: Desk, row: Report | Comment) -> HttpResponse:
    form = _note_form(request)
    if not form.is_valid():
        return _show(request, desk, row, note=form, status=422)
    _write_note(request, desk, row)
    item, chosen = _item(row), request.POST.get("assignee", "")
    found = {str(user.pk): user for user in inbox.colleagues(desk.carrier)}
    if chosen in found:
        actions.assign(carrier=desk.carrier, item=item, number=row.number, assignee=found[chosen])
    here = SeeOther(reverse(f"inbox-{item.value}", args=(row.number,)) + f"?anbieter={desk.carrier.slug}")
    return _go_on(request, desk, row) or here


def _write_note(request: HttpRequest, desk: Desk, row: Report | Comment) -> None:
    """Stores the note of a valid form; the same words sent again are the same note."""
    form = _note_form(request)
    form.full_clean()
    by = (desk.user.first_name or desk.user.username)[:80]
    text = form.cleaned_data["text"]
    Note.objects.get_or_create(carrier=desk.carrier, item=_item(row), number=row.number, by=by, text=text)
    messages.success(request, _t("Your note is stored; only colleagues see it."))


def _back(request: HttpRequest, desk: Desk) -> HttpResponse:
    """To the inbox with the filters it had."""
    kept = {name: request.POST[f"filter_{name}"] for name in InboxForm.FILTERS if request.POST.get(f"filter_{name}")}
    return SeeOther(reverse("inbox") + "?" + urlencode({"anbieter": desk.carrier.slug} | kept))
