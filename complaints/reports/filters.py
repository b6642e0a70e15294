"""The visitor's filters: query strings of lists, downloads, feeds and maps."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base import zorder
from complaints.base.plaintext import CleanCharField
from complaints.base.selection import Selection
from complaints.carriers import queries as carriers
from complaints.places.forms import NAMESAKES, PlaceInput, is_like, meant, path_of
from complaints.places.models import Place
from complaints.reports.models import TROUBLE_BITS, Problem, bits_of, problems_of

FIRST_DAY = date(2000, 1, 1)
QUERY_LIMIT = 100
SQUARES_LIMIT = 600
TROUBLE = "trouble"
"""Stands for every kind of problem but “Everything works”."""


class SelectionError(ValueError):
    """A filter that cannot be understood; the message is a sentence for the visitor."""


def _network_choices() -> list[tuple[str, str]]:
    return [(row.slug, row.name) for row in carriers.networks()]


def _carrier_choices() -> list[tuple[str, str]]:
    return [(row.slug, row.name) for row in carriers.carriers()]


class FilterForm(forms.Form):
    """The filters of an address: `netz`, `anbieter`, `problem`, `ort`, `von`, `bis`, `q`, `feld`, `ausschnitt`."""

    netz = forms.MultipleChoiceField(
        label=_("Network"), required=False, choices=lazy(_network_choices, list), widget=forms.CheckboxSelectMultiple
    )
    anbieter = forms.MultipleChoiceField(label=_("Carrier"), required=False, choices=lazy(_carrier_choices, list))
    problem = forms.MultipleChoiceField(
        label=_("Problem"),
        required=False,
        choices=[(TROUBLE, _("any trouble")), *Problem.choices],
        widget=forms.CheckboxSelectMultiple,
    )
    ort = CleanCharField(
        label=_("Place"), required=False, max_length=120, widget=PlaceInput({"placeholder": _("Town or quarter")})
    )
    von = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    bis = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    q = CleanCharField(label=_("Words in the text"), required=False, max_length=QUERY_LIMIT)
    feld = forms.RegexField(r"^\d{1,2}-\d{1,8}-\d{1,8}$", required=False, widget=forms.HiddenInput)
    ausschnitt = forms.RegexField(r"^\d{1,2}(-\d{1,8}){4}$", required=False, widget=forms.HiddenInput)
    seite = forms.IntegerField(label=_("Page"), required=False, min_value=1, widget=forms.HiddenInput)

    namesakes: Sequence[Place] = ()
    """Other places that the typed name may mean."""

    def clean_ort(self) -> int | None:
        """The id of the place that was named, as "land/place" or as people type it."""
        text: str = self.cleaned_data["ort"].strip()
        if not text:
            return None
        found = list(Place.objects.laender().filter(slug=text)) or meant(text)
        if not found or not is_like(found, text):
            self.namesakes = found[:NAMESAKES]
            raise forms.ValidationError(_t("We do not know a place called “%(text)s”.") % {"text": text[:40]})
        self.namesakes = found[1 : 1 + NAMESAKES]
        cast(PlaceInput, self.fields["ort"].widget).meant = found[0].pk
        return found[0].pk

    def clean_feld(self) -> tuple[int, int] | None:
        """The key range of a square of the map, named as zoom-column-row."""
        if not self.cleaned_data["feld"]:
            return None
        zoom, x, y = (int(part) for part in self.cleaned_data["feld"].split("-"))
        if zoom > zorder.ZOOM or x >= 1 << zoom or y >= 1 << zoom:
            raise forms.ValidationError(_t("This square of the map does not exist."))
        return zorder.tile_range(zoom, x, y)

    def clean_ausschnitt(self) -> tuple[tuple[int, int], ...]:
        """Key ranges of a rectangle of the map, named as zoom and the columns and rows of its first and last square."""
        if not self.cleaned_data["ausschnitt"]:
            return ()
        zoom, west, north, east, south = (int(part) for part in self.cleaned_data["ausschnitt"].split("-"))
        inside = zoom <= zorder.ZOOM and west <= east < 1 << zoom and north <= south < 1 << zoom
        if not inside or (east - west + 1) * (south - north + 1) > SQUARES_LIMIT:
            raise forms.ValidationError(_t("This part of the map does not exist."))
        return tuple(zorder.rectangle_ranges(zoom, (west, north), (east, south)))

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("von"), self.cleaned_data.get("bis")
        for name, day in (("von", since), ("bis", until)):
            if day and day < FIRST_DAY:
                self.add_error(name, _t("There is nothing before the year 2000."))
        if since and until and since > until:
            self.add_error("bis", _t("The end lies before the beginning."))
        return self.cleaned_data

    def selection(self) -> Selection:
        """The filters of a valid form."""
        data = self.cleaned_data
        return Selection(
            networks=_ids(data["netz"]),
            carriers=_ids(data["anbieter"]),
            problems=_bits(data["problem"]),
            place=data["ort"],
            since=data["von"],
            until=data["bis"],
            cell=data["feld"],
            area=data["ausschnitt"],
            text=data["q"],
            query=self.address(),
        )

    def address(self) -> str:
        """The filters as a query string in a fixed order, without the page."""
        query, data = QueryDict(mutable=True), cast(QueryDict, self.data)
        for name in self.fields:
            values = [value for value in data.getlist(name) if value] if name != "seite" else []
            if values:
                query.setlist(name, sorted(set(values)))
        return query.urlencode()

    @property
    def other_places(self) -> list[tuple[str, str]]:
        """The other places that may be meant: name with its Land, and the address's query string for it."""
        found = []
        for place in self.namesakes:
            query = QueryDict(self.address(), mutable=True)
            query["ort"] = path_of(place)
            found.append((f"{place.name} ({place.land})" if place.land else place.name, query.urlencode(safe="/")))
        return found

    @property
    def is_filtered(self) -> bool:
        return bool(self.address())

    @property
    def page(self) -> int:
        return self.cleaned_data.get("seite") or 1

    @property
    def sentence(self) -> str:
        """The first thing that is wrong, for answers without a form."""
        name, errors = next(iter(self.errors.items()))
        label = self.fields[name].label if name in self.fields else None
        return f"{label or name}: {errors[0]}"


