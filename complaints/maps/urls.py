"""Addresses of the map."""

from django.urls import path
from django.utils.translation import pgettext_lazy as _p

from complaints.maps import api, views

urlpatterns = [
    path(_p("address", "map/<int:zoom>/<int:x>/<int:y>.json"), api.tile, name="map-tile"),
    path(_p("address", "map/"), views.page, name="map"),
    path(_p("address", "map/cell/"), views.cell, name="map-cell"),
    path(_p("address", "map/view/"), views.seen, name="map-seen"),
    path(_p("address", "map.svg"), views.picture, name="map-picture"),
    path("basemap.pmtiles", views.ground, name="map-ground"),
]
