"""What autocomplete and the phone's position ask about places, and a field for places that needs no script."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base.placenames import LIMIT, words
from complaints.places import queries
from complaints.places.models import Kind, Place

MOST_PLACES = 30
NAMESAKES = 4
"""So many places are named where a text may mean several."""


class SearchForm(forms.Form):
    q = forms.CharField(
        max_length=LIMIT,
        error_messages={
            "required": _("Please type a town or a quarter."),
            "max_length": _("That is too long for the name of a place."),
        },
    )


WRONG_POINT = {
    "required": _("Please give latitude and longitude in degrees."),
    "invalid": _("Please give latitude and longitude in degrees."),
    "min_value": _("That point is not on earth."),
    "max_value": _("That point is not on earth."),
}


class PointForm(forms.Form):
    lat = forms.FloatField(min_value=-90, max_value=90, error_messages=WRONG_POINT, localize=False)
    lon = forms.FloatField(min_value=-180, max_value=180, error_messages=WRONG_POINT, localize=False)


class PlaceInput(forms.TextInput):
    """One place as people write it, also where the address says "land/place"; `meant` is its id once that is known."""

    meant: int | None = None

    def format_value(self, value: Any) -> str | None:
        text = super().format_value(value)
        return typed_of([self.meant]) if self.meant and text and text.islower() else text


class PlaceField(forms.CharField):
    """A place as people type it; its value is a Place or None."""

    def __init__(self, *, label: Any = None, **options: Any) -> None:
        super().__init__(label=label or _("Place"), max_length=LIMIT, widget=PlaceInput, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        found = meant(text)
        if len(found) == 1 and not is_like(found, text):
            meaning = {"place": typed_of(found)}
            raise forms.ValidationError(_t("Do you mean %(place)s? Then write it like that, please.") % meaning)
        if len(found) > 1:
            names = "; ".join(typed_of([place]) for place in found[:NAMESAKES])
            said = _t("“%(typed)s” can mean several places. Write one of these: %(places)s.")
            raise forms.ValidationError(said % {"typed": text[:40], "places": names})
        if not found:
            raise forms.ValidationError(_t("We do not know a place called “%(text)s”.") % {"text": text[:40]})
        cast(PlaceInput, self.widget).meant = found[0].pk
        return found[0]


@dataclass(frozen=True)
class Typed:
    """Places as somebody typed them, one a line, and which of several was picked for a line."""

    text: str
    picked: dict[str, str]


class PlacesWidget(forms.Textarea):
    """A field for places that needs no script; `several` offers, by line, the places that it may mean."""

    def __init__(self, *, single: bool) -> None:
        super().__init__({"rows": 1 if single else 3, "class": "places"})
        self.several: dict[str, list[Place]] = {}
        self.picked: dict[str, str] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> "PlacesWidget":
        """Django copies a widget for each form, but not what it holds: one person's questions would reach the next."""
        copied: PlacesWidget = super().__deepcopy__(memo)
        copied.several, copied.picked = {}, {}
        return copied

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        picks = (data.get(key, "") for key in data if key.startswith(f"{name}_pick_"))
        pairs = (pick.rpartition("|") for pick in picks)
        return Typed(data.get(name, "").strip(), {line: path for line, _bar, path in pairs})

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def format_value(self, value: Any) -> str:
        return value.text if isinstance(value, Typed) else typed_of(value)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        groups = [self._group(name, n, line) for n, line in enumerate(self.several)]
        return mark_safe(super().render(name, value, attrs, renderer) + "".join(groups))  # noqa: S308  # escaped parts

    def _group(self, name: str, number: int, line: str) -> SafeString:
        rows = [
            (
                f"{name}_pick_{number}",
                f"{line}|{path_of(place)}",
                checked(self.picked.get(line) == path_of(place)),
                said,
            )
            for place in self.several[line]
            if (said := f"{place}, {place.land or place.get_kind_display()} ({place.get_kind_display()})")
        ]
        radios = format_html_join("", '<label><input type="radio" name="{}" value="{}"{}> {}</label>', rows)
        legend = _t("Which “%(text)s”?") % {"text": line}
        return format_html('<fieldset class="places__pick"><legend>{}</legend>{}</fieldset>', legend, radios)


