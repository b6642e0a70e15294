"""The address of echoes."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.echoes import views

urlpatterns = [
    path(_p("address", "case/<int:number>/echo/"), views.echo, name="echo"),
]
