"""Echoes that wait, in the admin of the site's own staff: a line for each report."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, Min, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base.tags import number as localized
from complaints.echoes import rulings
from complaints.echoes.models import Echo, Kind
from complaints.moderation.admin import ReadOnlyAdmin, asked_why


@admin.register(Echo)
class EchoAdmin(ReadOnlyAdmin):
    """Taps over a limit count nowhere until somebody releases them; nobody sees who tapped, for that is not stored."""

    list_display = ("case", "waiting", "kinds", "held_at")
    list_select_related = ("report",)
    search_fields = ("=report__number",)
    ordering = ("held_at",)
    actions = ("release", "drop")
    fields = ("report", "kind", "carrier", "happened_at", "received_at", "held_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Echo]:
        """The first echo that waits of each report, with how many there are; one query."""
        held = Echo.objects.held()
        firsts = held.order_by().values("report").annotate(first=Min("pk")).values("first")
        same = held.filter(report=OuterRef("report")).order_by().values("report")
        counts = {name: _counted(same.filter(kind=kind)) for name, kind in Kind.__members__.items()}
        rows: QuerySet[Echo] = super().get_queryset(request).filter(pk__in=firsts)
        return rows.annotate(all=_counted(same), **counts)

    @admin.display(description=_("report"), ordering="report")
    def case(self, echo: Echo) -> SafeString:
        title = _t("Case no. %s") % localized(echo.report_id)
        return format_html('<a href="{}">{}</a>', echo.report.get_absolute_url(), title)

    @admin.display(description=_("waiting"), ordering="all")
    def waiting(self, echo: Any) -> int:
        return int(echo.all)

    @admin.display(description=_("kind"))
    def kinds(self, echo: Any) -> str:
        counts = ((kind.label, getattr(echo, name)) for name, kind in Kind.__members__.items())
        return ", ".join(f"{count} × {label}" for label, count in counts if count)

    @admin.action(description=_("Release"), permissions=["decide"])
    def release(self, request: HttpRequest, queryset: QuerySet[Echo]) -> HttpResponse | None:
        """Lets all that wait on these reports count."""
        return asked_why(self, request, queryset, _release, reason_needed=False)

    @admin.action(description=_("Drop"), permissions=["decide"])
    def drop(self, request: HttpRequest, queryset: QuerySet[Echo]) -> HttpResponse | None:
        """Deletes all that wait on these reports."""
        return asked_why(self, request, queryset, _drop, reason_needed=True)


def _counted(rows: "QuerySet[Echo, Any]") -> Subquery:
    return Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField())


def _release(echo: Echo, reason: str, note: str, by: str) -> None:
    rulings.release(report=echo.report_id, note=note, by=by)


def _drop(echo: Echo, reason: str, note: str, by: str) -> None:
    rulings.drop(report=echo.report_id, reason=reason, note=note, by=by)
