"""Questions and proofs are spent, staff decide, readers object, small deeds are kept, what is old is forgotten."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints.base import retention
from complaints.base.proof import opened as proven
from complaints.base.puzzle import TRIES, opened
from complaints.moderation.models import Arrival, Decision, Deed, Flag, Raised, Sending, SpentPuzzle, Subject, Verb

FLAGS_PER_HOUR = 20
"""Of one connection; more help nobody."""


def spend(*, sealed: str, report: int, answer: str) -> bool:
    """Whether a question of this report was answered rightly for the first time; right or wrong, it is spent."""
    puzzle = opened(sealed)
    if puzzle is None or puzzle.report != report:
        return False
    return _spend(puzzle.nonce, report, right=puzzle.is_right(answer))


def spend_proof(*, proof: str, report: int) -> bool:
    """Whether a browser's work for this report is right and new; whatever was sent is spent like an answer."""
    done = proven(proof)
    nonce = done.nonce if done and done.report == report else None
    return _spend(nonce or uuid4(), report, right=nonce is not None)


def _spend(nonce: UUID, report: int, *, right: bool) -> bool:
    if SpentPuzzle.objects.filter(report=report).count() >= TRIES:
        return False
    try:
        with transaction.atomic():
            SpentPuzzle.objects.create(nonce=nonce, report=report, right=right, spent_at=timezone.now())
    except IntegrityError:
        return False
    return right


def forget_arrivals() -> int:
    """Deletes arrivals and spent questions that are older than the retention table says; returns how many."""
    now = timezone.now()
    gone, _rows = Arrival.objects.filter(arrived_at__lt=now - retention.ARRIVALS).delete()
    spent, _rows = SpentPuzzle.objects.filter(spent_at__lt=now - retention.PUZZLES).delete()
    sent, _rows = Sending.objects.filter(sent_at__lt=now - retention.ARRIVALS).delete()
    return gone + spent + sent


def decide(*, subject: Subject, number: int, verb: Verb, reason: str = "", note: str = "", by: str) -> Decision:
    """Writes a row of the public log and settles the open flags about its subject.

    Who decides also changes the subject itself, in the same transaction. Removals need a reason (`Objection`), or the
    database raises IntegrityError. `by` is a label that outlives the account; `note` is public.
    """
    now = timezone.now()
    with transaction.atomic():
        Flag.objects.open().filter(subject=subject, number=number).update(settled_at=now)
        return Decision.objects.create(
            subject=subject, number=number, verb=verb, reason=reason, note=note, by=by, decided_at=now
        )


def raise_flag(*, subject: str, number: int, reason: str, text: str, sender: UUID) -> Raised:
    """Stores a reader's objection, one of each reason for each thing and connection as long as nobody has decided."""
    now = timezone.now()
    if Flag.objects.filter(sender=sender, flagged_at__gt=now - timedelta(hours=1)).count() >= FLAGS_PER_HOUR:
        return Raised.TOO_MANY
    flag = Flag(subject=subject, number=number, reason=reason, text=text, sender=sender, flagged_at=now)
    try:
        with transaction.atomic():
            flag.save(force_insert=True)
    except IntegrityError:
        return Raised.KNOWN
    return Raised.NEW


def first_today(*, deed: Deed, number: int, sender: UUID) -> bool:
    """Remembers that somebody sent this; whether it is the first time today."""
    sending = Sending(deed=deed, number=number, sender=sender, sent_at=timezone.now())
    try:
        with transaction.atomic():
            sending.save(force_insert=True)
    except IntegrityError:
        return False
    return True
