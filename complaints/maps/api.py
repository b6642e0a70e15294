"""Tiles of the map as JSON."""

import hashlib
from datetime import date
from functools import lru_cache

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.base.selection import Selection
from complaints.maps.people import tile_people
from complaints.maps.queries import GRID, LARGEST_ZOOM, tile_counts
from complaints.reports.filters import SelectionError, parse_selection

WITH_PEOPLE = "menschen"
MAX_AGE = "public, max-age=0, s-maxage=30"
"""Fresh in shared caches only: who has just reported something finds it on the map."""


def tile(request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    """The cells of a tile that are not empty; 404 outside of the grid, 400 for filters nobody understands.

    With `menschen` in the query `people` holds the inhabitants of its squares, see `tile_people`.
    The ETag is a digest of the answer: it changes when and only when a figure of this tile does.
    """
    if zoom > LARGEST_ZOOM or x >= 1 << zoom or y >= 1 << zoom:
        return _sentence(_("The map has no such tile."), 404)
    try:
        selection = _selection(request.META["QUERY_STRING"], timezone.localdate())
    except SelectionError as error:
        return _sentence(str(error), 400)
    counts = tile_counts(zoom, x, y, selection)
    answer = {
        "cells": counts.trouble,
        "grid": GRID,
        "total": counts.total,
        "works": counts.works,
        "works_total": counts.works_total,
    }
    if WITH_PEOPLE in request.GET:
        answer["people"] = tile_people(zoom, x, y)
    return _answer(request, orjson.dumps(answer, option=orjson.OPT_SERIALIZE_NUMPY))


@lru_cache(maxsize=4096)
def _selection(query: str, today: date) -> Selection:
    """The selection of a raw query string; parsed once a day in each process, since forms are slow."""
    return parse_selection(QueryDict(query))


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    unchanged = known and etag in known
    response = HttpResponseNotModified() if unchanged else HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = MAX_AGE
    return response


def _sentence(text: str, status: int) -> HttpResponse:
    return HttpResponse(orjson.dumps({"error": text}), content_type="application/json", status=status)
