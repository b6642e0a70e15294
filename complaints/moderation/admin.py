"""The queue of the site's own staff: objections and decisions; and the page that asks why before anything is done."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.messages import WARNING
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.moderation import exhibits
from complaints.moderation.actions import decide
from complaints.moderation.forms import DecisionForm
from complaints.moderation.models import Decision, Flag, Subject, Verb

NUMBER = re.compile(r"\s*(?:nr\.?|no\.?|#)?\s*(\d[\d.,]*)\s*", re.IGNORECASE)
"""The number of a case or comment as people and pages write it: 10192, 10.192, Nr. 10.192, #10192."""


def digits(text: str) -> str:
    """The bare number in a text that is one."""
    return re.sub(r"\D", "", text)


Decide = Callable[[Any, str, str, str], object]
"""Does something with one row: the row, the reason, the public note, the name of who decides."""


def asked_why(
    site_admin: admin.ModelAdmin[Any], request: HttpRequest, rows: QuerySet[Any], do: Decide, *, reason_needed: bool
) -> HttpResponse | None:
    """Asks for reason and note on a page of its own; when they are there, does it with each row and says so."""
    form = DecisionForm(request.POST if "decide" in request.POST else None)
    form.fields["reason"].required = reason_needed
    if not reason_needed:
        del form.fields["reason"]
    shown = list(rows)
    if shown and "reason" in form.fields:
        form.fields["reason"].initial = getattr(shown[0], "reason", "")
    if form.is_valid():
        _decide_all(site_admin, request, shown, do, form)
        return None
    if not shown:
        site_admin.message_user(request, _t("There is nothing to change: it stands like this already."), WARNING)
        return None
    thing = getattr(site_admin, "thing", None)
    for row in shown:
        row.said_about = thing(row) if thing else ""
    action = site_admin.get_actions(request).get(request.POST.get("action", ""))
    context = site_admin.admin_site.each_context(request) | {
        "title": action[2] if action else _t("Why?"),
        "opts": site_admin.opts,
        "form": form,
        "rows": shown,
        "action": request.POST.get("action", ""),
    }
    return TemplateResponse(request, "admin/decide.html", context, status=422 if form.is_bound else 200)


def _decide_all(
    site_admin: admin.ModelAdmin[Any], request: HttpRequest, rows: list[Any], do: Decide, form: DecisionForm
) -> None:
    """Does it, and says so only where the log has a new line for it."""
    own = Decision.objects.filter(by=str(request.user))
    before = own.count()
    for row in rows:
        do(row, form.cleaned_data.get("reason", ""), form.cleaned_data["note"], str(request.user))
    if own.count() > before:
        site_admin.message_user(request, _t("Done, and written into the public log."))
    else:
        site_admin.message_user(request, _t("There is nothing to change: it stands like this already."), WARNING)


def exhibited(row: Flag | Decision) -> SafeString | str:
    """What an objection or a decision is about, with its first words; as a link where it is public."""
    found = exhibits.find(row.subject, row.number)
    words = Truncator(found.text if found else exhibits.words(row.subject, row.number)).chars(160)
    if found is None:
        return format_html("{} {}<br>{}", row.get_subject_display(), row.number, words)
    return format_html('<a href="{}">{}</a><br>{}', found.address, found.title, words)


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Rows that are read and decided about, never typed. Deciding needs the right to change them.

    `fits` says by the name of an action about which rows it can decide; without an entry about all.
    """

    fits: ClassVar[Mapping[str, Callable[[Any], object]]] = {}

    show_full_result_count = False
    change_form_template = "admin/ruling.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With what can be decided about the row, as in the list."""
        row, every = context.get("original"), [action for action in self.get_actions(request).values() if action]
        fitting = [(name, words) for _do, name, words in every if name not in self.fits or self.fits[name](row)]
        context["rulings"] = fitting
        return super().render_change_form(request, context, *args, **kwargs)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"complaints.change_{self.opts.model_name}")


class OpenFilter(admin.SimpleListFilter):
    """Open flags, unless somebody asks for the others."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[Any, Any]]:
        return [("settled", _("settled")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Django calls the first one "all"; here it is what is open."""
        first, *others = list(super().choices(changelist) or ())
        yield {**first, "display": _("open")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Flag]) -> QuerySet[Flag]:
        if self.value() == "all":
            return queryset
        return queryset.exclude(settled_at=None) if self.value() == "settled" else queryset.filter(settled_at=None)


@admin.register(Flag)
class FlagAdmin(ReadOnlyAdmin):
    """What readers objected to, oldest first; each decision settles every open flag about the same thing."""

    list_display = ("flagged_at", "thing", "reason", "text", "settled_at")
    list_filter = (OpenFilter, "subject", "reason")
    ordering = ("flagged_at",)
    actions = ("hide", "keep")
    fits: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        "hide": lambda flag: flag.settled_at is None,
        "keep": lambda flag: flag.settled_at is None,
    }
    fields = ("thing", "reason", "text", "flagged_at", "settled_at")
    readonly_fields = ("thing",)
    list_per_page = 50

    @admin.display(description=_("subject"))
    def thing(self, flag: Flag) -> SafeString | str:
        return exhibited(flag)

    @admin.action(description=_("Hide what it is about"), permissions=["decide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Flag]) -> HttpResponse | None:
        return asked_why(self, request, queryset, _hide, reason_needed=True)

    @admin.action(description=_("Leave it standing"), permissions=["decide"])
    def keep(self, request: HttpRequest, queryset: QuerySet[Flag]) -> HttpResponse | None:
        return asked_why(self, request, queryset, _keep, reason_needed=False)


def _hide(flag: Flag, reason: str, note: str, by: str) -> None:
    if _is_open(flag):
        exhibits.hide(flag.subject, number=flag.number, reason=reason, note=note, by=by)


def _keep(flag: Flag, reason: str, note: str, by: str) -> None:
    if _is_open(flag):
        decide(subject=Subject(flag.subject), number=flag.number, verb=Verb.KEPT, reason=reason, note=note, by=by)


def _is_open(flag: Flag) -> bool:
    """Asked anew: the decision about another flag may have settled this one."""
    return Flag.objects.open().filter(pk=flag.pk).exists()


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """The log, with who decided."""

    list_display = ("decided_at", "subject", "number", "verb", "reason", "note", "by")
    list_filter = ("verb", "subject", "reason")
    search_fields = ("=number",)
    ordering = ("-decided_at",)
    actions = ("show",)
    fits: ClassVar[Mapping[str, Callable[[Any], object]]] = {"show": lambda decision: decision.can_be_undone}
    fields = ("thing", "verb", "reason", "note", "by", "decided_at")
    readonly_fields = ("thing",)

    @admin.display(description=_("subject"))
    def thing(self, decision: Decision) -> SafeString | str:
        return exhibited(decision)

    @admin.action(description=_("Show again what it is about"), permissions=["decide"])
    def show(self, request: HttpRequest, queryset: QuerySet[Decision]) -> HttpResponse | None:
        """Only what a chosen decision itself took out of sight, and no later one."""
        undone = [decision.pk for decision in queryset if decision.can_be_undone]
        return asked_why(self, request, queryset.filter(pk__in=undone), _show, reason_needed=False)


def _show(decision: Decision, reason: str, note: str, by: str) -> None:
    if decision.can_be_undone:
        exhibits.show(decision.subject, number=decision.number, note=note, by=by)
