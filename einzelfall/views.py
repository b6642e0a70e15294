"""The home page and the error pages."""

import sys
from datetime import timedelta

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaints.base.publicpage import public_page
from complaints.base.selection import Selection
from complaints.figures import queries as figures
from complaints.figures import shares
from complaints.figures.bursts import bursts
from complaints.maps import queries as maps
from complaints.reports.queries import days, newest, version

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@require_safe
@public_page(version)
def home(request: HttpRequest) -> HttpResponse:
    """The number, the map, the worst places, the newest cases."""
    today = timezone.localdate()
    month = Selection(since=today - timedelta(days=29), until=today)
    year = Selection(since=figures.since_of("365", today))
    networks = shares.by_network(month)
    struck = figures.burst_ranking(figures.ranking(month), bursts(month, today)).by_rate
    context = {
        "count": maps.totals(Selection()),
        "recent": maps.totals(month),
        "ranking": figures.burst_ranking(figures.ranking(year), bursts(year, today)),
        "year": year,
        "begun": figures.begun(year.since),
        "first": days()[0],
        "newest": newest(Selection(), 6),
        "networks": networks,
        "telling": figures.telling(struck, max((share.count for share in networks), default=0)),
    }
    return render(request, "home.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the request is larger than we read."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    return render(request, f"{status}.html", status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"sentence": own_sentence(exception)}, status=404)


def own_sentence(exception: Exception) -> str:
    """What our own code said about a missing page; empty for Django's inner messages."""
    said = exception.args[0] if exception.args else ""
    return said if isinstance(said, str) and not said.endswith("matches the given query.") else ""


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away; without the request, as its context processors may be what failed."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(get_template("503.html").render(), status=503, headers={"Retry-After": "60"})
    return HttpResponse(get_template("500.html").render(), status=500)
