"""How allauth behaves here: staff are invited, nobody signs up, and addresses are hashed."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _t

from operators.members import sessions
from operators.members.lockout import hashed_address
from operators.members.models import User

log = logging.getLogger("einzelfall.members")


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the log-in, which says that it is done; public pages say nothing to anybody in particular."""
        return reverse("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth counts by; no address gets into its cache or its mails."""
        return hashed_address(request)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.start(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Says so where the mail server takes nothing; what was changed stays changed."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            log.exception("The mail server took no mail about an account.")
            messages.error(self.request, _t("The mail could not be sent just now. Please try again later."))
