"""Is it this? Reports like one that is being filed: one tap makes it an echo of theirs instead.

And was it the same device that filed one of them?
"""

import re
from datetime import timedelta
from math import cos, degrees, radians

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from complaints.base import zorder
from complaints.base.keys import is_key
from complaints.base.receipt import DAYS
from complaints.base.tags import moment
from complaints.reports.actions import Filing
from complaints.reports.answers import CHANGE, wants_json
from complaints.reports.models import WORKS_BIT, Precision, Report, ReportQuerySet, Source

REACH = 500
"""Metres around a report with a point."""
SHOWN, OWN = 3, 20
DIGITS = re.compile("[0-9]{1,18}")  # what the database takes for a number
POINT_AGE, PLACE_AGE = timedelta(hours=48), timedelta(hours=24)


def question(request: HttpRequest, filing: Filing) -> HttpResponse | None:
    """The page that asks whether the report is one of those nearby; None where there is nothing to ask.

    Only a form of our own page says `step=form`, only the outbox of a page that can ask says `step=ask`: that gets 300
    and the reports as JSON. Other scripts are never asked, nor who sends a report again. Nothing is stored.
    """
    script = wants_json(request)
    if request.POST.get("step") != ("ask" if script else "form"):
        return None
    own = _own(request.POST.get("own", ""))
    found = [report for report in like(filing) if report.number not in own]
    if not found or Report.objects.filter(submission=filing.submission).exists():
        return None
    response = _choices(found) if script else _page(request, filing, found)
    patch_cache_control(response, no_store=True)
    return response


def _page(request: HttpRequest, filing: Filing, found: list[Report]) -> HttpResponse:
    kept = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = [(name, value) for name, value in kept if name not in ("step", "submission", "happened_at")]
    fields += [("submission", str(filing.submission)), ("happened_at", filing.happened_at.isoformat())]
    return render(request, "complaints/reports/like.html", {"reports": found, "fields": fields, "filing": filing})


def _choices(found: list[Report]) -> HttpResponse:
    rows = [
        {
            "number": report.number,
            "address": reverse("report", args=(report.number,)),
            "echo": reverse("echo", args=(report.number,)),
            "place": report.place_name,
            "problems": [str(problem.label) for problem in report.problem_list],
            "happened_at": timezone.localtime(report.happened_at).isoformat(timespec="seconds"),
            "when": moment(report.happened_at),
            "demo": report.source == Source.DEMO,
        }
        for report in found
    ]
    return JsonResponse({"like": rows}, status=300)


def like(filing: Filing) -> list[Report]:
    """Up to SHOWN public reports of the same trouble in the same network nearby, newest first; one index range scan.

    Around a point those within REACH of the last 48 hours that have a point too; for a named place those of the same
    quarter or town of the last 24 hours.
    """
    if filing.problems == WORKS_BIT or (filing.precision != Precision.POINT and filing.town_id is None):
        return []
    point = filing.precision == Precision.POINT
    since = filing.received_at - (POINT_AGE if point else PLACE_AGE)
    recent = (
        Report.objects.all()
        .public()
        .filter(network=filing.network_id, happened_at__gte=since, happened_on__gte=since.date())
    )
    same = recent.annotate(shared=F("problems").bitand(filing.problems)).filter(shared__gt=0)
    near = _around(same, filing) if point else same.filter(**_place(filing))
    return list(near.for_list().order_by("-happened_at", "-number")[:SHOWN])


def _own(own: str) -> list[int]:
    """The numbers of up to OWN reports of the sender's own: "number:key", with blanks between, each with its key."""
    pairs = [pair.partition(":") for pair in own.split()[:OWN]]
    known = [(int(number), key) for number, _colon, key in pairs if DIGITS.fullmatch(number)]
    return [number for number, key in known if is_key(key, CHANGE, number)]


def repeats(filing: Filing, own: str) -> bool:
    """Whether a public report of the sender's own tells of trouble in the same network and town, DAYS around this one.

    Without `own` no query. Nothing of it is stored.
    """
    numbers = _own(own)
    if not numbers or filing.problems == WORKS_BIT:
        return False
    day, around = timezone.localdate(filing.happened_at), timedelta(days=DAYS)
    there = {"town": filing.town_id} if filing.town_id else {"district": filing.district_id}
    mine = Report.objects.all().public().filter(number__in=numbers, network=filing.network_id, problems__lt=WORKS_BIT)
    return mine.filter(happened_on__range=(day - around, day + around), **there).exists()


def _place(filing: Filing) -> dict[str, int]:
    assert filing.town_id is not None  # noqa: S101  `like` has looked
    found = {"town": filing.town_id}
    return found if filing.quarter_id is None else found | {"quarter": filing.quarter_id}


def _around(reports: ReportQuerySet, filing: Filing) -> ReportQuerySet:
    inside = Q()
    for low, high in zorder.circle_ranges(filing.latitude, filing.longitude, REACH):
        inside |= Q(zorder__gte=low, zorder__lt=high)
    north, east = F("latitude") - filing.latitude, (F("longitude") - filing.longitude) * cos(radians(filing.latitude))
    away = reports.filter(inside, precision=Precision.POINT).annotate(away=north * north + east * east)
    return away.filter(away__lte=degrees(REACH / zorder.EARTH_RADIUS) ** 2)
