"""What is asked on a campaign's page: steps, verdicts, corrections, and why an ad is not shown."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.base.plaintext import CleanCharField
from complaints.carriers.models import Carrier
from complaints.places.forms import PlaceField
from complaints.places.models import Place
from complaints.reports.models import bits_of
from operators.ads.asking import Asked, Page
from operators.ads.bookingforms import TROUBLE, EuroField
from operators.ads.models import Review, State
from operators.ads.slots import Device, PageKind, Slot


class StepForm(forms.Form):
    to = forms.ChoiceField(choices=State.choices)
    reason = CleanCharField(max_length=300, required=False)


class VerdictForm(forms.Form):
    review = forms.ChoiceField(choices=[(Review.APPROVED, ""), (Review.REJECTED, "")])
    reason = CleanCharField(max_length=300, required=False)


class CorrectionForm(forms.Form):
    """An amount that is added to a statement; a negative one is given back."""

    amount = EuroField(
        label=_("Net amount in euros"),
        max_digits=9,
        decimal_places=2,
        localize=True,
        help_text=_("What is given back has a minus."),
    )
    reason = CleanCharField(label=_("Reason"), max_length=300)

    def clean_amount(self) -> int:
        """In cents."""
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(_("A correction of nothing corrects nothing."))
        return int(amount * 100)


class WhyForm(forms.Form):
    """A page as a visitor may open it now."""

    page = forms.ChoiceField(label=_("Page"), choices=PageKind.choices)
    carrier = forms.ModelChoiceField(
        label=_("of the network or brand"), queryset=Carrier.objects.all(), to_field_name="slug", required=False
    )
    place = PlaceField(label=_("of the place"), required=False)
    problem = forms.ChoiceField(label=_("with this trouble"), choices=[("", "–"), *TROUBLE], required=False)
    slot = forms.ChoiceField(label=_("Slot"), choices=Slot.choices)
    device = forms.ChoiceField(label=_("Device"), choices=Device.choices)
    language = forms.ChoiceField(label=_("Language"), choices=[("de", _("German")), ("en", _("English"))])

    def clean_place(self) -> frozenset[int]:
        """The place and those it lies in, as pages name them."""
        place: Place | None = self.cleaned_data["place"]
        if place is None:
            return frozenset()
        return frozenset(pk for pk in (place.pk, place.land_id, place.parent_id) if pk)

    def asked(self) -> Asked:
        """What a frame on this page would ask for now."""
        typed: dict[str, Any] = self.cleaned_data
        carrier: Carrier | None = typed["carrier"]
        brand = frozenset(pk for pk in (carrier.pk, carrier.runs_on_id) if pk) if carrier else frozenset()
        kind = PageKind(typed["page"])
        problems = bits_of([typed["problem"]]) if typed["problem"] else 0
        owner = carrier.pk if carrier and kind == PageKind.POST else 0
        page = Page(kind, "", brand, typed["place"], problems, owner)
        return Asked(
            page, Slot(typed["slot"]), Device(typed["device"]), typed["language"], timezone.localdate(), UUID(int=0)
        )
