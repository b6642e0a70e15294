"""One's own sessions: which there are, and ending them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _t
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from operators.members import sessions
from operators.members.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions_page(request: HttpRequest) -> HttpResponse:
    """Where one is logged in; POST ends one session, or all but this."""
    user, this = request.user, request.session.session_key
    assert isinstance(user, User)  # noqa: S101  # login_required lets nobody else in
    if request.method == "POST":
        if "others" in request.POST:
            ended = sessions.end_all(user, but=this)
        else:
            ended = sessions.end(user, request.POST.get("which", ""))
        messages.success(request, _ended(ended))
        return redirect("sessions")
    response = render(request, "operators/members/sessions.html", {"sessions": sessions.of(user, this)})
    patch_cache_control(response, private=True, no_store=True)
    return response


def _ended(count: int) -> str:
    if not count:
        return _t("There was nothing to end: that session is over already.")
    return ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", count) % {"count": count}


def shut(request: HttpRequest, key: str = "") -> HttpResponse:
    """Pages of the library that nobody needs here."""
    raise Http404
