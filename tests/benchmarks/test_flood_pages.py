"""Whether what the simulated floods say is true of the pages: the same filings through HTTP and through the judge.

One client files one after the other through gunicorn as from behind a proxy; then the same filings are judged in the
process at the moments they got through, and each must have met the same fate.
"""

import http.client
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest

from complaints.carriers import queries as carriers
from complaints.moderation.queries import WAVE_SECONDS
from complaints.reports.models import problems_of
from tests.benchmarks.conftest import Database, Recorder, Server, database, server
from tests.benchmarks.test_flood import disguised, plain
from tests.complaints.moderation.crowd import Filing, Site

pytestmark = pytest.mark.django_db
FILINGS, ADDRESSES = int(os.environ.get("FLOOD_PAGES", "2000")), 100


@pytest.fixture(scope="module")
def made() -> Iterator[Database]:
    with database("bench_flood_pages") as found:
        yield found


@pytest.fixture
def site(made: Database) -> Iterator[Server]:
    with psycopg.connect(made.url) as connection:
        connection.execute("TRUNCATE complaints_arrival, complaints_report CASCADE")
    with server(made.url) as running:
        yield running


def post(port: int, filing: Filing, token: str) -> int:
    brand, bit = (int(part) for part in filing.said.split())
    open_ones = [row.slug for row in carriers.carriers() if not row.closed]
    answers = {
        "submission": uuid4(),
        "carrier": open_ones[brand % len(open_ones)],
        "problems": [problem.value for problem in problems_of(bit)],
        "lat": f"{filing.point[0]:.3f}",
        "lon": f"{filing.point[1]:.3f}",
        "text": filing.text,
        "token": token if filing.form else "",
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": filing.agent,
        "X-Forwarded-For": f"198.51.100.7, {filing.address}",  # the first is what the program claims
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/melden/", urlencode(answers, doseq=True), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def fates(url: str) -> list[tuple[datetime, str]]:
    """When each report got through and why it waits, in order."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT received_at, held_reason FROM complaints_report ORDER BY number")
        return [(row[0], row[1]) for row in found]


def fresh_token(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/melden/marke.json")
    return str(json.loads(connection.getresponse().read())["token"])


@pytest.mark.parametrize("program", [plain, disguised])
def test_the_pages_do_what_the_judge_says(
    program: Callable[[Random, int, int], Filing], made: Database, site: Server, recorder: Recorder
) -> None:
    random, token = Random(14), fresh_token(site.port)  # noqa: S311  a simulation
    filed: list[Filing] = []
    while len(filed) < FILINGS:
        filing = program(random, len(filed), ADDRESSES)
        status = post(site.port, filing, token)
        assert status in (303, 422)  # 422: this point of the square lies outside of Germany
        filed += [filing] if status == 303 else []
    through, again = fates(made.url), Site()
    verdicts = [again.file(filing, at).reason for filing, (at, _) in zip(filed, through, strict=True)]
    same = sum(verdict == reason for verdict, (_, reason) in zip(verdicts, through, strict=True))
    pages = Counter(reason for _, reason in through)
    took = (through[-1][0] - through[0][0]).total_seconds()
    recorder.add(
        "flood through the pages",
        f"{program.__name__}, {ADDRESSES} addresses",
        filed=FILINGS,
        counted=pages[""],
        counted_in_process=again.passed,
        share_same=same / FILINGS,
        s_all=took,
    )
    # Each worker asks at moments of its own, and every WAVE_SECONDS only, whether there is a wave.
    assert FILINGS - same <= 2 * WAVE_SECONDS * FILINGS / took, (pages, again.reasons)
