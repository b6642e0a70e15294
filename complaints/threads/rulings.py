"""How complaints/moderation finds, hides and counts comments; `ComplaintsConfig.ready` imports this."""

from django.utils.translation import gettext as _t

from complaints.moderation import exhibits
from complaints.moderation.exhibits import Exhibit
from complaints.moderation.models import Subject
from complaints.threads.actions import hide, show
from complaints.threads.models import Comment


def _find(number: int) -> Exhibit | None:
    found = Comment.objects.readable().select_related("thread__report").filter(number=number).first()
    if found is None or not found.thread.is_public:
        return None
    return Exhibit(_t("Comment no. %d") % number, found.text, found.get_absolute_url())


def _hide(*, number: int, reason: str, note: str, by: str) -> None:
    for comment in Comment.objects.filter(number=number):
        hide(comment=comment, reason=reason, note=note, by=by)


def _show(*, number: int, note: str, by: str) -> None:
    for comment in Comment.objects.filter(number=number):
        show(comment=comment, note=note, by=by)


def _waiting() -> int:
    return Comment.objects.waiting().count()


def _words(number: int) -> str:
    return Comment.objects.filter(number=number).values_list("text", flat=True).first() or ""


exhibits.register(Subject.COMMENT, exhibits.Kind(_find, _hide, _show, _waiting, words=_words))
