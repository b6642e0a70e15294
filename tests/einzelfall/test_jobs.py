from datetime import timedelta

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from complaints.reports.news import TallyChange
from complaints.reports.tasks import send_key
from einzelfall import jobs
from einzelfall.management.commands import worker
from einzelfall.models import JobRun
from tests.builders import a_report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real_queue(settings: Settings) -> None:
    """The queue in the database; other tests run tasks at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_tick_folds_new_reports() -> None:
    a_report()
    call_command("tick")
    assert not TallyChange.objects.exists()
    assert {run.name for run in JobRun.objects.filter(failure="")} == {job.name for job in jobs.JOBS}


def test_a_job_rests_until_it_is_due() -> None:
    calls: list[int] = []
    daily = (jobs.Job("daily", lambda: calls.append(1), timedelta(days=1)),)
    jobs.run_due(daily)
    jobs.run_due(daily)
    assert len(calls) == 1
    JobRun.objects.update(started_at=timezone.now() - timedelta(days=1))
    jobs.run_due(daily)
    assert len(calls) == 2


def test_a_job_that_fails_stops_no_other() -> None:
    def breaks() -> None:
        raise ValueError("no")

    calls: list[int] = []
    failed = jobs.run_due((jobs.Job("breaks", breaks), jobs.Job("works", lambda: calls.append(1))))
    assert failed == ["breaks"]
    assert calls == [1]
    assert JobRun.objects.get(name="breaks").failure == "ValueError: no"


def test_a_failure_is_the_commands_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "run_due", lambda: ["breaks"])
    with pytest.raises(CommandError, match="breaks"):
        call_command("tick")


def test_it_leaves_the_work_to_a_tick_that_runs() -> None:
    calls: list[int] = []
    parameters = connection.get_connection_params()
    wanted = {name: parameters[name] for name in ("dbname", "user", "host", "port", "password") if name in parameters}
    with psycopg.connect(**wanted) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [jobs.LOCK])
        assert jobs.run_due((jobs.Job("one", lambda: calls.append(1)),)) == []
        other.execute("SELECT pg_advisory_unlock(%s)", [jobs.LOCK])
    assert calls == []
    jobs.run_due((jobs.Job("one", lambda: calls.append(1)),))
    assert calls == [1]


def test_it_puts_the_task_of_a_killed_worker_back() -> None:
    send_key.enqueue(1)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
    assert jobs.rescue_tasks() == 0
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert jobs.rescue_tasks() == 1
    assert DBTaskResult.objects.ready().count() == 1


def test_the_worker_empties_the_queue_and_folds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test's own transaction is in one
    a_report()
    send_key.enqueue(1)
    command = worker.Command()
    command.ending, command.next_tick = False, 0.0
    assert command.round() == worker.PAUSE_SECONDS
    assert DBTaskResult.objects.successful().count() == 1
    assert not TallyChange.objects.exists()
    assert JobRun.objects.count() == len(jobs.JOBS)
