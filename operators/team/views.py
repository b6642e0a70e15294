"""The page behind the link of an invitation: a new account, or a button for who has one."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from operators.members.models import User
from operators.team import actions
from operators.team.forms import JoinForm
from operators.team.models import Invitation

LARGEST = 1 << 62


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """What the holder of the link may do: accept as whom they are logged in, log in first, or make an account."""
    found = Invitation.objects.select_related("carrier").filter(pk=min(number, LARGEST)).first()
    state = found.state(key) if found else ""
    if found is None or not state:
        raise Http404(_t("This invitation does not exist. Please copy the whole link from the mail."))
    try:
        return _uncached(_door(request, found, state))
    except actions.GoneError:
        found.refresh_from_db()
        return _uncached(_closed(request, found, found.state(key)))


def _door(request: HttpRequest, found: Invitation, state: str) -> HttpResponse:
    if state != "valid":
        return _closed(request, found, state)
    if isinstance(request.user, User):
        return _accept(request, found, request.user)
    known = User.objects.filter(email__iexact=found.email).first()
    if known and known.is_active:
        return _log_in_first(request, found)
    return _closed(request, found, "inactive") if known else _join(request, found)


def _accept(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    if request.method != "POST":
        return render(request, "operators/team/accept.html", {"invitation": found})
    actions.accept(invitation=found, user=user)
    messages.success(request, _t("You belong to %s now.") % found.carrier)
    return redirect("admin:index")


def _log_in_first(request: HttpRequest, found: Invitation) -> HttpResponse:
    if request.method == "POST":
        return redirect_to_login(request.path)
    return render(request, "operators/team/log_in.html", {"invitation": found})


def _join(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, email=found.email)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "operators/team/join.html", {"invitation": found, "form": form}, status=status)
    user = actions.join(invitation=found, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
    get_adapter(request).login(request, user)
    reauthenticate_by_password(request)  # the password was typed a moment ago
    return redirect("mfa_index")


def _closed(request: HttpRequest, found: Invitation, state: str) -> HttpResponse:
    """A clear sentence and a way on."""
    context = {"state": state, "carrier": found.carrier if state in ("accepted", "expired") else None}
    return render(request, "operators/team/closed.html", context, status=410)


def _uncached(response: HttpResponse) -> HttpResponse:
    """The site's policy for referrers keeps the key here; "no-referrer" would make browsers send an origin of null."""
    patch_cache_control(response, private=True, no_store=True)
    return response
