"""How complaints/moderation finds, hides and shows guest posts; `OperatorsConfig.ready` imports this."""

from complaints.moderation import exhibits
from complaints.moderation.exhibits import Exhibit
from complaints.moderation.models import Subject
from operators.posts.actions import hide, show
from operators.posts.models import Post


def _find(number: int) -> Exhibit | None:
    found = Post.objects.readable().filter(pk=number).first()
    return Exhibit(found.title, found.summary, found.get_absolute_url()) if found else None


def _hide(*, number: int, reason: str, note: str, by: str) -> None:
    for post in Post.objects.public().filter(pk=number):
        hide(post=post, reason=reason, note=note, by=by)


def _show(*, number: int, note: str, by: str) -> None:
    for post in Post.objects.filter(pk=number):
        show(post=post, note=note, by=by)


def _words(number: int) -> str:
    return Post.objects.filter(pk=number).values_list("summary", flat=True).first() or ""


exhibits.register(Subject.POST, exhibits.Kind(_find, _hide, _show, words=_words))