def _bits(kinds: list[str]) -> int:
    """A kind of trouble that is named narrows "any trouble" down, whichever was ticked first."""
    named = bits_of([kind for kind in kinds if kind != TROUBLE])
    return named | TROUBLE_BITS if TROUBLE in kinds and not named & TROUBLE_BITS else named


def _ids(slugs: list[str]) -> tuple[int, ...]:
    return tuple(sorted(row.id for row in carriers.carriers() if row.slug in slugs))


def names(selection: Selection) -> list[str]:
    """The networks and carriers a selection asks for."""
    return [row.name for row in carriers.carriers() if row.id in (*selection.networks, *selection.carriers)]


def described(selection: Selection, place: Place | None) -> list[str]:
    """What a selection asks for, but for its days; `place` is the row of its id."""
    every = selection.problems == TROUBLE_BITS
    problems = (
        [_t("trouble of any kind")] if every else [str(problem.label) for problem in problems_of(selection.problems)]
    )
    parts = [(selection.cell, _t("one square of the map")), (selection.area, _t("one section of the map"))]
    where = [*([place.name] if place else []), *(said for part, said in parts if part)]
    return [*names(selection), *problems, *where, *filter(None, [selection.text])]


def parse_selection(query: QueryDict) -> Selection:
    """The selection of a query string; raises SelectionError with a sentence in the visitor's language."""
    form = FilterForm(query)
    if not form.is_valid():
        raise SelectionError(form.sentence)
    return form.selection()
