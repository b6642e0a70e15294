"""The form behind a tap."""

from datetime import datetime
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.base import clock
from complaints.carriers import queries as carriers
from complaints.echoes.actions import Tap
from complaints.echoes.models import Kind


def _carrier_choices() -> list[tuple[str, str]]:
    return [(row.slug, row.name) for row in carriers.carriers()]


class EchoForm(forms.Form):
    """Only `kind` is required; `happened_at` as in the report form, empty: now."""

    submission = forms.UUIDField(required=False)
    kind = forms.ChoiceField(
        choices=Kind.choices,
        error_messages={
            "required": _("Please say me-too, still-bad or works-again."),
            "invalid_choice": _("Please say me-too, still-bad or works-again."),
        },
    )
    carrier = forms.ChoiceField(
        choices=lazy(_carrier_choices, list),
        required=False,
        error_messages={"invalid_choice": _("We do not know this carrier. Please choose one from the list.")},
    )
    happened_at = forms.CharField(required=False, max_length=40)

    def clean_happened_at(self) -> datetime | None:
        text: str = self.cleaned_data["happened_at"].strip()
        if not text:
            return None
        try:
            return clock.parse(text, now=timezone.now(), zone=timezone.get_default_timezone())
        except (clock.NotATimeError, clock.TooEarlyError, clock.TooLateError):
            raise forms.ValidationError(_t("Please write a date and time, for example 2026-11-23 14:02.")) from None

    def tap(self, number: int) -> Tap:
        """The echo of a valid form on a report."""
        data, now = self.cleaned_data, timezone.now()
        carrier = carriers.by_slug(data["carrier"]) if data["carrier"] else None
        return Tap(
            submission=data["submission"] or uuid4(),
            number=number,
            kind=data["kind"],
            carrier_id=carrier.id if carrier else None,
            happened_at=min(data["happened_at"] or now, now),
            received_at=now,
        )
