"""What visitors ask of pages of figures: a period, and to follow a place."""

from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.base.selection import Selection
from complaints.figures.queries import PERIODS, since_of
from complaints.reports.filters import FIRST_DAY

DEFAULT_PERIOD = "365"


@dataclass(frozen=True)
class Period:
    """The days up to `last`; `fixed` where the address names that day, so that it shows the same tomorrow."""

    name: str
    last: date
    fixed: bool

    @property
    def since(self) -> date | None:
        return since_of(self.name, self.last)

    @property
    def selection(self) -> Selection:
        return Selection(since=self.since, until=self.last if self.fixed else None)

    @property
    def query(self) -> str:
        """The period as a query string, as the visitor asked for it."""
        return f"zeit={self.name}{f'&bis={self.last}' if self.fixed else ''}"

    @property
    def fixed_query(self) -> str:
        """The same with a fixed last day."""
        return f"zeit={self.name}&bis={self.last}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The names of all periods that end on the same day, each with its query string."""
        return [(name, replace(self, name=name).query) for name in PERIODS]

    @property
    def still_counts(self) -> bool:
        """Whether the last day is not over."""
        return self.last == timezone.localdate()


class DayField(forms.DateField):
    """A day in an address; it may be missing."""

    def __init__(self) -> None:
        messages = {"invalid": _("This is no day. Please write it like 2026-03-31.")}
        super().__init__(required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"], error_messages=messages)


class PeriodForm(forms.Form):
    """`zeit`, one of PERIODS, and `bis`, the last day; unset: today."""

    zeit = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in PERIODS],
        error_messages={"invalid_choice": _("This period is not known. Choose 30, 365 or alles.")},
    )
    bis = DayField()

    def clean_bis(self) -> date | None:
        day: date | None = self.cleaned_data["bis"]
        if day and not FIRST_DAY <= day <= timezone.localdate():
            raise forms.ValidationError(_("There are figures from the year 2000 until today."))
        return day

    def period(self) -> Period:
        """The period of a valid form."""
        last = self.cleaned_data["bis"]
        return Period(self.cleaned_data["zeit"] or DEFAULT_PERIOD, last or timezone.localdate(), bool(last))


class FollowForm(forms.Form):
    """An e-mail address, nothing else."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Please write your e-mail address."),
            "invalid": _("This is no complete e-mail address. Please write it like name@example.org."),
            "max_length": _("Please keep it below %(limit_value)d characters."),
        },
    )
