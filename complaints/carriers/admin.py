"""Carriers in the admin of the site's own staff."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier


class CarrierForm(forms.ModelForm[Carrier]):
    tone = forms.TypedChoiceField(
        label=_("colour"),
        coerce=int,
        choices=[(tone, str(tone)) for tone in range(1, 9)],
        help_text=_("Of its network in charts, 1 to 8; /intern/gestaltung/ shows them. Brands take their network's."),
    )

    def clean_slug(self) -> str:
        """Addresses and downloads name a carrier by it; they would lead nowhere."""
        slug: str = self.cleaned_data["slug"]
        if self.instance.pk and "slug" in self.changed_data:
            raise forms.ValidationError(_t("The short name stands in addresses that others use. It stays."))
        return slug

    def clean_runs_on(self) -> Carrier | None:
        """A brand runs on a network; reports are counted by network, so a network stays one and a brand a brand."""
        host: Carrier | None = self.cleaned_data["runs_on"]
        own = self.instance
        if host and host.pk != own.pk and not host.is_network:
            raise forms.ValidationError(_t("%(name)s has no network of its own.") % {"name": host.name})
        if own.pk and own.is_network != (host is None or host.pk == own.pk):
            raise forms.ValidationError(
                _t("A network stays a network and a brand a brand: reports are counted by it. Make a new carrier.")
            )
        return host

    def clean(self) -> dict[str, Any]:
        """Two networks in one colour could not be told apart."""
        cleaned = super().clean() or self.cleaned_data
        host, tone = cleaned.get("runs_on"), int(cleaned.get("tone") or 0)
        if "tone" in self.changed_data and (host is None or host.pk == self.instance.pk):
            others = Carrier.objects.filter(runs_on=F("pk"), tone=tone).exclude(pk=self.instance.pk)
            if other := others.first():
                self.add_error("tone", _t("%(name)s has this colour already.") % {"name": other.name})
        return cleaned

    class Meta:
        model = Carrier
        fields = ("name", "slug", "runs_on", "tone", "website", "closed_on")
        help_texts = {"slug": _("Stands in addresses: /netz/o2/. Do not change it later.")}


@admin.register(Carrier)
class CarrierAdmin(admin.ModelAdmin[Carrier]):
    form = CarrierForm
    list_display = ("name", "runs_on", "tone", "closed_on")
    list_select_related = ("runs_on",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
