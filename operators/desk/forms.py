"""What carrier staff choose on the dashboard and for the work orders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.places.forms import PlaceField
from complaints.places.models import Kind, Place
from complaints.reports.models import Problem, bits_of
from operators.desk.queries import Asked, Orders

WEEKS = ((13, _("13 weeks")), (26, _("26 weeks")), (52, _("52 weeks")))
LENGTHS = ((25, 25), (50, 50), (100, 100))
KINDS = ((Kind.TOWN.value, _("towns")), (Kind.DISTRICT.value, _("Kreise")))
TROUBLE = [(problem.value, problem.label) for problem in Problem if problem != Problem.WORKS]


class PeriodField(forms.TypedChoiceField):
    """A number of weeks; empty where nothing is said."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Period"), choices=WEEKS, coerce=int, required=False, **options)


class FiguresForm(forms.Form):
    """`zeit`, `problem` and `ort` of the chart."""

    zeit = PeriodField()
    problem = forms.ChoiceField(label=_("Problem"), required=False, choices=[("", _("all")), *TROUBLE])
    ort = PlaceField(required=False)

    def asked(self) -> Asked:
        """What a form asks for; of a wrong one, the usual."""
        data = self.cleaned_data if self.is_valid() else {}
        problem = data.get("problem")
        return Asked(data.get("zeit") or 13, bits_of([problem]) if problem else 0, data.get("ort"))


class OrdersForm(forms.Form):
    """`zeit`, `art`, `land` and `anzahl` of the work orders."""

    zeit = PeriodField()
    art = forms.TypedChoiceField(label=_("What"), required=False, choices=KINDS, empty_value=Kind.TOWN.value)
    land = forms.ModelChoiceField(
        Place.objects.laender().order_by("name"),
        label=_("Land"),
        required=False,
        to_field_name="slug",
        empty_label=_("everywhere"),
        error_messages={"invalid_choice": _("We do not know this place.")},
    )
    anzahl = forms.TypedChoiceField(label=_("How many"), required=False, choices=LENGTHS, coerce=int)

    def orders(self) -> Orders:
        """What a form asks for; of a wrong one, the usual."""
        data = self.cleaned_data if self.is_valid() else {}
        land = data.get("land")
        kind, length = data.get("art") or Kind.TOWN.value, data.get("anzahl") or 25
        return Orders(data.get("zeit") or 13, kind, land.pk if land else None, length)
