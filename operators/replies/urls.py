"""Addresses of answers: the public ones, and those of the inbox below /intern/postfach/."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from operators.replies import answering, correcting, views

urlpatterns = [
    path(_p("address", "case/<int:number>/not-my-case/<str:key>/"), views.dispute, name="answer-dispute"),
]
inbox = [
    path("", views.waiting, name="inbox"),
    path("gruppe/", views.cluster, name="inbox-cluster"),
    path("antwort/<int:number>/", correcting.correct, name="inbox-answer"),
    path("report/<int:number>/", answering.one, {"item": "report"}, name="inbox-report"),
    path("comment/<int:number>/", answering.one, {"item": "comment"}, name="inbox-comment"),
]
