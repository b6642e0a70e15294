"""Puts the answer board together ahead of its readers."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from operators.board.models import Snapshot
from operators.board.queries import boards, form_letters
from operators.replies.models import Answer


@transaction.atomic
def renew_boards() -> None:
    """Stores the boards of all periods as they are now, and which answers are form letters."""
    now = timezone.now()
    letters = form_letters(now)
    _mark({number for numbers in letters.values() for number in numbers})
    for days, board in boards(now, letters).items():
        figures = {
            "rows": [asdict(row) for row in (*board.rows, *board.untold)],
            "hotline": [asdict(row) for row in board.hotline],
        }
        Snapshot.objects.update_or_create(days=days, defaults={"as_of": board.as_of, "figures": figures})


def _mark(letters: set[int]) -> None:
    """What was found stays marked: a text that went to many does not become another by growing old."""
    Answer.objects.filter(pk__in=letters, form_letter=False).update(form_letter=True)
