"""Feeds of a place and of a network or brand."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _t

from complaints.base.publicpage import public_page
from complaints.base.selection import Selection
from complaints.carriers.queries import by_slug
from complaints.figures.queries import of_carrier
from complaints.places.models import Place
from complaints.reports.feeds import ReportFeed
from complaints.reports.queries import version


class LandFeed(ReportFeed):
    def get_object(self, request: HttpRequest, land: str) -> Selection:
        return _of_place(get_object_or_404(Place.objects.laender(), slug=land), land)


class PlaceFeed(ReportFeed):
    def get_object(self, request: HttpRequest, land: str, place: str) -> Selection:
        return _of_place(get_object_or_404(Place, land__slug=land, slug=place), f"{land}/{place}")


class CarrierFeed(ReportFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Selection:
        carrier = by_slug(slug)
        if carrier is None:
            raise Http404(_t("We do not know this network."))
        return of_carrier(carrier)


def _of_place(place: Place, path: str) -> Selection:
    return Selection(place=place.pk, query=f"ort={path}")


land_feed = public_page(version)(LandFeed())
place_feed = public_page(version)(PlaceFeed())
carrier_feed = public_page(version)(CarrierFeed())
