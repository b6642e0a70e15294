"""A thread on a page: `{% comments thread %}` and `{% comments_on_report report %}`."""

from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from complaints.reports.models import Report
from complaints.threads import queries
from complaints.threads.forms import CommentForm, order_in, page_in
from complaints.threads.models import Thread

register = template.Library()


@register.inclusion_tag("complaints/threads/_thread.html", takes_context=True)
def comments(context: template.Context, thread: Thread) -> dict[str, Any]:
    """A page of the thread that the address asks for, and the form to say something; one query."""
    return _shown(context, thread, reverse("thread-comment", args=(thread.pk,)))


@register.inclusion_tag("complaints/threads/_thread.html", takes_context=True)
def comments_on_report(context: template.Context, report: Report) -> dict[str, Any]:
    """The same below a report, also where nobody has said anything; two queries at most."""
    return _shown(context, queries.thread_of(report), reverse("report-comment", args=(report.number,)))


def _shown(context: template.Context, thread: Thread | None, write_url: str) -> dict[str, Any]:
    request: HttpRequest | None = context.get("request")
    query = request.GET if request else QueryDict()
    page = queries.thread_page(thread, order_in(query), page_in(query))
    return {
        "request": request,
        "page": page,
        "write_url": write_url,
        "form": CommentForm(auto_id="say_%s"),
        "thanked": query.get("dank", ""),
    }
