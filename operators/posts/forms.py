"""The filters of the lists of posts and promises."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.carriers.queries import CarrierRow, by_slug
from complaints.places.models import Place
from operators.posts.models import Standing

LAST_PAGE = 1000


class PostFilterForm(forms.Form):
    """`anbieter` (slug) and `seite`."""

    anbieter = forms.CharField(max_length=40, required=False)
    seite = forms.IntegerField(min_value=1, max_value=LAST_PAGE, required=False)

    def clean_anbieter(self) -> CarrierRow | None:
        slug = self.cleaned_data["anbieter"]
        found = by_slug(slug) if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("We do not know this network."))
        return found

    @property
    def page(self) -> int:
        return self.cleaned_data["seite"] or 1

    @property
    def carrier(self) -> CarrierRow | None:
        found: CarrierRow | None = self.cleaned_data["anbieter"]
        return found


class PromiseFilterForm(PostFilterForm):
    """Also `stand` (a Standing) and `ort` ("land" or "land/place", as in addresses)."""

    stand = forms.ChoiceField(choices=Standing.choices, required=False)
    ort = forms.CharField(max_length=241, required=False)

    def clean_ort(self) -> Place | None:
        path = self.cleaned_data["ort"].strip("/")
        if not path:
            return None
        land, _slash, slug = path.partition("/")
        places = Place.objects.select_related("land", "parent")
        wanted = {"land__slug": land, "slug": slug} if slug else {"land": None, "slug": land}
        found = places.filter(**wanted).first()
        if found is None:
            raise forms.ValidationError(_("We do not know this place."))
        return found
