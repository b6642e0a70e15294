"""The forms of the log-in that differ from allauth's."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class LogInForm(LoginForm):  # type: ignore[misc]
    """Labels instead of words inside of the fields, which vanish while somebody types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address or log-in name")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CountedCode(BaseAuthenticateForm):  # type: ignore[misc]
    """Wrong codes count like wrong passwords; nobody gets to try one while the account is locked."""

    def clean_code(self) -> str:
        request, credentials = context.request, {"username": self.user.username}
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out, request.axes_credentials = True, credentials
            raise ValidationError("locked")  # never shown: the middleware answers with the waiting time
        try:
            code: str = super().clean_code()
        except ValidationError:
            AxesProxyHandler.user_login_failed(type(self), credentials, request)
            raise
        return code


class CodeForm(CountedCode, AuthenticateForm):  # type: ignore[misc]
    pass


class AgainForm(CountedCode, ReauthenticateForm):  # type: ignore[misc]
    pass
