"""What managers and the people they invite type."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from complaints.carriers.models import Carrier
from operators.members.models import Membership, Role, User

NOUNS = {
    Role.AUTHOR: _("Author: writes posts and promises"),
    Role.REPLIER: _("Replier: answers reports and comments"),
    Role.MANAGER: _("Manager: everything, and invites colleagues"),
    Role.ADVERTISER: _("Advertiser: books and sees ads"),
}


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=list(NOUNS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
    )


class InviteForm(RolesForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=140,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Whom do you want to invite? An e-mail address is missing."),
            "invalid": _("This is not an e-mail address. It looks like name@example.org."),
        },
    )
    field_order = ("email", "roles")

    def __init__(self, *args: Any, carrier: Carrier, **kwargs: Any) -> None:
        self.carrier = carrier
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        members = Membership.objects.current().filter(carrier=self.carrier, user__email__iexact=email)
        if members.exists():
            raise ValidationError(_t("Somebody with this address is in the team already. Change their roles there."))
        return email


class JoinForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("It stands next to what you write in public, a first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Tell us what to call you.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 8 characters, and nothing that many others choose."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("password"):
            somebody = User(username=self.email, email=self.email, first_name=data.get("name", ""))
            try:
                validate_password(data["password"], somebody)
            except ValidationError as error:
                self.add_error("password", error)
        return data
