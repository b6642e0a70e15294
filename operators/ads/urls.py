"""Addresses of ads: their frames, their pictures, the links that count."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from operators.ads import views

urlpatterns = [
    path(_p("address", "advertising/"), views.ledger, name="ad-ledger"),
    path("werbung/bild/<uuid:key>.webp", views.picture, name="ad-picture"),
    path(_p("address", "advertising/slot/<str:slot>/<str:device>/"), views.frame, name="ad-frame"),
    path(_p("address", "advertising/click/<str:token>/"), views.click, name="ad-click"),
]
