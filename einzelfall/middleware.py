"""What every request passes: its light mode, its language and a check of its bytes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.datastructures import MultiValueDict

from complaints.base.publicpage import LIGHT

Handler = Callable[[HttpRequest], HttpResponse]


class LightMiddleware:
    """Light pages without map and pictures: every address also below `/leicht/`, or asked for by `Save-Data: on`.

    The prefix becomes the script name, so that every link of a light page leads to a light page without any cookie.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.light = request.headers.get("Save-Data", "").lower() == "on"  # type: ignore[attr-defined]
        if request.path_info.startswith(f"{LIGHT}{settings.SESSION_COOKIE_PATH}"):  # its cookies would not get there
            return HttpResponseRedirect(request.get_full_path().replace(LIGHT, "", 1))
        chosen = request.path_info.startswith(f"{LIGHT}/")
        usual = get_script_prefix()
        if chosen:
            request.light = True  # type: ignore[attr-defined]
            request.path_info = request.path_info.removeprefix(LIGHT)
            set_script_prefix(f"{usual.rstrip('/')}{LIGHT}/")
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix(usual)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Save-Data"])
        return response


class LanguageMiddleware:
    """English below `/en/`, German everywhere else: the address alone decides, so pages stay cacheable."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = "en" if request.path_info == "/en" or request.path_info.startswith("/en/") else "de"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HeadersMiddleware:
    """Pages may ask for the position, which the form offers to take, and for nothing else of the device.

    Whatever failed is asked for again the next time: browsers keep a bare 410 for good (RFC 9111, section 4.2.2), and
    a case that is shown again would stay gone.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


class BadInputMiddleware:
    """Answers 400 with a sentence where the address or the query holds a NUL byte (PostgreSQL refuses it)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or has_nul(request.GET):
            return render(request, "400.html", status=400)
        return self.get_response(request)


class MethodMiddleware:
    """A page instead of an empty answer where an address does not know the method; scripts get what the view said."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.get_preferred_type(["text/html", "application/json"]) != "text/html":
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def has_nul(values: "MultiValueDict[str, str]") -> bool:
    return any("\x00" in value for key in values for value in (key, *values.getlist(key)))
