"""What happens around limits: answers to questions are spent, and what is old is forgotten."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints.base import retention
from complaints.base.puzzle import TRIES, opened
from complaints.moderation.models import Arrival, SpentPuzzle


def spend(*, sealed: str, report: int, answer: str) -> bool:
    """Whether a question of this report was answered rightly for the first time; right or wrong, it is spent."""
    puzzle = opened(sealed)
    if puzzle is None or puzzle.report != report:
        return False
    if SpentPuzzle.objects.filter(report=report).count() >= TRIES:
        return False
    right = puzzle.is_right(answer)
    try:
        with transaction.atomic():
            SpentPuzzle.objects.create(nonce=puzzle.nonce, report=report, right=right, spent_at=timezone.now())
    except IntegrityError:
        return False
    return right


def forget_arrivals() -> int:
    """Deletes arrivals and spent questions that are older than the retention table says; returns how many."""
    now = timezone.now()
    gone, _rows = Arrival.objects.filter(arrived_at__lt=now - retention.ARRIVALS).delete()
    spent, _rows = SpentPuzzle.objects.filter(spent_at__lt=now - retention.PUZZLES).delete()
    return gone + spent
