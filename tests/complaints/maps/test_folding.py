"""Several processes at once: nothing is counted twice and nothing is lost."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from complaints.base.selection import Selection
from complaints.maps import queries, rebuilding
from complaints.maps.actions import fold_changes
from complaints.maps.queries import Count
from complaints.maps.rebuilding import rebuild
from complaints.maps.tasks import fold_all
from complaints.maps.verifying import verify
from complaints.reports.news import TallyChange
from tests.builders import a_report, a_town

pytestmark = pytest.mark.usefixtures("transactional_db")


def beside(action: Callable[[], object]) -> threading.Thread:
    """Runs an action in a thread with a connection of its own."""

    def run() -> None:
        try:
            action()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_folds_at_once_count_once() -> None:
    for _ in range(30):
        a_report("sms")
    threads = [beside(lambda: [fold_changes(7) for _ in range(4)]) for _ in range(3)]
    for thread in threads:
        thread.join()
    assert not TallyChange.objects.exists()
    assert queries.totals(Selection()) == Count(30, 0)
    assert verify() == []


def test_filing_goes_on_during_a_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    town = a_town()
    a_report("sms", town=town)
    read = rebuilding._read

    def read_and_file(progress: rebuilding.Progress) -> object:
        found = read(progress)
        beside(lambda: a_report("dropped", town=town)).join(timeout=10)
        return found

    monkeypatch.setattr(rebuilding, "_read", read_and_file)
    assert rebuild() == 1
    assert TallyChange.objects.count() == 1
    assert queries.totals(Selection()) == Count(2, 0)
    fold_all()
    assert verify() == []


def test_a_rebuild_tells_pages_that_figures_changed() -> None:
    a_report("sms")
    before = queries.version()
    rebuild()
    assert queries.version() != before


def test_a_broken_connection_is_opened_again() -> None:
    a_report("sms")
    queries.totals(Selection())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]

    def end() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    beside(end).join()
    assert queries.totals(Selection()) == Count(1, 0)
