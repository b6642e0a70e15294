"""The page of a campaign: where it stands, what may be done with it, how its ads look and what they brought."""

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_POST

from complaints.reports.api import cell
from operators.ads import actions
from operators.ads.billing import euros
from operators.ads.deskforms import StepForm, VerdictForm, WhyForm
from operators.ads.explain import Answer, explain
from operators.ads.models import TRANSITIONS, Campaign, CampaignChange, Creative, Review, State
from operators.ads.reports import report
from operators.ads.slots import OFFERS, Device, Shape, Slot
from operators.ads.stock import booking_of, read
from operators.ads.terms import NEXT, terms
from operators.members.models import User
from operators.members.queries import is_site_staff
from operators.scoping import AdvertiserAdmin

OURS = frozenset({State.APPROVED, State.REJECTED})
"""Steps that the site's staff alone take, but for going on after one's own pause."""
SITE = "Einzelfall"
COLUMNS = ("campaign", "day", "slot", "page", "filtered", "views", "clicks")


def signature(request: HttpRequest) -> str:
    """How histories name somebody: the site's staff by the site, everybody else as among colleagues."""
    user = request.user
    return SITE if is_site_staff(user) or not isinstance(user, User) else user.called


def note_change(creative: Creative, by: str) -> None:
    """A row in the history of a booked campaign whose ad was changed."""
    words = _t("An ad was changed; it waits for approval: %s") % creative
    state = creative.campaign.state
    CampaignChange.objects.create(
        campaign=creative.campaign, before=state, after=state, reason=words[:300], by=by, changed_at=timezone.now()
    )


def addresses(own: AdvertiserAdmin[Campaign]) -> list[URLPattern]:
    """Pages of a campaign below its admin; each finds the row through the admin, or answers 404."""

    def page(request: HttpRequest, number: int) -> HttpResponse:
        return _campaign(own, request, own.own(request, str(number)))

    def step(request: HttpRequest, number: int) -> HttpResponse:
        return _step(request, own.own(request, str(number)))

    def numbers(request: HttpRequest, number: int) -> HttpResponse:
        campaign = own.own(request, str(number))
        context = {"title": _t("Report: %s") % campaign, "campaign": campaign, "report": report(campaign)}
        return _shown(own, request, "report", context)

    def file(request: HttpRequest, number: int) -> HttpResponse:
        return _file(own.own(request, str(number)))

    def why(request: HttpRequest, number: int) -> HttpResponse:
        return _why(own, request, own.own(request, str(number)))

    view = own.admin_site.admin_view
    return [
        path("<int:number>/stand/", view(page), name="ad-desk"),
        path("<int:number>/schritt/", view(require_POST(step)), name="ad-step"),
        path("<int:number>/bericht/", view(numbers), name="ad-report"),
        path("<int:number>/bericht.csv", view(file), name="ad-report-csv"),
        path("<int:number>/warum/", view(why), name="ad-why"),
    ]


