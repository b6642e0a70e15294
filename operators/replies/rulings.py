"""What the site's staff decide about official answers; `OperatorsConfig.ready` imports this.

An answer that is hidden leaves a mark with the reason at each report that it was to, and ends no wait on the board.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t

from complaints.moderation import exhibits
from complaints.moderation.actions import decide
from complaints.moderation.exhibits import Exhibit
from complaints.moderation.models import Subject, Verb
from operators.replies.models import Answer
from operators.replies.queries import first_case


def _find(number: int) -> Exhibit | None:
    found = Answer.objects.select_related("carrier").filter(pk=number, hidden_at=None).first()
    case = first_case(found) if found else None
    if found is None or case is None:
        return None
    return Exhibit(_t("Answer of %s") % found.byline, found.text, f"{case.get_absolute_url()}#antwort")


@transaction.atomic
def hide(*, number: int, reason: str, note: str = "", by: str) -> None:
    """Takes an answer's words out of sight everywhere. Safe to repeat."""
    if Answer.objects.filter(pk=number, hidden_at=None).update(hidden_at=timezone.now(), hidden_reason=reason):
        decide(subject=Subject.ANSWER, number=number, verb=Verb.HIDDEN, reason=reason, note=note, by=by)


@transaction.atomic
def show(*, number: int, note: str = "", by: str) -> None:
    """Undoes `hide`. Safe to repeat."""
    if Answer.objects.filter(pk=number).exclude(hidden_at=None).update(hidden_at=None, hidden_reason=""):
        decide(subject=Subject.ANSWER, number=number, verb=Verb.SHOWN, note=note, by=by)


def _words(number: int) -> str:
    return Answer.objects.filter(pk=number).values_list("text", flat=True).first() or ""


exhibits.register(Subject.ANSWER, exhibits.Kind(_find, hide, show, words=_words))
