"""Places as JSON for the form's suggestions; public and the same for everybody."""

from django.forms import Form
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from complaints.base.placenames import words
from complaints.places import queries
from complaints.places.forms import PointForm, SearchForm

DAY = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=DAY)
def search(request: HttpRequest) -> JsonResponse:
    """The places a text may mean: {"places": [{"key", "label", "lat", "lon"}, …], "certain"}."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refused(form)
    found = queries.search(form.cleaned_data["q"])
    places = [
        {
            "key": match.key,
            "label": labelled(match.label, form.cleaned_data["q"]),
            "lat": match.latitude,
            "lon": match.longitude,
        }
        for match in found.matches
    ]
    return JsonResponse({"places": places, "certain": found.certain})


@require_safe
@cache_control(public=True, max_age=DAY)
def here(request: HttpRequest) -> JsonResponse:
    """What lies at a point: {"label": "Kreuzberg, Berlin"}; 404 with a sentence outside of Germany."""
    form = PointForm(request.GET)
    if not form.is_valid():
        return refused(form)
    there = queries.locate(form.cleaned_data["lat"], form.cleaned_data["lon"])
    if there is None:
        return JsonResponse({"error": _("This point is outside of Germany.")}, status=404)
    return JsonResponse({"label": there.label})


def labelled(label: str, typed: str) -> str:
    """A place's label, with a word where more was typed than we know: "Münster, … (whole place)" for its quarter."""
    asked, known = [{word for word in words(text) if not word.isdigit()} for text in (typed, label)]
    return _("%(place)s (whole place)") % {"place": label} if asked & known and asked - known else label


def refused(form: Form) -> JsonResponse:
    sentence = next(iter(form.errors.values()))[0]
    return JsonResponse({"error": str(sentence)}, status=400)
