"""A visitor follows a place."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.base import traces
from complaints.follows.actions import ask
from complaints.follows.models import Topic
from complaints.moderation.actions import first_today
from complaints.moderation.models import Deed, Sending
from complaints.moderation.queries import Sender
from complaints.places.models import Place

PER_HOUR = 10
"""Addresses that one connection may leave; nobody uses the site to write to strangers."""


class TooManyError(Exception):
    """Too many addresses came from one connection within an hour."""

    sentence = _("Many addresses came from your connection just now. Please try again in an hour.")


def follow(*, place: Place, email: str, language: str, sender: Sender) -> None:
    """Asks an address whether it wants to hear of news about a place; what a program sent is dropped.

    Raises TooManyError; many may share an address that is not a public one, so there nobody is counted.
    """
    if sender.trapped:
        return
    here = sender.connection
    if here.known and Sending.objects.last_hour(Deed.FOLLOW, here.address).count() >= PER_HOUR:
        raise TooManyError
    first_today(deed=Deed.FOLLOW, number=traces.mark(email.lower(), timezone.localdate()), sender=here.address)
    ask(topic=Topic.PLACE, subject=place.pk, email=email, language=language, label=place.name)