def _shown(
    own: AdvertiserAdmin[Any], request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    frame = {**own.admin_site.each_context(request), "opts": own.opts}
    return render(request, f"operators/ads/desk/{name}.html", frame | context, status=status)


def _campaign(own: AdvertiserAdmin[Campaign], request: HttpRequest, campaign: Campaign) -> HttpResponse:
    context = {
        "title": campaign.name,
        "campaign": campaign,
        "price": euros(campaign.price_cents),
        "next": NEXT[State(campaign.state)],
        "terms": terms(campaign),
        "slots": [Slot(slot) for slot in campaign.slots],
        "changes": campaign.changes.all(),
        "ads": [(creative, _frames(campaign, creative)) for creative in campaign.creatives.all()],
        "steps": steps(request, campaign),
        "judges": is_site_staff(request.user),
        "changes_it": own.has_change_permission(request, campaign),
        "deletes_it": own.has_delete_permission(request, campaign),
        "adds": campaign.state != State.ENDED,
    }
    return _shown(own, request, "campaign", context)


def _frames(campaign: Campaign, creative: Creative) -> list[tuple[Slot, Device, Shape]]:
    """Where an ad may stand: the booked slots in whose frames it fits, each shape once."""
    found: dict[str, tuple[Slot, Device, Shape]] = {}
    for slot in map(Slot, campaign.slots):
        for device, shape in OFFERS[slot].shapes.items():
            if creative.shape in ("", shape):
                found.setdefault(shape, (slot, device, shape))
    return list(found.values())


def steps(request: HttpRequest, campaign: Campaign) -> list[tuple[State, str, bool]]:
    """What this person may do next: the state, the word on the button, and whether a reason is asked for."""
    ours = is_site_staff(request.user)
    words = {
        State.SUBMITTED: _t("Submit"),
        State.DRAFT: _t("Take back as a draft"),
        State.APPROVED: _t("Approve"),
        State.REJECTED: _t("Reject"),
        State.PAUSED: _t("Pause"),
        State.ENDED: _t("End for good"),
        State.RUNNING: _t("Go on"),
    }
    states = TRANSITIONS[State(campaign.state)]
    if campaign.state == State.PAUSED:
        on = State.RUNNING if campaign.starts_on <= timezone.localdate() else State.APPROVED
        words[on] = _t("Go on")
        states = frozenset({State.ENDED}) | (frozenset({on}) if ours or not paused_by_the_site(campaign) else set())
    else:
        states = states - {State.RUNNING} - (frozenset() if ours else OURS)
    return [
        (state, word, ours and state in (State.REJECTED, State.PAUSED))
        for state, word in words.items()
        if state in states
    ]


def paused_by_the_site(campaign: Campaign) -> bool:
    """Then only the site lets it go on."""
    last = campaign.changes.filter(after=State.PAUSED).last()
    return last is not None and last.by == SITE


def _step(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    form = StepForm(request.POST)
    allowed = [state for state, _word, _reason in steps(request, campaign)]
    if not form.is_valid() or form.cleaned_data["to"] not in allowed:
        messages.error(request, _t("This is not possible any more; somebody may have been faster. See how it stands."))
        return redirect("admin:ad-desk", campaign.pk)
    to, reason = State(form.cleaned_data["to"]), form.cleaned_data["reason"].strip()
    if to == State.PAUSED and is_site_staff(request.user) and not reason:
        messages.error(request, _t("Say why: the advertiser reads the reason."))
        return redirect("admin:ad-desk", campaign.pk)
    try:
        actions.move(campaign=campaign, to=to, by=signature(request), reason=reason)
    except actions.BookingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _t("The campaign is now: %s.") % to.label)
    return redirect("admin:ad-desk", campaign.pk)


def judge_ad(own: AdvertiserAdmin[Creative], request: HttpRequest, creative: Creative) -> HttpResponse:
    """Stores what the site's staff say about an ad."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.judge(
            creative=creative,
            review=Review(form.cleaned_data["review"]),
            reason=form.cleaned_data["reason"].strip(),
        )
    except actions.BookingError as error:
        messages.error(request, str(error))
    else:
        own.log_change(request, creative, creative.get_review_display())
        messages.success(request, _t("The ad is now: %s.") % creative.get_review_display())
    return redirect("admin:ad-desk", creative.campaign_id)


def _why(own: AdvertiserAdmin[Campaign], request: HttpRequest, campaign: Campaign) -> HttpResponse:
    first = Slot(campaign.slots[0])
    started = {"page": "home", "slot": first, "device": next(iter(OFFERS[first].shapes)), "language": "de"}
    form = WhyForm(request.GET or None, initial=started)
    answer: Answer | None = None
    booking = booking_of(campaign.pk)
    if form.is_valid() and booking:
        answer = explain(booking, form.asked(), read(timezone.localdate()), timezone.now())
    context = {"title": _t("Why is it not shown?"), "campaign": campaign, "form": form, "answer": answer}
    return _shown(own, request, "why", context, status=422 if form.errors else 200)


def _file(campaign: Campaign) -> HttpResponse:
    """A line for each day, slot, page kind and filter."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="kampagne-{campaign.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for day, slot, page, reason, count in report(campaign).rows:
        writer.writerow([cell(value) for value in (campaign.name, day, slot, page, reason, count.views, count.clicks)])
    return response
