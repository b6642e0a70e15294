"""Addresses of comments."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.threads import views

urlpatterns = [
    path(_p("address", "case/<int:number>/comment/"), views.comment_on_report, name="report-comment"),
    path(_p("address", "thread/<int:number>/comment/"), views.comment_on_thread, name="thread-comment"),
    path(_p("address", "comment/<int:number>/"), views.comment, name="comment"),
    path(_p("address", "comment/<int:number>/helpful/"), views.thank, name="comment-thanks"),
    path(_p("address", "comment/<int:number>/<str:key>/"), views.own, name="comment-own"),
    path(_p("address", "comment/<int:number>/<str:key>/withdraw/"), views.withdraw, name="comment-withdraw"),
]
