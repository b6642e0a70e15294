"""What the page of a report shows of answers."""

from django import template

from complaints.reports.models import Report
from operators.members.models import User
from operators.replies import queries

register = template.Library()


@register.inclusion_tag("operators/replies/_door.html")
def inbox_door(user: User) -> dict[str, object]:
    """The way to the inbox for who may answer; nothing for others. One query."""
    return {"carriers": list(queries.desks(user))}


@register.inclusion_tag("operators/replies/_answers.html")
def answers(report: Report, key: str = "") -> dict[str, object]:
    """A report's standing answers, or one to its neighbours as a hint; `key` is the author's. One or two queries."""
    found = [] if report.works else queries.standing(report)
    hint = None if found or report.works else queries.hint(report)
    return {"report": report, "answers": found, "hint": hint, "key": key}
