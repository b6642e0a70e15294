"""The site's addresses and a view that only says hello, for comparison."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from einzelfall.urls import handler400, handler403, handler404, handler500
from einzelfall.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("hello", hello), *site]
