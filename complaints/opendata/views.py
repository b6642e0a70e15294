"""What may be downloaded, under which licence, and what it means."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from complaints.base.publicpage import public_page
from complaints.places.models import Place
from complaints.reports.api import COLUMNS
from complaints.reports.filters import FilterForm
from complaints.reports.queries import EXPORT_LIMIT, version


@require_safe
@public_page(version, max_age=3600)
def data(request: HttpRequest) -> HttpResponse:
    sources = Place.objects.exclude(population_source="").order_by().values_list("population_source", flat=True)
    context = {
        "columns": COLUMNS,
        "limit": EXPORT_LIMIT,
        "form": FilterForm(),
        "sources": sorted(set(sources.distinct())),
    }
    return render(request, "complaints/opendata/data.html", context)
