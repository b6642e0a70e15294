"""What visitors ask of the answer board."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.figures.forms import DayField
from operators.board.queries import PERIODS

DEFAULT = 90
OLDEST = timedelta(days=365)
"""How far back a board is computed on request."""


class PeriodForm(forms.Form):
    """`zeit`: how many days are looked at, one of PERIODS; `bis`: the last of them, unset: today."""

    zeit = forms.TypedChoiceField(
        choices=[(days, days) for days in PERIODS],
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("This period is not known. Choose 30, 90 or 365 days.")},
    )
    bis = DayField()

    def clean_bis(self) -> date | None:
        day: date | None = self.cleaned_data["bis"]
        if day and not timezone.localdate() - OLDEST <= day <= timezone.localdate():
            raise forms.ValidationError(_("There are boards of the last 365 days only."))
        return day

    @property
    def days(self) -> int:
        """The period of a valid form."""
        return self.cleaned_data["zeit"] or DEFAULT

    @property
    def until(self) -> date | None:
        """The last day of a valid form."""
        day: date | None = self.cleaned_data["bis"]
        return day

    @property
    def sentence(self) -> str:
        """What is wrong with a form."""
        return str(next(iter(self.errors.values()))[0])
