"""What every request to the workplace passes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from operators.members.sessions import touch


class SessionUseMiddleware:
    """Keeps the time of last use of a session; public pages have none and are let through untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path_info.startswith(settings.SESSION_COOKIE_PATH)
            and settings.SESSION_COOKIE_NAME in request.COOKIES
        ):
            touch(request.session)
        return self.get_response(request)
