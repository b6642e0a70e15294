"""Reports in the admin of the site's own staff."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from complaints.reports import actions
from complaints.reports.models import Report


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    """Read reports, hide and show them; their words belong to their authors and are not edited."""

    list_display = ("number", "carrier", "town", "happened_at", "received_at", "source", "hidden_at", "withdrawn_at")
    list_filter = ("network", "source", ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("carrier", "town")
    search_fields = ("=number",)
    ordering = ("-number",)
    show_full_result_count = False
    actions = ("hide", "show")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def has_hide_permission(self, request: HttpRequest) -> bool:
        """Hiding needs the right to change reports, although no form changes them."""
        return request.user.has_perm("complaints.change_report")

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
