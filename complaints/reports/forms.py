"""The form that files or changes a report."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base import clock
from complaints.base.plaintext import CleanCharField
from complaints.carriers import queries as carriers
from complaints.carriers.queries import CarrierRow
from complaints.places import queries as places
from complaints.reports.actions import Filing
from complaints.reports.models import (
    TEXT_LIMIT,
    Frequency,
    Hotline,
    Precision,
    Problem,
    Report,
    Situation,
    Technology,
    bits_of,
)
from complaints.reports.queries import Spot, coarser, spot_at, spot_in, spot_of

LOCAL_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{0,18})?")
MORE = ["situation", "frequency", "technology", "hotline", "device", "system", "text", "name", "email"]


def _open_carrier_choices() -> list[tuple[str, str]]:
    return [(row.slug, row.name) for row in carriers.carriers() if not row.closed]


@dataclass(frozen=True)
class PlaceOption:
    """One of several places that a typed name may mean."""

    key: str
    label: str


class DegreesField(forms.FloatField):
    """Decimal degrees, with a point or a comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # the stubs say int
        text = str(value or "").strip().replace(",", ".")
        if text and not DEGREES.fullmatch(text):
            raise forms.ValidationError(_t("Please write degrees as a number, for example 51.963."))
        return super().to_python(text)


