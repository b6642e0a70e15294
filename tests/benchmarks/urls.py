"""The site's addresses, a view that only says hello and one that only inserts a row, for comparison."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from complaints.reports.news import TallyChange
from einzelfall.urls import handler400, handler403, handler404, handler500
from einzelfall.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


@csrf_exempt
def bare(request: HttpRequest) -> HttpResponse:
    """One row from a form body, without any check; the least a filing could do."""
    TallyChange.objects.create(
        sign=1,
        carrier_id=1,
        network_id=1,
        problems=len(request.POST),
        happened_on=date(2026, 1, 1),
        zorder=1 << 47,
        land_id=1,
    )
    return HttpResponse(status=303)


urlpatterns = [path("hello", hello), path("bare", bare), *site]
