"""What advertisers type to book and to show, and what the site's staff say about it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from complaints.places.forms import PlacesField
from complaints.reports.models import Problem, bits_of, problems_of
from operators.ads import pictures
from operators.ads.models import Campaign, Creative, CreativePicture, Kind
from operators.ads.slots import OFFERS, Shape, Slot
from operators.posts.pictures import PictureError

TROUBLE = [(problem.value, problem.label) for problem in Problem if problem != Problem.WORKS]
ZERO = _("A limit of zero views shows nothing. Leave the field empty for no limit.")
LIMITS = ("booked_views", "daily_cap", "total_cap")
GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+")


class EuroField(forms.DecimalField):
    """Euros as people write them: 1200, 1.200, 1200,50 or 1.200,50 €."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        text = str(value or "").replace("€", "").strip()
        grouped = "," in text or GROUPED.fullmatch(text)
        return super().to_python(text.replace(".", "") if grouped else text)


class CampaignForm(forms.ModelForm[Campaign]):
    """A booking; places are typed by name, one a line, so that no script is needed."""

    slots = forms.MultipleChoiceField(
        label=_("Slots"),
        choices=Slot.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one slot.")},
    )
    price = EuroField(
        label=_("Net price in euros"),
        max_digits=9,
        decimal_places=2,
        min_value=Decimal(0),
        localize=True,
        help_text=_(
            "For the period, for a thousand views or for a click, as chosen above; what you have agreed on with the "
            "site, which looks at it before anything runs."
        ),
        error_messages={"min_value": _("A price cannot be negative.")},
    )
    share = forms.IntegerField(
        label=_("share of the views in per cent"),
        required=False,
        min_value=1,
        max_value=100,
        error_messages=dict.fromkeys(("min_value", "max_value"), _("A share is a number from 1 to 100.")),
    )
    carriers = forms.ModelMultipleChoiceField(
        label=_("Only pages of these networks and brands"),
        queryset=Carrier.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place_names = PlacesField(
        label=_("Only pages of these places"),
        required=False,
        help_text=_("One a line: a Land, a town or a quarter. Leave it empty for all."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Only cases with this trouble"),
        choices=TROUBLE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Campaign
        fields = (
            *("advertiser", "name", "starts_on", "ends_on", "slots", "price_model", "booked_views", "share"),
            *("exclusive", "excludes_rivals", "weight", "daily_cap", "total_cap", "carriers", "language", "device"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["price"] = Decimal(self.instance.price_cents) / 100
            self.initial["place_names"] = list(self.instance.places.order_by("pk"))
            self.initial["kinds"] = [problem.value for problem in problems_of(self.instance.problems)]
        for name in LIMITS:
            self.fields[name].error_messages["min_value"] = ZERO

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in LIMITS:
            if cleaned.get(name) == 0:
                self.add_error(name, str(ZERO))
        if cleaned.get("booked_views") and (cleaned.get("share") or cleaned.get("exclusive")):
            self.add_error(
                "booked_views",
                _t("Book a number of views, or a share, or the slot alone: only one of them."),
            )
        self._days(cleaned.get("starts_on"), cleaned.get("ends_on"))
        if cleaned.get("price") is not None:
            self.instance.price_cents = int(cleaned["price"] * 100)
        self.instance.problems = bits_of(cleaned.get("kinds", []))
        return cleaned

    def _days(self, starts_on: date | None, ends_on: date | None) -> None:
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _t("The last day cannot be before the first day."))
        elif ends_on and ends_on < timezone.localdate():
            self.add_error("ends_on", _t("This day is past. Choose one that is still to come."))
        if starts_on and starts_on < timezone.localdate() and "starts_on" in self.changed_data:
            self.add_error("starts_on", _t("This day is past. Choose today or a later one."))


class CreativeForm(forms.ModelForm[Creative]):
    """An ad: words, or pictures in the size of a slot."""

    target_url = forms.URLField(
        label=_("target address"),
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Write a whole address that begins with https://.")},
    )
    picture = forms.FileField(
        label=_("Picture"), required=False, help_text=_("JPEG, PNG or WebP in the size of the slot, or twice that.")
    )
    dark_picture = forms.FileField(
        label=_("Picture for dark mode"), required=False, help_text=_("If there is none, the other one is shown.")
    )

    class Meta:
        model = Creative
        fields = ("campaign", "kind", "shape", "headline", "text", "alt", "target_url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contents: dict[bool, bytes] = {}

    def clean_target_url(self) -> str:
        address: str = self.cleaned_data["target_url"]
        if not address.startswith("https://"):
            raise forms.ValidationError(_t("The target address must begin with https://."))
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Kind.PICTURE:
            self._as_picture(cleaned)
        elif cleaned.get("kind") == Kind.TEXT:
            self._as_text(cleaned)
        if self.errors:
            for name in [name for name in ("picture", "dark_picture") if name in self.files]:
                self.add_error(name, _t("Your browser does not keep the file: please choose it once more."))
        return cleaned

    def _as_text(self, cleaned: dict[str, Any]) -> None:
        cleaned["shape"] = cleaned["alt"] = ""
        if not cleaned.get("headline") and "headline" not in self.errors:
            self.add_error("headline", _t("A text ad needs a headline."))
        if cleaned.get("picture"):
            self.add_error("picture", _t("A text ad has no picture. Choose the kind “picture”, or take the file away."))

    def _as_picture(self, cleaned: dict[str, Any]) -> None:
        cleaned["headline"] = cleaned["text"] = ""
        if not cleaned.get("alt") and "alt" not in self.errors:
            self.add_error("alt", _t("Say in a sentence what the picture shows, for those who do not see it."))
        shape = cleaned.get("shape")
        if not shape:
            if "shape" not in self.errors:
                self.add_error("shape", _t("Choose the size of the picture."))
            return
        campaign = cleaned.get("campaign") or getattr(self.instance, "campaign", None)
        if campaign and not any(shape in OFFERS[Slot(slot)].shapes.values() for slot in campaign.slots):
            self.add_error("shape", _t("None of the booked slots has this size."))
        self._read(cleaned, Shape(shape))

    def _read(self, cleaned: dict[str, Any], shape: Shape) -> None:
        for name, dark in (("picture", False), ("dark_picture", True)):
            file: UploadedFile[Any] | None = cleaned.get(name)
            if not file:
                continue
            try:
                self.contents[dark] = pictures.fit(file.file or file, file.size or 0, shape)
            except PictureError as error:
                self.add_error(name, str(error))
        unchanged = self.instance.shape == shape and self.instance.pk
        stored = unchanged and CreativePicture.objects.filter(creative=self.instance, dark=False).exists()
        if not cleaned.get("picture") and "picture" not in self.errors and not stored:
            self.add_error("picture", _t("Choose a picture."))
