"""Tiles of the map as JSON."""

from django.http import HttpRequest, HttpResponse


def tile(request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    return HttpResponse(status=501)
