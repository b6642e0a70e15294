"""What answers there are: the standing ones of a report, the hint for a later one, what a cluster holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, F, Max, Min, Q
from django.utils import timezone

from complaints.carriers.models import Carrier, CarrierQuerySet
from complaints.places.models import Kind, Place
from complaints.reports.models import TROUBLE_BITS, Problem, Report, ReportQuerySet, problems_of
from operators.members.models import Membership, Role, User
from operators.replies.models import Answer, Answered

REPLIERS = (Role.REPLIER, Role.MANAGER)
HINT_FOR = timedelta(days=14)
"""How long after a cluster's period its answer is a hint for further reports."""
CLUSTER_LIMIT = 10_000
SHOWN = 20
RECENT = 5
PROPOSALS, PROPOSED_DAYS = 6, 30
COLUMN = {Kind.LAND: "land", Kind.DISTRICT: "district", Kind.TOWN: "town", Kind.QUARTER: "quarter"}


def desks(user: User, *roles: Role) -> CarrierQuerySet:
    """The carriers where somebody may answer now, or has one of `roles`; the site's own staff speak for none."""
    if not user.is_active:
        return Carrier.objects.none()
    current = Membership.objects.current().filter(user=user, role__in=roles or REPLIERS)
    return Carrier.objects.filter(pk__in=current.values("carrier"))


def waiting_at(carrier: Carrier) -> ReportQuerySet:
    """The public trouble reports of a carrier without an answer; the condition of reports_without_an_answer."""
    return Report.objects.all().public().filter(carrier=carrier, answered_at=None, problems__lte=TROUBLE_BITS)


def given(report: Report) -> list[Answered]:
    """All answers to a report, also those that its author has called somebody else's, oldest first; one query."""
    rows = Answered.objects.filter(report=report)
    return list(rows.select_related("answer__carrier", "answer__place").order_by("answer__answered_at", "pk"))


def standing(report: Report) -> list[Answered]:
    """The answers to a report that its author has not called somebody else's, oldest first; one query."""
    return [answered for answered in given(report) if not answered.disputed_at]


def first_case(answer: Answer) -> Report | None:
    """The first public report that an answer stands at."""
    standing = Answered.objects.standing().filter(answer=answer)
    return Report.objects.all().public().filter(number__in=standing.values("report")).order_by("number").first()


def standing_at(answer: Answer) -> int:
    """To how many public reports an answer stands."""
    standing = Answered.objects.standing().filter(answer=answer)
    return Report.objects.all().public().filter(number__in=standing.values("report")).count()


def recent(carrier: Carrier) -> list[Answer]:
    """The newest answers of a carrier, each with `count` and `first` of the reports it is to; two queries."""
    newest = (
        Answer.objects.filter(carrier=carrier, hidden_at=None).order_by("-answered_at").values_list("pk", flat=True)
    )
    answers = Answer.objects.filter(pk__in=list(newest[:RECENT])).select_related("place")
    return list(answers.annotate(count=Count("answered"), first=Min("answered__report")).order_by("-answered_at"))


def hint(report: Report) -> Answer | None:
    """The newest answer to a cluster that a later report would have been part of; one query."""
    places = [report.land_id, report.district_id, report.town_id, report.quarter_id]
    answers = Answer.objects.filter(
        place__in=[place for place in places if place],
        carrier=report.carrier_id,
        since__lte=report.happened_on,
        until__gte=report.happened_on - HINT_FOR,
        answered_at__lte=report.received_at,
        hidden_at=None,
    )
    same = answers.annotate(shared=F("problems").bitand(report.problems)).filter(Q(problems=0) | Q(shared__gt=0))
    return same.select_related("carrier", "place").order_by("-answered_at").first()


@dataclass(frozen=True)
class Cluster:
    """Alike reports of a carrier: a place, a bit mask of problems (0 for all), whole days with both ends."""

    carrier: Carrier
    place: Place
    problems: int
    since: date
    until: date

    def waiting(self, up_to: int | None = None) -> ReportQuerySet:
        """Its reports without an answer, those with a number above `up_to` left out."""
        reports = waiting_at(self.carrier).filter(happened_on__range=(self.since, self.until))
        reports = reports.filter(**{COLUMN[Kind(self.place.kind)]: self.place})
        if self.problems:
            reports = reports.annotate(shared=F("problems").bitand(self.problems)).filter(shared__gt=0)
        return reports if up_to is None else reports.filter(number__lte=up_to)

    @property
    def problem_list(self) -> list[Problem]:
        return problems_of(self.problems)


@dataclass(frozen=True)
class Preview:
    """What an answer to a cluster would reach: how many, up to which number, and the newest few."""

    count: int
    newest: int
    reports: list[Report]
    with_address: int

    @property
    def too_many(self) -> bool:
        return self.count > CLUSTER_LIMIT


def preview(cluster: Cluster) -> Preview:
    """What waits in a cluster; three queries."""
    waiting = cluster.waiting()
    newest = waiting.aggregate(newest=Max("number"))["newest"] or 0
    count = waiting.filter(number__lte=newest).count()
    with_address = waiting.filter(contact__isnull=False).count()
    return Preview(count, newest, list(waiting.for_list().newest()[:SHOWN]), with_address)


@dataclass(frozen=True)
class Proposal:
    """A place where many wait, the problem that most of them have, and how many those are."""

    place: Place
    count: int
    problem: Problem
    since: date
    until: date


_PROPOSALS = """
SELECT town_id, count(*), array[{kinds}]
FROM complaints_report
WHERE carrier_id = %(carrier)s AND received_at > %(since)s AND town_id IS NOT NULL AND answered_at IS NULL
  AND hidden_at IS NULL AND withdrawn_at IS NULL AND held_at IS NULL AND problems < 256
GROUP BY town_id HAVING count(*) > 1 ORDER BY 2 DESC, 1 LIMIT %(limit)s
"""


def proposals(carrier: Carrier, now: datetime) -> list[Proposal]:
    """The towns with the most reports without an answer of the last PROPOSED_DAYS; an index range and one look-up."""
    kinds = [problem for problem in Problem if problem != Problem.WORKS]
    counts = ", ".join(f"count(*) FILTER (WHERE problems & {1 << n} > 0)" for n in range(len(kinds)))
    since = now - timedelta(days=PROPOSED_DAYS)
    with connection.cursor() as cursor:
        values: dict[str, int | datetime] = {"carrier": carrier.id, "since": since, "limit": PROPOSALS}
        cursor.execute(_PROPOSALS.format(kinds=counts), values)
        rows: list[tuple[int, int, Sequence[int]]] = cursor.fetchall()
    places = Place.objects.select_related("land").in_bulk([town for town, _count, _kinds in rows])
    found = [
        Proposal(
            places[town],
            max(by_kind),
            kinds[max(range(len(kinds)), key=lambda n: by_kind[n])],
            timezone.localdate(since),
            timezone.localdate(now),
        )
        for town, _count, by_kind in rows
    ]
    return sorted((row for row in found if row.count > 1), key=lambda proposal: -proposal.count)
