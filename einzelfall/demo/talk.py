"""The conversation under the guest post of 2011: readers ask, Max of O2 answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from complaints.carriers.models import Carrier
from complaints.threads.models import Comment
from complaints.threads.queries import next_number
from einzelfall.demo.loading import Plan
from einzelfall.demo.posts import STORY
from operators.posts.models import Post

MAX = "Max"


@dataclass(frozen=True)
class _Line:
    """Hours after the post, levels below a first comment, who, what; `thanks` is how many found it helpful."""

    hours: float
    depth: int
    name: str
    text: str
    thanks: int = 0


_TALK = (
    _Line(0.4, 0, "Katja aus Münster", "Am Prinzipalmarkt geht ab 17 Uhr gar nichts. Ist der dabei?", 14),
    _Line(1.1, 1, MAX, "Ja. Die drei Stationen rund um den Prinzipalmarkt sind diese Woche dran.", 31),
    _Line(1.4, 2, "Katja aus Münster", "Danke für die klare Antwort. Ich schreibe hier, ob ich etwas merke."),
    _Line(360, 3, "Katja aus Münster", "Zwei Wochen später: Videos laufen wieder, auch am Samstag.", 22),
    _Line(361.5, 4, MAX, "Das freut mich. Genau diese Rückmeldung brauchen wir.", 6),
    _Line(0.7, 0, "Jens", "Die Hotline hat mir dreimal gesagt, ich sei ein Einzelfall. Was stimmt denn nun?", 57),
    _Line(2.0, 1, MAX, "Du bist keiner. Die Hotline sieht die Auslastung nicht gut genug, das ändern wir gerade.", 41),
    _Line(2.6, 2, "Sabine", "Dann sagt ihnen bitte auch, dass sie sich entschuldigen dürfen.", 19),
    _Line(3.0, 3, MAX, "Gebe ich weiter. Und von mir schon jetzt: Entschuldige, Jens."),
    _Line(0.9, 0, "Holger", "Wann kommt Mannheim? Pro Einwohner sind wir hier am schlechtesten dran.", 12),
    _Line(2.3, 1, MAX, "Zehn neue Stationen bis Ende Januar, die meisten in den Quadraten und im Jungbusch.", 9),
    _Line(1150, 2, "Holger", "Im Jungbusch ist es besser, in Käfertal noch nicht."),
    _Line(1152, 3, MAX, "Käfertal wartet auf eine Leitung. Sobald sie liegt, steht es hier im Ticker.", 4),
    _Line(1.5, 0, "Nadine", "Liegt es am iPhone 4 oder am Netz? Mit dem alten Nokia habe ich guten Empfang."),
    _Line(3.5, 1, "Udo", "Bei mir genauso. Telefonieren geht, Daten nicht.", 3),
    _Line(4.2, 1, MAX, "Am Netz: Das Telefon zeigt Empfang, die Station hat aber keine Kapazität für Daten frei.", 16),
    _Line(5.0, 0, "Erik aus Hamburg", "Mönckebergstraße, jeden Mittag: kein Durchkommen. Weihnachten ist zu spät.", 8),
    _Line(6.5, 1, MAX, "Verstehe ich. Ein Teil geht schon nächste Woche in Betrieb, der Rest bis zum 24.", 5),
    _Line(7.0, 2, "Erik aus Hamburg", "Gut. Ich nehme euch beim Wort, das Versprechen steht ja jetzt hier."),
    _Line(8.0, 0, "Petra", "Gilt das auch für Kunden von Fonic? Wir hängen am selben Netz.", 11),
    _Line(9.5, 1, MAX, "Ja, es sind dieselben Stationen. Was wir bauen, hilft allen Marken im Netz.", 10),
    _Line(11, 0, "Lutz", "Ich habe in Osnabrück immer guten Empfang. Das darf man hier auch mal sagen.", 2),
    _Line(12, 1, "Mareike", "Melde es doch mit „Alles funktioniert“, dann zählt es auf der Karte mit.", 7),
    _Line(26, 0, "Tim", "Warum erfahren wir das erst, nachdem Tausende hier ihre Fälle eingetragen haben?", 38),
    _Line(
        29, 1, MAX, "Weil wir die Fälle einzeln betrachtet haben. Zusammen auf einer Karte sehen sie anders aus.", 33
    ),
    _Line(50, 0, "Ayşe", "Berlin, Hackescher Markt: seit gestern besser. Danke an die, die hier gemeldet haben.", 9),
)


def make_talk(plan: Plan) -> int:
    """Writes the conversation under the story's post; returns how many comments. The same in every demo."""
    post = Post.objects.select_related("thread").get(slug=STORY.slug)
    comments = list(_comments(post, Carrier.objects.get(slug=STORY.carrier)))
    for depth in range(5):  # a comment after the one that it answers
        Comment.objects.bulk_create(comment for comment in comments if comment.depth == depth)
    return len(comments)


def _comments(post: Post, carrier: Carrier) -> Iterator[Comment]:
    above: list[Comment] = []
    assert post.thread is not None  # noqa: S101  a published post has one
    assert post.published_at is not None  # noqa: S101
    for n, line in enumerate(_TALK):
        del above[line.depth :]
        number, parent = next_number(), above[-1] if above else None
        path = [*parent.path, number] if parent else [number]
        official = line.name == MAX
        said_at = post.published_at + timedelta(hours=line.hours)
        if official and parent:
            parent.answered_at = said_at
        comment = Comment(
            number=number,
            submission=uuid5(NAMESPACE_URL, f"einzelfall/demo/talk/{n}"),
            thread=post.thread,
            parent=parent,
            root=path[0],
            path=path,
            addressee=carrier,
            carrier=carrier if official else None,
            name=line.name,
            text=line.text,
            said_at=said_at,
            thanks=line.thanks,
        )
        above.append(comment)
        yield comment
