"""The form of an account in the admin: who belongs to the site itself is named on purpose, never by accident."""

from typing import Any

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from operators.members.models import User

DJANGOS = (_("Reset password"), _("Raw passwords are not stored, so there is no way to see the user’s password."))
"""Django's words in this form that its own German lacks."""


class AccountForm(UserChangeForm[User]):
    deliberate = forms.BooleanField(
        label=_("Yes, this person belongs to the team of this site and may see what every carrier writes"),
        required=False,
        help_text=_("Only needed to make somebody site staff. People of carriers are invited, they need no mark here."),
    )

    def clean(self) -> dict[str, Any]:
        """Making somebody site staff takes a second tick; nobody's second tick is asked for again."""
        data: dict[str, Any] = super().clean() or {}
        was = User.objects.filter(pk=self.instance.pk, is_active=True).first()
        gains = {mark for mark in ("is_staff", "is_superuser") if data.get(mark) and not getattr(was, mark, False)}
        if gains and not data.get("deliberate"):
            self.add_error("deliberate", _t("Do you mean it? Then tick this, too."))
        if data.get("is_staff") and not data.get("is_superuser") and was and self._was_somebody_elses(was):
            self.add_error(
                "is_staff", _t("Who was ever a carrier's or an advertiser's is not site staff by this mark.")
            )
        return data

    def _was_somebody_elses(self, user: User) -> bool:
        return user.memberships.exists() or user.seats.exists()