class ReportForm(forms.Form):
    """The report form of the contract; only carrier, one problem and a place are required."""

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)
    carrier = forms.ChoiceField(
        label=_("Your carrier"),
        choices=lazy(_open_carrier_choices, list),
        error_messages={
            "required": _("Please choose your carrier."),
            "invalid_choice": _("We do not know this carrier. Please choose one from the list."),
        },
    )
    problems = forms.MultipleChoiceField(
        label=_("What is wrong?"),
        choices=Problem.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please tick at least one problem, or “Everything works”."),
            "invalid_choice": _("We do not know this kind of problem."),
        },
    )
    place = CleanCharField(
        label=_("Where?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": " "}),  # so that a style sheet sees whether it is empty
    )
    place_choice = forms.CharField(required=False, max_length=60)
    lat = DegreesField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    lon = DegreesField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    coarse = forms.BooleanField(label=_("Only the town, not the exact point"), required=False)
    happened_at = forms.CharField(label=_("When?"), required=False, max_length=40)
    technology = forms.ChoiceField(
        label=_("Network shown on the phone"), required=False, choices=Technology.choices, widget=forms.RadioSelect
    )
    situation = forms.ChoiceField(
        label=_("Situation"), required=False, choices=Situation.choices, widget=forms.RadioSelect
    )
    frequency = forms.ChoiceField(
        label=_("How often?"), required=False, choices=Frequency.choices, widget=forms.RadioSelect
    )
    hotline = forms.ChoiceField(
        label=_("What did the hotline say?"), required=False, choices=Hotline.choices, widget=forms.RadioSelect
    )
    device = CleanCharField(label=_("Device"), required=False, max_length=80)
    system = CleanCharField(label=_("System version"), required=False, max_length=80)
    text = CleanCharField(label=_("What happened?"), required=False, max_length=TEXT_LIMIT, widget=forms.Textarea)
    name = CleanCharField(label=_("Your name or nickname (public)"), required=False, max_length=60)
    email = forms.EmailField(
        label=_("E-mail address (never public)"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "email"}),  # so that the server says what is wrong
    )

    field_order = ("problems", "place", "lat", "lon", "coarse", "carrier")
    place_options: tuple[PlaceOption, ...] = ()
    spot: Spot | None = None
    unknown_place = ""

    @property
    def network_options(self) -> list[tuple[CarrierRow, bool]]:
        """Networks that still sell, each with whether it is chosen."""
        return [(row, row.slug == self["carrier"].value()) for row in carriers.networks() if not row.closed]

    @property
    def brand_options(self) -> list[tuple[CarrierRow, bool]]:
        return [(row, row.slug == self["carrier"].value()) for row in carriers.brands() if not row.closed]

    @property
    def brand_chosen(self) -> bool:
        return any(chosen for _row, chosen in self.brand_options)

    @property
    def exactness_open(self) -> bool:
        """Whether something is said, or wrong, about how exact the point is."""
        names = ("lat", "lon", "coarse")
        return any(self.errors.get(name) or self[name].value() not in (None, "", False) for name in names)

    @property
    def more_open(self) -> bool:
        """Whether something is said, or wrong, in the part that is folded away at first."""
        return any(self.errors.get(name) or self[name].value() for name in MORE)

    def __init__(self, *args: Any, stored: Report | None = None, **kwargs: Any) -> None:
        """`stored` is the report that the form changes: what is left as shown stays exactly as it is."""
        super().__init__(*args, **kwargs)
        self.stored = stored
        self.shown = typed(stored) if stored else {}
        moment = str(self["happened_at"].value() or "")
        if not moment or LOCAL_TIME.fullmatch(moment):
            widget = self.fields["happened_at"].widget
            widget.input_type = "datetime-local"
            widget.attrs.pop("maxlength")
            widget.attrs["max"] = "2099-12-31T23:59"  # a year has four digits; what lies ahead the server says

    @property
    def knows_postcodes(self) -> bool:
        """Whether the operator has loaded postcodes."""
        return places.knows_postcodes()

    def _unchanged(self, *names: str) -> bool:
        return self.stored is not None and all(
            str(self.data.get(name) or "").strip() == str(self.shown[name] or "") for name in names
        )

    def clean_problems(self) -> list[str]:
        problems: list[str] = self.cleaned_data["problems"]
        if Problem.WORKS in problems and self.stored and not self.stored.works:
            said = _t("Trouble that was reported stays reported. If it works again, tap “Works again” at your case.")
            raise forms.ValidationError(said)
        if Problem.WORKS in problems and len(problems) > 1:
            raise forms.ValidationError(_t("“Everything works” cannot be combined with a problem."))
        return problems

    def clean_happened_at(self) -> datetime | None:
        """An ISO 8601 time; without an offset it is German time. Empty: now."""
        if self.stored and self._unchanged("happened_at"):
            return self.stored.happened_at
        text: str = self.cleaned_data["happened_at"].strip()
        if not text:
            return None
        try:
            return clock.parse(text, now=timezone.now(), zone=timezone.get_default_timezone())
        except clock.NotATimeError:
            raise forms.ValidationError(_t("Please write a date and time, for example 23.11.2026 14:02.")) from None
        except clock.TooEarlyError:
            raise forms.ValidationError(_t("This is too long ago: we take reports of the last two years.")) from None
        except clock.TooLateError:
            raise forms.ValidationError(_t("This time lies in the future.")) from None

    def clean(self) -> dict[str, Any]:
        if not {"lat", "lon", "place"} & set(self.errors):
            self._find_place()
        if self.spot and self.cleaned_data.get("coarse"):
            self.spot = coarser(self.spot)
            if self.spot is None:
                self.add_error("place", _t("This point belongs to no town. Please leave the tick out."))
        return self.cleaned_data

    def _find_place(self) -> None:
        lat, lon, text = (self.cleaned_data.get(name) for name in ("lat", "lon", "place"))
        if self.stored and self._unchanged("lat", "lon", "place"):
            self.spot = spot_in(self.stored)
        elif lat is not None and lon is not None:
            self.spot = spot_at(lat, lon)
            if self.spot is None:
                self.add_error("place", _t("This point lies outside of Germany. Please choose a place inside."))
        elif lat is not None or lon is not None:
            self.add_error("lon" if lon is None else "lat", _t("Latitude and longitude belong together."))
        elif not text:
            self.add_error("place", _t("Please say where it happened: a town, a quarter or a point."))
        else:
            self._find_named_place(text)

    def _find_named_place(self, text: str) -> None:
        found = places.search(text)
        chosen = next((m for m in found.matches if m.key == self.cleaned_data.get("place_choice")), None)
        if chosen or found.certain:
            self.spot = spot_of(chosen or found.matches[0])
        elif found.matches:
            self.place_options = tuple(PlaceOption(m.key, m.label) for m in found.matches)
            several = _t("There are several places like this. Which one do you mean?")
            self.add_error("place", several if len(found.matches) > 1 else _t("Is this the place you mean?"))
        else:
            self.unknown_place = text
            codeless = text.isdecimal() and not self.knows_postcodes
            self.add_error(
                "place",
                _t("We do not know postcodes here. Please write the name of the place.")
                if codeless
                else _t("We do not find this place. Try the next larger town."),
            )

    def filing(self) -> Filing:
        """The report of a valid form."""
        data, spot = self.cleaned_data, self.spot
        carrier = carriers.by_slug(data["carrier"])
        assert spot is not None and carrier is not None  # noqa: S101, PT018  a valid form has both
        now = timezone.now()
        same = ("technology", "situation", "frequency", "hotline", "device", "system", "text", "name", "email")
        return Filing(
            submission=data["submission"] or uuid4(),
            carrier_id=carrier.id,
            network_id=carrier.network_id,
            problems=bits_of(data["problems"]),
            latitude=spot.latitude,
            longitude=spot.longitude,
            precision=spot.precision,
            place_text="" if data["coarse"] else data["place"],
            land_id=spot.land_id,
            district_id=spot.district_id,
            town_id=spot.town_id,
            quarter_id=spot.quarter_id,
            happened_at=min(data["happened_at"] or now, now),
            received_at=now,
            **{name: data[name].strip() for name in same},
        )


def typed(report: Report) -> dict[str, Any]:
    """What the form of a stored report shows."""
    same = ("technology", "situation", "frequency", "hotline", "device", "system", "text", "name")
    point = report.precision == Precision.POINT
    return {name: getattr(report, name) for name in same} | {
        "carrier": report.carrier.slug,
        "problems": [problem.value for problem in report.problem_list],
        "place": report.place_text or str(report.quarter or report.town or report.district or report.land),
        "lat": report.latitude if point else None,
        "lon": report.longitude if point else None,
        "happened_at": timezone.localtime(report.happened_at).strftime("%Y-%m-%dT%H:%M"),
    }


def prefilled(query: QueryDict) -> dict[str, Any]:
    """What a link to the form fills in: its query string, several problems included."""
    return query.dict() | {"problems": query.getlist("problems")}
