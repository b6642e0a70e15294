"""Addresses of the hurdles."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.moderation import feeds, views

urlpatterns = [
    path(_p("address", "report/token.json"), views.token, name="form-token"),
    path(_p("address", "objection/<str:subject>/<int:number>/"), views.flag, name="flag"),
    path(_p("address", "moderation/"), views.log_view, name="moderation-log"),
    path(_p("address", "moderation/feed/"), feeds.decision_feed, name="moderation-feed"),
]
