"""Addresses of the open data."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.opendata import views

urlpatterns = [
    path(_p("address", "data/"), views.data, name="open-data"),
]
