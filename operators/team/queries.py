"""Who belongs to a carrier, and whom it has invited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, OuterRef, Sum
from django.utils import timezone

from complaints.carriers.models import Carrier
from operators.members.models import Membership, Role, User
from operators.team.models import Invitation

DAY = timedelta(days=1)
PER_CARRIER, PER_EMAIL = 30, 4
"""Mails with invitations in 24 hours; an address counts over all carriers."""
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Colleague:
    """A current member; `membership` is the number of one of the roles, `seen_at` is empty for who was never here."""

    membership: int
    user: User
    roles: tuple[str, ...]
    since: datetime
    seen_at: datetime | None
    has_second_factor: bool

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


def team(carrier: Carrier) -> list[Colleague]:
    """The current members by name; one query."""
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=_FACTORS)
    rows = (
        Membership.objects.current()
        .filter(carrier=carrier)
        .select_related("user")
        .annotate(factor=Exists(factors), used_at=Max("user__sessions__used_at"))
        .order_by("user__first_name", "user__username", "pk")
    )
    of_user: dict[int, list[Membership]] = {}
    for row in rows:
        of_user.setdefault(row.user_id, []).append(row)
    return [_colleague(own) for own in of_user.values()]


def _colleague(own: list[Membership]) -> Colleague:
    first = own[0]
    seen = [moment for moment in (first.user.last_login, first.used_at) if moment]  # type: ignore[attr-defined]
    return Colleague(
        membership=first.pk,
        user=first.user,
        roles=tuple(row.role for row in own),
        since=min(row.created_at for row in own),
        seen_at=max(seen, default=None),
        has_second_factor=first.factor,  # type: ignore[attr-defined]
    )


def pending(carrier: Carrier) -> list[Invitation]:
    """Invitations that nobody took yet, newest first; expired ones too, so that they can be sent again."""
    return list(Invitation.objects.pending().filter(carrier=carrier).select_related("invited_by").order_by("-sent_at"))


def may_send(carrier: Carrier, email: str) -> bool:
    """Whether another mail may go to this address for this carrier today."""
    recent = Invitation.objects.filter(sent_at__gt=timezone.now() - DAY)
    of_carrier = recent.filter(carrier=carrier).aggregate(sum=Sum("sends"))["sum"] or 0
    to_address = recent.filter(email__iexact=email).aggregate(sum=Sum("sends"))["sum"] or 0
    return of_carrier < PER_CARRIER and to_address < PER_EMAIL


def is_last_manager(user: User, carrier: Carrier) -> bool:
    """Whether nobody would manage the carrier without this person."""
    managers = Membership.objects.current().filter(carrier=carrier, role=Role.MANAGER, user__is_active=True)
    return managers.filter(user=user).exists() and not managers.exclude(user=user).exists()
