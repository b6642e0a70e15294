"""The map page and the map as a picture."""

from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=501)


def picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=501)
