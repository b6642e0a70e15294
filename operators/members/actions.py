"""What the site's own staff do with an account."""

from functools import partial

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.db import transaction

from operators.members import sessions
from operators.members.models import User
from operators.members.tasks import tell_of_reset


@transaction.atomic
def reset_second_factor(*, user: User) -> None:
    """Forgets apps, passkeys and recovery codes, logs out everywhere, and mails it to the person. Safe to repeat."""
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)
    transaction.on_commit(partial(tell_of_reset.enqueue, user.pk))


def unlock(*, user: User) -> int:
    """Forgets wrong passwords and codes of an account; returns of how many addresses."""
    gone: int = AccessAttempt.objects.filter(username=user.username).delete()[0]
    return gone
