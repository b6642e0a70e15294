"""Lists of reports as CSV and GeoJSON."""

import csv
from collections.abc import Callable, Iterator

import orjson
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from complaints.base.selection import Selection
from complaints.reports import queries
from complaints.reports.filters import SelectionError, parse_selection
from complaints.reports.models import Report, Source

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


COLUMNS = (
    *("number", "happened_at", "received_at", "carrier", "network", "problems", "technology", "situation"),
    *("frequency", "device", "system", "hotline", "works", "lat", "lon", "town", "district", "land", "text"),
    *("answered_at", "precision", "quarter", "demo"),
)
"""What a row has, in this order; the first twenty are the contract."""


class Line:
    """A file that gives back what is written to it, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def row(report: Report) -> dict[str, object]:
    """One report of `export_rows` with the public columns; times are ISO 8601 with the offset of the site's zone."""
    answered_at = getattr(report, "first_answer", report.answered_at)
    return {
        "number": report.number,
        "happened_at": timezone.localtime(report.happened_at).isoformat(timespec="seconds"),
        "received_at": timezone.localtime(report.received_at).isoformat(timespec="seconds"),
        "carrier": report.carrier.slug,
        "network": report.network.slug,
        "problems": " ".join(report.problem_list),
        "technology": report.technology,
        "situation": report.situation,
        "frequency": report.frequency,
        "device": report.device,
        "system": report.system,
        "hotline": report.hotline,
        "works": report.works,
        "lat": report.latitude,
        "lon": report.longitude,
        "town": report.town.name if report.town else "",
        "district": report.district.name if report.district else "",
        "land": report.land.name,
        "text": report.text,
        "answered_at": timezone.localtime(answered_at).isoformat(timespec="seconds") if answered_at else "",
        "precision": report.precision,
        "quarter": report.quarter.name if report.quarter else "",
        "demo": report.source == Source.DEMO,
    }


def _csv_lines(selection: Selection) -> Iterator[str]:
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    for report in queries.export_rows(selection):
        values = row(report)
        yield writer.writerow([cell(values[column]) for column in COLUMNS])


def cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _geojson_lines(selection: Selection) -> Iterator[bytes]:
    yield b'{"type":"FeatureCollection","features":['
    for n, report in enumerate(queries.export_rows(selection)):
        properties = row(report) | {"answered_at": row(report)["answered_at"] or None}
        point = {"type": "Point", "coordinates": [report.longitude, report.latitude]}
        feature = {"type": "Feature", "id": report.number, "geometry": point, "properties": properties}
        yield (b",\n" if n else b"\n") + orjson.dumps(feature)
    yield b"\n]}\n"


def _download(
    request: HttpRequest, lines: Callable[[Selection], Iterator[str] | Iterator[bytes]], content_type: str, name: str
) -> HttpResponseBase:
    try:
        selection = parse_selection(request.GET)
    except SelectionError as error:
        return JsonResponse({"error": str(error)}, status=400)
    if request.method == "HEAD":
        return HttpResponse(content_type=content_type)
    response = StreamingHttpResponse(lines(selection), content_type=content_type)
    stem, _dot, ending = name.partition(".")
    response.headers["Content-Disposition"] = f'attachment; filename="{stem}-{timezone.localdate()}.{ending}"'
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def csv_file(request: HttpRequest) -> HttpResponseBase:
    """The newest reports of the filters in the address as CSV, UTF-8, at most queries.EXPORT_LIMIT rows."""
    return _download(request, _csv_lines, "text/csv; charset=utf-8", "einzelfall.csv")


def geojson_file(request: HttpRequest) -> HttpResponseBase:
    """The same as GeoJSON points with the same properties."""
    return _download(request, _geojson_lines, "application/geo+json", "einzelfall.geojson")
