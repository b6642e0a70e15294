"""Campaigns go their way from draft to end, and creatives are looked at; each step leaves a row."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from operators.ads.models import BOOKED, TRANSITIONS, Campaign, CampaignChange, Creative, Review, State

LOCK = 0x61647321
"""Any number that no other advisory lock of ours has: approvals wait for each other, so that none overlaps another."""


class BookingError(ValueError):
    """A sentence for the person who books or approves."""


def move(*, campaign: Campaign, to: State, by: str, reason: str = "") -> Campaign:
    """Takes a campaign one step further and writes it down; the same step twice changes nothing.

    Raises BookingError for a step that TRANSITIONS does not allow, a rejection without a reason, a campaign without
    anything to show, and an exclusive booking that overlaps another one.
    """
    with transaction.atomic():
        _wait_for_others()
        found = Campaign.objects.select_for_update().get(pk=campaign.pk)
        before = State(found.state)
        if before == to:
            return found
        if to not in TRANSITIONS[before]:
            words = {"before": before.label, "to": to.label}
            raise BookingError(_t("A campaign that is “%(before)s” cannot become “%(to)s”.") % words)
        if why := _refusal(found, to, reason):
            raise BookingError(why)
        Campaign.objects.filter(pk=found.pk).update(state=to)
        CampaignChange.objects.create(
            campaign=found, before=before, after=to, reason=reason, by=by, changed_at=timezone.now()
        )
    campaign.state = found.state = to
    return found


def _refusal(campaign: Campaign, to: State, reason: str) -> str:
    """Why a step cannot be, empty where it can."""
    if to == State.REJECTED and not reason:
        return _t("Say why: the advertiser reads the reason.")
    if to == State.SUBMITTED and not campaign.creatives.exists():
        return _t("This campaign has nothing to show yet. Add an ad first.")
    if to == State.SUBMITTED and campaign.starts_on < timezone.localdate():
        return _t("Its first day is past. Change the booking first.")
    if to == State.APPROVED and not campaign.creatives.filter(review=Review.APPROVED).exists():
        return _t("Approve at least one of its ads first.")
    if to in (State.SUBMITTED, State.APPROVED) and (other := overlapping(campaign)):
        words = {"first": other.starts_on, "last": other.ends_on}
        return _t("Somebody else has booked this alone from %(first)s to %(last)s. Choose other days or pages.") % words
    return ""


def overlapping(campaign: Campaign) -> Campaign | None:
    """A booked exclusive campaign that wants the same slot, for the same pages, on the same days as this one."""
    if not campaign.exclusive:
        return None
    others = Campaign.objects.filter(
        exclusive=True,
        state__in=[state for state in BOOKED if state != State.ENDED],
        starts_on__lte=campaign.ends_on,
        ends_on__gte=campaign.starts_on,
    ).exclude(pk=campaign.pk)
    return next((other for other in others if _meet(campaign, other)), None)


def _meet(one: Campaign, other: Campaign) -> bool:
    """Whether there can be a frame that both want; an empty target wants all."""
    carriers = [set(c.carriers.values_list("pk", flat=True)) for c in (one, other)]
    places = [{pk for place in c.places.all() for pk in (place.pk, place.land_id)} - {None} for c in (one, other)]
    return (
        bool(set(one.slots) & set(other.slots))
        and all(not a or not b or bool(a & b) for a, b in (carriers, places))
        and (not one.problems or not other.problems or bool(one.problems & other.problems))
        and (not one.language or not other.language or one.language == other.language)
        and (not one.device or not other.device or one.device == other.device)
    )


def judge(*, creative: Creative, review: Review, reason: str = "") -> None:
    """Writes what the site's staff say about a creative. Raises BookingError for a rejection without a reason."""
    if review == Review.REJECTED and not reason:
        raise BookingError(_t("Say why: the advertiser reads the reason."))
    creative.review, creative.reason = review, reason if review == Review.REJECTED else ""
    creative.save(update_fields=["review", "reason"])


def begin_and_end_due() -> int:
    """Marks approved campaigns whose first day has come as running, and those whose last day is over as ended.

    Returns how many. Nothing waits for this: what is shown follows from the days themselves (rules.py).
    """
    today = timezone.localdate()
    ended = Campaign.objects.filter(state__in=(State.APPROVED, State.RUNNING, State.PAUSED), ends_on__lt=today)
    begun = Campaign.objects.filter(state=State.APPROVED, starts_on__lte=today, ends_on__gte=today)
    due = [(campaign, State.ENDED) for campaign in ended] + [(campaign, State.RUNNING) for campaign in begun]
    for campaign, state in due:
        move(campaign=campaign, to=state, by="Einzelfall")
    return len(due)


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
