"""Comments in the admin of the site's own staff: the queue of what waits."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from complaints.moderation.admin import NUMBER, ReadOnlyAdmin, asked_why, digits
from complaints.threads import actions
from complaints.threads.models import Comment, CommentQuerySet

WHY_HELD = {
    "trap": _("a field was filled in that people do not see"),
    "token": _("the form was older or younger than people need"),
    "link": _("holds a link"),
    "many": _("many from one connection"),
}
"""In words what complaints/base/strangers.py says."""


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[Any, Any]]:
        return [("waiting", _("Waiting for a look")), ("hidden", _("hidden"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        if self.value() == "waiting":
            return queryset.filter(held_at__isnull=False, hidden_at=None, withdrawn_at=None)
        return queryset.exclude(hidden_at=None) if self.value() == "hidden" else queryset


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Read comments, release, reject, hide and show them; their words belong to their authors and are not edited."""

    list_display = ("__str__", "words", "below", "name", "said_at", "fate")
    list_filter = (StateFilter, ("held_reason", admin.EmptyFieldListFilter), "hidden_reason")
    list_select_related = ("carrier", "thread")
    search_fields = ("=number", "text", "name")
    search_help_text = _("A number, a name, or words of the text.")
    ordering = ("-number",)
    actions = ("release", "hide", "show")
    fits: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        "release": lambda row: row.held_at and not row.hidden_at,
        "hide": lambda row: not row.hidden_at,
        "show": lambda row: row.hidden_at,
    }
    exclude = ("submission", "path", "root", "thread", "parent", "held_reason")
    readonly_fields = ("below", "held_why")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = digits(search_term) if NUMBER.fullmatch(search_term) else search_term
        return super().get_search_results(request, queryset, term)

    @admin.display(description=_("text"))
    def words(self, comment: Comment) -> str:
        return Truncator(comment.text).chars(160)

    @admin.display(description=_("stands below"))
    def below(self, comment: Comment) -> SafeString:
        return format_html('<a href="{}">{}</a>', comment.thread.address, comment.thread.address)

    @admin.display(description=_("state"))
    def fate(self, comment: Comment) -> str:
        """Why it waits or was hidden; empty where it stands."""
        if comment.hidden_at:
            return comment.get_hidden_reason_display()
        return self.held_why(comment) if comment.held_at else ""

    @admin.display(description=_("why it is held"))
    def held_why(self, comment: Comment) -> str:
        return str(WHY_HELD.get(comment.held_reason, comment.held_reason))

    @admin.action(description=_("Release"), permissions=["decide"])
    def release(self, request: HttpRequest, queryset: CommentQuerySet) -> HttpResponse | None:
        return asked_why(self, request, queryset, _release, reason_needed=False)

    @admin.action(description=_("Hide or reject"), permissions=["decide"])
    def hide(self, request: HttpRequest, queryset: CommentQuerySet) -> HttpResponse | None:
        return asked_why(self, request, queryset, _hide, reason_needed=True)

    @admin.action(description=_("Show again"), permissions=["decide"])
    def show(self, request: HttpRequest, queryset: CommentQuerySet) -> HttpResponse | None:
        return asked_why(self, request, queryset, _show, reason_needed=False)


def _release(comment: Comment, reason: str, note: str, by: str) -> None:
    actions.release(comment=comment, note=note, by=by)


def _hide(comment: Comment, reason: str, note: str, by: str) -> None:
    actions.hide(comment=comment, reason=reason, note=note, by=by)


def _show(comment: Comment, reason: str, note: str, by: str) -> None:
    actions.show(comment=comment, note=note, by=by)
