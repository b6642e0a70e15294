"""What waits for the site's own staff, as the first thing they see."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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

    label: str | Promise
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
    waiting: list[tuple[str | Promise, QuerySet[Model], str]] = [
        (_("reports that are held"), Report.objects.waiting(), "?waiting=yes"),
        (_("comments that are held"), Comment.objects.waiting(), "?state=waiting"),
        (_("objections"), Flag.objects.open(), ""),
        (_("echoes that are held"), Echo.objects.held(), ""),
        (_("bookings that are submitted"), Campaign.objects.filter(state=State.SUBMITTED), "?state__exact=submitted"),
        (
            _("ads nobody has looked at"),
            Creative.objects.filter(review=Review.OPEN, campaign__state__in=BOOKED),
            "?review__exact=open",
        ),
    ]
    return [
        Pile(label, rows.order_by()[: MOST + 1].count(), reverse(f"admin:{_name(rows)}_changelist") + query)
        for label, rows, query in waiting
        if user.has_perm(f"{rows.model._meta.app_label}.view_{rows.model._meta.model_name}")
    ]


def _name(rows: QuerySet[Model]) -> str:
    return f"{rows.model._meta.app_label}_{rows.model._meta.model_name}"
