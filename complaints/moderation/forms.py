"""The forms of objections and of decisions about them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.base.plaintext import CleanCharField
from complaints.moderation.models import Objection

CHOOSE = _("Please choose a reason.")


class FlagForm(forms.Form):
    """A reader's objection; only the reason is required."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Objection.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    text = CleanCharField(
        label=_("In your words (optional)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Please keep it below %(limit_value)d characters.")},
    )


class DecisionForm(forms.Form):
    """Why the site's staff decide so; the reason and the note are public."""

    reason = forms.ChoiceField(
        label=_("Reason, public in the log and, of what was public, in its place"),
        choices=[("", "–"), *Objection.choices],
        required=False,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    note = CleanCharField(
        label=_("Public note"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Please keep it below %(limit_value)d characters.")},
    )
