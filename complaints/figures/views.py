"""Pages of places, networks and brands."""

from dataclasses import replace
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from complaints.base.publicpage import public_page
from complaints.base.selection import Selection
from complaints.carriers.queries import brands, by_id, by_slug
from complaints.carriers.queries import networks as all_networks
from complaints.figures import actions, queries, shares
from complaints.figures.begins import begins, late
from complaints.figures.bursts import bursts
from complaints.figures.delays import delay
from complaints.figures.forms import FollowForm, Period, PeriodForm
from complaints.maps.queries import place_count, totals
from complaints.places.models import Place
from complaints.places.queries import Found, breadcrumbs, knows_postcodes, search
from complaints.reports.admission import sender_of
from complaints.reports.answers import SeeOther
from complaints.reports.filters import TROUBLE
from complaints.reports.queries import days, newest, version

NEWEST = 8
QUERY_LIMIT = 120
RANKED = 15


def _period(request: HttpRequest) -> Period:
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form.period()


@require_safe
@public_page(version)
def laender(request: HttpRequest) -> HttpResponse:
    """All Länder with their rates, and the towns compared; `ort` leads to the page of a place that was typed."""
    asked = request.GET.get("ort", "").strip()[:QUERY_LIMIT]
    found = search(asked) if asked else Found((), certain=False)
    pages = queries.pages_of(found)
    if found.certain and pages:
        return redirect(pages[0].address)
    period = _period(request)
    rows = queries.standings(Place.objects.laender(), period.selection)
    rows.sort(key=lambda row: -(row.rate.value if row.rate else 0))
    burst = bursts(period.selection, period.last)
    context = {
        "rows": queries.with_bursts(rows, burst),
        "ranking": queries.burst_ranking(queries.ranking(period.selection), burst),
        "period": period,
    }
    context |= _reach(period)
    context |= {"asked": asked, "pages": pages, "codeless": asked.isdecimal() and not knows_postcodes()}
    return render(request, "complaints/figures/laender.html", context)


@require_safe
@public_page(version)
def land(request: HttpRequest, land: str) -> HttpResponse:
    return _place_page(request, get_object_or_404(Place.objects.laender(), slug=land), land)


@require_safe
@public_page(version)
def place(request: HttpRequest, land: str, place: str) -> HttpResponse:
    found = get_object_or_404(Place.objects.select_related("land", "parent"), land__slug=land, slug=place)
    return _place_page(request, found, f"{land}/{place}")


def _reach(period: Period) -> dict[str, date | None]:
    """`first`, where everything begins, for a period without a first day; `begun`, where reports come late in one."""
    return {"first": None if period.since else days()[0], "begun": queries.begun(period.since)}


def _dated(filters: str, period: Period) -> str:
    """The reports behind a figure as a query string with fixed days, so that a link means them tomorrow too."""
    since = f"&von={period.since}" if period.since else ""
    return f"{filters}&problem={TROUBLE}{since}&bis={period.last}"


def _place_page(request: HttpRequest, place: Place, path: str) -> HttpResponse:
    period = _period(request)
    selection = period.selection
    here = replace(selection, place=place.pk)
    ranking = queries.ranking(selection)
    week = Selection(since=period.last - timedelta(days=6), until=period.last)
    towns = queries.ranking(selection, land=place.pk) if place.land_id is None else None
    burst = bursts(selection, period.last)
    ranked = queries.with_bursts(towns.by_rate[:RANKED], burst) if towns else ()
    networks = shares.by_network(selection, place.pk)
    context = {
        "place": place,
        "dated": _dated(f"ort={path}", period),
        "feed": f"{request.path}feed/",
        "follow": reverse("place-follow" if place.land_id else "land-follow", args=path.split("/")),
        "period": period,
        "above": breadcrumbs(place),
        "standing": queries.standing(place, selection),
        "rank": ranking.of(place.pk),
        "compared": ranking.compared,
        "towns": ranked,
        "trend": queries.trend(Selection(), period.name, period.last, place.pk),
        "burst": (found := burst(place.pk)),
        "struck": shares.by_network(Selection(since=found.first, until=found.last), place.pk)[:1] if found else (),
        "recent": 0 if period.fixed else place_count(week, place.pk).trouble,
        "networks": networks,
        "late": () if period.since else late(networks),
        "telling": queries.telling(ranked, max((share.count for share in networks), default=0)),
        "kinds": shares.kinds(here),
        "delay": delay(here),
        "newest": newest(Selection(place=place.pk, until=selection.until), NEWEST),
    }
    context |= _reach(period)
    return render(request, "complaints/figures/place.html", context)


@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_http_methods(["GET", "HEAD", "POST"])
def follow_land(request: HttpRequest, land: str) -> HttpResponse:
    """The form to hear by e-mail of a Land; a valid address is answered 303 to "look into your letter box"."""
    return _follow(request, get_object_or_404(Place.objects.laender(), slug=land))


@csrf_exempt  # visitors have no session that a foreign page could ride on
@require_http_methods(["GET", "HEAD", "POST"])
def follow_place(request: HttpRequest, land: str, place: str) -> HttpResponse:
    """The same for any other place."""
    return _follow(request, get_object_or_404(Place.objects.select_related("land"), land__slug=land, slug=place))


def _follow(request: HttpRequest, place: Place) -> HttpResponse:
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        language, sender = get_language() or "de", sender_of(request)
        try:
            actions.follow(place=place, email=form.cleaned_data["email"], language=language, sender=sender)
        except actions.TooManyError as error:
            form.add_error("email", str(error.sentence))
        else:
            return SeeOther(f"{request.path}?danke")
    context = {"place": place, "form": form, "sent": "danke" in request.GET and not form.is_bound}
    response = render(request, "complaints/figures/follow.html", context, status=422 if form.is_bound else 200)
    patch_cache_control(response, no_store=True)
    return response


@require_safe
@public_page(version)
def networks(request: HttpRequest) -> HttpResponse:
    """All networks and the brands that run on them."""
    rows = [(network, [brand for brand in brands() if brand.network_id == network.id]) for network in all_networks()]
    return render(request, "complaints/figures/networks.html", {"rows": rows})


@require_safe
@public_page(version)
def carrier(request: HttpRequest, slug: str) -> HttpResponse:
    found = by_slug(slug)
    if found is None:
        raise Http404(_t("We do not know this network."))
    period = _period(request)
    everything = replace(queries.of_carrier(found), until=period.selection.until)
    selection = replace(everything, since=period.since)
    kinds, count = shares.kinds(selection), totals(selection)
    ranking = None
    if found.is_network:  # of a brand every day would be a statement of its own
        ranking = queries.burst_ranking(queries.ranking(selection), bursts(selection, period.last))
    begin = None if period.since else begins().get(found.network_id)
    query = f"{'netz' if found.is_network else 'anbieter'}={found.slug}"
    context = {
        "carrier": found,
        "host": by_id(found.network_id) or found,
        "brands": [brand for brand in brands() if brand.network_id == found.id],
        "period": period,
        "count": count,
        "ranking": ranking,
        "telling": queries.telling(ranking.by_rate, kinds.base) if ranking and kinds.base == count.trouble else (),
        "trend": queries.trend(everything, period.name, period.last, begin=begin),
        "begin": begin,
        "kinds": kinds,
        "newest": newest(everything, NEWEST),
        "query": query,
        "dated": _dated(query, period),
    }
    context |= _reach(period) | ({"first": begin} if begin else {})
    return render(request, "complaints/figures/carrier.html", context)