def checked(yes: bool) -> SafeString:
    return SafeString(" checked" if yes else "")


class PlacesField(forms.Field):
    """Places as people type them, one a line; a list of Place, or with `single` one or None.

    What may mean several places, or one by another name, is asked back, with what was typed kept.
    """

    widget: PlacesWidget

    def __init__(self, *, single: bool = False, **options: Any) -> None:
        self.single = single
        super().__init__(widget=PlacesWidget(single=single), **options)

    def clean(self, value: Any) -> Any:
        typed = value if isinstance(value, Typed) else Typed("", {})
        lines = list(dict.fromkeys(line.strip() for line in typed.text.splitlines() if line.strip()))
        if not lines:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None if self.single else []
        if len(lines) > (1 if self.single else MOST_PLACES):
            raise forms.ValidationError(
                _("Only one place, please.") if self.single else _("These are too many places.")
            )
        self.widget.picked = typed.picked
        found = [self._place(line, typed.picked.get(line, "")) for line in lines]
        if unknown := [line for line, place in zip(lines, found, strict=True) if place is None]:
            said = _t("Please choose which place you mean.")
            if missing := [line for line in unknown if line not in self.widget.several]:
                said = _t("We do not know a place called “%(text)s”.") % {"text": missing[0][:40]}
            raise forms.ValidationError(said)
        return found[0] if self.single else found

    def _place(self, line: str, pick: str) -> Place | None:
        places = meant(line[:LIMIT])
        if len(places) == 1 and _is_named(places[0], line):
            return places[0]
        if places:
            self.widget.several[line] = places
        return next((place for place in places if path_of(place) == pick), None)

    def has_changed(self, initial: Any, data: Any) -> bool:
        typed = data if isinstance(data, Typed) else Typed("", {})
        return bool(typed.picked) or typed.text.splitlines() != typed_of(initial).splitlines()


def meant(text: str) -> list[Place]:
    """The places a text may mean, best first; one where it is certain. "land/place" as in addresses is certain."""
    rows = Place.objects.select_related("land")
    land, slash, slug = text.partition("/")
    if slash:
        return list(rows.filter(land__slug=land, slug=slug)[:1])
    if exact := list(rows.filter(land=None, name__iexact=text)):
        return list(rows.filter(land__in=exact, kind=Kind.TOWN, name__iexact=text)) or exact  # Hamburg is the city
    name, comma, of = text.rpartition(", ")
    if comma and (exact := list(rows.filter(name__iexact=name, land__name__iexact=of))):
        return exact
    found = queries.search(text)
    ids = list(dict.fromkeys(match.place_id for match in found.matches if match.place_id))
    by_id = rows.in_bulk(ids[:1] if found.certain else ids)
    return [by_id[pk] for pk in ids if pk in by_id]


def is_like(found: list[Place], text: str) -> bool:
    """Whether the first place may be taken, with a hint at the others: its name stands in the text, or the text begins
    it. What is left was understood in spite of a mistake ("Kasell" for Kasel), and is asked unless it is certain.
    """
    typed, name = words(text), words(found[0].name)
    runs = [typed[start : start + len(name)] for start in range(len(typed))]
    begins = "".join(name).startswith("".join(typed))
    return "/" in text or name in runs or begins or queries.search(text).certain


def _is_named(place: Place, line: str) -> bool:
    """Whether a line has the place's own name; what was understood in spite of a mistake is asked."""
    return "/" in line or line.partition(",")[0].strip().casefold() == place.name.casefold()


def path_of(place: Place) -> str:
    return f"{place.land.slug}/{place.slug}" if place.land else place.name


def typed_of(value: Any) -> str:
    """Places (or their numbers) as somebody would type them so that they are meant again."""
    many = value if isinstance(value, list | tuple | QuerySet) else [value] if value else []
    ids = [place.pk if isinstance(place, Place) else place for place in many]
    rows = Place.objects.select_related("land").in_bulk(ids) if ids else {}
    return "\n".join(_typed_of(rows[pk]) for pk in ids if pk in rows)


def _typed_of(place: Place) -> str:
    text = f"{place.name}, {place.land.name}" if place.land else place.name
    return text if meant(text) == [place] else path_of(place)
