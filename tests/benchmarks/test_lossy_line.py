"""1,000 filings over a line that loses a third of them before, during or after the answer, repeated until answered."""

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random
from threading import Lock
from time import monotonic
from urllib.parse import urlencode
from uuid import UUID

import psycopg
import pytest

from tests.benchmarks.conftest import Database, Recorder, Server, database, server
from tests.line import Fate, Line

FILINGS = 1000
CLIENTS = 4
LOSS = 1 / 3
LOSSES = (Fate.BEFORE, Fate.DURING, Fate.AFTER)
MOST_TRIES = 60
SEED = 4
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@pytest.fixture(scope="module")
def made() -> Iterator[Database]:
    with database("bench_lossy") as found:
        yield found


@pytest.fixture(scope="module")
def site(made: Database) -> Iterator[Server]:
    with server(made.url) as running:
        yield running


class Chance:
    """Loses each request with the same chance, each way equally often; counts what it did."""

    def __init__(self) -> None:
        self.random, self.lock, self.seen = Random(SEED), Lock(), Counter[Fate]()  # noqa: S311  a seeded test

    def __call__(self, _request: bytes) -> Fate:
        with self.lock:
            fate = self.random.choice(LOSSES) if self.random.random() < LOSS else Fate.WHOLE
            self.seen[fate] += 1
            return fate


def body(n: int, submission: UUID) -> str:
    carrier = ("o2", "telekom", "vodafone", "aldi-talk")[n % 4]
    point = {"lat": f"{48 + n % 60 / 10:.3f}", "lon": f"{8 + n % 40 / 10:.3f}"}
    answers = {"submission": submission, "carrier": carrier, "problems": "dropped", "text": f"Fall {n}"} | point
    return urlencode(answers)


def filed(port: int, n: int) -> tuple[int, int]:
    """Files a report as the outbox does, the same key until an answer: its number and the tries it took."""
    content = body(n, UUID(int=n + 1, version=4))
    for tries in range(1, MOST_TRIES + 1):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            try:
                connection.request("POST", "/melden/", content, HEADERS)
                response = connection.getresponse()
                answer = json.loads(response.read())
            except (OSError, http.client.HTTPException, ValueError):
                continue
        assert response.status in (200, 201), answer
        return answer["number"], tries
    pytest.fail(f"no answer in {MOST_TRIES} tries")


def test_a_lossy_line_loses_and_doubles_nothing(made: Database, site: Server, recorder: Recorder) -> None:
    chance = Chance()
    line = Line(site.port, chance)
    started = monotonic()
    with closing(line), ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(lambda n: filed(line.port, n), range(FILINGS)))
    took = monotonic() - started
    with psycopg.connect(made.url) as connection:
        rows = connection.execute("SELECT number, text FROM complaints_report").fetchall()
    stored = {number for number, _text in rows}
    lost = [number for number, _tries in found if number not in stored]
    tries = sum(count for _number, count in found)
    recorder.add(
        "lossy line",
        f"{FILINGS} filings, a third lost",
        filed=len(rows),
        duplicates=len(rows) - len({text for _number, text in rows}),
        lost=len(lost),
        tries=tries,
        **{f"lost_{fate.name.lower()}": chance.seen[fate] for fate in LOSSES},
        s_all=took,
    )
    assert sum(chance.seen[fate] for fate in LOSSES) > tries * 0.28
    assert len(rows) == FILINGS == len({number for number, _tries in found})
    assert not lost
