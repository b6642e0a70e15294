"""Answers of the demo: each carrier at its own pace, a cluster in Münster, disputes, and what customers said then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np

from complaints.carriers.models import Carrier
from complaints.echoes.models import Kind
from complaints.places.models import Place
from complaints.reports.models import TROUBLE_BITS, Problem, Report, bits_of
from complaints.reports.news import Cause, StatusChange
from complaints.reports.status import Status
from complaints.reports.transitions import mark_answered
from einzelfall.demo import clusters, story
from einzelfall.demo.echoes import Voices
from einzelfall.demo.loading import LAYERS, Plan
from operators.members.models import User
from operators.replies.models import Answer, Answered, TextBlock


@dataclass(frozen=True)
class _Desk:
    """How a carrier answers: its share, the median hours and how they scatter, who writes and what."""

    share: float
    hours: float
    spread: float
    names: tuple[str, ...]
    texts: tuple[str, ...]


OPENINGS = (
    "Danke für deine Meldung aus {town}.",
    "Hallo, das sollte in {town} nicht so sein.",
    "Wir haben uns {town} angesehen.",
    "Dein Hinweis zu {town} ist angekommen.",
    "Gut, dass du dich meldest.",
)
FINDINGS = (
    "Die nächste Station läuft seit Tagen an ihrer Grenze, wir geben ihr mehr Bandbreite.",
    "Eine Antenne war falsch ausgerichtet, der Techniker kommt in dieser Woche.",
    "Die Leitung zum Standort war gestört und ist jetzt in Arbeit.",
    "Im Messprotokoll sehen wir Abbrüche beim Wechsel zwischen zwei Zellen.",
    "An deinem Ort fehlt uns ein Standort, die Genehmigung läuft.",
    "Ein Update der Station hat genau das ausgelöst, wir haben es zurückgenommen.",
    "Wir finden dort keinen Fehler und messen am Mittwoch vor Ort nach.",
)
MENDED = (
    "Die nächste Station war überlastet, seit heute hat sie mehr Bandbreite.",
    "Eine Antenne war falsch ausgerichtet, der Techniker hat sie heute neu eingestellt.",
    "Die Leitung zum Standort war gestört und ist wieder in Ordnung.",
    "Ein Update der Station hat genau das ausgelöst, wir haben es zurückgenommen.",
)
"""What an answer says that calls the trouble over."""
ENDINGS = (
    "Sag uns bitte, ob es besser wird.",
    "Bis dahin hilft oft Telefonieren über WLAN.",
    "Wir melden uns hier wieder.",
    "Tut uns leid für den Ärger.",
    "Einen Termin nennen wir, sobald er feststeht.",
)
MENDED_ENDINGS = ("Sag uns bitte, ob es jetzt besser ist.", "Tut uns leid für den Ärger.")
LETTER = (
    "Sehr geehrter Kunde, vielen Dank für Ihre Nachricht. Wir bedauern die Unannehmlichkeiten. Unsere Technik prüft "
    "den Sachverhalt in {town}. Bitte starten Sie Ihr Gerät neu. Mit freundlichen Grüßen, Ihr Kundenservice",
)
DESKS = {
    "o2": _Desk(0.5, 14, 1.3, ("Max",), ()),
    "telekom": _Desk(0.68, 5, 1.0, ("Nele", "Jonas"), ()),
    "vodafone": _Desk(0.36, 40, 1.2, ("Toni",), ()),
    "1und1": _Desk(0.75, 2, 0.7, ("Kundenservice",), LETTER),
    "aldi-talk": _Desk(0.2, 60, 1.0, ("Service",), ()),
    "congstar": _Desk(0.55, 9, 1.1, ("Lena",), ()),
}
FIXED, DISPUTED, CONFIRMED, CONTRADICTED = 0.22, 0.05, 0.45, 0.35
THEN = datetime(2011, 12, 9, 10, 0, tzinfo=UTC)
THEN_TEXT = (
    "Wir haben jede dieser Meldungen gelesen. In den großen Städten ist das Datennetz überlastet; bis zum Jahresende "
    "bauen wir dort Hunderte Stationen aus und schreiben im Ticker, wo es vorangeht."
)
MUENSTER_TEXT = (
    "Rund um die Münsteraner Innenstadt ist seit Tagen eine Leitung gestört, deshalb kommen mobile Daten kaum durch. "
    "Zwei Stationen laufen über eine Ersatzstrecke, die dritte folgt. Ich schreibe hier, sobald alles wieder steht."
)


def make_answers(plan: Plan) -> None:
    """Stores answers to the story, one to a running cluster, and single ones; the same plan gives the same answers."""
    rng = np.random.default_rng([plan.seed, 6])
    max_ = User.objects.filter(username="max@o2").first()
    _answer_story(rng, max_)
    _answer_muenster(rng, max_, plan)
    _answer_present(rng, max_, plan)
    for title, text in (("Dank", "Danke, dass du uns das schreibst."), ("WLAN", ENDINGS[1]), ("Ärger", ENDINGS[3])):
        TextBlock.objects.get_or_create(carrier=Carrier.objects.get(slug="o2"), title=title, defaults={"text": text})


def _key(rng: np.random.Generator) -> UUID:
    return UUID(bytes=rng.bytes(16), version=4)


def _answer_story(rng: np.random.Generator, max_: User | None) -> None:
    """One answer for each Land: nobody waits for thirteen years."""
    o2 = Carrier.objects.get(slug="o2")
    numbers: dict[int, list[int]] = {}
    rows = Report.objects.filter(number__lte=story.REPORTS).order_by("number")
    for number, land_id in rows.values_list("number", "land_id"):
        numbers.setdefault(land_id, []).append(number)
    last = story.ONLINE + timedelta(days=len(story.DAYS) - 1)
    for land in Place.objects.filter(id__in=numbers).order_by("slug"):
        about = {"place": land, "since": story.ONLINE, "until": last}
        answer = Answer(submission=_key(rng), carrier=o2, author=max_, author_name="Max", text=THEN_TEXT, **about)
        _give(answer, THEN, numbers[land.id])


def _answer_muenster(rng: np.random.Generator, max_: User | None, plan: Plan) -> None:
    """Max answers what ran up in Münster until yesterday."""
    at = plan.ends_at - timedelta(hours=20)
    town = Place.objects.get(geoname=clusters.MUENSTER)
    waiting = Report.objects.all().public().filter(number__range=(story.REPORTS + 1, LAYERS), carrier__slug="o2")
    alike = waiting.filter(town=town, received_at__range=(at - timedelta(days=7), at), problems__lte=TROUBLE_BITS)
    mask = bits_of([Problem.DATA_NONE.value])
    numbers = [report.number for report in alike.order_by("number") if report.problems & mask]
    about = {"place": town, "problems": mask, "since": (at - timedelta(days=7)).date(), "until": at.date()}
    carrier = Carrier.objects.get(slug="o2")
    answer = Answer(submission=_key(rng), carrier=carrier, author=max_, author_name="Max", text=MUENSTER_TEXT, **about)
    _give(answer, at, numbers)


def _give(answer: Answer, at: datetime, numbers: list[int]) -> None:
    answer.answered_at = at
    answer.save()
    Answered.objects.bulk_create([Answered(answer=answer, report_id=number) for number in numbers])
    mark_answered(numbers=numbers, at=at, by=f"{answer.author_name}, {answer.carrier.name}", fixed=False)


def _answer_present(rng: np.random.Generator, max_: User | None, plan: Plan) -> None:
    """Single answers at each carrier's pace; what would come after the demo's end has not been given yet."""
    waiting = Report.objects.filter(number__range=(story.REPORTS + 1, LAYERS), answered_at=None)
    reports = waiting.filter(problems__lte=TROUBLE_BITS).for_list().order_by("number")
    answers, links, changes, changed = [], [], [], []
    voices = Voices(plan)
    for report in reports:
        desk = DESKS.get(report.carrier.slug)
        luck, delay = rng.random(), rng.lognormal(np.log(desk.hours), desk.spread) if desk else 0.0
        at = report.received_at + timedelta(hours=float(delay))
        if desk is None or luck > desk.share or at > plan.ends_at:
            continue
        fixed = not desk.texts and rng.random() < FIXED
        answer = Answer(
            submission=_key(rng),
            carrier=report.carrier,
            author=max_ if report.carrier.slug == "o2" else None,
            author_name=_pick(rng, desk.names),
            text=_text(rng, desk, report, fixed=fixed),
            fixed=fixed,
            answered_at=at,
        )
        link = Answered(answer=answer, report=report)
        report.answered_at = at
        changes += list(_afterwards(rng, report, link, plan.ends_at, voices))
        answers.append(answer)
        links.append(link)
        changed.append(report)
    Answer.objects.bulk_create(answers)
    Answered.objects.bulk_create(links)
    StatusChange.objects.bulk_create(changes)
    voices.store()
    Report.objects.bulk_update(changed, ("answered_at", "status"), batch_size=500)


def _afterwards(
    rng: np.random.Generator, report: Report, link: Answered, end: datetime, voices: Voices
) -> Iterator[StatusChange]:
    """The timeline of an answered report, with the taps behind it; changes the report and the link with it."""
    at, answer = link.answer.answered_at, link.answer
    by = f"{answer.author_name}, {answer.carrier.name}"
    yield _move(report, Status.SAID_FIXED if answer.fixed else Status.ANSWERED, Cause.ANSWER, at, by)
    luck, later = rng.random(), at + timedelta(hours=float(rng.exponential(30)) + 1)
    if later > end:
        return
    if not answer.fixed and luck < DISPUTED:
        link.disputed_at, report.answered_at = later, None
        yield _move(report, Status.REOPENED, Cause.DISPUTE, later)
    elif answer.fixed and luck < CONFIRMED:
        voices.say(report, Kind.WORKS_AGAIN, at, later)
        yield _move(report, Status.CONFIRMED, Cause.ECHO, later)
    elif answer.fixed and luck < CONFIRMED + CONTRADICTED:
        voices.say(report, Kind.STILL_BAD, at, later)
        yield _move(report, Status.STILL_BAD, Cause.ECHO, later)
        again = later + timedelta(hours=20)
        if luck > CONFIRMED + CONTRADICTED * 0.7 and again <= end:
            report.answered_at = None
            voices.say(report, Kind.STILL_BAD, later, again)
            yield _move(report, Status.REOPENED, Cause.ECHO, again)


def _move(report: Report, after: Status, cause: Cause, at: datetime, by: str = "") -> StatusChange:
    change = StatusChange(report=report, before=report.status, after=after, cause=cause, by=by, changed_at=at)
    report.status = after
    return change


def _text(rng: np.random.Generator, desk: _Desk, report: Report, *, fixed: bool) -> str:
    town = str(report.town or report.district or report.land)
    usual = (OPENINGS, MENDED, MENDED_ENDINGS) if fixed else (OPENINGS, FINDINGS, ENDINGS)
    parts = (_pick(rng, desk.texts),) if desk.texts else tuple(_pick(rng, part) for part in usual)
    return " ".join(parts).format(town=town)


def _pick(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    return options[int(rng.random() * len(options))]
