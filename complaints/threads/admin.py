"""Comments in the admin of the site's own staff: the queue of what waits."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from complaints.moderation.admin import ReadOnlyAdmin, asked_why
from complaints.threads import actions
from complaints.threads.models import Comment, CommentQuerySet


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

    list_display = ("number", "said_at", "name", "carrier", "text", "held_reason", "hidden_reason")
    list_filter = (StateFilter, ("held_reason", admin.EmptyFieldListFilter), "hidden_reason")
    list_select_related = ("carrier",)
    search_fields = ("=number",)
    ordering = ("-number",)
    actions = ("release", "hide", "show")
    exclude = ("submission", "path", "root")

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
