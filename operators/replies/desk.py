"""Who may sit at the inbox: repliers and managers of a carrier; who lost that while typing keeps the words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from complaints.carriers.models import Carrier
from operators.members.kept import kept_words
from operators.members.models import Role, User
from operators.replies.queries import REPLIERS, desks


@dataclass(frozen=True)
class Desk:
    """Somebody who answers, the carrier in whose name, and the others they may choose."""

    user: User
    carrier: Carrier
    carriers: tuple[Carrier, ...]


View = Callable[..., HttpResponse]


def at_desk(view: View) -> View:
    """`staffed` by those who answer."""
    return staffed(*REPLIERS)(view)


def staffed(*roles: Role) -> Callable[[View], View]:
    """Decorates a view that takes a Desk after the request: the carrier named by `anbieter`, or the first.

    Whoever is not logged in comes to the log-in; who has none of the roles anywhere gets 404. A text that was sent by
    either is shown again to be copied, with 403: access may have ended while it was written.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            desk = _desk(request, roles)
            if desk:
                response = view(request, desk, *args, **kwargs)
                patch_cache_control(response, private=True, no_store=True)
                return response
            if request.method == "POST" and request.POST.get("text", "").strip():
                return kept_words(request, 403)
            if not admin.site.has_permission(request):
                return admin.site.admin_view(_nothing)(request)
            raise Http404

        return answer

    return decorated


def _desk(request: HttpRequest, roles: tuple[Role, ...]) -> Desk | None:
    user = request.user
    if not isinstance(user, User) or not admin.site.has_permission(request):
        return None
    own = tuple(desks(user, *roles))
    asked = request.POST.get("anbieter") or request.GET.get("anbieter")
    chosen = [carrier for carrier in own if not asked or carrier.slug == asked]
    return Desk(user, chosen[0], own) if chosen else None


def _nothing(request: HttpRequest) -> HttpResponse:
    raise Http404
