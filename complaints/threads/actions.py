"""What happens to comments: said, answered by carriers, thanked for, changed, withdrawn, hidden, let through."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.base.publicpage import LIGHT
from complaints.carriers.models import Carrier
from complaints.follows import actions as follows
from complaints.follows.models import Topic
from complaints.moderation.actions import decide, first_today
from complaints.moderation.models import Deed, Subject, Verb
from complaints.reports.models import Report
from complaints.threads.models import DEEPEST, EDIT_TIME, Comment, Thread
from complaints.threads.queries import next_number


@dataclass(frozen=True)
class Words:
    """A reader's valid comment as typed."""

    submission: UUID
    parent: Comment | None
    name: str
    text: str
    email: str = ""


@dataclass(frozen=True)
class Said:
    """A stored comment, and whether this very call stored it."""

    comment: Comment
    created: bool


class CannotAnswerError(Exception):
    """What was to be answered is hidden, withdrawn, not public yet, elsewhere, or the thread is closed."""

    sentence = _("This comment cannot be answered any more. Your text is still here.")


def thread_of_report(report: Report) -> Thread:
    """The thread of a report, opened with its first use."""
    address = report.get_absolute_url().removeprefix(LIGHT)
    return Thread.objects.get_or_create(report=report, defaults={"carrier_id": report.carrier_id, "address": address})[
        0
    ]


def open_thread(*, carrier: Carrier, address: str) -> Thread:
    """A new thread for something of operators; `address` is its German page, without scheme and host."""
    return Thread.objects.create(carrier=carrier, address=address.removeprefix(LIGHT))


def say(*, thread: Thread, words: Words, held_reason: str, sender: UUID, language: str = "de") -> Said:
    """Stores a reader's comment; the same `submission` again gives the first.

    With a `held_reason` it waits for a look and nobody is told. An address that was left is asked to confirm, but for
    comments of a program or of a flood. Raises CannotAnswerError.
    """
    comment = _placed(thread, words.parent, words.submission)
    comment.name, comment.text = words.name, words.text
    if held_reason:
        comment.held_at, comment.held_reason = comment.said_at, held_reason
    said = _stored(comment)
    if said.created:
        first_today(deed=Deed.COMMENT, number=said.comment.number, sender=sender)
        if words.email and held_reason not in ("trap", "many"):
            follows.ask(topic=Topic.THREAD, subject=thread.pk, email=words.email, language=language)
        if not held_reason:
            _tell(said.comment, words.email)
    return said


def say_officially(
    *, thread: Thread, parent: Comment | None, carrier: Carrier, name: str, text: str, submission: UUID
) -> Comment:
    """Stores a carrier's reply and marks what it answers; the same `submission` again gives the first.

    `name` is the first name of who answers ("Max"); pages show "Max von O2". Raises CannotAnswerError.
    """
    comment = _placed(thread, parent, submission)
    comment.carrier, comment.name, comment.text = carrier, name, text
    with transaction.atomic():
        said = _stored(comment)
        if said.created:
            if parent:
                Comment.objects.filter(number=parent.number, answered_at=None).update(answered_at=comment.said_at)
            _tell(said.comment)
    return said.comment


def _placed(thread: Thread, parent: Comment | None, submission: UUID) -> Comment:
    """A comment that is not stored yet, at its place in a thread; answers to the deepest level stand beside it."""
    if thread.closed_at or (parent and not _can_be_answered(thread, parent)):
        raise CannotAnswerError
    number = next_number()
    path = [*parent.path[:DEEPEST], number] if parent else [number]
    return Comment(
        number=number,
        submission=submission,
        thread=thread,
        parent=parent,
        root=path[0],
        path=path,
        addressee_id=thread.carrier_id,
        said_at=timezone.now(),
    )


def _can_be_answered(thread: Thread, parent: Comment) -> bool:
    return parent.thread_id == thread.pk and parent.is_readable


def _stored(comment: Comment) -> Said:
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
    except IntegrityError:
        first = Comment.objects.filter(submission=comment.submission).first()
        if first is None:
            raise
        return Said(first, created=False)
    return Said(comment, created=True)


def _tell(comment: Comment, author: str = "") -> None:
    """Writes to who follows the thread, except to the author's own address."""
    follows.tell(
        topic=Topic.THREAD,
        subject=comment.thread_id,
        subject_line=_("A new answer in a conversation that you follow"),
        text=f"{comment.signed}:\n\n{comment.text}",
        address=comment.get_absolute_url(),
        author=author,
    )


def thank(*, comment: Comment, sender: UUID) -> bool:
    """Counts that somebody found a comment helpful, once a day for each connection; whether it counted."""
    with transaction.atomic():
        first = first_today(deed=Deed.THANKS, number=comment.number, sender=sender)
        if first:
            Comment.objects.filter(number=comment.number).update(thanks=F("thanks") + 1)
    return first


def change(*, comment: Comment, text: str, held_reason: str) -> bool:
    """Replaces what a comment says, in the first minutes after it was said; whether it was still in time."""
    changed = {"text": text, "edited_at": timezone.now()}
    if held_reason and comment.held_at is None:
        changed |= {"held_at": timezone.now(), "held_reason": held_reason}
    in_time = Comment.objects.filter(
        number=comment.number, said_at__gt=timezone.now() - EDIT_TIME, withdrawn_at=None, hidden_at=None
    )
    return in_time.update(**changed) == 1


def withdraw(*, comment: Comment) -> None:
    """Takes a comment back for its author at any time: its words are erased, its place stays. Safe to repeat."""
    Comment.objects.filter(number=comment.number, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), text="", name=""
    )


def hide(*, comment: Comment, reason: str, note: str = "", by: str) -> None:
    """Takes a comment's words out of sight; its place stays as a mark with the reason. What waits is rejected."""
    verb = Verb.REJECTED if comment.held_at else Verb.HIDDEN
    with transaction.atomic():
        hidden = Comment.objects.filter(number=comment.number, hidden_at=None)
        if hidden.update(hidden_at=timezone.now(), hidden_reason=reason):
            decide(subject=Subject.COMMENT, number=comment.number, verb=verb, reason=reason, note=note, by=by)


def show(*, comment: Comment, note: str = "", by: str) -> None:
    """Undoes `hide`. Safe to repeat."""
    with transaction.atomic():
        hidden = Comment.objects.filter(number=comment.number).exclude(hidden_at=None)
        if hidden.update(hidden_at=None, hidden_reason=""):
            decide(subject=Subject.COMMENT, number=comment.number, verb=Verb.SHOWN, note=note, by=by)


def release(*, comment: Comment, note: str = "", by: str) -> None:
    """Lets a waiting comment stand from now on and tells the followers. Safe to repeat."""
    with transaction.atomic():
        waiting = Comment.objects.waiting().filter(number=comment.number)
        if waiting.update(held_at=None):
            decide(subject=Subject.COMMENT, number=comment.number, verb=Verb.RELEASED, note=note, by=by)
            _tell(comment)
