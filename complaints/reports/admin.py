"""Reports in the admin of the site's own staff."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.moderation.admin import NUMBER, ReadOnlyAdmin, asked_why, digits
from complaints.moderation.log import why_removed
from complaints.moderation.models import Subject
from complaints.reports import rulings
from complaints.reports.models import Report, ReportQuerySet


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
class ReportAdmin(ReadOnlyAdmin):
    """Read reports, hide and show them; their words belong to their authors and are not edited."""

    list_display = ("number", "words", "carrier", "town", "received_at", "source", "stands")
    fields = (
        *("text", "name", "kinds", "carrier", "network", "town", "quarter", "precision", "happened_at", "received_at"),
        *("technology", "situation", "frequency", "device", "system", "hotline", "source", "status", "answered_at"),
        *("held_at", "held_reason", "hidden_at", "removal", "withdrawn_at"),
    )
    readonly_fields = ("kinds", "removal")
    list_filter = (WaitingFilter, "held_reason", "network", "source", ("hidden_at", admin.EmptyFieldListFilter))
    list_select_related = ("carrier", "town")
    search_fields = ("=number",)
    search_help_text = _("A case number, or words of the text.")
    ordering = ("-number",)
    actions = ("release", "reject", "hide", "show")
    fits: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        "release": lambda row: row.held_at and not row.hidden_at,
        "reject": lambda row: row.held_at and not row.hidden_at,
        "hide": lambda row: not row.hidden_at and not row.held_at,
        "show": lambda row: row.hidden_at,
    }

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Report], search_term: str
    ) -> tuple[QuerySet[Report], bool]:
        if not search_term or NUMBER.fullmatch(search_term):
            return super().get_search_results(request, queryset, digits(search_term))
        return cast(ReportQuerySet, queryset).saying(search_term), False

    @admin.display(description=_("text"))
    def words(self, report: Report) -> str:
        """What its author wrote, or else ticked."""
        return Truncator(report.text or self.kinds(report)).chars(120)

    @admin.display(description=_("state"))
    def stands(self, report: Report) -> str:
        """What keeps it from the public; empty where nothing does."""
        if report.withdrawn_at:
            return _t("withdrawn")
        if report.hidden_at:
            return _t("hidden")
        return f"{_t('waiting')}: {report.get_held_reason_display()}" if report.held_at else ""

    @admin.display(description=_("problems"))
    def kinds(self, report: Report) -> str:
        return ", ".join(str(problem.label) for problem in report.problem_list)

    @admin.display(description=_("why it is hidden"))
    def removal(self, report: Report) -> str:
        return why_removed(Subject.REPORT, report.number) if report.hidden_at else ""

    @admin.action(description=_("Release"), permissions=["decide"])
    def release(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse | None:
        return asked_why(self, request, queryset, _release, reason_needed=False)

    @admin.action(description=_("Reject"), permissions=["decide"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse | None:
        """Hides what waits; reports that are public already are left alone."""
        return asked_why(self, request, queryset.exclude(held_at=None), _hide, reason_needed=True)

    @admin.action(description=_("Hide from the public"), permissions=["decide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse | None:
        return asked_why(self, request, queryset, _hide, reason_needed=True)

    @admin.action(description=_("Show again"), permissions=["decide"])
    def show(self, request: HttpRequest, queryset: QuerySet[Report]) -> HttpResponse | None:
        return asked_why(self, request, queryset, _show, reason_needed=False)


def _release(report: Report, reason: str, note: str, by: str) -> None:
    rulings.release(report=report, note=note, by=by)


def _hide(report: Report, reason: str, note: str, by: str) -> None:
    rulings.hide(report=report, reason=reason, note=note, by=by)


def _show(report: Report, reason: str, note: str, by: str) -> None:
    rulings.show(report=report, note=note, by=by)
