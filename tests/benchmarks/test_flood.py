"""How much of a flood reaches the public figures, and how much of an honest day waits: judged in simulated time.

A flood is 100,000 filings within an hour; a run judges the first FLOOD of them (all with FLOOD=100000, some minutes
each) and says so. Every filing goes through the real judge; every EVERY-th is filed whole by `file_report`, of the
others the arrival is stored: at once where the filing counts, else LATE at a time, since no judgement reads what was
held but for the size of a wave. Simulated are the clock, the senders and the pages around it; `test_flood_pages.py`
files through the pages.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.utils import timezone

from complaints.carriers import queries as carriers
from complaints.moderation.models import Arrival
from complaints.moderation.queries import Admission
from complaints.places.models import Place
from complaints.reports import actions
from complaints.reports.models import Report
from complaints.reports.news import TallyChange
from tests.benchmarks.conftest import Recorder
from tests.builders import a_land
from tests.complaints.moderation.crowd import DAY_CURVE, Filing, Site, customer, moments

pytestmark = pytest.mark.django_db
WHOLE = 100_000
FLOOD = int(os.environ.get("FLOOD", "10000"))
EVERY, LATE = 50, 100
PEOPLE = 10_000


@dataclass
class FilingSite(Site):
    """Files every EVERY-th report whole, so that it is or is not in the public figures."""

    land: Place = field(default_factory=a_land)
    seen: int = 0
    late: list[Arrival] = field(default_factory=list)

    def keep(self, filing: Filing, at: datetime, admission: Admission) -> None:
        self.seen += 1
        if self.seen % EVERY == 0:
            told: list[int] = []
            assert actions.file_report(
                filing=self._whole(filing, at), on_contact=told.append, admission=admission
            ).created
        elif admission.verdict.held:
            self.late.append(admission.arrival)
        else:
            super().keep(filing, at, admission)
        if len(self.late) >= LATE:
            self.store()

    def store(self) -> None:
        Arrival.objects.bulk_create(self.late)
        self.late.clear()

    def _whole(self, filing: Filing, at: datetime) -> actions.Filing:
        carrier, (latitude, longitude) = carriers.carriers()[0], (round(part, 3) for part in filing.point)
        return actions.Filing(
            submission=uuid4(),
            carrier_id=carrier.id,
            network_id=carrier.network_id,
            problems=int(filing.said.split()[1]),
            latitude=latitude,
            longitude=longitude,
            precision="point",
            land_id=self.land.pk,
            district_id=None,
            town_id=None,
            quarter_id=None,
            happened_at=at,
            received_at=at,
            text=filing.text,
            **dict.fromkeys(("place_text", "technology", "situation", "frequency", "hotline"), ""),
            **dict.fromkeys(("device", "system", "name", "email"), ""),
        )


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
    random, site, started = Random(11), FilingSite(), time.perf_counter()  # noqa: S311  a simulation
    for n in range(FLOOD):
        site.file(program(random, n, addresses), midnight + timedelta(hours=12, seconds=3600 * n / WHOLE))
    site.store()
    took = time.perf_counter() - started
    line, public = f"{program.__name__}, {addresses} addresses", Report.objects.all().public()
    recorder.add("flood", line, filed=FLOOD, counted=site.passed, ms_each=took / FLOOD * 1000)
    assert Arrival.objects.filter(held=False).count() == site.passed
    assert Arrival.objects.filter(held=False).exclude(report=None).count() == public.count()
    assert TallyChange.objects.count() == public.count()
    assert (Arrival.objects.count(), Report.objects.count()) == (FLOOD, FLOOD // EVERY)
    assert site.passed < 0.05 * FLOOD or FLOOD < WHOLE


def test_an_honest_day_behind_one_address(midnight: datetime, recorder: Recorder) -> None:
    for name, steady in (("as a day goes", False), ("the same each hour", True)):
        random, site = Random(12), FilingSite()  # noqa: S311  a simulation
        times = moments(PEOPLE, midnight, random)
        if steady:
            times = [midnight + timedelta(seconds=86_400 * n / PEOPLE) for n in range(PEOPLE)]
        for at in times:
            site.file(customer(random, "91.0.0.1"), at)
        held = PEOPLE - site.passed
        recorder.add("honest day", f"10,000 people, {name}", refused=0, held=held, share=site.passed / PEOPLE)
        Arrival.objects.all().delete()
        assert held < 0.05 * PEOPLE


@pytest.mark.parametrize("crowd", [1_000, 3_000, 20_000])
def test_an_outage_after_a_usual_day(crowd: int, midnight: datetime, recorder: Recorder) -> None:
    """A country's customers in the evening, each at home, and what else arrives: how many of them must wait."""
    random, site = Random(13), FilingSite()  # noqa: S311  a simulation
    usual = [(at, n) for n, at in enumerate(moments(PEOPLE, midnight, random))]
    for day in (-1, 0):
        hours = (17, 20) if day else (17, 19)
        shown = [(at + timedelta(days=day), n) for at, n in usual if hours[0] <= at.hour < hours[1]]
        outage = [(midnight + timedelta(hours=18, seconds=3600 * random.random()), n) for n in range(crowd)]
        for at, n in sorted(shown + [(at, PEOPLE + n) for at, n in outage if day == 0]):
            site.file(customer(random, address(n)), at)
    before, after = site.reasons.total(), site.passed
    recorder.add("outage", f"{crowd} people within an hour", filed=before, held=before - after, share=after / before)
    assert sum(DAY_CURVE) == 168
