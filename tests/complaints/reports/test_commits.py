"""What only real commits show; these tests take `transactional_db`, not the mark, so that no table is flushed."""

import threading
from uuid import uuid4

from django.db import connection
from django.test import Client

from complaints.reports.actions import counted_later
from complaints.reports.models import Report, TallyChange
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
