from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from einzelfall import health
from einzelfall.models import JobRun
from tests.builders import a_report

TOKEN = "a-token-of-some-length"


def test_it_lives_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_it_is_ready(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_it_is_not_ready_without_its_migrations(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    JobRun.objects.count()
    monkeypatch.setattr("django.db.migrations.recorder.MigrationRecorder.applied_migrations", lambda self: {})
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"complaints.0001_initial" in answer.content


@pytest.mark.django_db
def test_it_is_not_ready_without_its_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> bool:
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "migrated", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


@pytest.mark.django_db
def test_metrics_count_what_waits(client: Client) -> None:
    report = a_report()
    JobRun.objects.create(name="one", started_at=timezone.now() - timedelta(seconds=100), failure="ValueError: no")
    lines = client.get("/metrics").content.decode().splitlines()
    figures = dict(line.split() for line in lines if not line.startswith("#"))
    assert float(figures["einzelfall_reports_filed_total"]) >= report.number
    assert float(figures["einzelfall_tally_changes_pending"]) == 1
    assert float(figures["einzelfall_tasks_waiting"]) == 0
    assert 100 <= float(figures["einzelfall_tick_age_seconds"]) < 160
    assert float(figures["einzelfall_jobs_failing"]) == 1
    assert [line for line in lines if line.startswith("# TYPE")] == [
        f"# TYPE einzelfall_{name} {kind}" for name, kind, _, _ in health.FIGURES
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "203.0.113.5"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.5"},
        {"REMOTE_ADDR": "203.0.113.5", "HTTP_AUTHORIZATION": "Bearer wrong"},
        {"REMOTE_ADDR": "203.0.113.5", "HTTP_AUTHORIZATION": "Bearer "},
    ],
)
def test_metrics_hide_from_strangers(client: Client, meta: dict[str, str]) -> None:
    assert client.get("/metrics", **meta).status_code == 404  # type: ignore[arg-type]


@pytest.mark.django_db
def test_metrics_open_with_the_token(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.5").status_code == 404
    open_to = {"REMOTE_ADDR": "203.0.113.5", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}
    assert client.get("/metrics", **open_to).status_code == 200  # type: ignore[arg-type]
