"""Addresses of places and networks."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.figures import feeds, views

urlpatterns = [
    path(_p("address", "place/"), views.laender, name="laender"),
    path(_p("address", "place/<slug:land>/"), views.land, name="land"),
    path(_p("address", "place/<slug:land>/feed/"), feeds.land_feed, name="land-feed"),
    path(_p("address", "place/<slug:land>/follow/"), views.follow_land, name="land-follow"),
    path(_p("address", "place/<slug:land>/<slug:place>/"), views.place, name="place"),
    path(_p("address", "place/<slug:land>/<slug:place>/follow/"), views.follow_place, name="place-follow"),
    path(_p("address", "place/<slug:land>/<slug:place>/feed/"), feeds.place_feed, name="place-feed"),
    path(_p("address", "network/"), views.networks, name="networks"),
    path(_p("address", "network/<slug:slug>/"), views.carrier, name="carrier"),
    path(_p("address", "network/<slug:slug>/feed/"), feeds.carrier_feed, name="carrier-feed"),
]
