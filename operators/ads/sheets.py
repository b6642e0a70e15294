"""Two pages to look at: an ad in its frame before it is shown, and a statement to print."""

from typing import Any

from csp.constants import NONCE, NONE, SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.views.decorators.clickjacking import xframe_options_sameorigin

from operators.ads.bills import Statement, StatementCorrection
from operators.ads.deskforms import CorrectionForm
from operators.ads.models import Creative, PriceModel
from operators.ads.slots import OFFERS, Device, Shape, Slot
from operators.ads.stock import Payer, Piece
from operators.members.queries import is_site_staff
from operators.scoping import AdvertiserAdmin

DARK = {"hell": "not all", "dunkel": "all"}
"""The media query under which the frame's dark colours hold, by mode."""
POLICY = {"default-src": [NONE], "img-src": [SELF], "style-src": [NONCE], "frame-ancestors": [SELF]}


def preview(request: HttpRequest, creative: Creative, slot: str, device: str, mode: str) -> HttpResponseBase:
    """The inside of a slot with this ad, in light or dark; nothing is counted. Raises Http404 where it does not fit."""
    if slot not in Slot or device not in Device or mode not in DARK:
        raise Http404
    shape = OFFERS[Slot(slot)].shapes.get(Device(device))
    if shape is None or creative.shape not in ("", shape):
        raise Http404
    payer = creative.campaign.advertiser
    named = Payer(payer.pk, payer.payer, payer.branch, payer.is_house)
    context = {"shape": shape, "payer": named, "piece": _piece(creative), "dark": DARK[mode]}

    @xframe_options_sameorigin
    @csp_replace(POLICY | {"script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]})
    def framed(request: HttpRequest) -> HttpResponse:
        return render(request, "operators/ads/frame.html", context)

    return framed(request)


def _piece(creative: Creative) -> Piece:
    keys = dict(creative.pictures.values_list("dark", "key"))
    shape = Shape(creative.shape) if creative.shape else None
    words = (creative.headline, creative.text, creative.alt, creative.target_url)
    return Piece(creative.pk, shape, *words, keys.get(False), keys.get(True))


def statement(own: AdvertiserAdmin[Statement], request: HttpRequest, found: Statement) -> HttpResponse:
    """A statement as it was made, with its corrections; POST of the site's staff adds one."""
    ours = is_site_staff(request.user)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST":
        if not ours:
            raise PermissionDenied
        if form.is_valid():
            return _correct(request, found, form)
    context: dict[str, Any] = {
        **own.admin_site.each_context(request),
        "opts": own.opts,
        "title": _t("Statement %s") % found.number,
        "statement": found,
        "lines": [(line, PriceModel(line.price_model).label) for line in found.rows],
        "corrections": found.corrections.all(),
        "form": form if ours else None,
    }
    status = 422 if form.errors else 200
    return render(request, "operators/ads/desk/statement.html", context, status=status)


def _correct(request: HttpRequest, found: Statement, form: CorrectionForm) -> HttpResponse:
    words = {"net_cents": form.cleaned_data["amount"], "reason": form.cleaned_data["reason"]}
    StatementCorrection.objects.create(statement=found, by="Einzelfall", **words)
    messages.success(request, _t("The correction stands below the statement."))
    return redirect("admin:operators_statement_change", found.pk)
