"""The form by which a visitor follows a place."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
