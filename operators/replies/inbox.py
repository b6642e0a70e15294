"""The inbox: what is addressed to a carrier and waits for an answer, longest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import merge

from django.db.models import F, Q
from django.utils import timezone

from complaints.carriers.models import Carrier
from complaints.places.models import Kind, Place
from complaints.reports.models import Report
from complaints.reports.status import Status
from complaints.threads.models import Comment, CommentQuerySet
from operators.members.models import Membership, User
from operators.replies.models import Assignment, Item, Note
from operators.replies.queries import COLUMN, REPLIERS, waiting_at

PAGE_SIZE = 20
COUNT_LIMIT = 1_000


@dataclass(frozen=True)
class Cursor:
    """After which report and which comment a page begins."""

    at: datetime
    report: int
    comment: int

    def __str__(self) -> str:
        return f"{self.at.timestamp():.6f}_{self.report}_{self.comment}"


@dataclass(frozen=True)
class Wanted:
    """The filters of an inbox; empty values do not filter. `item` None: both kinds."""

    item: Item | None = None
    place: Place | None = None
    problems: int = 0
    mine: User | None = None
    again: bool = False
    """Only reports that are open again after an answer."""
    after: Cursor | None = None


@dataclass(frozen=True)
class Waiting:
    """Something that waits: exactly one of `report` and `comment`, since when, and what colleagues did about it."""

    item: Item
    number: int
    at: datetime
    report: Report | None
    comment: Comment | None
    assignee: User | None
    notes: tuple[Note, ...]

    @property
    def key(self) -> str:
        """Names it inside of a page."""
        return f"{self.item.value}-{self.number}"

    @property
    def hours(self) -> int:
        return int((timezone.now() - self.at).total_seconds() // 3600)


@dataclass(frozen=True)
class Page:
    """A page of an inbox, and where the next one begins (None on the last)."""

    rows: list[Waiting]
    following: Cursor | None


@dataclass(frozen=True)
class Counts:
    """How many wait, each counted to COUNT_LIMIT at most."""

    reports: int
    comments: int


def counts(carrier: Carrier) -> Counts:
    """Two short index scans."""
    limit = COUNT_LIMIT + 1
    return Counts(waiting_at(carrier)[:limit].count(), _comments(carrier)[:limit].count())


def oldest(carrier: Carrier) -> datetime | None:
    """Since when the longest wait lasts, None where nothing waits; two looks at an index."""
    report = waiting_at(carrier).order_by("received_at", "number").values_list("received_at", flat=True).first()
    comment = _comments(carrier).order_by("number").values_list("said_at", flat=True).first()
    return min((at for at in (report, comment) if at), default=None)


def page(carrier: Carrier, wanted: Wanted) -> Page:
    """The next PAGE_SIZE that wait, longest first, by keyset; at most four queries, whatever the size of the table."""
    reports = [] if wanted.item == Item.COMMENT else list(_next_reports(carrier, wanted))
    comments = (
        [] if wanted.item == Item.REPORT or wanted.problems or wanted.again else list(_next_comments(carrier, wanted))
    )
    both: Iterable[Report | Comment] = merge(reports, comments, key=_time)
    rows = list(both)[: PAGE_SIZE + 1]
    more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    return Page(dressed(carrier, rows), _cursor(wanted.after, rows) if more else None)


def dressed(carrier: Carrier, rows: list[Report | Comment]) -> list[Waiting]:
    """Rows with their notes and who looks after them; two queries."""
    here = Q(item=Item.REPORT, number__in=[row.number for row in rows if isinstance(row, Report)])
    here |= Q(item=Item.COMMENT, number__in=[row.number for row in rows if isinstance(row, Comment)])
    given = Assignment.objects.filter(here, carrier=carrier).select_related("assignee")
    assignees = {(row.item, row.number): row.assignee for row in given}
    notes: dict[tuple[str, int], list[Note]] = {}
    for note in Note.objects.filter(here, carrier=carrier):
        notes.setdefault((note.item, note.number), []).append(note)
    return [_waiting(row, assignees, notes) for row in rows]


def colleagues(carrier: Carrier) -> list[User]:
    """Who can answer for a carrier now, by name; one query."""
    current = Membership.objects.current().filter(carrier=carrier, role__in=REPLIERS)
    return list(User.objects.filter(pk__in=current.values("user"), is_active=True).order_by("first_name", "username"))


def _next_reports(carrier: Carrier, wanted: Wanted) -> Iterable[Report]:
    reports = waiting_at(carrier)
    if wanted.place:
        reports = reports.filter(**{COLUMN[Kind(wanted.place.kind)]: wanted.place})
    if wanted.problems:
        reports = reports.annotate(shared=F("problems").bitand(wanted.problems)).filter(shared__gt=0)
    if wanted.again:
        reports = reports.filter(status=Status.REOPENED)
    if wanted.mine:
        reports = reports.filter(number__in=_mine(carrier, Item.REPORT, wanted.mine))
    if after := wanted.after:
        later = Q(received_at__gt=after.at) | Q(received_at=after.at, number__gt=after.report)
        reports = reports.filter(later, received_at__gte=after.at)
    return reports.for_list().order_by("received_at", "number")[: PAGE_SIZE + 1]


def _next_comments(carrier: Carrier, wanted: Wanted) -> Iterable[Comment]:
    comments = _comments(carrier)
    if wanted.place:
        comments = comments.filter(**{f"thread__report__{COLUMN[Kind(wanted.place.kind)]}": wanted.place})
    if wanted.mine:
        comments = comments.filter(number__in=_mine(carrier, Item.COMMENT, wanted.mine))
    if wanted.after:
        comments = comments.filter(number__gt=wanted.after.comment)
    about = (f"thread__report__{name}" for name in ("land", "district", "town", "quarter"))
    return comments.select_related("thread__report", "parent", *about).order_by("number")[: PAGE_SIZE + 1]


def _comments(carrier: Carrier) -> CommentQuerySet:
    return Comment.objects.all().unanswered().filter(addressee=carrier)


def _mine(carrier: Carrier, item: Item, assignee: User) -> "list[int]":
    own = Assignment.objects.filter(carrier=carrier, item=item, assignee=assignee)
    return list(own.values_list("number", flat=True)[:COUNT_LIMIT])


def _time(row: Report | Comment) -> datetime:
    return row.received_at if isinstance(row, Report) else row.said_at


def _cursor(before: Cursor | None, rows: list[Report | Comment]) -> Cursor:
    """Behind the last report and the last comment of these rows; where there is none, where the page began."""
    start = before or Cursor(datetime.fromtimestamp(0, tz=timezone.get_current_timezone()), 0, 0)
    reports = [row for row in rows if isinstance(row, Report)]
    comments = [row for row in rows if isinstance(row, Comment)]
    at, report = (reports[-1].received_at, reports[-1].number) if reports else (start.at, start.report)
    return Cursor(at, report, comments[-1].number if comments else start.comment)


def _waiting(
    row: Report | Comment, assignees: dict[tuple[str, int], User], notes: dict[tuple[str, int], list[Note]]
) -> Waiting:
    report = row if isinstance(row, Report) else None
    comment = row if isinstance(row, Comment) else None
    item = Item.REPORT if report else Item.COMMENT
    key = (item.value, row.number)
    return Waiting(item, row.number, _time(row), report, comment, assignees.get(key), tuple(notes.get(key, ())))
