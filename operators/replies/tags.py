"""What the page of a report shows of answers."""

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from complaints.reports.models import Report
from operators.members.models import Role, User
from operators.members.queries import is_site_staff
from operators.replies import queries

register = template.Library()
OWN_WAYS = (
    (_("Reports"), "complaints_report", "complaints.view_report"),
    (_("Comments"), "complaints_comment", "complaints.view_comment"),
    (_("Objections"), "complaints_flag", "complaints.view_flag"),
    (_("Posts"), "operators_post", "operators.view_post"),
    (_("Campaigns"), "operators_campaign", "operators.view_campaign"),
    (_("Carriers"), "complaints_carrier", "complaints.view_carrier"),
    (_("Accounts"), "operators_user", "operators.view_user"),
)
"""Where the site's own staff work most: words, admin, the permission to see it."""
DAYS_FROM = 48
"""Hours after which a time is said in days."""


@register.filter
def since_hours(hours: int) -> str:
    """Whole hours as what follows "waiting for": "12 hours", from two days on "5 days"."""
    if not hours:
        return str(_("less than an hour"))
    if hours < DAYS_FROM:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = hours // 24
    number = number_format(days, 0, use_l10n=True, force_grouping=True)
    return ngettext("%(n)s day of waiting", "%(n)s days of waiting", days) % {"n": number}


@register.inclusion_tag("operators/replies/_door.html")
def inbox_door(user: User) -> dict[str, object]:
    """The way to the inbox for who may answer; nothing for others. One query."""
    return {"carriers": list(queries.desks(user))}


@register.inclusion_tag("operators/replies/_ways.html", takes_context=True)
def workplace_ways(context: Context) -> dict[str, object]:
    """The ways through the workplace of a carrier or of the site itself; two queries."""
    request, desk = context["request"], context.get("desk")
    user = request.user
    if not isinstance(user, User):
        return {}
    if is_site_staff(user):
        return {"own": [way for way in OWN_WAYS if user.has_perm(way[2])], "here": request.path}
    works = queries.desks(user, Role.AUTHOR, Role.REPLIER, Role.MANAGER).exists()
    inboxes = queries.desks(user)
    answers = (inboxes.filter(pk=desk.carrier.pk) if desk else inboxes).exists()
    return {"works": works, "answers": answers, "slug": desk.carrier.slug if desk else "", "here": request.path}


@register.inclusion_tag("operators/replies/_answers.html")
def answers(report: Report, key: str = "") -> dict[str, object]:
    """A report's answers, or one to its neighbours as a hint; `key` is the author's. One or two queries."""
    given = [] if report.works else queries.given(report)
    found = [answered for answered in given if not answered.disputed_at]
    hint = None if found or report.works else queries.hint(report)
    disputed = [answered for answered in given if answered.disputed_at]
    return {"report": report, "answers": found, "disputed": disputed, "hint": hint, "key": key}
