"""Reports in the admin of the site's own staff."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from complaints.reports import actions
from complaints.reports.models import Report


class WaitingFilter(admin.SimpleListFilter):
    """The reports that somebody should look at."""

    title = _("waiting")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Report]) -> list[tuple[Any, Any]]:
        return [("yes", _("Waiting for a look"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() != "yes":
            return queryset
        return queryset.filter(held_at__isnull=False, hidden_at=None, withdrawn_at=None)


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    """Read reports, hide and show them; their words belong to their authors and are not edited."""

    list_display = (
        "number",
        "carrier",
        "town",
        "happened_at",
        "received_at",
        "source",
        "held_at",
        "held_reason",
        "hidden_at",
    )
    list_filter = (WaitingFilter, "held_reason", "network", "source", ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("carrier", "town")
    search_fields = ("=number",)
    ordering = ("-number",)
    show_full_result_count = False
    actions = ("release", "reject", "hide", "show")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_hide_permission(self, request: HttpRequest) -> bool:
        """Hiding needs the right to change reports, although no form changes them."""
        return request.user.has_perm("complaints.change_report")

    @admin.action(description=_("Release"), permissions=["hide"])
    def release(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        for report in queryset:
            actions.release_report(report=report)
        self.message_user(request, _("Released: public, and counted in all figures."))

    @admin.action(description=_("Reject"), permissions=["hide"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        """Hides what waits; reports that are public already are left alone."""
        for report in queryset.exclude(held_at=None):
            actions.hide_report(report=report)
        self.message_user(request, _("Rejected: never public, never counted."))

    @admin.action(description=_("Hide from the public"), permissions=["hide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        for report in queryset:
            actions.hide_report(report=report)
        self.message_user(request, _("Hidden, and taken out of all figures."))

    @admin.action(description=_("Show again"), permissions=["hide"])
    def show(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        for report in queryset:
            actions.show_report(report=report)
        self.message_user(request, _("Public again, and back in all figures."))
