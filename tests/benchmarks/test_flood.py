"""How much of a flood reaches the public figures, and how much of an honest day waits: judged in simulated time.

Every filing goes through the judge and into the table as in production, only without the pages around it. A flood is
100,000 filings within an hour; a run judges the first FLOOD of them (all with FLOOD=100000, some minutes) and says so.
"""

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from django.utils import timezone

from complaints.moderation.models import Arrival
from tests.benchmarks.conftest import Recorder
from tests.complaints.moderation.crowd import Filing, Site, customer, moments

pytestmark = pytest.mark.django_db
WHOLE = 100_000
FLOOD = int(os.environ.get("FLOOD", "10000"))
PEOPLE = 10_000


@pytest.fixture
def midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def address(n: int) -> str:
    """The n-th address; each in a network of its own."""
    return f"91.{n // 250}.{n % 250}.1"


def plain(random: Random, n: int, addresses: int) -> Filing:
    """A program that posts the fields: no form, always the same device, another place and text each time."""
    filing = customer(random, address(n % addresses))
    return Filing(filing.address, "curl/8", filing.point, filing.text, filing.said, form=False)


def disguised(random: Random, n: int, addresses: int) -> Filing:
    """A program that does all that people do: loads the form, waits, changes device, place and words."""
    filing = customer(random, address(n % addresses))
    return Filing(filing.address, f"Phone {n}", filing.point, filing.text, filing.said, form=True)


@pytest.mark.parametrize("addresses", [1, 100, 10_000])
@pytest.mark.parametrize("program", [plain, disguised])
def test_what_of_a_flood_reaches_the_figures(
    program: Callable[[Random, int, int], Filing], addresses: int, midnight: datetime, recorder: Recorder
) -> None:
    random, site, started = Random(11), Site(), time.perf_counter()  # noqa: S311  a simulation
    for n in range(FLOOD):
        site.file(program(random, n, addresses), midnight + timedelta(hours=12, seconds=3600 * n / WHOLE))
    took = time.perf_counter() - started
    line = f"{program.__name__}, {addresses} addresses"
    recorder.add("flood", line, filed=FLOOD, counted=site.passed, ms_each=took / FLOOD * 1000)
    assert Arrival.objects.filter(held=False).count() == site.passed
    assert site.passed < 0.35 * FLOOD or FLOOD < WHOLE


def test_an_honest_day_behind_one_address(midnight: datetime, recorder: Recorder) -> None:
    for name, steady in (("as a day goes", False), ("the same each hour", True)):
        random, site = Random(12), Site()  # noqa: S311  a simulation
        times = moments(PEOPLE, midnight, random)
        if steady:
            times = [midnight + timedelta(seconds=86_400 * n / PEOPLE) for n in range(PEOPLE)]
        for at in times:
            site.file(customer(random, "91.0.0.1"), at)
        held = PEOPLE - site.passed
        recorder.add("honest day", f"10,000 people, {name}", refused=0, held=held, share=site.passed / PEOPLE)
        Arrival.objects.all().delete()
        assert held < 0.05 * PEOPLE
