"""The work orders as CSV."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaints.reports.api import cell
from operators.desk.forms import OrdersForm
from operators.desk.orders import Order, OrderList, order_list
from operators.desk.views import ROLES
from operators.replies.desk import Desk, staffed

COLUMNS = (
    *("rank", "place", "land", "inhabitants", "rate_per_100k", "rate_low", "rate_high", "reports", "echoes", "people"),
    *("weeks_with_reports", "weeks", "since", "until", "problems", "last_report_on", "open_promises"),
)


@require_safe
@staffed(*ROLES)
def orders_csv(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A line for each place with the filters of the page; 422 with a sentence for wrong ones."""
    form = OrdersForm(request.GET)
    if not form.is_valid():
        said = "\n".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(said, status=422, content_type="text/plain; charset=utf-8")
    found = order_list(desk.carrier, form.orders())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"auftraege-{desk.carrier.slug}-{timezone.localdate()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for order in found.orders:
        writer.writerow([cell(value) for value in _line(order, found)])
    return response


def _line(order: Order, found: OrderList) -> Iterator[object]:
    line, rate = order.line, order.line.rate
    yield from (order.rank, line.place.name, line.place.land_name, line.place.population)
    yield from (round(end, 2) for end in (rate.value, rate.low, rate.high)) if rate else ("", "", "")
    yield from (line.trouble, order.echoes, order.people, line.weeks, found.weeks, found.since, found.until)
    yield " ".join(f"{problem.value}:{count}" for problem, count in order.kinds)
    yield order.last or ""
    yield " | ".join(f"{promise.due_on}: {promise.sentence}" for promise in order.promises)
