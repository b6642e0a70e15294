"""Addresses in the mails to followers."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.follows import views

urlpatterns = [
    path(_p("address", "follow/<int:number>/<str:key>/"), views.confirm, name="follow-confirm"),
    path(_p("address", "follow/<int:number>/<str:key>/end/"), views.end, name="follow-end"),
]
