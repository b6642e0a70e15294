"""Many senders in simulated time: judges and stores arrivals as filing does, without the pages around it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from complaints.base import traces, zorder
from complaints.base.limits import Verdict, Wave
from complaints.moderation import queries
from complaints.moderation.queries import Admission, Message, Sender, judged

DAY_CURVE = (2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 9, 9, 10, 10, 9, 9, 10, 11, 12, 12, 11, 9, 6, 4)
"""How a day's reports spread over its hours, in parts."""

WORDS = [start + end for start in ("bahn", "keller", "ruf", "netz", "land") for end in ("hof", "weg", "tal")]


@dataclass(frozen=True)
class Filing:
    """One filing of a simulation; `form`: it came from the form, after more than two seconds."""

    address: str
    agent: str
    point: tuple[float, float]
    text: str
    said: str
    form: bool


@dataclass
class Site:
    """Judges filings at simulated moments and stores their arrivals; counts the reasons, "" for let through."""

    reasons: Counter[str] = field(default_factory=Counter)
    wave: Wave = Wave.NONE
    asked_at: datetime | None = None

    def file(self, filing: Filing, at: datetime) -> Verdict:
        day = timezone.localdate(at)
        sender = Sender(
            traces.connection(filing.address, day), traces.mark(filing.agent, day), doubtful=not filing.form
        )
        message = Message(zorder.encode(*filing.point), True, filing.text, filing.said, at, at)
        if self.asked_at is None or at - self.asked_at > timedelta(seconds=queries.WAVE_SECONDS):
            self.wave, self.asked_at = queries.wave_at(at), at
        admission = judged(sender, message, self.wave)
        self.keep(filing, at, admission)
        self.reasons[admission.verdict.reason] += 1
        return admission.verdict

    def keep(self, filing: Filing, at: datetime, admission: Admission) -> None:
        """Stores what the next judgement must know: the arrival."""
        admission.arrival.save(force_insert=True)

    @property
    def passed(self) -> int:
        return self.reasons[""]


def moments(count: int, midnight: datetime, random: Random) -> list[datetime]:
    """`count` moments of a day, as a country's people are awake."""
    hours = random.choices(range(24), DAY_CURVE, k=count)
    return sorted(midnight + timedelta(hours=hour, seconds=random.random() * 3600) for hour in hours)


def customer(random: Random, address: str) -> Filing:
    """An honest person of some town: 300 kinds of phones, of which the commonest is every fourth; half write a text."""
    phone = 0 if random.random() < 0.25 else int(300 * random.random() ** 2)
    text = f"Seit {random.random()} " + " ".join(random.choices(WORDS, k=12)) if random.random() < 0.5 else ""
    point = (random.uniform(47.5, 54.5), random.uniform(6.5, 14.5))
    return Filing(address, f"Phone {phone}", point, text, f"{random.randint(1, 8)} {1 << random.randint(0, 6)}", True)
