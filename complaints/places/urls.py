"""Addresses of the suggestions for places."""

from django.urls import path

from complaints.places import api

urlpatterns = [
    path("orte.json", api.search, name="place-search"),
    path("orte/hier.json", api.here, name="place-here"),
]
