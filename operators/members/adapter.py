"""How allauth behaves here: staff are invited, nobody signs up, and addresses are hashed."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from operators.members import sessions
from operators.members.lockout import hashed_address
from operators.members.models import User


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth counts by; no address gets into its cache or its mails."""
        return hashed_address(request)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.start(request)
