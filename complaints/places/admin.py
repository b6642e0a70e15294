"""Places for the site's staff."""

from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from complaints.places.actions import new_edition
from complaints.places.models import Boundary, Place


class BoundaryInline(admin.StackedInline[Boundary, Place]):
    model = Boundary
    fields = readonly_fields = ("source",)
    verbose_name = verbose_name_plural = _("outline")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Place | None = None) -> bool:
        return False


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin[Place]):
    list_display = ("name", "kind", "land", "parent", "population")
    list_filter = ("kind", ("land", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("land", "parent")
    search_fields = ("name", "aliases", "code")
    autocomplete_fields = ("land", "parent")
    readonly_fields = ("geoname",)
    inlines = (BoundaryInline,)
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Place, form: ModelForm[Place], change: bool) -> None:
        """A change is noticed by every process within a minute."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            new_edition(f"{obj} changed in the admin")
