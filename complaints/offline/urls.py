"""Addresses of what a phone keeps: the service worker, the manifests, the page of kept reports."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.offline import views

urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path(_p("address", "report/kept/"), views.kept, name="report-kept"),
]
