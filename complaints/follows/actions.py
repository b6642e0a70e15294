"""What happens to follows: asked for, confirmed, written to, ended, forgotten."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.functional import Promise

from complaints.base import retention
from complaints.follows.models import Follow, Letter, Topic

ASK_AGAIN_AFTER = timedelta(hours=1)
MOST_ASKS = 5
"""Mails that ask one address to confirm, until it confirms or is forgotten: nobody can fill somebody else's letter box
by asking again and again, for however many things."""


def ask(*, topic: Topic, subject: int, email: str, language: str = "de", label: str = "") -> None:
    """Remembers that an address wants to hear of something; `tick` mails it the link to confirm.

    Who is confirmed is not asked again; who is not gets a second mail an hour later at the earliest, and nobody more
    than MOST_ASKS. `label` names the subject in the mails.
    """
    known = Follow.objects.of(topic, subject).filter(email__iexact=email).first()
    if (known and known.confirmed_at) or _asks(email) >= MOST_ASKS:
        return
    if known is None:
        values = {"language": language, "label": label}
        Follow.objects.get_or_create(topic=topic, subject=subject, email=email, defaults=values)
    elif known.asked_at and known.asked_at < timezone.now() - ASK_AGAIN_AFTER:
        known.asked_at, known.language = None, language
        known.save(update_fields=["asked_at", "language"])


def _asks(email: str) -> int:
    """How often an address was asked to confirm, or will be at the next tick."""
    unconfirmed = Follow.objects.filter(confirmed_at=None, email__iexact=email)
    sent: int = unconfirmed.aggregate(sent=Sum("asks"))["sent"] or 0
    return sent + unconfirmed.filter(asked_at=None).count()


def confirm(*, follow: Follow) -> None:
    """From now on the address hears of its subject. Safe to repeat."""
    Follow.objects.filter(pk=follow.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def end(*, follow: int) -> None:
    """Deletes a follow with its address. Safe to repeat."""
    Follow.objects.filter(pk=follow).delete()


def tell(
    *, topic: Topic, subject: int, subject_line: str | Promise, text: str | Promise, address: str, author: str = ""
) -> int:
    """Leaves a letter for each confirmed follower but the `author`; returns how many. `tick` sends them.

    Lazy texts are read in each follower's language; `address` is the path of the page that the news is about.
    """
    letters = []
    for reader in Follow.objects.of(topic, subject).confirmed().exclude(email__iexact=author):
        with translation.override(reader.language):
            letters.append(Letter(follow=reader, subject_line=str(subject_line)[:150], text=str(text), address=address))
    return len(Letter.objects.bulk_create(letters))


def forget_unconfirmed() -> int:
    """Deletes the addresses that nobody confirmed in time, and letters that no server took; returns how many."""
    now = timezone.now()
    gone, _rows = Follow.objects.filter(confirmed_at=None, created_at__lt=now - retention.UNCONFIRMED).delete()
    stale, _rows = Letter.objects.filter(written_at__lt=now - retention.UNCONFIRMED).delete()
    return gone + stale
