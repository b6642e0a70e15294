"""What waits for the site's own staff, as the first thing they see."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from complaints.echoes.models import Echo
from complaints.moderation.models import Flag
from complaints.reports.models import Report
from complaints.threads.models import Comment
from operators.ads.models import Campaign, Creative, Review, State
from operators.members.models import User
from operators.members.queries import is_site_staff

register = template.Library()
MOST = 1000
BOOKED = (State.SUBMITTED, State.APPROVED, State.RUNNING, State.PAUSED)


@dataclass(frozen=True)
class Pile:
    """Rows of a kind that wait, counted up to one more than MOST, and where they are worked off."""

    label: str
    count: int
    address: str

    @property
    def is_more(self) -> bool:
        return self.count > MOST


@register.inclusion_tag("operators/desk/_queue.html")
def staff_queue(user: User | AnonymousUser) -> dict[str, object]:
    """The piles that somebody of the site's staff may work off; nothing for others. One query a pile."""
    return {"piles": _piles(user) if is_site_staff(user) else [], "most": MOST}


def _piles(user: User | AnonymousUser) -> list[Pile]:
    unseen = Creative.objects.filter(review=Review.OPEN, campaign__state__in=BOOKED)
    waiting: list[tuple[QuerySet[Model], str]] = [
        (Report.objects.waiting(), "?waiting=yes"),
        (Comment.objects.waiting(), "?state=waiting"),
        (Flag.objects.open(), ""),
        (Echo.objects.held(), ""),
        (Campaign.objects.filter(state=State.SUBMITTED), "?state__exact=submitted"),
        (unseen, "?review__exact=open"),
    ]
    piles = []
    for rows, query in waiting:
        name = f"{rows.model._meta.app_label}.view_{rows.model._meta.model_name}"
        if user.has_perm(name):
            count = rows.order_by()[: MOST + 1].count()
            address = reverse(f"admin:{rows.model._meta.label_lower.replace('.', '_')}_changelist")
            piles.append(Pile(_label(rows.model, count), count, address + query))
    return piles


def _label(model: type[Model], n: int) -> str:
    words = {
        Report: ngettext("report that is held", "reports that are held", n),
        Comment: ngettext("comment that is held", "comments that are held", n),
        Flag: ngettext("open flag", "open flags", n),
        Echo: ngettext("echo that is held", "echoes that are held", n),
        Campaign: ngettext("booking that is submitted", "bookings that are submitted", n),
        Creative: ngettext("ad nobody has looked at", "ads nobody has looked at", n),
    }
    return words[model]
