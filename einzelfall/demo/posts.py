"""Guest posts of the demo: Max's of 2011, and two of the present with a ticker and promises in every state.

All words are invented; the story of 2011 follows what newspapers reported. Threads of the posts are opened here.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from complaints.carriers.models import Carrier
from complaints.places.models import Place
from complaints.reports.models import bits_of
from einzelfall.demo.loading import Plan
from operators.members.models import User
from operators.posts.actions import come_out
from operators.posts.models import Post, Promise, PromiseState, PromiseStep

MARK = "\n\n*Dieser Beitrag ist Teil der Demo und erfunden.*"


@dataclass(frozen=True)
class Step:
    """What became of a promise so many days after the post; `due` (days after it) only where the date moved."""

    kind: PromiseStep
    day: int
    note: str
    due: int | None = None


@dataclass(frozen=True)
class Word:
    """A promise: its sentence, the slug of its town, its first date in days after the post, its kinds of trouble."""

    sentence: str
    town: str
    due: int
    problems: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Article:
    """A post of the demo; `ticker` holds (hours after it, line), `correction` (hours after it, note)."""

    carrier: str
    username: str
    author: str
    slug: str
    title: str
    summary: str
    opening: str
    towns: tuple[str, ...]
    words: tuple[Word, ...]
    ticker: tuple[tuple[int, str], ...] = ()
    correction: tuple[int, str] | None = None


KEPT, BROKEN, MOVED = PromiseStep.KEPT, PromiseStep.BROKEN, PromiseStep.MOVED
STORY_AT = datetime(2011, 12, 5, 9, 30, tzinfo=UTC)
STORY = Article(
    carrier="o2",
    username="max@o2",
    author="Max",
    slug="o2-fuenf-staedte-2011",
    title="Wo es klemmt und was wir noch dieses Jahr bauen",
    summary="Münster, Hamburg, Osnabrück, Mannheim und Berlin: Dort ist unser Netz gerade zu voll. Das tun wir.",
    opening=(
        "Ihr habt hier Tausende Fälle gesammelt, und ihr habt recht: In einigen Städten ist unser Netz zu voll. "
        "Am schlimmsten ist es in **Münster, Hamburg, Osnabrück, Mannheim und Berlin**.\n\n"
        "## Woran es liegt\n\nIhr nutzt heute ein Vielfaches der Daten vom letzten Jahr. Viele Basisstationen kommen "
        "da nicht mehr mit.\n\n## Was wir tun\n\nDie Basisstationen bekommen neuere Technik mit mehr Kapazität, dazu "
        "kommen mehr Hotspots. Dafür geben wir einen dreistelligen Millionenbetrag aus. Ich lese hier jeden Kommentar "
        "und antworte schnell."
    ),
    towns=("muenster", "hamburg", "osnabrueck", "mannheim", "berlin"),
    words=(
        Word(
            "In Münster rüsten wir bis zum Jahresende alle Basisstationen der Innenstadt auf.",
            "muenster",
            26,
            ("data-slow", "data-none"),
            (Step(KEPT, 15, "Alle Stationen der Innenstadt laufen seit dem 19. Dezember mit neuer Technik."),),
        ),
        Word(
            "In Hamburg entlasten wir bis Weihnachten die Gegend um Hauptbahnhof und Mönckebergstraße.",
            "hamburg",
            19,
            (),
            (
                Step(MOVED, 16, "Für zwei Dächer fehlt noch die Erlaubnis.", 86),
                Step(KEPT, 78, "Beide Standorte senden seit dieser Woche."),
            ),
        ),
        Word(
            "In Mannheim gehen bis Ende Januar zehn neue Stationen in Betrieb.",
            "mannheim",
            57,
            (),
            (Step(KEPT, 55, "Zehn von zehn sind am Netz, die letzte im Jungbusch."),),
        ),
    ),
    ticker=(
        (26, "Osnabrück: Die ersten drei Stationen haben neue Technik."),
        (52, "Berlin: Am Hackeschen Markt ist die Kapazität seit heute Nacht verdoppelt."),
        (338, "Münster ist fertig. Schreibt uns, ob ihr es merkt."),
    ),
)
PRESENT_DAYS = 75
PRESENT = (
    Article(
        carrier="o2",
        username="max@o2",
        author="Max",
        slug="o2-mehr-netz-im-norden",
        title="Mehr Netz für den Norden und für Münster",
        summary="Drei Baustellen, drei Termine. Hier steht, wie weit wir sind, auch wenn es länger dauert.",
        opening=(
            "Eure Meldungen zeigen uns, wo es hakt. Drei Orte nehmen wir uns als Nächstes vor.\n\nWas wann fertig "
            "wird, steht hier mit Termin. Wenn wir einen nicht halten, lest ihr es hier zuerst."
        ),
        towns=("muenster", "hamburg", "osnabrueck"),
        words=(
            Word(
                "In Münster bekommt das Kreuzviertel einen neuen Standort.", "muenster", PRESENT_DAYS + 9, ("dropped",)
            ),
            Word("In Hamburg verdoppeln wir die Kapazität in Altona.", "hamburg", PRESENT_DAYS - 6, ("data-slow",)),
            Word(
                "In Osnabrück ersetzen wir die Technik am Neumarkt.",
                "osnabrueck",
                40,
                (),
                (Step(MOVED, 33, "Der Lieferant braucht acht Wochen länger.", PRESENT_DAYS + 48),),
            ),
        ),
        ticker=(
            (72, "Münster: Die Baugenehmigung ist da."),
            (24 * 30, "Hamburg: Zwei von fünf Stationen in Altona sind umgebaut."),
            (24 * 71, "Münster: Der Mast steht, es fehlt noch die Leitung."),
        ),
        correction=(30, "Zuerst stand hier Kreuzkirche statt Kreuzviertel."),
    ),
    Article(
        carrier="vodafone",
        username="team@vodafone",
        author="Toni",
        slug="vodafone-berlin-und-mannheim",
        title="Was wir in Berlin und Mannheim vorhaben",
        summary="Ein Standort ist fertig, einer kommt nicht, einer folgt im Frühjahr. Wir erklären, warum.",
        opening=(
            "Wir bauen dort, wo ihr am häufigsten meldet. Nicht alles klappt: Auch das steht hier.\n\n"
            "* fertige Standorte mit Datum,\n* verschobene mit Grund,\n* aufgegebene mit Erklärung."
        ),
        towns=("berlin", "mannheim"),
        words=(
            Word(
                "In Berlin versorgen wir den Hackeschen Markt mit zwei weiteren Zellen.",
                "berlin",
                35,
                (),
                (Step(KEPT, 31, "Beide Zellen senden; Messprotokoll vom Tag der Abnahme."),),
            ),
            Word(
                "In Mannheim bauen wir einen Standort am Paradeplatz.",
                "mannheim",
                50,
                (),
                (Step(BROKEN, 44, "Der Eigentümer hat abgesagt, ein anderes Dach fanden wir nicht."),),
            ),
            Word("In Mannheim bekommt der Jungbusch 5G im Freien und in Gebäuden.", "mannheim", PRESENT_DAYS + 120),
        ),
        ticker=((24 * 31, "Berlin: fertig, vier Tage vor dem Termin."), (24 * 44, "Mannheim, Paradeplatz: abgesagt.")),
    ),
)


def make_posts(plan: Plan) -> None:
    """Stores the posts with their tickers and promises; the same plan gives the same posts."""
    _store(STORY, STORY_AT, plan.ends_at)
    for number, article in enumerate(PRESENT):
        _store(article, plan.ends_at - timedelta(days=PRESENT_DAYS - number), plan.ends_at)


def _store(article: Article, at: datetime, end: datetime) -> None:
    body = "\n\n".join((article.opening, *(word.sentence for word in article.words))) + MARK
    post = Post.objects.create(
        carrier=Carrier.objects.get(slug=article.carrier),
        author=User.objects.filter(username=article.username).first(),
        author_name=article.author,
        title=article.title,
        slug=article.slug,
        summary=article.summary,
        body=body,
        published_at=at,
    )
    post.places.set([_town(slug) for slug in article.towns])
    for hours, line in article.ticker:
        post.ticker.create(text=line, by=article.author, written_at=at + timedelta(hours=hours))
    if article.correction:
        hours, note = article.correction
        post.corrections.create(note=note, by=article.author, corrected_at=at + timedelta(hours=hours))
    for word in article.words:
        _promise(post, word, at)
    come_out(post=post)
    for promise, word in zip(post.promises.order_by("pk"), article.words, strict=True):
        _history(promise, word, at, article.author)
        _past_due(promise, end)
    Post.objects.filter(pk=post.pk).update(created_at=at, changed_at=at)


def _promise(post: Post, word: Word, at: datetime) -> None:
    Promise.objects.create(
        post=post,
        carrier=post.carrier,
        sentence=word.sentence,
        place=_town(word.town),
        problems=bits_of(list(word.problems)),
        due_on=_day(at, word.due),
        made_at=at,
    )


def _history(promise: Promise, word: Word, at: datetime, by: str) -> None:
    for step in word.steps:
        moment = at + timedelta(days=step.day, hours=2)
        if step.due is not None:
            promise.due_on = _day(at, step.due)
        else:
            promise.state = PromiseState.KEPT if step.kind == KEPT else PromiseState.BROKEN
            promise.settled_on = timezone.localdate(moment)
            promise.evidence = step.note if step.kind == KEPT else ""
        promise.save()
        note = "" if step.kind == KEPT else step.note
        promise.changes.create(step=step.kind, due_on=promise.due_on, note=note, by=by, changed_at=moment)


def _past_due(promise: Promise, end: datetime) -> None:
    """The row that the clock would have written."""
    if promise.state == PromiseState.OPEN and promise.due_on < timezone.localdate(end):
        midnight = timezone.make_aware(datetime.combine(promise.due_on + timedelta(days=1), time(0, 1)))
        promise.changes.create(step=PromiseStep.OVERDUE, due_on=promise.due_on, changed_at=midnight)


def _town(slug: str) -> Place:
    """The largest town of a slug."""
    return Place.objects.towns().filter(slug=slug).order_by("-population")[:1].get()


def _day(at: datetime, days: int) -> date:
    return timezone.localdate(at) + timedelta(days=days)
