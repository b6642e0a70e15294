"""Template tags about the map."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse

from complaints.base.tags import decimal

register = template.Library()


@dataclass(frozen=True)
class Ground:
    """What lies under the cells: the address of raster tiles or of a PMTiles file; both empty: the embedded map."""

    tiles: str
    pmtiles: str
    max_zoom: int


@register.simple_tag
def map_ground() -> Ground:
    """The basemap by the settings TILE_URL and PMTILES; the embedded one tells nothing more below zoom 14."""
    pmtiles = reverse("map-ground") if settings.PMTILES else ""
    tiles = "" if pmtiles else settings.TILE_URL
    return Ground(tiles, pmtiles, 17 if tiles or pmtiles else 14)


@register.filter
def per_100k(value: float) -> str:
    """A rate with two digits that count: 0,0012, 0,047, 0,59, 5,9, 59."""
    places = 0 if value >= 9.95 else 1 if value >= 0.995 else 2 if value >= 0.0995 else 3 if value >= 0.00995 else 4
    return decimal(value, places)
