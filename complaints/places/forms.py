"""What autocomplete and the phone's position ask about places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.base.placenames import LIMIT


class SearchForm(forms.Form):
    q = forms.CharField(
        max_length=LIMIT,
        error_messages={
            "required": _("Please type a town, a quarter or a postcode."),
            "max_length": _("That is too long for the name of a place."),
        },
    )


WRONG_POINT = {
    "required": _("Please give latitude and longitude in degrees."),
    "invalid": _("Please give latitude and longitude in degrees."),
    "min_value": _("That point is not on earth."),
    "max_value": _("That point is not on earth."),
}


class PointForm(forms.Form):
    lat = forms.FloatField(min_value=-90, max_value=90, error_messages=WRONG_POINT, localize=False)
    lon = forms.FloatField(min_value=-180, max_value=180, error_messages=WRONG_POINT, localize=False)
