"""What the links in mails to followers do: GET shows a button, POST acts, without any log-in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _t
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from complaints.base.keys import is_key
from complaints.follows import actions
from complaints.follows.models import Follow
from complaints.follows.tasks import CONFIRM, END

LARGEST = 1 << 62


@csrf_exempt  # the signed key in the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """From the POST on the address hears of its subject; a mail program that only looks changes nothing."""
    follow = _follow(number, key, CONFIRM)
    if follow is None:
        return _gone(request)
    if request.method == "POST":
        actions.confirm(follow=follow)
    return _page(request, "confirm", follow, done=request.method == "POST" or follow.confirmed_at is not None)


@csrf_exempt  # RFC 8058: the mail program posts, and the signed key in the address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The POST deletes the address; the same link again says that it is done."""
    follow = _follow(number, key, END)
    if request.method == "POST" and follow:
        actions.end(follow=follow.pk)
        follow = None
    return _page(request, "end", follow, done=follow is None)


def _follow(number: int, key: str, purpose: str) -> Follow | None:
    if not is_key(key, purpose, number):
        raise Http404(_t("This link does not belong to anything. Please copy the whole link from the mail."))
    return Follow.objects.filter(pk=min(number, LARGEST)).first()


def _gone(request: HttpRequest) -> HttpResponse:
    return _page(request, "gone", None, done=True, status=410)


def _page(request: HttpRequest, name: str, follow: Follow | None, *, done: bool, status: int = 200) -> HttpResponse:
    response = render(request, f"complaints/follows/{name}.html", {"done": done, "follow": follow}, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
