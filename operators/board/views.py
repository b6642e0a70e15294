"""The answer board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaints.base.publicpage import public_page
from complaints.base.survival import FEWEST
from operators.board import queries
from operators.board.forms import DEFAULT, PeriodForm
from operators.board.hotline import LIKE


@require_safe
@public_page(queries.version, max_age=300)
def answers(request: HttpRequest) -> HttpResponse:
    """The board of `zeit` days up to `bis`; an unknown period is 422 with the usual one."""
    form = PeriodForm(request.GET)
    known = form.is_valid()
    until = form.until if known else None
    board = queries.board(form.days if known else DEFAULT, until)
    dots = queries.dots(board.rows)
    context = {
        "board": board,
        "until": until,
        "today": timezone.localdate(),
        "dots": dots,
        "grid": (10, 165, 320, 475, 630),
        "height": queries.LINE * len(dots) + 4,
        "form": form,
        "fewest": FEWEST,
        "like": LIKE,
        "singles": queries.MOST_SINGLES,
        "places": queries.MOST_PLACES,
        "periods": queries.PERIODS,
    }
    return render(request, "operators/board/answers.html", context, status=200 if known else 422)
