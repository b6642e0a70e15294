"""The answer board as CSV."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from complaints.base.publicpage import public_page
from complaints.base.survival import Estimate
from operators.board import queries
from operators.board.forms import PeriodForm
from operators.board.hotline import HotlineRow

HORIZONS = ("1h", "4h", "24h", "7d")
COLUMNS = (
    *("carrier", "name", "days", "since", "as_of", "reports", "waiting", "form_letters"),
    *(
        f"{name}{part}"
        for name in (*(f"answered_{h}" for h in HORIZONS), "median_minutes")
        for part in ("", "_low", "_high")
    ),
    *("hotline_asked", "hotline_isolated", "hotline_placed", "hotline_contradicted"),
)
"""`hotline_placed` of those told "isolated" are known to a point; of them `hotline_contradicted` were not alone."""


@require_safe
@public_page(queries.version, max_age=300)
def answers_csv(request: HttpRequest) -> HttpResponse:
    """A line for each carrier; figures that cannot be said are empty. 422 with a sentence for an unknown period."""
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return HttpResponse(form.sentence, status=422, content_type="text/plain; charset=utf-8")
    board = queries.board(form.days, form.until)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="antworten-{board.days}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    heard = {row.carrier.id: row for row in board.hotline}
    for row in (*board.rows, *board.untold):
        writer.writerow([*_line(board, row), *_heard(heard.get(row.carrier.id))])
    return response


def _line(board: queries.Board, row: queries.BoardRow) -> Iterator[object]:
    yield from (row.carrier.slug, row.carrier.name, board.days, board.since)
    yield board.as_of.isoformat(timespec="seconds")
    yield from (row.base, row.waiting, row.letters)
    estimates = (*row.speed.shares, row.speed.median) if row.speed else (None,) * 5
    for n, estimate in enumerate(estimates):
        yield from _cells(estimate, 1 if n == len(HORIZONS) else 4)


def _heard(row: HotlineRow | None) -> tuple[int, ...]:
    return (row.asked, row.isolated, row.placed, row.contradicted) if row else (0, 0, 0, 0)


def _cells(estimate: Estimate | None, places: int) -> Iterator[object]:
    for value in (estimate.value, estimate.low, estimate.high) if estimate else (None,) * 3:
        yield "" if value is None else round(value, places)
