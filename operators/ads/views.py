"""The frame of a slot, the pictures in it, and the way an ad leads to."""

from uuid import UUID

from csp.constants import NONCE, NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _t
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from complaints.base.publicpage import public_page
from operators.ads import ledger as public_ledger
from operators.ads.asking import Asked, page_of
from operators.ads.choosing import Turns, choose
from operators.ads.counting import Token, Visitor, count_click, count_view, token_of, visitor_of
from operators.ads.models import Creative, CreativePicture, Review
from operators.ads.slots import OFFERS, Device, Slot
from operators.ads.stock import stock

YEAR = 365 * 24 * 60 * 60
OWN_POLICY = {"default-src": [NONE], "img-src": [SELF], "style-src": [NONCE], "frame-ancestors": [SELF]}
TURNS = Turns()
"""What this worker remembers between frames."""


@require_safe
@public_page(public_ledger.version, max_age=300)
def ledger(request: HttpRequest) -> HttpResponse:
    """Who advertises here, when and where; what is for sale; the rules."""
    asked = request.GET.get("seite", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 8 else 0
    shown = public_ledger.ledger_page(page) if 1 <= page <= public_ledger.LAST_PAGE else None
    if shown is None or (page > 1 and not shown.entries):
        raise Http404(_t("The ledger has no page with this number."))
    context = {"ledger": shown, "offers": public_ledger.for_sale(), "rules": public_ledger.FIREWALL}
    return render(request, "operators/ads/ledger.html", context)


@require_safe
@xframe_options_sameorigin
@csp_replace(OWN_POLICY | {"script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]})  # type: ignore[arg-type]
def frame(request: HttpRequest, slot: str, device: str) -> HttpResponse:
    """The inside of a slot: chosen for this request, counted, kept by nobody; 404 for what no page of ours asks."""
    visitor = visitor_of(request, framed=True)
    asked = _asked(request, slot, device, visitor)
    if asked is None:
        return HttpResponseNotFound("404", content_type="text/plain")
    turns = TURNS.glance() if visitor.doubt else TURNS
    choice = choose(stock(), asked, timezone.now(), turns) if request.method == "GET" else None
    context: dict[str, object] = {"shape": OFFERS[asked.slot].shapes[asked.device]}
    if choice:
        key, counts = count_view(choice, asked, visitor)
        TURNS.shown[choice.booking.id] += counts
        token = Token(key, choice.piece.id, asked.slot, asked.page.kind)
        context |= {"payer": choice.booking.payer, "piece": choice.piece, "token": token.signed()}
    return _kept_by_nobody(render(request, "operators/ads/frame.html", context))


def _asked(request: HttpRequest, slot: str, device: str, visitor: Visitor) -> Asked | None:
    page = page_of(request.GET.get("p", ""))
    if not settings.ADS or page is None or slot not in Slot or device not in Device:
        return None
    asked = Asked(page, Slot(slot), Device(device), get_language() or "de", timezone.localdate(), visitor.sender)
    return asked if asked.device in OFFERS[asked.slot].shapes else None


@require_safe
def picture(request: HttpRequest, key: UUID) -> HttpResponse:
    """The pixels of a creative; they never change."""
    found = get_object_or_404(CreativePicture.objects.only("content"), key=key)
    response = HttpResponse(bytes(found.content), content_type="image/webp")
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


@require_safe
def click(request: HttpRequest, token: str) -> HttpResponse:
    """To the target of the ad that the signed link came with, and nowhere else; the same link again counts no more."""
    try:
        found = token_of(token)
    except signing.SignatureExpired:
        return _kept_by_nobody(render(request, "410.html", status=410))
    except signing.BadSignature as error:
        raise Http404 from error
    creative = get_object_or_404(Creative, pk=found.creative, review=Review.APPROVED)
    if request.method == "GET":
        count_click(found, visitor_of(request, framed=False))
    response = HttpResponseRedirect(creative.target_url)
    response.headers["Referrer-Policy"] = "strict-origin"
    return _kept_by_nobody(response)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    return response
