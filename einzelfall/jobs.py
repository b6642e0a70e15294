"""The regular jobs of the site: which there are, which are due, and running those."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from complaints.base import retention
from complaints.echoes.actions import forget_traces
from complaints.echoes.tasks import let_reports_speak
from complaints.follows.actions import forget_unconfirmed
from complaints.follows.tasks import send_all
from complaints.maps.tasks import fold_all
from complaints.moderation.actions import forget_arrivals
from complaints.reports.actions import forget_contacts
from einzelfall.models import JobRun
from operators.ads.actions import begin_and_end_due
from operators.ads.billing import make_statements
from operators.ads.folding import fold_all as fold_ads
from operators.ads.folding import forget_deliveries
from operators.board.actions import renew_boards
from operators.members.lockout import forget_failures
from operators.members.sessions import SessionStore
from operators.posts.actions import come_out_due, mark_due_soon, mark_overdue
from operators.team.actions import forget_invitations

log = logging.getLogger("einzelfall.jobs")

LOCK = 0x65696E7A  # any number that no other advisory lock of ours has
STUCK_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class Job:
    """A plain function that may run at any time and twice, and how long it may rest in between."""

    name: str
    run: Callable[[], object]
    every: timedelta = timedelta(0)  # at each tick


def rescue_tasks() -> int:
    """Puts tasks back into the queue whose worker was killed; returns how many."""
    running = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - STUCK_AFTER)
    rescued: int = running.update(status=TaskResultStatus.READY, started_at=None)
    return rescued


def forget_finished_tasks() -> None:
    """Deletes the results of tasks that ended longer ago than the retention table says."""
    call_command("prune_db_task_results", verbosity=0, min_age_days=retention.TASKS.days)


JOBS = (
    Job("fold-reports", fold_all),
    Job("reports-speak", let_reports_speak, timedelta(minutes=5)),
    Job("answer-board", renew_boards, timedelta(minutes=30)),
    Job("fold-ads", fold_ads),
    Job("campaigns", begin_and_end_due),
    Job("ad-statements", make_statements, timedelta(hours=1)),
    Job("publish-posts", come_out_due),
    Job("due-promises", mark_due_soon, timedelta(minutes=10)),
    Job("overdue-promises", mark_overdue, timedelta(minutes=10)),
    Job("rescue-tasks", rescue_tasks, timedelta(minutes=5)),
    Job("mail-followers", send_all),
    Job("forget-unconfirmed", forget_unconfirmed, timedelta(hours=1)),
    Job("forget-arrivals", forget_arrivals, timedelta(hours=1)),
    Job("forget-tap-traces", forget_traces, timedelta(hours=1)),
    Job("forget-ad-views", forget_deliveries, timedelta(hours=1)),
    Job("forget-contacts", forget_contacts, timedelta(hours=6)),
    Job("forget-failures", forget_failures, timedelta(hours=1)),
    Job("forget-sessions", SessionStore.clear_expired, timedelta(days=1)),
    Job("forget-invitations", forget_invitations, timedelta(days=1)),
    Job("forget-finished-tasks", forget_finished_tasks, timedelta(days=1)),
)


@contextmanager
def only_one() -> Iterator[bool]:
    """Whether this session is the only one that ticks, until the end of the block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        granted: bool = cursor.fetchone()[0]
        try:
            yield granted
        finally:
            if granted and connection.connection and not connection.connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def run_due(jobs: tuple[Job, ...] = JOBS) -> list[str]:
    """Runs every job that is due, once; returns the names of those that failed. Does nothing while another tick runs.

    Raises OperationalError or InterfaceError when the database is gone.
    """
    with only_one() as granted:
        if not granted:
            log.info("Another tick is running; nothing to do.")
            return []
        now = timezone.now()
        last: dict[str, datetime] = dict(JobRun.objects.values_list("name", "started_at"))
        due = [job for job in jobs if job.name not in last or last[job.name] + job.every <= now]
        return [job.name for job in due if not succeeds(job)]


def succeeds(job: Job) -> bool:
    """Runs a job and writes down how it went; one that fails stops no other."""
    started_at, failure = timezone.now(), ""
    try:
        job.run()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("The job %s failed.", job.name)
        failure = f"{type(error).__name__}: {error}"
    JobRun.objects.update_or_create(
        name=job.name, defaults={"started_at": started_at, "finished_at": timezone.now(), "failure": failure}
    )
    return not failure
