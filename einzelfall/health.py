"""What the operator of the machine asks: does it live, can it serve, how does it do."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from complaints.base.memo import for_seconds
from einzelfall.models import JobRun

PENDING_LIMIT = 100_000


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests can be served: 200, or 503 with the reason."""
    reason = obstacle()
    return HttpResponse(f"{reason or 'ok'}\n", content_type="text/plain", status=503 if reason else 200)


def obstacle() -> str:
    """What keeps the site from serving; empty where nothing does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        migrated()
    except (DatabaseError, InterfaceError):
        return "the database does not answer"
    except NotMigratedError as error:
        return str(error)
    return ""


class NotMigratedError(Exception):
    """The tables are not those of this release; the message names the missing migrations."""


@for_seconds(3600)
def migrated() -> bool:
    """True, remembered for an hour; raises NotMigratedError, and then it is asked again the next time."""
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in plan)
        raise NotMigratedError(f"migrations are missing: {names}")
    return True


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in the text format of Prometheus 0.0.4, for loopback and holders of METRICS_TOKEN."""
    if not may_read(request):
        raise Http404
    try:
        lines = [line for name, kind, text, figure in FIGURES for line in described(name, kind, text, figure())]
    except (DatabaseError, InterfaceError):
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def may_read(request: HttpRequest) -> bool:
    """A proxy on this machine is loopback too, but says for whom it asks."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and constant_time_compare(token, settings.METRICS_TOKEN):
        return True
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "X-Real-Ip", "Forwarded"))
    try:
        return not forwarded and ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def described(name: str, kind: str, text: str, value: float | None) -> list[str]:
    if value is None:
        return []
    return [
        f"# HELP einzelfall_{name} {text}",
        f"# TYPE einzelfall_{name} {kind}",
        f"einzelfall_{name} {round(value, 3)}",
    ]


def one_number(sql: str) -> float | None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: float | None = cursor.fetchone()[0]
    return found


def reports_filed() -> float:
    """Case numbers given so far: one read, no counting; a filing that failed may have used one up."""
    return one_number("SELECT pg_sequence_last_value(pg_get_serial_sequence('complaints_report', 'number'))") or 0


def changes_pending() -> float | None:
    return one_number(f"SELECT count(*) FROM (SELECT FROM complaints_tallychange LIMIT {PENDING_LIMIT}) AS waiting")  # noqa: S608


def tasks_waiting() -> float:
    return float(DBTaskResult.objects.ready().count())


def seconds_since_tick() -> float | None:
    newest = JobRun.objects.order_by("-started_at").values_list("started_at", flat=True).first()
    return (timezone.now() - newest).total_seconds() if newest else None


def jobs_failing() -> float:
    return float(JobRun.objects.exclude(failure="").count())


FIGURES: tuple[tuple[str, str, str, Callable[[], float | None]], ...] = (
    ("reports_filed_total", "counter", "Case numbers given.", reports_filed),
    ("tally_changes_pending", "gauge", f"Changes not yet in the map, at most {PENDING_LIMIT}.", changes_pending),
    ("tasks_waiting", "gauge", "Tasks in the queue that are due.", tasks_waiting),
    ("tick_age_seconds", "gauge", "Seconds since a regular job began; missing before the first.", seconds_since_tick),
    ("jobs_failing", "gauge", "Regular jobs whose last run failed.", jobs_failing),
)
