"""The one choice of the answer board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from operators.board.queries import PERIODS

DEFAULT = 90


class PeriodForm(forms.Form):
    """`zeit`: how many days are looked at, one of PERIODS."""

    zeit = forms.TypedChoiceField(
        choices=[(days, days) for days in PERIODS],
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("This period is not known. Choose 30, 90 or 365 days.")},
    )

    @property
    def days(self) -> int:
        """The period of a valid form."""
        return self.cleaned_data["zeit"] or DEFAULT
