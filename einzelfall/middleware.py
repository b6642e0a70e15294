"""What every request passes: its language and a check of its bytes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.datastructures import MultiValueDict

Handler = Callable[[HttpRequest], HttpResponse]


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


class PermissionsMiddleware:
    """Pages may ask for the position, which the form offers to take, and for nothing else of the device."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"
        return response


class BadInputMiddleware:
    """Answers 400 with a sentence where the address or the query holds a NUL byte (PostgreSQL refuses it)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or has_nul(request.GET):
            return render(request, "400.html", status=400)
        return self.get_response(request)


def has_nul(values: "MultiValueDict[str, str]") -> bool:
    return any("\x00" in value for key in values for value in (key, *values.getlist(key)))
