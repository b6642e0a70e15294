"""Puts the answer board together ahead of its readers."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from operators.board.models import Snapshot
from operators.board.queries import boards


@transaction.atomic
def renew_boards() -> None:
    """Stores the boards of all periods as they are now."""
    for days, board in boards(timezone.now()).items():
        figures = {
            "rows": [asdict(row) for row in (*board.rows, *board.untold)],
            "hotline": [asdict(row) for row in board.hotline],
        }
        Snapshot.objects.update_or_create(days=days, defaults={"as_of": board.as_of, "figures": figures})
