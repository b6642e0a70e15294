"""What only real commits show; these tests take `transactional_db`, not the mark, so that no table is flushed."""

import threading
from uuid import uuid4

from django.db import connection, transaction
from django.test import Client

from complaints.reports.actions import counted_later
from complaints.reports.models import Report
from complaints.reports.news import TallyChange
from complaints.reports.queries import version
from tests.builders import a_report


def test_two_at_the_same_instant_are_one_report(transactional_db: None) -> None:
    form = {"carrier": "o2", "problems": ["dropped"], "place": "Münster", "submission": str(uuid4())}
    answered = []
    start = threading.Barrier(4)

    def post() -> None:
        start.wait()
        answered.append(Client().post("/melden/", form)["Location"])
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answered)) == 1
    assert len(answered) == 4
    assert Report.objects.count() == 1


def test_the_bulk_setting_ends_with_its_transaction(transactional_db: None) -> None:
    with counted_later():
        a_report()
    a_report()
    assert TallyChange.objects.get().sign == 1


def test_pages_made_while_a_filing_is_open_are_not_taken_for_later_ones(transactional_db: None) -> None:
    before = version()
    filed, go_on = threading.Event(), threading.Event()

    def file_slowly() -> None:
        with transaction.atomic():
            a_report()
            filed.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=file_slowly)
    thread.start()
    filed.wait(10)
    meanwhile = version()
    go_on.set()
    thread.join()
    assert version() not in (before, meanwhile)


def test_an_edit_of_words_alone_changes_the_version(transactional_db: None) -> None:
    report = a_report(text="Alt")
    before = version()
    Report.objects.filter(number=report.number).update(text="Neu")
    assert version() != before
    assert version() == version()
