"""Carriers in the admin of the site's own staff."""

from django.contrib import admin

from complaints.carriers.models import Carrier


@admin.register(Carrier)
class CarrierAdmin(admin.ModelAdmin[Carrier]):
    list_display = ("name", "runs_on", "tone", "closed_on")
    list_select_related = ("runs_on",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
