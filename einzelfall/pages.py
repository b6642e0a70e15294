"""Pages of prose, robots.txt and the sitemap."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from complaints.base import retention
from complaints.base.memo import for_seconds
from complaints.base.publicpage import public_page
from complaints.carriers import queries as carriers
from complaints.echoes.models import Echo
from complaints.places.models import Place
from complaints.reports.queries import has_demo_data, waiting_count

PAGES = ("help", "method", "privacy", "imprint", "accessibility")
LISTS = ("ad-ledger", "answer-board", "home", "map", "report-list", "report-new", "open-data", *PAGES)
MIN_INHABITANTS = 20_000
"""Towns below are found through their Land; the sitemap stays small and cheap."""
DAY = 86_400
FORBIDDEN = ("/intern/", "/werbung/platz/", "/werbung/klick/", "/en/advertising/slot/", "/en/advertising/click/")
"""What programs should not follow."""


def version() -> str:
    """The prose itself is in the ETag by its files; only two strips of data change without them."""
    return f"{has_demo_data()} {waiting_count()}"


def prose_version() -> str:
    return f"{version()} {waiting_echoes()}"


@for_seconds(60)
def waiting_echoes() -> int:
    """How many taps are kept out of all figures; asked once a minute."""
    return Echo.objects.held().count()


@public_page(prose_version, max_age=300)
def prose(request: HttpRequest, page: str) -> HttpResponse:
    """One of PAGES in the visitor's language; a template for each."""
    context = {"operator": settings.SITE_OPERATOR, "kept": retention.TABLE, "waiting": waiting_count()}
    context["echoes"] = waiting_echoes()
    return render(request, f"pages/{page}.{translation.get_language()}.html", context)


@public_page(version, max_age=DAY)
def robots(request: HttpRequest) -> HttpResponse:
    lines = (
        "User-agent: *",
        *(f"Disallow: {path}" for path in FORBIDDEN),
        "",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    )
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page(version, max_age=DAY)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages that stay, in both languages: prose, lists, Länder, bigger towns, carriers. One query."""
    root = request.build_absolute_uri("/")[:-1]
    addresses = [root + path for path in lasting_paths()]
    return render(request, "sitemap.xml", {"addresses": addresses}, content_type="application/xml")


def lasting_paths() -> Iterator[str]:
    """Paths of the sitemap; a feature that has no address yet is left out."""
    named: list[tuple[str, tuple[str, ...]]] = [(name, ()) for name in LISTS]
    named += [("carrier", (row.slug,)) for row in carriers.carriers()]
    places = Place.objects.laender() | Place.objects.towns().filter(population__gte=MIN_INHABITANTS)
    for land, slug in places.order_by("slug").values_list("land__slug", "slug"):
        named.append(("place", (land, slug)) if land else ("land", (slug,)))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, words in named:
                try:
                    yield reverse(name, args=words)
                except NoReverseMatch:
                    continue
