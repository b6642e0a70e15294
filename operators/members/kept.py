"""The page for a form that cannot be saved: what was typed comes back to be copied."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.csrf import csrf_failure as refused

SECRET = ("password", "csrf", "token", "code")
CONTROLS = ("submission", "seen", "version", "anbieter", "do", "action", "step", "index")


def kept_words(request: HttpRequest, status: int, *, stale: bool = False) -> HttpResponse:
    """Shows the posted texts, without a word about the row they were meant for; the same for all who may not save."""
    names = [name for name in request.POST if not any(word in name for word in SECRET) and _is_typed(name)]
    texts = [text for name in names for text in request.POST.getlist(name) if _is_words(text)]
    context = {"has_permission": False, "texts": texts, "title": "", "gone": status == 404, "stale": stale}
    response = render(request, "operators/members/kept.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """Whoever logged in anew in another window gets the words of the older one back."""
    if request.path.startswith("/intern/") and not request.path.startswith("/intern/konto/"):
        return kept_words(request, 403, stale=True)
    return refused(request, reason, **kwargs)


def _is_typed(name: str) -> bool:
    """Whether a field is one for people: buttons begin with "_", what the page remembers has names of its own."""
    return not name.startswith(("_", "filter_", "initial-")) and name not in CONTROLS


def _is_words(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return any(sign.isalpha() for sign in text)
    return False
