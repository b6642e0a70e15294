"""What happens to a carrier's people: invited, taken in, given other roles, let go."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone

from complaints.base import retention
from complaints.carriers.models import Carrier
from operators.members import sessions
from operators.members.models import Membership, Role, User
from operators.members.queries import belongs, is_site_staff
from operators.team import queries
from operators.team.models import LIFE, Invitation
from operators.team.tasks import send_invitation


class TooManyError(Exception):
    """So many invitations went out that the next one has to wait."""


class GoneError(Exception):
    """The invitation was taken, withdrawn or has expired meanwhile."""


class LastManagerError(Exception):
    """Nobody would be left to manage the carrier."""


class SiteStaffError(Exception):
    """The site's own people are not a carrier's to change."""


@transaction.atomic
def invite(*, carrier: Carrier, email: str, roles: Iterable[str], by: User) -> Invitation:
    """Offers roles to an address and mails the link; one that is pending is renewed. Raises TooManyError."""
    _lock(carrier)
    if not queries.may_send(carrier, email):
        raise TooManyError
    known = Invitation.objects.pending().filter(carrier=carrier, email__iexact=email).first()
    if known:
        return _send_again(known, list(roles))
    now = timezone.now()
    invitation = Invitation.objects.create(
        carrier=carrier, email=email, roles=list(roles), invited_by=by, sent_at=now, expires_at=now + LIFE
    )
    transaction.on_commit(partial(send_invitation.enqueue, invitation.pk, 1))
    return invitation


@transaction.atomic
def resend(*, invitation: Invitation) -> Invitation:
    """Mails a new link, valid for a week; older links of it stop working. Raises TooManyError and GoneError."""
    _lock(invitation.carrier)
    row = Invitation.objects.pending().filter(pk=invitation.pk).first()
    if row is None:
        raise GoneError
    if not queries.may_send(row.carrier, row.email):
        raise TooManyError
    return _send_again(row, row.roles)


def _send_again(row: Invitation, roles: list[str]) -> Invitation:
    row.roles, row.sends, row.sent_at = roles, row.sends + 1, timezone.now()
    row.expires_at = row.sent_at + LIFE
    row.save(update_fields=["roles", "sends", "sent_at", "expires_at"])
    transaction.on_commit(partial(send_invitation.enqueue, row.pk, row.sends))
    return row


def withdraw(*, invitation: Invitation) -> bool:
    """The link stops working at once; returns whether it still did. Safe to repeat."""
    return Invitation.objects.pending().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()) == 1


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> None:
    """Gives the offered roles to an account, once. Raises GoneError."""
    taken = Invitation.objects.valid().filter(pk=invitation.pk, sends=invitation.sends)
    if taken.update(accepted_at=timezone.now(), accepted_by=user) != 1:
        raise GoneError
    _give(user, invitation.carrier, invitation.roles)


@transaction.atomic
def join(*, invitation: Invitation, name: str, password: str) -> User:
    """Makes an account for the invited address and accepts with it. Raises GoneError."""
    user = User(username=_free_name(invitation.email), email=invitation.email, first_name=name)
    user.set_password(password)
    user.save()
    accept(invitation=invitation, user=user)
    return user


def _free_name(email: str) -> str:
    """The log-in name of a new account: its address, or that with a number where somebody has it as a name."""
    base, number, name = email.lower()[:140], 1, email.lower()[:140]
    while User.objects.filter(username__iexact=name).exists():
        number += 1
        name = f"{base}-{number}"
    return name


@transaction.atomic
def set_roles(*, user: User, carrier: Carrier, roles: Iterable[str], by: User) -> None:
    """Somebody has exactly these roles at a carrier from now on; none ends the membership, and the sessions with it.

    Sessions stay where somebody belongs to another carrier. Raises LastManagerError and SiteStaffError, except where
    the site's own staff ask. Safe to repeat.
    """
    _lock(carrier)
    wanted = set(roles)
    if not is_site_staff(by):
        if is_site_staff(user):
            raise SiteStaffError
        if Role.MANAGER not in wanted and queries.is_last_manager(user, carrier):
            raise LastManagerError
    current = Membership.objects.current().filter(user=user, carrier=carrier)
    current.exclude(role__in=wanted).update(ends_at=timezone.now())
    _give(user, carrier, wanted)
    if not belongs(user):
        sessions.end_all(user)


def _give(user: User, carrier: Carrier, roles: Iterable[str]) -> None:
    """Roles that are there stay as they are; ended ones begin anew."""
    current = Membership.objects.current().filter(user=user, carrier=carrier)
    for role in set(roles) - set(current.values_list("role", flat=True)):
        values = {"created_at": timezone.now(), "ends_at": None}
        Membership.objects.update_or_create(user=user, carrier=carrier, role=role, defaults=values)


def forget_invitations() -> int:
    """Deletes invitations that were closed or sent longer ago than the retention table says; returns how many."""
    old = Invitation.objects.filter(sent_at__lt=timezone.now() - retention.INVITATIONS)
    return old.delete()[0]


def _lock(carrier: Carrier) -> None:
    """One change of a carrier's people at a time, so that two managers cannot remove each other."""
    Carrier.objects.select_for_update().get(pk=carrier.pk)
