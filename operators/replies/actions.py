"""What happens with answers: one is given, to a report or to a cluster; a reporter says that it is not about theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints.carriers.models import Carrier
from complaints.reports.models import Contact, Report
from complaints.reports.news import Cause
from complaints.reports.transitions import mark_answered, mark_unanswered
from complaints.threads.actions import say_officially
from complaints.threads.models import Comment
from operators.members.models import User
from operators.replies.models import Answer, Answered, Assignment, Item, OfficialComment
from operators.replies.queries import CLUSTER_LIMIT, Cluster


@dataclass(frozen=True)
class Reply:
    """What somebody answers for a carrier; `submission` is made with the form, so that sending twice is one answer."""

    submission: UUID
    carrier: Carrier
    author: User
    text: str
    fixed: bool


@dataclass(frozen=True)
class Given:
    """A stored answer, how many reports it is to, and whether this very call stored it."""

    answer: Answer
    count: int
    created: bool


class OvertakenError(RuntimeError):
    """A colleague was quicker: `answer` is theirs; it was not there when this one was begun."""

    def __init__(self, answer: Answer | None) -> None:
        super().__init__("somebody else has answered meanwhile")
        self.answer = answer


class TooManyError(ValueError):
    """A cluster with more reports than one answer may be to."""


def answer_report(*, number: int, reply: Reply, seen: int, tell: Callable[[int], object]) -> Given:
    """Stores an answer to one report; after the commit `tell` gets the key of its Answered if an address was left.

    `seen` is the key of the newest answer that its writer knew, 0 for none. Raises OvertakenError where there is a
    newer one, Report.DoesNotExist where the report is not public or not the carrier's.
    """
    try:
        with transaction.atomic():
            if first := _sent_before(reply):
                return first
            report = Report.objects.all().public().select_for_update().get(number=number, carrier=reply.carrier)
            newest = Answered.objects.standing().filter(report=report).order_by("-answer_id").first()
            if newest and newest.answer_id > seen:
                raise OvertakenError(newest.answer)
            answer = _stored(reply, timezone.now())
            return _given(answer, [report.number], tell)
    except IntegrityError:
        return _sent_before_or_raise(reply)


def answer_cluster(*, cluster: Cluster, reply: Reply, up_to: int, tell: Callable[[int], object]) -> Given:
    """Stores one answer to all reports of a cluster that wait and have a number up to `up_to`: those that were seen.

    What a colleague answered meanwhile is left out and keeps its answer. Raises OvertakenError where nothing is left,
    TooManyError above CLUSTER_LIMIT.
    """
    try:
        with transaction.atomic():
            if first := _sent_before(reply):
                return first
            waiting = cluster.waiting(up_to).order_by("number").values_list("number", flat=True)
            numbers = list(waiting.select_for_update()[: CLUSTER_LIMIT + 1])
            if len(numbers) > CLUSTER_LIMIT:
                raise TooManyError
            if not numbers:
                raise OvertakenError(_newest_here(cluster))
            answer = _stored(reply, timezone.now(), cluster)
            return _given(answer, numbers, tell)
    except IntegrityError:
        return _sent_before_or_raise(reply)


def answer_again(*, first: Answer, reply: Reply, tell: Callable[[int], object]) -> Given:
    """Stores another answer to all public reports that an earlier one still stands at: how it is corrected in public.

    Raises OvertakenError where none is left.
    """
    try:
        with transaction.atomic():
            if before := _sent_before(reply):
                return before
            standing = Answered.objects.standing().filter(answer=first).values("report")
            reports = Report.objects.all().public().filter(number__in=standing).order_by("number")
            numbers = list(reports.select_for_update().values_list("number", flat=True))
            if not numbers:
                raise OvertakenError(None)
            answer = _stored(reply, timezone.now(), first if first.place_id else None)
            return _given(answer, numbers, tell)
    except IntegrityError:
        return _sent_before_or_raise(reply)


def answer_comment(*, number: int, reply: Reply, seen: int) -> Comment:
    """Stores an official reply below a reader's comment; the same submission again gives the first.

    `seen` is the number of the newest official reply its writer knew, 0 for none. Raises OvertakenError,
    Comment.DoesNotExist, and what `say_officially` raises where the comment can no longer be answered.
    """
    with transaction.atomic():
        comments = Comment.objects.all().readable().filter(addressee=reply.carrier, carrier=None)
        parent = comments.select_for_update().get(number=number)
        newest = Comment.objects.readable().filter(parent=parent, carrier=reply.carrier).order_by("-number").first()
        if newest and newest.number > seen and newest.submission != reply.submission:
            raise OvertakenError(None)
        said = say_officially(
            thread=parent.thread,
            parent=parent,
            carrier=reply.carrier,
            name=reply.author.signature,
            text=reply.text,
            submission=reply.submission,
        )
        OfficialComment.objects.get_or_create(comment=said, defaults={"author": reply.author})
        Assignment.objects.filter(carrier=reply.carrier, item=Item.COMMENT, number=number).delete()
    return said


def dispute(*, answered: Answered) -> bool:
    """Takes a report out of an answer for its author; back to the inbox if no other answer stands. Safe to repeat."""
    now = timezone.now()
    with transaction.atomic():
        Report.objects.select_for_update().get(number=answered.report_id)
        if not Answered.objects.standing().filter(pk=answered.pk).update(disputed_at=now):
            return False
        if not Answered.objects.standing().filter(report=answered.report_id).exists():
            mark_unanswered(numbers=[answered.report_id], at=now, cause=Cause.DISPUTE)
    return True


def assign(*, carrier: Carrier, item: Item, number: int, assignee: User | None) -> None:
    """Gives an item of the inbox to a colleague, to nobody where there is none."""
    if assignee is None:
        Assignment.objects.filter(carrier=carrier, item=item, number=number).delete()
    else:
        Assignment.objects.update_or_create(carrier=carrier, item=item, number=number, defaults={"assignee": assignee})


def _stored(reply: Reply, at: datetime, cluster: Cluster | Answer | None = None) -> Answer:
    about = {}
    if cluster:
        about = {"place": cluster.place, "problems": cluster.problems, "since": cluster.since, "until": cluster.until}
    return Answer.objects.create(
        submission=reply.submission,
        carrier=reply.carrier,
        author=reply.author,
        author_name=reply.author.signature,
        text=reply.text,
        fixed=reply.fixed,
        answered_at=at,
        **about,
    )


def _given(answer: Answer, numbers: list[int], tell: Callable[[int], object]) -> Given:
    """Links an answer to its reports, marks them, ends their assignments and tells who left an address."""
    links = Answered.objects.bulk_create([Answered(answer=answer, report_id=number) for number in numbers])
    mark_answered(
        numbers=numbers, at=answer.answered_at, by=f"{answer.author_name}, {answer.carrier.name}", fixed=answer.fixed
    )
    Assignment.objects.filter(carrier=answer.carrier, item=Item.REPORT, number__in=numbers).delete()
    reachable = set(Contact.objects.filter(report__in=numbers).values_list("report", flat=True))
    for link in links:
        if link.report_id in reachable:
            transaction.on_commit(partial(tell, link.pk))
    return Given(answer, len(numbers), created=True)


def _sent_before(reply: Reply) -> Given | None:
    answer = Answer.objects.filter(submission=reply.submission, carrier=reply.carrier).first()
    return Given(answer, answer.answered.count(), created=False) if answer else None


def _sent_before_or_raise(reply: Reply) -> Given:
    first = _sent_before(reply)
    if first is None:
        raise OvertakenError(None)
    return first


def _newest_here(cluster: Cluster) -> Answer | None:
    here = Answer.objects.filter(carrier=cluster.carrier, place=cluster.place)
    return here.select_related("carrier").order_by("-answered_at").first()
