"""The map page, the whole country as one picture, and the operator's own basemap."""

from base64 import b64encode
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaints.base import byteranges, countrymap, ratescale, townnames, zorder
from complaints.base.publicpage import public_page
from complaints.base.selection import Selection
from complaints.maps import people, queries
from complaints.maps.cellfigures import cell_figures
from complaints.maps.windows import slider, windows
from complaints.places.models import Place
from complaints.reports.filters import FilterForm, SelectionError, described, names, parse_selection
from complaints.reports.models import WORKS_BIT
from complaints.reports.queries import has_demo_data, newest

LONGEST_PART = 4 * 1024 * 1024
NEWEST_SEEN = 10
LARGEST_CELLS, FINEST_CELLS = 4 ** (zorder.ZOOM - 5), 4
"""Keys in a square of zoom 5 and of zoom 23."""
KIND_ZOOMS = {"land": 8, "district": 10, "town": 11, "quarter": 13}


@require_safe
@public_page(queries.version)
def page(request: HttpRequest) -> HttpResponse:
    """The map of the filters in the address; 400 with the filters where they cannot be understood."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return render(request, "complaints/maps/page.html", {"form": form}, status=400)
    context = {"form": form, "windows": windows(request.GET, timezone.localdate()), **_page_context(form.selection())}
    context["slider"] = slider(request.GET, form.selection())
    return render(request, "complaints/maps/page.html", context)


@require_safe
@public_page(queries.version)
def cell(request: HttpRequest) -> HttpResponse:
    """A piece of HTML with the figures of the cell `feld` for the map's sheet; 400 without one that is on the map."""
    form = FilterForm(request.GET)
    keys = form.cleaned_data["feld"] if form.is_valid() else None
    if not keys or not FINEST_CELLS <= keys[1] - keys[0] <= LARGEST_CELLS:
        return HttpResponse(form.sentence if form.errors else "", status=400)
    selection = replace(form.selection(), cell=None)
    usual = _page_context(selection)["usual"]
    context = {"figures": cell_figures(selection, keys), "usual": usual, "selection": selection}
    return render(request, "complaints/maps/_cell.html", {**context, "names": ", ".join(names(selection))})


@require_safe
@public_page(queries.version)
def seen(request: HttpRequest) -> HttpResponse:
    """A piece of HTML with the newest cases of a selection, for the list beside the map."""
    form = FilterForm(request.GET)
    if not form.is_valid():
        return HttpResponse(form.sentence, status=400)
    return render(request, "complaints/maps/_seen.html", {"reports": newest(form.selection(), NEWEST_SEEN)})


def _page_context(selection: Selection) -> dict[str, object]:
    place = Place.objects.filter(id=selection.place).first() if selection.place else None
    total = queries.totals(selection)
    usual = _usual(total.trouble, place)
    return {
        "selection": selection,
        "shown": described(selection, place),
        "query": f"?{selection.query}" if selection.query else "",
        "total": total,
        "place": place,
        "place_zoom": KIND_ZOOMS.get(place.kind) if place else None,
        "works_only": selection.problems == WORKS_BIT,
        "tiles": reverse("map") + "{z}/{x}/{y}.json",
        "usual": usual,
        "steps": ratescale.steps(usual) if total.trouble else [],
    }


def _usual(trouble: int, place: Place | None) -> float:
    """Reports per 100,000 of the whole selection: what a cell's colour compares with."""
    return ratescale.usual_rate(trouble, place.population if place and place.population else people.everybody())


@require_safe
@public_page(queries.version, max_age=300)
def picture(request: HttpRequest) -> HttpResponse:
    """The cells of the whole country as SVG, 640 × 1076 user units, light or dark like its reader's screen."""
    try:
        selection = parse_selection(request.GET)
    except SelectionError as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    svg = render_to_string("complaints/maps/picture.svg", _picture_context(selection))
    style = render_to_string("complaints/maps/picture.css")
    response = HttpResponse(svg, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = f"default-src 'none'; style-src '{_digest(style)}'"
    return response


@cache
def _digest(style: str) -> str:
    """How a security policy names the one inline style it allows; unlike a nonce it survives caches."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def _picture_context(selection: Selection) -> dict[str, object]:
    place = Place.objects.filter(id=selection.place).first() if selection.place else None
    cells = _country(selection, hatched=place is None)
    trouble = sum(cell.trouble for cell in cells)
    usual = _usual(trouble, place)
    worst = sorted(cells, key=lambda cell: -cell.trouble)[:3]
    return {
        "marks": countrymap.marks(cells, usual),
        "steps": ratescale.steps(usual) if trouble else [],
        "labels": townnames.on_picture(),
        "trouble": trouble,
        "works": sum(cell.works for cell in cells),
        "names": ", ".join([*([place.name] if place else []), *names(selection)]),
        "selection": selection,
        "worst": [townnames.nearest(cell) for cell in worst if cell.trouble],
        "now": timezone.now(),
        "site_is_demo": has_demo_data(),
    }


def _country(selection: Selection, *, hatched: bool) -> list[countrymap.Cell]:
    """The picture's cells, with reports or, to be `hatched`, with inhabitants alone; one statement."""
    found = queries.country_counts(selection, countrymap.CELL_ZOOM)
    living = people.country_people(countrymap.CELL_ZOOM)
    columns = found.x, found.y, found.trouble, found.works
    if selection.problems == WORKS_BIT:  # the only case in which works come as `trouble`
        columns = found.x, found.y, found.works, found.trouble
    rows = zip(*(column.tolist() for column in columns), strict=True)
    cells = [countrymap.Cell(x, y, trouble, works, living.pop((x, y), 0.0)) for x, y, trouble, works in rows]
    empty = [countrymap.Cell(x, y, 0, 0, inhabitants) for (x, y), inhabitants in living.items()]
    return cells + empty if hatched else cells


@require_safe
def ground(request: HttpRequest) -> HttpResponse:
    """A part of the PMTiles file of the settings; 404 where there is none, 416 without a range that can be served."""
    if not settings.PMTILES:
        raise Http404
    path = Path(settings.PMTILES)
    size = path.stat().st_size
    try:
        first, length = byteranges.parse(request.headers.get("Range", ""), size, LONGEST_PART)
    except byteranges.RangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    with path.open("rb") as file:
        file.seek(first)
        part = file.read(length)
    headers = {
        "Content-Range": f"bytes {first}-{first + len(part) - 1}/{size}",
        "Cache-Control": "public, max-age=86400",
        "ETag": f'"{path.stat().st_mtime_ns:x}-{size:x}"',
    }
    return HttpResponse(part, status=206, content_type="application/octet-stream", headers=headers)
