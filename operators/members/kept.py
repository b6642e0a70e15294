"""The page for a form that cannot be saved any more: what was typed comes back to be copied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control


def kept_words(request: HttpRequest, status: int) -> HttpResponse:
    """Shows the posted texts, without a word about the row they were meant for; the same for all who may not save."""
    secret = ("password", "csrf", "token", "code")
    texts = [
        text
        for name in request.POST
        if not any(word in name for word in secret)
        for text in request.POST.getlist(name)
        if " " in text.strip()
    ]
    context = {"has_permission": False, "texts": texts, "title": "", "gone": status == 404}
    response = render(request, "operators/members/kept.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
