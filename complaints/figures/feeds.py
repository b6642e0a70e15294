"""Feeds of a place and of a network or brand."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _t

from complaints.base.publicpage import public_page
from complaints.base.selection import Selection
from complaints.carriers.queries import by_slug
from complaints.figures.queries import of_carrier
from complaints.places.models import Place
from complaints.reports.feeds import Channel, ReportFeed
from complaints.reports.queries import version


class LandFeed(ReportFeed):
    def get_object(self, request: HttpRequest, land: str) -> Channel:
        place = get_object_or_404(Place.objects.laender(), slug=land)
        return Channel(Selection(place=place.pk), place.name, reverse("land", args=(land,)))


class PlaceFeed(ReportFeed):
    def get_object(self, request: HttpRequest, land: str, place: str) -> Channel:
        found = get_object_or_404(Place, land__slug=land, slug=place)
        return Channel(Selection(place=found.pk), found.name, reverse("place", args=(land, place)))


class CarrierFeed(ReportFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Channel:
        carrier = by_slug(slug)
        if carrier is None:
            raise Http404(_t("We do not know this network."))
        return Channel(of_carrier(carrier), carrier.name, reverse("carrier", args=(slug,)))


land_feed = public_page(version)(LandFeed())
place_feed = public_page(version)(PlaceFeed())
carrier_feed = public_page(version)(CarrierFeed())
